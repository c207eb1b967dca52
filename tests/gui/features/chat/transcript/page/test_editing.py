"""Editing a message where it stands."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.features.chat.ui.transcript.read_only_transcript import ReadOnlyTranscript
from chatdesk.kernel.chat.conversation import EditDraft
from chatdesk.kernel.chat.message import MessageState
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, answer, full_chat, question, short_chat


def editor(reader: Reader) -> MessageEditor:
    (found,) = [found for found in reader.view.findChildren(MessageEditor) if not found.isHidden()]
    return found


def text(found: MessageEditor) -> MessageEdit:
    return found.findChild(MessageEdit)


def button(found: MessageEditor, content: str) -> Button:
    return next(button for button in found.findChildren(Button) if button.text() == content)


def test_the_question_is_edited_in_its_place(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    assert text(editor(reader)).toPlainText() == short_chat()[0].text
    assert editor(reader).geometry().top() == reader.rect(0).top()
    assert editor(reader).height() == reader.rect(0).height()


def test_send_asks_with_the_new_words(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    text(editor(reader)).set_text("Allow other values")
    button(editor(reader), "Send").click()
    assert reader.signals == [("edit_requested", "m0", "Allow other values", ())]
    assert not [found for found in reader.view.findChildren(MessageEditor) if not found.isHidden()]


def test_enter_sends_and_shift_enter_breaks_the_line(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    text(editor(reader)).set_text("One")
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(text(editor(reader)), "two")
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return)
    assert reader.signals == [("edit_requested", "m0", "One\ntwo", ())]


def test_ctrl_enter_sends_where_enter_is_to_break_the_line(reader: Reader) -> None:
    reader.show(short_chat())
    reader.view.set_send_key("ctrl_enter")
    reader.click_control(0, Verb.EDIT)
    text(editor(reader)).set_text("One")
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return)
    QTest.keyClicks(text(editor(reader)), "two")
    assert reader.signals == []
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reader.signals == [("edit_requested", "m0", "One\ntwo", ())]


def test_nothing_is_not_sent(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    text(editor(reader)).set_text("   ")
    assert not button(editor(reader), "Send").isEnabled()


def test_escape_and_cancel_leave_the_question_as_it_was(reader: Reader) -> None:
    reader.show(short_chat())
    before = reader.look()
    reader.click_control(0, Verb.EDIT)
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Escape)
    reader.click_control(0, Verb.EDIT)
    button(editor(reader), "Cancel").click()
    reader.point_at(1)
    assert reader.signals == []
    assert reader.look() == before or reader.rect(0).height() == 48


def no_editor(reader: Reader) -> bool:
    return all(found.isHidden() for found in reader.view.findChildren(MessageEditor))


def test_the_source_of_an_answer_is_edited_in_its_place(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    assert text(editor(reader)).toPlainText() == ANSWER
    assert editor(reader).geometry().top() == reader.rect(1).top()
    assert editor(reader).height() == reader.rect(1).height()
    assert editor(reader).height() <= reader.view.viewport().height()


def test_an_answer_is_edited_from_its_top_and_a_question_from_its_end(reader: Reader) -> None:
    reader.show([question("One\n" * 90), answer("Two\n" * 90)])
    for index, verb_at in ((0, len("One\n" * 90)), (1, 0)):
        reader.view._editing.begin(index)
        assert text(editor(reader)).textCursor().position() == verb_at
        assert (text(editor(reader)).verticalScrollBar().value() == 0) is (index == 1)


def test_a_very_long_answer_comes_into_its_editor_in_slices(reader: Reader, qtbot: QtBot) -> None:
    source = "a line\r\nof the answer = 1\n" * 8_000 + "the end"
    reader.show([question("Go"), answer(source)])
    reader.view._editing.begin(1)
    found = editor(reader)
    edit = text(found)
    assert edit.isReadOnly()
    assert edit.document().characterCount() < 45_000
    assert not found.is_changed
    assert found.text() == source.replace("\r\n", "\n")
    qtbot.waitUntil(lambda: not edit.isReadOnly())
    assert not found.is_changed
    assert found.text() == source.replace("\r\n", "\n")
    assert edit.textCursor().position() == 0
    QTest.keyClick(edit, Qt.Key.Key_X)
    assert found.is_changed
    edit.undo()
    assert not found.is_changed
    assert not edit.document().isUndoAvailable()


def test_an_answer_is_saved_with_ctrl_enter_and_enter_breaks_its_line(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    text(editor(reader)).set_text("One")
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return)
    QTest.keyClicks(text(editor(reader)), "two")
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reader.signals == [("answer_edit_requested", "m1", "One\ntwo")]
    assert no_editor(reader)


def test_an_answer_saved_as_it_was_makes_no_version(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    button(editor(reader), "Save").click()
    assert reader.signals == []
    assert no_editor(reader)


def test_the_editor_of_a_long_answer_comes_into_view(reader: Reader) -> None:
    reader.show([question("Resume"), answer("A line of it.\n\n" * 200, 1)])
    assert reader.at_end
    reader.click_control(1, Verb.EDIT)
    assert reader.view.viewport().rect().contains(editor(reader).geometry())


def test_escape_with_changes_leaves_a_way_back(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    QTest.keyClicks(text(editor(reader)), "More")
    typed = text(editor(reader)).toPlainText()
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Escape)
    assert reader.signals == [("edit_discarded", "m1", typed)]
    reader.view.edit_again("m1", typed)
    assert text(editor(reader)).toPlainText() == typed


def test_what_is_typed_waits_while_another_chat_is_shown(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    text(editor(reader)).set_text("Half a")
    reader.show([question("Hi", 20, "other")])
    assert no_editor(reader)
    reader.show(short_chat())
    assert text(editor(reader)).toPlainText() == "Half a"


def test_what_is_typed_stays_when_another_message_is_edited(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    text(editor(reader)).set_text("Half a")
    reader.click_control(1, Verb.EDIT)
    assert text(editor(reader)).toPlainText() == ANSWER
    reader.view._commands.perform(0, Command(Verb.EDIT))
    assert text(editor(reader)).toPlainText() == "Half a"


def test_what_is_typed_is_reported_so_that_it_can_be_kept(reader: Reader) -> None:
    received = []
    reader.view.edit_drafts_changed.connect(received.append)
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    text(editor(reader)).set_text("Half a")
    reader.view.save_edit_drafts()
    assert received == [{"m1": EditDraft("Half a")}]
    QTest.keyClick(text(editor(reader)), Qt.Key.Key_Escape)
    assert received[-1] == {}


def test_an_answer_that_is_still_written_is_not_edited(reader: Reader) -> None:
    reader.show([question("Hi"), answer("So", state=MessageState.STREAMING)])
    reader.view._commands.perform(1, Command(Verb.EDIT))
    assert no_editor(reader)


def test_an_edited_answer_says_so(reader: Reader) -> None:
    reader.show([question("Hi"), answer("So", 1).with_text("So it is")])
    assert " · edited" in reader.view.document[1].actions.statistics(736)


def test_the_last_question_can_be_edited_without_looking_for_it(reader: Reader) -> None:
    reader.show([*short_chat(), question("The last one", 2), answer(ANSWER, 3)])
    reader.view.edit_last_question()
    assert text(editor(reader)).toPlainText() == "The last one"


def test_the_editor_moves_with_the_page(reader: Reader) -> None:
    reader.show(full_chat())
    reader.view.verticalScrollBar().setValue(0)
    reader.click_control(0, Verb.EDIT)
    before = editor(reader).y()
    reader.view.verticalScrollBar().setValue(30)
    assert editor(reader).y() == before - 30


def test_a_longer_text_makes_room_for_itself(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    before = reader.rect(1).top()
    text(editor(reader)).set_text("\n".join("12345"))
    assert reader.rect(1).top() == before + 4 * 24
    assert editor(reader).height() == reader.rect(0).height()


def test_another_chat_ends_the_editing(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    reader.show([question("Hi", 20, "other")])
    assert not [found for found in reader.view.findChildren(MessageEditor) if not found.isHidden()]


def hint(found: MessageEditor) -> str:
    return found.findChild(Label, "editHint").text()


def test_an_answer_is_looked_at_before_it_is_saved(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.EDIT)
    found = editor(reader)
    assert hint(found) == "Markdown. Ctrl+Enter saves, Esc cancels"
    text(found).set_text("It is **blue**.")
    button(found, "Preview").click()
    (preview,) = found.findChildren(ReadOnlyTranscript)
    assert (preview.isVisible(), text(found).isVisible()) == (True, False)
    assert [text_of(block) for block in preview.document[0].column(TEXT).blocks] == ["It is blue."]
    button(found, "Edit").click()
    assert (preview.isVisible(), text(found).isVisible()) == (False, True)
    button(found, "Save").click()
    assert reader.signals == [("answer_edit_requested", "m1", "It is **blue**.")]


def test_a_question_has_no_preview_but_tells_its_keys(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(0, Verb.EDIT)
    assert button(editor(reader), "Preview").isHidden()
    assert hint(editor(reader)) == "Enter sends, Esc cancels"
    reader.view.set_send_key("ctrl_enter")
    assert hint(editor(reader)) == "Ctrl+Enter sends, Esc cancels"
