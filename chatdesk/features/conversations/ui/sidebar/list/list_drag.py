"""Drag and drop in the list: chats into and out of folders, and folders to other positions. Emits requests for the changes."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QFontMetricsF, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QListView

from chatdesk.features.conversations.ui.sidebar.folders.folder_actions import FolderRequests
from chatdesk.features.conversations.ui.sidebar.list.conversation_delegate import ConversationDelegate
from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.list_rows import ChatRow, FolderRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def drag_image(theme: Theme, icon: str, text: str, ratio: float) -> QPixmap:
    """Return the drag image of chats or a folder, small and beside the pointer so that the target stays visible.

    The top left corner is the position of the pointer; `ratio` is the device pixel ratio.
    """
    pad, size, height = theme.length("s"), theme.length("icon.ui"), theme.length("buttonSmall")
    font = theme.font("ui")
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, theme.length("sidebarOverlay") / 2)
    box = QRectF(theme.length("m"), theme.length("m"), 3 * pad + size + metrics.horizontalAdvance(shown) + 1, height)
    picture_size = QSize(int(box.right()) + 2, int(box.bottom()) + 2)
    picture = QPixmap(picture_size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, border = theme.length("radius.control"), theme.color("borderDefault")
    draw_box(painter, box, radius, theme.color("raised"), border, theme.stroke("border"))
    draw_icon(
        painter,
        theme,
        icon,
        theme.color("textSecondary"),
        QRectF(box.left() + pad, box.top(), size, box.height()),
        size,
    )
    painter.setFont(font)
    draw_text(painter, box.adjusted(2 * pad + size, 0, 0, 0), shown, theme.color("text"), _LEFT)
    painter.end()
    return picture


CHATS, FOLDER = "application/x-chatdesk-chats", "application/x-chatdesk-folder"
"""MIME types of dragged data: chat IDs, one per line, or a folder ID."""

_EDGE, _SCROLL_PAUSE = 28, 30
"""Height in pixels of the areas at the top and bottom in which the list scrolls, and milliseconds between two steps."""
_SCROLL_STEP = 14


class ListDrag(QObject):
    """Event filter of the viewport of the list. `chosen` returns the chats to drag for an index."""

    ended = Signal()
    """A drag ended, wherever the item was dropped."""

    def __init__(
        self,
        appearance: Appearance,
        view: QListView,
        model: ConversationModel,
        delegate: ConversationDelegate,
        requests: FolderRequests,
        chosen: Callable[[QModelIndex], list[str]],
    ) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._model = model
        self._delegate = delegate
        self._requests = requests
        self._chosen = chosen
        self._pressed_at: QPoint | None = None
        self._speed = 0
        self._timer = QTimer(self, interval=_SCROLL_PAUSE)
        self._timer.timeout.connect(self._scroll)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def content(self, position: QPoint) -> QMimeData | None:
        """Return the data for dragging the row at a position; None if it cannot be dragged."""
        index = self._view.indexAt(position)
        data = QMimeData()
        match self._model.row_at(index):
            case ChatRow():
                data.setData(CHATS, "\n".join(self._chosen(index)).encode())
            case FolderRow(folder):
                data.setData(FOLDER, folder.id.encode())
            case _:
                return None
        return data

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start drags, highlight the drop target, and handle drops."""
        match event.type():
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                left = event.button() is Qt.MouseButton.LeftButton
                self._pressed_at = event.position().toPoint() if left else None
            case QEvent.Type.MouseButtonRelease | QEvent.Type.MouseButtonDblClick:
                self._pressed_at = None
            case QEvent.Type.MouseMove if (
                isinstance(event, QMouseEvent) and event.buttons() & Qt.MouseButton.LeftButton
            ):
                return self._start_drag_if_far(event.position())
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDragMoveEvent):
                return self._on_drag_move(event)
            case QEvent.Type.DragLeave:
                self._end_drag()
                return True
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                return self._on_drop(event)
            case _:
                pass
        return super().eventFilter(watched, event)

    def _start_drag_if_far(self, position: QPointF) -> bool:
        pressed = self._pressed_at
        if pressed is None or (position.toPoint() - pressed).manhattanLength() < QApplication.startDragDistance():
            return False
        self._pressed_at = None
        content = self.content(pressed)
        if content is None:
            return False
        drag = QDrag(self._view)
        drag.setMimeData(content)
        drag.setPixmap(self._picture(pressed, content))
        drag.setHotSpot(QPoint(0, 0))
        drag.exec(Qt.DropAction.MoveAction)
        self._end_drag()
        self.ended.emit()
        return True

    def _picture(self, pressed: QPoint, content: QMimeData) -> QPixmap:
        row = self._model.row_at(self._view.indexAt(pressed))
        count = content.data(CHATS).count(b"\n") + 1
        text = self.tr("%n chat(s)", "", count) if count > 1 else row.title if row else ""
        icon = "folder" if content.hasFormat(FOLDER) else "message-square"
        return drag_image(self._appearance.theme, icon, text, self._view.devicePixelRatioF())

    def _on_drag_move(self, event: QDragMoveEvent) -> bool:
        position = event.position().toPoint()
        if event.mimeData().hasFormat(FOLDER):
            target = self._view.indexAt(position)
            allowed = isinstance(self._model.row_at(target), FolderRow)
        elif event.mimeData().hasFormat(CHATS):
            target, allowed = self._model.index_of_folder(self._folder_at(position)), True
        else:
            event.ignore()
            return True
        self._mark(target if allowed else QModelIndex())
        self._speed = -1 if position.y() < _EDGE else int(position.y() > self._view.viewport().height() - _EDGE)
        if self._speed:
            self._timer.start()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(allowed)
        return True

    def _on_drop(self, event: QDropEvent) -> bool:
        position, content = event.position().toPoint(), event.mimeData()
        self._end_drag()
        row = self._model.row_at(self._view.indexAt(position))
        if content.hasFormat(CHATS):
            chats = bytes(content.data(CHATS).data()).decode("utf-8", "replace").split("\n")
            self._requests.move_requested.emit(chats, self._folder_at(position))
        elif content.hasFormat(FOLDER) and isinstance(row, FolderRow):
            moved = bytes(content.data(FOLDER).data()).decode("utf-8", "replace")
            self._requests.reorder_requested.emit(moved, row.folder.id)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        return True

    def _folder_at(self, position: QPoint) -> str:
        """Return the folder of the row at a position, which is a folder or a chat in it; "" for none."""
        match self._model.row_at(self._view.indexAt(position)):
            case FolderRow(folder):
                return folder.id
            case ChatRow(conversation, inside=True):
                return conversation.folder_id or ""
            case _:
                return ""

    def _mark(self, index: QModelIndex) -> None:
        if self._delegate.drop_target != index:
            self._delegate.drop_target = QPersistentModelIndex(index)
            self._view.viewport().update()

    def _end_drag(self) -> None:
        self._speed = 0
        self._timer.stop()
        self._mark(QModelIndex())

    def _scroll(self) -> None:
        if not self._speed:
            self._timer.stop()
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed * _SCROLL_STEP)
