"""One picture of a window and of everything that floats over it: menus, lists, dialogs, tooltips."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

_DESK = QColor("#808080")
_LEVELS = (Qt.WindowType.Dialog, Qt.WindowType.Popup, Qt.WindowType.ToolTip)


def picture(window: QWidget) -> QPixmap:
    """Return the window as a person sees it; where something reaches beyond it the picture does too."""
    floating = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
    floating.sort(key=lambda each: _LEVELS.index(each.windowType()) if each.windowType() in _LEVELS else 0)
    shown = [window, *floating]
    place = QRect()
    for each in shown:
        place = place.united(each.geometry())
    ratio = window.devicePixelRatio()
    drawn = QPixmap(round(place.width() * ratio), round(place.height() * ratio))
    drawn.fill(_DESK)
    painter = QPainter(drawn)
    for each in shown:
        pixels = each.grab()
        pixels.setDevicePixelRatio(1)
        corner = each.geometry().topLeft() - place.topLeft()
        painter.drawPixmap(
            round(corner.x() * ratio), round(corner.y() * ratio), pixels
        )  # on whole px, as a screen does
    painter.end()
    return drawn
