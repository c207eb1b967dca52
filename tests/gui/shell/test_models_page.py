"""The page of models, as a person uses it: from the sidebar to a chat, by mouse and by keys."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from chatdesk.domain.model import ModelRef
from chatdesk.domain.model_list.entry import ModelEntry
from chatdesk.ui.guide.guide_page import GuidePage
from chatdesk.ui.models_page.models_page import ModelsPage
from tests.gui.shell.desk import Desk, Speaker

SCRIPTED, THINKER = ModelRef("ollama", "scripted:1b"), ModelRef("ollama", "thinker:8b")
Opened = Callable[[], Awaitable[ModelsPage]]


@pytest.fixture
def opened(desk: Desk) -> Opened:
    """Opens the page from the sidebar and waits until all there is stands in it."""

    async def open_page() -> ModelsPage:
        desk.click("modelsPage")
        page = desk.window.findChild(ModelsPage)
        assert page is not None
        await desk.until(lambda: {"scripted:1b", "thinker:8b"} <= set(names(page)))
        return page

    return open_page


def names(page: ModelsPage) -> list[str]:
    """The rows of the list, heads too, as a screen shows them."""
    rows = page.column.list.rows
    return [rows.data(rows.index(number)) for number in range(rows.rowCount())]


def models(page: ModelsPage) -> list[str]:
    rows = page.column.list.rows
    found = (rows.row(rows.index(number)) for number in range(rows.rowCount()))
    return [row.name for row in found if isinstance(row, ModelEntry)]


def click_row(page: ModelsPage, name: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    view = page.column.list
    place = view.visualRect(view.rows.index(names(page).index(name))).center()
    QTest.mouseClick(view.viewport(), button, pos=place)


def press(page: ModelsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.column.list, key, modifier)


def button(place: QWidget, name: str) -> QAbstractButton:
    found = place.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def title(page: ModelsPage) -> str:
    return page.model_pane._title.text()


def menu(name: str = "modelActions") -> QMenu:
    found = next(
        widget for widget in QApplication.topLevelWidgets() if widget.objectName() == name and widget.isVisible()
    )
    assert isinstance(found, QMenu)
    return found


async def test_all_servers_models_stand_under_their_servers(desk: Desk, opened: Opened) -> None:
    page = await opened()
    await desk.until(lambda: "SmolLM2 135M" in names(page) or len(names(page)) >= 4)
    assert names(page)[:3] == ["Ollama", "scripted:1b", "thinker:8b"]
    assert "Built-in engine" in names(page)
    assert desk.window.windowTitle().startswith("Models")
    assert desk.window._sidebar._pages._buttons["models"]._current


async def test_a_search_narrows_the_list_as_one_types_and_esc_takes_it_back(desk: Desk, opened: Opened) -> None:
    page = await opened()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    edit = page.column.search.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "think")
    await desk.until(lambda: models(page) == ["thinker:8b"])
    assert title(page) == "thinker:8b"
    assert page.column._count.text().startswith("1 of ")
    QTest.keyClicks(edit, " no such")
    await desk.until(lambda: not models(page))
    assert page.column._nothing.text() == "No model fits."
    QTest.mouseClick(button(page, "modelsStep.clear"), Qt.MouseButton.LeftButton)
    await desk.until(lambda: len(models(page)) >= 2)
    QTest.keyClicks(edit, "script")
    await desk.until(lambda: models(page) == ["scripted:1b"])
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    await desk.until(lambda: len(models(page)) >= 2)
    assert page.isVisible()


async def test_chips_and_the_order_narrow_and_sort(desk: Desk, opened: Opened) -> None:
    page = await opened()
    button(page, "filter.thinking").click()
    await desk.until(lambda: models(page) == ["thinker:8b"])
    button(page, "filter.thinking").click()
    button(page, "filter.loaded").click()
    await desk.until(lambda: models(page) == ["scripted:1b"])
    button(page, "filter.loaded").click()
    button(page, "sortModels").click()
    chosen = next(action for action in menu("sortMenu").actions() if action.text() == "Descending")
    chosen.trigger()
    await desk.until(lambda: models(page)[:2] == ["thinker:8b", "scripted:1b"])
    menu("sortMenu").close()


async def test_details_tell_what_the_list_leaves_out(desk: Desk, opened: Opened) -> None:
    page = await opened()
    click_row(page, "scripted:1b")
    assert title(page) == "scripted:1b"
    await desk.until(page.model_pane._texts["template"].isVisible)
    facts = page.model_pane.facts.words()
    assert facts["Server"] == "Ollama"
    assert facts["Size"] == "1.0 GB"
    assert facts["Quantisation"] == "Q4_K_M"
    assert facts["Digest"] == "f3e5f981e94e"
    assert facts["Memory"].startswith("In memory until")
    section = page.model_pane._texts["template"]
    button(section, "text.template").click()
    assert section._edit.text() == "{{ .Prompt }}"
    button(section, "text.templateCopy").click()
    assert QGuiApplication.clipboard().text() == "{{ .Prompt }}"


async def test_enter_begins_a_chat_with_the_model(desk: Desk, speaker: Speaker, opened: Opened) -> None:
    page = await opened()
    press(page, Qt.Key.Key_Home)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    assert title(page) == "thinker:8b"
    press(page, Qt.Key.Key_Return)
    await desk.until(desk.edit.isVisible)
    await desk.ask_and_wait("Hi")
    assert speaker.asked[-1]["model"] == "thinker:8b"


async def test_esc_leads_back_to_the_chats(desk: Desk, opened: Opened) -> None:
    page = await opened()
    press(page, Qt.Key.Key_Escape)
    await desk.until(desk.edit.isVisible)
    assert desk.edit.hasFocus()


async def test_a_favourite_is_marked_by_its_key_and_filtered_by_its_chip(desk: Desk, opened: Opened) -> None:
    page = await opened()
    click_row(page, "thinker:8b")
    QTest.keyClicks(page.column.list, "*")
    await desk.until(lambda: desk.program.preferences.of(THINKER).favourite)
    button(page, "filter.favourites").click()
    await desk.until(lambda: models(page) == ["thinker:8b"])


async def test_a_hidden_model_leaves_the_list_until_undo(desk: Desk, opened: Opened) -> None:
    page = await opened()
    click_row(page, "thinker:8b")
    button(page.model_pane, "modelMenu").click()
    next(action for action in menu().actions() if action.objectName() == "hide").trigger()
    menu().close()
    await desk.until(lambda: not QApplication.activePopupWidget())
    await desk.until(lambda: "thinker:8b" not in models(page))
    desk.click_toast()
    await desk.until(lambda: "thinker:8b" in models(page))


async def test_the_menu_of_a_row_offers_what_its_keys_do(desk: Desk, opened: Opened) -> None:
    page = await opened()
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "scripted:1b"
    view = page.column.list
    place = view.visualRect(view.currentIndex()).center()
    page.column.list.menu_requested.emit(view.current_key(), view.viewport().mapToGlobal(place))
    offered = [action.objectName() for action in menu().actions() if action.objectName()]
    assert offered[:6] == ["chat", "default", "favourite", "nickname", "hide", "copy_name"]
    menu().close()
    await desk.until(lambda: not QApplication.activePopupWidget())


async def test_the_selection_stays_while_the_list_changes(desk: Desk, opened: Opened) -> None:
    page = await opened()
    click_row(page, "thinker:8b")
    button(page, "refreshAllModels").click()
    await desk.program.models.refresh()
    desk.program.preferences.set_nickname(SCRIPTED, "zzz last")
    await desk.until(lambda: models(page)[:2] == ["thinker:8b", "zzz last"])
    assert page.column.list.current_key() == "ollama\nthinker:8b"
    assert title(page) == "thinker:8b"


async def test_what_was_looked_at_and_the_order_are_remembered(
    desk: Desk, opened: Opened, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    page = await opened()
    click_row(page, "thinker:8b")
    page.column.order_chosen.emit(page.column._order.SIZE, True)
    await desk.close()
    again = await open_desk()
    again.click("modelsPage")
    page = again.window.findChild(ModelsPage)
    assert page is not None
    await again.until(lambda: title(page) == "thinker:8b")
    assert page.column._sort.text() == "Size ↓"


async def test_a_server_that_is_away_says_so_with_what_helps(desk: Desk, opened: Opened) -> None:
    page = await opened()
    server = desk.program.servers.find("ollama")
    assert server is not None
    await desk.program.servers.save(replace(server, base_url="http://127.0.0.1:9"))
    await desk.until(lambda: "scripted:1b" not in names(page))
    click_row(page, "Ollama")
    assert page.server_pane.isVisible()
    assert page.server_pane._trouble.text().startswith("Ollama does not answer at")
    button(page.server_pane, "action.settings").click()
    await desk.until(lambda: not page.isVisible())
    assert desk.window.windowTitle().startswith("Settings")


async def test_the_guide_is_reached_from_the_page(desk: Desk, opened: Opened) -> None:
    page = await opened()
    button(page, "openGuide").click()
    await desk.until(lambda: (guide := desk.window.findChild(GuidePage)) and guide.isVisible())
    assert not page.isVisible()
