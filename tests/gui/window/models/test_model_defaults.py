"""The settings section Model defaults: the model of new chats, and the instructions for all chats."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, INSTRUCTIONS
from chatdesk.ui_kit.forms.folding_edit import FoldingEdit
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from tests.gui.window.harness import FakeModel, Harness


def field(harness: Harness) -> FoldingEdit:
    found = harness.part(INSTRUCTIONS.key)
    assert isinstance(found, FoldingEdit)
    return found


def choice(harness: Harness) -> ChoiceButton:
    found = harness.part(DEFAULT_MODEL.key)
    assert isinstance(found, ChoiceButton)
    return found


async def test_instructions_for_all_chats_are_sent_in_every_one_of_them(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Before")
    harness.window.show_settings("model-defaults")
    QTest.keyClicks(field(harness), "I live in Dublin.")
    harness.router.show_chats()  # at once: what was just written is kept
    await harness.ask_and_wait("In the old chat")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.ask_and_wait("In a new one")
    for request in fake_model.asked[1:]:
        assert request["messages"][0] == {"role": "system", "content": "I live in Dublin."}


async def test_the_field_follows_a_change_made_elsewhere(harness: Harness) -> None:
    harness.window.show_settings("model-defaults")
    harness.program.settings.set(INSTRUCTIONS, "In Latin.")
    assert field(harness).text() == "In Latin."


async def test_a_default_model_answers_in_new_chats_until_it_is_taken_back(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    harness.window.show_settings("model-defaults")
    assert choice(harness).text() == "Last used"
    QTest.mouseClick(choice(harness), Qt.MouseButton.LeftButton)
    search = QApplication.focusWidget()
    assert search is not None
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert choice(harness).text() == "thinker:8b"
    harness.router.show_chats()
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.ask_and_wait("In a new chat")
    assert fake_model.asked[-1]["model"] == "thinker:8b"
    harness.window.show_settings("model-defaults")
    harness.click("noDefaultModel")
    assert choice(harness).text() == "Last used"
    assert not harness.program.settings.get(DEFAULT_MODEL)


async def test_it_is_found_by_what_other_programs_call_it(harness: Harness) -> None:
    titles = {command.title.shown: command for command in harness.window.commands()}
    command = titles["Instructions for all chats"]
    assert "system prompt" in command.also.shown
    command.run()
    await harness.until(lambda: field(harness).isVisible())
