"""Moving what is painted when the page scrolls, around what floats over the view."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def move_painted(area: QWidget, viewport: QWidget, distance: int) -> None:
    """Move what is painted down by a distance; what comes into view is painted. What floats over the view is a child of `area`.

    Qt would paint everything anew if anything floated over what is moved. So it is moved on all sides of that.
    """
    whole = viewport.rect()
    left = 0
    for covered in _covered(area, viewport):
        columns = QRect(covered.left(), 0, covered.width(), whole.height())
        _move(viewport, QRect(left, 0, covered.left() - left, whole.height()), distance)
        _move(viewport, columns.intersected(QRect(0, 0, whole.width(), covered.top())), distance)
        viewport.update(covered)
        _move(viewport, columns.adjusted(0, covered.bottom() + 1, 0, 0), distance)
        left = covered.right() + 1
    _move(viewport, QRect(left, 0, whole.width() - left, whole.height()), distance)


def _move(viewport: QWidget, part: QRect, distance: int) -> None:
    if not part.isEmpty():
        viewport.scroll(0, distance, part)


def _covered(area: QWidget, viewport: QWidget) -> list[QRect]:
    """Return where something floats over the view, from left to right; what is above another is put together with it."""
    offset = viewport.geometry().topLeft()
    parts = (part for part in area.findChildren(QWidget, options=_DIRECT) if part is not viewport and part.isVisible())
    found = (part.geometry().translated(-offset).intersected(viewport.rect()) for part in parts)
    stretches: list[QRect] = []
    for rect in sorted((rect for rect in found if not rect.isEmpty()), key=QRect.left):
        if stretches and rect.left() <= stretches[-1].right():
            stretches[-1] = stretches[-1].united(rect)
        else:
            stretches.append(rect)
    return stretches
