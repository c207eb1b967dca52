"""The page of models, as a person uses it: from the sidebar to a chat, by mouse and by keys."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.models.domain.model_list import ModelOrder
from chatdesk.features.models.ui.guide.recommendations import Recommendations
from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.kernel.models.model import ModelRef
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.models_harness import (
    SCRIPTED,
    THINKER,
    button,
    click_row,
    menu,
    models,
    names,
    open_models_page,
    press,
    title,
)


async def test_all_servers_models_stand_under_their_servers(harness: Harness) -> None:
    page = await open_models_page(harness)
    await harness.until(lambda: "SmolLM2 135M" in names(page) or len(names(page)) >= 4)
    assert names(page)[:3] == ["Ollama", "scripted:1b", "thinker:8b"]
    assert "Built-in engine" in names(page)
    assert harness.window.windowTitle().startswith("Models")
    assert harness.window._sidebar._pages._buttons["models"]._current


async def test_a_search_narrows_the_list_as_one_types_and_esc_takes_it_back(harness: Harness) -> None:
    page = await open_models_page(harness)
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    edit = page.column.search.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "think")
    await harness.until(lambda: models(page) == ["thinker:8b"])
    await harness.until(lambda: title(page) == "thinker:8b")
    assert page.column._count.text().startswith("1 of ")
    QTest.keyClicks(edit, " no such")
    await harness.until(lambda: not models(page))
    assert page.column._empty_label.text() == "No results"
    QTest.mouseClick(button(page, "modelsStep.clear"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: len(models(page)) >= 2)
    QTest.keyClicks(edit, "script")
    await harness.until(lambda: models(page) == ["scripted:1b"])
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    await harness.until(lambda: len(models(page)) >= 2)
    assert page.isVisible()


async def test_chips_and_the_order_narrow_and_sort(harness: Harness) -> None:
    page = await open_models_page(harness)
    button(page, "filter.thinking").click()
    await harness.until(lambda: models(page) == ["thinker:8b"])
    button(page, "filter.thinking").click()
    button(page, "filter.loaded").click()
    await harness.until(lambda: models(page) == ["scripted:1b"])
    button(page, "filter.loaded").click()
    button(page, "sortModels").click()
    chosen = next(action for action in menu("sortMenu").actions() if action.text() == "Descending")
    chosen.trigger()
    await harness.until(lambda: models(page)[:2] == ["thinker:8b", "scripted:1b"])
    menu("sortMenu").close()


async def test_details_tell_what_the_list_leaves_out(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    assert title(page) == "scripted:1b"
    await harness.until(page.model_pane._texts["template"].isVisible)
    facts = page.model_pane.facts.texts()
    assert facts["Provider"] == "Ollama"
    assert facts["Size"] == "1.0 GB"
    assert facts["Quantisation"] == "Q4_K_M"
    assert facts["Digest"] == "590ae3445e3a"
    assert facts["Memory"].startswith("Loaded until")
    section = page.model_pane._texts["template"]
    button(section, "text.template").click()
    assert section._edit.text() == "{{ .Prompt }}"
    button(section, "text.templateCopy").click()
    assert QGuiApplication.clipboard().text() == "{{ .Prompt }}"


async def test_enter_begins_a_chat_with_the_model(harness: Harness, fake_model: FakeModel) -> None:
    page = await open_models_page(harness)
    press(page, Qt.Key.Key_Home)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    assert title(page) == "thinker:8b"
    press(page, Qt.Key.Key_Return)
    await harness.until(harness.edit.isVisible)
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["model"] == "thinker:8b"


async def test_esc_leads_back_to_the_chats(harness: Harness) -> None:
    page = await open_models_page(harness)
    press(page, Qt.Key.Key_Escape)
    await harness.until(harness.edit.isVisible)
    assert harness.edit.hasFocus()


async def test_the_menu_of_a_row_offers_what_its_keys_do(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    press(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "scripted:1b"
    view = page.column.list
    place = view.visualRect(view.currentIndex()).center()
    page.column.list.menu_requested.emit(view.current_key(), view.viewport().mapToGlobal(place))
    offered = [action.objectName() for action in menu().actions() if action.objectName()]
    assert offered[:6] == ["chat", "default", "favourite", "nickname", "hide", "copy_name"]
    menu().close()
    await harness.until(lambda: not QApplication.activePopupWidget())


async def test_the_selection_stays_while_the_list_changes(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    button(page, "refreshAllModels").click()
    await harness.program.servers.models.refresh()
    harness.program.models.preferences.set_nickname(SCRIPTED, "zzz last")
    await harness.until(lambda: models(page)[:2] == ["thinker:8b", "zzz last"])
    assert page.column.list.current_key() == "ollama\nthinker:8b"
    assert title(page) == "thinker:8b"


async def test_a_variant_of_what_is_in_memory_is_told_to_be_there_once_it_is_looked_at(harness: Harness) -> None:
    await harness.program.models.library.management.create_from_model(
        SCRIPTED, "tutor", "Ask back.", {}, lambda _told: None
    )
    page = await open_models_page(harness)
    await harness.until(lambda: "tutor" in names(page))
    click_row(page, "tutor")
    await harness.until(lambda: title(page) == "tutor")
    await harness.until(lambda: page.model_pane._in_memory.text().startswith("Loaded"))


async def test_what_was_looked_at_and_the_order_are_remembered(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    page.column.order_chosen.emit(page.column._order.SIZE, True)
    await harness.close()
    again = await open_harness()
    again.click("modelsPage")
    await again.until(lambda: again.window.findChild(ModelsPage))
    page = again.window.findChild(ModelsPage)
    assert page is not None
    await again.until(lambda: title(page) == "thinker:8b")
    assert page.column._sort.text() == "Size ↓"


async def test_a_server_that_is_away_says_so_with_what_helps(harness: Harness) -> None:
    page = await open_models_page(harness)
    server = harness.program.servers.servers.find("ollama")
    assert server is not None
    await harness.program.servers.servers.save(replace(server, base_url="http://127.0.0.1:9"))
    await harness.until(lambda: "scripted:1b" not in names(page))
    click_row(page, "Ollama")
    assert page.server_pane.isVisible()
    assert page.server_pane._trouble.text().startswith("Ollama does not respond at")
    page.server_pane.setMaximumHeight(120)  # as where its words are many, or large
    settings = button(page.server_pane, "action.settings")
    bar = page.server_pane.verticalScrollBar()
    await harness.until(lambda: bar.maximum() > 0)
    page.server_pane.ensureWidgetVisible(settings)
    await harness.until(lambda: not settings.visibleRegion().isEmpty())
    settings.click()
    await harness.until(lambda: not page.isVisible())
    assert harness.window.windowTitle().startswith("Settings")


async def test_the_guide_is_reached_from_the_page_and_leads_back_to_it(harness: Harness) -> None:
    page = await open_models_page(harness)
    button(page, "openGuide").click()
    await harness.until(lambda: (guide := harness.window.findChild(Recommendations)) and guide.isVisible())
    assert not page.column.isVisible()
    assert not button(page, "openGuide").isVisible()
    guide = harness.window.findChild(Recommendations)
    assert guide is not None
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    await harness.until(page.column.isVisible)
    assert not guide.isVisible()
    assert page.column.list.hasFocus()


async def test_the_recommendations_lead_back_where_they_were_opened(harness: Harness) -> None:
    harness.window._router.show_models("recommended")
    await harness.until(lambda: (guide := harness.window.findChild(Recommendations)) and guide.isVisible())
    page = harness.window.findChild(ModelsPage)
    assert page is not None
    back = button(page, "modelsBack")
    assert back.isVisible()
    assert button(page, "modelsSidebarToggle").isVisible()
    assert back.accessibleName() == "Back to chats"
    back.click()
    assert not page.isVisible()
    assert harness.edit.isVisible()
    page = await open_models_page(harness)
    assert page.column.isVisible()
    assert not back.isVisible()
    button(page, "openGuide").click()
    assert back.accessibleName() == "Back to the list"
    back.click()
    assert page.column.isVisible()


async def test_the_list_can_be_opened_while_the_recommendations_are_shown(harness: Harness) -> None:
    page = await open_models_page(harness)
    button(page, "openGuide").click()
    await harness.until(lambda: (guide := harness.window.findChild(Recommendations)) and guide.isVisible())
    harness.click("modelsPage")
    assert page.column.isVisible()
    assert page.column.list.hasFocus()


async def test_ten_thousand_models_are_searched_and_sorted_with_the_selection_kept(harness: Harness) -> None:
    page = await open_models_page(harness)
    state = next(state for state in harness.program.servers.models.states() if state.server.id == "ollama")
    many = tuple(
        replace(state.models[0], ref=ModelRef("ollama", f"m{number}"), name=f"m{number}", size_bytes=number)
        for number in range(10_000)
    )
    harness.program.servers.models._states["ollama"] = replace(state, models=many)
    harness.program.servers.models.changes.announce(ModelsChanged("ollama"))
    await harness.until(lambda: page.column.list.rows.rowCount() > 10_000)
    assert page.column.list.select("ollama\nm5000")
    page.column.order_chosen.emit(ModelOrder.SIZE, True)
    await harness.until(lambda: models(page)[0] == "m9999")
    QTest.keyClicks(page.column.search.edit, "m777")
    await harness.until(lambda: models(page) == [*(f"m777{digit}" for digit in range(9, -1, -1)), "m777"])


async def test_names_of_a_hostile_server_are_plain_and_bounded(harness: Harness) -> None:
    page = await open_models_page(harness)
    state = next(state for state in harness.program.servers.models.states() if state.server.id == "ollama")
    said = ("<b>bold</b>", "\u202eevil\u202c", "x" * 10_000, "two\nlines")
    model = state.models[0]
    hostile = tuple(
        replace(model, ref=ModelRef("ollama", name), name=name, parameters=name, quantization=name) for name in said
    )
    harness.program.servers.models._states["ollama"] = replace(state, models=hostile)
    harness.program.servers.models.changes.announce(ModelsChanged("ollama"))
    await harness.until(lambda: "<b>bold</b>" in names(page))
    shown = names(page)
    assert "evil" in shown
    assert "two lines" in shown
    assert all(len(name) <= 301 for name in shown)
    for row in range(page.column.list.rows.rowCount()):
        page.column.list.setCurrentIndex(page.column.list.rows.index(row))
        assert all(len(words) <= 301 for words in page.model_pane.facts.texts().values())
    assert page.model_pane._title.textFormat() is Qt.TextFormat.PlainText


async def test_a_screen_reader_hears_what_a_row_shows(harness: Harness) -> None:
    page = await open_models_page(harness)
    harness.program.models.preferences.set_favourite(THINKER, favourite=True)
    await harness.until(
        lambda: page.column.list.rows.row(page.column.list.rows.index_of("ollama\nthinker:8b")).preference.favourite
    )
    rows = page.column.list.rows
    spoken = rows.data(rows.index_of("ollama\nthinker:8b"), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("thinker:8b, favourite, 1.0B, Q4_K_M, context 4K, reasoning")
    head = rows.data(rows.index_of("ollama"), Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Ollama, Connected, 2 model(s), 2.0 GB"
