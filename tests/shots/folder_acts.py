"""What the person does with folders of chats before the picture is taken."""

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication, QMenu

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.sidebar.list.list_drag import CHATS
from chatdesk.kernel.chat.conversation import Folder
from tests.shots.stage import Stage


def _list(stage: Stage) -> ConversationList:
    view = stage.part("conversationList")
    assert isinstance(view, ConversationList)
    return view


def _row(stage: Stage, number: int) -> QModelIndex:
    """Return the row of a folder."""
    folder = stage.program.folders.all()[number]
    return stage.window._sidebar._model.index_of_folder(folder.id)


def _folder(stage: Stage, number: int) -> Folder:
    return stage.program.folders.all()[number]


async def stand_on_folder(stage: Stage) -> None:
    view = _list(stage)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(_row(stage, 1))


async def open_folder_menu(stage: Stage) -> None:
    view = _list(stage)
    stage.right_click(view.viewport(), view.visualRect(_row(stage, 0)).center())
    await stage.settle()


async def move_to_folder(stage: Stage) -> None:
    view = _list(stage)
    stage.right_click(view.viewport(), view.visualRect(stage.window._sidebar._model.index(10, 0)).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    sub = menu.findChild(QMenu, "moveToFolder")
    assert sub is not None
    menu.setActiveAction(sub.menuAction())
    sub.popup(menu.mapToGlobal(menu.actionGeometry(sub.menuAction()).topRight()))
    await stage.settle()


async def rename_folder(stage: Stage) -> None:
    stage.window._sidebar.rename_folder(_folder(stage, 0).id)
    await stage.settle()


async def delete_folder(stage: Stage) -> None:
    stage.window._sidebar.folder_wishes.delete_wanted.emit(_folder(stage, 0).id)
    await stage.settle()


async def begin_in_folder(stage: Stage) -> None:
    folder = _folder(stage, 0)
    await stage.program.folders.set_preset(folder.id, await _preset(stage))
    stage.window._sidebar.folder_wishes.new_chat_wanted.emit(folder.id)
    await stage.settle()


async def show_defaults(stage: Stage) -> None:
    folder, view = _folder(stage, 0), _list(stage)
    await stage.program.folders.set_preset(folder.id, await _preset(stage))
    menu = view._folders.menu(view.model().row_at(_row(stage, 0)), view.visualRect(_row(stage, 0)))
    menu.defaults_chosen.emit()
    await stage.settle()


async def hold_over_folder(stage: Stage) -> None:
    view = _list(stage)
    content = QMimeData()
    content.setData(CHATS, b"1")
    place = view.visualRect(_row(stage, 1)).center()
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(view.viewport(), kind(place, move, content, left, none))


async def _preset(stage: Stage) -> str:
    await stage.until(lambda: stage.program.presets.loaded)
    return next(each.key for each in stage.program.presets.all() if each.category == "study")
