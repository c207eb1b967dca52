"""A message on the page: what all messages can do. What a question and an answer look like is in files of their own.

Coordinates are the message's: x is 0 at the left of the reading column, y at the message's top.
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
from chatdesk.features.chat.ui.transcript.context_border import BorderKind, BorderWay
from chatdesk.features.chat.ui.transcript.control_painter import IDLE, ControlPainter, Interaction, control_width
from chatdesk.features.chat.ui.transcript.controls import WAITING_VERBS, Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, ColumnSelection
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Span
from chatdesk.ui_kit.lists.height_index import NOWHERE

# The line in a chat above which its model sees nothing any more: words between two rules, and what can be
# done about it behind them.
#
# Where it runs is `context_border.py`'s business.

_WAYS = {
    BorderKind.NOTHING: (BorderWay.CHANGE,),
    BorderKind.SUMMARY: (BorderWay.READ, BorderWay.CHANGE),
    BorderKind.SUMMARY_TO_COME: (BorderWay.CHANGE,),
}
_ICONS = {BorderWay.CHANGE: "sliders-horizontal", BorderWay.READ: "file-text"}


class BorderStrip:
    """Laid out for a width at once. Where words and buttons do not fit into one line, the buttons stand below."""

    def __init__(self, kind: BorderKind, page: PageContext, width: int) -> None:
        self._page = page
        self._width = width
        theme = page.theme
        self.words = page.words.border(kind)
        self._flow = TextFlow((Span(self.words),), TextStyle("caption", "textSecondary"), theme)
        self._flow.lay_out(1 << 16)
        gap, row = theme.length("s"), theme.length("buttonSmall")
        captions = {way: page.words.border_way(way) for way in _WAYS[kind]}
        widths = {way: control_width(theme, ControlLook.CAPTION, words, _ICONS[way]) for way, words in captions.items()}
        buttons = sum(widths.values())
        words = ceil(self._flow.natural_width)
        self._beside = words + gap + buttons + 2 * (theme.length("xl") + gap) <= width
        if not self._beside:
            self._flow.lay_out(max(1, width))
            words = min(words, width)
        self._words_left = (width - words - (gap + buttons if self._beside else 0)) // 2
        self._words_top = (row - self._flow.height) // 2 if self._beside else gap
        top = 0 if self._beside else self._words_top + self._flow.height
        self.height = top + row
        self.words_rect = QRect(self._words_left, self._words_top, words, self._flow.height)
        x = self._words_left + words + gap if self._beside else (width - buttons) // 2
        self._controls = []
        for way, caption in captions.items():
            command = Command(Verb.CONTEXT, way.value)
            rect = QRect(x, top, widths[way], row)
            name = page.words.border_action(self.words, caption)
            self._controls.append(Control(command, rect, name, _ICONS[way], ControlLook.CAPTION, caption))
            x += widths[way]

    def paint(self, painter: QPainter) -> None:
        """Paint everything but the buttons at the painter's origin."""
        theme = self._page.theme
        painter.save()
        painter.setPen(QPen(theme.color("borderDefault" if theme.scheme.high_contrast else "borderSubtle"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for left, right in self._rules():
            y = self.height // 2 if self._beside else 0
            painter.drawLine(QLineF(left, y, right, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._words_left, self._words_top)
        self._flow.paint(painter, QRect(0, 0, self._width, self._flow.height))
        painter.restore()

    def controls(self) -> Iterator[Control]:
        """Yield the buttons."""
        yield from self._controls

    def _rules(self) -> Iterator[tuple[int, int]]:
        if not self._beside:
            yield 0, self._width - 1
            return
        gap = self._page.theme.length("s")
        yield 0, self._words_left - gap
        yield self._controls[-1].rect.right() + 1 + gap, self._width - 1


REASONING, TEXT = 0, 1
"""The parts of a message that a place can be in."""
PICTURES = 2
"""What went along with it. No place is in there, but controls are."""
SOURCES = 3
"""The passage of its first source; those of the others have the numbers behind it."""
DETAILS = 1 << 20
"""The details of its first notice; those of the others have the numbers behind it."""


BlockHeights = dict[int, "array[int]"]
"""By part, how high each of its blocks is."""


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of a message, where it is, and what of it is shown."""

    part: int
    column: BlockColumn
    origin: QPoint
    shown: QRect


@dataclass(frozen=True, slots=True)
class ItemPaint:
    """How a message is painted this time."""

    clip: QRect
    visible: tuple[int, int]
    """From where to where the message is in view."""
    selected: dict[int, ColumnSelection] = field(default_factory=dict)
    """By part."""
    marks: Mapping[int, Mapping[int, Marks]] = field(default_factory=dict)
    """By part and block."""
    interaction: Interaction = IDLE
    with_actions: bool = False
    turn: float = 0.0
    """Where spinners are, 0 to 1."""


class MessageItem(ABC):
    """A message, parsed when it is made and laid out as far as it is looked at: make one when it comes near the view.

    `position` says which of its siblings it is, from 0, and how many there are; `width` is that of the reading column.
    """

    def __init__(self, message: Message, position: tuple[int, int], page: PageContext, width: int) -> None:
        self.message = message
        self.position = position
        self.busy = False
        """Whether an answer is being written in the chat, this one or another."""
        self.editor_height: int | None = None
        """How high the editor is that stands in its place; None while nobody edits it."""
        self._page = page
        self._width = width
        self._known_border: tuple[tuple[BorderKind, PageContext, int], BorderStrip] | None = None
        page.counters.messages_parsed += 1

    @property
    @abstractmethod
    def height(self) -> int:
        """The height in pixels: true where it is laid out, estimated elsewhere."""

    @property
    def whole_height(self) -> int:
        """The height with the border below it, if that of what a model sees runs there."""
        border = self._border()
        return self.height + self._border_gap + border.height if border else self.height

    @property
    def said_height(self) -> int:
        """How high what it says is, with nothing to be seen below that."""
        return self.height

    @abstractmethod
    def columns(self) -> Iterator[PlacedColumn]:
        """Yield the columns that are shown, from top to bottom."""

    @abstractmethod
    def blocks(self, part: int) -> Sequence[Block]:
        """Return the blocks of a part, whether it is shown or folded."""

    @abstractmethod
    def reveal(self, place: tuple[int, ColumnPosition] | None) -> bool:
        """Unfold what hides a place of a part, until another is told or none. False if nothing had to be changed."""

    @abstractmethod
    def change(self, message: Message) -> None:
        """Become another version of the same message."""

    @abstractmethod
    def source(self, part: int) -> str:
        """Return the markdown source of a part."""

    @abstractmethod
    def perform(self, command: Command) -> bool:
        """Do what only this message is concerned with. False if the command is not of that kind."""

    @abstractmethod
    def paint_surroundings(self, painter: QPainter, look: ItemPaint) -> None:
        """Paint what lies behind the columns and beside them."""

    @abstractmethod
    def own_controls(self, *, with_actions: bool) -> Iterator[Control]:
        """Yield what can be pressed outside of the columns."""

    @abstractmethod
    def paint_over(self, painter: QPainter, look: ItemPaint) -> None:
        """Paint what lies over the columns."""

    @property
    @abstractmethod
    def reading(self) -> bool:
        """Whether some of what it says is still to be read: `read_on`, until all that is shown has been."""

    @abstractmethod
    def read_on(self) -> int:
        """Read the next part. Return the y from which it looks different; `NOWHERE` for none."""

    @abstractmethod
    def hidden(self, part: int) -> int:
        """Return how many characters of a part are not shown before somebody asks for them."""

    @property
    @abstractmethod
    def forgettable(self) -> bool:
        """Whether it would look the same if it were made again: nobody has folded or chosen anything in it, and nothing is arriving."""

    @abstractmethod
    def formulas_came(self) -> None:
        """Take note that formulas have been set: what waited for them is laid out again when it is to be seen."""

    def set_position(self, position: tuple[int, int]) -> None:
        """Say which of its siblings it is."""
        self.position = position

    def set_page(self, page: PageContext) -> None:
        """Take over another theme or language."""
        self._page = page

    def set_width(self, width: int) -> None:
        """Set for another width of the reading column."""
        self._width = width

    def set_for(self, page: PageContext, width: int) -> None:
        """Take over theme, language and width, if they are others."""
        if page is not self._page:
            self.set_page(page)
        if width != self._width:
            self.set_width(width)

    def is_set_for(self, page: PageContext, width: int) -> bool:
        """Whether it has taken them over."""
        return page is self._page and width == self._width

    def block_heights(self) -> BlockHeights:
        """Return how high the blocks of the parts shown are, as far as that is known."""
        return {placed.part: placed.column.block_heights() for placed in self.columns()}

    def set_block_heights(self, heights: BlockHeights) -> None:
        """Take the blocks to be as high as they were when the same message was set for the same width."""
        for placed in self.columns():
            if placed.part in heights:
                placed.column.set_block_heights(heights[placed.part])

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what lies between two heights. Return the y from which heights turned out differently; `NOWHERE` for none."""
        changed = NOWHERE
        for placed in self.columns():
            first = max(top, placed.shown.top()) - placed.origin.y()
            last = min(bottom, placed.shown.bottom() + 1) - placed.origin.y()
            if first < last:
                changed = min(changed, placed.origin.y() + placed.column.lay_out(first, last))
        return min(changed, NOWHERE)

    def release(self, top: int, bottom: int) -> None:
        """Forget the layouts of what does not lie between two heights."""
        for placed in self.columns():
            placed.column.release(top - placed.origin.y(), bottom - placed.origin.y())

    def paint(self, painter: QPainter, look: ItemPaint) -> None:
        """Paint the message at the painter's origin; where an editor stands, only what is below that."""
        self._paint_border(painter, look)
        if self.editor_height is not None:
            return
        self.paint_surroundings(painter, look)
        columns = [*self.columns()]
        for placed in columns:
            clip = look.clip.intersected(placed.shown)
            if clip.isEmpty():
                continue
            x, y = placed.origin.toTuple()
            painter.save()
            painter.setClipRect(clip.adjusted(-_OVERHANG, 0, _OVERHANG, 0), Qt.ClipOperation.IntersectClip)
            painter.translate(x, y)
            inside = BlockPaint(clip.translated(-x, -y), look.visible[0] - y)
            placed.column.paint(painter, inside, look.selected.get(placed.part), look.marks.get(placed.part, {}))
            painter.restore()
        self.paint_over(painter, look)
        controls = ControlPainter(painter, self._page, look.interaction)
        top, bottom = look.clip.top() - _OVERHANG, look.clip.bottom() + _OVERHANG
        for control in self._controls(columns, look.visible, (top, bottom), with_actions=look.with_actions):
            if control.rect.bottom() >= top and control.rect.top() <= bottom:
                controls.paint(control)

    def controls(self, visible: tuple[int, int], *, with_actions: bool) -> Iterator[Control]:
        """Yield what can be pressed between two heights, from top to bottom."""
        found = [*self._controls(self.columns(), visible, visible, with_actions=with_actions)]
        found.sort(key=lambda control: (control.rect.bottom(), control.rect.left()))
        yield from found

    def _controls(
        self,
        columns: Iterable[PlacedColumn],
        visible: tuple[int, int],
        within: tuple[int, int],
        *,
        with_actions: bool,
    ) -> Iterator[Control]:
        """Yield the controls of the message and of its blocks `within` two heights, as they stand when `visible` is to be seen."""
        yield from self._border_controls()
        if self.editor_height is not None:
            return
        yield from map(self._held, self.own_controls(with_actions=with_actions))
        for placed in columns:
            x, y = placed.origin.toTuple()
            first, last = max(within[0], placed.shown.top()), min(within[1], placed.shown.bottom())
            if first < last:
                seen_from = max(visible[0], placed.shown.top()) - y
                for control in placed.column.controls(placed.part, (first - y, last - y), seen_from):
                    yield control.moved(x, y)

    def place_at(self, x: float, y: float) -> tuple[int, ColumnPosition] | None:
        """Return the part and the place in it nearest to a point; None if the message shows no text."""
        columns = list(self.columns())
        if not columns:
            return None
        nearest = next((placed for placed in columns if placed.shown.bottom() >= y), columns[-1])
        inside = min(max(y, nearest.shown.top()), nearest.shown.bottom())
        return nearest.part, nearest.column.place_at(x - nearest.origin.x(), inside - nearest.origin.y())

    def line_rect(self, part: int, place: ColumnPosition) -> QRect | None:
        """Return the line a place is in; None if its part is not shown."""
        for placed in self.columns():
            if placed.part == part:
                return placed.column.line_rect(place).translated(placed.origin)
        return None

    def cursor_rect(self, part: int, place: ColumnPosition) -> QRect | None:
        """Return where a text cursor stands at a place, one pixel wide; None if its part is not shown."""
        for placed in self.columns():
            if placed.part == part:
                return placed.column.cursor_rect(place).translated(placed.origin)
        return None

    def tooltip_at(self, x: float, y: float) -> str:
        """Return what more there is to tell of a point that is neither a link nor a control."""
        placed = self._column_at(x, y)
        return placed.column.tooltip_at(x - placed.origin.x(), y - placed.origin.y()) if placed else ""

    @property
    def own_pictures(self) -> Sequence[Span]:
        """The pictures that went along with it."""
        return ()

    def source_link(self, number: int) -> Link | None:  # noqa: ARG002
        """Return where one of its sources is, and the words that say so, neither of them judged; None if it has none."""
        return None

    def notice_details(self, number: int) -> str:  # noqa: ARG002
        """Return all that one of its notices has to say, also what is not shown."""
        return ""

    def details(self) -> Sequence[str]:
        """Return what else there is to tell of the message: when it came, what it cost."""
        return ()

    def text_at(self, x: float, y: float) -> bool:
        """Say whether a point is on text, so that the pointer there is a text cursor."""
        return any(placed.shown.contains(int(x), int(y)) for placed in self.columns())

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link at a point."""
        placed = self._column_at(x, y)
        return placed.column.link_at(x - placed.origin.x(), y - placed.origin.y()) if placed else None

    def links(self) -> tuple[Link, ...]:
        """Return the links of what is laid out."""
        return tuple(dict.fromkeys(link for placed in self.columns() for link in placed.column.links()))

    def picture_changed(self, source: str) -> bool:
        """Lay out anew what shows a picture; False if nothing of what is laid out does."""
        changed = [placed.column.picture_changed(source) for placed in self.columns()]
        return any(changed)

    def scroll_sideways(self, x: float, y: float, distance: int) -> bool:
        """Scroll what is under a point sideways; False if it cannot be."""
        placed = self._column_at(x, y)
        return placed is not None and placed.column.scroll_sideways(
            x - placed.origin.x(), y - placed.origin.y(), distance
        )

    def drag_at(self, x: float, y: float) -> float | None:
        """Return how far a drag that begins at a point scrolls sideways, for each pixel; None if it drags nothing."""
        placed = self._column_at(x, y)
        return placed.column.drag_at(x - placed.origin.x(), y - placed.origin.y()) if placed else None

    def code_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the part and the order there of the code block at a point; None if there is none."""
        placed = self._column_at(x, y)
        block = placed.column.code_at(y - placed.origin.y()) if placed else None
        return (placed.part, block) if placed and block is not None else None

    def stuck_header(self, y: float) -> tuple[int, int] | None:
        """Return the part and the order there of the code block whose header stays at a height, if the view begins there."""
        placed = self._column_at(0, y)
        block = placed.column.stuck_header(y - placed.origin.y()) if placed else None
        return (placed.part, block) if placed and block is not None else None

    def column(self, part: int) -> BlockColumn | None:
        """Return the column of a part, if it is shown."""
        return next((placed.column for placed in self.columns() if placed.part == part), None)

    def _held(self, control: Control) -> Control:
        """Disable what has to wait for an answer that is being written, and let it say so."""
        if not self.busy or control.command.verb not in WAITING_VERBS or not control.enabled:
            return control
        return replace(control, enabled=False, name=self._page.words.waits(control.name))

    @property
    def _border_gap(self) -> int:
        return self._page.theme.length("m")

    def _border(self) -> BorderStrip | None:
        """Return the border below it, if there is one. It is made again for another look, width or language."""
        source = self._page.border
        kind = source.below(self.message.id) if source else None
        if kind is None:
            self._known_border = None
            return None
        look = (kind, self._page, self._width)
        if self._known_border is None or self._known_border[0] != look:
            self._known_border = (look, BorderStrip(*look))
        return self._known_border[1]

    def _border_controls(self) -> Iterator[Control]:
        if border := self._border():
            yield from (control.moved(0, self.height + self._border_gap) for control in border.controls())

    def _paint_border(self, painter: QPainter, look: ItemPaint) -> None:
        border = self._border()
        if border is None:
            return
        painter.save()
        painter.translate(0, self.height + self._border_gap)
        border.paint(painter)
        painter.restore()
        if self.editor_height is not None:
            controls = ControlPainter(painter, self._page, look.interaction)
            for control in self._border_controls():
                controls.paint(control)

    def _column_at(self, x: float, y: float) -> PlacedColumn | None:
        return next((placed for placed in self.columns() if placed.shown.contains(int(x), int(y))), None)


_OVERHANG = 4
"""Grounds of inline code may reach a little beyond the column."""
