"""The keyboard handling of the transcript: moving between messages and their controls, and scrolling."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from chatdesk.features.chat.ui.transcript.controls import Command
from chatdesk.features.chat.ui.transcript.page.input.keyboard_focus import KeyboardFocus
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.selection.text_cursor import Move, TextCursor

_STEP_LINES = 3
_MOVES = {
    Qt.Key.Key_Left: Move.CHARACTER_BACK,
    Qt.Key.Key_Right: Move.CHARACTER_ON,
    Qt.Key.Key_Up: Move.LINE_UP,
    Qt.Key.Key_Down: Move.LINE_DOWN,
    Qt.Key.Key_Home: Move.LINE_BEGIN,
    Qt.Key.Key_End: Move.LINE_END,
    Qt.Key.Key_PageUp: Move.PAGE_UP,
    Qt.Key.Key_PageDown: Move.PAGE_DOWN,
}
_CONTROL_MOVES = {
    Move.CHARACTER_BACK: Move.WORD_BACK,
    Move.CHARACTER_ON: Move.WORD_ON,
    Move.LINE_BEGIN: Move.CHAT_BEGIN,
    Move.LINE_END: Move.CHAT_END,
}


class PageKeys(QObject):
    """Handles the keys of the transcript. `line_height` returns pixels.

    `moved` is emitted when the focus has moved, `pressed` when a control is activated, with the message index and the
    command. F7 lets the arrow keys move the text cursor, as in browsers; with Shift they always do.
    """

    moved = Signal()
    pressed = Signal(int, Command)
    menu_requested = Signal(int)
    horizontal_scroll_requested = Signal(int)
    """Scroll the block of the focused control: -1 for left, 1 for right."""
    copy_requested = Signal()
    select_all_requested = Signal()

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        focus: KeyboardFocus,
        cursor: TextCursor,
        line_height: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._focus = focus
        self._line_height = line_height
        self._cursor = cursor

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key. Return False if it has no function here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all_requested.emit()
        elif event.key() == Qt.Key.Key_F7:
            self._cursor.toggle()
        else:
            return self._move_cursor(event) or self._navigate(event) or self._activate(event)
        return True

    def enter(self, *, forward: bool) -> None:
        """Accept the keyboard focus: on the first visible message, or the last one when entering backwards."""
        top, bottom = self._geometry.in_view
        found = [index for index, _, _ in self._document.between(top, bottom)]
        if found:
            self._focus_message(found[0] if forward else found[-1])

    def step(self, *, forward: bool) -> bool:
        """Move through the controls of the message; return False at the end."""
        stepped = self._focus.step(forward=forward)
        if stepped:
            self._show_control()
            self.moved.emit()
        return stepped

    def _move_cursor(self, event: QKeyEvent) -> bool:
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or not (extends or self._cursor.shown) or self._focus.on_code:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            move = _CONTROL_MOVES.get(move, move)
        self._cursor.move(move, extend=extends)
        return True

    def _navigate(self, event: QKeyEvent) -> bool:
        page = max(self._line_height(), self._geometry.view_height - 2 * self._line_height())
        jump = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Up:
                self._go(-1, jump=jump)
            case Qt.Key.Key_Down:
                self._go(1, jump=jump)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if back and self._focus.on_code:
                self.horizontal_scroll_requested.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Left:
                return self.step(forward=False)
            case Qt.Key.Key_Right:
                return self.step(forward=True)
            case Qt.Key.Key_PageUp:
                self._scroll(-page)
            case Qt.Key.Key_PageDown:
                self._scroll(page)
            case Qt.Key.Key_Space if self._focus.command is None:
                self._scroll(-page if back else page)
            case Qt.Key.Key_Home:
                self._scroller.scroll_to(0)
            case Qt.Key.Key_End:
                self._scroller.go_to_end()
            case _:
                return False
        return True

    def _activate(self, event: QKeyEvent) -> bool:
        message = self._focus.message
        if message is None or event.key() not in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
            Qt.Key.Key_Menu,
        }:
            return False
        control = self._focus.control()
        if control and event.key() == Qt.Key.Key_Menu:
            return False  # followed by an event of its own for the context menu of the control
        if control:
            self.pressed.emit(message, control.command)
        else:
            self.menu_requested.emit(message)
        return True

    def _go(self, direction: int, *, jump: bool) -> None:
        """Move to the next message, scrolling through a long one first unless `jump` is set."""
        message = self._focus.message
        if message is None:
            self._scroll(direction * _STEP_LINES * self._line_height())
            return
        top, bottom = self._geometry.in_view
        rest = self._document.bottom(message) - bottom if direction > 0 else top - self._document.top(message)
        if rest > 0 and not jump:
            self._scroll(direction * min(rest + self._line_height(), _STEP_LINES * self._line_height()))
        elif 0 <= message + direction < len(self._document):
            self._focus_message(message + direction)

    def _focus_message(self, index: int) -> None:
        self._focus.set_message(index)
        self._show(self._document.top(index), self._document.bottom(index))
        self.moved.emit()

    def _show_control(self) -> None:
        if control := self._focus.control():
            self._show(control.rect.top(), control.rect.bottom())

    def _show(self, top: int, bottom: int) -> None:
        """Scroll as little as possible to make a range visible, preferring its start."""
        first, last = self._geometry.in_view
        line = self._line_height()
        if top < first or bottom - top > last - first:
            self._scroller.scroll_to(max(0, top - line))
        elif bottom > last:
            self._scroller.scroll_to(min(top - line, bottom + line - (last - first)))

    def _scroll(self, distance: int) -> None:
        self._scroller.scroll_to(self._scroller.value + distance)
