"""The widget of the transcript: a page of messages in a scroll area, and its events.

`transcript_view.py` sets the messages.

Layout, painting, mouse and keyboard are in modules of their own; this class connects them.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
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

from chatdesk.features.chat.ui.transcript.artifact_cards import CardSource
from chatdesk.features.chat.ui.transcript.blocks.block_text import SelectionUnit
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay, ShownCitation
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.context_border import ContextBorder
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.diagrams import DiagramSource
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_notice import DescribeFailure
from chatdesk.features.chat.ui.transcript.page.accessibility.accessibility import InterfaceKeeper
from chatdesk.features.chat.ui.transcript.page.accessibility.announcements import Announcements
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_messages import SpokenMessages
from chatdesk.features.chat.ui.transcript.page.actions.message_commands import MessageCommands
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditing
from chatdesk.features.chat.ui.transcript.page.actions.page_menus import PageMenus
from chatdesk.features.chat.ui.transcript.page.input.keyboard_focus import KeyboardFocus
from chatdesk.features.chat.ui.transcript.page.input.page_keys import PageKeys
from chatdesk.features.chat.ui.transcript.page.input.page_wheel import PageWheel
from chatdesk.features.chat.ui.transcript.page.input.pointer import Pointer
from chatdesk.features.chat.ui.transcript.page.layout.anchor import Anchor, ReadingPosition
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.marked_scroll_bar import MarkedScrollBar
from chatdesk.features.chat.ui.transcript.page.layout.page_painter import MarksOf, PagePainter, PageState, no_marks
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.layout.return_button import EndFade, ReturnButton
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.pictures.picture_actions import PictureActions
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import Clipboard
from chatdesk.features.chat.ui.transcript.page.selection.text_cursor import TextCursor
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import Selection
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.ui_kit.code.highlighters import Highlighters
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_tooltip import show_tooltip
from chatdesk.ui_kit.translations import Translated

# Batched display of typeset formulas: several at a time, however fast they arrive.

_INTERVAL = 33
"""The minimum interval in milliseconds between two layout updates."""


class FormulaArrivals(QObject):
    """Calls `show` after formulas have arrived, to update the visible layouts that wait for them.

    Other layouts are updated when they are scrolled into view.
    """

    updated = Signal()
    """The formulas that have arrived are shown."""

    def __init__(self, parent: QObject, show: Callable[[], None]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_INTERVAL, singleShot=True)
        self._timer.timeout.connect(show)
        self._timer.timeout.connect(self.updated)

    @property
    def pending(self) -> bool:
        """Whether formulas have arrived that are not shown yet."""
        return self._timer.isActive()

    def formula_arrived(self) -> None:
        """Schedule an update for a new formula."""
        if not self._timer.isActive():
            self._timer.start()


# The timers of streaming answers for seconds and spinners.
#
# They run only while an answer streams and the view is visible.

_SECOND = 1_000
_FRAME = 40


class StreamClock(QObject):
    """Drives the display of a streaming answer.

    `clock` returns monotonic seconds, `spinner_duration` the milliseconds of a spinner rotation; 0 for no animation.
    """

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        clock: Callable[[], float],
        spinner_duration: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._geometry = geometry
        self._clock = clock
        self._spinner_duration = spinner_duration
        self._seconds = QTimer(self, interval=_SECOND)
        self._seconds.timeout.connect(self._tick)
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self._rotate_spinner)

    def rotation(self) -> float:
        """Return the rotation of spinners, 0 to 1."""
        duration = self._spinner_duration()
        return self._clock() * 1000 % duration / duration if duration else 0.0

    def update(self, *, seen: bool) -> None:
        """Start or stop the timers as needed."""
        streaming = self._streaming() if seen else None
        _run(self._seconds, running=streaming is not None)
        turning = streaming is not None and not streaming[1].spinner_rect().isEmpty()
        _run(self._frames, running=turning and self._spinner_duration() > 0)

    def _tick(self) -> None:
        if streaming := self._streaming():
            self._refresh(streaming[0], streaming[1].tick())

    def _rotate_spinner(self) -> None:
        if streaming := self._streaming():
            self._refresh(streaming[0], streaming[1].spinner_rect())

    def _refresh(self, index: int, rect: QRect) -> None:
        if not rect.isEmpty():
            self._geometry.refresh(rect.translated(0, self._document.top(index)))

    def _streaming(self) -> tuple[int, AnswerItem] | None:
        """Return index and item of the streaming answer, which is always the last message."""
        last = self._document.last_answer()
        item = self._document[last] if last is not None else None
        return (last, item) if last is not None and isinstance(item, AnswerItem) and item.streaming else None


def _run(timer: QTimer, *, running: bool) -> None:
    if running and not timer.isActive():
        timer.start()
    elif not running:
        timer.stop()


_TAB_REASONS = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_TRIPLE_CLICK_SECONDS = 0.4
_HORIZONTAL_LINES = 3
"""Lines scrolled horizontally per key press."""


class PageView(Translated, QAbstractScrollArea):
    """The page of messages in `_document`. After changes of the document, `_relayout` or `_finish_relayout` must be called."""

    link_activated = Signal(str, str)
    """Carries the target and the text of a link as they are in the message, not validated."""
    citation_followed = Signal(ShownCitation)

    def __init__(
        self,
        appearance: Appearance,
        describe_failure: DescribeFailure,
        parent: QWidget | None,
        clock: Callable[[], float],
        formulas: FormulaSource,
        pictures: PictureStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.formulas = FormulaArrivals(self, self._show_formulas)
        self._formulas, self.counters = formulas, WorkCounters()
        self._appearance, self._clock, self._texts = appearance, clock, TranscriptTexts(self)
        self._bar = MarkedScrollBar(appearance, self)
        self.setVerticalScrollBar(self._bar)
        self._paint_again = QTimer(self, interval=0, singleShot=True)
        self._paint_again.timeout.connect(self.viewport().update)
        self._highlighters, self._code_options = Highlighters(self), CodeOptions()
        self._previewed, self._cards = frozenset[str](), CardSource(self)
        self._diagrams, self.citations = DiagramSource(self), CitationDisplay(self)
        self._tooltip_point = QPoint()
        self.pictures, self.border = pictures or PictureStore(self), ContextBorder(self)
        self._page = self._new_page()
        document = self._document = Document(self._page, describe_failure, clock)
        self._scroller = PageScroller(document, self, appearance, self._show_return_button)
        geometry = self._geometry = PageGeometry(self, document, self._scroller, appearance)
        self._seconds = StreamClock(document, geometry, clock, lambda: appearance.theme.duration("spinnerTurn"), self)
        self._painter = PagePainter(document, geometry, self._seconds.rotation)
        self._surface = PageSurface(document, geometry, self._scroller, self._shows_actions, self)
        self._pointer = Pointer(self._surface, self)
        self._wheel = PageWheel(self._surface, self._scroller, lambda: appearance.theme.duration("base"), self, clock)
        self._focus = KeyboardFocus(document, self._surface.stops_of)
        scroller, focus, surface, texts = self._scroller, self._focus, self._surface, self._texts
        cursor = self._cursor = TextCursor(document, geometry, scroller, surface, focus, appearance, self)
        self._keys = PageKeys(
            document, geometry, scroller, focus, cursor, lambda: appearance.theme.line("reading"), self
        )
        self._commands = MessageCommands(document, surface.link_followed.emit, self)
        styles = (appearance.paper_colors, formulas, self.pictures, self._highlighters.new)
        self._clipboard = Clipboard(document, surface, *styles, self)
        self._announcements = Announcements(document, self._texts, QAccessible.isActive, self)
        actions = self._picture_actions = PictureActions(appearance, document, self.pictures, self)
        self._menus = PageMenus(
            appearance, document, geometry, surface, self._commands, texts, self._clipboard, actions, self.viewport()
        )
        self._editing = MessageEditing(appearance, document, geometry, scroller, self.viewport(), self.pictures)
        self._fade = EndFade(appearance, self)
        self._return_button = ReturnButton(appearance, self._texts, self)
        spoken = SpokenMessages(document, geometry, texts, surface, focus, self.viewport())
        signals = self._keys.moved, self._surface.selection_changed, self._commands.performed
        self._interfaces = InterfaceKeeper(self, spoken, *signals)
        self._marks_of: MarksOf = no_marks
        self._active: int | None = None
        self._shown_at, self._double_clicked_at = 0, -1.0
        self._set_up_widget()
        self._connect()
        self._retranslate()

    @property
    def document(self) -> Document:
        """The messages being shown, for reading."""
        return self._document

    @property
    def page_geometry(self) -> PageGeometry:
        """The geometry of the page in the view."""
        return self._geometry

    @property
    def selection(self) -> Selection | None:
        """The current selection, or None."""
        return self._surface.selection()

    @property
    def focused_control(self) -> Control | None:
        """The focused control in page coordinates; None if no control has the focus."""
        return self._focus.control()

    def controls_of(self, index: int) -> list[Control]:
        """Return the controls of a visible message in view coordinates."""
        left = self._geometry.column[0]
        return [control.moved(left, -self._scroller.value) for control in self._surface.controls_of(index)]

    def tooltip_at(self, point: QPoint) -> str:
        """Return the tooltip at a point of the view; empty if there is none. That of a citation ends in what it cites, once known."""
        citation = self._surface.citation_at(point)
        passage = self.citations.passage(citation) if citation else ""
        return "\n".join(filter(None, (self._surface.tooltip_at(point), passage)))

    def _show_tooltip(self, point: QPoint) -> None:
        self._tooltip_point = point
        show_tooltip(self.viewport().mapToGlobal(point), self.tooltip_at(point), self)

    def _complete_tooltip(self, citation: ShownCitation) -> None:
        """Add the passage that a citation is about to its tooltip if that is still shown."""
        if QToolTip.isVisible() and self._surface.citation_at(self._tooltip_point) == citation:
            self._show_tooltip(self._tooltip_point)

    def _new_page(self) -> PageContext:
        return PageContext(
            self._appearance.theme,
            self._texts,
            self.counters,
            self.pictures,
            self._paint_again.start,
            code=self._code_options,
            previewed=self._previewed,
            cards=self._cards,
            border=self.border,
            new_highlighter=self._highlighters.new,
            formulas=self._formulas,
            diagrams=self._diagrams,
            citations=self.citations,
        )

    def _set_up_widget(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._document.set_width(self._geometry.column[1])

    def _connect(self) -> None:
        self._appearance.changed.connect(self._restyle)
        self._return_button.clicked.connect(self._scroller.go_to_end)
        self.verticalScrollBar().valueChanged.connect(self._show_return_button)
        self.verticalScrollBar().rangeChanged.connect(self._show_return_button)
        self._surface.pressed.connect(self._commands.perform)
        self._pointer.hovered_changed.connect(self._picture_actions.hover)
        self._surface.link_followed.connect(lambda link: self.link_activated.emit(link.target, link.text))
        self._surface.citation_followed.connect(self.citation_followed)
        self.citations.changed.connect(self.formulas.formula_arrived)
        self.citations.passage_found.connect(self._complete_tooltip)
        self._commands.edit_requested.connect(self._editing.begin)
        self._commands.menu_requested.connect(self._menus.show_beside)
        self._commands.link_requested.connect(self._surface.follow_command)
        self._commands.changed.connect(self._message_changed)
        self._commands.copied.connect(lambda _index: self._announcements.announce(self._texts.copied))
        self._keys.moved.connect(self._geometry.refresh_all)
        self._keys.pressed.connect(self._commands.perform)
        self._keys.menu_requested.connect(self._menus.show_beside)
        self._keys.horizontal_scroll_requested.connect(self._scroll_code)
        self._highlighters.loaded.connect(self.viewport().update)
        self._cursor.toggled.connect(self._announcements.announce_arrow_keys)
        self._cursor.formula_reached.connect(self._announcements.announce_formula)
        self._cursor.selection_extended.connect(self._clipboard.offer)
        self._clipboard.copied.connect(lambda: self._announcements.announce(self._texts.copied))
        self._keys.copy_requested.connect(self._copy)
        self._keys.select_all_requested.connect(self._surface.select_all)
        self._editing.changed.connect(self._message_changed)
        self._editing.ended.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    def _relayout(self, anchor: Anchor | None) -> None:
        """Lay out the visible part, keep `anchor` in place and repaint everything."""
        self._scroller.relayout(anchor)
        self._finish_relayout(0)

    def _finish_relayout(self, y: int) -> None:
        """Finish a layout change that affects the page from this y on."""
        self._geometry.refresh_from(y)
        self._after_relayout()

    def _after_relayout(self, *, update_clock: bool = True) -> None:
        """Store the new scroll position after a layout change; with `update_clock`, also update the clock of the streaming answer."""
        self._shown_at = self._scroller.value
        self._editing.place()
        if update_clock:
            self._seconds.update(seen=self.isVisible())

    def _show_formulas(self) -> None:
        self._document.mark_outdated_formulas()
        self._finish_relayout(self._scroller.relayout(self._scroller.anchor()))

    def _message_changed(self, index: int) -> None:
        """Update a message whose content or height changed. The clicked control stays under the pointer."""
        top = self._document.top(index)
        was_active, self._scroller.following.active = self._scroller.following.active, False
        anchor = Anchor(index, None, self._scroller.value - top)
        self._document.update_height(index)
        self._finish_relayout(min(top, self._scroller.relayout(anchor)))
        self._scroller.following.active = was_active and self._scroller.at_end

    def _restyle(self) -> None:
        """Apply a new theme or zoom factor: everything is laid out again, but nothing parsed."""
        position = self._scroller.position()
        scale = self._appearance.theme.scale / self._page.theme.scale
        self._page = self._new_page()
        self._document.set_page(self._page)
        self._set_width(position.scaled(scale) if position else None)

    def _set_width(self, position: ReadingPosition | None) -> None:
        """Apply the current width, keeping the reading position."""
        self._document.set_width(self._geometry.column[1])
        if position:
            self._scroller.restore(position)
        self._finish_relayout(0)
        self._fade.place_in(self.viewport().geometry())
        self._return_button.place_in(self.viewport().geometry(), self.width() // 2)

    def _retranslate(self) -> None:
        self._texts.retranslate()
        self.setAccessibleName(self._texts.transcript)
        self._return_button.retranslate()
        self._document.retranslate()
        self._restyle()

    def _state(self) -> PageState:
        hovered, pressed, keyboard = self._pointer.hovered, self._pointer.pressed, self.hasFocus()
        return PageState(
            self._surface.selection(),
            self._active,
            self._focus.message if keyboard else None,
            self._focus.command if keyboard else None,
            (hovered.message, hovered.control.command) if hovered else None,
            (pressed.message, pressed.control.command) if pressed else None,
            self._commands.just_copied,
            self._marks_of,
        )

    def _shows_actions(self, index: int) -> bool:
        return self._painter.shows_actions(index, self._state())

    def _forget_pointers(self) -> None:
        self._pointer.cancel()
        self._surface.select(None)
        self._focus.clear()
        self._commands.forget()
        self._announcements.forget()
        self._active = None

    def _show_return_button(self) -> None:
        if self._scroller.is_relayouting:
            return  # a button appearing and disappearing during layout would cause a full repaint
        away = self.verticalScrollBar().maximum() - self._scroller.value > self._appearance.theme.line("reading")
        self._fade.setVisible(not self._scroller.at_end)
        self._return_button.set_scrolled_away(away=away)

    def _copy(self) -> None:
        if not self._clipboard.copy_selection() and self._focus.message is not None:
            self._commands.put_on_clipboard(self._document.message(self._focus.message).text)

    def _scroll_code(self, direction: int) -> None:
        if self._focus.message is not None and self._focus.command is not None:
            distance = direction * _HORIZONTAL_LINES * self._appearance.theme.line("code")
            self._surface.scroll_block_horizontally(self._focus.message, self._focus.command, distance)

    def _update_active(self, point: QPoint | None) -> None:
        """Show the actions of the message under the pointer."""
        active = self._surface.message_at(point) if point is not None else None
        if active != self._active:
            before, self._active = self._active, active
            for index in (before, active):
                if index is not None:
                    self._geometry.refresh_message(index)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Lay out what becomes visible; the scroller moves the painted content."""
        if self._scroller.is_relayouting:
            return
        value, before = self._scroller.value, self._shown_at
        self._scroller.following.reader_scrolled(value, self.verticalScrollBar().maximum())
        near = abs(value - before) < self._geometry.view_height
        anchor = self._document.anchor_at(before) if near and not self._scroller.following.active else None
        changed = self._scroller.relayout(anchor, value - before)
        self._finish_relayout(0 if changed != NOWHERE else NOWHERE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        state = self._state()
        for rect in event.region():  # type: ignore[attr-defined] # its types forget that it can be iterated
            self._painter.paint(painter, rect, state, self._page)
        if self.hasFocus():
            painter.setClipping(False)
            self._cursor.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width(self._scroller.position())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seconds.update(seen=True)
        self._interfaces.register()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seconds.update(seen=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.setAccepted(self._wheel.handle(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a control or begin a selection; a triple click selects a block."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._focus.clear()
        triple = self._clock() - self._double_clicked_at < _TRIPLE_CLICK_SECONDS
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(
            event.position().toPoint(), SelectionUnit.BLOCK if triple else SelectionUnit.CHARACTER, extend=extend
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; on a control a double click counts as another click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._double_clicked_at = self._clock()
            self._pointer.press(event.position().toPoint(), SelectionUnit.WORD, extend=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Update the hover state or extend the selection."""
        point = event.position().toPoint()
        if not self._pointer.selecting:
            self._update_active(point)
        self.viewport().setCursor(self._pointer.move(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Activate the pressed control if the pointer is still over it; the middle button opens a link."""
        self._pointer.release(event.position().toPoint(), event.button())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the message under the pointer or of the focused one."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            if self._focus.message is not None:
                self._menus.show_beside(self._focus.message, self._focus.command)
            return
        index = self._surface.message_at(event.pos())
        if index is not None:
            self._menus.show_at(index, event.pos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle a key; Esc clears the selection first."""
        selection = self._surface.selection()
        if event.key() == Qt.Key.Key_Escape and selection and not selection.is_empty:
            self._surface.select(None)
        elif not self._keys.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus if it arrived by keyboard."""
        super().focusInEvent(event)
        self._interfaces.register()
        if event.reason() in _TAB_REASONS:
            self._keys.enter(forward=event.reason() is Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self._geometry.refresh_all()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move through the controls of the message with Tab before leaving the widget."""
        return self._keys.step(forward=forward) or super().focusNextPrevChild(forward)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tooltips; that of a link shows its actual target."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tooltip(event.pos())
            return True
        if not isinstance(event, QPaintEvent) and event.type() is QEvent.Type.Leave:
            self._pointer.leave()
            self._update_active(None)
        return super().viewportEvent(event)
