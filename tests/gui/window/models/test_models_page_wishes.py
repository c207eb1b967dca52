"""What a person wants of single models, set on their page, and where it holds."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.models_desk import SCRIPTED, THINKER, button, click_row, menu, models, open_models_page, press
from tests.gui.window.palette.test_palette import type_words


async def test_a_favourite_is_marked_by_its_key_and_filtered_by_its_chip(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    QTest.keyClicks(page.column.list, "*")
    await desk.until(lambda: desk.program.preferences.of(THINKER).favourite)
    button(page, "filter.favourites").click()
    await desk.until(lambda: models(page) == ["thinker:8b"])


async def test_a_hidden_model_leaves_the_list_until_undo(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    button(page.model_pane, "modelMenu").click()
    next(action for action in menu().actions() if action.objectName() == "hide").trigger()
    menu().close()
    await desk.until(lambda: not QApplication.activePopupWidget())
    await desk.until(lambda: "thinker:8b" not in models(page))
    desk.click_toast()
    await desk.until(lambda: "thinker:8b" in models(page))


async def test_a_new_chat_begins_with_what_is_set_for_its_model(desk: Desk, speaker: Speaker) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    own = page.model_pane.own
    await desk.until(own._thinking.isVisible)
    QTest.keyClicks(own._prompt.edit, "Answer in one word.")
    QTest.keyClicks(own._fields["temperature"].edit, "0.3")
    QTest.keyClicks(own._fields["num_ctx"].edit, "2048")
    own._thinking.setCurrentIndex(own._thinking.findData(Thinking.OFF))
    own._thinking.activated.emit(own._thinking.currentIndex())
    press(page, Qt.Key.Key_Return)
    await desk.until(desk.edit.isVisible)
    await desk.ask_and_wait("Hi")
    asked = speaker.asked[-1]
    assert asked["messages"][0] == {"role": "system", "content": "Answer in one word."}
    assert asked["options"]["temperature"] == 0.3
    assert asked["options"]["num_ctx"] == 2048
    assert asked["think"] is False


async def test_what_a_chat_sets_goes_before_what_is_set_for_its_model(desk: Desk, speaker: Speaker) -> None:
    page = await open_models_page(desk)
    wanted = Parameters(temperature=0.3, num_ctx=2048)
    desk.program.preferences.set_parameters(SCRIPTED, wanted)
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_Return)
    await desk.until(desk.edit.isVisible)
    desk.window._chat.change_parameters(lambda own: replace(own, temperature=1.5))
    await desk.ask_and_wait("Hi")
    assert speaker.asked[-1]["options"] == {"temperature": 1.5, "num_ctx": 2048}


async def test_what_is_typed_for_one_model_is_kept_for_it_when_another_is_shown(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    QTest.keyClicks(page.model_pane.own._prompt.edit, "For the thinker")
    click_row(page, "scripted:1b")
    assert desk.program.preferences.of(THINKER).system_prompt == "For the thinker"
    assert desk.program.preferences.of(SCRIPTED).system_prompt == ""
    assert page.model_pane.own._prompt.text() == ""


async def test_a_nickname_is_said_wherever_models_are_chosen(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    press(page, Qt.Key.Key_F2)
    edit = page.model_pane.own._nickname.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "Deep one")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await desk.until(lambda: "Deep one" in models(page))
    await desk.until(lambda: page.model_pane.facts.words().get("Model ID") == "thinker:8b")
    press(page, Qt.Key.Key_Escape)
    await desk.until(desk.edit.isVisible)
    assert "Deep one" in picked(desk)
    desk.choose_model("deep one")
    await desk.until(lambda: desk.window._models.chosen and desk.window._models.chosen.ref == THINKER)
    assert desk.window._picker._model == "Deep one"
    await desk.ask_and_wait("Hi")


def picked(desk: Desk) -> list[str]:
    """The names that the picker offers."""
    return [row.name for group in desk.window._picker._groups for row in group.models]


async def test_favourites_come_first_in_the_picker_and_hidden_ones_not_at_all(desk: Desk) -> None:
    desk.program.preferences.set_favourite(THINKER, favourite=True)
    assert picked(desk)[:2] == ["thinker:8b", "scripted:1b"]
    desk.program.preferences.set_hidden(SCRIPTED, hidden=True)
    assert "scripted:1b" not in picked(desk)


async def test_the_default_goes_before_the_last_use_and_is_taken_back(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "thinker:8b")
    QTest.mouseClick(button(page.model_pane, "action.default"), Qt.MouseButton.LeftButton)
    await desk.until(page.model_pane._default.isVisible)
    press(page, Qt.Key.Key_Escape)
    await desk.until(desk.edit.isVisible)
    assert desk.window._models.chosen.ref == THINKER
    desk.choose_model("scripted")
    await desk.until(lambda: desk.window._models.chosen.ref == SCRIPTED)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: desk.window._models.chosen.ref == THINKER)
    page = await open_models_page(desk)
    QTest.mouseClick(button(page.model_pane, "action.default"), Qt.MouseButton.LeftButton)
    press(page, Qt.Key.Key_Escape)
    await desk.until(lambda: desk.window._models.chosen.ref == SCRIPTED)


async def test_the_page_is_reached_from_the_picker_the_palette_and_the_settings(desk: Desk) -> None:
    desk.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.click("manageModels")
    await desk.until(lambda: desk.window.findChild(ModelsPage))
    page = desk.window.findChild(ModelsPage)
    assert page is not None
    await desk.until(page.isVisible)
    desk.window.show_settings("servers")
    assert not page.isVisible()
    desk.click("manageModelsFromSettings")
    await desk.until(page.isVisible)
    desk.window._places.show_chats()
    await desk.until(desk.edit.isVisible)
    desk.window.activateWindow()
    await desk.until(desk.edit.hasFocus)
    QTest.keyClick(type_words(desk, ">manage models"), Qt.Key.Key_Return)
    await desk.until(page.isVisible)


async def test_memory_is_looked_into_only_while_the_page_is_seen(desk: Desk) -> None:
    page = await open_models_page(desk)
    presenter = desk.window._models_page._presenter
    assert presenter is not None
    assert presenter._memory.isActive()
    press(page, Qt.Key.Key_Escape)
    await desk.until(desk.edit.isVisible)
    assert not presenter._memory.isActive()
    assert not presenter._closer.is_waiting


async def test_without_any_server_the_page_says_what_to_do(desk: Desk) -> None:
    page = await open_models_page(desk)
    for server in desk.program.servers.all():
        await desk.program.servers.save(replace(server, enabled=False))
    await desk.until(page.column._nothing.isVisible)
    assert page.column._nothing.text() == "No servers yet."
    QTest.mouseClick(button(page, "modelsStep.servers"), Qt.MouseButton.LeftButton)
    await desk.until(lambda: not page.isVisible())


async def test_the_delete_key_asks_before_a_large_model_and_the_second_press_hits_nothing(desk: Desk) -> None:
    page = await open_models_page(desk)
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_Delete)
    press(page, Qt.Key.Key_Delete)
    await desk.until(lambda: desk.window.findChild(QWidget, "deleteModel"))
    await desk.until(QApplication.focusWidget)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert {"scripted:1b", "thinker:8b"} <= set(models(page))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    await desk.until(lambda: "scripted:1b" not in models(page))
    assert "thinker:8b" in models(page)
    assert desk.program.model_library.management.to_be_deleted == (ModelRef("ollama", "scripted:1b"),)
