"""Log of the engine: the last lines, without the key, kept in memory for display. It is never written to disk."""

import threading
from collections import deque

RETAINED_LINES = 5000


class EngineLog:
    """Lines of all starts since the program was started, numbered. Thread-safe."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=RETAINED_LINES)
        self._count = 0
        self._lock = threading.Lock()

    def add(self, line: str) -> None:
        """Append a line; the oldest line is dropped when there are more than `RETAINED_LINES`."""
        with self._lock:
            self._lines.append(line)
            self._count += 1

    def since(self, number: int) -> tuple[int, list[str]]:
        """Return the total number of lines so far, and those after the first `number` lines, as far as they are still kept."""
        with self._lock:
            new = min(self._count - number, len(self._lines))
            return self._count, list(self._lines)[-new:] if new > 0 else []
