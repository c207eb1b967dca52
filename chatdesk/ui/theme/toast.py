"""What is told in passing, with perhaps one thing to do about it. It goes by itself, but for what must not be missed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.icon_button import IconButton, IconButtonSize
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import draw_box

_MOVED = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})


@dataclass(frozen=True, slots=True)
class _Message:
    """A sentence with details below it, and a button that does something."""

    sentence: str
    details: str
    action: str
    act: Callable[[], object] | None
    lasting: bool


class Toast(QWidget):
    """One message in colours reversed against the theme. A lasting one has a button to close it; until then it stays."""

    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget,
        sentence: str,
        details: str,
        action: str,
        *,
        lasting: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._height = "toastTwoLines" if details else "size.toast"
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(Label(appearance, "ui", "onToast", self, text=sentence, elide=True))
        if details:
            self._words.addWidget(Label(appearance, "caption", "onToast", self, text=details, elide=True))
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        self._button = Button(appearance, action, ButtonKind.PLAIN, self, ink="toastAction") if action else None
        if self._button is not None:
            self._button.clicked.connect(self.acted)
            self._row.addWidget(self._button)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW, ink="onToast") if lasting else None
        if self._close is not None:
            self._close.clicked.connect(self.closed)
            self._row.addWidget(self._close)
        self._retranslate()
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge, tight = theme.length("l"), theme.length("xs")
        self._row.setContentsMargins(edge, tight, tight if self._button or self._close else edge, tight)
        self._row.setSpacing(tight if self._close else edge)
        self.setFixedHeight(theme.length(self._height))
        self.update()

    def _retranslate(self) -> None:
        if self._close is not None:
            self._close.set_name(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._appearance.theme
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), fill=theme.color("toast"))


class ToastHost(QObject):
    """Shows toasts at the bottom left of a window, one at a time: a new one takes the place of the old, of a lasting one for a while.

    `floor` is a part of the window that toasts lie above, as wide as it, while it can be seen: there are things to click in it.
    """

    def __init__(self, appearance: Appearance, window: QWidget, floor: QWidget | None = None) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._floor = floor
        self._toast: Toast | None = None
        self._message: _Message | None = None
        self._lasting: list[_Message] = []
        """Those that nobody has closed yet; the last one is seen first."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        window.installEventFilter(self)
        if floor is not None:
            floor.installEventFilter(self)
        appearance.changed.connect(self._place)

    def show_toast(
        self, sentence: str, details: str = "", action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Say `sentence`, with `details` smaller below it. `action` are the words of a button that does `act` and ends the toast."""
        self._show(_Message(sentence, details, action, act, lasting=False))

    def show_lasting(
        self, sentence: str, details: str = "", action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Say what must not be missed: it stays until it is closed or acted on, and comes back when another one has passed over it."""
        message = _Message(sentence, details, action, act, lasting=True)
        self._lasting.append(message)
        self._show(message)

    def dismiss(self) -> None:
        """Take the toast away, if there is one. A lasting one that was below it is seen again."""
        self._take_away()
        if self._lasting:
            self._put(self._lasting[-1])

    def _show(self, message: _Message) -> None:
        self._put(message)
        self._say(" ".join(words for words in (message.sentence, message.details, message.action) if words))

    def _put(self, message: _Message) -> None:
        self._take_away()
        self._message = message
        self._toast = Toast(
            self._appearance, self._window, message.sentence, message.details, message.action, lasting=message.lasting
        )
        self._toast.acted.connect(self._take_action)
        self._toast.closed.connect(self._end)
        self._place()
        self._toast.show()
        self._toast.raise_()
        if not message.lasting:
            self._timer.start(self._appearance.theme.duration("toastStays"))

    def _take_away(self) -> None:
        self._timer.stop()
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def _end(self) -> None:
        self._lasting = [message for message in self._lasting if message is not self._message]
        self.dismiss()

    def _say(self, words: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - 3 ms at start

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words))

    def _take_action(self) -> None:
        act = self._message.act if self._message else None
        self._end()
        if act is not None:
            act()

    def _time_is_up(self) -> None:
        """Leave it while someone is at it."""
        toast = self._toast
        if toast is None:
            return
        if toast.underMouse() or any(part.hasFocus() for part in toast.findChildren(QWidget)):
            self._timer.start(self._appearance.theme.duration("toastStays") // 2)
        else:
            self.dismiss()

    def _place(self) -> None:
        if self._toast is None:
            return
        theme = self._appearance.theme
        margin, widest = theme.length("l"), theme.length("paletteWidth")
        bottom, narrowest = self._window.height() - margin, 0
        if self._floor is not None and self._floor.isVisible():
            margin = theme.length("s")
            bottom = self._floor.mapTo(self._window, QPoint(0, -margin)).y()
            narrowest = self._floor.width() - 2 * margin
        width = max(narrowest, min(self._toast.sizeHint().width(), self._window.width() - 2 * margin, widest))
        height = self._toast.height()
        self._toast.setGeometry(margin, bottom - height, width, height)
        self._toast.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() in _MOVED:
            self._place()
        return super().eventFilter(watched, event)
