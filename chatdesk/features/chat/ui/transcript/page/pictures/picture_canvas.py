"""A picture that is zoomed and moved: by wheel, mouse, keys or whoever holds the canvas. It knows pixels, not where they come from."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance

_STEP = 1.25
_SMALLEST, _LARGEST = 0.02, 16.0
_NOTCH = 120
_PAN = 60


class PictureCanvas(QWidget):
    """At first the whole picture is seen, never larger than it is; it stays so while the canvas changes, until someone zooms."""

    zoomed = Signal(float)
    """One device pixel for each of the picture's is 1."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._image = QImage()
        self._zoom = 1.0
        self._fits = True
        self._centre = QPointF()
        """The point of the picture, in its pixels, that is in the middle."""
        self._dragged_from: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        appearance.changed.connect(self.update)

    @property
    def zoom(self) -> float:
        """How large a pixel of the picture is, in pixels of the screen."""
        return self._zoom

    def show_image(self, image: QImage) -> None:
        """Show a picture, all of it."""
        self._image = image
        self.fit()

    def show_frame(self, image: QImage) -> None:
        """Show another frame of the picture, which is as large, where the picture is."""
        self._image = image
        self.update()

    def fit(self) -> None:
        """Show all of it, as large as there is room, at most in its own size."""
        self._fits = True
        self._centre = QRectF(self._image.rect()).center()
        room = QSizeF(self.size()) * self.devicePixelRatio()
        if not self._image.isNull() and not room.isEmpty():
            self._set_zoom(min(1.0, room.width() / self._image.width(), room.height() / self._image.height()))

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Show it in another size; `around`, a point of the canvas, stays where it is."""
        zoom = max(_SMALLEST, min(zoom, _LARGEST))
        ratio = self.devicePixelRatio()
        offset = (around - QRectF(self.rect()).center()) * ratio if around is not None else QPointF()
        self._fits = False
        self._centre += offset / self._zoom - offset / zoom
        self._set_zoom(zoom)

    def zoom_in(self) -> None:
        """Show it larger."""
        self.zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.zoom_to(self._zoom / _STEP)

    def pan(self, distance: QPointF) -> None:
        """Move the picture by pixels of the canvas."""
        self._centre -= distance * self.devicePixelRatio() / self._zoom
        self._keep_inside()
        self.update()

    def picture_rect(self) -> QRectF:
        """Return where the picture is on the canvas."""
        scale = self._zoom / self.devicePixelRatio()
        size = QSizeF(self._image.size()) * scale
        return QRectF(QRectF(self.rect()).center() - self._centre * scale, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.theme.color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom < 2)
        if not self._image.isNull():
            painter.drawImage(self.picture_rect(), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        else:
            self._keep_inside()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_to(self._zoom * _STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            point = event.position().toPoint()
            self.pan(QPointF(point - self._dragged_from))
            self._dragged_from = point

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged_from = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it in its own size, or all of it again."""
        if self._fits:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 fits, 1 shows its own size, arrows move."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.zoom_to(1.0)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if self._fits_in_width:
                super().keyPressEvent(event)  # nothing to be moved: for whoever has more pictures
            case Qt.Key.Key_Left:
                self.pan(QPointF(_PAN, 0))
            case Qt.Key.Key_Right:
                self.pan(QPointF(-_PAN, 0))
            case Qt.Key.Key_Up:
                self.pan(QPointF(0, _PAN))
            case Qt.Key.Key_Down:
                self.pan(QPointF(0, -_PAN))
            case _:
                super().keyPressEvent(event)

    @property
    def _fits_in_width(self) -> bool:
        return self.picture_rect().width() <= self.width()

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._keep_inside()
        self.update()
        self.zoomed.emit(zoom)

    def _keep_inside(self) -> None:
        """Never show more ground than there must be: what fits stays in the middle."""
        half = QSizeF(self.size()) * self.devicePixelRatio() / (2 * self._zoom)
        self._centre = QPointF(
            _within(self._centre.x(), half.width(), self._image.width()),
            _within(self._centre.y(), half.height(), self._image.height()),
        )


def _within(value: float, half: float, length: int) -> float:
    return length / 2 if 2 * half >= length else max(half, min(value, length - half))
