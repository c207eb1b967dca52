"""Frameless window for quick questions: compact while no question is asked, larger with an answer."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated

# Resizing of a frameless window by its edges.

_CURSORS = {
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
    """Tracks the pointer at the margin of `window`, which is `reach` pixels wide. Corners extend farther."""

    def __init__(self, window: QWidget, reach: int) -> None:
        super().__init__(window)
        self._window = window
        self.reach = reach
        self.across_only = False
        """Whether only the width can be changed."""
        window.setMouseTracking(True)
        window.installEventFilter(self)

    def edges_at(self, position: QPointF) -> Qt.Edge:
        """Return the edges at a position in the window; none in its middle."""
        width, height, corner = self._window.width(), self._window.height(), 3 * self.reach
        on_rim = not self._window.rect().adjusted(*(self.reach,) * 2, *(-self.reach,) * 2).contains(position.toPoint())
        edges = Qt.Edge(0)
        if not on_rim:
            return edges
        near = {
            Qt.Edge.LeftEdge: position.x(),
            Qt.Edge.RightEdge: width - position.x(),
            Qt.Edge.TopEdge: position.y(),
            Qt.Edge.BottomEdge: height - position.y(),
        }
        for edge, distance in near.items():
            if distance <= corner:
                edges |= edge
        if self.across_only:
            edges &= Qt.Edge.LeftEdge | Qt.Edge.RightEdge
        return edges

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the resize cursor at the edges, and start resizing."""
        if isinstance(event, QMouseEvent) and watched is self._window:
            edges = self.edges_at(event.position())
            if event.type() is QEvent.Type.MouseMove and not event.buttons():
                self._window.setCursor(_CURSORS.get(edges, Qt.CursorShape.ArrowCursor))
            if event.type() is QEvent.Type.MouseButtonPress and edges:
                self._window.windowHandle().startSystemResize(edges)
                return True
        return super().eventFilter(watched, event)


# Stored window geometry as text, restored on one of the current screens.

_MAX_COORDINATE = 100_000
"""Maximum coordinate in pixels; no screen extends farther."""


def geometry_to_text(geometry: QRect) -> str:
    """Return left, top, width and height in pixels as text."""
    return f"{geometry.x()},{geometry.y()},{geometry.width()},{geometry.height()}"


def geometry_from_text(text: str, screens: list[QRect], *, usual: QSize, least: QSize) -> QRect:
    """Return the stored geometry, adjusted to be completely visible; on the first screen if its own screen no longer exists.

    Without a valid stored geometry, the window has its default size, centred horizontally, at a fifth of the height.
    """
    stored = _numbers(text)
    geometry = QRect(*stored) if stored else QRect()
    on = next((screen for screen in screens if stored and screen.contains(geometry.center())), None)
    screen = on or screens[0]
    size = (geometry.size() if stored else usual).expandedTo(least).boundedTo(screen.size())
    if on is None:
        left = screen.left() + (screen.width() - size.width()) // 2
        top = screen.top() + min(screen.height() // 5, screen.height() - size.height())
    else:
        left = max(screen.left(), min(geometry.left(), screen.right() + 1 - size.width()))
        top = max(screen.top(), min(geometry.top(), screen.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _numbers(text: str) -> tuple[int, int, int, int] | None:
    try:
        left, top, width, height = (int(part) for part in text.split(","))
    except ValueError:
        return None
    if max(abs(left), abs(top), width, height) > _MAX_COORDINATE or min(width, height) <= 0:
        return None
    return left, top, width, height


_MAX_SIZE = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not define."""


class QuickWindow(Translated, QWidget):
    """Top-level window without a parent, so that it is visible while the main window is minimized. Closing hides it and emits `closed`."""

    closed = Signal()

    def __init__(self, appearance: Appearance, page: QWidget, shape: str) -> None:
        """`shape` is the result of `shape` in the last session; empty for the default."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._appearance = appearance
        self._page = page
        self._is_compact = True
        self._stored_geometry = shape
        self._full_height = 0
        self.setObjectName("quickWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAutoFillBackground(True)
        self._edges = WindowEdges(self, 1)
        self._edges.across_only = True
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(page)
        page.setCursor(Qt.CursorShape.ArrowCursor)  # the resize cursors are only for the margin
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        appearance.bind(self._restyle)
        self._retranslate()

    def appear(self) -> None:
        """Show and activate the window: where it was the last time, or initially on the screen of the pointer."""
        if not self.isVisible():
            self._restore_geometry()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_compact(self, *, compact: bool) -> None:
        """Use the height that the page needs, or the last height with an answer."""
        if compact != self._is_compact:
            self._store_geometry()
            self._is_compact = compact
            self._edges.across_only = compact
            self._fit()

    def max_text_height(self) -> int:
        """Return the maximum height of the text field in pixels."""
        return max(self._full_height, self._default_size().height()) // (2 if self._is_compact else 3)

    def geometry_text(self) -> str:
        """Return the geometry as text, to be stored."""
        self._store_geometry()
        return self._stored_geometry

    def _default_size(self) -> QSize:
        width = self._appearance.theme.length("paletteWidth")
        return QSize(width, width * 4 // 5)

    def _minimum_size(self) -> QSize:
        width = self._appearance.theme.length("paletteWidth")
        return QSize(width * 2 // 3, width // 2)

    def _restore_geometry(self) -> None:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        here = QGuiApplication.screenAt(self.cursor().pos())
        if here:
            screens.sort(key=lambda screen: screen != here.availableGeometry())
        geometry = geometry_from_text(
            self._stored_geometry, screens, usual=self._default_size(), least=self._minimum_size()
        )
        self._full_height = geometry.height()
        self._unfix_height()
        self.setGeometry(geometry)
        self._fit()

    def _store_geometry(self) -> None:
        if not self.isVisible():
            return
        if not self._is_compact:
            self._full_height = self.height()
        self._stored_geometry = geometry_to_text(QRect(self.pos(), QSize(self.width(), self._full_height)))

    def _unfix_height(self) -> None:
        self.setMinimumHeight(0)
        self.setMaximumHeight(_MAX_SIZE)

    def _fit(self) -> None:
        """Fix the height to the page's while compact; with an answer, let the user choose it."""
        if self._is_compact:
            available = self.screen().availableGeometry()
            wanted = self._layout.totalHeightForWidth(self.width())
            wanted = min(wanted if wanted > 0 else self._layout.totalSizeHint().height(), available.height())
            self.setFixedHeight(wanted)
            if self.y() + wanted > available.bottom() + 1:
                self.move(self.x(), max(available.top(), available.bottom() + 1 - wanted))
        elif self.maximumHeight() != _MAX_SIZE:
            available = self.screen().availableGeometry()
            self._unfix_height()
            self.setMinimumHeight(min(self._minimum_size().height(), available.height()))
            height = min(max(self._full_height, self._minimum_size().height()), available.height())
            top = max(available.top(), min(self.y(), available.bottom() + 1 - height))
            self.setGeometry(self.x(), top, self.width(), height)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._edges.reach = theme.length("xs")
        self._layout.setContentsMargins(*(theme.length("xs"),) * 4)
        self.setMinimumWidth(min(self._minimum_size().width(), self.screen().availableGeometry().width()))
        self._fit_soon.start()
        self.update()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Quick question"))

    def event(self, event: QEvent) -> bool:
        """Adapt the height to changes of the content."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._is_compact:
            self._fit_soon.start()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        self._store_geometry()
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
