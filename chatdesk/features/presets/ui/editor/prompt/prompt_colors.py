"""How a prompt's text is coloured while it is written: variables in the accent, headings strong, written braces dim.

The chips behind variables are painted by `prompt_edit.py`.
"""

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from chatdesk.features.presets.domain.headings import fence_after, heading_in
from chatdesk.kernel.presets.template import escapes_in, places_in
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.utf16 import units

_LONGEST_LINE = 20_000
"""Characters; a longer one stays plain."""


class PromptColors(QSyntaxHighlighter):
    """A block of Qt's remembers the fence that is open at its end, so that a comment in code is no heading."""

    def __init__(self, appearance: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._appearance = appearance
        self._variable, self._heading, self._dim = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        self._heading.setFontWeight(QFont.Weight.DemiBold)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme."""
        theme = self._appearance.theme
        self._variable.setForeground(theme.color("accentText"))
        self._dim.setForeground(theme.color("textTertiary"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line."""
        before = _fence(self.previousBlockState())
        after = fence_after(text, before)
        self.setCurrentBlockState(_state(after))
        if len(text) > _LONGEST_LINE:
            return
        heading = None if before or after else heading_in(text)
        if heading and not heading.tight:
            self.setFormat(0, units(text), self._heading)
        for start, end in escapes_in(text):
            self._lay(text, start, end, self._dim, strong=bool(heading))
        for place in places_in(text):
            self._lay(text, place.start, place.end, self._variable, strong=bool(heading))

    def _lay(self, text: str, start: int, end: int, look: QTextCharFormat, *, strong: bool) -> None:
        merged = QTextCharFormat(look)
        if strong:
            merged.setFontWeight(QFont.Weight.DemiBold)
        first = units(text[:start])
        self.setFormat(first, units(text[start:end]), merged)


def _state(fence: str) -> int:
    return 0 if not fence else 2 * len(fence) + (fence[0] == "~")


def _fence(state: int) -> str:
    return "" if state <= 0 else ("~" if state % 2 else "`") * (state // 2)
