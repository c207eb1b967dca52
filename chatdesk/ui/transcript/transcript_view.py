"""The transcript: all messages of a chat in one scrolling view, painted by hand. It knows no services: values in, signals out.

What messages look like and where they are is `document.py` and what it holds; what keeps the page in its place is `page_scroller.py`;
what mouse and keys do is `pointer.py` and `page_keys.py`. Here these are put together and given the widget's events.
"""

import html
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from chatdesk.domain.message import Message, MessageState, Role
from chatdesk.domain.stream_events import StreamEvent
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.transcript.accessibility import TranscriptAccessible, install_accessibility
from chatdesk.ui.transcript.answer_item import AnswerItem
from chatdesk.ui.transcript.block_column import ColumnPlace
from chatdesk.ui.transcript.document import Anchor, Document
from chatdesk.ui.transcript.height_index import NOWHERE
from chatdesk.ui.transcript.keyboard_focus import KeyboardFocus
from chatdesk.ui.transcript.message_commands import MessageCommands
from chatdesk.ui.transcript.message_menu import MenuDeeds, message_menu
from chatdesk.ui.transcript.message_notice import DescribeFailure
from chatdesk.ui.transcript.page_context import PageContext
from chatdesk.ui.transcript.page_geometry import PageGeometry
from chatdesk.ui.transcript.page_keys import PageKeys
from chatdesk.ui.transcript.page_painter import PagePainter, PageState
from chatdesk.ui.transcript.page_scroller import PageScroller
from chatdesk.ui.transcript.page_surface import PageSurface
from chatdesk.ui.transcript.pointer import Pointer
from chatdesk.ui.transcript.question_editing import QuestionEditing
from chatdesk.ui.transcript.reading_position import ReadingPosition
from chatdesk.ui.transcript.reasoning_strip import ReasoningDisplay
from chatdesk.ui.transcript.return_button import ReturnButton
from chatdesk.ui.transcript.selected_text import selected_text
from chatdesk.ui.transcript.spoken_messages import SpokenMessages
from chatdesk.ui.transcript.stream_clock import StreamClock
from chatdesk.ui.transcript.text_flow import Link
from chatdesk.ui.transcript.word_bounds import Reach
from chatdesk.ui.transcript.words import Words
from chatdesk.ui.transcript.work_counters import WorkCounters


def _asks_anew(messages: Sequence[Message], known: set[str]) -> bool:
    """Say whether the end of a path is a question that was not shown before, or an answer that has just begun."""
    return any(
        message.id not in known and (message.role is Role.USER or message.state is MessageState.STREAMING)
        for message in messages[-2:]
    )


_TAB_REASONS = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_TRIPLE_CLICK_SECONDS = 0.4


