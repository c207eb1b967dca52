"""The estimated height of a block from its text alone. Cheap: used for thousands of blocks that are never visible."""

from math import ceil

from chatdesk.features.chat.ui.transcript.blocks.block_text import span_text
from chatdesk.features.chat.ui.transcript.blocks.code.code_layout import height_of_lines
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.blocks.text.text_layout import text_style
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Rule, Table
from chatdesk.ui_kit.style.theme import Theme

_CHARACTER = 0.52
"""The average character width relative to the font size; Chinese characters are twice as wide."""


def estimated_height(block: Block, theme: Theme, prose: TextStyle, width: int) -> int:
    """Return the estimated height in pixels, without the gap above."""
    match block:
        case Paragraph() | Heading():
            text = "".join(map(span_text, block.spans))
            return estimated_text_height(text, theme, text_style(block, prose).role, width)
        case Code():
            return height_of_lines(block.text.removesuffix("\n").count("\n") + 1, theme)
        case Table():
            return (len(block.rows) + 1) * theme.length("rowTable") + 1
        case Rule():
            return max(1, theme.length("stroke.border"))
        case Formula():
            return estimated_text_height(block.source, theme, prose.role, width)


def character_width(theme: Theme, role: str) -> float:
    """Return the average character width in px."""
    return theme.font(role).pixelSize() * _CHARACTER


def average_character_cells(text: str) -> float:
    """Return the average character width of a text in cells, 1 to 2.

    Chinese characters have three bytes in UTF-8 and are two cells wide.
    """
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) / (2 * len(text))


def estimated_text_height(text: str, theme: Theme, role: str, width: int) -> int:
    """Return the estimated height of a text wrapped at a width."""
    cells = len(text) if text.isascii() else len(text) * average_character_cells(text)
    per_line = max(1.0, width / character_width(theme, role))
    return (ceil(cells / per_line) + text.count("\n") or 1) * theme.line(role)
