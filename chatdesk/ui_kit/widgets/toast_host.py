"""Toasts: short messages in a window, their position and their duration."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

# A short message with an optional action. It disappears automatically unless it is important.


@dataclass(frozen=True, slots=True)
class ToastMessage:
    """A sentence with details below it; `action` is the label of a button that calls `act`.

    `keys`, in Qt's portable format, are shown after the button. While the toast is visible, they call `keys_act`, by default `act`.
    """

    sentence: str
    details: str = ""
    action: str = ""
    act: Callable[[], object] | None = None
    keys: str = ""
    keys_act: Callable[[], object] | None = None
    other: str = ""
    """Label of another button, before `action`."""
    other_act: Callable[[], object] | None = None
    lasting: bool = False


class Toast(Translated, QWidget):
    """A toast in the inverted colours of the theme. A lasting one stays until its close button is pressed."""

    acted = Signal()
    acted_otherwise = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, message: ToastMessage) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._height = "toastTwoLines" if message.details else "size.toast"
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(Label(appearance, "ui", "onToast", self, text=message.sentence, elide=True))
        if message.details:
            self._words.addWidget(Label(appearance, "caption", "onToast", self, text=message.details, elide=True))
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        self._button = self._keys = self._close = None
        if message.other:
            other = Button(appearance, message.other, ButtonKind.PLAIN, self, ink="toastAction")
            other.clicked.connect(self.acted_otherwise)
            self._row.addWidget(other)
        if message.action:
            self._button = Button(appearance, message.action, ButtonKind.PLAIN, self, ink="toastAction")
            self._button.clicked.connect(self.acted)
            self._row.addWidget(self._button)
        if message.keys:
            keys = QKeySequence(message.keys).toString(QKeySequence.SequenceFormat.NativeText)
            self._keys = Label(appearance, "caption", "onToast", self, text=keys)
            self._row.addWidget(self._keys)
        if message.lasting:
            self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW, ink="onToast")
            self._close.clicked.connect(self.closed)
            self._row.addWidget(self._close)
        self._retranslate()
        appearance.bind(self._restyle)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge, tight = theme.length("l"), theme.length("xs")
        inner = self._close or (self._button and not self._keys)
        self._row.setContentsMargins(edge, tight, tight if inner else edge, tight)
        self._row.setSpacing(tight)
        self.setFixedHeight(theme.length(self._height))
        self.update()

    def _retranslate(self) -> None:
        if self._close is not None:
            self._close.set_name(self.tr("Close"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), fill=theme.color("toast"))


_MOVED = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})
_LOOKED_AT = frozenset({QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate})
_MIN_REMAINING = 1_000
"""Minimum remaining time in ms after the pointer leaves a toast."""


@dataclass(frozen=True, slots=True)
class ToastAnchor:
    """The position of toasts: centred in `over` near its lower edge, or above the input field `above`.

    `reserve_space` is called with the height that a lasting toast has at the lower edge, so that nothing is hidden behind it; 0 when it is
    gone.
    """

    over: QWidget
    above: QWidget | None = None
    reserve_space: Callable[[int], object] | None = None


class ToastHost(QObject):
    """Shows toasts in a window, one at a time. A new one replaces the current one; a lasting one returns afterwards.

    The time runs only while the window is active and the toast has neither the pointer nor the focus. `anchor` returns the position; the
    default is the window. Call `follow` after the position has changed.
    """

    def __init__(
        self, appearance: Appearance, window: QWidget, anchor: Callable[[], ToastAnchor] | None = None
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._anchor = anchor or (lambda: ToastAnchor(window))
        self._followed: set[QWidget] = set()
        self._toast: Toast | None = None
        self._keys: QShortcut | None = None
        self._message: ToastMessage | None = None
        self._lasting: list[ToastMessage] = []
        """Lasting toasts that were not closed yet; the last one is shown first."""
        self._reserve_space: Callable[[int], object] | None = None
        """The callback that keeps space free for the current toast."""
        self._remaining = 0
        """Remaining time in ms while the timer is paused."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - widgets require an application
        self._focused_before: QWidget | None = None
        """The widget that had the focus before the current toast."""
        application.focusChanged.connect(self._on_focus_changed)
        appearance.changed.connect(self.follow)

    @property
    def keys(self) -> str:
        """The keys of the current toast's action; empty for none."""
        return self._message.keys if self._toast and self._message else ""

    def show_toast(
        self, sentence: str, details: str = "", action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Show a toast with details in smaller text. `action` is the label of a button that calls `act` and closes the toast."""
        self.show_message(ToastMessage(sentence, details, action, act))

    def show_lasting(
        self, sentence: str, details: str = "", action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Show an important toast: it stays until it is closed or its action is used, and returns after another toast has replaced it."""
        self.show_message(ToastMessage(sentence, details, action, act, lasting=True))

    def show_message(self, message: ToastMessage) -> None:
        """Show a message."""
        if message.lasting:
            self._lasting.append(message)
        self._put(message)
        keys = QKeySequence(message.keys).toString(QKeySequence.SequenceFormat.NativeText)
        said = (message.sentence, message.details, message.other, message.action, keys)
        self.announce(" ".join(filter(None, said)))

    def dismiss(self) -> None:
        """Remove the current toast, if any. A lasting one that it replaced is shown again."""
        self._dismiss()
        if self._lasting:
            self._put(self._lasting[-1])

    def follow(self) -> None:
        """Move the toast to its current position."""
        if self._toast is None or self._message is None:
            return
        theme, anchor = self._appearance.theme, self._anchor()
        for widget in (anchor.over, anchor.above):
            if widget and widget is not self._window and widget not in self._followed:
                widget.installEventFilter(self)
                self._followed.add(widget)
        above, gap = (anchor.above, theme.length("m")) if anchor.above else (anchor.over, theme.length("xxl"))
        edge = above.mapTo(self._window, QPoint(0, 0 if anchor.above else above.height())).y()
        left = anchor.over.mapTo(self._window, QPoint(0, 0)).x()
        available = anchor.over.width() - 2 * theme.length("m")
        width = min(self._toast.sizeHint().width(), theme.length("paletteWidth"), available)
        height = self._toast.height()
        self._toast.setGeometry(left + (anchor.over.width() - width) // 2, edge - gap - height, width, height)
        self._toast.raise_()
        self._update_reserved(anchor, height + gap if self._message.lasting else 0)

    def _update_reserved(self, anchor: ToastAnchor, height: int) -> None:
        before, reserve_space = self._reserve_space, anchor.reserve_space if height else None
        self._reserve_space = reserve_space
        if before and before != reserve_space:
            before(0)
        if reserve_space:
            reserve_space(height)

    def _put(self, message: ToastMessage) -> None:
        self._dismiss()
        self._message = message
        self._toast = Toast(self._appearance, self._window, message)
        self._toast.installEventFilter(self)
        self._toast.acted.connect(self._perform_action)
        self._toast.acted_otherwise.connect(self._perform_other_action)
        self._toast.closed.connect(self._end)
        if message.keys:
            self._keys = QShortcut(QKeySequence(message.keys), self._window, self._press_keys)
        self.follow()
        self._toast.show()
        self._toast.raise_()
        self._remaining = self._appearance.theme.duration("toastStays")
        self._run_or_wait()

    def _dismiss(self) -> None:
        self._timer.stop()
        if self._keys is not None:
            self._keys.setEnabled(False)
            self._keys.deleteLater()
            self._keys = None
        if self._reserve_space:
            self._reserve_space(0)
            self._reserve_space = None
        if self._toast is not None:
            self._return_focus(self._toast)
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        toast = self._toast if self._toast is not None and shiboken6.isValid(self._toast) else None
        if toast and now and toast.isAncestorOf(now) and not (before and toast.isAncestorOf(before)):
            self._focused_before = before
        self._run_or_wait()

    def _return_focus(self, toast: Toast) -> None:
        """Move the focus from a toast that is being removed back to where it was; Qt would move it to the next widget."""
        before, self._focused_before = self._focused_before, None
        focused = QApplication.focusWidget()
        if focused and toast.isAncestorOf(focused) and before and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self._lasting = [message for message in self._lasting if message is not self._message]
        self.dismiss()

    def announce(self, text: str) -> None:
        """Announce a text to screen readers without showing it."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - 3 ms at start

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))

    def _perform_action(self) -> None:
        self._end_with(self._message.act if self._message else None)

    def _perform_other_action(self) -> None:
        self._end_with(self._message.other_act if self._message else None)

    def _press_keys(self) -> None:
        self._end_with((self._message.keys_act or self._message.act) if self._message else None)

    def _end_with(self, act: Callable[[], object] | None) -> None:
        self._end()
        if act is not None:
            act()

    def _run_or_wait(self) -> None:
        """Run the timer; pause it while the window is inactive or the user interacts with the toast."""
        toast, message = self._toast, self._message
        if toast is None or message is None or message.lasting or not shiboken6.isValid(self._window):
            return  # a window that is being destroyed loses the focus as well
        focused = QApplication.focusWidget()
        at_it = toast.underMouse() or (focused is not None and toast.isAncestorOf(focused))
        runs = self._window.isActiveWindow() and not at_it
        if runs and not self._timer.isActive():
            self._timer.start(self._remaining)
        elif not runs and self._timer.isActive():
            self._remaining = max(_MIN_REMAINING, min(self._remaining, self._timer.remainingTime()))
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the position, and pause or resume the timer."""
        if event.type() in _MOVED and watched is not self._toast:
            self.follow()
        elif event.type() in _LOOKED_AT:
            QTimer.singleShot(0, self, self._run_or_wait)  # after Qt has updated its state
        return super().eventFilter(watched, event)
