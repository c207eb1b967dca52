"""How long the window's thread works in one turn of its loop, in seconds of its own processor time: a busy machine changes nothing."""

import time
from types import TracebackType
from typing import Self

from PySide6.QtCore import QTimer


class Heartbeat:
    """Beats with every turn while it is entered; `longest` is the longest turn."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Self:
        """Start the timer."""
        self._last = time.thread_time()
        self._timer.start()
        return self

    def begin_again(self) -> None:
        """Forget the turns until now."""
        self.longest, self._last = 0.0, time.thread_time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Beat a last time."""
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now
