"""Asyncio event loop inside Qt's, and the only module that uses qasync.

It fixes what qasync leaves open: async generators are finalised on the loop (otherwise a cancelled stream prints "async generator ignored
GeneratorExit"), unhandled exceptions reach the program's crash handling, and callbacks run in batches. qasync creates a timer for each
callback, which for an answer of 100 tokens per second takes a tenth of the GUI thread's time. For the first call that blocks it starts ten
threads; here a thread is started when no other is free.

Qt's loop may also run inside a task: for a menu or a dialog that a task opens, during a drag, or in any call of `processEvents`. asyncio
refuses to step one task inside the step of another ("Cannot enter into task"), and the refused step is lost: its task never continues.
Therefore the suspended task is detached from the loop while others run.
"""

import asyncio
import sys
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context
from time import monotonic
from typing import Any

import qasync
import shiboken6
from PySide6.QtCore import QBasicTimer, QObject, Qt, QTimerEvent, Signal
from PySide6.QtWidgets import QApplication

_MAX_THREADS = 10
"""For calls that block, as many as qasync has."""

_MIN_PAUSE = 0.02
"""Minimum seconds between two extra turns: less than between two batches of an answer at reading speed."""


class LoopInsideQt(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """Event loop that combines Qt's and asyncio's."""

    def __init__(self, application: QApplication) -> None:
        self._callbacks = _CallbackQueue(self)
        super().__init__(application)
        self.set_default_executor(ThreadPoolExecutor(_MAX_THREADS, "asyncio"))
        application.setQuitOnLastWindowClosed(False)  # quitting Qt's loop while `main` runs would leave answers unsaved

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in the next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._callbacks.add(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback after `delay` seconds."""
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        handle: asyncio.Handle = super().call_later(delay, self._run_when_due, callback, *args, context=context)
        return handle

    def _run_when_due(self, callback: Callable[..., object], *args: object) -> None:
        with _without_current_task(self):
            callback(*args)

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run a callback from another thread."""
        handle = asyncio.Handle(callback, args, self, context)
        self._callbacks.send_to_running(handle)
        return handle

    def close(self) -> None:
        """Close the loop and delete its timers: otherwise garbage collection on another thread might destroy them."""
        super().close()
        self._callbacks.close()
        shiboken6.delete(self._timer)

    def run_forever(self) -> None:
        """Run the loop, and finalise async generators that are discarded meanwhile."""
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)
        try:
            super().run_forever()
        finally:
            sys.set_asyncgen_hooks(*before)


class _CallbackQueue(QObject):
    """Runs the callbacks that are due at the start of a turn of Qt's loop. Painting and input events are handled between two turns."""

    _submitted_signal = Signal()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._waiting: deque[asyncio.Handle] = deque()
        self._from_threads: deque[asyncio.Handle] = deque()
        self._lock = threading.RLock()
        self._closed = False
        self._timer = QBasicTimer()
        self._last_turn = 0.0
        self._submitted_signal.connect(self._run_submitted, Qt.ConnectionType.QueuedConnection)

    def add(self, handle: asyncio.Handle) -> None:
        """Schedule a callback for the next turn."""
        self._waiting.append(handle)
        if not self._timer.isActive():
            self._timer.start(0, self)

    def send_to_running(self, handle: asyncio.Handle) -> None:
        """Schedule a callback on the loop's thread. May be called from any thread. Raises `RuntimeError` once closed, as asyncio does."""
        with self._lock:  # a signal of an object that is being deleted crashes
            if self._closed:
                raise RuntimeError("Event loop is closed")
            self._from_threads.append(handle)
            self._submitted_signal.emit()

    def close(self) -> None:
        """Delete this object. A call from another thread is over before, or is refused."""
        with self._lock:
            self._closed = True
        shiboken6.delete(self)

    def _run_submitted(self) -> None:
        """Run callbacks from other threads. After a pause, also run a turn at once, because another round of Qt's loop costs more.

        Only after a pause: otherwise callbacks and paint events could keep coming in the same round, and input events would wait.
        """
        with _without_current_task(self._loop):
            while self._from_threads:
                _run(self._from_threads.popleft())
        if self._waiting and monotonic() - self._last_turn > _MIN_PAUSE:
            self._run_due()

    def timerEvent(self, _event: QTimerEvent) -> None:
        self._run_due()

    def _run_due(self) -> None:
        """Run the callbacks that are due. A nested loop needs another timer event, because Qt does not deliver one inside itself."""
        self._timer.stop()
        if len(self._waiting) > 1:
            self._timer.start(0, self)
        with _without_current_task(self._loop):
            for _ in range(len(self._waiting)):
                if self._waiting:
                    _run(self._waiting.popleft())
        if not self._waiting:
            self._timer.stop()
        self._last_turn = monotonic()


@contextmanager
def _without_current_task(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Allow tasks to be stepped inside another task's step, using asyncio's functions for third-party task implementations."""
    task = asyncio.current_task(loop)
    if task is None:
        yield
        return
    asyncio.tasks._leave_task(loop, task)  # noqa: SLF001 - documented in asyncio under "Extending"
    try:
        yield
    finally:
        asyncio.tasks._enter_task(loop, task)  # noqa: SLF001 - see above


def _run(handle: asyncio.Handle) -> None:
    if not handle.cancelled():
        handle._run()  # noqa: SLF001 - as every event loop does


def run_until_quit(application: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on an event loop inside `application`'s, shut the loop down, and return the result."""
    loop = LoopInsideQt(application)
    asyncio.set_event_loop(loop)
    try:
        return int(loop.run_until_complete(main()))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        asyncio.set_event_loop(None)
        loop.close()
