"""Other answers to the same question, other questions, other models."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.settings.declarations import SEND_KEY
from tests.gui.window.harness import FakeModel, Harness


async def test_regenerate_asks_the_same_and_keeps_the_first_answer(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("First.")
    fake_model.says("Second.")
    await harness.ask_and_wait("Say something")
    harness.click_control(Verb.REGENERATE)
    await harness.until(lambda: harness.answer() == "Second." and not harness.streaming())
    assert fake_model.asked[0]["messages"] == fake_model.asked[1]["messages"]
    harness.click_control(Verb.PREVIOUS_SIBLING)
    await harness.until(lambda: harness.answer() == "First.")
    harness.click_control(Verb.NEXT_SIBLING)
    await harness.until(lambda: harness.answer() == "Second.")


async def test_ctrl_r_asks_again(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Say something")
    fake_model.says("Other.")
    harness.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: harness.answer() == "Other." and not harness.streaming())


async def test_arrow_up_edits_the_last_question_and_the_old_one_stays_beside_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("To the old.")
    fake_model.says("To the new.")
    await harness.ask_and_wait("Old words")
    harness.press(Qt.Key.Key_Up)
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    assert editor.hasFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "New words")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await harness.until(lambda: harness.messages() == ["New words", "To the new."] and not harness.streaming())
    assert fake_model.last_question() == "New words"
    await harness.program.chat.branches.show_sibling(harness.transcript.document.message(0).id, -1)
    await harness.until(lambda: harness.messages() == ["Old words", "To the old."])


async def test_the_focus_is_in_the_message_after_a_question_was_edited(harness: Harness) -> None:
    await harness.ask_and_wait("First")
    harness.press(Qt.Key.Key_Up)
    field = QApplication.focusWidget()
    assert field is not harness.edit
    QTest.keyClicks(field, " again")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert harness.edit.hasFocus()
    await harness.until(lambda: harness.messages()[:1] == ["First again"] and not harness.streaming())


async def test_the_setting_of_the_send_key_holds_for_an_edited_question_too(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Old words")
    harness.program.settings.set(SEND_KEY, "ctrl_enter")
    harness.press(Qt.Key.Key_Up)
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "Old words\n"
    QTest.keyClicks(editor, "more")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: len(fake_model.asked) == 2 and not harness.streaming())
    assert fake_model.last_question() == "Old words\nmore"


async def test_another_model_answers_from_the_next_question_on(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.choose_model("thinker:8b")
    assert harness.edit.hasFocus()
    await harness.ask_and_wait("Second")
    assert [body["model"] for body in fake_model.asked] == ["scripted:1b", "thinker:8b"]
    assert harness.program.chat.conversations.get(harness.chat()).model.model_id == "thinker:8b"


async def test_a_chat_keeps_its_model_when_another_chat_uses_another(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    harness.choose_model("thinker:8b")
    await harness.ask_and_wait("Elsewhere")
    harness.click_row("First")
    await harness.until(lambda: harness.messages() == ["First", "Yes."])
    await harness.ask_and_wait("Again")
    assert [body["model"] for body in fake_model.asked] == ["scripted:1b", "thinker:8b", "scripted:1b"]


async def edit_answer(harness: Harness, index: int, query: str) -> None:
    harness.transcript._commands.perform(index, Command(Verb.EDIT))
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    editor.selectAll()
    QTest.keyClicks(editor, query)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: harness.messages()[index] == query)


async def test_an_edited_answer_is_a_version_that_the_chat_goes_on_from(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("First answer.")
    fake_model.says("Second answer.")
    await harness.ask_and_wait("One")
    await harness.ask_and_wait("Two")
    await edit_answer(harness, 1, "My own.")
    assert harness.messages() == ["One", "My own.", "Two", "Second answer."]
    assert harness.toast() == ["Answer changed", "The original answer is kept as another version", "Ctrl+Z", "Undo"]
    await harness.ask_and_wait("Three")
    assert [turn["content"] for turn in fake_model.asked[-1]["messages"]] == [
        "One",
        "My own.",
        "Two",
        "Second answer.",
        "Three",
    ]
    harness.click_toast()
    await harness.until(
        lambda: harness.messages() == ["One", "First answer.", "Two", "Second answer.", "Three", "Yes."]
    )


async def test_discarded_changes_come_back_with_undo(harness: Harness) -> None:
    await harness.ask_and_wait("One")
    harness.transcript._commands.perform(1, Command(Verb.EDIT))
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(
        editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier
    )  # the editor of an answer begins at its top
    QTest.keyClicks(editor, " No.")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert harness.toast() == ["Changes discarded", "Ctrl+Z", "Undo"]
    harness.click_toast()
    (editor,) = [found for found in harness.transcript.findChildren(MessageEditor) if not found.isHidden()]
    assert editor.text() == "Yes. No."


async def test_an_edit_that_is_not_saved_is_there_after_a_restart(harness: Harness, open_harness: object) -> None:
    await harness.ask_and_wait("One")
    harness.transcript._commands.perform(1, Command(Verb.EDIT))
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, " No.")
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.transcript.findChild(MessageEditor))
    assert again.transcript.findChild(MessageEditor).text() == "Yes. No."


async def test_after_an_edited_question_the_keyboard_is_in_the_message(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Say something")
    harness.press(Qt.Key.Key_Up)
    editor = harness.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClicks(editor, " else")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert harness.window.focusWidget() is harness.edit
    await harness.until(lambda: len(fake_model.asked) == 2 and not harness.streaming())
    assert harness.window.focusWidget() is harness.edit


async def test_a_question_whose_answer_was_deleted_offers_to_regenerate_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Say something")
    assert harness.control(Verb.REGENERATE, 0) is None
    harness.transcript.delete_requested.emit(harness.transcript.document.message(1).id)
    await harness.until(lambda: harness.messages() == ["Say something"])
    assert harness.control(Verb.REGENERATE, 0)
    fake_model.says("Again.")
    harness.click_control(Verb.REGENERATE, 0)
    await harness.until(lambda: harness.messages() == ["Say something", "Again."] and not harness.streaming())
    assert harness.control(Verb.REGENERATE, 0) is None


async def test_ctrl_r_answers_a_question_without_an_answer(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Say something")
    harness.transcript.delete_requested.emit(harness.transcript.document.message(1).id)
    await harness.until(lambda: harness.messages() == ["Say something"])
    fake_model.says("Again.")
    harness.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: harness.messages() == ["Say something", "Again."] and not harness.streaming())


async def test_a_question_that_is_being_answered_offers_nothing(harness: Harness, fake_model: FakeModel) -> None:
    never = asyncio.Event()
    fake_model.says(never)
    harness.ask("Say something")
    await harness.until(harness.streaming)
    assert harness.control(Verb.REGENERATE, 0) is None


async def test_undoing_the_deletion_takes_the_offer_back(harness: Harness) -> None:
    await harness.ask_and_wait("Say something")
    harness.transcript.delete_requested.emit(harness.transcript.document.message(1).id)
    await harness.until(lambda: harness.control(Verb.REGENERATE, 0))
    harness.click_toast()
    await harness.until(lambda: len(harness.messages()) == 2)
    assert harness.control(Verb.REGENERATE, 0) is None


async def test_ctrl_e_edits_the_last_question(harness: Harness) -> None:
    await harness.ask_and_wait("Say something")
    harness.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert harness.transcript.findChild(MessageEditor)
