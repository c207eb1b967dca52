"""Instructions sent to is sent to the model: the view of all instructions with their origin."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.chat.ui.chat_settings.instructions_view import InstructionsView
from chatdesk.features.chat.ui.chat_settings.scope_card import ScopeCard
from chatdesk.features.chat.ui.composer.context_meter import ContextUseView
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.settings.declarations import INSTRUCTIONS
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.chat.test_message_actions import choose, menu_of
from tests.gui.window.harness import FakeModel, Harness


async def instructions_view(harness: Harness) -> InstructionsView:
    harness.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    harness.click("instructionsCard")
    view = harness.part("instructionsView")
    assert isinstance(view, InstructionsView)
    await harness.until(lambda: cards(view))
    return view


def cards(view: InstructionsView) -> dict[str, str]:
    """Return the texts that are sent, by the titles of the cards."""
    return {card.accessibleName(): card.instructions.text for card in shown(view)}


def shown(view: InstructionsView) -> list[ScopeCard]:
    return [each for each in view.findChildren(ScopeCard) if each.isVisible()]


def texts(view: InstructionsView) -> list[str]:
    return [each.text() for each in view.findChildren(Label) if each.isVisible()]


def system_message(fake_model: FakeModel) -> str:
    return "".join(each["content"] for each in fake_model.asked[-1]["messages"] if each["role"] == "system")


async def in_folder(harness: Harness, text: str) -> str:
    folders = harness.program.conversations.folders
    folder = await folders.create("Money")
    await folders.set_instructions(folder.id, text)
    await folders.move_chats((harness.chat(),), folder.id)
    return folder.id


async def test_every_scope_is_shown_in_the_order_of_sending(harness: Harness, fake_model: FakeModel) -> None:
    harness.program.settings.set(INSTRUCTIONS, "I live in Dublin.")
    await harness.ask_and_wait("Hi")
    await in_folder(harness, "No advice on shares.")
    conversations = harness.program.chat.conversations
    await conversations.set_preset(harness.chat(), AppliedPreset("", "Tutor", prompt="You are a tutor."))
    await conversations.change_settings(harness.chat(), lambda chat: replace(chat, instructions="In British English."))
    view = await instructions_view(harness)
    assert cards(view) == {
        "All chats": "I live in Dublin.",
        "Folder · Money": "No advice on shares.",
        "Model · scripted:1b": "",
        "Preset · Tutor": "You are a tutor.",
        "This chat": "In British English.",
    }
    harness.press(Qt.Key.Key_Escape)
    await harness.ask_and_wait("Again")
    sent = "I live in Dublin.\n\nNo advice on shares.\n\nYou are a tutor.\n\nIn British English."
    assert system_message(fake_model) == sent


async def test_instructions_are_added_where_they_are_kept(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    folder_id = await in_folder(harness, "")
    view = await instructions_view(harness)
    for scope, text in (("all", "To all."), ("folder", "To the folder."), ("model", "To the model.")):
        harness.click(f"edit.{scope}")
        field = harness.part(f"instructions.{scope}")
        assert field.hasFocus()
        QTest.keyClicks(field, text)
        harness.click(f"edit.{scope}")
        await harness.until(lambda text=text: text in cards(view).values())
    folder = harness.program.conversations.folders.find(folder_id)
    model = harness.models.chosen
    assert harness.program.settings.get(INSTRUCTIONS) == "To all."
    assert folder is not None
    assert folder.instructions == "To the folder."
    assert harness.program.models.preferences.of(model.ref).system_prompt == "To the model."
    harness.press(Qt.Key.Key_Escape)
    await harness.ask_and_wait("Again")
    assert system_message(fake_model) == "To all.\n\nTo the folder.\n\nTo the model."


async def test_this_chat_is_edited_in_the_settings_of_the_chat(harness: Harness) -> None:
    await instructions_view(harness)
    harness.click("edit.chat")
    assert harness.part("chatInstructions").hasFocus()
    assert not harness.part("instructionsView").isVisible()


async def test_the_arrow_leads_back_and_escape_closes(harness: Harness) -> None:
    view = await instructions_view(harness)
    harness.click("instructionsBack")
    assert (view.isVisible(), harness.part("chatSettings").isVisible()) == (False, True)
    harness.click("instructionsCard")
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Escape)
    assert not harness.part("sidePanel").isVisible()


async def test_a_long_text_is_shown_in_three_lines_and_in_full_on_request(harness: Harness) -> None:
    text = " ".join(f"Rule {number}." for number in range(100))
    harness.program.settings.set(INSTRUCTIONS, text)
    view = await instructions_view(harness)
    excerpt = next(each for each in texts(view) if each.startswith("Rule 0."))
    assert excerpt.endswith("…")
    assert len(excerpt) < len(text)
    harness.click("showAll.all")
    assert harness.part("whole.all").toPlainText() == text
    harness.click("showAll.all")
    assert not harness.part("whole.all").isVisible()


async def test_a_key_shows_it_at_once(harness: Harness) -> None:
    harness.program.settings.set(INSTRUCTIONS, "To all.")
    harness.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    view = harness.part("instructionsView")
    assert isinstance(view, InstructionsView)
    await harness.until(lambda: cards(view).get("All chats") == "To all.")


async def test_all_of_it_can_be_copied(harness: Harness) -> None:
    harness.program.settings.set(INSTRUCTIONS, "To all.")
    await instructions_view(harness)
    harness.click("copyInstructions")
    assert QGuiApplication.clipboard().text() == "To all."


async def test_the_foot_says_how_much_of_the_context_is_taken(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    view = await instructions_view(harness)
    foot = view.findChild(ContextUseView)
    assert foot is not None
    await harness.until(lambda: " of 4" in foot.accessibleName())
    assert "Reserved for the answer" in foot.accessibleName()


async def test_an_old_answer_shows_what_it_was_given_and_nothing_can_be_changed_there(harness: Harness) -> None:
    harness.program.settings.set(INSTRUCTIONS, "In Latin.")
    await harness.ask_and_wait("Hi")
    harness.program.settings.set(INSTRUCTIONS, "In Greek.")
    choose(menu_of(harness, 1), "Instructions used")
    view = harness.part("instructionsView")
    assert isinstance(view, InstructionsView)
    await harness.until(lambda: cards(view) == {"All chats": "In Latin."})
    assert any("It keeps these instructions" in each for each in texts(view))
    assert not [
        each for each in view.findChildren(QAbstractButton) if each.isVisible() and each.text() in {"Edit", "Add"}
    ]
    harness.chat_presenter.new_chat()
    assert not view.isVisible()


async def test_an_answer_from_before_instructions_were_recorded_says_so(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    path, _ = await harness.program.chat.chat.path(harness.chat())
    old = replace(path[-1], instructions=None)
    await harness.program.chat.conversations._database.run(lambda connection: MessageRepository(connection).update(old))
    choose(menu_of(harness, 1), "Instructions used")
    view = harness.part("instructionsView")
    assert isinstance(view, InstructionsView)
    await harness.until(lambda: any("were not recorded" in each for each in texts(view)))
    assert not cards(view)


async def test_a_new_version_of_the_preset_is_offered(harness: Harness) -> None:
    presets = harness.program.presets.presets
    preset = await presets.create(Preset("", PresetOrigin.OWN, "Tutor", "You are a tutor."))
    harness.chat_presenter.presets.use(preset.key)
    view = await instructions_view(harness)
    assert not harness.part("useNewVersion.preset").isVisible()
    await presets.save(replace(preset, prompt="You are a patient tutor."))
    harness.click("instructionsBack")
    harness.click("instructionsCard")
    await harness.until(lambda: harness.part("useNewVersion.preset").isVisible())
    harness.click("useNewVersion.preset")
    await harness.until(lambda: cards(view)["Preset · Tutor"] == "You are a patient tutor.")
