"""The empty chat."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard, SuggestionGroup, default_suggestions
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.settings.marking_translator import MarkingTranslator

STEPS = (("server_settings", "Connect a provider…", "plug"), ("choose_model", "Choose a model…", "cpu"))


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance) -> Iterator[StartPage]:
    page = StartPage(appearance)
    page.resize(1016, 740)
    page.show()
    qtbot.waitExposed(page)
    yield page
    shiboken6.delete(page)


def cards(page: StartPage) -> list[SuggestionCard]:
    return [card for card in page.findChildren(SuggestionCard) if not card.isHidden()]


def test_six_beginnings_stand_in_three_columns(page: StartPage) -> None:
    assert len(cards(page)) == sum(len(group.suggestions) for group in default_suggestions()) == 6
    assert len({card.x() for card in cards(page)}) == 3
    widths = {card.width() for card in cards(page)}
    assert max(widths) - min(widths) <= 1


def test_in_a_narrow_window_they_stand_in_two(page: StartPage, qtbot: QtBot) -> None:
    page.resize(560, 740)
    qtbot.waitUntil(lambda: len({card.x() for card in cards(page)}) == 2)
    assert page.widget().width() <= page.viewport().width()


def test_a_card_names_its_preset(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.suggestion_chosen) as chosen:
        qtbot.mouseClick(cards(page)[0], Qt.MouseButton.LeftButton)
    assert chosen.args == ["built-in:translate-and-explain"]


def test_a_small_model_gets_simple_messages_to_begin_with(page: StartPage, qtbot: QtBot) -> None:
    page.set_suggestions(default_suggestions(Ability.BASIC))
    assert [card.text() for card in cards(page)] == ["Say hello", "Ask a simple question", "Write a short poem"]
    qtbot.waitUntil(lambda: len({card.y() for card in cards(page)}) == 1)
    with qtbot.waitSignal(page.text_chosen) as chosen:
        qtbot.mouseClick(cards(page)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["What is the capital of France?"]


def test_a_row_of_three_has_equal_cards_after_rows_of_two(page: StartPage, qtbot: QtBot) -> None:
    page.resize(560, 740)
    qtbot.waitUntil(lambda: len({card.x() for card in cards(page)}) == 2)
    page.set_suggestions(default_suggestions(Ability.BASIC))
    page.resize(1016, 740)
    qtbot.waitUntil(lambda: len({card.x() for card in cards(page)}) == 3)
    widths = {card.width() for card in cards(page)}
    assert max(widths) - min(widths) <= 1


def test_a_card_can_be_chosen_by_keyboard(page: StartPage, qtbot: QtBot) -> None:
    last = cards(page)[-1]
    last.setFocus()
    with qtbot.waitSignal(page.suggestion_chosen) as chosen:
        qtbot.keyClick(last, Qt.Key.Key_Space)
    assert chosen.args == ["built-in:snake-game"]


def test_the_connection_is_reported_in_one_line(page: StartPage) -> None:
    page.set_connection_line(StateKind.OK, "Ollama 0.34 at 127.0.0.1:11434, 4 models")
    line = page.findChild(Label, "connectionLine")
    assert line.text() == line.accessibleName() == "Ollama 0.34 at 127.0.0.1:11434, 4 models"


def test_steps_are_buttons(page: StartPage, qtbot: QtBot) -> None:
    page.set_steps(STEPS)
    button = page.findChild(QAbstractButton, "step_choose_model")
    assert button.text() == "Choose a model…"
    with qtbot.waitSignal(page.step_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["choose_model"]


def test_steps_stand_under_each_other_where_they_do_not_fit(
    page: StartPage, appearance: Appearance, qtbot: QtBot
) -> None:
    page.set_steps((*STEPS, ("gguf", "Open a file with a model…", "file-up")))
    buttons = [page.findChild(QAbstractButton, f"step_{name}") for name in ("server_settings", "choose_model", "gguf")]
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 1)
    appearance.set_zoom(200)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 3)
    qtbot.waitUntil(lambda: page.widget().width() <= page.viewport().width())


def test_the_one_composer_moves_in_with_its_text(page: StartPage, appearance: Appearance, qtbot: QtBot) -> None:
    composer = Composer(appearance)
    composer.set_text("half a thought")
    page.place_composer(composer)
    qtbot.waitUntil(composer.isVisible)
    assert composer.window() is page
    assert composer.text() == "half a thought"
    assert composer.geometry().center().x() == pytest.approx(page.viewport().width() / 2, abs=1)


def test_the_language_changes_at_once(page: StartPage, qtbot: QtBot) -> None:
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert cards(page)[0].text() == "⟦Translate and explain⟧"
    QCoreApplication.removeTranslator(translator)


def test_other_presets_take_the_place_of_the_usual_ones(page: StartPage) -> None:
    usual = default_suggestions()
    page.set_suggestions((SuggestionGroup("", "Yours", "library", usual[2].suggestions), *usual[:2]))
    assert cards(page)[0].text() == "Explain this code"


def test_a_preset_that_is_chosen_is_named_and_says_its_greeting(page: StartPage) -> None:
    page.set_greeting("Mia", "Hi, I am Mia.", has_begun=True)
    assert cards(page) == []
    assert page.findChild(Label, "greeting").text() == "Hi, I am Mia."
    page.set_greeting("", "", has_begun=False)
    assert len(cards(page)) == 6
    assert page.findChild(Label, "greeting").isHidden()
