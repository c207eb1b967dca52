"""The page of models, as a person uses it: from the sidebar to a chat, by mouse and by keys."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.models.domain.model_list import ModelOrder
from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
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
    open_server,
    press,
    title,
)


async def test_the_models_of_all_programs_on_this_computer_stand_in_one_list(harness: Harness) -> None:
    page = await open_models_page(harness)
    await harness.until(lambda: len(names(page)) >= 3)
    assert names(page) == ["scripted:1b", "SmolLM2 135M", "thinker:8b"]
    entries = {row.name: row.origin for row in page.models.list.rows.all()}
    assert entries == {"scripted:1b": "Ollama", "SmolLM2 135M": "Built in", "thinker:8b": "Ollama"}


async def test_they_stand_under_their_programs_if_one_likes_that_better(harness: Harness) -> None:
    page = await open_models_page(harness)
    button(page, "sortModels").click()
    next(action for action in menu("sortMenu").actions() if action.text() == "Group by provider").trigger()
    menu("sortMenu").close()
    await harness.until(lambda: names(page)[:3] == ["Ollama", "scripted:1b", "thinker:8b"])
    assert names(page)[3:] == ["Built-in engine", "SmolLM2 135M"]
    assert harness.window.windowTitle().startswith("Models")
    assert harness.window._sidebar._pages._buttons["models"]._current


async def test_a_search_narrows_the_list_as_one_types_and_esc_takes_it_back(harness: Harness) -> None:
    page = await open_models_page(harness)
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    edit = page.models.search.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "think")
    await harness.until(lambda: models(page) == ["thinker:8b"])
    await harness.until(lambda: title(page) == "thinker:8b")
    assert page.models._count.text().startswith("1 of ")
    QTest.keyClicks(edit, " no such")
    await harness.until(lambda: not models(page))
    assert page.models._empty_label.text() == "No results"
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
    await harness.until(lambda: models(page) == ["thinker:8b", "SmolLM2 135M", "scripted:1b"])
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
    view = page.models.list
    place = view.visualRect(view.currentIndex()).center()
    page.models.list.menu_requested.emit(view.current_key(), view.viewport().mapToGlobal(place))
    offered = [action.objectName() for action in menu().actions() if action.objectName()]
    assert offered[:6] == ["chat", "default", "favourite", "nickname", "hide", "copy_name"]
    menu().close()
    await harness.until(lambda: not QApplication.activePopupWidget())


async def test_the_selection_stays_while_the_list_changes(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    button(harness.window, "refreshAllModels").click()
    await harness.program.servers.models.refresh()
    harness.program.models.preferences.set_nickname(SCRIPTED, "zzz last")
    await harness.until(lambda: models(page)[1:] == ["thinker:8b", "zzz last"])
    assert page.models.list.current_key() == "ollama\nthinker:8b"
    assert title(page) == "thinker:8b"


async def test_a_variant_of_what_is_in_memory_is_reported_as_there_once_it_is_looked_at(harness: Harness) -> None:
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
    page.models.order_chosen.emit(page.models._order.SIZE, True)
    await harness.close()
    again = await open_harness()
    again.click("modelsPage")
    await again.until(lambda: again.window.findChild(HereTab))
    page = again.window.findChild(HereTab)
    assert page is not None
    await again.until(lambda: title(page) == "thinker:8b")
    assert button(page, "sortModels").accessibleName() == "Sorted by Size, descending"


async def test_a_server_that_is_away_says_so_with_what_helps(harness: Harness) -> None:
    page = await open_models_page(harness)
    server = harness.program.servers.servers.find("ollama")
    assert server is not None
    await harness.program.servers.servers.save(replace(server, base_url="http://127.0.0.1:9"))
    await harness.until(lambda: "scripted:1b" not in names(page))
    open_server(page)
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
    assert harness.window.findChild(ProvidersTab).isVisible()


async def test_the_arrow_keys_move_between_the_tabs_and_the_last_one_is_remembered(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    page = await open_models_page(harness)
    harness.window.findChild(ModelsPage).header.focus()
    for name in ("modelsGetMore", "modelsProviders"):
        QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Right)
        await harness.until(lambda name=name: (tab := harness.window.findChild(QWidget, name)) and tab.isVisible())
        assert harness.window.focusWidget().text(), "the focus stays on the segments"
    assert not page.isVisible()
    assert button(harness.window, "addServer").isVisible()
    assert not button(harness.window, "refreshAllModels").isVisible()
    await harness.close()
    again = await open_harness()
    again.click("modelsPage")
    await again.until(lambda: (tab := again.window.findChild(ProvidersTab)) and tab.isVisible())
    assert again.window.findChild(HereTab) is None, "only what is shown is created"


async def test_get_more_leads_to_its_tab_and_esc_from_there_to_the_chats(harness: Harness) -> None:
    page = await open_models_page(harness)
    button(page, "getMoreModels").click()
    await harness.until(lambda: (tab := harness.window.findChild(GetMoreTab)) and tab.isVisible())
    assert not page.isVisible()
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Escape)
    await harness.until(harness.edit.isVisible)
    harness.router.show_models("here")
    await harness.until(page.isVisible)
    assert page.models.list.hasFocus()


async def test_details_open_beside_the_list_and_esc_closes_them(harness: Harness) -> None:
    page = await open_models_page(harness)
    assert page.runners.isVisible()
    assert not page.model_pane.isVisible()
    click_row(page, "thinker:8b")
    assert page.model_pane.isVisible()
    assert not page.runners.isVisible()
    press(page, Qt.Key.Key_Up)
    await harness.until(lambda: title(page) == "SmolLM2 135M")
    press(page, Qt.Key.Key_Escape)
    assert page.runners.isVisible()
    assert page.models.list.hasFocus()
    open_server(page)
    assert page.server_pane.isVisible()
    button(page, "modelsBack").click()
    assert page.runners.isVisible()


async def test_a_narrow_page_shows_details_alone_and_the_engine_below_the_list(harness: Harness) -> None:
    page = await open_models_page(harness)
    harness.window.resize(560, 700)
    await harness.until(lambda: page.width() < 600)
    assert page.runners.mapTo(page.widget(), QPoint()).y() > page.models.geometry().bottom()
    click_row(page, "thinker:8b")
    await harness.until(page.model_pane.isVisible)
    assert not page.models.isVisible()
    assert not page.strip.isVisible()
    QTest.keyClick(page.model_pane, Qt.Key.Key_Escape)
    await harness.until(page.models.isVisible)


async def test_ten_thousand_models_are_searched_and_sorted_with_the_selection_kept(harness: Harness) -> None:
    page = await open_models_page(harness)
    state = next(state for state in harness.program.servers.models.states() if state.server.id == "ollama")
    many = tuple(
        replace(state.models[0], ref=ModelRef("ollama", f"m{number}"), name=f"m{number}", size_bytes=number)
        for number in range(10_000)
    )
    harness.program.servers.models._states["ollama"] = replace(state, models=many)
    harness.program.servers.models.changes.announce(ModelsChanged("ollama"))
    await harness.until(lambda: page.models.list.rows.rowCount() > 10_000)
    assert page.models.list.select("ollama\nm5000")
    page.models.order_chosen.emit(ModelOrder.SIZE, True)
    await harness.until(lambda: models(page)[1] == "m9999")
    QTest.keyClicks(page.models.search.edit, "m777")
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
    for row in range(page.models.list.rows.rowCount()):
        page.models.list.setCurrentIndex(page.models.list.rows.index(row))
        assert all(len(text) <= 301 for text in page.model_pane.facts.texts().values())
    assert page.model_pane._title.textFormat() is Qt.TextFormat.PlainText


async def test_a_screen_reader_hears_what_a_row_shows(harness: Harness) -> None:
    page = await open_models_page(harness)
    harness.program.models.preferences.set_favourite(THINKER, favourite=True)
    await harness.until(
        lambda: page.models.list.rows.row(page.models.list.rows.index_of("ollama\nthinker:8b")).preference.favourite
    )
    rows = page.models.list.rows
    spoken = rows.data(rows.index_of("ollama\nthinker:8b"), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("thinker:8b, favourite, Ollama, 1.0B, Q4_K_M, context 4K, reasoning")
    page.models.grouped_chosen.emit(True)
    await harness.until(lambda: rows.index_of("ollama").isValid())
    head = rows.data(rows.index_of("ollama"), Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Ollama, Connected, 2 model(s), 2.0 GB"
