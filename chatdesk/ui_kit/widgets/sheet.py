"""A modal dialog inside the window: a header, a scrollable body and a footer over a scrim. The owner provides content and behaviour."""

from enum import Enum

import shiboken6
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
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
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_menu_panel
from chatdesk.ui_kit.style.painting import shadow_margin
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.accessible_interface import AccessibleInterface
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.scrim import Scrim

# The footer of a sheet: a sentence or plain buttons on the left, the main buttons on the right, the filled one last.


class SheetFoot(QWidget):
    """A footer with a height of 56 px; if it is too narrow, the left part moves below the buttons."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.sentence = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.sentence.hide()
        self.progress = ProgressBar(appearance, parent=self)
        """Shown while the sheet works: instead of the sentence."""
        self.progress.hide()
        self._left, self._right = WrappingRow(appearance, self), WrappingRow(appearance, self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self.progress, 1)
        self._row.addWidget(self._left)
        self._row.addStretch(1)
        self._stretch = self._row.count() - 1
        self._row.addWidget(self._right)
        appearance.bind(self._arrange)

    def add(self, text: str, kind: ButtonKind, *, icon: str = "") -> Button:
        """Add a button and return it. A plain one is placed on the left, others on the right."""
        button = Button(self._appearance, text, kind, icon=icon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        (self._left if kind is ButtonKind.PLAIN else self._right).add(button)
        button.show()
        self._arrange()
        return button

    def show_message(self, text: str) -> None:
        """Show a sentence on the left, if there is space for it; an empty text hides it."""
        self.sentence.set_text(text)
        self._arrange()

    @property
    def has_content(self) -> bool:
        """Whether a sentence or a button is shown."""
        return any(part.isVisibleTo(self) for part in (self.sentence, self.progress, *self.findChildren(Button)))

    def fit(self) -> None:
        """Update the layout after the text of a button has changed, or a button was shown or hidden."""
        for row in (self._left, self._right):
            row.arrange()
        self.setVisible(self.has_content)
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        inner, edge = theme.length("s"), theme.length("m")
        plain = self._left.sizeHint().width()
        wanted = plain + self._right.sizeHint().width() + 2 * inner + edge
        narrow = wanted > self.width() > 0
        self._row.setContentsMargins(inner if plain and not narrow else theme.length("xl"), edge - 1, edge, edge)
        self._row.setSpacing(inner)
        available = self.width() - self._right.sizeHint().width() - plain - theme.length("xl") - 2 * inner - edge
        text = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text())
        self.sentence.setVisible(text > 0 and (text <= available or not self.width()))
        self._row.setStretch(self._stretch, 0 if self.sentence.isVisibleTo(self) else 1)
        self._row.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ALLOWED_COMMANDS = frozenset({CommandId.QUIT, CommandId.ZOOM_IN, CommandId.ZOOM_OUT, CommandId.ZOOM_RESET})
"""Commands of the window whose shortcuts a sheet does not block."""


class SheetKind(Enum):
    """Purpose of a sheet; the value is the token of its width."""

    QUESTION = "sheetQuestion"
    """Placed a quarter down the window and without a close button: the buttons in the footer close it."""
    REPORT = "sheetReport"
    FORM = "sheetForm"
    WIDE = "sheetWide"


class Sheet(Translated, QWidget):
    """A sheet that covers `window`, keeps the focus inside, and blocks the window's shortcuts. Fill `body`, add buttons, then call `open`.

    Esc, the close button, `cancel` and a click on the scrim emit `dismissed` and close it; `leave` closes it without the signal. Both emit
    `closed`. A closed sheet deletes itself. The body of a `flush` sheet reaches the edges.
    """

    dismissed = Signal()
    closed = Signal()
    back_requested = Signal()

    def __init__(
        self, appearance: Appearance, window: QWidget, kind: SheetKind, heading: str = "", *, flush: bool = False
    ) -> None:
        super().__init__(window)
        self._flush = flush
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
        self.heading = Label(appearance, "sheetTitle", "text", self._panel, wrap=True)
        self._close = IconButton(appearance, "x", self._panel)
        self._close.clicked.connect(self.cancel)
        self._close.setVisible(kind is not SheetKind.QUESTION)
        self._scroll = BoundedScroll(self._max_body_height, self._panel)
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
        self._interface = AccessibleInterface(self, lambda: _DialogInterface(self))
        self.set_heading(heading)
        Sheet._retranslate(self)  # a subclass has no content yet
        appearance.changed.connect(self._arrange)
        window.installEventFilter(self)

    def set_heading(self, text: str) -> None:
        """Set the heading, which is also the accessible name."""
        self.heading.set_text(text)
        self.setAccessibleName(text)

    def set_kind(self, kind: SheetKind) -> None:
        """Change the width and the position for another step."""
        self._kind = kind
        self._close.setVisible(kind is not SheetKind.QUESTION)
        self._arrange()

    def set_back(self, *, shown: bool) -> None:
        """Show or hide the button that leads to the previous step."""
        self._back.setVisible(shown)
        self._arrange()

    def add_button(self, text: str, kind: ButtonKind = ButtonKind.OUTLINED, *, icon: str = "") -> Button:
        """Add a button to the footer and return it. Enter presses a filled or danger button; a plain one is placed on the left."""
        button = self.foot.add(text, kind, icon=icon)
        if kind.strong:
            self._default = button
        return button

    def scroll_to_top(self) -> None:
        """Show the beginning of the body, where something new is to be seen."""
        self._scroll.verticalScrollBar().setValue(0)

    def start(self) -> None:
        """Ignore clicks on the scrim from now on, because the user has chosen something or work has begun."""
        self._started = True

    def open(self, first: QWidget | None = None) -> None:
        """Show the sheet and focus `first`, the default button, or else the first widget that takes the focus."""
        self._before = self._window.focusWidget()  # a dialog of the system that is closing can still have the focus
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._arrange()
        stops = self._stops()
        self._inside = first or (self._default if self._default in stops else None) or (stops[0] if stops else self)
        _application().focusChanged.connect(self._keep_focus)
        self._fade_in()
        self._interface.register()
        self._inside.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Close the sheet like Esc."""
        if self.isVisible():
            self.leave()
            self.dismissed.emit()

    def leave(self) -> None:
        """Close the sheet and restore the previous focus."""
        if not self.isVisible():
            return
        _application().focusChanged.disconnect(self._keep_focus)
        self._stop_fading()
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if held and self._before and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()
        self.deleteLater()

    def _press_scrim(self) -> None:
        if not self._started:
            self.cancel()

    def _max_body_height(self) -> int:
        """Return the maximum height of the body."""
        theme = self._appearance.theme
        margins = self._column.contentsMargins()
        width = self._panel.width() - margins.left() - margins.right()
        bars = (_height(self._head, width), self._rule.height(), _height(self.foot.layout(), width))
        others = sum(bars) + 2
        return max(theme.length("button"), self.height() - 2 * theme.length("m") - others)

    def _arrange(self) -> None:
        theme, available = self._appearance.theme, self.rect()
        margin, edge, side = shadow_margin(theme), theme.length("m"), theme.length("xl")
        self._scrim.setGeometry(available)
        bar = theme.length("sheetBar")
        between = theme.length("s")
        left = between if not self._back.isHidden() else side
        gap = (bar - theme.length("hit")) // 2
        self._head.setContentsMargins(left, gap, edge, gap)
        self._head.setSpacing(between)
        self.heading.setContentsMargins(0, 2, 0, 2)
        self.body.setContentsMargins(*((0, 0, 0, 0) if self._flush else (side, 0, side, side)))
        self._column.setContentsMargins(margin + 1, margin + 1, margin + 1, margin + 1)
        width = min(theme.length(self._kind.value), available.width() - 2 * edge)
        self._panel.resize(width + 2 * margin, self._panel.height())
        self._column.activate()
        self.foot.fit()
        self._scroll.fit()
        self._place()

    def _place(self) -> None:
        """Centre the panel horizontally and fit its height to the content; a foot without content is hidden."""
        for part in (self._rule, self.foot):
            part.setVisible(self.foot.has_content)
        theme, available = self._appearance.theme, self.rect()
        margin, edge = shadow_margin(theme), theme.length("m")
        width = self._panel.width()
        height = min(_height(self._column, width), available.height() - 2 * edge + 2 * margin)
        wanted = available.height() // 4 if self._kind is SheetKind.QUESTION else theme.length("sheetTop")
        top = max(edge, min(wanted, available.height() - edge - (height - 2 * margin)))
        self._panel.setGeometry(QRect((available.width() - width) // 2, top - margin, width, height))

    def _fade_in(self) -> None:
        """Fade in within 120 ms, unless reduced motion is requested."""
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
        """Return the widgets in the tab order, in reading order."""
        parts = (self._back, self._scroll, self.foot, self._close)
        # Do not use `nextInFocusChain`: PySide treats its result as a child of the widget it was called on, and destroys the Python objects
        # of all viewports in the window together with the sheet.
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

    def _keep_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Take the focus back from the window below, unless another sheet is above this one."""
        if new is None or new.window() is not self.window():
            return
        if self.isAncestorOf(new):
            self._inside = new
            self._interface.register()
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
        """Block shortcuts of the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self._appearance.shortcuts.command_of(event) not in _ALLOWED_COMMANDS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; press the focused button, or the default one, on Enter. No key event reaches the window below."""
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
        """Follow the size of the window and of the content."""
        if self.isVisible():
            if watched is self._window and event.type() is QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
                self._arrange()
            elif watched is self._panel and event.type() is QEvent.Type.LayoutRequest:
                self._place()
        return super().eventFilter(watched, event)


def _height(layout: QLayout | None, width: int) -> int:
    """Return the height of a layout for a width."""
    if layout is None:
        return 0
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - widgets require an application
    return application


class _DialogInterface(QAccessibleWidget):
    """The accessible interface: a dialog, named by its heading."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet, QAccessible.Role.Dialog)


class _Panel(QWidget):
    """The background with its shadow."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        draw_menu_panel(QPainter(self), theme, QRectF(self.rect()), shadow_margin(theme), theme.length("radius.card"))
