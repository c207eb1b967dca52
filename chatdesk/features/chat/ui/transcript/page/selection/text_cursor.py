"""The text cursor that keys move through the page, drawing the selection along. Where a step leads is `caret.py`."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.page.input.keyboard_focus import KeyboardFocus
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.selection.caret import Caret, Move
from chatdesk.features.chat.ui.transcript.place import Place, Selection
from chatdesk.ui_kit.style.appearance import Appearance

_BY_CHARACTER = frozenset({Move.CHARACTER_BACK, Move.CHARACTER_ON})


class TextCursor(QObject):
    """The cursor stands at the head of the selection, which may be empty. `shown`: whether arrows move it without Shift."""

    toggled = Signal(bool)
    drawn = Signal()
    """Keys have drawn the selection somewhere else."""
    came_to_formula = Signal(str)
    """With its LaTeX: a step from character to character led to its beginning."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        surface: PageSurface,
        focus: KeyboardFocus,
        appearance: Appearance,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.shown = False
        self.caret = Caret(document)
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._surface = surface
        self._focus = focus
        self._appearance = appearance

    def move(self, move: Move, *, draws: bool) -> None:
        """Go a step, from where one clicked last or from the beginning of what is in sight; `draws` draws the selection along."""
        selection = self._surface.selection() or self._beginning()
        if selection is None:
            return
        anchor, height = self._scroller.anchor(), self._document.height
        head = self.caret.moved(self.caret.placed(selection.head), move, self._geometry.view_height)
        if self._document.height != height:  # lines were laid out on the way: what one sees stays in its place
            self._scroller.settle(anchor)
            self._geometry.refresh_all()
        if self._focus.message is not None:
            self._focus.set_message(head.message)
        self._surface.select(Selection(selection.anchor if draws else head, head))
        self._show(head)
        if draws:
            self.drawn.emit()
        if move in _BY_CHARACTER and (latex := self.caret.formula_at(head)):
            self.came_to_formula.emit(latex)

    def toggle(self) -> None:
        """Show the cursor and let arrows move it, or let them go from message to message again."""
        self.shown = not self.shown
        if self.shown and self._surface.selection() is None:
            self._surface.select(self._beginning())
        self._geometry.refresh_all()
        self.toggled.emit(self.shown)

    def paint(self, painter: QPainter) -> None:
        """Paint it in the view."""
        selection = self._surface.selection()
        if self.shown and selection:
            rect = self._geometry.to_view(self._document.cursor_rect(self.caret.placed(selection.head)))
            painter.fillRect(rect.adjusted(0, 0, 1, 0), self._appearance.theme.color("text"))

    def _beginning(self) -> Selection | None:
        focused = self._focus.message
        message = focused if focused is not None else self._document.at(self._geometry.in_view[0])
        start = self.caret.first_of(message)
        return Selection(start, start) if start else None

    def _show(self, place: Place) -> None:
        rect = self._document.cursor_rect(place)
        first, last = self._geometry.in_view
        margin = self._appearance.theme.length("m")
        if rect.top() < first + margin:
            self._scroller.scroll_to(max(0, rect.top() - margin))
        elif rect.bottom() > last - margin:
            self._scroller.scroll_to(rect.bottom() + margin - (last - first))
