"""The window for quick questions: opened over everything, asked once, closed; what was asked is kept in a folder of its own."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.settings.declarations import QUICK_FOLDER
from chatdesk.ui_kit.errors.wording_types import NextStep
from tests.fakes.scripted_server import reply
from tests.gui.window.harness import FakeModel
from tests.gui.window.quick_harness import Quick


async def test_a_question_is_answered_under_it_and_kept_in_a_folded_folder(quick: Quick, fake_model: FakeModel) -> None:
    harness = quick.harness
    fake_model.says("**Blue** light scatters.")
    low = quick.window.height()
    assert quick.window.isVisible()
    assert quick.edit.hasFocus()
    assert harness.program.conversations.folders.all() == ()
    await quick.ask_and_wait("Why is the sky blue?")
    assert quick.messages() == ["Why is the sky blue?", "Blue light scatters."]
    assert quick.window.height() > low
    folder = harness.program.conversations.folders.all()[0]
    assert (folder.name, folder.collapsed) == ("Quick questions", True)
    assert quick.words("quickKept") == "Saved in “Quick questions”"
    chat = harness.program.chat.conversations.all()[0]
    assert (chat.title, chat.folder_id) == ("Why is the sky blue?", folder.id)
    assert harness.chat() == ""
    assert "Why is the sky blue?" not in harness.listed()


async def test_escape_stops_and_then_closes_and_the_next_time_begins_anew(quick: Quick, fake_model: FakeModel) -> None:
    harness, go_on = quick.harness, asyncio.Event()
    fake_model.says("It is", go_on)
    quick.ask("Why?")
    await harness.until(lambda: quick.messages()[1:] == ["It is"])
    quick.press(Qt.Key.Key_Escape)
    assert quick.window.isVisible()
    await harness.until(lambda: not quick.streaming())
    quick.press(Qt.Key.Key_Escape)
    assert not quick.window.isVisible()
    harness.window.show_quick()
    assert quick.window.isVisible()
    assert quick.messages() == []
    await quick.keyboard_in(quick.edit)
    await quick.ask_and_wait("And now?")
    chats = harness.program.chat.conversations.all()
    assert [chat.title for chat in chats] == ["And now?", "Why?"]
    assert len({chat.folder_id for chat in chats}) == 1
    assert len(harness.program.conversations.folders.all()) == 1


async def test_an_answer_goes_on_behind_a_closed_window_and_is_shown_the_next_time(
    quick: Quick, fake_model: FakeModel
) -> None:
    harness, go_on = quick.harness, asyncio.Event()
    fake_model.says("Half", go_on, " and whole.")
    quick.ask("Slow?")
    await harness.until(lambda: quick.messages()[1:] == ["Half"])
    quick.click("closeQuick")
    assert not quick.window.isVisible()
    chat = harness.program.chat.conversations.all()[0]
    go_on.set()
    await harness.until(lambda: not harness.program.chat.chat.is_answering(chat.id))
    harness.window.show_quick()
    assert quick.messages() == ["Slow?", "Half and whole."]


async def test_opened_as_a_chat_it_leaves_the_folder_and_is_shown_in_the_window(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("Keep me")
    quick.click("openAsChat")
    await harness.until(lambda: harness.chat() and len(harness.messages()) == 2)
    assert harness.messages() == ["Keep me", "Yes."]
    assert harness.program.chat.conversations.all()[0].folder_id is None
    assert "Keep me" in harness.listed()
    assert not quick.window.isVisible()
    harness.ask("More")
    await harness.until(lambda: len(harness.messages()) == 4)
    assert quick.messages() == []


async def test_an_answer_read_here_is_not_marked_unread_in_the_sidebar(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("Read here")
    await harness.program.conversations.folders.set_collapsed(
        harness.program.conversations.folders.all()[0].id, collapsed=False
    )
    await harness.until(lambda: "Read here" in harness.listed())
    assert harness.marks("Read here") == (False, False)


async def test_more_is_asked_in_the_same_chat_until_a_new_question_is_begun(
    quick: Quick, fake_model: FakeModel
) -> None:
    await quick.ask_and_wait("One")
    quick.ask("Two")
    await quick.harness.until(lambda: len(quick.messages()) == 4 and not quick.streaming())
    assert [turn["content"] for turn in fake_model.asked[-1]["messages"]] == ["One", "Yes.", "Two"]
    quick.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert quick.messages() == []
    assert quick.edit.hasFocus()
    assert len(quick.harness.program.chat.conversations.all()) == 1


async def test_the_answer_is_copied(quick: Quick, fake_model: FakeModel) -> None:
    fake_model.says("Some *words*")
    await quick.ask_and_wait("Write")
    quick.click("copyAnswer")
    assert QGuiApplication.clipboard().text() == "Some *words*"
    assert "Answer copied to the clipboard" in quick.toast()


async def test_opened_as_a_chat_while_it_is_answered_it_goes_on_there(quick: Quick, fake_model: FakeModel) -> None:
    harness, go_on = quick.harness, asyncio.Event()
    fake_model.says("Half", go_on, " and whole.")
    quick.ask("Slow?")
    await harness.until(lambda: quick.messages()[1:] == ["Half"])
    quick.click("openAsChat")
    await harness.until(lambda: harness.chat() and harness.messages() == ["Slow?", "Half"])
    go_on.set()
    await harness.until(lambda: harness.messages() == ["Slow?", "Half and whole."] and not harness.streaming())


async def test_what_waits_comes_back_once_when_the_answer_is_stopped(quick: Quick, fake_model: FakeModel) -> None:
    harness = quick.harness
    fake_model.says("Half", asyncio.Event())
    quick.ask("First")
    await harness.until(lambda: quick.messages()[1:] == ["Half"])
    quick.ask("Second")
    chat = harness.program.chat.conversations.all()[0].id
    await harness.until(lambda: harness.program.chat.chat.queued(chat) == (Draft("Second"),))
    quick.press(Qt.Key.Key_Escape)
    await harness.until(lambda: quick.edit.text() == "Second")
    await harness.until(lambda: harness.program.chat.conversations.get(chat).draft == "Second")
    assert harness.edit.text() == ""


async def test_the_palette_offers_no_quick_questions_before_it_is_asked_for_them(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("Where is Ulm?")
    harness.window._palette.get().toggle()
    found = harness.window._palette.get()._find
    assert "Where is Ulm?" not in [entry.title for entry in found("")]
    assert "Where is Ulm?" in [entry.title for entry in found("ulm")]


async def test_a_failure_is_reported_with_its_next_step_as_in_a_chat(quick: Quick, fake_model: FakeModel) -> None:
    fake_model.says(refusal=reply({"error": "out of memory"}, 500))
    quick.ask("Why?")
    await quick.harness.until(lambda: quick.transcript and len(quick.messages()) == 2 and not quick.streaming())
    item = quick.transcript.document[1]
    assert [button.caption for strip in item.notices for button in strip.notice.buttons][-1] == "Try again"
    chat = quick.harness.program.chat.conversations.all()[0]
    path, _ = await quick.harness.program.chat.chat.path(chat.id)
    assert [message.state for message in path] == [MessageState.COMPLETE, MessageState.FAILED]


async def test_a_question_deleted_in_the_sidebar_is_shown_no_longer(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("Away")
    harness.window._list.delete([harness.program.chat.conversations.all()[0].id])
    await harness.until(lambda: quick.messages() == [])
    assert quick.words("quickTitle") == "Quick question"


async def test_a_deleted_folder_is_made_again_by_the_next_question(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("One")
    first = harness.program.settings.get(QUICK_FOLDER)
    await harness.program.conversations.trash.trash_folder(first)
    quick.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await quick.ask_and_wait("Two")
    folder = harness.program.conversations.folders.all()[0]
    assert folder.id != first
    assert harness.program.chat.conversations.all()[0].folder_id == folder.id


async def test_the_window_is_where_it_was(quick: Quick) -> None:
    harness = quick.harness
    await quick.ask_and_wait("Big")
    quick.window.setGeometry(40, 50, 560, 470)
    quick.press(Qt.Key.Key_Escape)
    harness.window.show_quick()
    assert (quick.window.x(), quick.window.y(), quick.window.width()) == (40, 50, 560)
    assert quick.window.height() < 300
    assert quick.window._edges.across_only
    await quick.ask_and_wait("Big again")
    assert quick.window.height() == 470
    assert not quick.window._edges.across_only


async def test_what_is_too_large_for_it_is_shown_in_the_programs_window(quick: Quick) -> None:
    harness = quick.harness
    quick.click("presetsButton")
    popup = next(each for each in quick.window.findChildren(PresetPopup) if each.isVisible())
    QTest.keyClick(popup.findChild(QWidget, "openLibrary"), Qt.Key.Key_Space)
    await harness.until(lambda: harness.window._middle.shown == "presets")
    quick.click("modelPicker")
    QTest.keyClick(quick.part("addServerFromPicker"), Qt.Key.Key_Space)
    await harness.until(lambda: harness.router.title == "Settings")
    harness.window._quick.get()._chat.step_requested.emit(NextStep.ENGINE_SETTINGS.value)
    await harness.until(lambda: (card := harness.window.findChild(EngineCard)) and card.isVisible())
