"""How much of something is done or full."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box

_STEPS = 1000


class ProgressBar(QProgressBar):
    """4 px high, as wide as the layout makes it. The words beside it give the number."""

    def __init__(self, appearance: Appearance, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._color = "accent"
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_fraction(self, fraction: float) -> None:
        """Show a share from 0 to 1."""
        value = round(min(max(fraction, 0.0), 1.0) * _STEPS)
        if value != self.value():  # Qt repaints at once, changed or not
            self.setValue(value)

    def set_color(self, token: str) -> None:
        """Show it in another colour: "warning", "danger"; a word beside it says so too."""
        self._color = token
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual width."""
        theme = self._appearance.theme
        return QSize(theme.length("section"), theme.length("xs"))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(self._appearance.theme.length("xxl"), self._appearance.theme.length("xs"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and bar."""
        theme = self._appearance.theme
        painter = QPainter(self)
        height = min(self.height(), theme.length("xs"))
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        draw_box(painter, track, height / 2, fill=theme.color("borderDefault"))
        share = self.value() / _STEPS
        if share:
            bar = QRectF(track)
            bar.setWidth(max(height, track.width() * share))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                bar.moveRight(track.right())
            draw_box(painter, bar, height / 2, fill=theme.color(self._color))
