"""The menu of a chat, which is the same at its title and in the list, and renaming in place."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from chatdesk.features.conversations.services.files import chat_markdown
from chatdesk.features.conversations.ui.sidebar.list.row_painter import menu_button_rect
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.conversation_repository import ConversationRepository
from tests.gui.window.export_steps import opened_sheet, save_in
from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYBOARD, MOUSE = QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse


def opened() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entries(menu: QMenu) -> list[str]:
    """The texts of a menu; those of submenus after the entry that opens them."""
    found = []
    for action in menu.actions():
        found.append(action.text())
        if isinstance(sub := action.menu(), QMenu):
            found += [f"  {text}" for text in entries(sub)]
    return found


def choose(menu: QMenu, text: str) -> None:
    actions = [*menu.actions(), *(each for sub in menu.findChildren(QMenu) for each in sub.actions())]
    next(action for action in actions if action.text() == text).trigger()
    menu.close()


def press_title(harness: Harness) -> None:
    QTest.mousePress(harness.part("chatTitle"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))


def right_click_row(harness: Harness, title: str) -> None:
    view = harness.part("conversationList")
    place = view.visualRect(view.model().index(harness.listed().index(title), 0)).center()
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(MOUSE, place, view.viewport().mapToGlobal(place)))


def press_dots(harness: Harness, title: str) -> None:
    view = harness.part("conversationList")
    rect = view.visualRect(view.model().index(harness.listed().index(title), 0)).toRectF()
    place = menu_button_rect(harness.window._appearance.theme, rect).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press_menu_key(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QContextMenuEvent(KEYBOARD, QPoint(), QPoint()))


def field(harness: Harness) -> QLineEdit:
    found = harness.part("titleField")
    assert isinstance(found, QLineEdit)
    return found


@pytest.fixture
async def chat(harness: Harness) -> Harness:
    """A window that shows a chat."""
    await harness.ask_and_wait("Why?")
    return harness


async def test_the_menu_is_the_same_from_everywhere(chat: Harness) -> None:
    view = chat.part("conversationList")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(chat.listed().index("Why?"), 0))
    seen = []
    for open_menu in (
        lambda: press_title(chat),
        lambda: press_menu_key(chat.part("chatTitle")),
        lambda: right_click_row(chat, "Why?"),
        lambda: press_dots(chat, "Why?"),
        lambda: press_menu_key(view.viewport()),
    ):
        open_menu()
        seen.append(entries(opened()))
        opened().close()
    assert seen[0] == [
        *("Rename", "Pin", "Move to folder", "  New folder…", "Duplicate", ""),
        *(
            "Export",
            "  Word…",
            "  PDF…",
            "  HTML…",
            "  Markdown…",
            "  JSON…",
            "Copy",
            "  As Markdown",
            "  As plain text",
            "  Link",
        ),
        *("Save as preset…", "", "Delete"),
    ]
    assert all(each == seen[0] for each in seen)


@pytest.mark.parametrize(("open_menu", "keys"), [(press_title, "Ctrl+Backspace"), (None, "Del")])
async def test_the_menu_shows_the_keys_that_work_where_it_was_opened(
    chat: Harness, open_menu: Callable[[Harness], None] | None, keys: str
) -> None:
    open_menu(chat) if open_menu else right_click_row(chat, "Why?")
    shown = {action.text(): action.shortcut().toString() for action in opened().actions()}
    assert (shown["Rename"], shown["Delete"]) == ("F2", keys)
    opened().close()


async def test_a_screen_reader_hears_the_title_as_it_is_written(harness: Harness) -> None:
    await harness.ask_and_wait("Salt & pepper")
    named = QAccessible.queryAccessibleInterface(harness.part("chatTitle"))
    assert named.text(QAccessible.Text.Name) == harness.title() == "Salt & pepper"


async def test_a_new_chat_has_no_menu(harness: Harness) -> None:
    press_title(harness)
    assert QApplication.activePopupWidget() is None
    harness.press(Qt.Key.Key_F2)
    assert harness.window.findChild(QLineEdit, "titleField") is None


async def test_f2_renames_the_chat_in_its_title(chat: Harness) -> None:
    chat.press(Qt.Key.Key_F2)
    assert (field(chat).selectedText(), field(chat).hasFocus()) == ("Why?", True)
    QTest.keyClicks(field(chat), "A better   name")
    QTest.keyClick(field(chat), Qt.Key.Key_Return)
    await chat.until(lambda: "A better name" in chat.listed())
    assert chat.title() == chat.window.windowTitle() == "A better name"
    assert not field(chat).isVisible()
    assert chat.edit.hasFocus()


async def test_a_name_that_cannot_be_saved_now_is_shown_everywhere_and_the_message_says_that_it_is_saved_later(
    chat: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DiskFull(path="chats.sqlite3")

    with monkeypatch.context() as full:
        full.setattr(ConversationRepository, "update", fail)
        chat.press(Qt.Key.Key_F2)
        QTest.keyClicks(field(chat), "A better name")
        QTest.keyClick(field(chat), Qt.Key.Key_Return)
        await chat.until(chat.toast)
    assert "Unsaved changes are kept in memory and saved once there is space." in chat.toast()
    assert "A better name" in chat.listed()
    assert chat.title() == "A better name"


async def test_a_double_click_on_the_title_renames_and_closes_the_menu_of_the_first_click(chat: Harness) -> None:
    press_title(chat)
    menu = opened()
    QTest.mouseDClick(chat.part("chatTitle"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert field(chat).isVisible()
    assert not menu.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
async def test_escape_and_an_empty_name_leave_the_title_as_it_was(chat: Harness, key: Qt.Key) -> None:
    chat.press(Qt.Key.Key_F2)
    QTest.keyClick(field(chat), Qt.Key.Key_Delete)
    if key is Qt.Key.Key_Escape:
        QTest.keyClicks(field(chat), "Not this")
    QTest.keyClick(field(chat), key)
    assert not field(chat).isVisible()
    assert chat.title() == "Why?"


async def test_leaving_the_field_saves_the_name(chat: Harness) -> None:
    chat.press(Qt.Key.Key_F2)
    QTest.keyClicks(field(chat), "Left")
    chat.edit.setFocus()
    await chat.until(lambda: chat.title() == "Left")


async def test_another_chat_saves_the_name_for_the_chat_it_was_written_for(chat: Harness) -> None:
    chat.press(Qt.Key.Key_F2)
    QTest.keyClicks(field(chat), "Renamed")
    chat.press(Qt.Key.Key_N, CONTROL, where=field(chat))
    await chat.until(lambda: "Renamed" in chat.listed())
    assert chat.title() == "New chat"


async def test_the_menu_renames_where_it_was_opened(chat: Harness) -> None:
    press_title(chat)
    choose(opened(), "Rename")
    assert field(chat).isVisible()
    QTest.keyClick(field(chat), Qt.Key.Key_Escape)
    right_click_row(chat, "Why?")
    choose(opened(), "Rename")
    assert chat.part("renameField").hasFocus()


async def test_f2_in_the_list_renames_the_row_with_the_focus_not_the_chat_that_is_shown(chat: Harness) -> None:
    chat.press(Qt.Key.Key_N, CONTROL)
    await chat.ask_and_wait("Other")
    view = chat.part("conversationList")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(chat.listed().index("Why?"), 0))
    chat.press(Qt.Key.Key_F2, where=view)
    assert chat.part("renameField").text() == "Why?"


async def test_pin_and_a_new_folder_from_the_title(chat: Harness) -> None:
    press_title(chat)
    choose(opened(), "Pin")
    await chat.until(lambda: chat.listed()[:2] == ["Pinned", "Why?"])
    press_title(chat)
    choose(opened(), "Unpin")
    await chat.until(lambda: "Pinned" not in chat.listed())
    press_title(chat)
    choose(opened(), "New folder…")
    await chat.until(lambda: chat.listed() == ["Folders", "New folder", "Why?"])
    QTest.keyClick(chat.part("renameField"), Qt.Key.Key_Escape)
    press_title(chat)
    choose(opened(), "Remove from folder")
    await chat.until(lambda: chat.listed() == ["Folders", "New folder", "Today", "Why?"])


async def test_a_duplicate_has_all_versions_and_is_another_chat(chat: Harness, fake_model: FakeModel) -> None:
    fake_model.says("No.")
    chat.press(Qt.Key.Key_R, CONTROL)
    await chat.until(lambda: chat.answer() == "No." and not chat.streaming())
    first = chat.chat()
    press_title(chat)
    choose(opened(), "Duplicate")
    await chat.until(lambda: chat.title() == "Why? (copy)")
    await chat.until(lambda: chat.messages() == ["Why?", "No."])
    copies = await chat.program.chat.chat.messages(chat.chat())
    originals = await chat.program.chat.chat.messages(first)
    assert [each.text for each in copies] == [each.text for each in originals] == ["Why?", "Yes.", "No."]
    assert not {each.id for each in copies} & {each.id for each in originals}
    await chat.ask_and_wait("Only here")
    assert len(await chat.program.chat.chat.messages(first)) == 3


@pytest.mark.parametrize(("entry", "ending"), [("Markdown…", ".md"), ("JSON…", ".chatdesk.json")])
async def test_a_chat_is_exported_in_the_format_that_was_chosen(
    chat: Harness, entry: str, ending: str, tmp_path: Path
) -> None:
    right_click_row(chat, "Why?")
    choose(opened(), entry)
    await opened_sheet(chat)
    path = tmp_path / f"saved{ending}"
    await save_in(chat, path)
    text = path.read_text("utf-8")
    assert "Yes." in text
    if ending.endswith("json"):
        assert json.loads(text)


async def test_a_chat_that_is_not_shown_is_copied(chat: Harness) -> None:
    chat.press(Qt.Key.Key_N, CONTROL)
    right_click_row(chat, "Why?")
    choose(opened(), "As Markdown")
    await chat.until(lambda: "## You" in QGuiApplication.clipboard().text())
    right_click_row(chat, "Why?")
    choose(opened(), "As plain text")
    await chat.until(lambda: "##" not in QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text().splitlines()[::2] == ["You", "Why?", "scripted:1b", "Yes."]


async def test_a_copy_that_takes_long_does_not_replace_one_that_was_chosen_later(
    chat: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on, ended = threading.Event(), threading.Event(), threading.Event()
    convert = chat_markdown.turns_markdown

    def slowly(*arguments: Any, **options: Any) -> str:
        begun.set()
        may_go_on.wait()
        ended.set()
        return convert(*arguments, **options)

    with monkeypatch.context() as slow:
        slow.setattr(chat_markdown, "turns_markdown", slowly)
        press_title(chat)
        choose(opened(), "As Markdown")
        await chat.until(begun.is_set)
    press_title(chat)
    choose(opened(), "As plain text")
    await chat.until(lambda: QGuiApplication.clipboard().text().startswith("You"))
    may_go_on.set()
    await chat.until(ended.is_set)
    for _ in range(20):
        await asyncio.sleep(0.002)
    assert QGuiApplication.clipboard().text().startswith("You")


async def test_a_link_opens_the_chat_from_an_answer_and_from_the_search(chat: Harness, fake_model: FakeModel) -> None:
    press_title(chat)
    choose(opened(), "Link")
    link = QGuiApplication.clipboard().text()
    chat.press(Qt.Key.Key_N, CONTROL)
    chat.press(Qt.Key.Key_K, CONTROL)
    search = chat.part("searchChats")
    search.paste()
    await chat.until(lambda: chat.title() == "Why?")
    assert search.text() == ""
    chat.press(Qt.Key.Key_N, CONTROL)
    await chat.ask_and_wait("Other")
    chat.transcript.link_activated.emit(link, "Why?")
    await chat.until(lambda: chat.title() == "Why?")


async def test_a_link_to_a_chat_that_is_gone_says_so(chat: Harness) -> None:
    chat.transcript.link_activated.emit("chatdesk:chat/" + "0" * 32, "")
    assert chat.toast() == ["The chat of this link no longer exists"]


async def test_control_backspace_deletes_the_chat_while_nothing_is_written(chat: Harness) -> None:
    chat.press(Qt.Key.Key_Backspace, CONTROL)
    await chat.until(lambda: chat.toast()[:2] == ["Chat deleted", "Why?"])
    assert chat.title() == "New chat"
    chat.press(Qt.Key.Key_Z, CONTROL)
    await chat.until(lambda: "Why?" in chat.listed())


async def test_control_backspace_deletes_words_and_never_the_chat_after_them(chat: Harness) -> None:
    chat.type("two words")
    for _ in range(4):
        chat.press(Qt.Key.Key_Backspace, CONTROL)
    assert chat.edit.text() == ""
    assert chat.title() == "Why?"
    assert "Why?" in chat.listed()


async def test_control_backspace_deletes_a_chat_after_something_was_written_and_deleted_in_another(
    chat: Harness,
) -> None:
    chat.press(Qt.Key.Key_N, CONTROL)
    chat.type("two words")
    chat.press(Qt.Key.Key_A, CONTROL)
    chat.press(Qt.Key.Key_Delete)
    chat.click_row("Why?")
    await chat.until(lambda: chat.title() == "Why?")
    chat.press(Qt.Key.Key_Backspace, CONTROL)
    await chat.until(lambda: chat.toast()[:2] == ["Chat deleted", "Why?"])


async def test_the_menu_of_a_draft_offers_only_what_fits(harness: Harness) -> None:
    harness.type("Some words")
    harness.press(Qt.Key.Key_N, CONTROL)
    await harness.until(lambda: "Some words" in harness.listed())
    right_click_row(harness, "Some words")
    assert entries(opened()) == ["Move to folder", "  New folder…", "", "Discard draft"]
    choose(opened(), "Discard draft")
    await harness.until(lambda: harness.toast()[:2] == ["Draft discarded", "Some words"])


async def test_several_chats_are_moved_and_deleted_together(chat: Harness) -> None:
    chat.press(Qt.Key.Key_N, CONTROL)
    await chat.ask_and_wait("Other")
    await chat.program.conversations.folders.create("Work & play")
    view = chat.part("conversationList")
    index = view.model().index(chat.listed().index("Why?"), 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CONTROL, view.visualRect(index).center())
    right_click_row(chat, "Why?")
    assert entries(opened()) == [
        "Move to folder",
        "  Work && play",
        "  ",
        "  New folder…",
        "Export 2 chats…",
        "",
        "Delete 2 chats",
    ]
    choose(opened(), "Work && play")
    await chat.until(lambda: sorted(chat.listed()) == ["Folders", "Other", "Why?", "Work & play"])
    right_click_row(chat, "Why?")
    submenu = opened().findChild(QMenu, "moveToFolder")
    assert entries(submenu) == ["New folder…", "Remove from folder"]
    opened().close()
