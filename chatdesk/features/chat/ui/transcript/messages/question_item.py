"""The user's question: a bubble on the right, folded if it is long, with its actions on the left."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QLinearGradient, QPainter

from chatdesk.features.chat.ui.transcript.blocks.growing_column import GrowingColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.actions_row import ActionsRow
from chatdesk.features.chat.ui.transcript.messages.message_documents import MessageDocuments
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT, ItemPaint, MessageItem, PlacedColumn
from chatdesk.features.chat.ui.transcript.messages.message_pictures import BUBBLE_SHARE, MessagePictures
from chatdesk.features.chat.ui.transcript.messages.more_control import more_control
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.message import Message
from chatdesk.rendering.markdown.blocks import Block, Heading, Paragraph, Span
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.painting import draw_box

_FOLDED_LINES = 12
_SHRUNK_BLOCKS = 8
_SHRUNK_CHARACTERS = 8_192
"""Up to this many blocks of plain text and characters, the bubble is only as wide as its text."""


class QuestionItem(MessageItem):
    """A question. Single newlines are line breaks. `remark` returns what is to be said below it, such as that nothing was found."""

    def __init__(
        self,
        message: Message,
        position: tuple[int, int],
        page: PageContext,
        width: int,
        remark: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(message, position, page, width)
        self._remark = remark
        self._column = GrowingColumn(page, TextStyle(), is_question=True)
        self._column.show(message.text)
        self._unfolded = False
        self._revealed = False
        """Temporarily unfolded to show a search hit in the folded part."""
        self._bubble_width = 0
        self._pictures = MessagePictures((), page, 1)
        self._documents = MessageDocuments((), page, 1)
        self._fit()

    @property
    def height(self) -> int:
        """See `MessageItem`."""
        if self.editor_height is not None:
            return self.editor_height
        theme = self._page.theme
        below = theme.length("s") + theme.length("buttonSmall") if self.offers_answer else 0
        return self._bubble_height + below

    @property
    def remark(self) -> str:
        """See `MessageItem`."""
        return self._remark()

    @property
    def is_recreatable(self) -> bool:
        """See `MessageItem`."""
        chosen = self._unfolded or self._revealed or self._column.has_choices
        return self.editor_height is None and not chosen

    @property
    def is_parsing(self) -> bool:
        """See `MessageItem`."""
        return self._column.is_parsing

    def parse_more(self) -> int:
        """See `MessageItem`."""
        y = self._column.parse_more()
        return y if y == NOWHERE else 0

    def hidden(self, part: int) -> int:  # noqa: ARG002 - a question has one part only
        """See `MessageItem`."""
        return self._column.hidden

    def mark_outdated_formulas(self) -> None:
        """See `MessageItem`."""
        self._column.mark_outdated_formulas()

    def columns(self) -> Iterator[PlacedColumn]:
        """See `MessageItem`."""
        if self._column.blocks and self.editor_height is None:
            left = self._width - self._bubble_width + self._side
            shown = QRect(left, self._text_top, self._column.width, self._text_height)
            yield PlacedColumn(TEXT, self._column, shown.topLeft(), shown)

    def blocks(self, part: int) -> Sequence[Block]:  # noqa: ARG002 - a question has one part only
        """See `MessageItem`."""
        return self._column.blocks

    def reveal(self, position: tuple[int, ColumnPosition] | None) -> bool:
        """See `MessageItem`. Positions in the visible lines of a folded question need no unfolding."""
        sections = self._column.reveal(position[1].block if position else None)
        if sections:
            self._fit()
        before, self._revealed = self._revealed, False
        if position is not None and self._is_folded:
            self._revealed = before or self._column.line_rect(position[1]).bottom() > self._text_height
        return sections or self._revealed is not before

    @property
    def own_pictures(self) -> Sequence[Span]:
        """See `MessageItem`."""
        return self._pictures.spans

    def picture_changed(self, source: str) -> bool:
        """See `MessageItem`. Attached pictures keep their size."""
        return super().picture_changed(source) or self._pictures.shows(source)

    def change(self, message: Message) -> None:
        """See `MessageItem`."""
        if message.text != self.message.text:
            self._column.show(message.text)
        self.message = message
        self._fit()

    def source(self, part: int) -> str:  # noqa: ARG002 - a question has one part only
        """See `MessageItem`."""
        return self.message.text

    def set_page(self, page: PageContext) -> None:
        """See `MessageItem`."""
        super().set_page(page)
        self._column.set_page(page)
        self._fit()

    def set_width(self, width: int) -> None:
        """See `MessageItem`."""
        super().set_width(width)
        self._fit()

    def set_position(self, position: tuple[int, int]) -> None:
        """See `MessageItem`."""
        super().set_position(position)
        self._fit()

    def perform(self, command: Command) -> bool:
        """Fold or unfold the question, or show more of it."""
        if command.verb is Verb.MORE_TEXT:
            self._column.show_more()
            return True
        if command.verb is Verb.FOLD_SECTION and self._fold_section(command):
            self._fit()
            return True
        if command.verb is not Verb.FOLD_QUESTION:
            return False
        self._unfolded = self._is_folded
        self._revealed = False
        return True

    def lay_out(self, top: int, bottom: int) -> int:
        """See `MessageItem`. The bubble is fitted again, because text may have turned into formulas."""
        changed = super().lay_out(top, bottom)
        if changed != NOWHERE:
            self._fit()
        return changed

    def unfold(self) -> None:
        """Show all of the question."""
        self._unfolded = True

    def own_controls(self, *, with_actions: bool) -> Iterator[Control]:
        """See `MessageItem`."""
        yield from self._pictures.controls(self._pictures_corner)
        if not self._page.read_only:
            yield from self._documents.controls(self._documents_corner)
        actions = self.actions
        if with_actions or actions.has_versions:
            left = self._width - self._bubble_width - self._page.theme.length("s") - actions.width
            for control in actions.controls(with_actions=with_actions):
                yield control.moved(left, self._bubble_height - actions.height)
        if self.offers_answer:
            theme, caption = self._page.theme, self._page.texts.regenerate
            width = control_width(theme, ControlStyle.OUTLINED, caption, "refresh-cw")
            rect = QRect(
                self._width - width, self._bubble_height + theme.length("s"), width, theme.length("buttonSmall")
            )
            yield Control(
                Command(Verb.REGENERATE), rect, caption, "refresh-cw", ControlStyle.OUTLINED, caption, primary=True
            )
        if self._is_long:
            theme, texts = self._page.theme, self._page.texts
            caption = texts.show_all if self._is_folded else texts.show_less
            width = control_width(theme, ControlStyle.LINE, caption, "chevron-right")
            left = self._width - self._bubble_width + self._side - theme.length("xs")
            top = self._bubble_height - theme.length("buttonSmall") - theme.length("s")
            rect = QRect(left, top, width, theme.length("buttonSmall"))
            fold = Command(Verb.FOLD_QUESTION)
            yield Control(fold, rect, caption, style=ControlStyle.LINE, caption=caption, on=not self._is_folded)
            if not self._is_folded and (hidden := self._column.hidden):
                yield more_control(self._page, TEXT, hidden).moved(rect.right() + theme.length("s"), top)

    def paint_surroundings(self, painter: QPainter, context: ItemPaint) -> None:
        """See `MessageItem`."""
        theme = self._page.theme
        bubble = QRectF(self._width - self._bubble_width, 0, self._bubble_width, self._bubble_height)
        border = theme.color("borderSubtle") if theme.scheme.high_contrast else None
        draw_box(painter, bubble, theme.length("radius.card"), theme.color("bubble"), border)
        self._pictures.paint(painter, self._pictures_corner, context.clip)
        self._documents.paint(painter, self._documents_corner)
        actions = self.actions
        if context.with_actions or actions.has_versions:
            painter.save()
            left = self._width - self._bubble_width - theme.length("s") - actions.width
            painter.translate(left, self._bubble_height - actions.height)
            actions.paint(painter, 0, statistics=False)
            painter.restore()

    def paint_over(self, painter: QPainter, context: ItemPaint) -> None:  # noqa: ARG002
        """See `MessageItem`."""
        if not self._is_folded:
            return
        height = 2 * self._page.theme.line("reading")
        bottom = self._text_top + self._text_height
        fade = QRectF(self._width - self._bubble_width + self._side, bottom - height, self._column.width, height)
        gradient = QLinearGradient(fade.topLeft(), fade.bottomLeft())
        background = self._page.theme.color("bubble")
        gradient.setColorAt(1, background)
        background.setAlpha(0)
        gradient.setColorAt(0, background)
        painter.fillRect(fade, gradient)

    @property
    def actions(self) -> ActionsRow:
        """The actions row of the question."""
        return ActionsRow(self.message, self.position, self._page)

    @property
    def _side(self) -> int:
        return self._page.theme.length("l")

    @property
    def _pictures_corner(self) -> QPoint:
        inset = self._page.theme.length("s")
        return QPoint(self._width - self._bubble_width + inset, inset)

    @property
    def _text_top(self) -> int:
        theme = self._page.theme
        if self._documents.height:
            return self._documents_corner.y() + self._documents.height + theme.length("s")
        return self._pictures.height + 2 * theme.length("s") if self._pictures.height else theme.length("m")

    @property
    def _text_height(self) -> int:
        return min(self._column.height, self._folded_height) if self._is_folded else self._column.height

    @property
    def _folded_height(self) -> int:
        return _FOLDED_LINES * self._page.theme.line("reading")

    @property
    def _is_folded(self) -> bool:
        return self._is_long and not self._unfolded and not self._revealed

    @property
    def _is_long(self) -> bool:
        # Folding one more line is not worthwhile.
        return self._column.height > self._folded_height + 2 * self._page.theme.line("reading")

    @property
    def _bubble_height(self) -> int:
        theme = self._page.theme
        if not self._column.blocks:
            if self._documents.height:
                return self._text_top + theme.length("m") - theme.length("s")
            return self._text_top + (0 if self._pictures.height else theme.length("m"))
        fold = theme.length("buttonSmall") + theme.length("xs") if self._is_long else 0
        return self._text_top + self._text_height + fold + theme.length("s" if fold else "m")

    def _fit(self) -> None:
        """Fit the bubble to its text, leaving space for the actions beside it."""
        theme = self._page.theme
        beside = self.actions.width + theme.length("s")
        widest = max(1, min(round(self._width * BUBBLE_SHARE), self._width - beside) - 2 * self._side)
        self._column.set_width(widest)
        extra_width = 2 * (self._side - theme.length("s"))
        self._pictures = MessagePictures(self.message.pictures, self._page, widest + extra_width)
        self._documents = MessageDocuments(self.message.documents, self._page, widest)
        inner = widest
        blocks = self._column.blocks
        few = len(blocks) <= _SHRUNK_BLOCKS and len(self.message.text) <= _SHRUNK_CHARACTERS
        if few and all(isinstance(block, Paragraph | Heading) for block in blocks):
            self._column.lay_out_all()
            needed_width = max(
                self._column.natural_width + 1, self._documents.width, self._pictures.width - extra_width
            )
            inner = min(widest, needed_width)
            self._column.set_width(inner)
            self._column.lay_out_all()
        self._bubble_width = inner + 2 * self._side

    @property
    def _documents_corner(self) -> QPoint:
        theme = self._page.theme
        above = self._pictures.height + theme.length("s") if self._pictures.height else 0
        return QPoint(self._width - self._bubble_width + self._side, theme.length("m") + above)
