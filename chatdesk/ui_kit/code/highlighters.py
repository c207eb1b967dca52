"""Where code gets its highlighters from.

A language's lexer takes up to 150 ms to load, so it is loaded on a thread, and until then code is plain.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import LineHighlighter

_LOOK_MILLISECONDS = 15

NewHighlighter = Callable[[str], "LineHighlighter | None"]
"""Makes a highlighter for a language; None while that is being loaded."""


def new_highlighter(language: str) -> "LineHighlighter":
    """Make a highlighter, however long it takes."""
    # A heavy library: not before there is code to be seen.
    from chatdesk.rendering.code.highlight import LineHighlighter  # noqa: PLC0415

    return LineHighlighter(language)


class Highlighters(QObject):
    """Asks a loader on a thread for languages, and looks for what it has loaded.

    It looks instead of being told: a signal sent from a thread while this object goes away would end the program.
    """

    loaded = Signal()
    """Another language is there: ask again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loader = _Loader()
        self._seen = 0
        self._look_again = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._look_again.timeout.connect(self._look)

    def new(self, language: str) -> "LineHighlighter | None":
        """See `NewHighlighter`."""
        if language in self._loader.loaded:
            return new_highlighter(language)
        self._loader.want(language)
        self._look_again.start()
        return None

    def _look(self) -> None:
        busy, count = self._loader.is_loading, len(self._loader.loaded)
        if not busy:
            self._look_again.stop()
        if count > self._seen:
            self._seen = count
            self.loaded.emit()


class _Loader:
    """One thread loads what is wanted, one language after the other, and ends when nothing is left to load. Knows no Qt."""

    def __init__(self) -> None:
        self.loaded: set[str] = set()
        self.is_loading = False
        self._wanted: dict[str, None] = {}
        self._lock = threading.Lock()

    def want(self, language: str) -> None:
        """Load a language, if it is not being loaded already."""
        with self._lock:
            self._wanted[language] = None
            if not self.is_loading:
                self.is_loading = True
                threading.Thread(target=self._load, name="lexers", daemon=True).start()

    def _load(self) -> None:
        while language := self._next():
            new_highlighter(language)
            self.loaded.add(language)

    def _next(self) -> str | None:
        with self._lock:
            language = next(iter(self._wanted), None)
            if language is None:
                self.is_loading = False
            else:
                del self._wanted[language]
            return language
