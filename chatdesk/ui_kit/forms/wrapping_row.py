"""Widgets beside each other, in as many lines as the width asks for."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance


class WrappingRow(QWidget):
    """Each has the size it asks for, but is never wider than the row. Tab goes through them in the order they were added."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        appearance.changed.connect(self.arrange)

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the others."""
        widget.setParent(self)
        self._parts.append(widget)

    def clear(self) -> None:
        """Take all of them away; they are deleted."""
        for widget in self._parts:
            widget.hide()
            widget.deleteLater()
        self._parts = []

    def arrange(self) -> None:
        """Lay them out anew: another one is shown, or has other words."""
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        gap = self._appearance.theme.length("s")
        x = y = line = 0
        for widget in self._parts:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            size.setWidth(min(size.width(), max(width, 1)))
            if x and x + size.width() > width:
                x, y, line = 0, y + line + gap, 0
            left = width - x - size.width() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else x
            yield widget, QRect(left, y, size.width(), size.height())
            x += size.width() + gap
            line = max(line, size.height())

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        places = [place for _, place in self._places(1 << 20)]
        width = sum(place.width() for place in places) + self._appearance.theme.length("s") * max(0, len(places) - 1)
        return QSize(width, max((place.height() for place in places), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the height it has now: it may be as narrow as it must."""
        return QSize(0, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """Grow downwards where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at a width."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap."""
        super().resizeEvent(event)
        self.arrange()
