"""Where generated pages are seen: the widget that the panel holds. One page runs; others are frozen or gone.

The web view is a native window of its own inside ours. As a plain widget it would turn the whole window into one that is composed on
the graphics card: Qt makes such a window anew (it flickers), and each repaint of the chat beside it then cost twice as much.
"""

import sys
from functools import partial

from PySide6.QtCore import (
    QChildEvent,
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
)
from PySide6.QtGui import QCursor, QHelpEvent, QHideEvent, QKeyEvent, QOpenGLContext, QPixmap, QShowEvent
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from chatdesk.features.previews.engine.page import Page
from chatdesk.features.previews.engine.page_source import register_scheme
from chatdesk.features.previews.engine.processes import Processes
from chatdesk.features.previews.engine.run import End, Run
from chatdesk.kernel.chat.stored_items import StoredItems

# How pages come to the screen where graphics drivers are missing. Decided before the first page is shown.


def draw_without_driver() -> None:
    """Let Qt draw pages by itself on a Linux whose screen has no OpenGL at all: they would stay black. Other systems always have theirs."""
    # The web engine asks for this context next, and it is made once.
    shared: QOpenGLContext | None = QOpenGLContext.globalShareContext()
    if sys.platform.startswith("linux") and shared is not None and not shared.isValid():
        QQuickWindow.setSceneGraphBackend("software")


# What the web engine opens over a page: lists of choices and calendars stay within the page, dialogs do not
# open at all.
#
# The engine makes them as windows that are children of its view. When one is shown for the first time, Qt
# tells the view that its child is polished: everything is made, and nothing is on the screen yet.

_LONGEST_TOOL_TIP = 300
_BELOW_POINTER = QPoint(8, 16)


