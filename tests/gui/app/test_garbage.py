import gc
import threading
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QObject, QThread

from chatdesk.app.garbage import GarbageCollector


class Knot(QObject):
    """Held by nothing but itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def garbage(qapp: QObject) -> Iterator[GarbageCollector]:
    garbage = GarbageCollector()
    yield garbage
    garbage.close()
    garbage.deleteLater()


def fill_a_generation() -> None:
    retained = [[] for _ in range(gc.get_threshold()[0] + 1)]
    assert retained


def test_cycles_are_found_on_the_thread_of_the_window_only(garbage: GarbageCollector) -> None:
    died_on: list[QThread] = []
    knot = Knot()
    knot.destroyed.connect(lambda: died_on.append(QThread.currentThread()))
    seen = ref(knot)
    del knot
    worker = threading.Thread(target=lambda: [fill_a_generation() for _ in range(50)])
    worker.start()
    worker.join()
    assert seen() is not None
    fill = [[] for _ in range(gc.get_threshold()[0] + 1)]
    garbage.collect()
    assert fill
    assert seen() is None
    assert died_on == [QThread.currentThread()]


def age(thing: object) -> None:
    """Let as many searches among the young pass as make the older ones due."""
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(0)
    assert thing


class Busy:
    """A processor's clock on a thread that always has something to do, until it is `calm`."""

    def __init__(self) -> None:
        self.calm = False
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 0 if self.calm else 0.1
        return self._now


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
def busy_garbage(qapp: QObject, busy: Busy) -> Iterator[GarbageCollector]:
    garbage = GarbageCollector(thread_time=busy)
    yield garbage
    garbage.close()
    garbage.deleteLater()


def test_what_is_older_is_searched_when_the_window_has_nothing_to_do(
    busy_garbage: GarbageCollector, busy: Busy
) -> None:
    knot = Knot()
    seen = ref(knot)
    age(knot)
    del knot
    busy_garbage.collect()
    assert seen() is not None
    busy.calm = True
    busy_garbage.collect()
    assert seen() is None


def test_what_is_young_is_searched_even_then(busy_garbage: GarbageCollector) -> None:
    seen = ref(Knot())
    fill = [[] for _ in range(2 * gc.get_threshold()[0])]
    busy_garbage.collect()
    assert fill
    assert seen() is None


def test_all_is_searched_at_last_though_there_is_always_something_to_do(busy_garbage: GarbageCollector) -> None:
    knot = Knot()
    seen = ref(knot)
    age(knot)
    del knot
    for _ in range(400):
        if seen() is not None:
            gc.collect(0)
            busy_garbage.collect()
    assert seen() is None


def test_nothing_is_searched_before_enough_was_made(garbage: GarbageCollector) -> None:
    gc.collect()
    seen = ref(Knot())
    garbage.collect()
    assert seen() is not None
    gc.collect()
    assert seen() is None


def test_python_searches_again_afterwards(qapp: QObject) -> None:
    garbage = GarbageCollector()
    assert not gc.isenabled()
    garbage.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    garbage.deleteLater()
