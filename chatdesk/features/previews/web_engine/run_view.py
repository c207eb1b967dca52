"""Widget that shows generated pages in the panel. One page runs; others are frozen or closed.

The web view is a native window inside the window. As a plain widget, it would switch the whole window to composition on the
graphics card: Qt then recreates the window (it flickers), and each repaint of the chat beside it costs twice as much.
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

from chatdesk.features.previews.web_engine.page import Page
from chatdesk.features.previews.web_engine.page_source import register_scheme
from chatdesk.features.previews.web_engine.run import End, Processes, Run
from chatdesk.kernel.chat.stored_items import StoredItems


def use_software_rendering_without_driver() -> None:
    """Switch to software rendering on Linux without any OpenGL, where pages would stay black. Other systems always have OpenGL.

    Must be called before the first page is shown.
    """
    # The web engine requests this context next; it is created only once.
    shared: QOpenGLContext | None = QOpenGLContext.globalShareContext()
    if sys.platform.startswith("linux") and shared is not None and not shared.isValid():
        QQuickWindow.setSceneGraphBackend("software")


_MAX_TOOL_TIP_LENGTH = 300
_BELOW_POINTER = QPoint(8, 16)


class Popups(QObject):
    """Keeps popups of a page (drop-down lists and date pickers) inside it and blocks its dialogs. `view` is inside `frame`.

    The engine creates them as windows that are children of its view. Before one is shown for the first time, Qt notifies the view with
    ChildPolished: the window is complete but not yet visible.
    """

    dialog_refused = Signal()
    """The page requested a dialog, such as a color picker."""

    def __init__(self, view: QWidget, frame: QWidget) -> None:
        super().__init__(frame)
        self._view = view
        self._frame = frame
        self._popup: QWidget | None = None
        self._tool_tip: QLabel | None = None
        self._popup_window: QWidget | None = None
        view.installEventFilter(self)
        frame.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether a drop-down list or a date picker is open."""
        return self._popup is not None and self._popup.isVisible()

    def close(self) -> None:
        """Close the open popup by sending Esc: if it were only hidden, it would stay open for the page."""
        self.hide_tool_tip()
        if self._popup is None:
            return
        popup, self._popup = self._popup, None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if inner := self._view.focusProxy():
                QCoreApplication.sendEvent(inner, QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
        popup.hide()

    def hide_tool_tip(self) -> None:
        """Hide the tool tip."""
        if self._tool_tip is not None:
            self._tool_tip.hide()
            self._tool_tip.deleteLater()
            self._tool_tip = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle popups before they are shown, and keep them inside the page when it moves."""
        kind = event.type()
        if kind is QEvent.Type.ChildPolished and watched is self._view and isinstance(event, QChildEvent):
            self._on_child_polished(event.child())
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize} and watched is self._popup:
            self._keep_inside(self._popup)
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize} and watched in {self._popup_window, self._frame}:
            self.close()
        elif kind is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tool_tip(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def _on_child_polished(self, child: QObject) -> None:
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
        if self._popup_window is not None:
            self._popup_window.removeEventFilter(self)
        self._popup, self._popup_window = child, self._frame.window()
        self._popup_window.installEventFilter(self)
        child.destroyed.connect(self._on_popup_destroyed)
        child.installEventFilter(self)
        self._keep_inside(child)

    def _on_popup_destroyed(self, destroyed: QObject) -> None:
        if destroyed is self._popup:
            self._popup = None

    def _keep_inside(self, popup: QWidget) -> None:
        target = _moved_into(popup.geometry(), self._page_rect())
        if target != popup.geometry():
            popup.setGeometry(target)

    def _page_rect(self) -> QRect:
        return QRect(self._frame.mapToGlobal(QPoint()), self._frame.size())

    def _show_tool_tip(self, at: QPoint) -> None:
        """Show the tool tip of the page in place of Qt's, which could extend beyond the page."""
        self.hide_tool_tip()
        text = self._view.toolTip()
        if not text:
            return
        tip = QLabel(text[:_MAX_TOOL_TIP_LENGTH], self._view, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        tip.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        tip.setTextFormat(Qt.TextFormat.PlainText)  # untrusted text, which Qt would otherwise interpret as HTML
        tip.setWordWrap(True)
        tip.setMargin(4)
        self._tool_tip = tip
        page_rect = self._page_rect()
        tip.setMaximumWidth(min(360, page_rect.width()))
        tip.adjustSize()
        tip.setGeometry(_moved_into(QRect(at + _BELOW_POINTER, tip.size()), page_rect))
        tip.show()


def _moved_into(inner: QRect, outer: QRect) -> QRect:
    """Return `inner` moved into `outer` and reduced to its size if needed."""
    moved = QRect(inner.topLeft(), inner.size().boundedTo(outer.size()))
    moved.moveLeft(max(outer.left(), min(moved.left(), outer.right() - moved.width() + 1)))
    moved.moveTop(max(outer.top(), min(moved.top(), outer.bottom() - moved.height() + 1)))
    return moved


_FREE_MEMORY_DELAYS = (500, 5_000)
"""Delays after the end of a page for freeing its memory in this process: the usual one, and one for slow computers."""


class RunView(QWidget):
    """Shows a run, focuses it on a click, and returns the focus on Esc."""

    escape_pressed = Signal()
    key_pressed = Signal(QKeyEvent)
    """A function key was pressed: accept the event to keep it from the page. Other shortcuts work as usual."""
    focus_changed = Signal(bool)
    dialog_refused = Signal()
    """The page requested a system dialog, such as a color picker."""

    def __init__(
        self,
        shims: str,
        processes: Processes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        register_scheme()
        use_software_rendering_without_driver()
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
        self._window = self.window()

    @property
    def run(self) -> Run | None:
        """The current run; None if no page is shown."""
        return self._run

    def open(self, content: bytes, content_type: str = "text/html; charset=utf-8", kept: StoredItems = ()) -> Run:
        """Run a page in place of the previous one, which is closed.

        `kept` is what the page stored in its last run.
        """
        self.close_run()
        run = Run(content, content_type, self._shims, self._processes, self, kept)
        self._run = run
        self._show(run.page)
        run.ended.connect(self._on_run_ended)
        run.begin()
        return run

    def close_run(self) -> None:
        """Close the current page."""
        run, self._run = self._run, None
        if run is not None:
            self._show(None)
            run.close()

    def set_zoom(self, factor: float) -> None:
        """Set the zoom factor; 1 is the original size."""
        self._view.setZoomFactor(factor)

    def picture(self) -> QPixmap:
        """Return a picture of the visible part of the page."""
        return self._view.grab()

    def sizeHint(self) -> QSize:
        return QSize(390, 600)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._popups.close()
        self._release_pointer()
        QTimer.singleShot(0, self, self._update_paused)  # the inner view is hidden after this event

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._window is not self.window():
            self._window = self.window()
            QTimer.singleShot(0, self, self._recreate_native_window)
        QTimer.singleShot(0, self, self._update_paused)

    def _recreate_native_window(self) -> None:
        """Recreate the native window of the view after a move to another window, where the old one draws nothing. The page keeps running.

        The inner widgets are notified by the events that Qt itself uses, and release the graphics resources of the old window.
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

    def _update_paused(self) -> None:
        if self._run is not None:
            self._run.set_paused(paused=not self.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle Esc before the page and all shortcuts, and offer function keys to the panel first."""
        match event.type():
            case QEvent.Type.ChildAdded if isinstance(event, QChildEvent):
                # The engine creates an inner widget that receives the keyboard input, possibly again for each page.
                event.child().installEventFilter(self)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                is_handled = watched is not self._view and self._handle_key(event)
                if not is_handled and (page := self._page()):
                    page.allow_interaction()
                return is_handled
            case QEvent.Type.MouseButtonPress if watched is not self._view:
                self._popups.hide_tool_tip()
                if page := self._page():
                    page.allow_interaction()
            case QEvent.Type.Wheel if watched is not self._view:
                self._popups.close()
            case QEvent.Type.MouseMove | QEvent.Type.Leave if (
                isinstance(watched, QWidget) and watched is not self._view
            ):
                self._popups.hide_tool_tip()
                self._recenter_pointer(watched)
            case QEvent.Type.FocusIn | QEvent.Type.FocusOut if watched is not self._view:
                if event.type() == QEvent.Type.FocusOut:
                    self._release_pointer()
                self.focus_changed.emit(event.type() == QEvent.Type.FocusIn)
            case _:
                pass
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Return whether a key must not reach the page."""
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape:
            if self._popups.is_open:
                return False
            if pressed and not event.isAutoRepeat() and not self._release_pointer():
                self.escape_pressed.emit()
            return True
        if pressed and Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            event.ignore()
            self.key_pressed.emit(event)
            is_handled = event.isAccepted()
            event.accept()
            return is_handled
        return False

    def _page(self) -> Page | None:
        return self._run.page if self._run is not None else None

    def _recenter_pointer(self, view: QWidget) -> None:
        """Move the pointer back to the center when it comes near an edge while it is locked to the page."""
        page = self._page()
        if page is None or not page.has_pointer:
            return
        width, height = view.width() // 5, view.height() // 5
        if not view.rect().adjusted(width, height, -width, -height).contains(view.mapFromGlobal(QCursor.pos())):
            QCursor.setPos(view.mapToGlobal(view.rect().center()))

    def _release_pointer(self) -> bool:
        """Release the pointer; return whether the page had locked it."""
        page = self._page()
        had = page is not None and page.has_pointer
        if page is not None:
            page.release_pointer()
        return had

    def _show(self, page: QWebEnginePage | None) -> None:
        self._popups.close()
        self._view.setPage(page)  # type: ignore[arg-type]  # the stub does not allow None

    def _on_run_ended(self, _why: End) -> None:
        self._show(None)
        # Blobs are kept in this process. Freed memory of a gigabyte would never return to the system; returning it takes about 40 ms.
        pool = QThreadPool.globalInstance()
        for delay in _FREE_MEMORY_DELAYS:
            # The context object is the pool because this widget may have been deleted by then.
            QTimer.singleShot(delay, pool, partial(pool.start, self._processes.release_memory))