class Popups(QObject):
    """Watches a view that lies in `frame`."""

    dialog_refused = Signal()
    """The page wanted a dialog, of colours for example."""

    def __init__(self, view: QWidget, frame: QWidget) -> None:
        super().__init__(frame)
        self._view = view
        self._frame = frame
        self._popup: QWidget | None = None
        self._tool_tip: QLabel | None = None
        self._seen_in: QWidget | None = None
        view.installEventFilter(self)
        frame.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether a list of choices or a calendar is open."""
        return self._popup is not None and self._popup.isVisible()

    def close(self) -> None:
        """Close what is open, as Esc would: hidden only, it would stay open for the page."""
        self.hide_tool_tip()
        if self._popup is None:
            return
        popup, self._popup = self._popup, None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if inner := self._view.focusProxy():
                QCoreApplication.sendEvent(inner, QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
        popup.hide()

    def hide_tool_tip(self) -> None:
        """Hide the words about what the pointer was over."""
        if self._tool_tip is not None:
            self._tool_tip.hide()
            self._tool_tip.deleteLater()
            self._tool_tip = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Meet what is about to be shown; keep it where the page is, also when that moves."""
        kind = event.type()
        if kind is QEvent.Type.ChildPolished and watched is self._view and isinstance(event, QChildEvent):
            self._meet(event.child())
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize} and watched is self._popup:
            self._keep_inside(self._popup)
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize} and watched in {self._seen_in, self._frame}:
            self.close()
        elif kind is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tool_tip(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def _meet(self, child: QObject) -> None:
        if not isinstance(child, QWidget) or not child.isWindow() or child is self._tool_tip:
            return
        if isinstance(child, QDialog):
            child.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            child.setModal(False)
            QTimer.singleShot(0, child, child.reject)
            self.dialog_refused.emit()
            return
        if self._popup is not None:
            self._popup.removeEventFilter(self)
        if self._seen_in is not None:
            self._seen_in.removeEventFilter(self)
        self._popup, self._seen_in = child, self._frame.window()
        self._seen_in.installEventFilter(self)
        child.destroyed.connect(self._forget)
        child.installEventFilter(self)
        self._keep_inside(child)

    def _forget(self, gone: QObject) -> None:
        if gone is self._popup:
            self._popup = None

    def _keep_inside(self, popup: QWidget) -> None:
        wanted = _moved_into(popup.geometry(), self._place())
        if wanted != popup.geometry():
            popup.setGeometry(wanted)

    def _place(self) -> QRect:
        return QRect(self._frame.mapToGlobal(QPoint()), self._frame.size())

    def _show_tool_tip(self, at: QPoint) -> None:
        """Show the words that a page gives a thing in place of Qt's own tool tip, which would reach beyond the page."""
        self.hide_tool_tip()
        words = self._view.toolTip()
        if not words:
            return
        tip = QLabel(words[:_LONGEST_TOOL_TIP], self._view, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        tip.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        tip.setTextFormat(Qt.TextFormat.PlainText)  # they are the page's words, and Qt would read HTML in them
        tip.setWordWrap(True)
        tip.setMargin(4)
        self._tool_tip = tip
        place = self._place()
        tip.setMaximumWidth(min(360, place.width()))
        tip.adjustSize()
        tip.setGeometry(_moved_into(QRect(at + _BELOW_POINTER, tip.size()), place))
        tip.show()


def _moved_into(inner: QRect, outer: QRect) -> QRect:
    """Return the rectangle made no larger than the outer one and moved into it."""
    moved = QRect(inner.topLeft(), inner.size().boundedTo(outer.size()))
    moved.moveLeft(max(outer.left(), min(moved.left(), outer.right() - moved.width() + 1)))
    moved.moveTop(max(outer.top(), min(moved.top(), outer.bottom() - moved.height() + 1)))
    return moved


_TIDY_MILLISECONDS = (500, 5_000)
"""After the end of a page, when Chromium has let go of what it held for it in our process: soon, and on a slow machine."""


class RunView(QWidget):
    """Shows a run, gives it the keyboard on a click, and takes it back on Esc."""

    escape_pressed = Signal()
    key_pressed = Signal(QKeyEvent)
    """A function key, before the page has it; accept the event to keep it from the page. Other shortcuts work as everywhere."""
    focus_changed = Signal(bool)
    dialog_refused = Signal()
    """The page wanted a dialog of the system, of colours for example."""

    def __init__(
        self,
        shims: str,
        processes: Processes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        register_scheme()
        draw_without_driver()
        self._shims = shims
        self._processes = processes
        self._run: Run | None = None
        self._view = QWebEngineView()
        self._view.setWindowFlags(Qt.WindowType.FramelessWindowHint)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self._view.installEventFilter(self)
        self._popups = Popups(self._view, self)
        self._popups.dialog_refused.connect(self.dialog_refused)
        self._view.winId()
        container = QWidget.createWindowContainer(self._view.windowHandle(), self)
        container.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(container)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(container)
        self._inside = self.window()

    @property
    def run(self) -> Run | None:
        """What is on the stage."""
        return self._run

    def open(self, content: bytes, content_type: str = "text/html; charset=utf-8", kept: StoredItems = ()) -> Run:
        """Put a page on the stage in place of what was there, and let it run. The run before is closed.

        `kept` is what the page's last run has left in its storage.
        """
        self.close_run()
        run = Run(content, content_type, self._shims, self._processes, self, kept)
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
        return QSize(390, 600)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._popups.close()
        self._take_pointer()
        QTimer.singleShot(0, self, self._pause_unseen)  # the view inside is hidden after this

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._inside is not self.window():
            self._inside = self.window()
            QTimer.singleShot(0, self, self._make_native_window_anew)
        QTimer.singleShot(0, self, self._pause_unseen)

    def _make_native_window_anew(self) -> None:
        """Give the view another native window, as this came into another window of ours: there the old one draws nothing any more.

        What draws inside the view is told in the way Qt itself does it, and lets go of the graphics of the old one. The page goes on.
        """
        window = self._view.windowHandle()
        inner = [child for child in self._view.children() if isinstance(child, QWidget)]
        for widget in inner:
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.WindowAboutToChangeInternal))
        window.destroy()
        window.create()
        window.setVisible(self.isVisible())
        for widget in inner:
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.WindowChangeInternal))

    def _pause_unseen(self) -> None:
        if self._run is not None:
            self._run.set_paused(paused=not self.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Esc before the page and all shortcuts could; function keys are offered to the panel."""
        match event.type():
            case QEvent.Type.ChildAdded if isinstance(event, QChildEvent):
                # Inside the view a widget that the engine makes has the keyboard; it may come again with each page.
                event.child().installEventFilter(self)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                taken = watched is not self._view and self._take_key(event)
                if not taken and (page := self._page()):
                    page.use()
                return taken
            case QEvent.Type.MouseButtonPress if watched is not self._view:
                self._popups.hide_tool_tip()
                if page := self._page():
                    page.use()
            case QEvent.Type.Wheel if watched is not self._view:
                self._popups.close()
            case QEvent.Type.MouseMove | QEvent.Type.Leave if (
                isinstance(watched, QWidget) and watched is not self._view
            ):
                self._popups.hide_tool_tip()
                self._keep_pointer(watched)
            case QEvent.Type.FocusIn | QEvent.Type.FocusOut if watched is not self._view:
                if event.type() == QEvent.Type.FocusOut:
                    self._take_pointer()
                self.focus_changed.emit(event.type() == QEvent.Type.FocusIn)
            case _:
                pass
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Return whether the page shall not have a key."""
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape:
            if self._popups.is_open:
                return False
            if pressed and not event.isAutoRepeat() and not self._take_pointer():
                self.escape_pressed.emit()
            return True
        if pressed and Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            event.ignore()
            self.key_pressed.emit(event)
            taken = event.isAccepted()
            event.accept()
            return taken
        return False

    def _page(self) -> Page | None:
        return self._run.page if self._run is not None else None

    def _keep_pointer(self, view: QWidget) -> None:
        """Put the pointer back into the middle where it comes near an edge, while the page has it."""
        page = self._page()
        if page is None or not page.has_pointer:
            return
        width, height = view.width() // 5, view.height() // 5
        if not view.rect().adjusted(width, height, -width, -height).contains(view.mapFromGlobal(QCursor.pos())):
            QCursor.setPos(view.mapToGlobal(view.rect().center()))

    def _take_pointer(self) -> bool:
        """Take the pointer back from the page; return whether it had it."""
        page = self._page()
        had = page is not None and page.has_pointer
        if page is not None:
            page.take_pointer()
        return had

    def _show(self, page: QWebEnginePage | None) -> None:
        self._popups.close()
        self._view.setPage(page)  # type: ignore[arg-type]  # its stub does not know that no page is allowed

    def _take_off(self, _why: End) -> None:
        self._show(None)
        # Blobs lie in our process. Freed, a gigabyte of them would stay with us for good; to give it back takes some 40 ms.
        pool = QThreadPool.globalInstance()
        for delay in _TIDY_MILLISECONDS:
            QTimer.singleShot(
                delay, pool, partial(pool.start, self._processes.give_memory_back)
            )  # this may be gone by then
