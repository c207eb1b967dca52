"""Moving what is painted when the page scrolls, around what floats over the view."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def move_painted(area: QWidget, viewport: QWidget, painted: QRect, distance: int) -> None:
    """Move what is `painted` down by a distance; what comes into view is painted. What floats over the view is a child of `area`.

    Qt would paint everything anew if anything floated over what is moved. So it is moved on all sides of that.
    """
    floating = [
        part for part in area.findChildren(QWidget, options=_DIRECT) if part is not viewport and part.isVisible()
    ]
    offset = viewport.geometry().topLeft()
    covered = [rect for part in floating if not (rect := part.geometry().translated(-offset) & painted).isEmpty()]
    if not covered:
        viewport.scroll(0, distance, painted)
        return
    # Lying on its side, since Qt cuts a region into rectangles as wide as can be, and here they should be as high.
    free = QRegion(_on_its_side(painted))
    for rect in covered:
        viewport.update(rect)
        free -= QRegion(_on_its_side(rect))
    for rect in free:  # type: ignore[attr-defined] # its types forget that it can be iterated
        viewport.scroll(0, distance, _on_its_side(rect))


def _on_its_side(rect: QRect) -> QRect:
    return QRect(rect.y(), rect.x(), rect.height(), rect.width())
