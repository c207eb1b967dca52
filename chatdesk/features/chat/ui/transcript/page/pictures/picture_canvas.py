"""A canvas that shows a picture to zoom and pan with wheel, mouse and keys. It knows pixels, but not their source."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance

_STEP = 1.25
_SMALLEST, _LARGEST = 0.02, 16.0
_NOTCH = 120
_PAN = 60


class PictureCanvas(QWidget):
    """The picture canvas.

    At first the whole picture is visible, not enlarged; this is kept when the canvas is resized, until the user
    zooms.
    """

    zoomed = Signal(float)
    """Carries the zoom factor; 1 means one device pixel per picture pixel."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._image = QImage()
        self._zoom = 1.0
        self._fits = True
        self._centre = QPointF()
        """The point of the picture, in picture pixels, at the centre of the canvas."""
        self._dragged_from: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        appearance.changed.connect(self.update)

    @property
    def zoom(self) -> float:
        """The size of a picture pixel in device pixels."""
        return self._zoom

    def show_image(self, image: QImage) -> None:
        """Show a whole picture."""
        self._image = image
        self.fit()

    def show_frame(self, image: QImage) -> None:
        """Show another frame of the same size without moving."""
        self._image = image
        self.update()

    def fit(self) -> None:
        """Show the whole picture as large as possible, but not enlarged."""
        self._fits = True
        self._centre = QRectF(self._image.rect()).center()
        viewport_size = QSizeF(self.size()) * self.devicePixelRatio()
        if not self._image.isNull() and not viewport_size.isEmpty():
            self._set_zoom(
                min(1.0, viewport_size.width() / self._image.width(), viewport_size.height() / self._image.height())
            )

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Set the zoom factor, keeping `around`, a point of the canvas, in place."""
        zoom = max(_SMALLEST, min(zoom, _LARGEST))
        ratio = self.devicePixelRatio()
        offset = (around - QRectF(self.rect()).center()) * ratio if around is not None else QPointF()
        self._fits = False
        self._centre += offset / self._zoom - offset / zoom
        self._set_zoom(zoom)

    def zoom_in(self) -> None:
        """Zoom in one step."""
        self.zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Zoom out one step."""
        self.zoom_to(self._zoom / _STEP)

    def pan(self, distance: QPointF) -> None:
        """Move the picture by canvas pixels."""
        self._centre -= distance * self.devicePixelRatio() / self._zoom
        self._limit_position()
        self.update()

    def picture_rect(self) -> QRectF:
        """Return the rectangle of the picture on the canvas."""
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
            self._limit_position()

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
        """Toggle between original size and fitting."""
        if self._fits:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with plus and minus, fit with 0, original size with 1, move with the arrow keys."""
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
                super().keyPressEvent(event)  # nothing to move: the parent may switch to another picture
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
        self._limit_position()
        self.update()
        self.zoomed.emit(zoom)

    def _limit_position(self) -> None:
        """Limit the position so that no unnecessary background is visible; a picture that fits is centred."""
        half = QSizeF(self.size()) * self.devicePixelRatio() / (2 * self._zoom)
        self._centre = QPointF(
            _within(self._centre.x(), half.width(), self._image.width()),
            _within(self._centre.y(), half.height(), self._image.height()),
        )


def _within(value: float, half: float, length: int) -> float:
    return length / 2 if 2 * half >= length else max(half, min(value, length - half))
