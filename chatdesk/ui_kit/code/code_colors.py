"""Colours code in an editor, line by line, as the transcript colours it. Only lines that changed are coloured anew."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from chatdesk.ui_kit.code.highlighters import Highlighters
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.rendering.code.line_lexers import LexerState, LineLexer

_MOST_CHARACTERS = 400_000
"""Of the document; a larger one stays plain."""
_LONGEST_LINE = 500
_SLICE = 0.006
"""Seconds that colouring may take at a time: a long text gets its colours from the top down."""


class CodeColors(QSyntaxHighlighter):
    """A lexer is loaded on a thread; until it is there the code is plain. Call `begin_again` before the document has another text."""

    def __init__(self, appearance: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._appearance = appearance
        self._language = ""
        self._lexer: LineLexer | None = None
        self._states: list[LexerState] = [None]
        """A block of Qt's remembers a number only: that of the state at its end."""
        self._loading = Highlighters(self)
        self._loading.loaded.connect(self._take_lexer)
        self._reached = 0
        """The first line that has no colours yet."""
        self._ends = 0.0
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._color_anew)
        self._on = QTimer(self, singleShot=True, interval=0)
        self._on.timeout.connect(self._go_on)
        appearance.changed.connect(self._again.start)

    def set_language(self, language: str) -> None:
        """Colour as this language."""
        if language != self._language:
            self._language, self._lexer = language, None
            self._take_lexer()

    def begin_again(self) -> None:
        """Know that no line has its colours."""
        self._reached = 0

    def _color_anew(self) -> None:
        self.begin_again()
        self._go_on()

    def _go_on(self) -> None:
        """Colour lines for a moment, and the rest when the window has had its turn."""
        self._ends = time.perf_counter() + _SLICE
        while self._lexer is not None and time.perf_counter() < self._ends:
            before, block = self._reached, self.document().findBlockByNumber(self._reached)
            if not block.isValid():
                return
            self.rehighlightBlock(block)
            if self._reached == before:
                return
        self._on.start()

    def _take_lexer(self) -> None:
        if self._language and self._lexer is None and self._loading.new(self._language) is not None:
            from chatdesk.rendering.code.line_lexers import line_lexer  # noqa: PLC0415 - start-up time: loads pygments

            self._lexer = line_lexer(self._language)
            self._states = [None]
            self._again.start()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line from the state at the end of the one before."""
        if self._lexer is None or self.document().characterCount() > _MOST_CHARACTERS:
            return
        number = self.currentBlock().blockNumber()
        if number > self._reached or (number == self._reached and time.perf_counter() >= self._ends):
            self._on.start()
            return
        self._reached = max(self._reached, number + 1)
        if len(text) > _LONGEST_LINE:
            return
        from chatdesk.rendering.code.highlight import kind_of  # noqa: PLC0415 - start-up time: loads pygments

        before = self.previousBlockState()
        state = self._states[before] if 0 < before < len(self._states) else self._lexer.begin(text)
        try:
            tokens, state = self._lexer.lex(text + "\n", state)
        except Exception:  # noqa: BLE001 - somebody else's program over a model's text: it may fail in any way
            self._lexer = None
            return
        start = 0
        theme = self._appearance.theme
        for token, words in tokens:
            look = QTextCharFormat()
            look.setForeground(theme.color(kind_of(token)))
            self.setFormat(start, len(words.encode("utf-16-le")) // 2, look)
            start += len(words.encode("utf-16-le")) // 2
        self.setCurrentBlockState(self._number(state))

    def _number(self, state: "LexerState") -> int:
        try:
            return self._states.index(state, 1)
        except ValueError:
            self._states.append(state)
            return len(self._states) - 1
