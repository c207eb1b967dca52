"""The order in which asyncio's callbacks and Qt's events come."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.app import event_loop
from chatdesk.app.event_loop import LoopInsideQt
from tests.own_time import TIMEOUT


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[LoopInsideQt]:
    loop = LoopInsideQt(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


class Painted(QWidget):
    """Counts how often it was painted."""

    count = 0

    def paintEvent(self, _event: object) -> None:
        self.count += 1


def test_callbacks_come_in_the_order_they_were_asked_for(loop: LoopInsideQt) -> None:
    came: list[int] = []

    async def main() -> None:
        loop.call_soon(came.append, 1)
        loop.call_later(0, came.append, 2)
        loop.call_soon(came.append, 3).cancel()
        loop.call_soon(came.append, 4)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    loop.run_until_complete(main())
    assert came == [1, 2, 4]


def test_a_task_that_never_rests_leaves_the_screen_its_turns(loop: LoopInsideQt) -> None:
    widget = Painted()
    widget.show()

    async def main() -> None:
        while widget.count < 20:
            widget.update()
            await asyncio.sleep(0)

    loop.run_until_complete(asyncio.wait_for(main(), TIMEOUT))
    widget.close()


def test_tasks_go_on_while_another_one_runs_a_loop_of_qt(loop: LoopInsideQt) -> None:
    """As a task does that opens a menu or a dialog."""
    went_on: list[str] = []

    async def others(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await loop.run_in_executor(None, int)
        went_on.append(name)

    async def main() -> None:
        tasks = [asyncio.create_task(others("at once", 0)), asyncio.create_task(others("later", 0.01))]
        await asyncio.sleep(0)
        inner = QEventLoop()
        tasks[0].add_done_callback(lambda _: tasks[1].done() and inner.quit())
        tasks[1].add_done_callback(lambda _: tasks[0].done() and inner.quit())
        inner.exec()
        assert sorted(went_on) == ["at once", "later"]
        assert asyncio.current_task() is task
        await asyncio.gather(*tasks)

    task = loop.create_task(main())
    loop.run_until_complete(asyncio.wait_for(task, TIMEOUT))


def test_a_thread_is_started_only_for_a_call_that_finds_none_free(loop: LoopInsideQt) -> None:
    before = set(threading.enumerate())
    entered = threading.Barrier(2)

    async def main() -> None:
        assert set(threading.enumerate()) == before
        await asyncio.to_thread(int)
        assert len(set(threading.enumerate()) - before) == 1
        await asyncio.gather(*(asyncio.to_thread(entered.wait, TIMEOUT) for _ in range(2)))
        assert len(set(threading.enumerate()) - before) in {2, 3}

    loop.run_until_complete(main())


@pytest.mark.parametrize(("seconds_without_a_turn", "at_once"), [(1.0, True), (0.0, False)])
def test_who_waits_for_another_thread_goes_on_at_once_but_only_after_a_rest(
    seconds_without_a_turn: float, at_once: bool, loop: LoopInsideQt, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, went_on = loop._callbacks, list[int]()

    async def main() -> None:
        monkeypatch.setattr(event_loop, "monotonic", lambda: turns._last_turn + seconds_without_a_turn)
        loop.call_soon_threadsafe(loop.call_soon, went_on.append, 1)
        turns._run_submitted()  # as Qt does in its next round
        assert went_on == ([1] if at_once else [])
        await asyncio.sleep(0)

    loop.run_until_complete(main())
    assert went_on == [1]


def test_another_thread_hands_over_in_its_order_and_with_its_context(loop: LoopInsideQt) -> None:
    variable: ContextVar[str] = ContextVar("variable", default="")
    came: list[tuple[int, str, int]] = []

    def call(number: int) -> None:
        came.append((number, variable.get(), threading.get_ident()))

    def work() -> None:
        variable.set("there")
        for number in range(100):
            loop.call_soon_threadsafe(call, number)

    async def main() -> None:
        await asyncio.to_thread(work)
        while len(came) < 100:
            await asyncio.sleep(0)

    loop.run_until_complete(main())
    assert came == [(number, "there", threading.get_ident()) for number in range(100)]


def test_callbacks_go_on_in_a_loop_that_one_of_them_runs(loop: LoopInsideQt, qapp: QApplication) -> None:
    came: list[str] = []

    def run_inside() -> None:
        while "second" not in came:
            qapp.processEvents()
        came.append("first")

    async def main() -> None:
        loop.call_soon(run_inside)
        loop.call_soon(came.append, "second")
        while len(came) < 2:
            await asyncio.sleep(0)

    loop.run_until_complete(asyncio.wait_for(main(), TIMEOUT))
    assert came == ["second", "first"]


def test_a_callback_that_fails_is_reported_and_the_others_come(loop: LoopInsideQt) -> None:
    reported: list[dict[str, object]] = []
    came: list[int] = []
    loop.set_exception_handler(lambda _loop, context: reported.append(context))

    def fail() -> None:
        raise ValueError

    async def main() -> None:
        loop.call_soon(fail)
        loop.call_soon(came.append, 1)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    loop.run_until_complete(main())
    assert came == [1]
    assert [type(context["exception"]) for context in reported] == [ValueError]


def test_timers_of_qt_come_between_turns(loop: LoopInsideQt, timeout: Callable[[], QTimer]) -> None:
    timer = timeout()

    async def main() -> None:
        ticks: list[None] = []
        timer.timeout.connect(lambda: ticks.append(None))
        timer.start(1)
        while len(ticks) < 5:
            await asyncio.sleep(0)
        timer.stop()

    loop.run_until_complete(asyncio.wait_for(main(), TIMEOUT))


@pytest.fixture
def timeout(qapp: QApplication) -> Callable[[], QTimer]:
    return lambda: QTimer(qapp)


def test_a_thread_that_comes_when_the_loop_is_closed_is_refused_in_the_words_of_asyncio(qapp: QApplication) -> None:
    loop = LoopInsideQt(qapp)
    loop.close()
    with pytest.raises(RuntimeError, match="Event loop is closed"):
        loop.call_soon_threadsafe(print)


def test_a_loop_can_be_closed_while_a_thread_hands_over(qapp: QApplication) -> None:
    for _ in range(20):
        loop = LoopInsideQt(qapp)
        ends: list[str] = []
        begun = threading.Event()

        def hand_over(loop: LoopInsideQt = loop, ends: list[str] = ends, begun: threading.Event = begun) -> None:
            try:
                while True:
                    loop.call_soon_threadsafe(int)
                    begun.set()
            except RuntimeError as error:
                ends.append(str(error))

        thread = threading.Thread(target=hand_over)
        thread.start()
        assert begun.wait(TIMEOUT)
        loop.close()
        thread.join(TIMEOUT)
        assert ends == ["Event loop is closed"]
