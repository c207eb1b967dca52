"""Folders of chats in the window: made, filled, deleted, and what new chats in them begin with."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.conversations.ui.sidebar.folders.folder_actions import FolderRequests
from chatdesk.features.conversations.ui.sidebar.folders.folder_defaults import FolderDefaults
from chatdesk.features.conversations.ui.sidebar.list.list_rows import FolderRow
from chatdesk.features.conversations.ui.sidebar.list.row_painter import add_button_rect
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import NEW_CHAT_FOLDER
from chatdesk.ui_kit.forms.folding_edit import FoldingEdit
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from chatdesk.ui_kit.widgets.icon_button import IconButton
from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier
THINKER = "thinker:8b"
BRIEF = """\
+++
name = "Brief"
+++
Be brief.
"""
SHOUT = """\
+++
name = "Shout"

[[variables]]
name = "to"
+++
Shout to {{to}}.
"""
TRANSLATION = """\
+++
name = "Into Greek"
kind = "translation"
+++
Translate.
"""


def folder_requests(harness: Harness) -> FolderRequests:
    return harness.window._sidebar.folder_requests


async def new_folder(harness: Harness, name: str, *chats: str) -> Folder:
    """Make a folder as a person does: ask for it, write its name."""
    known = set(harness.program.conversations.folders.all())
    folder_requests(harness).new_requested.emit(list(chats))
    await harness.until(lambda: harness.window.findChild(QLineEdit, "renameField"))
    field = harness.window.findChild(QLineEdit, "renameField")
    assert field is not None
    assert field.selectedText() == "New folder"
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.until(lambda: name in harness.listed())
    return next(folder for folder in harness.program.conversations.folders.all() if folder not in known)


def press_add_button(harness: Harness, title: str) -> None:
    """Press the plus in the row of a folder or beside the heading of the folders."""
    view = harness.part("conversationList")
    index = view.model().index(harness.listed().index(title), 0)
    rect = add_button_rect(harness.window._appearance.theme, QRectF(view.visualRect(index)), harness.row(title))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())


async def preset(harness: Harness, text: str) -> str:
    presets = harness.program.presets.presets
    await harness.until(lambda: presets.loaded)
    name = text.split('"')[1].lower().replace(" ", "-")
    presets.folder.mkdir(parents=True, exist_ok=True)
    (presets.folder / f"{name}.md").write_text(text, "utf-8")
    await presets.reload_changed()
    return f"own:{name}"


def thinker(harness: Harness) -> ModelRef:
    return next(model.ref for model in harness.program.servers.models.all() if model.ref.model_id == THINKER)


def marked(harness: Harness, name: str) -> bool:
    model = harness.part("conversationList").model()
    row = model.index(harness.listed().index(name), 0).data(ROW_ROLE)
    assert isinstance(row, FolderRow)
    return row.marked


def system_prompt(fake_model: FakeModel) -> str:
    return "".join(each["content"] for each in fake_model.asked[-1]["messages"] if each["role"] == "system")


async def open_defaults(harness: Harness, folder: Folder) -> FolderDefaults:
    folder_requests(harness).defaults_requested.emit(folder.id, QRect(10, 10, 100, 30))
    popup = harness.window.findChild(FolderDefaults, "folderDefaults")
    assert popup is not None
    return popup


def shown(popup: FolderDefaults, name: str) -> str:
    button = popup.findChild(ChoiceButton, name)
    assert button is not None
    return button.text()


async def test_a_chat_goes_into_a_new_folder_and_undo_takes_it_out(harness: Harness) -> None:
    await harness.ask_and_wait("Why?")
    folder = await new_folder(harness, "Thesis", harness.chat())
    assert harness.listed() == ["Folders", "Thesis", "Why?"]
    folder_requests(harness).move_requested.emit([harness.chat()], "")
    await harness.until(lambda: harness.listed() == ["Folders", "Thesis", "Today", "Why?"])
    folder_requests(harness).move_requested.emit([harness.chat()], folder.id)
    await harness.until(lambda: "chat(s) moved to “Thesis”" in "".join(harness.toast()))
    harness.click_toast()
    await harness.until(lambda: harness.listed() == ["Folders", "Thesis", "Today", "Why?"])


async def test_a_deleted_folder_leaves_its_chats_and_undo_brings_it_back(harness: Harness) -> None:
    await harness.ask_and_wait("Why?")
    folder = await new_folder(harness, "Thesis", harness.chat())
    folder_requests(harness).delete_requested.emit(folder.id)
    await harness.until(lambda: harness.listed() == ["Folders", "Today", "Why?", "Recently deleted"])
    await harness.until(lambda: harness.toast()[:2] == ["Folder deleted; its chats are kept", "Thesis"])
    harness.click_toast()
    await harness.until(lambda: harness.listed() == ["Folders", "Thesis", "Why?"])


async def test_folders_are_as_they_were_after_a_restart(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await harness.ask_and_wait("Why?")
    folder = await new_folder(harness, "Thesis", harness.chat())
    await new_folder(harness, "Work")
    folder_requests(harness).fold_requested.emit(folder.id, True)
    await harness.until(lambda: harness.listed() == ["Folders", "Thesis", "Work"])
    folder_requests(harness).step_requested.emit(folder.id, 1)
    await harness.until(lambda: harness.listed() == ["Folders", "Work", "Thesis"])
    assert marked(harness, "Thesis"), "the chat being shown is in it"
    await harness.close()
    again = await open_harness()
    assert again.listed() == ["Folders", "Work", "Thesis"]
    folder_requests(again).fold_requested.emit(folder.id, False)
    await again.until(lambda: again.listed() == ["Folders", "Work", "Thesis", "Why?"])


async def test_a_new_chat_in_a_folder_begins_with_its_preset_and_model(harness: Harness, fake_model: FakeModel) -> None:
    folder = await new_folder(harness, "Thesis")
    key = await preset(harness, BRIEF)
    await harness.program.conversations.folders.set_preset(folder.id, key)
    await harness.program.conversations.folders.set_model(folder.id, thinker(harness))
    folder_requests(harness).new_chat_requested.emit(folder.id)
    assert marked(harness, "Thesis")
    await harness.ask_and_wait("Why?")
    assert (fake_model.asked[-1]["model"], system_prompt(fake_model)) == (THINKER, "Be brief.")
    assert harness.listed() == ["Folders", "Thesis", "Why?"]
    assert not marked(harness, "Thesis")
    harness.click("newChat")
    await harness.ask_and_wait("And elsewhere?")
    assert (fake_model.asked[-1]["model"], system_prompt(fake_model)) == ("scripted:1b", "")
    assert harness.listed() == ["Folders", "Thesis", "Why?", "Today", "And elsewhere?"]


async def test_a_new_chat_in_a_folder_is_still_that_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    folder = await new_folder(harness, "Thesis")
    await harness.program.conversations.folders.set_preset(folder.id, await preset(harness, BRIEF))
    await harness.program.conversations.folders.set_model(folder.id, thinker(harness))
    folder_requests(harness).new_chat_requested.emit(folder.id)
    await harness.close()
    again = await open_harness()
    assert marked(again, "Thesis")
    await again.ask_and_wait("Why?")
    assert (fake_model.asked[-1]["model"], system_prompt(fake_model)) == (THINKER, "Be brief.")
    assert again.listed() == ["Folders", "Thesis", "Why?"]


async def test_what_a_folder_began_with_is_forgotten_for_a_chat_elsewhere(
    harness: Harness, fake_model: FakeModel
) -> None:
    folder = await new_folder(harness, "Thesis")
    await harness.program.conversations.folders.set_preset(folder.id, await preset(harness, BRIEF))
    folder_requests(harness).new_chat_requested.emit(folder.id)
    harness.press(Qt.Key.Key_N, CONTROL)
    assert not marked(harness, "Thesis")
    await harness.ask_and_wait("Why?")
    assert system_prompt(fake_model) == ""
    assert harness.listed() == ["Folders", "Thesis", "Today", "Why?"]


async def test_what_was_just_filled_in_stays_behind_with_its_folder(harness: Harness, fake_model: FakeModel) -> None:
    folder = await new_folder(harness, "Thesis")
    await harness.program.conversations.folders.set_preset(folder.id, await preset(harness, SHOUT))
    folder_requests(harness).new_chat_requested.emit(folder.id)
    field = harness.part("variable_to").findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Ann")
    harness.press(Qt.Key.Key_N, CONTROL)
    await harness.ask_and_wait("Why?")
    assert system_prompt(fake_model) == ""


async def test_the_key_for_a_new_chat_on_a_folder_begins_it_in_no_folder_as_a_click_does(harness: Harness) -> None:
    await new_folder(harness, "Thesis")
    view = harness.part("conversationList")
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    harness.press(Qt.Key.Key_N, CONTROL, view)
    await harness.ask_and_wait("Why?")
    assert harness.listed() == ["Folders", "Thesis", "Today", "Why?"]


async def test_a_new_chat_whose_folder_is_deleted_meanwhile_is_in_none(harness: Harness) -> None:
    folder = await new_folder(harness, "Thesis")
    folder_requests(harness).new_chat_requested.emit(folder.id)
    folder_requests(harness).delete_requested.emit(folder.id)
    await harness.until(lambda: harness.listed() == ["Recently deleted"])
    await harness.ask_and_wait("Why?")
    assert harness.listed() == ["Folders", "Today", "Why?", "Recently deleted"]
    assert harness.program.settings.get(NEW_CHAT_FOLDER) == ""


async def test_a_folders_defaults_are_chosen_shown_and_taken_away(harness: Harness) -> None:
    folder = await new_folder(harness, "Thesis")
    key = await preset(harness, BRIEF)
    await preset(harness, TRANSLATION)
    popup = await open_defaults(harness, folder)
    unset = ("None", "Last used")
    assert (shown(popup, "folderPreset"), shown(popup, "folderModel")) == unset
    QTest.mouseClick(popup.findChild(ChoiceButton, "folderPreset"), Qt.MouseButton.LeftButton)
    search = popup.findChild(QLineEdit, "presetSearch")
    QTest.keyClicks(search, "Into Greek")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert shown(popup, "folderPreset") == "None", "what translates has a desk of its own"
    search.clear()
    QTest.keyClicks(search, "Brief")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await harness.until(lambda: shown(popup, "folderPreset") == "Brief")
    QTest.mouseClick(popup.findChild(ChoiceButton, "folderModel"), Qt.MouseButton.LeftButton)
    search = popup.findChild(QLineEdit, "modelSearch")
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await harness.until(lambda: shown(popup, "folderModel") == THINKER)
    stored = harness.program.conversations.folders.find(folder.id)
    assert stored
    assert (stored.preset_key, stored.model) == (key, thinker(harness))
    for name in ("noFolderPreset", "noFolderModel"):
        QTest.mouseClick(popup.findChild(type(popup._no_preset), name), Qt.MouseButton.LeftButton)
    await harness.until(lambda: (shown(popup, "folderPreset"), shown(popup, "folderModel")) == unset)
    assert harness.program.conversations.folders.find(folder.id) == folder
    popup.close()


async def test_a_preset_that_is_gone_is_said_to_be_and_begins_nothing(harness: Harness, fake_model: FakeModel) -> None:
    folder = await new_folder(harness, "Thesis")
    await harness.program.conversations.folders.set_preset(folder.id, "own:gone")
    await harness.until(lambda: harness.program.presets.presets.loaded)
    popup = await open_defaults(harness, folder)
    assert shown(popup, "folderPreset") == "No longer in the library"
    popup.close()
    folder_requests(harness).new_chat_requested.emit(folder.id)
    await harness.ask_and_wait("Why?")
    assert system_prompt(fake_model) == ""


async def test_a_folder_begins_with_ones_own_copy_of_a_built_in_preset(harness: Harness) -> None:
    presets = harness.program.presets.presets
    await harness.until(lambda: presets.loaded)
    built_in = next(each for each in presets.all() if each.key.startswith("built-in:"))
    own = await presets.save(built_in)
    assert presets.shown(built_in.key) == own
    assert presets.shown(own.key) == own
    assert presets.shown("own:nothing") is None


@pytest.mark.parametrize("several", [False, True])
async def test_a_search_finds_chats_in_folded_folders(harness: Harness, several: bool) -> None:
    await harness.ask_and_wait("Why is the sky blue?")
    folder = await new_folder(harness, "Thesis", harness.chat())
    folder_requests(harness).fold_requested.emit(folder.id, True)
    await harness.until(lambda: "Why is the sky blue?" not in harness.listed())
    QTest.keyClicks(harness.part("searchChats"), "sky blue" if several else "sky")
    await harness.until(lambda: harness.listed()[:3] == ["Folders", "Thesis", "Why is the sky blue?"])


async def test_a_new_chat_in_a_folder_says_so_above_the_message_until_it_has_begun(harness: Harness) -> None:
    folder = await new_folder(harness, "Thesis")
    press_add_button(harness, "Thesis")
    chip = harness.part("newChatFolder")
    assert (chip.isVisible(), chip.text()) == (True, "in Thesis")
    await harness.program.conversations.folders.rename(folder.id, "My thesis")
    assert chip.text() == "in My thesis"
    await harness.ask_and_wait("Why?")
    assert not chip.isVisible()
    assert harness.listed() == ["Folders", "My thesis", "Why?"]


async def test_the_cross_beside_the_folder_takes_the_new_chat_out_of_it(harness: Harness) -> None:
    await new_folder(harness, "Thesis")
    press_add_button(harness, "Thesis")
    chip = harness.part("newChatFolder")
    QTest.mouseClick(chip.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert not chip.isVisible()
    assert harness.edit.hasFocus()
    await harness.ask_and_wait("Why?")
    assert harness.listed() == ["Folders", "Thesis", "Today", "Why?"]


async def test_a_draft_in_a_folder_is_listed_as_draft_and_still_belongs_to_the_folder(harness: Harness) -> None:
    await new_folder(harness, "Thesis")
    press_add_button(harness, "Thesis")
    harness.type("Why?")
    harness.press(Qt.Key.Key_N, CONTROL)
    chip = harness.part("newChatFolder")
    assert not chip.isVisible()
    await harness.until(lambda: harness.listed() == ["Drafts", "Why?", "Folders", "Thesis"])
    harness.click_row("Why?")
    await harness.until(lambda: chip.isVisible() and harness.edit.text() == "Why?")
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.listed() == ["Folders", "Thesis", "Why?"])
    assert not chip.isVisible()


async def test_the_first_folder_is_made_with_the_button_beside_the_heading(harness: Harness) -> None:
    await harness.ask_and_wait("Why?")
    press_add_button(harness, "Folders")
    await harness.until(lambda: harness.window.findChild(QLineEdit, "renameField"))
    QTest.keyClicks(harness.part("renameField"), "Thesis")
    QTest.keyClick(harness.part("renameField"), Qt.Key.Key_Return)
    await harness.until(lambda: "Thesis" in harness.listed())


async def test_a_folded_folder_shows_that_a_chat_in_it_has_an_unread_answer(
    harness: Harness, fake_model: FakeModel
) -> None:
    folder = await new_folder(harness, "Thesis")
    press_add_button(harness, "Thesis")
    end = asyncio.Event()
    fake_model.says("Half", end, ".")
    harness.ask("Why?")
    await harness.until(lambda: harness.answer() == "Half")
    harness.press(Qt.Key.Key_N, CONTROL)
    await harness.program.conversations.folders.set_collapsed(folder.id, collapsed=True)
    assert harness.marks("Thesis") == (True, False)
    end.set()
    await harness.until(lambda: harness.marks("Thesis") == (False, True))
    await harness.program.conversations.folders.set_collapsed(folder.id, collapsed=False)
    assert (harness.marks("Thesis"), harness.marks("Why?")) == ((False, False), (False, True))


async def test_a_folders_instructions_are_sent_in_all_its_chats(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    chat = harness.chat()
    folder = await new_folder(harness, "Money", chat)
    popup = await open_defaults(harness, folder)
    field = popup.findChild(FoldingEdit, "folderInstructions")
    assert field is not None
    assert field.hasFocus()
    QTest.keyClicks(field, "No advice on shares.")
    popup.close()  # at once: what was just written is kept
    await harness.until(lambda: folder_named(harness, "Money").instructions == "No advice on shares.")
    await harness.ask_and_wait("Again")
    assert system_prompt(fake_model) == "No advice on shares."
    other = await new_folder(harness, "Thesis")
    popup = await open_defaults(harness, other)
    assert field.text() == ""


def folder_named(harness: Harness, name: str) -> Folder:
    return next(folder for folder in harness.program.conversations.folders.all() if folder.name == name)


@pytest.mark.parametrize("stored", ["Quick questions", "快速提问"])
async def test_the_folder_of_quick_questions_is_named_in_the_language_of_the_window(
    harness: Harness, stored: str
) -> None:
    folder = await harness.program.conversations.folders.create(stored)
    assert harness.listed() == ["Folders", "Quick questions"]
    await harness.program.conversations.folders.rename(folder.id, "Mine")
    assert harness.listed() == ["Folders", "Mine"]
