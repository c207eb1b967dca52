"""Recently deleted in the window: what was deleted is found there after a restart, restored, read, deleted for good, and undone."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.trash.deleted_list import DeletedList
from chatdesk.features.conversations.ui.trash.deleted_page import DeletedPage
from chatdesk.features.palette.ui.palette import Palette
from chatdesk.ui_kit.widgets.sheet import Sheet
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.gui.window.desk import Desk, Speaker

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key
DELETED = "Recently deleted"


def chats(desk: Desk) -> ConversationList:
    found = desk.part("conversationList")
    assert isinstance(found, ConversationList)
    return found


def stand_on(desk: Desk, title: str) -> ConversationList:
    """Give the keyboard to a row of the sidebar."""
    view = chats(desk)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(desk.listed().index(title), 0))
    return view


def page(desk: Desk) -> DeletedPage:
    found = desk.part("deletedPage")
    assert isinstance(found, DeletedPage)
    return found


def listing(desk: Desk) -> DeletedList:
    return page(desk).list


def names(desk: Desk) -> list[str]:
    model = listing(desk).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def go_to(desk: Desk, name: str) -> None:
    listing(desk).focus_row(names(desk).index(name))


def sheet(desk: Desk) -> Sheet | None:
    return next((each for each in desk.window.findChildren(Sheet) if each.isVisible()), None)


def button(name: str, within: QWidget) -> QPushButton:
    return next(each for each in within.findChildren(QPushButton) if each.text() == name and each.isVisible())


async def three_chats(desk: Desk, *titles: str, folder: str | None = None) -> None:
    for title in titles:
        await desk.program.conversations.create(title, folder_id=folder)


async def open_page(desk: Desk) -> None:
    view = stand_on(desk, DELETED)
    desk.press(KEYS.Key_Return, where=view)
    await desk.until(lambda: names(desk) != [])


async def test_three_chats_deleted_by_keyboard_are_there_after_a_restart(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    speaker.says("Boots.")
    await desk.ask_and_wait("Packing list")
    work = await desk.program.folders.create("Work")
    await three_chats(desk, "Plan", "Minutes", folder=work.id)
    for title in ("Plan", "Minutes", "Packing list"):
        desk.press(KEYS.Key_Delete, where=stand_on(desk, title))
        await desk.until(lambda title=title: title not in desk.listed())
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "Work"))
    await desk.until(lambda: desk.listed() == [DELETED])
    await desk.close()

    again = await open_desk()
    await again.until(lambda: again.listed() == [DELETED])
    await open_page(again)
    assert names(again) == ["Work", "Packing list", "Minutes", "Plan"]

    # one back into its folder, which comes back with it
    go_to(again, "Plan")
    desk.press(KEYS.Key_Tab, where=listing(again))
    desk.press(KEYS.Key_Tab, where=QApplication.focusWidget())
    assert QApplication.focusWidget().accessibleName() == "Restore Plan"
    desk.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await again.until(lambda: again.listed() == ["Folders", "Work", "Plan", DELETED])
    await again.until(lambda: again.toast() == ["Restored to Work", "Plan", "Open"])
    await again.until(lambda: names(again) == ["Packing list", "Minutes"])

    # one read, then deleted for good
    go_to(again, "Packing list")
    desk.press(KEYS.Key_Return, where=listing(again))
    await again.until(lambda: page(again).read)
    chat = page(again)._chat
    assert [message.text for message in chat.transcript.document.messages] == ["Packing list", "Boots."]
    QTest.mouseClick(button("Delete permanently", chat), Qt.MouseButton.LeftButton)
    await again.until(lambda: sheet(again))
    desk.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await again.until(lambda: again.toast() == ["Permanently deleted", "Packing list"])
    await again.until(lambda: names(again) == ["Minutes"])
    assert page(again).read is None

    again.click_row("Plan")
    await again.until(lambda: again.title() == "Plan")
    await again.close()

    last = await open_desk()
    await last.until(lambda: last.listed() == ["Folders", "Work", "Plan", DELETED])
    left = await last.program.trash.items()
    assert [item.title for item in left] == ["Minutes"]


async def test_the_last_row_counts_what_can_be_restored_and_is_gone_with_it(desk: Desk) -> None:
    await three_chats(desk, "one", "two")
    assert desk.listed() == ["Today", "two", "one"]
    for title in ("one", "two"):
        desk.press(KEYS.Key_Delete, where=stand_on(desk, title))
    await desk.until(lambda: desk.listed() == [DELETED])
    model = chats(desk).model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    await desk.until(lambda: model.index(0, 0).data(spoken) == "Recently deleted, 2")
    await open_page(desk)
    assert desk.window.windowTitle() == DELETED
    QTest.mouseClick(desk.part("restoreAll"), Qt.MouseButton.LeftButton)
    await desk.until(lambda: desk.listed() == ["Today", "two", "one"])
    await desk.until(lambda: names(desk) == [])
    assert not desk.part("restoreAll").isVisible()
    assert not desk.part("deleteAllNow").isVisible()


async def test_a_click_opens_the_page_and_a_chat_leads_back(desk: Desk) -> None:
    await three_chats(desk, "one", "two")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "one"))
    await desk.until(lambda: DELETED in desk.listed())
    desk.click_row(DELETED)
    await desk.until(lambda: page(desk).isVisible() and names(desk) == ["one"])
    assert chats(desk).selectedIndexes() == []
    desk.click_row("two")
    await desk.until(lambda: desk.title() == "two" and not page(desk).isVisible())
    desk.press(KEYS.Key_Delete, CONTROL | SHIFT)
    await desk.until(lambda: page(desk).isVisible())
    desk.press(KEYS.Key_Escape, where=listing(desk))
    await desk.until(lambda: not page(desk).isVisible())


async def test_deleting_for_good_asks_once_and_can_be_left(desk: Desk) -> None:
    await three_chats(desk, "one", "two", "three")
    for title in ("one", "two", "three"):
        desk.press(KEYS.Key_Delete, where=stand_on(desk, title))
    await desk.until(lambda: desk.listed() == [DELETED])
    await open_page(desk)
    go_to(desk, "two")
    desk.press(KEYS.Key_Delete, where=listing(desk))
    await desk.until(lambda: sheet(desk))
    assert sheet(desk).accessibleName() == "Permanently delete “two”?"
    desk.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    assert sheet(desk) is None
    assert listing(desk).hasFocus()
    desk.press(KEYS.Key_Delete, where=listing(desk))
    await desk.until(lambda: sheet(desk))
    QTest.mouseClick(button("Delete permanently", sheet(desk)), Qt.MouseButton.LeftButton)
    await desk.until(lambda: names(desk) == ["three", "one"])
    assert listing(desk).currentIndex().data() == "one"
    assert desk.toast() == ["Permanently deleted", "two"]
    QTest.mouseClick(desk.part("deleteAllNow"), Qt.MouseButton.LeftButton)
    await desk.until(lambda: sheet(desk))
    QTest.mouseClick(button("Delete permanently", sheet(desk)), Qt.MouseButton.LeftButton)
    await desk.until(lambda: desk.listed() == [])
    rows = await desk.program.trash.items()
    assert rows == ()


async def test_the_buttons_of_the_row_under_the_pointer_work(desk: Desk) -> None:
    await three_chats(desk, "one", "two")
    for title in ("one", "two"):
        desk.press(KEYS.Key_Delete, where=stand_on(desk, title))
    await desk.until(lambda: desk.listed() == [DELETED])
    await open_page(desk)
    view = listing(desk)
    row = view.visualRect(view.model().index(1, 0))
    place = QPointF(row.center())
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        view.viewport().mapToGlobal(place),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), move)  # QTest's own would spin Qt's loop
    await desk.until(lambda: len([each for each in view.findChildren(QPushButton) if each.isVisible()]) == 4)
    under = next(
        each
        for each in view.findChildren(QPushButton)
        if each.isVisible() and each.text() == "Restore" and row.contains(each.mapTo(view.viewport(), QPoint(1, 1)))
    )
    QTest.mouseClick(under, Qt.MouseButton.LeftButton)
    await desk.until(lambda: desk.listed() == ["Today", "one", DELETED])


async def test_ctrl_z_in_the_list_undoes_delete_move_and_rename_also_without_a_toast(desk: Desk) -> None:
    await three_chats(desk, "Plan", "Other")
    work = await desk.program.folders.create("Work")
    plan = next(chat.id for chat in desk.program.conversations.all() if chat.title == "Plan")
    view = stand_on(desk, "Plan")
    desk.window._sidebar.rename(plan)
    field = desk.window.findChild(QLineEdit, "renameField")
    assert field is not None
    QTest.keyClicks(field, "Better")
    QTest.keyClick(field, KEYS.Key_Return)
    await desk.until(lambda: "Better" in desk.listed())
    desk.window._sidebar.folder_wishes.move_wanted.emit([plan], work.id)
    await desk.until(lambda: desk.listed() == ["Folders", "Work", "Better", "Today", "Other"])
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "Better"))
    await desk.until(lambda: desk.listed() == ["Folders", "Work", "Today", "Other", DELETED])
    desk.window._toasts.dismiss()
    for expected, said in (
        (["Folders", "Work", "Better", "Today", "Other"], "Deletion undone"),
        (["Folders", "Work", "Today", "Other", "Better"], "Move undone"),
        (["Folders", "Work", "Today", "Other", "Plan"], "Renaming undone"),
    ):
        desk.press(KEYS.Key_Z, CONTROL, where=view)
        await desk.until(lambda expected=expected: desk.listed() == expected)
        await desk.until(lambda said=said: desk.toast() == [said])
        desk.window._toasts.dismiss()


async def test_the_keys_of_a_toast_work_where_one_writes_but_not_while_something_is_typed(desk: Desk) -> None:
    await three_chats(desk, "one", "two")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "one"))
    await desk.until(lambda: desk.toast() == ["Chat deleted", "one", "Ctrl+Z", "Undo"])
    desk.edit.setFocus()
    desk.type("x")
    desk.press(KEYS.Key_Z, CONTROL)
    assert desk.edit.text() == ""
    assert desk.listed() == ["Today", "two", DELETED]
    desk.press(KEYS.Key_Z, CONTROL)
    await desk.until(lambda: desk.listed() == ["Today", "two", "one"])


async def test_a_folder_deleted_with_its_chats_is_one_row_and_comes_back_whole(desk: Desk) -> None:
    work = await desk.program.folders.create("Work")
    await three_chats(desk, "Plan", "Minutes", folder=work.id)
    view = stand_on(desk, "Work")
    desk.press(KEYS.Key_Delete, SHIFT, where=view)
    await desk.until(lambda: desk.listed() == [DELETED])
    await desk.until(lambda: desk.toast()[:2] == ["Folder and 2 chat(s) deleted", "Work"])
    await open_page(desk)
    assert names(desk) == ["Work"]
    model = listing(desk).model()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Work, Folder with 2 chat(s), Deleted today at")
    assert said.endswith("30 day(s) left")
    desk.press(KEYS.Key_Return, where=listing(desk))
    assert page(desk).read is None, "a folder is not read"
    desk.press(KEYS.Key_Z, CONTROL, where=listing(desk))
    await desk.until(lambda: desk.listed() == ["Folders", "Work", "Minutes", "Plan"])


async def test_menus_offer_to_undo_with_the_key(desk: Desk) -> None:
    await three_chats(desk, "one", "two")
    view = chats(desk)
    index = view.model().index(desk.listed().index("two"), 0)

    def offered() -> list[tuple[str, str]]:
        view._show_menu(index, QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        found = [(action.text(), action.shortcut().toString()) for action in menu.actions() if action.text()]
        menu.close()
        return found

    assert offered()[-1] == ("Delete", "Del")
    await desk.program.list_editing.rename_chat(view.model().row_at(index).conversation.id, "Two")
    assert offered()[-1] == ("Undo rename", "Ctrl+Z")


async def test_a_chat_that_is_read_offers_nothing_that_changes_it(desk: Desk, speaker: Speaker) -> None:
    speaker.says("Boots.")
    await desk.ask_and_wait("Packing list")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "Packing list"))
    await desk.until(lambda: desk.listed() == [DELETED])
    await open_page(desk)
    desk.press(KEYS.Key_Return, where=listing(desk))
    await desk.until(lambda: page(desk).read)
    transcript = page(desk)._chat.transcript
    offered = {control.name for index in range(2) for control in transcript.controls_of(index)}
    assert offered == {"Copy message", "More actions"}
    transcript._menus.show_beside(1)
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert words == ["Copy message", "Copy as"]
    desk.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    assert page(desk).read is None
    assert listing(desk).hasFocus()


async def test_the_toast_waits_while_another_window_is_active(desk: Desk) -> None:
    await three_chats(desk, "one")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "one"))
    await desk.until(lambda: desk.toast()[:1] == ["Chat deleted"])
    timer = desk.window._toasts._timer
    await desk.until(timer.isActive)
    other = QWidget()
    other.show()
    other.activateWindow()
    await desk.until(lambda: other.isActiveWindow() and not timer.isActive())
    other.close()
    other.deleteLater()
    desk.window.activateWindow()
    await desk.until(lambda: desk.window.isActiveWindow() and timer.isActive())


async def test_a_toast_stands_above_where_one_writes_and_elsewhere_above_the_edge(desk: Desk, speaker: Speaker) -> None:
    await three_chats(desk, "one", "two")
    await desk.ask_and_wait("Why?")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "one"))
    await desk.until(desk.toast)
    (toast,) = [each for each in desk.window.findChildren(Toast) if each.isVisible()]
    composer = desk.window._page.composer
    corner = composer.mapTo(desk.window, QPoint())
    assert toast.geometry().bottom() + 1 == corner.y() - 12
    assert abs(toast.geometry().center().x() - (corner.x() + composer.width() // 2)) <= 1
    desk.press(KEYS.Key_Delete, CONTROL | SHIFT)
    await desk.until(lambda: page(desk).isVisible())
    place = page(desk)
    assert toast.geometry().bottom() + 1 == desk.window.height() - 24
    middle = place.mapTo(desk.window, QPoint()).x() + place.width() // 2
    assert abs(toast.geometry().center().x() - middle) <= 1


async def test_the_palette_finds_it_by_other_names(desk: Desk) -> None:
    await three_chats(desk, "one")
    desk.press(KEYS.Key_Delete, where=stand_on(desk, "one"))
    await desk.until(lambda: desk.listed() == [DELETED])
    for words in ("trash", "restore", "bin", "deleted"):
        desk.press(KEYS.Key_P, CONTROL | SHIFT)
        palette = next(each for each in desk.window.findChildren(Palette) if each.isVisible())
        found = [entry.title for entry in palette._find(f">{words}")]
        assert DELETED in found, words
        desk.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    desk.press(KEYS.Key_P, CONTROL | SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), ">trash")
    desk.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await desk.until(lambda: page(desk).isVisible() and names(desk) == ["one"])
