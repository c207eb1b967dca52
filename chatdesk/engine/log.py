"""What the engine says, kept in memory for whoever wants to read it: the last lines, without the key. It is written nowhere."""

import threading
from collections import deque

LINES_KEPT = 5000


class EngineLog:
    """Lines of all starts since the program began, numbered. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=LINES_KEPT)
        self._count = 0
        self._lock = threading.Lock()

    def add(self, line: str) -> None:
        """Keep a line; the oldest one goes when there are too many."""
        with self._lock:
            self._lines.append(line)
            self._count += 1

    def since(self, number: int) -> tuple[int, list[str]]:
        """Return how many lines there were in all, and those that came after the first `number` of them, as far as they are kept."""
        with self._lock:
            new = min(self._count - number, len(self._lines))
            return self._count, list(self._lines)[-new:] if new > 0 else []
