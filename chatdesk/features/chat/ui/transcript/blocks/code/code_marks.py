"""Invisible characters in code that change its meaning or its appearance: they are shown as tags with their code point.

Text can be made to appear in another order than it is compiled in ("trojan source"). In code such characters have no
effect on the order, and each of them is visible. They are kept in what is selected, copied and saved.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX
from chatdesk.features.chat.ui.transcript.blocks.text.flow_lines import cursor_x
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.hidden_characters import TAGGED, has_hidden


@dataclass(frozen=True, slots=True)
class Mark:
    """A hidden character: its UTF-16 position and the text of its tag."""

    position: int
    text: str


def marks_of(row: str) -> tuple[Mark, ...]:
    """Return the hidden characters of a row."""
    if not has_hidden(row):
        return ()
    return tuple(
        Mark(utf16.units(row[: found.start()]), f"U+{ord(found.group()):04X}") for found in TAGGED.finditer(row)
    )


def without_hidden(row: str) -> str:
    """Return a row with each hidden character replaced by a placeholder of the same length."""
    return TAGGED.sub(BOX, row) if has_hidden(row) else row


def mark_width(theme: Theme) -> float:
    """Return the width of a tag; all have the same."""
    return QFontMetricsF(_font(theme)).horizontalAdvance("U+0000") + 2 * theme.length("xs")


def mark_formats(marks: tuple[Mark, ...], theme: Theme) -> list[QTextLayout.FormatRange]:
    """Return the formats that reserve the space for the tags."""
    if not marks:
        return []
    box = QFontMetricsF(theme.font("code")).horizontalAdvance(BOX)
    char_format = QTextCharFormat()
    char_format.setForeground(Qt.GlobalColor.transparent)
    char_format.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    char_format.setFontLetterSpacing(mark_width(theme) - box)
    ranges = []
    for mark in marks:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = mark.position, 1, char_format
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
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, mark.text)


def _font(theme: Theme) -> QFont:
    font = QFont(theme.font("code"))
    font.setPixelSize(max(1, round(font.pixelSize() * 0.72)))
    return font
