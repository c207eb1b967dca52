"""A small window without a frame, for one question: as high as what is written while nothing was asked, larger with an answer."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated

# Lets a window without a frame be made larger and smaller by its edges, as one with a frame can be.

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


# Where the window for quick questions was, and how large with an answer in it: as text, and put back on a
# screen of now.

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


_MOST = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not name."""


class QuickWindow(Translated, QWidget):
    """It has no parent: it is there while the program's window is minimized. Closing hides it; `closed` tells so."""

    closed = Signal()

    def __init__(self, appearance: Appearance, page: QWidget, shape: str) -> None:
        """`shape` is what `shape` returned the last time; empty for the usual one."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._appearance = appearance
        self._page = page
        self._is_compact = True
        self._kept = shape
        self._full_height = 0
        self.setObjectName("quickWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAutoFillBackground(True)
        self._edges = WindowEdges(self, 1)
        self._edges.across_only = True
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(page)
        page.setCursor(Qt.CursorShape.ArrowCursor)  # those of the edges are not for what is inside
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        appearance.bind(self._restyle)
        self._retranslate()

    def appear(self) -> None:
        """Show it above the others, with the keyboard: where it was the last time, or at first where the pointer is."""
        if not self.isVisible():
            self._place()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_compact(self, *, compact: bool) -> None:
        """Be as high as the page needs, or as high as it was the last time with an answer."""
        if compact != self._is_compact:
            self._keep()
            self._is_compact = compact
            self._edges.across_only = compact
            self._fit()

    def most_height_of_text(self) -> int:
        """Return how high what is written may be, in px."""
        return max(self._full_height, self._usual().height()) // (2 if self._is_compact else 3)

    def shape(self) -> str:
        """Return size and place, to be remembered."""
        self._keep()
        return self._kept

    def _usual(self) -> QSize:
        width = self._appearance.theme.length("paletteWidth")
        return QSize(width, width * 4 // 5)

    def _least(self) -> QSize:
        width = self._appearance.theme.length("paletteWidth")
        return QSize(width * 2 // 3, width // 2)

    def _place(self) -> None:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        here = QGuiApplication.screenAt(self.cursor().pos())
        if here:
            screens.sort(key=lambda screen: screen != here.availableGeometry())
        place = shape_from_text(self._kept, screens, usual=self._usual(), least=self._least())
        self._full_height = place.height()
        self._free_height()
        self.setGeometry(place)
        self._fit()

    def _keep(self) -> None:
        if not self.isVisible():
            return
        if not self._is_compact:
            self._full_height = self.height()
        self._kept = shape_as_text(QRect(self.pos(), QSize(self.width(), self._full_height)))

    def _free_height(self) -> None:
        self.setMinimumHeight(0)
        self.setMaximumHeight(_MOST)

    def _fit(self) -> None:
        """Take the height of the page while it is compact, and let the user choose it when there is an answer."""
        if self._is_compact:
            room = self.screen().availableGeometry()
            wanted = self._layout.totalHeightForWidth(self.width())
            wanted = min(wanted if wanted > 0 else self._layout.totalSizeHint().height(), room.height())
            self.setFixedHeight(wanted)
            if self.y() + wanted > room.bottom() + 1:
                self.move(self.x(), max(room.top(), room.bottom() + 1 - wanted))
        elif self.maximumHeight() != _MOST:
            room = self.screen().availableGeometry()
            self._free_height()
            self.setMinimumHeight(min(self._least().height(), room.height()))
            height = min(max(self._full_height, self._least().height()), room.height())
            top = max(room.top(), min(self.y(), room.bottom() + 1 - height))
            self.setGeometry(self.x(), top, self.width(), height)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._edges.reach = theme.length("xs")
        self._layout.setContentsMargins(*(theme.length("xs"),) * 4)
        self.setMinimumWidth(min(self._least().width(), self.screen().availableGeometry().width()))
        self._fit_soon.start()
        self.update()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Quick question"))

    def event(self, event: QEvent) -> bool:
        """Follow what is written and what is filled in."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._is_compact:
            self._fit_soon.start()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        draw_box(
            QPainter(self),
            QRectF(self.rect()),
            0,
            theme.color("page"),
            theme.color("borderControl"),
            theme.stroke("border"),
        )
