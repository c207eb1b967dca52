"""What the web engine opens over a page: lists of choices and calendars stay within the page, dialogs do not open at all.

The engine makes them as windows that are children of its view. When one is shown for the first time, Qt tells the view that its child is
polished: everything is made, and nothing is on the screen yet.
"""

from PySide6.QtCore import QChildEvent, QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

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
