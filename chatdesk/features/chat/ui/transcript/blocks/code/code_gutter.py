"""The numbers beside the lines of a code block. They stay where they are when the code is scrolled sideways, and are no text of it."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.code.code_lines import CodeLines
from chatdesk.features.chat.ui.transcript.blocks.code.code_rows import CodeRows
from chatdesk.ui_kit.style.theme import Theme

_FEWEST_DIGITS = 2
"""Room that is kept from the first line on, so that the code does not move when the tenth comes."""


def gutter_width(lines: CodeLines, theme: Theme) -> int:
    """Return how wide the numbers are with the gap to the code."""
    digits = max(_FEWEST_DIGITS, len(str(len(lines.lines))))
    return round(QFontMetricsF(theme.font("code")).horizontalAdvance("0" * digits)) + theme.length("m")


def paint_numbers(
    painter: QPainter, rows: CodeRows, lines: CodeLines, theme: Theme, right: int, heights: tuple[int, int]
) -> None:
    """Paint the numbers of the rows between two heights so that they end at `right`, with the rows' y."""
    metrics = QFontMetricsF(theme.font("code"))
    baseline = round((theme.line("code") - metrics.height()) / 2 + metrics.ascent())
    painter.setFont(theme.font("code"))
    painter.setPen(theme.color("textTertiary"))
    for row, y in rows.between(*heights):
        if lines.begins_line(row):
            words = str(lines.line_number(row) + 1)
            painter.drawText(QPointF(right - metrics.horizontalAdvance(words), y + baseline), words)
