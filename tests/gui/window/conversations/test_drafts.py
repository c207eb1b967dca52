"""What is written and not sent: a new chat becomes a draft in the list when another chat is shown."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.settings.declarations import EDIT_DRAFTS, LAST_CONVERSATION, NEW_CHAT_DRAFT
from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier


def new_chat(harness: Harness) -> None:
    harness.press(Qt.Key.Key_N, CONTROL)


async def leave_draft(harness: Harness, text: str) -> None:
    """Write something into a new chat and start another one."""
    harness.type(text)
    new_chat(harness)
    await harness.until(lambda: "Drafts" in harness.listed())


async def test_a_new_chat_is_empty_and_what_was_written_is_a_draft(harness: Harness) -> None:
    await leave_draft(harness, "Ask the tax office. Tomorrow")
    assert harness.edit.text() == ""
    assert harness.listed()[:2] == ["Drafts", "Ask the tax office"]


async def test_what_is_written_is_saved_while_the_keys_never_rest(harness: Harness, fake_model: FakeModel) -> None:
    """What is on the screen for a second must survive a kill."""
    settings = harness.program.settings

    def type_until(saved: Callable[[], object]) -> Callable[[], object]:
        return lambda: harness.type("x") or saved()

    await harness.until(type_until(lambda: settings.get(NEW_CHAT_DRAFT)))
    assert harness.edit.text().startswith(settings.get(NEW_CHAT_DRAFT))
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    (chat,) = harness.program.chat.conversations.all()
    await harness.until(type_until(lambda: harness.program.chat.conversations.get(chat.id).draft))
    harness.press(Qt.Key.Key_A, CONTROL)
    harness.press(Qt.Key.Key_Delete)
    harness.press(Qt.Key.Key_Up)
    await harness.until(lambda: harness.window.findChild(MessageEditor))
    harness.window.findChild(MessageEditor).focus()
    write = partial(QTest.keyClicks, QGuiApplication.focusObject(), "x")
    await harness.until(lambda: write() or settings.get(EDIT_DRAFTS))


async def test_a_click_on_new_chat_does_the_same_as_the_key(harness: Harness) -> None:
    harness.type("Something")
    harness.click("newChat")
    await harness.until(lambda: "Something" in harness.listed())
    assert harness.edit.text() == ""


async def test_a_draft_is_opened_from_the_list_and_sent(harness: Harness, fake_model: FakeModel) -> None:
    await leave_draft(harness, "Why is the sky blue")
    harness.click_row("Why is the sky blue")
    await harness.until(lambda: harness.edit.text() == "Why is the sky blue")
    assert harness.chat_page.shows_start
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert fake_model.last_question() == "Why is the sky blue"
    assert "Drafts" not in harness.listed()
    assert len(harness.program.chat.conversations.all()) == 1


async def test_a_draft_is_changed_where_it_is(harness: Harness) -> None:
    await leave_draft(harness, "First")
    harness.click_row("First")
    await harness.until(lambda: harness.edit.text() == "First")
    harness.press(Qt.Key.Key_End)
    harness.type(" thought")
    new_chat(harness)
    await harness.until(lambda: harness.listed()[:2] == ["Drafts", "First thought"])
    assert len(harness.program.chat.conversations.all()) == 1


async def test_an_emptied_draft_is_gone(harness: Harness) -> None:
    await leave_draft(harness, "First")
    harness.click_row("First")
    await harness.until(lambda: harness.edit.text() == "First")
    harness.press(Qt.Key.Key_A, CONTROL)
    harness.press(Qt.Key.Key_Delete)
    new_chat(harness)
    await harness.until(lambda: "Drafts" not in harness.listed())
    assert harness.program.chat.conversations.all() == ()


async def test_two_drafts_are_two_rows(harness: Harness) -> None:
    await leave_draft(harness, "One")
    await leave_draft(harness, "Two")
    await harness.until(lambda: {"One", "Two"} <= set(harness.listed()))


async def test_nothing_written_leaves_no_draft(harness: Harness) -> None:
    await harness.ask_and_wait("A chat")
    new_chat(harness)
    harness.click_row("A chat")
    await harness.until(lambda: harness.messages() == ["A chat", "Yes."])
    assert "Drafts" not in harness.listed()


async def test_drafts_are_there_after_a_restart(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await leave_draft(harness, "Left behind")
    harness.type("Still being written")
    await harness.close()
    again = await open_harness()
    assert again.edit.text() == "Still being written"
    assert again.listed()[:2] == ["Drafts", "Left behind"]


async def test_what_an_older_version_kept_for_new_chats_becomes_a_draft(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await harness.ask_and_wait("A chat")
    harness.program.settings.set(NEW_CHAT_DRAFT, "Kept by an older version")
    assert harness.program.settings.get(LAST_CONVERSATION)
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.listed()[:2] == ["Drafts", "Kept by an older version"])
    assert again.program.settings.get(NEW_CHAT_DRAFT) == ""


async def test_delete_discards_a_draft_and_undo_brings_it_back(harness: Harness) -> None:
    await leave_draft(harness, "First")
    view = harness.part("conversationList")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    harness.press(Qt.Key.Key_Home, where=view)
    harness.press(Qt.Key.Key_Delete, where=view)
    await harness.until(lambda: harness.toast()[:2] == ["Draft discarded", "First"])
    assert "Drafts" not in harness.listed()
    (deleted,) = await harness.program.conversations.trash.items()
    assert (deleted.title, deleted.count) == ("First", 0)
    harness.press(Qt.Key.Key_Z, CONTROL, where=view)
    await harness.until(lambda: harness.listed()[:2] == ["Drafts", "First"])


async def test_a_draft_keeps_its_preset(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    harness.window.use_preset("built-in:mail-reply")
    await leave_draft(harness, "Thanks")
    assert harness.chat_presenter.presets.preset is None
    harness.click_row("Thanks")
    await harness.until(lambda: harness.chat_presenter.presets.preset is not None)
    assert harness.chat_presenter.presets.preset.key == "built-in:mail-reply"


@pytest.mark.parametrize("leave", ["Ctrl+N", "click"])
async def test_a_preset_alone_is_no_draft(harness: Harness, leave: str) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    harness.window.use_preset("built-in:mail-reply")
    new_chat(harness) if leave == "Ctrl+N" else harness.click("newChat")
    assert harness.chat_presenter.presets.preset is None
    assert "Drafts" not in harness.listed()


async def test_unsent_text_in_a_chat_is_marked_in_the_list_unless_that_chat_is_shown(harness: Harness) -> None:
    await harness.ask_and_wait("A chat")
    harness.type("And then")
    new_chat(harness)
    await harness.until(lambda: harness.row("A chat").unsent)
    harness.click_row("A chat")
    await harness.until(lambda: not harness.row("A chat").unsent)
    assert harness.edit.text() == "And then"


async def test_a_draft_that_cannot_be_stored_is_back_in_the_message(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise DiskFull(path="chats.sqlite3")

    monkeypatch.setattr(harness.program.chat.conversations, "create", fail)
    harness.type("Not lost")
    new_chat(harness)
    await harness.until(lambda: harness.edit.text() == "Not lost")
    assert harness.toast() != []
