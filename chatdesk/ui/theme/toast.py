"""What is told in passing, with perhaps one thing to do about it. It goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import draw_box

_MOVED = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})


class Toast(QWidget):
    """One message in colours reversed against the theme."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget,
        sentence: str,
        details: str,
        action: str,
        act: Callable[[], object],
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
            self._button.clicked.connect(act)
            self._row.addWidget(self._button)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge, tight = theme.length("l"), theme.length("xs")
        self._row.setContentsMargins(edge, tight, edge if self._button is None else tight, tight)
        self._row.setSpacing(edge)
        self.setFixedHeight(theme.length(self._height))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._appearance.theme
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), fill=theme.color("toast"))


class ToastHost(QObject):
    """Shows toasts at the bottom left of a window, one at a time: a new one takes the place of the old.

    `floor` is a part of the window that toasts lie above, as wide as it, while it can be seen: there are things to click in it.
    """

    def __init__(self, appearance: Appearance, window: QWidget, floor: QWidget | None = None) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._floor = floor
        self._toast: Toast | None = None
        self._act: Callable[[], object] | None = None
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
        self.dismiss()
        self._act = act
        self._toast = Toast(self._appearance, self._window, sentence, details, action, self._take_action)
        self._place()
        self._toast.show()
        self._toast.raise_()
        self._timer.start(self._appearance.theme.duration("toastStays"))
        self._say(" ".join(words for words in (sentence, details, action) if words))

    def dismiss(self) -> None:
        """Take the toast away, if there is one."""
        self._timer.stop()
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def _say(self, words: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - 3 ms at start

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words))

    def _take_action(self) -> None:
        self.dismiss()
        if self._act is not None:
            self._act()

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
