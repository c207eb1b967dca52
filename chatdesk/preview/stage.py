"""Where generated pages are seen: the widget that the panel holds. One page runs; others are frozen or gone.

The web view is a native window of its own inside ours. As a plain widget it would turn the whole window into one that is composed on
the graphics card: Qt makes such a window anew (it flickers), and each repaint of the chat beside it then cost twice as much.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.preview.page_source import register_scheme
from chatdesk.preview.run import End, Run


class Stage(QWidget):
    """Shows a run, gives it the keyboard on a click, and takes it back on Esc."""

    escape_pressed = Signal()
    key_pressed = Signal(QKeyEvent)
    """A key that the panel may want before the page: those with F-keys; accept it to keep it from the page."""
    focus_changed = Signal(bool)

    def __init__(
        self,
        shims: str,
        memory_of: Callable[[int], int],
        kill: Callable[[int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        register_scheme()
        self._shims = shims
        self._memory_of = memory_of
        self._kill = kill
        self._run: Run | None = None
        self._view = QWebEngineView()
        self._view.setWindowFlags(Qt.WindowType.FramelessWindowHint)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self._view.winId()
        self._view.installEventFilter(self)
        container = QWidget.createWindowContainer(self._view.windowHandle(), self)
        container.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(container)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(container)

    @property
    def run(self) -> Run | None:
        """What is on the stage."""
        return self._run

    def open(self, content: bytes, content_type: str = "text/html; charset=utf-8") -> Run:
        """Put a page on the stage in place of what was there, and let it run. The run before is closed."""
        self.close_run()
        run = Run(content, content_type, self._shims, self._memory_of, self._kill, self)
        self._run = run
        self._show(run.page)
        run.ended.connect(self._take_off)
        run.begin()
        return run

    def close_run(self) -> None:
        """Leave the stage empty."""
        run, self._run = self._run, None
        if run is not None:
            self._show(None)
            run.close()

    def set_zoom(self, factor: float) -> None:
        """Show the page larger or smaller; 1 is its own size."""
        self._view.setZoomFactor(factor)

    def picture(self) -> QPixmap:
        """Return what is seen of the page."""
        return self._view.grab()

    def sizeHint(self) -> QSize:
        """Ask for a phone's width."""
        return QSize(390, 600)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Esc before the page could; other keys are offered to the panel."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                self.escape_pressed.emit()
                return True
        elif event.type() == QEvent.Type.FocusIn:
            self.focus_changed.emit(True)
        elif event.type() == QEvent.Type.FocusOut:
            self.focus_changed.emit(False)
        return super().eventFilter(watched, event)

    def _show(self, page: QWebEnginePage | None) -> None:
        self._view.setPage(page)  # type: ignore[arg-type]  # its stub does not know that no page is allowed

    def _take_off(self, _why: End) -> None:
        self._show(None)
