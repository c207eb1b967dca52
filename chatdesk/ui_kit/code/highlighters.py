"""Syntax highlighters for code.

Loading a language's lexer takes up to 150 ms, so it is loaded on a thread, and until then code is plain.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import LineHighlighter

_POLL_MILLISECONDS = 15

NewHighlighter = Callable[[str], "LineHighlighter | None"]
"""Returns the highlighter of a language; None while it is being loaded."""


def new_highlighter(language: str) -> "LineHighlighter":
    """Create a highlighter, blocking until its lexer is loaded."""
    # A large library: not imported before code is shown.
    from chatdesk.rendering.code.highlight import LineHighlighter  # noqa: PLC0415

    return LineHighlighter(language)


class Highlighters(QObject):
    """Loads lexers on a thread and polls for the results.

    It polls because a signal emitted by a thread would crash the program if this object was destroyed at that moment.
    """

    loaded = Signal()
    """Another language was loaded: request the highlighter again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loader = _Loader()
        self._seen = 0
        self._poll = QTimer(self, interval=_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._check)

    def new(self, language: str) -> "LineHighlighter | None":
        """Return a highlighter, see `NewHighlighter`."""
        if language in self._loader.loaded:
            return new_highlighter(language)
        self._loader.request(language)
        self._poll.start()
        return None

    def _check(self) -> None:
        busy, count = self._loader.is_loading, len(self._loader.loaded)
        if not busy:
            self._poll.stop()
        if count > self._seen:
            self._seen = count
            self.loaded.emit()


class _Loader:
    """A thread that loads the requested languages one by one and ends when there are none left. It does not use Qt."""

    def __init__(self) -> None:
        self.loaded: set[str] = set()
        self.is_loading = False
        self._queued: dict[str, None] = {}
        self._lock = threading.Lock()

    def request(self, language: str) -> None:
        """Load a language unless it is already queued."""
        with self._lock:
            self._queued[language] = None
            if not self.is_loading:
                self.is_loading = True
                threading.Thread(target=self._load, name="lexers", daemon=True).start()

    def _load(self) -> None:
        while language := self._next():
            new_highlighter(language)
            self.loaded.add(language)

    def _next(self) -> str | None:
        with self._lock:
            language = next(iter(self._queued), None)
            if language is None:
                self.is_loading = False
            else:
                del self._queued[language]
            return language
