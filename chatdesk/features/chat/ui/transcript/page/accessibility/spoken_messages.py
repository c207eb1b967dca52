"""The content of the messages for screen readers: the implementation of `Spoken` used by `accessible_items.py`."""

from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import picture_name
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import ABOUT_CODE, Command, Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.messages.message_notice import state_text
from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_base import SpokenControl
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_blocks import (
    SpokenNode,
    spoken_nodes,
    with_spoken_formulas,
)
from chatdesk.features.chat.ui.transcript.page.input.keyboard_focus import KeyboardFocus
from chatdesk.features.chat.ui.transcript.page.input.pointer import ControlAt
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.text_position import UNENDING, Selection, TextPosition
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.markdown.blocks import Block, Code
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import visible_target

_ABOVE = frozenset({Verb.FOLD_REASONING, Verb.COPY_REASONING})
"""The controls above the text."""


@dataclass(frozen=True, slots=True)
class _SpokenMessage:
    """The visible blocks of a message by part, and what was made from them."""

    parts: tuple[tuple[int, tuple[tuple[int, Block], ...]], ...]
    nodes: tuple[SpokenNode, ...]
    words: str


class SpokenMessages:
    """Provides the messages of the document. Implements `Spoken`."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        texts: TranscriptTexts,
        surface: PageSurface,
        focus: KeyboardFocus,
        viewport: QWidget,
    ) -> None:
        self._document = document
        self._geometry = geometry
        self._texts = texts
        self._surface = surface
        self._focus = focus
        self._viewport = viewport
        self._messages: dict[int, _SpokenMessage] = {}

    def count(self) -> int:
        """Return the number of messages."""
        return len(self._document)

    def name(self, index: int) -> str:
        """Return the speaker and the state of a message, and that nothing in its documents matches it."""
        message = self._document.message(index)
        state = state_text(message, self._texts, self._document.describe)
        return listed((self._texts.speaker(message), state, self._document.remark(index)))

    def text(self, index: int) -> str:
        """Return the visible text of a message in plain words; of a streaming answer, what has arrived."""
        names = [self._texts.picture(picture_name(span)) for span in self._document[index].own_pictures]
        above = self._document.message(index).role is Role.USER
        label = self._spoken(index).words
        return "\n".join(filter(None, (*names, label) if above else (label, *names)))

    def details(self, index: int) -> str:
        """Return the time of a message; of an answer also its token count and speed."""
        return listed(self._document[index].details())

    def rect(self, index: int) -> QRect:
        """Return the screen rectangle of a message."""
        top = self._document.top(index)
        rect = QRect(0, top, self._geometry.column[1], self._document.bottom(index) - top)
        return self._on_screen(rect)

    def controls(self, index: int) -> list[SpokenControl]:
        """Return the enabled controls of a message."""
        return [
            SpokenControl(control.command, self._name_of(index, control), self._on_screen(control.rect), control.on)
            for control in self._surface.controls_of(index)
            if control.enabled
        ]

    def press(self, index: int, command: Command) -> None:
        """Activate an enabled control of a message."""
        controls = (each for each in self._surface.controls_of(index) if each.enabled and each.command == command)
        for control in controls:
            self._surface.press(ControlAt(index, control))
            return

    def children(self, index: int) -> Sequence[int | Command]:
        """Return the nodes and controls of a message in reading order.

        The buttons of a code block follow the part that contains it; what unfolds a section precedes it.
        """
        commands = [control.command for control in self._surface.controls_of(index) if control.enabled]
        order: list[int | Command] = [command for command in commands if command.verb in _ABOVE]
        nodes = self.nodes(index)
        placed = [command for command in commands if command.verb in ABOUT_CODE or command.verb is Verb.FOLD_SECTION]
        for number, node in enumerate(nodes):
            following = nodes[number + 1] if number + 1 < len(nodes) else None
            end = following.block_range.block if following and following.part == node.part else UNENDING
            blocks = range(node.block_range.block, end)
            own = [command for command in placed if command.part == node.part and command.block in blocks]
            order += [command for command in own if command.verb is Verb.FOLD_SECTION]
            order.append(number)
            order += [command for command in own if command.verb in ABOUT_CODE]
        known = set(order)
        return [*order, *(command for command in commands if command not in known)]

    def _name_of(self, index: int, control: Control) -> str:
        """Return the name of a control; of one for code, with the number of the block, because each block has the same ones."""
        if control.command.verb not in ABOUT_CODE:
            return control.name
        blocks = self._document[index].blocks(control.command.part)[: control.command.block + 1]
        number = sum(isinstance(block, Code) for block in blocks)
        return self._texts.about_code(control.name, number)

    def nodes(self, index: int) -> tuple[SpokenNode, ...]:
        """Return the nodes of a message, rebuilding them only if its visible blocks have changed."""
        return self._spoken(index).nodes

    def _spoken(self, index: int) -> "_SpokenMessage":
        parts = tuple((part, tuple(blocks)) for part, blocks in self._document.visible_blocks(index))
        known = self._messages.get(index)
        if known is None or known.parts != parts:
            nodes = tuple(node for part, blocks in parts for node in spoken_nodes(part, blocks, self._texts))
            blocks = (block for part, blocks in parts if part == TEXT for _, block in blocks)
            label = to_plain_text(with_spoken_formulas(block, self._texts) for block in blocks)
            known = self._messages[index] = _SpokenMessage(parts, nodes, label)
        return known

    def node(self, index: int, path: tuple[int, ...]) -> SpokenNode | None:
        """Return the node at a path; None if there is none."""
        if index >= len(self._document):
            return None
        nodes, found = self.nodes(index), None
        for number in path:
            if number >= len(nodes):
                return None
            found = nodes[number]
            nodes = found.children
        return found

    def rect_of(self, index: int, node: SpokenNode) -> QRect:
        """Return the screen rectangle of the lines of a node; of a container, that of its children.

        A node that shares its line, such as a link or a cell, has the rectangle of its text if that is on one line.
        """
        if node.children and not node.text:
            rects = [self.rect_of(index, child) for child in node.children]
            return _union(rects)
        block_range = node.block_range
        start, end = (
            TextPosition(index, node.part, block_range.block, offset) for offset in (block_range.start, block_range.end)
        )
        if node.shares_line:
            left, right = self._document.cursor_rect(start), self._document.cursor_rect(end)
            if left.top() == right.top():
                return self._on_screen(left.united(right))
        return self._on_screen(self._document.line_rect(start).united(self._document.line_rect(end)))

    def cut(self, node: SpokenNode, start: int, end: int) -> str:
        """Return the text of a node between two offsets; up to its end for -1."""
        return utf16.cut(node.text, start, end if end >= 0 else None)

    def cursor_in(self, index: int, node: SpokenNode) -> int:
        """Return the offset of the text cursor in a node; -1 if it is elsewhere."""
        selection = self._surface.selection()
        if selection is None or not self._is_in(selection.head, index, node):
            return -1
        return node.spoken.to_spoken(selection.head.offset - node.block_range.start)

    def character_rect(self, index: int, node: SpokenNode, offset: int) -> QRect:
        """Return the screen rectangle of a character."""
        positions = self._position_of(index, node, offset), self._position_of(index, node, offset + 1, end=True)
        start, end = map(self._document.cursor_rect, positions)
        width = end.left() - start.left() if end.top() == start.top() else start.height() // 2
        return self._on_screen(QRect(start.left(), start.top(), max(1, width), start.height()))

    def offset_at(self, index: int, node: SpokenNode, point: QPoint) -> int:
        """Return the offset nearest to a screen point; -1 if that is not in this node."""
        position = self._surface.position_at(self._viewport.mapFromGlobal(point))
        if position is None or not self._is_in(position, index, node):
            return -1
        return node.spoken.to_spoken(position.offset - node.block_range.start)

    def select(self, index: int, node: SpokenNode, start: int, end: int) -> None:
        """Select between two offsets, or place the text cursor if they are equal. Formulas are selected as a whole."""
        head = self._position_of(index, node, end, end=start < end)
        self._surface.select(Selection(self._position_of(index, node, start, end=end < start), head))

    def show(self, index: int, node: SpokenNode, offset: int) -> None:
        """Scroll to an offset."""
        rect = self._document.cursor_rect(self._position_of(index, node, offset))
        self._surface.scroll_by(self._geometry.to_view(rect).top() - self._geometry.view_height // 3)

    def target(self, link: Link) -> str:
        """Return the actual target of a link as text."""
        return visible_target(link.target)

    def follow(self, index: int, link: Link) -> None:
        """Open a link of a message."""
        self._surface.follow_link_of(index, link)

    def cursor(self) -> tuple[int, tuple[int, ...]] | None:
        """Return the message with the text cursor and the path of the node; None if the cursor is not in a text."""
        selection = self._surface.selection()
        if selection is None or selection.head.message >= len(self._document):
            return None
        path: tuple[int, ...] = ()
        nodes = self.nodes(selection.head.message)
        while nodes:
            found = next((one for one in enumerate(nodes) if self._contains(one[1], selection.head)), None)
            if found is None:
                return None
            path = (*path, found[0])
            if found[1].text:
                return selection.head.message, path
            nodes = found[1].children
        return None

    def focused(self) -> int | None:
        """Return the index of the focused message; None if another widget has the focus."""
        view = self._viewport.parentWidget()
        return self._focus.message if view and view.hasFocus() else None

    def focused_command(self) -> Command | None:
        """Return the command of the focused control; None if the message itself or one of its links has the focus."""
        control = self._focus.control()
        return control.command if control and control.command.verb is not Verb.FOLLOW_LINK else None

    def focused_link(self) -> tuple[int, ...] | None:
        """Return the path of the focused link in its message; None if no link has the focus."""
        index, control = self.focused(), self._focus.control()
        if index is None or control is None or control.command.verb is not Verb.FOLLOW_LINK:
            return None
        command = control.command
        links = _paths_of_links(self.nodes(index), command.part, command.block, ())
        return next(islice(links, int(command.action_id), None), None)

    def _on_screen(self, rect: QRect) -> QRect:
        shown = self._geometry.to_view(rect)
        return QRect(self._viewport.mapToGlobal(shown.topLeft()), shown.size())

    def _position_of(self, index: int, node: SpokenNode, offset: int, *, end: bool = False) -> TextPosition:
        block_range = node.block_range
        written = node.spoken.to_page(max(0, offset), end=end)
        return TextPosition(index, node.part, block_range.block, min(block_range.start + written, block_range.end))

    def _contains(self, node: SpokenNode, position: TextPosition) -> bool:
        if node.text or not node.children:
            return self._is_in(position, position.message, node)
        return any(self._contains(child, position) for child in node.children)

    def _is_in(self, position: TextPosition, index: int, node: SpokenNode) -> bool:
        same = (position.message, position.part, position.block) == (index, node.part, node.block_range.block)
        return same and node.block_range.start <= position.offset <= node.block_range.end


def _paths_of_links(
    nodes: Sequence[SpokenNode], part: int, block: int, path: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield the paths of the links in a block."""
    for number, node in enumerate(nodes):
        if node.link and (node.part, node.block_range.block) == (part, block):
            yield (*path, number)
        yield from _paths_of_links(node.children, part, block, (*path, number))


def _union(rects: Sequence[QRect]) -> QRect:
    whole = QRect()
    for rect in rects:
        whole = whole.united(rect)
    return whole
