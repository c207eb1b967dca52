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
from tests.gui.window.harness import FakeModel, Harness

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key
DELETED = "Recently deleted"


def chats(harness: Harness) -> ConversationList:
    found = harness.part("conversationList")
    assert isinstance(found, ConversationList)
    return found


def stand_on(harness: Harness, title: str) -> ConversationList:
    """Give the keyboard to a row of the sidebar."""
    view = chats(harness)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(harness.listed().index(title), 0))
    return view


def page(harness: Harness) -> DeletedPage:
    found = harness.part("deletedPage")
    assert isinstance(found, DeletedPage)
    return found


def listing(harness: Harness) -> DeletedList:
    return page(harness).list


def names(harness: Harness) -> list[str]:
    model = listing(harness).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def go_to(harness: Harness, name: str) -> None:
    listing(harness).focus_row(names(harness).index(name))


def sheet(harness: Harness) -> Sheet | None:
    return next((each for each in harness.window.findChildren(Sheet) if each.isVisible()), None)


def button(name: str, within: QWidget) -> QPushButton:
    return next(each for each in within.findChildren(QPushButton) if each.text() == name and each.isVisible())


async def three_chats(harness: Harness, *titles: str, folder: str | None = None) -> None:
    for title in titles:
        await harness.program.chat.conversations.create(title, folder_id=folder)


async def open_page(harness: Harness) -> None:
    view = stand_on(harness, DELETED)
    harness.press(KEYS.Key_Return, where=view)
    await harness.until(lambda: names(harness) != [])


async def test_three_chats_deleted_by_keyboard_are_there_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    fake_model.says("Boots.")
    await harness.ask_and_wait("Packing list")
    work = await harness.program.conversations.folders.create("Work")
    await three_chats(harness, "Plan", "Minutes", folder=work.id)
    for title in ("Plan", "Minutes", "Packing list"):
        harness.press(KEYS.Key_Delete, where=stand_on(harness, title))
        await harness.until(lambda title=title: title not in harness.listed())
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "Work"))
    await harness.until(lambda: harness.listed() == [DELETED])
    await harness.close()

    again = await open_harness()
    await again.until(lambda: again.listed() == [DELETED])
    await open_page(again)
    assert names(again) == ["Work", "Packing list", "Minutes", "Plan"]

    # one back into its folder, which comes back with it
    go_to(again, "Plan")
    harness.press(KEYS.Key_Tab, where=listing(again))
    harness.press(KEYS.Key_Tab, where=QApplication.focusWidget())
    assert QApplication.focusWidget().accessibleName() == "Restore Plan"
    harness.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await again.until(lambda: again.listed() == ["Folders", "Work", "Plan", DELETED])
    await again.until(lambda: again.toast() == ["Restored to Work", "Plan", "Open"])
    await again.until(lambda: names(again) == ["Packing list", "Minutes"])

    # one read, then deleted for good
    go_to(again, "Packing list")
    harness.press(KEYS.Key_Return, where=listing(again))
    await again.until(lambda: page(again).read)
    chat = page(again)._chat
    assert [message.text for message in chat.transcript.document.messages] == ["Packing list", "Boots."]
    QTest.mouseClick(button("Delete permanently", chat), Qt.MouseButton.LeftButton)
    await again.until(lambda: sheet(again))
    harness.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await again.until(lambda: again.toast() == ["Permanently deleted", "Packing list"])
    await again.until(lambda: names(again) == ["Minutes"])
    assert page(again).read is None

    again.click_row("Plan")
    await again.until(lambda: again.title() == "Plan")
    await again.close()

    last = await open_harness()
    await last.until(lambda: last.listed() == ["Folders", "Work", "Plan", DELETED])
    left = await last.program.conversations.trash.items()
    assert [item.title for item in left] == ["Minutes"]


async def test_the_last_row_counts_what_can_be_restored_and_is_gone_with_it(harness: Harness) -> None:
    await three_chats(harness, "one", "two")
    assert harness.listed() == ["Folders", "Today", "two", "one"]
    for title in ("one", "two"):
        harness.press(KEYS.Key_Delete, where=stand_on(harness, title))
    await harness.until(lambda: harness.listed() == [DELETED])
    model = chats(harness).model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    await harness.until(lambda: model.index(0, 0).data(spoken) == "Recently deleted, 2")
    await open_page(harness)
    assert harness.window.windowTitle() == DELETED
    QTest.mouseClick(harness.part("restoreAll"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.listed() == ["Folders", "Today", "two", "one"])
    await harness.until(lambda: names(harness) == [])
    assert not harness.part("restoreAll").isVisible()
    assert not harness.part("deleteAllNow").isVisible()


async def test_a_click_opens_the_page_and_a_chat_leads_back(harness: Harness) -> None:
    await three_chats(harness, "one", "two")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "one"))
    await harness.until(lambda: DELETED in harness.listed())
    harness.click_row(DELETED)
    await harness.until(lambda: page(harness).isVisible() and names(harness) == ["one"])
    assert chats(harness).selectedIndexes() == []
    harness.click_row("two")
    await harness.until(lambda: harness.title() == "two" and not page(harness).isVisible())
    harness.press(KEYS.Key_Delete, CONTROL | SHIFT)
    await harness.until(lambda: page(harness).isVisible())
    harness.press(KEYS.Key_Escape, where=listing(harness))
    await harness.until(lambda: not page(harness).isVisible())


