"""The painter of the visible part of the page. Hover, focus and selection are passed in for each paint."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.control_painter import IDLE, Interaction
from chatdesk.features.chat.ui.transcript.controls import Command
from chatdesk.features.chat.ui.transcript.messages.message_item import ItemPaint
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnSelection, Selection
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.painting import draw_focus_ring

_RING_MARGIN = 6

MarksOf = Callable[[int], Mapping[int, Mapping[int, Marks]]]
"""Returns the marks of a message, by part and block."""


def no_marks(_index: int) -> Mapping[int, Mapping[int, Marks]]:
    """Return no marks."""
    return {}


@dataclass(frozen=True, slots=True)
class PageState:
    """The interaction state of the page. Messages are identified by index, controls by message and command."""

    selection: Selection | None = None
    active: int | None = None
    """The message under the pointer."""
    focused: int | None = None
    """The message with the keyboard focus."""
    focused_command: Command | None = None
    hovered: tuple[int, Command] | None = None
    pressed: tuple[int, Command] | None = None
    copied: tuple[int, Command] | None = None
    marks_of: MarksOf = no_marks

    def interaction(self, index: int) -> Interaction:
        """Return the interaction state of one message."""
        commands = (self.hovered, self.pressed, self.copied)
        if self.focused != index and commands == (None, None, None):
            return IDLE
        hovered, pressed, copied = (one[1] if one and one[0] == index else None for one in commands)
        return Interaction(hovered, pressed, self.focused_command if self.focused == index else None, copied)


class PagePainter:
    """Paints the page. `rotation` returns the rotation of spinners, 0 to 1."""

    def __init__(self, document: Document, geometry: PageGeometry, rotation: Callable[[], float]) -> None:
        self._document = document
        self._geometry = geometry
        self._rotation = rotation

    def paint(self, painter: QPainter, dirty: QRect, state: PageState, page: PageContext) -> None:
        """Paint a rectangle of the view."""
        # With fractional scaling, device pixels that are only partly covered by the rectangle are painted completely.
        clip = dirty.adjusted(-1, -1, 1, 1)
        painter.setClipRect(clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(clip, page.theme.color("page"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        page.counters.pixels_painted += dirty.width() * dirty.height()
        left, width = self._geometry.column
        first, last = self._geometry.in_view
        clip.translate(-left, first)
        for index, item, top in self._document.between(clip.top(), clip.bottom() + 1):
            painter.save()
            painter.translate(left, top - first)
            context = ItemPaint(
                clip.translated(0, -top),
                (first - top, last - top),
                self._selected(index, state),
                state.marks_of(index),
                state.interaction(index),
                self.shows_actions(index, state),
                self._rotation(),
            )
            item.paint(painter, context)
            if state.focused == index and state.focused_command is None:
                outline = QRectF(0, 0, width, item.height)
                radius = page.theme.length("radius.control")
                draw_focus_ring(painter, page.theme, outline.adjusted(-_RING_MARGIN, 0, _RING_MARGIN, 0), radius)
            painter.restore()

    def shows_actions(self, index: int, state: PageState) -> bool:
        """Return whether the actions of a message are visible."""
        return index in {state.active, state.focused, self._document.last_answer()}

    def _selected(self, index: int, state: PageState) -> dict[int, ColumnSelection]:
        if state.selection is None:
            return {}
        shown = (placed.part for placed in self._document[index].columns())
        found = ((part, state.selection.within(index, part)) for part in shown)
        return {part: selected for part, selected in found if selected}
