"""Lets a window without a frame be made larger and smaller by its edges, as one with a frame can be."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

_SHAPES = {
    Qt.Edge.LeftEdge: Qt.CursorShape.SizeHorCursor,
    Qt.Edge.RightEdge: Qt.CursorShape.SizeHorCursor,
    Qt.Edge.TopEdge: Qt.CursorShape.SizeVerCursor,
    Qt.Edge.BottomEdge: Qt.CursorShape.SizeVerCursor,
    Qt.Edge.LeftEdge | Qt.Edge.TopEdge: Qt.CursorShape.SizeFDiagCursor,
    Qt.Edge.RightEdge | Qt.Edge.BottomEdge: Qt.CursorShape.SizeFDiagCursor,
    Qt.Edge.RightEdge | Qt.Edge.TopEdge: Qt.CursorShape.SizeBDiagCursor,
    Qt.Edge.LeftEdge | Qt.Edge.BottomEdge: Qt.CursorShape.SizeBDiagCursor,
}


class WindowEdges(QObject):
    """Watches the pointer on the rim of `window` that its contents leave free, `reach` px wide. Corners reach farther."""

    def __init__(self, window: QWidget, reach: int) -> None:
        super().__init__(window)
        self._window = window
        self.reach = reach
        self.across_only = False
        """Whether only the width can be changed."""
        window.setMouseTracking(True)
        window.installEventFilter(self)

    def edges_at(self, place: QPointF) -> Qt.Edge:
        """Return the edges that are taken hold of at a place in the window; none in its middle."""
        width, height, corner = self._window.width(), self._window.height(), 3 * self.reach
        on_rim = not self._window.rect().adjusted(*(self.reach,) * 2, *(-self.reach,) * 2).contains(place.toPoint())
        edges = Qt.Edge(0)
        if not on_rim:
            return edges
        near = {
            Qt.Edge.LeftEdge: place.x(),
            Qt.Edge.RightEdge: width - place.x(),
            Qt.Edge.TopEdge: place.y(),
            Qt.Edge.BottomEdge: height - place.y(),
        }
        for edge, distance in near.items():
            if distance <= corner:
                edges |= edge
        if self.across_only:
            edges &= Qt.Edge.LeftEdge | Qt.Edge.RightEdge
        return edges

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what can be done at the edge, and do it."""
        if isinstance(event, QMouseEvent) and watched is self._window:
            edges = self.edges_at(event.position())
            if event.type() is QEvent.Type.MouseMove and not event.buttons():
                self._window.setCursor(_SHAPES.get(edges, Qt.CursorShape.ArrowCursor))
            if event.type() is QEvent.Type.MouseButtonPress and edges:
                self._window.windowHandle().startSystemResize(edges)
                return True
        return super().eventFilter(watched, event)