async def test_deleting_for_good_asks_once_and_can_be_left(harness: Harness) -> None:
    await three_chats(harness, "one", "two", "three")
    for title in ("one", "two", "three"):
        harness.press(KEYS.Key_Delete, where=stand_on(harness, title))
    await harness.until(lambda: harness.listed() == [DELETED])
    await open_page(harness)
    go_to(harness, "two")
    harness.press(KEYS.Key_Delete, where=listing(harness))
    await harness.until(lambda: sheet(harness))
    assert sheet(harness).accessibleName() == "Permanently delete “two”?"
    harness.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    assert sheet(harness) is None
    assert listing(harness).hasFocus()
    harness.press(KEYS.Key_Delete, where=listing(harness))
    await harness.until(lambda: sheet(harness))
    QTest.mouseClick(button("Delete permanently", sheet(harness)), Qt.MouseButton.LeftButton)
    await harness.until(lambda: names(harness) == ["three", "one"])
    assert listing(harness).currentIndex().data() == "one"
    assert harness.toast() == ["Permanently deleted", "two"]
    QTest.mouseClick(harness.part("deleteAllNow"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: sheet(harness))
    QTest.mouseClick(button("Delete permanently", sheet(harness)), Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.listed() == [])
    rows = await harness.program.conversations.trash.items()
    assert rows == ()


async def test_the_buttons_of_the_row_under_the_pointer_work(harness: Harness) -> None:
    await three_chats(harness, "one", "two")
    for title in ("one", "two"):
        harness.press(KEYS.Key_Delete, where=stand_on(harness, title))
    await harness.until(lambda: harness.listed() == [DELETED])
    await open_page(harness)
    view = listing(harness)
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
    await harness.until(lambda: len([each for each in view.findChildren(QPushButton) if each.isVisible()]) == 4)
    under = next(
        each
        for each in view.findChildren(QPushButton)
        if each.isVisible() and each.text() == "Restore" and row.contains(each.mapTo(view.viewport(), QPoint(1, 1)))
    )
    QTest.mouseClick(under, Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.listed() == ["Folders", "Today", "one", DELETED])


async def test_ctrl_z_in_the_list_undoes_delete_move_and_rename_also_without_a_toast(harness: Harness) -> None:
    await three_chats(harness, "Plan", "Other")
    work = await harness.program.conversations.folders.create("Work")
    plan = next(chat.id for chat in harness.program.chat.conversations.all() if chat.title == "Plan")
    view = stand_on(harness, "Plan")
    harness.window._sidebar.rename(plan)
    field = harness.window.findChild(QLineEdit, "renameField")
    assert field is not None
    QTest.keyClicks(field, "Better")
    QTest.keyClick(field, KEYS.Key_Return)
    await harness.until(lambda: "Better" in harness.listed())
    harness.window._sidebar.folder_requests.move_requested.emit([plan], work.id)
    await harness.until(lambda: harness.listed() == ["Folders", "Work", "Better", "Today", "Other"])
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "Better"))
    await harness.until(lambda: harness.listed() == ["Folders", "Work", "Today", "Other", DELETED])
    harness.window._toasts.dismiss()
    for expected, said in (
        (["Folders", "Work", "Better", "Today", "Other"], "Deletion undone"),
        (["Folders", "Work", "Today", "Other", "Better"], "Move undone"),
        (["Folders", "Work", "Today", "Other", "Plan"], "Renaming undone"),
    ):
        harness.press(KEYS.Key_Z, CONTROL, where=view)
        await harness.until(lambda expected=expected: harness.listed() == expected)
        await harness.until(lambda said=said: harness.toast() == [said])
        harness.window._toasts.dismiss()


async def test_the_keys_of_a_toast_work_where_one_writes_but_not_while_something_is_typed(harness: Harness) -> None:
    await three_chats(harness, "one", "two")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "one"))
    await harness.until(lambda: harness.toast() == ["Chat deleted", "one", "Ctrl+Z", "Undo"])
    harness.edit.setFocus()
    harness.type("x")
    harness.press(KEYS.Key_Z, CONTROL)
    assert harness.edit.text() == ""
    assert harness.listed() == ["Folders", "Today", "two", DELETED]
    harness.press(KEYS.Key_Z, CONTROL)
    await harness.until(lambda: harness.listed() == ["Folders", "Today", "two", "one"])


