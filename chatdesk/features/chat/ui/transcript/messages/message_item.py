"""The base class of messages on the page. Questions and answers are in modules of their own.

Message coordinates: x is 0 at the left of the reading column, y at the top of the message.
"""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from math import ceil

from PySide6.QtCore import QLineF, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link, TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.context_border import BorderAction, BorderKind
from chatdesk.features.chat.ui.transcript.control_painter import IDLE, ControlPainter, Interaction, control_width
from chatdesk.features.chat.ui.transcript.controls import WAITING_VERBS, Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, ColumnSelection
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Span
from chatdesk.ui_kit.lists.height_index import NOWHERE

_ACTIONS = {
    BorderKind.NOTHING: (BorderAction.CHANGE,),
    BorderKind.SUMMARY: (BorderAction.READ, BorderAction.CHANGE),
    BorderKind.SUMMARY_PENDING: (BorderAction.CHANGE,),
}
_ICONS = {BorderAction.CHANGE: "sliders-horizontal", BorderAction.READ: "file-text"}


class BorderStrip:
    """A line below a message, with a text between two rules, and buttons: the context border or a remark.

    Above the context border, the model sees nothing; `context_border.py` determines its position. The line is laid out on creation;
    buttons that do not fit beside the text are below it.
    """

    def __init__(self, about: BorderKind | str, page: PageContext, width: int) -> None:
        self._page = page
        self._width = width
        theme = page.theme
        self.text = about if isinstance(about, str) else page.texts.border(about)
        self._flow = TextFlow((Span(self.text),), TextStyle("caption", "textSecondary"), theme)
        self._flow.lay_out(1 << 16)
        gap, row = theme.length("s"), theme.length("buttonSmall")
        actions = () if isinstance(about, str) else _ACTIONS[about]
        captions = {action: page.texts.border_button_text(action) for action in actions}
        widths = {
            action: control_width(theme, ControlStyle.CAPTION, text_width, _ICONS[action])
            for action, text_width in captions.items()
        }
        buttons = sum(widths.values())
        beside = gap + buttons if buttons else 0
        text_width = ceil(self._flow.natural_width)
        self._in_one_line = text_width + beside + 2 * (theme.length("xl") + gap) <= width
        if not self._in_one_line:
            self._flow.lay_out(max(1, width))
            text_width = min(text_width, width)
        self._text_left = (width - text_width - (beside if self._in_one_line else 0)) // 2
        self._text_top = (row - self._flow.height) // 2 if self._in_one_line else gap
        top = 0 if self._in_one_line else self._text_top + self._flow.height
        self.height = top + row if buttons or self._in_one_line else top + gap
        self.text_rect = QRect(self._text_left, self._text_top, text_width, self._flow.height)
        x = self._text_left + text_width + gap if self._in_one_line else (width - buttons) // 2
        self._controls = []
        for action, caption in captions.items():
            command = Command(Verb.CONTEXT, action.value)
            rect = QRect(x, top, widths[action], row)
            name = page.texts.border_action(self.text, caption)
            self._controls.append(Control(command, rect, name, _ICONS[action], ControlStyle.CAPTION, caption))
            x += widths[action]

    def paint(self, painter: QPainter) -> None:
        """Paint everything except the buttons at the painter's origin."""
        theme = self._page.theme
        painter.save()
        painter.setPen(QPen(theme.color("borderDefault" if theme.scheme.high_contrast else "borderSubtle"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for left, right in self._rules():
            y = self.height // 2 if self._in_one_line else 0
            painter.drawLine(QLineF(left, y, right, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._text_left, self._text_top)
        self._flow.paint(painter, QRect(0, 0, self._width, self._flow.height))
        painter.restore()

    def controls(self) -> Iterator[Control]:
        """Yield the buttons."""
        yield from self._controls

    def _rules(self) -> Iterator[tuple[int, int]]:
        if not self._in_one_line:
            yield 0, self._width - 1
            return
        gap = self._page.theme.length("s")
        yield 0, self._text_left - gap
        last = self._controls[-1].rect if self._controls else self.text_rect
        yield last.right() + 1 + gap, self._width - 1


REASONING, TEXT = 0, 1
"""The parts of a message that contain text positions."""
PICTURES = 2
"""The part of attached pictures. It contains controls, but no text positions."""
SOURCES = 3
"""The part of the first source's passage; the other sources follow."""
DETAILS = 1 << 20
"""The part of the first notice's details; the other notices follow."""


BlockHeights = dict[int, "array[int]"]
"""The heights of the blocks, by part."""


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of a message with its position and its visible rectangle."""

    part: int
    column: BlockColumn
    origin: QPoint
    shown: QRect


@dataclass(frozen=True, slots=True)
class ItemPaint:
    """The parameters for painting a message."""

    clip: QRect
    visible: tuple[int, int]
    """The top and bottom of the visible part of the message."""
    selected: dict[int, ColumnSelection] = field(default_factory=dict)
    """By part."""
    marks: Mapping[int, Mapping[int, Marks]] = field(default_factory=dict)
    """By part and block."""
    interaction: Interaction = IDLE
    with_actions: bool = False
    rotation: float = 0.0
    """The rotation of spinners, 0 to 1."""


class MessageItem(ABC):
    """A message, parsed on creation and laid out as far as it is visible. Items are created only near the view.

    `position` is the index among its siblings, from 0, and their number; `width` is that of the reading column.
    """

    def __init__(self, message: Message, position: tuple[int, int], page: PageContext, width: int) -> None:
        self.message = message
        self.position = position
        self.busy = False
        """Whether an answer is being written in the chat, this one or another."""
        self.offers_answer = False
        """Whether this is a question without an answer, which can be regenerated."""
        self.editor_height: int | None = None
        """The height of the editor that replaces the message; None if it is not being edited."""
        self._page = page
        self._width = width
        self._cached_border: tuple[tuple[BorderKind | str, PageContext, int], BorderStrip] | None = None
        page.counters.messages_parsed += 1

    @property
    @abstractmethod
    def height(self) -> int:
        """The height in pixels, estimated for parts that are not laid out."""

    @property
    def total_height(self) -> int:
        """The height including the context border or a remark, if that is below the message."""
        border = self._border()
        return self.height + self._border_gap + border.height if border else self.height

    @property
    def remark(self) -> str:
        """What is to be said below the message; empty for nothing."""
        return ""

    @property
    def content_height(self) -> int:
        """The height of the content without anything below it."""
        return self.height

    @abstractmethod
    def columns(self) -> Iterator[PlacedColumn]:
        """Yield the visible columns from top to bottom."""

    @abstractmethod
    def blocks(self, part: int) -> Sequence[Block]:
        """Return the blocks of a part, visible or folded."""

    @abstractmethod
    def reveal(self, position: tuple[int, ColumnPosition] | None) -> bool:
        """Unfold what hides a position, until the next call; None folds it again. Return False if nothing changed."""

    @abstractmethod
    def change(self, message: Message) -> None:
        """Apply a new version of the message."""

    @abstractmethod
    def source(self, part: int) -> str:
        """Return the Markdown source of a part."""

    @abstractmethod
    def perform(self, command: Command) -> bool:
        """Perform a command about this message only. Return False for other commands."""

    @abstractmethod
    def paint_surroundings(self, painter: QPainter, context: ItemPaint) -> None:
        """Paint what is behind and beside the columns."""

    @abstractmethod
    def own_controls(self, *, with_actions: bool) -> Iterator[Control]:
        """Yield the controls outside the columns."""

    @abstractmethod
    def paint_over(self, painter: QPainter, context: ItemPaint) -> None:
        """Paint what is above the columns."""

    @property
    @abstractmethod
    def is_parsing(self) -> bool:
        """Whether some visible text has not been parsed yet; see `parse_more`."""

    @abstractmethod
    def parse_more(self) -> int:
        """Parse the next chunk. Return the y from which the message has changed; `NOWHERE` for no change."""

    @abstractmethod
    def hidden(self, part: int) -> int:
        """Return how many characters of a part are not shown without a request."""

    @property
    @abstractmethod
    def is_recreatable(self) -> bool:
        """Whether it could be recreated without a visible difference: nothing has been folded or chosen and nothing is arriving."""

    @abstractmethod
    def mark_outdated_formulas(self) -> None:
        """Mark the layouts that waited for formulas, to be renewed when they become visible."""

    def set_position(self, position: tuple[int, int]) -> None:
        """Set the position among the siblings."""
        self.position = position

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language."""
        self._page = page

    def set_width(self, width: int) -> None:
        """Apply a new width of the reading column."""
        self._width = width

    def update_for(self, page: PageContext, width: int) -> None:
        """Apply theme, language and width if they differ."""
        if page is not self._page:
            self.set_page(page)
        if width != self._width:
            self.set_width(width)

    def is_current_for(self, page: PageContext, width: int) -> bool:
        """Return whether page and width are the current ones."""
        return page is self._page and width == self._width

    def block_heights(self) -> BlockHeights:
        """Return the known heights of the blocks, by part."""
        return {placed.part: placed.column.block_heights() for placed in self.columns()}

    def set_block_heights(self, heights: BlockHeights) -> None:
        """Set block heights measured before for the same message and width."""
        for placed in self.columns():
            if placed.part in heights:
                placed.column.set_block_heights(heights[placed.part])

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what is between two y values. Return the y from which heights changed; `NOWHERE` for no change."""
        changed = NOWHERE
        for placed in self.columns():
            first = max(top, placed.shown.top()) - placed.origin.y()
            last = min(bottom, placed.shown.bottom() + 1) - placed.origin.y()
            if first < last:
                changed = min(changed, placed.origin.y() + placed.column.lay_out(first, last))
        return min(changed, NOWHERE)

    def release(self, top: int, bottom: int) -> None:
        """Discard the layouts outside two y values."""
        for placed in self.columns():
            placed.column.release(top - placed.origin.y(), bottom - placed.origin.y())

    def paint(self, painter: QPainter, context: ItemPaint) -> None:
        """Paint the message at the painter's origin; if it is being edited, only what is below the editor."""
        self._paint_border(painter, context)
        if self.editor_height is not None:
            return
        self.paint_surroundings(painter, context)
        columns = [*self.columns()]
        for placed in columns:
            clip = context.clip.intersected(placed.shown)
            if clip.isEmpty():
                continue
            x, y = placed.origin.toTuple()
            painter.save()
            painter.setClipRect(clip.adjusted(-_OVERHANG, 0, _OVERHANG, 0), Qt.ClipOperation.IntersectClip)
            painter.translate(x, y)
            inside = BlockPaint(clip.translated(-x, -y), context.visible[0] - y)
            placed.column.paint(painter, inside, context.selected.get(placed.part), context.marks.get(placed.part, {}))
            painter.restore()
        self.paint_over(painter, context)
        controls = ControlPainter(painter, self._page, context.interaction)
        top, bottom = context.clip.top() - _OVERHANG, context.clip.bottom() + _OVERHANG
        for control in self._controls(columns, context.visible, (top, bottom), with_actions=context.with_actions):
            if control.rect.bottom() >= top and control.rect.top() <= bottom:
                controls.paint(control)
        focused = context.interaction.focused
        if focused and focused.verb is Verb.FOLLOW_LINK:
            for control in self.link_controls(context.visible):
                if control.command == focused:
                    controls.paint(control)

    def controls(self, visible: tuple[int, int], *, with_actions: bool) -> Iterator[Control]:
        """Yield the controls between two y values, from top to bottom."""
        found = [*self._controls(self.columns(), visible, visible, with_actions=with_actions)]
        found.sort(key=lambda control: (control.rect.bottom(), control.rect.left()))
        yield from found

    def link_controls(self, visible: tuple[int, int]) -> Iterator[Control]:
        """Yield controls for the links between two y values, see `BlockColumn.link_controls`."""
        if self.editor_height is not None:
            return
        for placed in self.columns():
            x, y = placed.origin.toTuple()
            first, last = max(visible[0], placed.shown.top()), min(visible[1], placed.shown.bottom())
            if first < last:
                for control in placed.column.link_controls(placed.part, (first - y, last - y)):
                    yield control.moved(x, y)

    def _controls(
        self,
        columns: Iterable[PlacedColumn],
        visible: tuple[int, int],
        within: tuple[int, int],
        *,
        with_actions: bool,
    ) -> Iterator[Control]:
        """Yield the controls of the message and of its blocks `within` two y values, positioned for the `visible` range."""
        yield from self._border_controls()
        if self.editor_height is not None:
            return
        yield from map(self._disabled_while_busy, self.own_controls(with_actions=with_actions))
        for placed in columns:
            x, y = placed.origin.toTuple()
            first, last = max(within[0], placed.shown.top()), min(within[1], placed.shown.bottom())
            if first < last:
                seen_from = max(visible[0], placed.shown.top()) - y
                for control in placed.column.controls(placed.part, (first - y, last - y), seen_from):
                    yield control.moved(x, y)

    def position_at(self, x: float, y: float) -> tuple[int, ColumnPosition] | None:
        """Return the part and the position nearest to a point; None if the message shows no text."""
        columns = list(self.columns())
        if not columns:
            return None
        nearest = next((placed for placed in columns if placed.shown.bottom() >= y), columns[-1])
        inside = min(max(y, nearest.shown.top()), nearest.shown.bottom())
        return nearest.part, nearest.column.position_at(x - nearest.origin.x(), inside - nearest.origin.y())

    def line_rect(self, part: int, position: ColumnPosition) -> QRect | None:
        """Return the rectangle of the line at a position; None if its part is not shown."""
        for placed in self.columns():
            if placed.part == part:
                return placed.column.line_rect(position).translated(placed.origin)
        return None

    def cursor_rect(self, part: int, position: ColumnPosition) -> QRect | None:
        """Return the rectangle of the text cursor at a position, one pixel wide; None if its part is not shown."""
        for placed in self.columns():
            if placed.part == part:
                return placed.column.cursor_rect(position).translated(placed.origin)
        return None

    def tooltip_at(self, x: float, y: float) -> str:
        """Return the tooltip at a point that is neither a link nor a control."""
        placed = self._column_at(x, y)
        return placed.column.tooltip_at(x - placed.origin.x(), y - placed.origin.y()) if placed else ""

    @property
    def own_pictures(self) -> Sequence[Span]:
        """The attached pictures."""
        return ()

    def source_link(self, number: int) -> Link | None:  # noqa: ARG002
        """Return the address and title of a source, not validated; None if it does not exist."""
        return None

    def notice_details(self, number: int) -> str:  # noqa: ARG002
        """Return the complete details of a notice, including hidden ones."""
        return ""

    def details(self) -> Sequence[str]:
        """Return the details of a message: time, token counts and speed."""
        return ()

    def text_at(self, x: float, y: float) -> bool:
        """Return whether a point is on text, where the pointer is an I-beam."""
        return any(placed.shown.contains(int(x), int(y)) for placed in self.columns())

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link at a point."""
        placed = self._column_at(x, y)
        return placed.column.link_at(x - placed.origin.x(), y - placed.origin.y()) if placed else None

    def links(self) -> tuple[Link, ...]:
        """Return the links in the parts that are laid out."""
        return tuple(dict.fromkeys(link for placed in self.columns() for link in placed.column.links()))

    def picture_changed(self, source: str) -> bool:
        """Renew the layouts that show a picture. Return False if there are none."""
        changed = [placed.column.picture_changed(source) for placed in self.columns()]
        return any(changed)

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:
        """Scroll the block at a point horizontally. Return False if it cannot be scrolled."""
        placed = self._column_at(x, y)
        return placed is not None and placed.column.scroll_horizontally(
            x - placed.origin.x(), y - placed.origin.y(), distance
        )

    def drag_at(self, x: float, y: float) -> float | None:
        """Return the ratio of horizontal scrolling to dragging for a drag at a point; None if nothing can be dragged."""
        placed = self._column_at(x, y)
        return placed.column.drag_at(x - placed.origin.x(), y - placed.origin.y()) if placed else None

    def code_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the part and the index of the code block at a point; None if there is none."""
        placed = self._column_at(x, y)
        block = placed.column.code_at(y - placed.origin.y()) if placed else None
        return (placed.part, block) if placed and block is not None else None

    def sticky_header(self, y: float) -> tuple[int, int] | None:
        """Return the part and the index of the code block whose header sticks to the top of a view that starts at this y."""
        placed = self._column_at(0, y)
        block = placed.column.sticky_header(y - placed.origin.y()) if placed else None
        return (placed.part, block) if placed and block is not None else None

    def column(self, part: int) -> BlockColumn | None:
        """Return the column of a part if it is shown."""
        return next((placed.column for placed in self.columns() if placed.part == part), None)

    def _fold_section(self, command: Command) -> bool:
        """Fold or unfold the section of a command. Return False if its part is not shown."""
        column = self.column(command.part)
        if column is None or command.block >= len(column.blocks):
            return False
        column.toggle_section(command.block)
        return True

    def _disabled_while_busy(self, control: Control) -> Control:
        """Disable a control that must wait for an answer being written, and add the reason to its name."""
        if not self.busy or control.command.verb not in WAITING_VERBS or not control.enabled:
            return control
        return replace(control, enabled=False, name=self._page.texts.available_later(control.name))

    @property
    def _border_gap(self) -> int:
        return self._page.theme.length("m")

    def _border(self) -> BorderStrip | None:
        """Return the border or remark below the message, if any, recreated for a new appearance, width or language."""
        source = self._page.border
        kind = source.below(self.message.id) if source else None
        about = kind or self.remark
        if not about:
            self._cached_border = None
            return None
        context = (about, self._page, self._width)
        if self._cached_border is None or self._cached_border[0] != context:
            self._cached_border = (context, BorderStrip(*context))
        return self._cached_border[1]

    def _border_controls(self) -> Iterator[Control]:
        if border := self._border():
            yield from (control.moved(0, self.height + self._border_gap) for control in border.controls())

    def _paint_border(self, painter: QPainter, context: ItemPaint) -> None:
        border = self._border()
        if border is None:
            return
        painter.save()
        painter.translate(0, self.height + self._border_gap)
        border.paint(painter)
        painter.restore()
        if self.editor_height is not None:
            controls = ControlPainter(painter, self._page, context.interaction)
            for control in self._border_controls():
                controls.paint(control)

    def _column_at(self, x: float, y: float) -> PlacedColumn | None:
        return next((placed for placed in self.columns() if placed.shown.contains(int(x), int(y))), None)


_OVERHANG = 4
"""The background of inline code may extend slightly beyond the column."""
