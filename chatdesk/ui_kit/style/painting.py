"""Drawing functions that all widgets share: crisp boxes and lines at every screen scale, focus rings, shadows."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from chatdesk.ui_kit.style.theme import Theme

_EPSILON = 0.01  # device px: rounding errors at scales of 1.25 and 1.5


def line_width(painter: QPainter, width: float) -> float:
    """Return `width` rounded down to whole device pixels, at least one: a border of 1 px is one device pixel at 125 and 150 %."""
    ratio = painter.device().devicePixelRatio()
    return max(1, floor(width * ratio + _EPSILON)) / ratio


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """Return `rect` with its edges moved inwards to whole device pixels; outwards, it could leave its widget and lose its border.

    The painter may be translated and scaled, but not rotated.
    """
    to_device = painter.deviceTransform()
    device = to_device.mapRect(rect)
    left, top = ceil(device.left() - _EPSILON), ceil(device.top() - _EPSILON)
    width, height = floor(device.right() + _EPSILON) - left, floor(device.bottom() + _EPSILON) - top
    return to_device.inverted()[0].mapRect(QRectF(left, top, max(1, width), max(1, height)))


def snapped_point(painter: QPainter, point: QPointF) -> QPointF:
    """Return `point` moved to the nearest device pixel, with halves rounded up as in Qt's widget layout."""
    to_device = painter.deviceTransform()
    device = to_device.map(point)
    nearest = QPointF(floor(device.x() + 0.5 + _EPSILON), floor(device.y() + 0.5 + _EPSILON))
    return to_device.inverted()[0].map(nearest)


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a box with rounded corners; the border is inside `rect`."""
    box = snapped(painter, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = line_width(painter, width)
        painter.setPen(QPen(border, pen))
        box = box.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        radius = max(0.0, radius - pen / 2)
    radius = min(radius, box.width() / 2, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def draw_lit_row(painter: QPainter, theme: Theme, rect: QRectF, *, pressed: bool = False) -> None:
    """Draw the background of a hovered or selected row of a menu or list; with a border in high contrast."""
    border = theme.color("accentBorder") if theme.scheme.high_contrast else None
    fill = theme.color("pressed" if pressed else "hover")
    draw_box(painter, rect, theme.length("radius.small"), fill, border, theme.stroke("border"))


def draw_line(painter: QPainter, start: QPointF, length: float, color: QColor, *, vertical: bool = False) -> None:
    """Draw a line of one device pixel (two from a ratio of 2) to the right of its start, or below it."""
    width = line_width(painter, 1)
    corner = snapped_point(painter, start)
    painter.fillRect(QRectF(corner, QSizeF(width, length) if vertical else QSizeF(length, width)), color)


def draw_focus_ring(painter: QPainter, theme: Theme, outline: QRectF, radius: float) -> None:
    """Draw the focus ring around a control with this outline; it extends `ring_reach` px outwards."""
    reach = ring_reach(theme)
    box = outline.adjusted(-reach, -reach, reach, reach)
    draw_box(painter, box, radius + reach, border=theme.color("focus"), width=theme.stroke("focus"))


def ring_reach(theme: Theme) -> int:
    """Return how far a focus ring extends beyond its control, in px."""
    return round(theme.stroke("focus") + theme.stroke("focusOffset"))


def draw_shadow(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """Draw the shadow of a floating element that fills `rect`, as rings without blur, from the outermost to the innermost."""
    color = theme.color("shadow")
    alpha = color.alphaF()
    if not alpha:
        return
    for share, offset, spread in reversed(theme.shadow):
        color.setAlphaF(alpha * share)
        ring = rect.adjusted(-spread, offset - spread, spread, offset + spread)
        draw_box(painter, ring, radius + spread, fill=color)


def shadow_margin(theme: Theme) -> int:
    """Return the margin for a shadow on each side, in px."""
    return theme.length("m")


def draw_icon(painter: QPainter, theme: Theme, name: str, color: QColor, rect: QRectF, size: int) -> None:
    """Draw an icon of `size` px in the centre of `rect`, aligned to device pixels."""
    pixmap = theme.icons.pixmap(name, color, size, painter.device().devicePixelRatio())
    draw_pixmap(painter, pixmap, rect)


def draw_pixmap(painter: QPainter, pixmap: QPixmap, rect: QRectF) -> None:
    """Draw a pixmap in the centre of `rect`, aligned to device pixels."""
    size = pixmap.deviceIndependentSize()
    corner = QPointF(rect.center().x() - size.width() / 2, rect.center().y() - size.height() / 2)
    painter.drawPixmap(snapped_point(painter, corner), pixmap)
