"""A thread that decodes pictures one by one and ends when there is nothing to do. Results come back on the thread the worker lives in."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

from PySide6.QtCore import QObject, Qt, Signal

Work = Callable[[], object]


class PictureWorker(QObject):
    """`do` returns at once; `done` is called with the result later, unless the worker is gone by then."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Work, Callable[[object], None]]] = deque()
        self._lock = Lock()
        self._running = False
        self._finished.connect(_deliver, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Work, done: Callable[[object], None]) -> None:
        """Do some work over there."""
        with self._lock:
            self._waiting.append((work, done))
            if self._running:
                return
            self._running = True
        Thread(target=self._run, name="pictures", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                work, done = self._waiting.popleft()
            result = work()
            with suppress(RuntimeError):  # the window is gone
                self._finished.emit(done, result)


def _deliver(done: Callable[[object], None], result: object) -> None:
    done(result)
