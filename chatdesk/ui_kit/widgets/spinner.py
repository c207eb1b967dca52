"""A spinner for work of unknown duration."""

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance

_FRAME = 33  # ms


class Spinner(QWidget):
    """A spinner of 14 px. It turns while it is shown, unless reduced motion is requested. A text next to it says what is in progress."""

    def __init__(self, appearance: Appearance, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self.update)
        self._elapsed = QElapsedTimer()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        if self.isVisible():
            self._start()

    def _start(self) -> None:
        self._elapsed.start()
        if self._appearance.theme.duration("spinnerTurn"):
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._appearance.theme.length("icon.small")
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:
        self._start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer: a hidden spinner must not cost anything."""
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        turn = theme.duration("spinnerTurn")
        share = self._elapsed.elapsed() % turn / turn if turn and self._elapsed.isValid() else 0.0
        width = theme.stroke("icon")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arc = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        sixteenths = 16 * 360
        painter.drawArc(arc, round((0.25 - share) * sixteenths), round(0.72 * sixteenths))
