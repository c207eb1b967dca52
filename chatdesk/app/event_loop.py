"""One asyncio loop inside Qt's, and the only place that knows qasync.

What qasync leaves open is closed here: async generators are finalised on the loop (otherwise a cancelled stream prints "async generator
ignored GeneratorExit"), an exception nobody awaited reaches the program's crash handling, and callbacks are run a turn at a time. qasync
makes a timer of each of them, which for an answer of 100 tokens a second is a tenth of what the GUI thread does.

Qt's loop may also be run inside a task: by a menu or a dialog that a task opens, by a drag, by whatever calls `processEvents`. asyncio
refuses to step one task inside the step of another ("Cannot enter into task"), and the refused step is lost: its task never goes on.
So the task that stands still is taken off the loop while others are run.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import Context
from time import monotonic
from typing import Any

import qasync
import shiboken6
from PySide6.QtCore import QBasicTimer, QObject, Qt, QTimerEvent, Signal
from PySide6.QtWidgets import QApplication

_REST = 0.02
"""Seconds without a turn: less than between two batches of an answer that is not too fast to read."""


class LoopInsideQt(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """Runs Qt's loop and asyncio's as one."""

    def __init__(self, application: QApplication) -> None:
        self._turns = _Turns(self)
        super().__init__(application)
        application.setQuitOnLastWindowClosed(False)  # ending Qt's loop under `main` would leave answers unsaved

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in the next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._turns.add(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback after so many seconds."""
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        handle: asyncio.Handle = super().call_later(delay, self._run_when_due, callback, *args, context=context)
        return handle

    def _run_when_due(self, callback: Callable[..., object], *args: object) -> None:
        with _outside_any_task(self):
            callback(*args)

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback that another thread hands over."""
        handle = asyncio.Handle(callback, args, self, context)
        self._turns.hand_over(handle)
        return handle

    def close(self) -> None:
        """End it, with its timers: a thread that happens to collect garbage must not be the one to destroy them."""
        super().close()
        shiboken6.delete(self._turns)
        shiboken6.delete(self._timer)

    def run_forever(self) -> None:
        """Run, and finalise the async generators that are dropped meanwhile."""
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)
        try:
            super().run_forever()
        finally:
            sys.set_asyncgen_hooks(*before)


class _Turns(QObject):
    """Runs what is there when a turn of Qt's loop begins. Between two turns comes what else is due: painting, keys, the mouse."""

    _handed_over = Signal()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._waiting: deque[asyncio.Handle] = deque()
        self._from_threads: deque[asyncio.Handle] = deque()
        self._timer = QBasicTimer()
        self._last_turn = 0.0
        self._handed_over.connect(self._take_over, Qt.ConnectionType.QueuedConnection)

    def add(self, handle: asyncio.Handle) -> None:
        """Run it in the next turn."""
        self._waiting.append(handle)
        if not self._timer.isActive():
            self._timer.start(0, self)

    def hand_over(self, handle: asyncio.Handle) -> None:
        """Run it on the loop's thread; any thread may call this."""
        self._from_threads.append(handle)
        self._handed_over.emit()

    def _take_over(self) -> None:
        """Run what was handed over, and after a rest have a turn at once for whoever waited for it: another round of Qt's loop costs more.

        Not without a rest: what is handed over and painted meanwhile would come in the same round, on and on, and keys would wait.
        """
        with _outside_any_task(self._loop):
            while self._from_threads:
                _run(self._from_threads.popleft())
        if self._waiting and monotonic() - self._last_turn > _REST:
            self._turn()

    def timerEvent(self, _event: QTimerEvent) -> None:
        self._turn()

    def _turn(self) -> None:
        """Run what waits now. A loop that a callback runs inside this one needs another timer for it: Qt calls none inside itself."""
        self._timer.stop()
        if len(self._waiting) > 1:
            self._timer.start(0, self)
        with _outside_any_task(self._loop):
            for _ in range(len(self._waiting)):
                if self._waiting:
                    _run(self._waiting.popleft())
        if not self._waiting:
            self._timer.stop()
        self._last_turn = monotonic()


@contextmanager
def _outside_any_task(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let tasks be stepped although one may be in the midst of a step, by what asyncio has for task implementations of others."""
    task = asyncio.current_task(loop)
    if task is None:
        yield
        return
    asyncio.tasks._leave_task(loop, task)  # noqa: SLF001 - documented under "Extending" of asyncio
    try:
        yield
    finally:
        asyncio.tasks._enter_task(loop, task)  # noqa: SLF001 - the same


def _run(handle: asyncio.Handle) -> None:
    if not handle.cancelled():
        handle._run()  # noqa: SLF001 - as every event loop does


def run_until_quit(application: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on a loop inside `application`'s and return its result; when it returns, everything has been shut down."""
    loop = LoopInsideQt(application)
    asyncio.set_event_loop(loop)
    try:
        return int(loop.run_until_complete(main()))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        asyncio.set_event_loop(None)
        loop.close()
