"""Invisible characters in code that change its meaning or its appearance: they are shown as tags with their code point.

Text can be made to appear in another order than it is compiled in ("trojan source"). In code such characters have no
effect on the order, and each of them is visible. They are kept in what is selected, copied and saved.
"""

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX
from chatdesk.features.chat.ui.transcript.blocks.cursor_x import cursor_x
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

_JOINERS = "\u200c\u200d"
HIDDEN = frozenset(
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    "\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\x85"
)
"""The characters to tag.

Joiners are legitimate in emoji and in some Middle Eastern and South Asian scripts, where they are not tagged.
"""
_TAGGED = re.compile(
    f"[{''.join(sorted(HIDDEN - set(_JOINERS)))}]"
    "|(?<![\ufe0f\U0001f000-\U0001faff])\u200d(?![\u0600-\u0dff])|(?<![\u0600-\u0dff])\u200c"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A hidden character: its UTF-16 position and the text of its tag."""

    position: int
    words: str


def hides_something(row: str) -> bool:
    """Return whether a row has hidden characters. Must be fast: it is called for every row."""
    if row.isascii():
        return False
    if row.isprintable():  # Python treats all but these four as not printable
        return "\u115f" in row or "\u1160" in row or "\u3164" in row or "\uffa0" in row
    return not HIDDEN.isdisjoint(row)


def marks_of(row: str) -> tuple[Mark, ...]:
    """Return the hidden characters of a row."""
    if not hides_something(row):
        return ()
    return tuple(
        Mark(utf16.units(row[: found.start()]), f"U+{ord(found.group()):04X}") for found in _TAGGED.finditer(row)
    )


def without_hidden(row: str) -> str:
    """Return a row with each hidden character replaced by a placeholder of the same length."""
    return _TAGGED.sub(BOX, row) if hides_something(row) else row


def spelled_out(row: str) -> str:
    """Return a row with each hidden character replaced by its code point, where no tags can be drawn."""
    if row.isascii() or HIDDEN.isdisjoint(row):
        return row
    return _TAGGED.sub(lambda found: f"‹U+{ord(found.group()):04X}›", row)


def mark_width(theme: Theme) -> float:
    """Return the width of a tag; all have the same."""
    return QFontMetricsF(_font(theme)).horizontalAdvance("U+0000") + 2 * theme.length("xs")


def mark_formats(marks: tuple[Mark, ...], theme: Theme) -> list[QTextLayout.FormatRange]:
    """Return the formats that reserve the space for the tags."""
    if not marks:
        return []
    box = QFontMetricsF(theme.font("code")).horizontalAdvance(BOX)
    look = QTextCharFormat()
    look.setForeground(Qt.GlobalColor.transparent)
    look.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    look.setFontLetterSpacing(mark_width(theme) - box)
    ranges = []
    for mark in marks:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = mark.position, 1, look
        ranges.append(found)
    return ranges


def paint_marks(painter: QPainter, layout: QTextLayout, marks: tuple[Mark, ...], top: float, theme: Theme) -> None:
    """Paint the tags of a row at this y."""
    line_height = theme.line("code")
    for mark in marks:
        line = layout.lineForTextPosition(mark.position)
        left = cursor_x(line, mark.position)
        y = top + line.lineNumber() * line_height
        tag = QRectF(left + 1, y + 2, mark_width(theme) - 2, line_height - 4)
        draw_box(painter, tag, theme.length("radius.tag"), theme.color("dangerSoft"), theme.color("danger"))
        painter.setFont(_font(theme))
        painter.setPen(theme.color("danger"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, mark.words)


def _font(theme: Theme) -> QFont:
    font = QFont(theme.font("code"))
    font.setPixelSize(max(1, round(font.pixelSize() * 0.72)))
    return font
