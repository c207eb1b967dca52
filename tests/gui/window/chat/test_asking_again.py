"""Other answers to the same question, other questions, other models."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.settings.declarations import SEND_KEY
from tests.gui.window.desk import Desk, Speaker


async def test_regenerate_asks_the_same_and_keeps_the_first_answer(desk: Desk, speaker: Speaker) -> None:
    speaker.says("First.")
    speaker.says("Second.")
    await desk.ask_and_wait("Say something")
    desk.click_control(Verb.REGENERATE)
    await desk.until(lambda: desk.answer() == "Second." and not desk.streaming())
    assert speaker.asked[0]["messages"] == speaker.asked[1]["messages"]
    desk.click_control(Verb.PREVIOUS_SIBLING)
    await desk.until(lambda: desk.answer() == "First.")
    desk.click_control(Verb.NEXT_SIBLING)
    await desk.until(lambda: desk.answer() == "Second.")


async def test_ctrl_r_asks_again(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Say something")
    speaker.says("Other.")
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: desk.answer() == "Other." and not desk.streaming())


async def test_arrow_up_edits_the_last_question_and_the_old_one_stays_beside_it(desk: Desk, speaker: Speaker) -> None:
    speaker.says("To the old.")
    speaker.says("To the new.")
    await desk.ask_and_wait("Old words")
    desk.press(Qt.Key.Key_Up)
    editor = desk.transcript.findChild(MessageEditor).findChild(MessageEdit)
    assert editor.hasFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "New words")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await desk.until(lambda: desk.messages() == ["New words", "To the new."] and not desk.streaming())
    assert speaker.last_question() == "New words"
    await desk.program.branches.show_sibling(desk.transcript.document.message(0).id, -1)
    await desk.until(lambda: desk.messages() == ["Old words", "To the old."])


async def test_the_setting_of_the_send_key_holds_for_an_edited_question_too(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Old words")
    desk.program.settings.set(SEND_KEY, "ctrl_enter")
    desk.press(Qt.Key.Key_Up)
    editor = desk.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "Old words\n"
    QTest.keyClicks(editor, "more")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: len(speaker.asked) == 2 and not desk.streaming())
    assert speaker.last_question() == "Old words\nmore"


async def test_another_model_answers_from_the_next_question_on(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.choose_model("thinker:8b")
    assert desk.edit.hasFocus()
    await desk.ask_and_wait("Second")
    assert [body["model"] for body in speaker.asked] == ["scripted:1b", "thinker:8b"]
    assert desk.program.conversations.get(desk.chat()).model.model_id == "thinker:8b"


async def test_a_chat_keeps_its_model_when_another_chat_uses_another(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.choose_model("thinker:8b")
    await desk.ask_and_wait("Elsewhere")
    desk.click_row("First")
    await desk.until(lambda: desk.messages() == ["First", "Yes."])
    await desk.ask_and_wait("Again")
    assert [body["model"] for body in speaker.asked] == ["scripted:1b", "thinker:8b", "scripted:1b"]


async def edit_answer(desk: Desk, index: int, words: str) -> None:
    desk.transcript._commands.perform(index, Command(Verb.EDIT))
    editor = desk.transcript.findChild(MessageEditor).findChild(MessageEdit)
    editor.selectAll()
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: desk.messages()[index] == words)


async def test_an_edited_answer_is_a_version_that_the_chat_goes_on_from(desk: Desk, speaker: Speaker) -> None:
    speaker.says("First answer.")
    speaker.says("Second answer.")
    await desk.ask_and_wait("One")
    await desk.ask_and_wait("Two")
    await edit_answer(desk, 1, "My own.")
    assert desk.messages() == ["One", "My own.", "Two", "Second answer."]
    assert desk.toast() == ["Answer changed", "The original answer is kept as another version", "Undo"]
    await desk.ask_and_wait("Three")
    assert [turn["content"] for turn in speaker.asked[-1]["messages"]] == [
        "One",
        "My own.",
        "Two",
        "Second answer.",
        "Three",
    ]
    desk.click_toast()
    await desk.until(lambda: desk.messages() == ["One", "First answer.", "Two", "Second answer.", "Three", "Yes."])


async def test_discarded_changes_come_back_with_undo(desk: Desk) -> None:
    await desk.ask_and_wait("One")
    desk.transcript._commands.perform(1, Command(Verb.EDIT))
    editor = desk.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(
        editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier
    )  # the editor of an answer begins at its top
    QTest.keyClicks(editor, " No.")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert desk.toast() == ["Changes discarded", "Undo"]
    desk.click_toast()
    (editor,) = [found for found in desk.transcript.findChildren(MessageEditor) if not found.isHidden()]
    assert editor.text() == "Yes. No."


async def test_an_edit_that_is_not_saved_is_there_after_a_restart(desk: Desk, open_desk: object) -> None:
    await desk.ask_and_wait("One")
    desk.transcript._commands.perform(1, Command(Verb.EDIT))
    editor = desk.transcript.findChild(MessageEditor).findChild(MessageEdit)
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, " No.")
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.transcript.findChild(MessageEditor))
    assert again.transcript.findChild(MessageEditor).text() == "Yes. No."
