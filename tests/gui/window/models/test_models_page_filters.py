"""What a person wants of single models, set on their page, and where it holds."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.settings.declarations import LINE_SPEED
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.models_harness import (
    SCRIPTED,
    THINKER,
    button,
    click_row,
    menu,
    models,
    open_models_page,
    press,
    show_filters,
)
from tests.gui.window.palette.test_palette import type_words


def leave(page: HereTab) -> None:
    """Close the details, and then the page."""
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_Escape)


async def test_a_favourite_is_marked_by_its_key_and_filtered_by_its_chip(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    QTest.keyClicks(page.models.list, "*")
    await harness.until(lambda: harness.program.models.preferences.of(THINKER).favourite)
    button(page, "filter.favourites").click()
    await harness.until(lambda: models(page) == ["thinker:8b"])


async def test_a_hidden_model_leaves_the_list_until_undo(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    button(page.model_pane, "modelMenu").click()
    next(action for action in menu().actions() if action.objectName() == "hide").trigger()
    menu().close()
    await harness.until(lambda: not QApplication.activePopupWidget())
    await harness.until(lambda: "thinker:8b" not in models(page))
    harness.click_toast()
    await harness.until(lambda: "thinker:8b" in models(page))


async def test_a_new_chat_begins_with_what_is_set_for_its_model(harness: Harness, fake_model: FakeModel) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    own = page.model_pane.own
    await harness.until(own._thinking.isVisible)
    QTest.keyClicks(own._prompt.edit, "Answer in one word.")
    QTest.keyClicks(own._fields["temperature"].edit, "0.3")
    QTest.keyClicks(own._fields["num_ctx"].edit, "2048")
    own._thinking.setCurrentIndex(own._thinking.findData(Thinking.OFF))
    own._thinking.activated.emit(own._thinking.currentIndex())
    press(page, Qt.Key.Key_Return)
    await harness.until(harness.edit.isVisible)
    await harness.ask_and_wait("Hi")
    asked = fake_model.asked[-1]
    assert asked["messages"][0] == {"role": "system", "content": "Answer in one word."}
    assert asked["options"]["temperature"] == 0.3
    assert asked["options"]["num_ctx"] == 2048
    assert asked["think"] is False


async def test_what_a_chat_sets_goes_before_what_is_set_for_its_model(harness: Harness, fake_model: FakeModel) -> None:
    page = await open_models_page(harness)
    wanted = Parameters(temperature=0.3, num_ctx=2048)
    harness.program.models.preferences.set_parameters(SCRIPTED, wanted)
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_Return)
    await harness.until(harness.edit.isVisible)
    harness.chat_presenter.change_settings(lambda own: replace(own, parameters=Parameters(temperature=1.5)))
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["options"] == {"temperature": 1.5, "num_ctx": 2048}


async def test_what_is_typed_for_one_model_is_kept_for_it_when_another_is_shown(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    QTest.keyClicks(page.model_pane.own._prompt.edit, "For the thinker")
    click_row(page, "scripted:1b")
    assert harness.program.models.preferences.of(THINKER).system_prompt == "For the thinker"
    assert harness.program.models.preferences.of(SCRIPTED).system_prompt == ""
    assert page.model_pane.own._prompt.text() == ""


async def test_a_nickname_is_said_wherever_models_are_chosen(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    press(page, Qt.Key.Key_F2)
    edit = page.model_pane.own._nickname.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "Deep one")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await harness.until(lambda: "Deep one" in models(page))
    await harness.until(lambda: page.model_pane.facts.texts().get("Model ID") == "thinker:8b")
    leave(page)
    await harness.until(harness.edit.isVisible)
    assert "Deep one" in picked(harness)
    harness.choose_model("deep one")
    await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref == THINKER)
    assert harness.window._picker._model == "Deep one"
    await harness.ask_and_wait("Hi")


def picked(harness: Harness) -> list[str]:
    """The names that the picker offers."""
    return [row.name for group in harness.window._picker._groups for row in group.models]


async def test_favourites_come_first_in_the_picker_and_hidden_ones_not_at_all(harness: Harness) -> None:
    harness.program.models.preferences.set_favourite(THINKER, favourite=True)
    assert picked(harness)[:2] == ["thinker:8b", "scripted:1b"]
    harness.program.models.preferences.set_hidden(SCRIPTED, hidden=True)
    assert "scripted:1b" not in picked(harness)


async def test_the_default_goes_before_the_last_use_and_is_taken_back(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    QTest.mouseClick(button(page.model_pane, "action.default"), Qt.MouseButton.LeftButton)
    await harness.until(page.model_pane._default.isVisible)
    leave(page)
    await harness.until(harness.edit.isVisible)
    assert harness.models.chosen.ref == THINKER
    harness.choose_model("scripted")
    await harness.until(lambda: harness.models.chosen.ref == SCRIPTED)
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: harness.models.chosen.ref == THINKER)
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    QTest.mouseClick(button(page.model_pane, "action.default"), Qt.MouseButton.LeftButton)
    leave(page)
    await harness.until(lambda: harness.models.chosen.ref == SCRIPTED)


async def test_the_page_is_reached_from_the_picker_the_palette_and_the_settings(harness: Harness) -> None:
    harness.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    harness.click("getMoreModels")
    await harness.until(lambda: (page := harness.window.findChild(GetMoreTab)) and page.isVisible())
    harness.window.show_settings("engine")
    await harness.until(lambda: (page := harness.window.findChild(HereTab)) and page.isVisible())
    page = harness.window.findChild(HereTab)
    assert button(page, "unfoldEngine").isChecked()
    harness.router.show_chats()
    await harness.until(harness.edit.isVisible)
    harness.window.activateWindow()
    await harness.until(harness.edit.hasFocus)
    QTest.keyClick(type_words(harness, ">manage models"), Qt.Key.Key_Return)
    await harness.until(page.isVisible)


async def test_the_models_of_providers_elsewhere_are_listed_on_request(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_models_page(harness)

    async def ask_nobody(_server: object) -> None:
        """Tests reach no other machine."""

    monkeypatch.setattr(harness.program.servers.models, "refresh_server", ask_nobody)
    first = harness.program.servers.servers.find("ollama")
    assert first is not None
    away = replace(first, id="away", name="Cellar", base_url="http://192.0.2.7:11434")
    await harness.program.servers.servers.save(away)
    states = harness.program.servers.models._states
    far = replace(states["ollama"].models[0], ref=ModelRef("away", "far:70b"), name="far:70b")
    states["away"] = replace(states["ollama"], server=away, models=(far,))
    harness.program.servers.models.changes.announce(ModelsChanged("away"))
    show_filters(page)
    await harness.until(button(page, "filterServer").isVisible)
    assert "far:70b" not in models(page)
    assert page.runners.findChild(QWidget, "runner.away") is None
    for choice, shown in (("All providers", ["far:70b", "scripted:1b"]), ("Cellar", ["far:70b"])):
        QTest.mouseClick(button(page, "filterServer"), Qt.MouseButton.LeftButton)
        offered = next(each for each in page.models.findChildren(QMenu) if each.isVisible())
        next(action for action in offered.actions() if action.text() == choice).trigger()
        offered.close()
        await harness.until(lambda shown=shown: models(page)[: len(shown)] == shown)
    assert page.models.list.rows.all()[0].origin == "Cellar"


async def test_the_line_is_shown_once_it_has_been_measured(harness: Harness) -> None:
    page = await open_models_page(harness)
    await harness.until(lambda: harness.program.models.library.fits.machine)
    texts = [label.text() for label in page.strip.findChildren(QLabel) if label.isVisible()]
    assert "This line" not in texts
    harness.program.settings.set(LINE_SPEED, 13_000_000)
    harness.router.show_chats()
    harness.router.show_models("here")
    await harness.until(lambda: any(label.text() == "13.0 MB/s" for label in page.strip.findChildren(QLabel)))


async def test_memory_is_looked_into_only_while_the_page_is_seen(harness: Harness) -> None:
    page = await open_models_page(harness)
    presenter = harness.window._models_page.presenter
    assert presenter is not None
    assert presenter._memory_timer.isActive()
    press(page, Qt.Key.Key_Escape)
    await harness.until(harness.edit.isVisible)
    assert not presenter._memory_timer.isActive()
    assert not presenter._details_loader.is_waiting


async def test_without_any_server_the_page_says_what_to_do(harness: Harness) -> None:
    page = await open_models_page(harness)
    for server in harness.program.servers.servers.all():
        await harness.program.servers.servers.save(replace(server, enabled=False))
    await harness.until(page.models._empty_label.isVisible)
    assert page.models._empty_label.text() == "No providers yet."
    QTest.mouseClick(button(page, "modelsStep.servers"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: not page.isVisible())


async def test_the_delete_key_asks_before_a_large_model_and_the_second_press_hits_nothing(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_Delete)
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: harness.window.findChild(QWidget, "deleteModel"))
    await harness.until(QApplication.focusWidget)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert {"scripted:1b", "thinker:8b"} <= set(models(page))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    await harness.until(lambda: "scripted:1b" not in models(page))
    assert "thinker:8b" in models(page)
    assert harness.program.models.library.management.pending_deletions == (ModelRef("ollama", "scripted:1b"),)
