"""A dialog inside the window: over the scrim a head, a body that scrolls, a foot. What is in it and what happens is the owner's."""

from enum import Enum

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QApplication,
    QBoxLayout,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.lists.scrolling import BoundedScroll
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_menu_panel
from chatdesk.ui_kit.style.painting import shadow_margin
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.given_interface import GivenInterface
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.scrim import Scrim

# The foot of a sheet: at the left a sentence or a plain button, at the right the buttons of the next step,
# the filled one last.


class SheetFoot(QWidget):
    """One line of 56 px; where that is too narrow, the left part goes below the buttons."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.sentence = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.sentence.hide()
        self._left, self._right = WrappingRow(appearance, self), WrappingRow(appearance, self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self._left)
        self._row.addStretch(1)
        self._row.addWidget(self._right)
        appearance.bind(self._arrange)

    def add(self, text: str, kind: ButtonKind, *, icon: str = "") -> Button:
        """Return a new button with these words. A plain one stands at the left, others at the right."""
        button = Button(self._appearance, text, kind, icon=icon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        (self._left if kind is ButtonKind.PLAIN else self._right).add(button)
        button.show()
        self._arrange()
        return button

    def say(self, words: str) -> None:
        """Show a sentence at the left; no words: none."""
        self.sentence.set_text(words)
        self.sentence.setVisible(bool(words))
        self._arrange()

    def fit(self) -> None:
        """Lay it out anew: the words of a button changed."""
        for row in (self._left, self._right):
            row.arrange()
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        inner, edge = theme.length("s"), theme.length("m")
        plain = self._left.sizeHint().width()
        wanted = plain + self._right.sizeHint().width() + 2 * inner + edge
        narrow = wanted > self.width() > 0
        self._row.setContentsMargins(inner if plain and not narrow else theme.length("xl"), edge - 1, edge, edge)
        self._row.setSpacing(inner)
        self._row.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STILL_WORKS = tuple(QKeySequence(keys) for keys in ("Ctrl+Q", "Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"))
"""Keys of the window that a sheet does not hold back: quitting, and the size of the text."""


class SheetKind(Enum):
    """What a sheet is for; the value names its width."""

    QUESTION = "sheetQuestion"
    """Stands a quarter down the window and has no ×: its buttons are the ways out."""
    REPORT = "sheetReport"
    FORM = "sheetForm"
    WIDE = "sheetWide"


class Sheet(Translated, QWidget):
    """Covers `window`, keeps the keyboard inside, and holds back the window's shortcuts. Fill `body`, add buttons, then `open`.

    Esc, ×, `cancel` and a click on the scrim say `dismissed` and close it; `leave` closes it without a word. It deletes itself then.
    """

    dismissed = Signal()
    back_requested = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, kind: SheetKind, heading: str = "") -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._kind = kind
        self._started = False
        self._before: QWidget | None = None
        self._inside: QWidget | None = None
        self._default: Button | None = None
        self._fade: QPropertyAnimation | None = None
        self.hide()
        self._scrim = Scrim(appearance, self)
        self._scrim.pressed.connect(self._press_scrim)
        self._panel = _Panel(appearance, self)
        self._back = IconButton(appearance, "arrow-left", self._panel)
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self.heading = Label(appearance, "heading2", "text", self._panel, wrap=True)
        self._close = IconButton(appearance, "x", self._panel)
        self._close.clicked.connect(self.cancel)
        self._close.setVisible(kind is not SheetKind.QUESTION)
        self._scroll = BoundedScroll(self._room, self._panel)
        self.body: QVBoxLayout = self._scroll.content
        self._rule = Rule(appearance, self._panel, color="borderDefault")
        self.foot = SheetFoot(appearance, self._panel)
        self._head = QHBoxLayout()
        for part in (self._back, self.heading, self._close):
            self._head.addWidget(part, 1 if part is self.heading else 0)
        self._column = QVBoxLayout(self._panel)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        for widget in (self._scroll, self._rule, self.foot):
            self._column.addWidget(widget)
        self._panel.installEventFilter(self)
        self._interface = GivenInterface(self, lambda: _DialogInterface(self))
        self.set_heading(heading)
        self._retranslate()
        appearance.changed.connect(self._arrange)
        window.installEventFilter(self)

    def set_heading(self, words: str) -> None:
        """Say what it is about; it is also its name."""
        self.heading.set_text(words)
        self.setAccessibleName(words)

    def set_back(self, *, shown: bool) -> None:
        """Show the arrow that leads to the step before."""
        self._back.setVisible(shown)
        self._arrange()

    def add_button(self, text: str, kind: ButtonKind = ButtonKind.OUTLINED, *, icon: str = "") -> Button:
        """Return a new button in the foot. A filled or danger one is what Enter means; a plain one stands at the left."""
        button = self.foot.add(text, kind, icon=icon)
        if kind.strong:
            self._default = button
        return button

    def start(self) -> None:
        """Let a click on the scrim do nothing from now on: something was chosen or has begun."""
        self._started = True

    def open(self, first: QWidget | None = None) -> None:
        """Come up, with the keyboard in `first`; without it on the button that Enter means."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._arrange()
        stops = self._stops()
        self._inside = first or self._default or (stops[0] if stops else self)
        _application().focusChanged.connect(self._hold_keyboard)
        self._fade_in()
        self._interface.give()
        self._inside.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Go as Esc does."""
        if self.isVisible():
            self.leave()
            self.dismissed.emit()

    def leave(self) -> None:
        """Go, the keyboard back to where it was."""
        if not self.isVisible():
            return
        _application().focusChanged.disconnect(self._hold_keyboard)
        self._stop_fading()
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if held and self._before and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.deleteLater()

    def _press_scrim(self) -> None:
        if not self._started:
            self.cancel()

    def _room(self) -> int:
        """Return how high the body may be."""
        theme = self._appearance.theme
        margins = self._column.contentsMargins()
        width = self._panel.width() - margins.left() - margins.right()
        bars = (_height(self._head, width), self._rule.height(), _height(self.foot.layout(), width))
        others = sum(bars) + 2
        return max(theme.length("button"), self.height() - 2 * theme.length("m") - others)

    def _arrange(self) -> None:
        theme, room = self._appearance.theme, self.rect()
        margin, edge, side = shadow_margin(theme), theme.length("m"), theme.length("xl")
        self._scrim.setGeometry(room)
        bar = theme.length("sheetBar")
        between = theme.length("s")
        left = between if not self._back.isHidden() else side
        gap = (bar - theme.length("hit")) // 2
        self._head.setContentsMargins(left, gap, edge, gap)
        self._head.setSpacing(between)
        self.heading.setContentsMargins(0, 2, 0, 2)
        self.body.setContentsMargins(side, 0, side, side)
        self._column.setContentsMargins(margin + 1, margin + 1, margin + 1, margin + 1)
        width = min(theme.length(self._kind.value), room.width() - 2 * edge)
        self._panel.resize(width + 2 * margin, self._panel.height())
        self._column.activate()
        self.foot.fit()
        self._scroll.fit()
        self._place()

    def _place(self) -> None:
        """Stand in the middle, as high as what is in it."""
        theme, room = self._appearance.theme, self.rect()
        margin, edge = shadow_margin(theme), theme.length("m")
        width = self._panel.width()
        height = min(_height(self._column, width), room.height() - 2 * edge + 2 * margin)
        wanted = room.height() // 4 if self._kind is SheetKind.QUESTION else theme.length("sheetTop")
        top = max(edge, min(wanted, room.height() - edge - (height - 2 * margin)))
        self._panel.setGeometry(QRect((room.width() - width) // 2, top - margin, width, height))

    def _fade_in(self) -> None:
        """Become visible in 120 ms, unless the system asks that nothing moves."""
        if not (duration := self._appearance.theme.duration("base")):
            return
        effect = QGraphicsOpacityEffect(self)
        effect.setOpacity(0)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(duration)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._stop_fading)
        self._fade.start()

    def _stop_fading(self) -> None:
        if self._fade:
            self._fade.stop()
            self._fade = None
            self.setGraphicsEffect(None)  # type: ignore[arg-type]

    def _stops(self) -> list[QWidget]:
        """Return what Tab goes to, in the order of reading."""
        parts = (self._back, self._scroll, self.foot, self._close)
        # Not along Qt's chain of focus: PySide takes what `nextInFocusChain` returns for a child of the widget it was asked of, and ends
        # the Python half of every viewport in the window together with the sheet.
        stops = [
            widget
            for widget in self._panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.focusProxy()
            and widget.isVisible()
            and widget.isEnabled()
        ]
        return sorted(
            stops,
            key=lambda stop: next(
                (number for number, part in enumerate(parts) if part is stop or part.isAncestorOf(stop)), 0
            ),
        )

    def _hold_keyboard(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Take the keyboard back when something below took it, unless another sheet lies over this one."""
        if new is None or new.window() is not self.window():
            return
        if self.isAncestorOf(new):
            self._inside = new
            self._interface.give()
            return
        over = [each for each in self.window().findChildren(Sheet) if each.isVisible()]
        if over and over[-1] is self:
            (self._inside if self._inside and self._inside.isVisible() else self).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        current = QApplication.focusWidget()
        at = stops.index(current) if current in stops else (-1 if forward else 0)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the window from doing something below."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and QKeySequence(event.keyCombination()) not in _STILL_WORKS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes, Enter presses the button the keyboard is on, or else the filled one. No key reaches what is below."""
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in _ENTER and self._default and self._default.isEnabled():
            self._default.click()
        event.accept()

    def _retranslate(self) -> None:
        self._close.set_name(self.tr("Close"))
        self._back.set_name(self.tr("Back"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window, and be as high as what is inside."""
        if self.isVisible():
            if watched is self._window and event.type() is QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
                self._arrange()
            elif watched is self._panel and event.type() is QEvent.Type.LayoutRequest:
                self._place()
        return super().eventFilter(watched, event)


def _height(layout: QLayout | None, width: int) -> int:
    """Return how high a layout is at a width."""
    if layout is None:
        return 0
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - there are no widgets without
    return application


class _DialogInterface(QAccessibleWidget):
    """What a screen reader hears of it: a dialog, named by its heading."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet, QAccessible.Role.Dialog)


class _Panel(QWidget):
    """The ground with its shadow."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        draw_menu_panel(QPainter(self), theme, QRectF(self.rect()), shadow_margin(theme), theme.length("radius.card"))
