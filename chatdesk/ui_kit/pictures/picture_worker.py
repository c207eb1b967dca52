"""A thread that decodes pictures one by one and ends when there is no work. Results are delivered on the thread that owns the worker."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

from PySide6.QtCore import QObject, QTimer

_log = logging.getLogger(__name__)

_POLL_MILLISECONDS = 8
"""Half a frame."""

Work = Callable[[], object]
Done = Callable[[object], None]


class PictureWorker(QObject):
    """Runs work on a thread.

    `do` returns immediately; `done` is called later with the result or exception, unless the worker was destroyed.

    The worker polls for results while work is pending. A signal emitted by the thread would crash the program if the worker was destroyed
    at that moment.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue = _WorkQueue()
        self._poll = QTimer(self, interval=_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._deliver)

    def do(self, work: Work, done: Done) -> None:
        """Run `work` on the thread and call `done` with its result."""
        self._queue.add(work, done)
        self._poll.start()

    def _deliver(self) -> None:
        if self._queue.is_idle:
            self._poll.stop()
        while self._queue.results:
            done, result = self._queue.results.popleft()
            done(result)


class _WorkQueue:
    """The state shared between the thread and the worker. It does not use Qt, and outlives both."""

    def __init__(self) -> None:
        self.results: deque[tuple[Done, object]] = deque()
        self.is_idle = True
        """Whether every result is in `results`."""
        self._waiting: deque[tuple[Work, Done]] = deque()
        self._lock = Lock()

    def add(self, work: Work, done: Done) -> None:
        with self._lock:
            self._waiting.append((work, done))
            if self.is_idle:
                self.is_idle = False
                Thread(target=self._run, name="pictures", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self.is_idle = True
                    return
                work, done = self._waiting.popleft()
            self.results.append((done, _result_of(work)))
            del work, done


def _result_of(work: Work) -> object:
    """Return the result, or the exception, so that the next work continues."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - passed on to the caller
        _log.exception("Work on a picture failed")
        return error
