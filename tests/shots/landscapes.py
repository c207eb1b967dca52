"""Pictures for the scenes, drawn here: hills under a sky, a small sign, a tall column of figures."""

from math import sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPolygonF

from chatdesk.ui_kit.pictures.preparing import encode_png


def hills(width: int, height: int, hue: int = 210) -> bytes:
    """Return a landscape as PNG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor.fromHsv(hue, 120, 250))
    sky.setColorAt(1, QColor.fromHsv((hue + 160) % 360, 60, 250))
    painter.fillRect(0, 0, width, height, sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fff3c8"))
    painter.drawEllipse(QPointF(width * 0.72, height * 0.28), height * 0.09, height * 0.09)
    for number in range(4):
        level, wave = height * (0.55 + 0.12 * number), height * (0.09 - 0.012 * number)
        line = [QPointF(x, level + wave * sin(x / width * (5 + 2 * number) + number)) for x in range(0, width + 8, 8)]
        painter.setBrush(QColor.fromHsv((hue - 70) % 360, 90 + 30 * number, 190 - 38 * number))
        painter.drawPolygon(QPolygonF([*line, QPointF(width, height), QPointF(0, height)]))
    painter.end()
    return encode_png(image)


def sign(side: int) -> bytes:
    """Return a small drawing with nothing around it."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#c0504d"))
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
    painter.end()
    return encode_png(image)
