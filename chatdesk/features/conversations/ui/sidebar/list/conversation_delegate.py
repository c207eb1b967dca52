"""Item delegate of the list: passes the state of each row to row_painter.py, and provides the field for renaming.

`RenameKeeper` keeps that field open while all rows are replaced, for example because another computer has added chats.
"""

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.list_rows import (
    ChatRow,
    FolderRow,
    HeaderRow,
    HitRow,
    MoreHitRow,
    Row,
    TrashRow,
)
from chatdesk.features.conversations.ui.sidebar.list.row_painter import (
    ListRowState,
    draw_row,
    row_box,
    row_height,
    title_rect,
)
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import Index, RowDelegate, RowList
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.folder_names import shown_folder_name


class ConversationDelegate(RowDelegate[RowList]):
    """Only the row being renamed has a widget of its own."""

    renamed = Signal(str, str)
    """The ID of a chat and its new title, which is never empty."""

    folder_renamed = Signal(str, str)
    """The ID of a folder and its new name, which is never empty."""

    def __init__(self, appearance: Appearance, model: ConversationModel, view: RowList) -> None:
        super().__init__(appearance, view)
        self._model = model
        self._sizes: dict[tuple[type[Row], bool], QSize] = {}
        appearance.bind(self._restyle)
        self.spinner_angle = 0.0
        self.drop_target = QPersistentModelIndex()
        """The folder under a dragged item."""

    def state_of(self, option: QStyleOptionViewItem) -> ListRowState:
        """Return the state of a row."""
        return ListRowState.of(option, self._view, angle=self.spinner_angle)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        if row is not None:
            state = replace(self.state_of(option), dropping=self.drop_target == index)
            draw_row(painter, self._appearance.theme, QRectF(option.rect), row, state)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; rows are as wide as the list."""
        return self._sizes[self._model.kind_of(index.row())]

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Create the field for renaming a chat or a folder."""
        theme = self._appearance.theme
        editor = QLineEdit(parent)
        editor.setObjectName("renameField")
        is_folder = isinstance(_row(index), FolderRow)
        editor.setAccessibleName(self.tr("Folder name") if is_folder else self.tr("Chat title"))
        editor.setFont(theme.font("ui"))
        editor.setMaxLength(1_000)
        margin = theme.length("s") - theme.length("m")
        editor.setTextMargins(margin, 0, margin, 0)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Set the text of the field, but never over typed text: a chat may change while it is being renamed."""
        row = _row(index)
        if isinstance(editor, QLineEdit) and isinstance(row, ChatRow | FolderRow) and not editor.isModified():
            editor.setText(shown_folder_name(row.folder.name) if isinstance(row, FolderRow) else row.conversation.title)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Emit the new title; an empty title changes nothing."""
        row = _row(index)
        title = " ".join(editor.text().split()) if isinstance(editor, QLineEdit) else ""
        match row:
            case ChatRow(conversation) if title not in {"", conversation.title}:
                self.renamed.emit(conversation.id, title)
            case FolderRow(folder) if title not in {"", shown_folder_name(folder.name)}:
                self.folder_renamed.emit(folder.id, title)
            case _:
                pass

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Place the field over the row so that the text does not move."""
        theme, row = self._appearance.theme, _row(index)
        gap, box = theme.length("hair"), row_box(theme, QRectF(option.rect))
        if row:
            box.setLeft(title_rect(theme, QRectF(option.rect), row, ListRowState()).left() - theme.length("s"))
        editor.setGeometry(box.adjusted(0, gap, 0, -gap).toRect())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._sizes = {
            (kind, in_document): QSize(0, row_height(theme, kind, in_document=in_document))
            for kind in (HeaderRow, FolderRow, ChatRow, HitRow, MoreHitRow, TrashRow)
            for in_document in (False, True)
        }


def _row(index: Index) -> Row | None:
    row: Row | None = index.data(ROW_ROLE)
    return row


@dataclass(frozen=True, slots=True)
class _Renaming:
    """A title that is being edited, of a chat or a folder. The selection is between the characters `anchor` and `cursor`."""

    chat: str
    folder: str
    text: str
    is_modified: bool
    anchor: int
    cursor: int


class RenameKeeper(QObject):
    """Opens the field again with the same text and selection: Qt discards it with what was typed, and further keys would go elsewhere."""

    def __init__(self, view: QAbstractItemView, model: ConversationModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._renaming: _Renaming | None = None
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _remember(self) -> None:
        self._renaming = None
        index = self._view.currentIndex()
        field = self._view.indexWidget(index)
        if not isinstance(field, QLineEdit):
            return
        row = self._model.row_at(index)
        chat = row.conversation.id if isinstance(row, ChatRow) else ""
        folder = row.folder.id if isinstance(row, FolderRow) else ""
        start, cursor = field.selectionStart(), field.cursorPosition()
        anchor = cursor if start < 0 else start + field.selectionEnd() - cursor
        self._renaming = _Renaming(chat, folder, field.text(), field.isModified(), anchor, cursor)

    def _restore(self) -> None:
        renaming, self._renaming = self._renaming, None
        if renaming is None:
            return
        model = self._model
        index = model.index_of(renaming.chat) if renaming.chat else model.index_of_folder(renaming.folder)
        if not index.isValid():
            return
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._view.edit(index)
        field = self._view.indexWidget(index)
        if isinstance(field, QLineEdit):
            field.setText(renaming.text)
            field.setModified(renaming.is_modified)
            field.setSelection(renaming.anchor, renaming.cursor - renaming.anchor)
