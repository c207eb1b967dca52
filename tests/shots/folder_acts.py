"""What the person does with folders of chats before the picture is taken."""

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QHoverEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.sidebar.list.list_drag import CHATS
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from chatdesk.kernel.chat.conversation import Folder
from tests.shots.window_driver import WindowDriver


def _list(driver: WindowDriver) -> ConversationList:
    view = driver.part("conversationList")
    assert isinstance(view, ConversationList)
    return view


def _row(driver: WindowDriver, number: int) -> QModelIndex:
    """Return the row of a folder."""
    folder = driver.program.conversations.folders.all()[number]
    return driver.window._sidebar._model.index_of_folder(folder.id)


def _folder(driver: WindowDriver, number: int) -> Folder:
    return driver.program.conversations.folders.all()[number]


async def stand_on_folder(driver: WindowDriver) -> None:
    view = _list(driver)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(_row(driver, 1))


async def point_at_chat(driver: WindowDriver) -> None:
    """Delete a chat with the menu of the list, and rest on another one."""
    view = _list(driver)
    row = view.model().index(view.model().rowCount() - 2, 0)
    driver.window._sidebar.trash_requested.emit([row.data(ROW_ROLE).conversation.id])
    await driver.settle()
    pointed = view.visualRect(view.model().index(view.model().rowCount() - 3, 0)).center()
    QTest.mouseMove(view.viewport(), pointed)
    QApplication.sendEvent(
        view.viewport(), QHoverEvent(QEvent.Type.HoverMove, pointed, view.viewport().mapToGlobal(pointed), QPointF())
    )
    await driver.settle()


async def open_chat_menu(driver: WindowDriver) -> None:
    """Open the menu at the title with the formats for export."""
    QTest.mousePress(driver.part("chatTitle"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    sub = menu.findChild(QMenu, "exportChat")
    assert sub is not None
    menu.setActiveAction(sub.menuAction())
    await driver.settle()


async def rename_chat(driver: WindowDriver) -> None:
    driver.window.navigation.rename()
    await driver.settle()


async def open_folder_menu(driver: WindowDriver) -> None:
    view = _list(driver)
    driver.right_click(view.viewport(), view.visualRect(_row(driver, 0)).center())
    await driver.settle()


async def move_to_folder(driver: WindowDriver) -> None:
    view = _list(driver)
    driver.right_click(view.viewport(), view.visualRect(driver.window._sidebar._model.index(10, 0)).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    sub = menu.findChild(QMenu, "moveToFolder")
    assert sub is not None
    menu.setActiveAction(sub.menuAction())
    sub.popup(menu.mapToGlobal(menu.actionGeometry(sub.menuAction()).topRight()))
    await driver.settle()


async def rename_folder(driver: WindowDriver) -> None:
    driver.window._sidebar.rename_folder(_folder(driver, 0).id)
    await driver.settle()


async def see_recently_deleted(driver: WindowDriver) -> None:
    """Two chats and a folder with its chats are in *Recently deleted*."""
    folder = next(each for each in driver.program.conversations.folders.all() if each.collapsed)
    chats = driver.program.chat.conversations.all()
    loose = [each.id for each in chats if not each.folder_id and each.id != chats[0].id]
    await driver.program.conversations.trash.trash_chats(loose[-2:])
    await driver.program.conversations.trash.trash_folder(folder.id, with_chats=True)
    driver.window._router.show_page("deleted")
    await driver.settle(0.3)


async def delete_folder(driver: WindowDriver) -> None:
    driver.window._sidebar.folder_requests.delete_requested.emit(_folder(driver, 0).id)
    await driver.settle()


async def begin_in_folder(driver: WindowDriver) -> None:
    folder = _folder(driver, 0)
    await driver.program.conversations.folders.set_preset(folder.id, await _preset(driver))
    driver.window._sidebar.folder_requests.new_chat_requested.emit(folder.id)
    await driver.settle()


async def show_defaults(driver: WindowDriver) -> None:
    folder, view = _folder(driver, 0), _list(driver)
    await driver.program.conversations.folders.set_preset(folder.id, await _preset(driver))
    menu = view._folders.menu(view.model().row_at(_row(driver, 0)), view.visualRect(_row(driver, 0)))
    menu.defaults_chosen.emit()
    await driver.settle()


async def hold_over_folder(driver: WindowDriver) -> None:
    view = _list(driver)
    content = QMimeData()
    content.setData(CHATS, b"1")
    place = view.visualRect(_row(driver, 1)).center()
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(view.viewport(), kind(place, move, content, left, none))


async def _preset(driver: WindowDriver) -> str:
    await driver.until(lambda: driver.program.presets.presets.loaded)
    return next(each.key for each in driver.program.presets.presets.all() if each.category == "study")
