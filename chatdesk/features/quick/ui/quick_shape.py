"""Where the window for quick questions was, and how large with an answer in it: as text, and put back on a screen of now."""

from PySide6.QtCore import QRect, QSize

_FARTHEST = 100_000
"""Px; nobody's screens reach farther."""


def shape_as_text(place: QRect) -> str:
    """Return left, top, width and height, in px."""
    return f"{place.x()},{place.y()},{place.width()},{place.height()}"


def shape_from_text(text: str, screens: list[QRect], *, usual: QSize, least: QSize) -> QRect:
    """Return what was kept, moved and cut so that all of it can be seen; on the first screen if it was on none of these.

    Without anything kept, or with something else in the file, the window has its usual size and stands in the middle, a fifth down.
    """
    kept = _numbers(text)
    place = QRect(*kept) if kept else QRect()
    on = next((screen for screen in screens if kept and screen.contains(place.center())), None)
    screen = on or screens[0]
    size = (place.size() if kept else usual).expandedTo(least).boundedTo(screen.size())
    if on is None:
        left = screen.left() + (screen.width() - size.width()) // 2
        top = screen.top() + min(screen.height() // 5, screen.height() - size.height())
    else:
        left = max(screen.left(), min(place.left(), screen.right() + 1 - size.width()))
        top = max(screen.top(), min(place.top(), screen.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _numbers(text: str) -> tuple[int, int, int, int] | None:
    try:
        left, top, width, height = (int(part) for part in text.split(","))
    except ValueError:
        return None
    if max(abs(left), abs(top), width, height) > _FARTHEST or min(width, height) <= 0:
        return None
    return left, top, width, height
