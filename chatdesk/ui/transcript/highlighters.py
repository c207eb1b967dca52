"""Where code gets its highlighters from.

A language's lexer takes up to 150 ms to load, so it is loaded on a thread, and until then code is plain.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from chatdesk.rendering.highlight import LineHighlighter

NewHighlighter = Callable[[str], "LineHighlighter | None"]
"""Makes a highlighter for a language; None while that is being loaded."""


def new_highlighter(language: str) -> "LineHighlighter":
    """Make a highlighter, however long it takes."""
    # A heavy library: not before there is code to be seen.
    from chatdesk.rendering.highlight import LineHighlighter  # noqa: PLC0415

    return LineHighlighter(language)


class Highlighters(QObject):
    """One thread loads what is asked for, one language after the other, and ends when nothing is left to load."""

    loaded = Signal()
    """Another language is there: ask again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loaded: set[str] = set()
        self._wanted: dict[str, None] = {}
        self._loading = False
        self._lock = threading.Lock()

    def new(self, language: str) -> "LineHighlighter | None":
        """See `NewHighlighter`."""
        if language in self._loaded:
            return new_highlighter(language)
        with self._lock:
            self._wanted[language] = None
            if not self._loading:
                self._loading = True
                threading.Thread(target=self._load, name="lexers", daemon=True).start()
        return None

    def _load(self) -> None:
        while language := self._next():
            new_highlighter(language)
            self._loaded.add(language)
            with suppress(RuntimeError):  # what showed the code is gone
                self.loaded.emit()

    def _next(self) -> str | None:
        with self._lock:
            language = next(iter(self._wanted), None)
            if language is None:
                self._loading = False
            else:
                del self._wanted[language]
            return language