class TranscriptView(QAbstractScrollArea):
    """`describe_failure` words the failure of a message; `clock` gives seconds that only go forward.

    Signals carry the id of the message they are about.
    """

    regenerate_requested = Signal(str)
    continue_requested = Signal(str)
    edit_requested = Signal(str, str)
    """A question and the text it shall have instead."""
    sibling_requested = Signal(str, int)
    """-1 for the version before, 1 for the one after."""
    delete_requested = Signal(str)
    link_activated = Signal(str, str)
    """A link's target and the words it stands behind, as the message has them: not judged."""
    action_requested = Signal(str, str)
    """The action of a button under a failure."""

    def __init__(
        self,
        appearance: Appearance,
        describe_failure: DescribeFailure,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.counters = WorkCounters()
        self._appearance = appearance
        self._clock = clock
        self._words = Words(self)
        self._paint_again = QTimer(self, interval=0, singleShot=True)
        self._paint_again.timeout.connect(self.viewport().update)
        self._page = self._new_page()
        self._document = Document(self._page, describe_failure, clock)
        self._scroller = PageScroller(self._document, self, appearance)
        self._geometry = PageGeometry(self, self._document, self._scroller, appearance)
        self._seconds = StreamClock(
            self._document, self._geometry, clock, lambda: appearance.theme.duration("spinnerTurn"), self
        )
        self._painter = PagePainter(self._document, self._geometry, self._seconds.turn)
        self._surface = PageSurface(
            self._document,
            self._geometry,
            self._scroller,
            lambda index: self._painter.shows_actions(index, self._state()),
            self,
        )
        self._pointer = Pointer(self._surface, self)
        self._focus = KeyboardFocus(self._document, self._surface.controls_of)
        self._keys = PageKeys(
            self._document, self._geometry, self._scroller, self._focus, lambda: appearance.theme.line("reading"), self
        )
        self._commands = MessageCommands(self._document, self)
        self._editing = QuestionEditing(appearance, self._document, self._geometry, self.viewport())
        self._return = ReturnButton(appearance, self)
        self._spoken = SpokenMessages(
            self._document,
            self._geometry,
            self._words,
            self._surface.controls_of,
            lambda: self._focus.message,
            self.viewport(),
        )
        self._interface: TranscriptAccessible | None = None
        self._active: int | None = None
        self._conversation_id = ""
        self._shown_at = 0
        self._double_clicked_at = -1.0
        self._set_up_widget()
        self._connect()
        self._retranslate()

    def show_path(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> None:
        """Show the messages of a chat's path. `positions`: which of its siblings each is, from 0, and how many there are.

        Another chat is shown at its end. In the same chat what was being read stays in its place, and a new question is placed near
        the top, so that its answer fills the room below.
        """
        conversation_id = messages[0].conversation_id if messages else ""
        same_chat = conversation_id == self._conversation_id and len(self._document) > 0
        position = self.reading_position() if same_chat else None
        known = (
            {message.id for message in map(self._document.message, range(len(self._document)))} if same_chat else set()
        )
        self._conversation_id = conversation_id
        self._forget_pointers()
        self._document.show(messages, positions)
        if not same_chat:
            self._scroller.asked = None
            self._scroller.following.active = True
        elif _asks_anew(messages, known) or (position and self._document.index(position.message_id) is None):
            self._place_question()
        elif position and not position.at_end:
            self.restore_reading_position(position)
        self._settled(self._scroller.settle(self._scroller.anchor()))
        self._geometry.refresh_all()

    def add_message(self, message: Message) -> None:
        """Put a message below the last. A question goes near the top of the view."""
        self._conversation_id = message.conversation_id
        anchor = self._scroller.anchor()
        self._document.add(message)
        if message.role is Role.USER or message.state is MessageState.STREAMING:
            self._place_question()
            anchor = None
        self._settled(self._scroller.settle(anchor))
        self._geometry.refresh_all()

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Let an answer grow by what arrived. One that is not shown is passed over."""
        index = self._document.index(message_id)
        item = self._document[index] if index is not None else None
        if index is None or not isinstance(item, AnswerItem):
            return
        anchor = self._scroller.anchor()
        y = self._document.top(index) + item.apply(events)
        self._document.update_height(index)
        self._settled(min(y, self._scroller.settle(anchor)))

    def change_message(self, message: Message) -> None:
        """Show another version of a message, by its id. One that is not shown is passed over."""
        index = self._document.index(message.id)
        if index is None:
            return
        anchor = self._scroller.anchor()
        self._document.change(index, message)
        self._scroller.settle(anchor)
        self._settled(self._document.top(index))

    def clear(self) -> None:
        """Show nothing."""
        self.show_path((), {})

    def set_reasoning_display(self, display: str) -> None:
        """Show reasoning "auto", "open" or "folded": a value of the setting `chat.reasoning`."""
        anchor = self._scroller.anchor()
        self._document.set_display(ReasoningDisplay(display))
        self._settled(self._scroller.settle(anchor))
        self._geometry.refresh_all()

    def last_message_id(self) -> str | None:
        """Return the id of the last message."""
        return self._document.message(len(self._document) - 1).id if len(self._document) else None

    def last_answer_id(self) -> str | None:
        """Return the id of the last answer."""
        messages = map(self._document.message, reversed(range(len(self._document))))
        return next((message.id for message in messages if message.role is Role.ASSISTANT), None)

    def copy_last_answer(self) -> None:
        """Copy the last answer as markdown."""
        self._commands.copy_last_answer()

    def copy_last_code(self) -> None:
        """Copy the last code block."""
        self._commands.copy_last_code()

    def edit_last_question(self) -> None:
        """Let the person edit the last question where it stands."""
        if len(self._document):
            self._begin_editing(len(self._document) - 1)

    def reading_position(self) -> ReadingPosition | None:
        """Return what is being read, to be restored later; None if nothing is shown."""
        anchor = self._document.anchor_at(self._scroller.value)
        if anchor is None:
            return None
        part, place = anchor.line or (0, ColumnPlace(-1, 0))
        last = min(anchor.message, len(self._document) - 1)
        distance = anchor.distance + self._document.top(anchor.message) - self._document.top(last)
        message_id, at_end = self._document.message(last).id, self._scroller.following.active
        return ReadingPosition(message_id, part, place.block, place.offset, distance, at_end)

    def restore_reading_position(self, position: ReadingPosition) -> None:
        """Go back to what was being read. Without its message nothing happens."""
        index = self._document.index(position.message_id)
        self._scroller.following.active = position.at_end
        if index is None or position.at_end:
            self._settled(self._scroller.settle())
            return
        line = (position.part, ColumnPlace(position.block, position.offset)) if position.block >= 0 else None
        # The place is found exactly only once its block is laid out.
        for _ in range(2):
            self._scroller.settle(Anchor(index, line, position.distance))
        self._settled(0)

    def accessible(self) -> QAccessibleInterface:
        """Return what the transcript is to a screen reader."""
        if self._interface is None:
            self._interface = TranscriptAccessible(self, self._spoken)
        return self._interface

    def _new_page(self) -> PageContext:
        return PageContext(self._appearance.theme, self._words, self.counters, self._paint_again.start)

    def _set_up_widget(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._return.hide()
        install_accessibility()
        self._document.set_width(self._geometry.column[1])

    def _connect(self) -> None:
        self._appearance.changed.connect(self._restyle)
        self._return.clicked.connect(self._scroller.go_to_end)
        self.verticalScrollBar().valueChanged.connect(self._show_return_button)
        self.verticalScrollBar().rangeChanged.connect(self._show_return_button)
        self._surface.pressed.connect(self._commands.perform)
        self._surface.link_followed.connect(self._activate_link)
        commands = self._commands
        commands.regenerate_requested.connect(self.regenerate_requested)
        commands.continue_requested.connect(self.continue_requested)
        commands.sibling_requested.connect(self.sibling_requested)
        commands.delete_requested.connect(self.delete_requested)
        commands.action_requested.connect(self.action_requested)
        commands.edit_requested.connect(self._begin_editing)
        commands.menu_requested.connect(self._show_menu_of)
        commands.changed.connect(self._message_changed)
        commands.copied.connect(self._say_copied)
        self._keys.moved.connect(self._focus_moved)
        self._keys.pressed.connect(commands.perform)
        self._keys.menu_requested.connect(self._show_menu_of)
        self._keys.copy_requested.connect(self._copy)
        self._keys.select_all_requested.connect(self._surface.select_all)
        self._editing.sent.connect(self.edit_requested)
        self._editing.changed.connect(self._message_changed)
        self._editing.ended.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    def _place_question(self) -> None:
        """Put the last question near the top and follow the answer below it."""
        indexes = reversed(range(len(self._document)))
        found = next((index for index in indexes if self._document.message(index).role is Role.USER), None)
        self._scroller.asked = self._document.message(found).id if found is not None else None
        self._scroller.following.active = True

    def _settled(self, y: int) -> None:
        """Take note that the page has come to rest and looks different from a height on."""
        self._geometry.refresh_from(y)
        self._shown_at = self._scroller.value
        self._editing.place()
        self._seconds.update(seen=self.isVisible())

    def _message_changed(self, index: int) -> None:
        """Take over that a message looks different and may have another height. What was pressed stays under the pointer."""
        top = self._document.top(index)
        was_active, self._scroller.following.active = self._scroller.following.active, False
        anchor = Anchor(index, None, self._scroller.value - top)
        self._document.update_height(index)
        self._settled(min(top, self._scroller.settle(anchor)))
        self._scroller.following.active = was_active and self._scroller.at_end

    def _restyle(self) -> None:
        """Another theme or another zoom: everything is laid out again, nothing parsed again."""
        position = self.reading_position()
        scale = self._appearance.theme.scale / self._page.theme.scale
        self._page = self._new_page()
        self._document.set_page(self._page)
        self._document.set_width(self._geometry.column[1])
        if position:
            self.restore_reading_position(replace(position, distance=round(position.distance * scale)))
        self._place_return_button()
        self._geometry.refresh_all()

    def _retranslate(self) -> None:
        self._words.retranslate()
        self.setAccessibleName(self._words.transcript)
        self._return.setAccessibleName(self._words.to_the_end)
        self._return.setToolTip(self._words.to_the_end)
        self._restyle()

    def _state(self) -> PageState:
        hovered, pressed = self._pointer.hovered, self._pointer.pressed
        keyboard = self.hasFocus()
        return PageState(
            self._surface.selection(),
            self._active,
            self._focus.message if keyboard else None,
            self._focus.command if keyboard else None,
            (hovered.message, hovered.control.command) if hovered else None,
            (pressed.message, pressed.control.command) if pressed else None,
            self._commands.just_copied,
        )

    def _forget_pointers(self) -> None:
        """Other messages come: nothing points at those that were here."""
        self._pointer.cancel()
        self._surface.select(None)
        self._focus.clear()
        self._commands.forget()
        self._active = None

    def _show_return_button(self) -> None:
        away = self.verticalScrollBar().maximum() - self._scroller.value
        self._return.setVisible(away > self._appearance.theme.line("reading"))

    def _place_return_button(self) -> None:
        viewport = self.viewport().geometry()
        spare = self._appearance.theme.length("m")
        self._return.place_above(QPoint(self.width() // 2, viewport.bottom() - spare))

    def _copy(self) -> None:
        selection = self._surface.selection()
        if selection and not selection.is_empty:
            self._commands.put_on_clipboard(selected_text(self._document, selection))
        elif self._focus.message is not None:
            self._commands.put_on_clipboard(self._document.message(self._focus.message).text)

    def _activate_link(self, link: Link) -> None:
        self.link_activated.emit(link.target, link.words)

    def _begin_editing(self, index: int) -> None:
        self._editing.begin(index)

    def _say_copied(self, _index: int) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words.copied))

    def _focus_moved(self) -> None:
        self._geometry.refresh_all()

    def _show_menu_of(self, index: int) -> None:
        """Show a message's menu below its last icon, or at its top."""
        controls = self._surface.controls_of(index)
        rect = controls[-1].rect if controls else self.viewport().rect()
        self._show_menu(index, self._geometry.to_view(rect).bottomLeft())

    def _show_menu(self, index: int, point: QPoint) -> None:
        selection = self._surface.selection()
        deeds = MenuDeeds(
            perform=lambda command: self._commands.perform(index, command),
            open_link=self._activate_link,
            copy_selection=self._copy if selection and not selection.is_empty else None,
            select_all=self._surface.select_all,
        )
        menu = message_menu(self._document[index], self._surface.controls_of(index), self._words, deeds, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(point))

    def _update_active(self, point: QPoint | None) -> None:
        """Show the actions of the message the pointer is on."""
        active = self._surface.message_at(point) if point is not None else None
        if active != self._active:
            before, self._active = self._active, active
            for index in (before, active):
                if index is not None:
                    self._geometry.refresh_message(index)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted, and lay out what comes into view."""
        self.viewport().scroll(dx, dy)
        if self._scroller.settling:
            return
        value, before = self._scroller.value, self._shown_at
        self._scroller.following.reader_scrolled(value, self.verticalScrollBar().maximum())
        near = abs(value - before) < self._geometry.view_height
        anchor = self._document.anchor_at(before) if near and not self._scroller.following.active else None
        changed = self._scroller.settle(anchor, value - before)
        self._settled(0 if changed != NOWHERE else NOWHERE)
        # Headers of code that stay at the top are not where they were.
        self.viewport().update(0, 0, self.viewport().width(), 3 * self._appearance.theme.length("codeHeader"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is asked for and nothing else."""
        painter = QPainter(self.viewport())
        state = self._state()
        for rect in event.region():  # type: ignore[attr-defined] # its types forget that it can be iterated
            self._painter.paint(painter, rect, state, self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is being read in its place."""
        super().resizeEvent(event)
        position = self.reading_position()
        self._document.set_width(self._geometry.column[1])
        if position:
            self.restore_reading_position(position)
        self._place_return_button()
        self._geometry.refresh_all()

    def showEvent(self, event: QShowEvent) -> None:
        """Let time go on."""
        super().showEvent(event)
        self._seconds.update(seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clocks."""
        super().hideEvent(event)
        self._seconds.update(seen=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, or sideways what is under the pointer. Ctrl is for zooming, which is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift or abs(delta.x()) > abs(delta.y()):
            self._surface.scroll_sideways(event.position().toPoint(), -(delta.x() or delta.y()))
        elif delta.y():
            if delta.y() > 0 and self._scroller.value > 0:
                self._scroller.following.let_go()
            self._scroller.scroll_to(self._scroller.value - delta.y())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press, or begin a selection; a third click soon after a double one takes the whole block."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._focus.clear()
        triple = self._clock() - self._double_clicked_at < _TRIPLE_CLICK_SECONDS
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(event.position().toPoint(), Reach.BLOCK if triple else Reach.CHARACTER, extend=extend)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; on a control it is only another click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._double_clicked_at = self._clock()
            self._pointer.press(event.position().toPoint(), Reach.WORD, extend=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be done under the pointer, or draw the selection on."""
        point = event.position().toPoint()
        if not self._pointer.selecting:
            self._update_active(point)
        self.viewport().setCursor(self._pointer.move(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was pressed, if it is still under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pointer.release(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the message under the pointer, or of the one focused."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            if self._focus.message is not None:
                self._show_menu_of(self._focus.message)
            return
        index = self._surface.message_at(event.pos())
        if index is not None:
            self._show_menu(index, event.pos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says; Esc leaves a selection."""
        selection = self._surface.selection()
        if event.key() == Qt.Key.Key_Escape and selection and not selection.is_empty:
            self._surface.select(None)
        elif not self._keys.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, if it came by the keyboard."""
        super().focusInEvent(event)
        if event.reason() in _TAB_REASONS:
            self._keys.enter(forward=event.reason() is Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self._geometry.refresh_all()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes along the controls of the message first, then on."""
        return self._keys.step(forward=forward) or super().focusNextPrevChild(forward)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tooltips; a link's says where it really leads."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() is QEvent.Type.Leave:
            self._pointer.leave()
            self._update_active(None)
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        link = self._surface.link_under(event.pos())
        found = self._surface.control_at(event.pos())
        words = link.target if link else found.control.name if found else ""
        # Qt takes what looks like markup for markup.
        QToolTip.showText(event.globalPos(), f"<span>{html.escape(words)}</span>" if words else "", self)
