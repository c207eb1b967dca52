"""Folders of chats in the window: made, filled, deleted, and what new chats in them begin with."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.conversations.ui.sidebar.folders.folder_actions import FolderWishes
from chatdesk.features.conversations.ui.sidebar.folders.folder_defaults import FolderDefaults
from chatdesk.features.conversations.ui.sidebar.list.list_rows import FolderRow
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import NEW_CHAT_FOLDER
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from tests.gui.window.desk import Desk, Speaker

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


def wishes(desk: Desk) -> FolderWishes:
    return desk.window._sidebar.folder_wishes


async def new_folder(desk: Desk, name: str, *chats: str) -> Folder:
    """Make a folder as a person does: ask for it, write its name."""
    known = set(desk.program.folders.all())
    wishes(desk).new_wanted.emit(list(chats))
    await desk.until(lambda: desk.window.findChild(QLineEdit, "renameField"))
    field = desk.window.findChild(QLineEdit, "renameField")
    assert field is not None
    assert field.selectedText() == "New folder"
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: name in desk.listed())
    return next(folder for folder in desk.program.folders.all() if folder not in known)


async def preset(desk: Desk, text: str) -> str:
    presets = desk.program.presets
    await desk.until(lambda: presets.loaded)
    name = text.split('"')[1].lower().replace(" ", "-")
    presets.folder.mkdir(parents=True, exist_ok=True)
    (presets.folder / f"{name}.md").write_text(text, "utf-8")
    await presets.look_again()
    return f"own:{name}"


def thinker(desk: Desk) -> ModelRef:
    return next(model.ref for model in desk.program.models.all() if model.ref.model_id == THINKER)


def marked(desk: Desk, name: str) -> bool:
    model = desk.part("conversationList").model()
    row = model.index(desk.listed().index(name), 0).data(ROW_ROLE)
    assert isinstance(row, FolderRow)
    return row.marked


def system_prompt(speaker: Speaker) -> str:
    return "".join(each["content"] for each in speaker.asked[-1]["messages"] if each["role"] == "system")


async def open_defaults(desk: Desk, folder: Folder) -> FolderDefaults:
    wishes(desk).defaults_wanted.emit(folder.id, QRect(10, 10, 100, 30))
    popup = desk.window.findChild(FolderDefaults, "folderDefaults")
    assert popup is not None
    return popup


def shown(popup: FolderDefaults, name: str) -> str:
    button = popup.findChild(ChoiceButton, name)
    assert button is not None
    return button.text()


async def test_a_chat_goes_into_a_new_folder_and_undo_takes_it_out(desk: Desk) -> None:
    await desk.ask_and_wait("Why?")
    folder = await new_folder(desk, "Thesis", desk.chat())
    assert desk.listed() == ["Folders", "Thesis", "Why?"]
    wishes(desk).move_wanted.emit([desk.chat()], "")
    await desk.until(lambda: desk.listed() == ["Folders", "Thesis", "Today", "Why?"])
    wishes(desk).move_wanted.emit([desk.chat()], folder.id)
    await desk.until(lambda: "chat(s) moved to “Thesis”" in "".join(desk.toast()))
    desk.click_toast()
    await desk.until(lambda: desk.listed() == ["Folders", "Thesis", "Today", "Why?"])


async def test_a_deleted_folder_leaves_its_chats_and_undo_brings_it_back(desk: Desk) -> None:
    await desk.ask_and_wait("Why?")
    folder = await new_folder(desk, "Thesis", desk.chat())
    wishes(desk).delete_wanted.emit(folder.id)
    await desk.until(lambda: desk.listed() == ["Today", "Why?", "Recently deleted"])
    await desk.until(lambda: desk.toast()[:2] == ["Folder deleted; its chats are kept", "Thesis"])
    desk.click_toast()
    await desk.until(lambda: desk.listed() == ["Folders", "Thesis", "Why?"])


async def test_folders_are_as_they_were_after_a_restart(desk: Desk, open_desk: Callable[[], Awaitable[Desk]]) -> None:
    await desk.ask_and_wait("Why?")
    folder = await new_folder(desk, "Thesis", desk.chat())
    await new_folder(desk, "Work")
    wishes(desk).fold_wanted.emit(folder.id, True)
    await desk.until(lambda: desk.listed() == ["Folders", "Thesis", "Work"])
    wishes(desk).step_wanted.emit(folder.id, 1)
    await desk.until(lambda: desk.listed() == ["Folders", "Work", "Thesis"])
    assert marked(desk, "Thesis"), "the chat being shown is in it"
    await desk.close()
    again = await open_desk()
    assert again.listed() == ["Folders", "Work", "Thesis"]
    wishes(again).fold_wanted.emit(folder.id, False)
    await again.until(lambda: again.listed() == ["Folders", "Work", "Thesis", "Why?"])


async def test_a_new_chat_in_a_folder_begins_with_its_preset_and_model(desk: Desk, speaker: Speaker) -> None:
    folder = await new_folder(desk, "Thesis")
    key = await preset(desk, BRIEF)
    await desk.program.folders.set_preset(folder.id, key)
    await desk.program.folders.set_model(folder.id, thinker(desk))
    wishes(desk).new_chat_wanted.emit(folder.id)
    assert marked(desk, "Thesis")
    await desk.ask_and_wait("Why?")
    assert (speaker.asked[-1]["model"], system_prompt(speaker)) == (THINKER, "Be brief.")
    assert desk.listed() == ["Folders", "Thesis", "Why?"]
    assert not marked(desk, "Thesis")
    desk.click("newChat")
    await desk.ask_and_wait("And elsewhere?")
    assert (speaker.asked[-1]["model"], system_prompt(speaker)) == ("scripted:1b", "")
    assert desk.listed() == ["Folders", "Thesis", "Why?", "Today", "And elsewhere?"]


async def test_a_new_chat_in_a_folder_is_still_that_after_a_restart(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    folder = await new_folder(desk, "Thesis")
    await desk.program.folders.set_preset(folder.id, await preset(desk, BRIEF))
    await desk.program.folders.set_model(folder.id, thinker(desk))
    wishes(desk).new_chat_wanted.emit(folder.id)
    await desk.close()
    again = await open_desk()
    assert marked(again, "Thesis")
    await again.ask_and_wait("Why?")
    assert (speaker.asked[-1]["model"], system_prompt(speaker)) == (THINKER, "Be brief.")
    assert again.listed() == ["Folders", "Thesis", "Why?"]


async def test_what_a_folder_began_with_is_forgotten_for_a_chat_elsewhere(desk: Desk, speaker: Speaker) -> None:
    folder = await new_folder(desk, "Thesis")
    await desk.program.folders.set_preset(folder.id, await preset(desk, BRIEF))
    wishes(desk).new_chat_wanted.emit(folder.id)
    desk.press(Qt.Key.Key_N, CONTROL)
    assert not marked(desk, "Thesis")
    await desk.ask_and_wait("Why?")
    assert system_prompt(speaker) == ""
    assert desk.listed() == ["Folders", "Thesis", "Today", "Why?"]


async def test_what_was_just_filled_in_stays_behind_with_its_folder(desk: Desk, speaker: Speaker) -> None:
    folder = await new_folder(desk, "Thesis")
    await desk.program.folders.set_preset(folder.id, await preset(desk, SHOUT))
    wishes(desk).new_chat_wanted.emit(folder.id)
    field = desk.part("variable_to").findChild(QLineEdit)
    assert field is not None
    assert field.hasFocus()
    QTest.keyClicks(field, "Ann")
    desk.press(Qt.Key.Key_N, CONTROL)
    await desk.ask_and_wait("Why?")
    assert system_prompt(speaker) == ""


async def test_the_key_for_a_new_chat_on_a_folder_begins_it_there(desk: Desk) -> None:
    await new_folder(desk, "Thesis")
    view = desk.part("conversationList")
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    desk.press(Qt.Key.Key_N, CONTROL, view)
    await desk.ask_and_wait("Why?")
    assert desk.listed() == ["Folders", "Thesis", "Why?"]


async def test_a_new_chat_whose_folder_is_deleted_meanwhile_is_in_none(desk: Desk) -> None:
    folder = await new_folder(desk, "Thesis")
    wishes(desk).new_chat_wanted.emit(folder.id)
    wishes(desk).delete_wanted.emit(folder.id)
    await desk.until(lambda: desk.listed() == ["Recently deleted"])
    await desk.ask_and_wait("Why?")
    assert desk.listed() == ["Today", "Why?", "Recently deleted"]
    assert desk.program.settings.get(NEW_CHAT_FOLDER) == ""


async def test_a_folders_defaults_are_chosen_shown_and_taken_away(desk: Desk) -> None:
    folder = await new_folder(desk, "Thesis")
    key = await preset(desk, BRIEF)
    await preset(desk, TRANSLATION)
    popup = await open_defaults(desk, folder)
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
    await desk.until(lambda: shown(popup, "folderPreset") == "Brief")
    QTest.mouseClick(popup.findChild(ChoiceButton, "folderModel"), Qt.MouseButton.LeftButton)
    search = popup.findChild(QLineEdit, "modelSearch")
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await desk.until(lambda: shown(popup, "folderModel") == THINKER)
    kept = desk.program.folders.find(folder.id)
    assert kept
    assert (kept.preset_key, kept.model) == (key, thinker(desk))
    for name in ("noFolderPreset", "noFolderModel"):
        QTest.mouseClick(popup.findChild(type(popup._no_preset), name), Qt.MouseButton.LeftButton)
    await desk.until(lambda: (shown(popup, "folderPreset"), shown(popup, "folderModel")) == unset)
    assert desk.program.folders.find(folder.id) == folder
    popup.close()


async def test_a_preset_that_is_gone_is_said_to_be_and_begins_nothing(desk: Desk, speaker: Speaker) -> None:
    folder = await new_folder(desk, "Thesis")
    await desk.program.folders.set_preset(folder.id, "own:gone")
    await desk.until(lambda: desk.program.presets.loaded)
    popup = await open_defaults(desk, folder)
    assert shown(popup, "folderPreset") == "No longer in the library"
    popup.close()
    wishes(desk).new_chat_wanted.emit(folder.id)
    await desk.ask_and_wait("Why?")
    assert system_prompt(speaker) == ""


async def test_a_folder_begins_with_ones_own_copy_of_a_built_in_preset(desk: Desk) -> None:
    presets = desk.program.presets
    await desk.until(lambda: presets.loaded)
    built_in = next(each for each in presets.all() if each.key.startswith("built-in:"))
    own = await presets.save(built_in)
    assert presets.shown(built_in.key) == own
    assert presets.shown(own.key) == own
    assert presets.shown("own:nothing") is None


@pytest.mark.parametrize("several", [False, True])
async def test_a_search_finds_chats_in_folded_folders(desk: Desk, several: bool) -> None:
    await desk.ask_and_wait("Why is the sky blue?")
    folder = await new_folder(desk, "Thesis", desk.chat())
    wishes(desk).fold_wanted.emit(folder.id, True)
    await desk.until(lambda: "Why is the sky blue?" not in desk.listed())
    QTest.keyClicks(desk.part("searchChats"), "sky blue" if several else "sky")
    await desk.until(lambda: desk.listed()[:3] == ["Folders", "Thesis", "Why is the sky blue?"])
