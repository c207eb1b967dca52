"""Hit testing and the selection: the implementation of `PointerSurface` (`pointer.py`) for the transcript."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QObject, QPoint, Signal

from chatdesk.features.chat.ui.transcript.blocks.block_text import (
    SelectionUnit,
    links_in,
    part_around,
    text_of,
    word_around,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.citations import ShownCitation, cited_by
from chatdesk.features.chat.ui.transcript.controls import Command, Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.actions.footnote_jumps import footnote_target, is_footnote_link
from chatdesk.features.chat.ui.transcript.page.input.pointer import ControlAt
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.text_position import UNENDING, Selection, TextPosition
from chatdesk.rendering.markdown.blocks import Code, Table
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.safe_text import visible_target


class PageSurface(QObject):
    """The surface of the page as used by pointer and keyboard. Points are in view coordinates."""

    pressed = Signal(int, Command)
    link_followed = Signal(Link)
    citation_followed = Signal(ShownCitation)
    selection_changed = Signal()
    selection_finished = Signal()
    """The selection was completed with the mouse."""
    drag_requested = Signal()
    """The selection is to be dragged to another program."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        shows_actions: Callable[[int], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._shows_actions = shows_actions
        self._selection: Selection | None = None

    def message_at(self, point: QPoint) -> int | None:
        """Return the message at a point, including the gap below it; None below the last one."""
        y = self._geometry.to_page(point).y()
        index = self._document.at(y)
        return index if index >= 0 and self._document.top(index) <= y < self._document.height else None

    def controls_of(self, index: int) -> list[Control]:
        """Return the controls of a visible message in page coordinates."""
        top = self._document.top(index)
        first, last = self._geometry.in_view
        controls = self._document[index].controls((first - top, last - top), with_actions=self._shows_actions(index))
        return [control.moved(0, top) for control in controls]

    def stops_of(self, index: int) -> list[Control]:
        """Return the controls and links of a visible message at which the keyboard stops, from top to bottom."""
        top = self._document.top(index)
        first, last = self._geometry.in_view
        links = self._document[index].link_controls((first - top, last - top))
        stops = [*self.controls_of(index), *(link.moved(0, top) for link in links)]
        return sorted(stops, key=lambda control: (control.rect.bottom(), control.rect.left()))

    def follow_command(self, index: int, command: Command) -> None:
        """Follow the link of a message that a command refers to."""
        blocks = self._document[index].blocks(command.part)
        links = links_in(blocks[command.block]) if command.block < len(blocks) else iter(())
        if found := next(islice(links, int(command.action_id), None), None):
            at = TextPosition(index, command.part, command.block, found.start)
            self.follow_link_of(index, Link(found.target, found.text), at)

    def control_at(self, point: QPoint) -> ControlAt | None:
        """See `PointerSurface`."""
        index = self.message_at(point)
        if index is None:
            return None
        at = self._geometry.to_page(point)
        found = next((control for control in self.controls_of(index) if control.rect.contains(at)), None)
        if found is None or (found.command.verb is Verb.FOLD_SECTION and self.link_under(point)):
            return None  # a link in the head of a section stays one
        return ControlAt(index, found)

    def link_under(self, point: QPoint) -> Link | None:
        """See `PointerSurface`."""
        index = self.message_at(point)
        if index is None:
            return None
        at = self._geometry.to_page(point)
        return self._document[index].link_at(at.x(), at.y() - self._document.top(index))

    def tooltip_at(self, point: QPoint) -> str:
        """Return the tooltip at a point: the actual target of a link, what a citation cites, or the function of a control."""
        link = self.link_under(point)
        if link and not cited_by(link.target):
            return "" if is_footnote_link(link.target) else visible_target(link.target)
        if found := self.control_at(point):
            return found.control.name
        index = self.message_at(point)
        if index is None:
            return ""
        at = self._geometry.to_page(point)
        return self._document[index].tooltip_at(at.x(), at.y() - self._document.top(index))

    def is_text(self, point: QPoint) -> bool:
        """See `PointerSurface`."""
        index = self.message_at(point)
        if index is None:
            return False
        at = self._geometry.to_page(point)
        return self._document[index].text_at(at.x(), at.y() - self._document.top(index))

    def position_at(self, point: QPoint) -> TextPosition | None:
        """See `PointerSurface`."""
        at = self._geometry.to_page(point)
        first, last = self._geometry.in_view
        return self._document.position_at(at.x(), max(first, min(at.y(), last)))

    def selection_around(self, position: TextPosition, unit: SelectionUnit) -> Selection:
        """See `PointerSurface`."""
        if unit is SelectionUnit.CHARACTER:
            return Selection(position, position)
        column = self._document[position.message].column(position.part)
        if column is None or position.block >= len(column.blocks):
            return Selection(position, position)
        block = column.blocks[position.block]
        text = text_of(block)
        if unit is SelectionUnit.WORD:
            start, end = word_around(text, position.offset)
        elif isinstance(block, Code | Table):
            start, end = part_around(text, position.offset, "\n" if isinstance(block, Code) else "\n\t")
        else:
            start, end = 0, utf16.units(text)
        return Selection(replace(position, offset=start), replace(position, offset=end))

    def table_at(self, point: QPoint) -> Selection | None:
        """Return a selection of the whole table at a point; None if there is none."""
        position = self.position_at(point) if self.is_text(point) else None
        column = self._document[position.message].column(position.part) if position else None
        if position is None or column is None or position.block >= len(column.blocks):
            return None
        block = column.blocks[position.block]
        if not isinstance(block, Table):
            return None
        return Selection(replace(position, offset=0), replace(position, offset=utf16.units(text_of(block))))

    def selection(self) -> Selection | None:
        """See `PointerSurface`."""
        return self._selection

    def select(self, selection: Selection | None) -> None:
        """Change the selection, and stop following the end: the page must stay still for someone who selects text."""
        if selection == self._selection:
            return
        self._selection = selection
        if selection and not selection.is_empty:
            self._scroller.following.stop()
        self._geometry.refresh_all()
        self.selection_changed.emit()

    def restore_selection(self, selection: Selection | None, ids: Sequence[str]) -> None:
        """Restore a selection after the messages have changed, if the messages with these ids are still at the same positions."""
        if selection is None:
            return
        messages = self._document.messages[selection.start.message : selection.end.message + 1]
        if [message.id for message in messages] == list(ids):
            self.select(selection)

    def selected_ids(self) -> list[str]:
        """Return the ids of the messages that contain the selection."""
        selected = self._selection
        if selected is None:
            return []
        return [message.id for message in self._document.messages[selected.start.message : selected.end.message + 1]]

    def select_all(self) -> None:
        """Select all messages; inside a code block, select the block first."""
        if block_selection := self._code_around():
            self.select(block_selection)
        elif len(self._document):
            self.select(
                Selection(TextPosition(0, 0, 0, 0), TextPosition(len(self._document) - 1, UNENDING, UNENDING, UNENDING))
            )

    def begin_drag(self) -> None:
        """See `PointerSurface`."""
        self.drag_requested.emit()

    def finish_selection(self) -> None:
        """See `PointerSurface`."""
        self.selection_finished.emit()

    def _code_around(self) -> Selection | None:
        """Return the code block that contains the selection or the text cursor; None if it is already selected completely."""
        selected = self._selection
        if selected is None:
            return None
        start, end = selected.start, selected.end
        if (start.message, start.part, start.block) != (end.message, end.part, end.block):
            return None
        column = self._document[start.message].column(start.part)
        if column is None or start.block >= len(column.blocks) or not isinstance(column.blocks[start.block], Code):
            return None
        block_selection = Selection(
            replace(start, offset=0), replace(start, offset=utf16.units(text_of(column.blocks[start.block])))
        )
        return block_selection if (start, end) != (block_selection.start, block_selection.end) else None

    def press(self, found: ControlAt) -> None:
        """See `PointerSurface`."""
        self.pressed.emit(found.message, found.control.command)

    def follow_link(self, link: Link, point: QPoint) -> None:
        """See `PointerSurface`."""
        index = self.message_at(point)
        if index is not None:
            self.follow_link_of(index, link, self.position_at(point))

    def follow_link_of(self, index: int, link: Link, at: TextPosition | None = None) -> None:
        """Follow a link of a message: the one `at` a position, or the first with this target.

        Links between footnotes and their references scroll to the target.
        """
        if citation := self._citation(index, link.target, at):
            self.citation_followed.emit(citation)
        elif position := footnote_target(self._document[index], index, link.target):
            self._scroller.show(index, position)
        else:
            self.link_followed.emit(link)

    def citation_at(self, point: QPoint) -> ShownCitation | None:
        """Return the citation at a point that leads to a document."""
        link, index = self.link_under(point), self.message_at(point)
        return self._citation(index, link.target, self.position_at(point)) if link and index is not None else None

    def _citation(self, index: int, target: str, at: TextPosition | None) -> ShownCitation | None:
        """Return the citation with a target at a position, or the first one; None if the target is not in a document."""
        cited = self._document.citation_target(index, target)
        if cited is None:
            return None
        blocks = self._document[index].blocks(TEXT)
        for block in blocks if at is None else blocks[at.block : at.block + 1]:
            for link in links_in(block):
                if link.target == target and (at is None or link.start <= at.offset <= link.end):
                    text = text_of(block)
                    return ShownCitation(cited, target, utf16.cut(text, 0, link.start), utf16.cut(text, link.end))
        return ShownCitation(cited, target, "", "")

    def drag_ratio(self, point: QPoint) -> float | None:
        """See `PointerSurface`."""
        index = self.message_at(point)
        if index is None:
            return None
        at = self._geometry.to_page(point)
        return self._document[index].drag_at(at.x(), at.y() - self._document.top(index))

    def drag_horizontally(self, point: QPoint, distance: int) -> None:
        """See `PointerSurface`."""
        self.scroll_horizontally(point, distance)

    def scroll_horizontally(self, point: QPoint, distance: int) -> bool:
        """Scroll the block at a point horizontally; return False if it cannot be scrolled."""
        index = self.message_at(point)
        if index is None:
            return False
        at = self._geometry.to_page(point)
        moved = self._document[index].scroll_horizontally(at.x(), at.y() - self._document.top(index), distance)
        if moved:
            self._geometry.refresh_message(index)
        return moved

    def code_at(self, index: int, point: QPoint) -> Command | None:
        """Return a copy command for the code block of a message at a point; None if there is none."""
        at = self._geometry.to_page(point)
        found = self._document[index].code_at(at.x(), at.y() - self._document.top(index))
        return Command(Verb.COPY_CODE, part=found[0], block=found[1]) if found else None

    def scroll_block_horizontally(self, index: int, command: Command, distance: int) -> None:
        """Scroll the block that a command refers to horizontally."""
        column = self._document[index].column(command.part)
        if column and column.scroll_block_horizontally(command.block, distance):
            self._geometry.refresh_message(index)

    def scroll_by(self, distance: int) -> None:
        """See `PointerSurface`."""
        self._scroller.scroll_to(self._scroller.value + distance)

    def view_height(self) -> int:
        """See `PointerSurface`."""
        return self._geometry.view_height

    def refresh_control(self, message: int) -> None:
        """See `PointerSurface`."""
        self._geometry.refresh_message(message)
