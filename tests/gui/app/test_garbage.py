import gc
import threading
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QObject, QThread

from chatdesk.app.garbage import Garbage


class Knot(QObject):
    """Held by nothing but itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def garbage(qapp: QObject) -> Iterator[Garbage]:
    garbage = Garbage()
    yield garbage
    garbage.close()
    garbage.deleteLater()


def fill_a_generation() -> None:
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
    assert kept


def test_cycles_are_found_on_the_thread_of_the_window_only(garbage: Garbage) -> None:
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
    garbage.look()
    assert fill
    assert seen() is None
    assert died_on == [QThread.currentThread()]


def test_nothing_is_searched_before_enough_was_made(garbage: Garbage) -> None:
    gc.collect()
    seen = ref(Knot())
    garbage.look()
    assert seen() is not None
    gc.collect()
    assert seen() is None


def test_python_searches_again_afterwards(qapp: QObject) -> None:
    garbage = Garbage()
    assert not gc.isenabled()
    garbage.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    garbage.deleteLater()
