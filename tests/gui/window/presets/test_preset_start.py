"""What a preset asks for when it is chosen: the focus, the message, and a model that only the user changes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.button import Button
from tests.fakes.scripted_models import ScriptedModel
from tests.gui.window.harness import MODELS, FakeModel, Harness
from tests.gui.window.presets.test_presets import SHOUT, choose, system_of

CODER = "qwen2.5-coder:7b"
LARGE = "gemma3:27b"


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (*MODELS, ScriptedModel(CODER, loaded=False), ScriptedModel(LARGE, loaded=False, parameters="27.4B"))


@pytest.fixture(autouse=True)
def own_presets() -> Path:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True)
    (folder / "shout.md").write_text(SHOUT, "utf-8")
    return folder


def card(harness: Harness, key: str) -> SuggestionCard:
    """The card of a preset on the start page."""
    groups = harness.chat_page.start_page._groups
    keys = [suggestion.key for group in groups for suggestion in group.suggestions]
    shown = [each for each in harness.window.findChildren(SuggestionCard) if each.isVisible()]
    return shown[keys.index(key)]


def chosen(harness: Harness) -> str:
    model = harness.models.chosen
    return model.ref.model_id if model else ""


def suggestion(harness: Harness) -> str:
    strip = harness.window.findChild(Notice, "suggestedModel")
    return strip.text() if strip and strip.isVisible() else ""


def shown_choice(harness: Harness, name: str) -> str:
    box = harness.part(f"variable_{name}")
    assert isinstance(box, QComboBox)
    return box.currentText()


async def sent(harness: Harness) -> None:
    """Wait until the question has been answered."""
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())


async def answered_by(harness: Harness, model: str) -> None:
    """Choose a model."""
    await harness.until(lambda: harness.program.presets.presets.loaded and chosen(harness))
    harness.choose_model(model)
    await harness.until(lambda: chosen(harness) == model)


async def choose_in_front(harness: Harness, text: str) -> None:
    """Choose a preset; without a window manager, the list that closes leaves no window in front."""
    await choose(harness, text)
    harness.window.activateWindow()
    await harness.until(harness.window.isActiveWindow)


async def test_a_preset_suggests_a_model_and_only_the_button_changes_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    await answered_by(harness, LARGE)
    await harness.until(lambda: card(harness, "built-in:snake-game"))
    QTest.mouseClick(card(harness, "built-in:snake-game"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: suggestion(harness))
    assert suggestion(harness) == f"This preset suggests {CODER}."
    assert chosen(harness) == LARGE
    QTest.mouseClick(harness.part("suggestedModel").findChild(Button), Qt.MouseButton.LeftButton)
    assert (chosen(harness), suggestion(harness)) == (CODER, "")
    harness.ask("")
    await sent(harness)
    assert fake_model.asked[0]["model"] == CODER


async def test_a_suggestion_that_is_not_taken_leaves_the_model_and_goes_with_the_first_question(
    harness: Harness, fake_model: FakeModel
) -> None:
    await answered_by(harness, "scripted:1b")
    await choose(harness, "snake")
    await harness.until(lambda: suggestion(harness))
    harness.ask("")
    await sent(harness)
    assert fake_model.asked[0]["model"] == "scripted:1b"
    assert suggestion(harness) == ""


async def test_no_model_is_suggested_while_a_recommended_one_is_chosen_or_the_preset_is_gone(harness: Harness) -> None:
    await answered_by(harness, CODER)
    await choose(harness, "snake")
    assert suggestion(harness) == ""
    await answered_by(harness, "scripted:1b")
    await harness.until(lambda: suggestion(harness))
    harness.click("removePreset")
    assert suggestion(harness) == ""


async def test_what_is_typed_after_a_preset_was_chosen_is_the_message(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "tran")
    assert harness.window.focusWidget() is harness.edit
    assert harness.edit._placeholder == "Paste the text to translate"
    QTest.keyClicks(harness.window.focusWidget(), "Guten Morgen")
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    await sent(harness)
    assert fake_model.last_question() == "Guten Morgen"
    assert "into English." in system_of(fake_model.asked[0])


async def test_an_empty_required_field_gets_the_focus_first(harness: Harness) -> None:
    await choose(harness, "shout")
    assert harness.part("variable_to").isAncestorOf(harness.window.focusWidget())


async def test_typing_into_a_choice_replaces_it_and_enter_in_the_last_field_sends(
    harness: Harness, fake_model: FakeModel
) -> None:
    await choose_in_front(harness, "tran")
    await harness.until(harness.part("variable_tone").isVisible)
    harness.type("Guten Morgen")
    for field in ("tone", "to"):
        QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Backtab)
        assert harness.window.focusWidget() is harness.part(f"variable_{field}")
    QTest.keyClicks(harness.window.focusWidget(), "Klingon")
    assert shown_choice(harness, "to") == "Klingon"
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    assert harness.window.focusWidget() is harness.part("variable_tone")
    assert fake_model.asked == []
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    await sent(harness)
    assert fake_model.last_question() == "Guten Morgen"
    assert "into Klingon." in system_of(fake_model.asked[0])


async def test_a_click_into_a_choice_selects_it(harness: Harness) -> None:
    await choose_in_front(harness, "tran")
    edit = harness.part("variable_to").findChild(QLineEdit)
    await harness.until(edit.isVisible)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    await harness.until(lambda: edit.selectedText() == "English")


async def test_enter_without_a_message_leads_to_it_and_says_what_is_asked_for(
    harness: Harness, fake_model: FakeModel
) -> None:
    await choose(harness, "shout")
    QTest.keyClicks(harness.window.focusWidget(), "Ann")
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    assert harness.window.focusWidget() is harness.edit
    assert harness.edit._pointing_out
    harness.type("h")
    assert not harness.edit._pointing_out
    assert fake_model.asked == []
