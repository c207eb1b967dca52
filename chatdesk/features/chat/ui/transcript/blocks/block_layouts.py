"""The factory of block layouts, the only module that knows all kinds."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_alone
from chatdesk.features.chat.ui.transcript.blocks.code.code_layout import CodeLayout
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_layout import FormulaLayout
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import PictureLayout
from chatdesk.features.chat.ui.transcript.blocks.table_layout import TableLayout
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.blocks.text.text_layout import TextLayout
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Rule, Table
from chatdesk.ui_kit.style.theme import Theme


class RuleLayout(BlockLayout):
    """A horizontal rule, as high as its stroke; the space around it is the gap between blocks."""

    def __init__(self, theme: Theme) -> None:
        self._color = theme.color("borderDefault")
        self._width = 0
        self.height = max(1, theme.length("stroke.border"))

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        return self.height if isinstance(block, Rule) else None

    def paint(self, painter: QPainter, context: BlockPaint) -> None:  # noqa: ARG002
        painter.fillRect(QRect(0, 0, self._width, self.height), self._color)


def new_layout(
    block: Block, page: PageContext, prose: TextStyle, code: CodeOptions, can_preview: Callable[[], bool]
) -> BlockLayout:
    """Return the layout of a block, before `lay_out`.

    `prose` is the style of surrounding text; `code` and `can_preview` are for code.
    """
    match block:
        case Paragraph() if pictures_alone(block):
            return PictureLayout(block, page)
        case Paragraph() | Heading():
            return TextLayout(block, page, prose)
        case Code():
            return CodeLayout(block, page, code, can_preview)
        case Table():
            return TableLayout(block, page.theme, prose, page.formulas, page.pictures)
        case Rule():
            return RuleLayout(page.theme)
        case Formula():
            return FormulaLayout(block, page, prose)
        case _:
            assert_never(block)