async def test_a_folder_deleted_with_its_chats_is_one_row_and_comes_back_whole(harness: Harness) -> None:
    work = await harness.program.conversations.folders.create("Work")
    await three_chats(harness, "Plan", "Minutes", folder=work.id)
    view = stand_on(harness, "Work")
    harness.press(KEYS.Key_Delete, SHIFT, where=view)
    await harness.until(lambda: harness.listed() == [DELETED])
    await harness.until(lambda: harness.toast()[:2] == ["Folder and 2 chat(s) deleted", "Work"])
    await open_page(harness)
    assert names(harness) == ["Work"]
    model = listing(harness).model()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Work, Folder with 2 chat(s), Deleted today at")
    assert said.endswith("30 day(s) left")
    harness.press(KEYS.Key_Return, where=listing(harness))
    assert page(harness).read is None, "a folder is not read"
    harness.press(KEYS.Key_Z, CONTROL, where=listing(harness))
    await harness.until(lambda: harness.listed() == ["Folders", "Work", "Minutes", "Plan"])


async def test_menus_offer_to_undo_with_the_key(harness: Harness) -> None:
    await three_chats(harness, "one", "two")
    view = chats(harness)
    index = view.model().index(harness.listed().index("two"), 0)

    def offered() -> list[tuple[str, str]]:
        view._show_menu(index, QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        found = [(action.text(), action.shortcut().toString()) for action in menu.actions() if action.text()]
        menu.close()
        return found

    assert offered()[-1] == ("Delete", "Del")
    await harness.program.conversations.list_editing.rename_chat(view.model().row_at(index).conversation.id, "Two")
    assert offered()[-1] == ("Undo rename", "Ctrl+Z")


async def test_a_chat_that_is_read_offers_nothing_that_changes_it(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Boots.")
    await harness.ask_and_wait("Packing list")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "Packing list"))
    await harness.until(lambda: harness.listed() == [DELETED])
    await open_page(harness)
    harness.press(KEYS.Key_Return, where=listing(harness))
    await harness.until(lambda: page(harness).read)
    transcript = page(harness)._chat.transcript
    offered = {control.name for index in range(2) for control in transcript.controls_of(index)}
    assert offered == {"Copy message", "More actions"}
    transcript._menus.show_beside(1)
    menu = QApplication.activePopupWidget()
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert texts == ["Copy message", "Copy as"]
    harness.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    assert page(harness).read is None
    assert listing(harness).hasFocus()


async def test_the_toast_waits_while_another_window_is_active(harness: Harness) -> None:
    await three_chats(harness, "one")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "one"))
    await harness.until(lambda: harness.toast()[:1] == ["Chat deleted"])
    timer = harness.window._toasts._timer
    await harness.until(timer.isActive)
    other = QWidget()
    other.show()
    other.activateWindow()
    await harness.until(lambda: other.isActiveWindow() and not timer.isActive())
    other.close()
    other.deleteLater()
    harness.window.activateWindow()
    await harness.until(lambda: harness.window.isActiveWindow() and timer.isActive())


async def test_a_toast_stands_above_where_one_writes_and_elsewhere_above_the_edge(
    harness: Harness, fake_model: FakeModel
) -> None:
    await three_chats(harness, "one", "two")
    await harness.ask_and_wait("Why?")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "one"))
    await harness.until(harness.toast)
    (toast,) = [each for each in harness.window.findChildren(Toast) if each.isVisible()]
    composer = harness.chat_page.composer
    corner = composer.mapTo(harness.window, QPoint())
    assert toast.geometry().bottom() + 1 == corner.y() - 12
    assert abs(toast.geometry().center().x() - (corner.x() + composer.width() // 2)) <= 1
    harness.press(KEYS.Key_Delete, CONTROL | SHIFT)
    await harness.until(lambda: page(harness).isVisible())
    place = page(harness)
    assert toast.geometry().bottom() + 1 == harness.window.height() - 24
    middle = place.mapTo(harness.window, QPoint()).x() + place.width() // 2
    assert abs(toast.geometry().center().x() - middle) <= 1


async def test_the_palette_finds_it_by_other_names(harness: Harness) -> None:
    await three_chats(harness, "one")
    harness.press(KEYS.Key_Delete, where=stand_on(harness, "one"))
    await harness.until(lambda: harness.listed() == [DELETED])
    for text in ("trash", "restore", "bin", "deleted"):
        harness.press(KEYS.Key_P, CONTROL | SHIFT)
        palette = next(each for each in harness.window.findChildren(Palette) if each.isVisible())
        found = [entry.title for entry in palette._find(f">{text}")]
        assert DELETED in found, text
        harness.press(KEYS.Key_Escape, where=QApplication.focusWidget())
    harness.press(KEYS.Key_P, CONTROL | SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), ">trash")
    harness.press(KEYS.Key_Return, where=QApplication.focusWidget())
    await harness.until(lambda: page(harness).isVisible() and names(harness) == ["one"])
