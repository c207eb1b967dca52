"""The page of models where hands are quicker than it: keys held down, several deletions, and what comes into the list a moment later."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
from chatdesk.features.models.ui.management import model_actions as model_deeds
from chatdesk.features.models.ui.management.new_model_sheet import NewModelKind, NewModelSheet
from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import MAX_PROMPT_LENGTH
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import Harness
from tests.gui.window.models_harness import (
    SCRIPTED,
    click_row,
    menu,
    models,
    names,
    open_models_page,
    press,
    show_filters,
    title,
)

OLLAMAS = ["aaa", "bbb", "scripted:1b", "thinker:8b"]


@pytest.fixture(autouse=True)
def _models_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked before these are deleted."""
    monkeypatch.setattr(model_deeds, "CONFIRMATION_SIZE", 10**12)


async def page_with_four(harness: Harness) -> HereTab:
    page = await open_models_page(harness)
    for name in ("aaa", "bbb"):
        await harness.program.models.library.management.copy(SCRIPTED, name)
    await harness.until(lambda: [name for name in models(page) if name in OLLAMAS] == OLLAMAS)
    return page


async def test_after_a_deletion_the_next_row_is_looked_at_and_undo_brings_back_all(harness: Harness) -> None:
    page = await page_with_four(harness)
    click_row(page, "bbb")
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: "bbb" not in models(page))
    await harness.until(lambda: title(page) == "scripted:1b")
    assert page.models.list.current_key() == "ollama\nscripted:1b"
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: title(page) == "thinker:8b")
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: title(page) == "aaa")
    assert harness.toast()[0] == "3 model(s) will be deleted."
    harness.click_toast()
    await harness.until(lambda: [name for name in models(page) if name in OLLAMAS] == OLLAMAS)


async def test_a_key_held_down_deletes_one_model(harness: Harness) -> None:
    page = await page_with_four(harness)
    click_row(page, "bbb")
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: title(page) == "scripted:1b")
    none, delete = Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Delete
    QApplication.sendEvent(page.models.list, QKeyEvent(QEvent.Type.KeyPress, delete, none, "\x7f", autorep=True))
    assert harness.program.models.library.management.pending_deletions == (ModelRef("ollama", "bbb:latest"),)


async def test_the_first_hit_of_a_search_tells_all_of_itself(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    await harness.until(lambda: page.model_pane._details.licence or page.model_pane._details.template)
    QTest.keyClicks(page.models.search.edit, "think")
    await harness.until(lambda: title(page) == "thinker:8b")
    await harness.until(lambda: page.model_pane._details.licence or page.model_pane._details.template)


async def test_a_click_on_the_first_hit_is_remembered(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    QTest.keyClicks(page.models.search.edit, "think")
    await harness.until(lambda: models(page) == ["thinker:8b"])
    click_row(page, "thinker:8b")
    QTest.keyClick(page.models.search.edit, Qt.Key.Key_Escape)
    await harness.until(lambda: len(models(page)) >= 2)
    assert page.models.list.current_key() == "ollama\nthinker:8b"


async def test_what_is_made_is_shown_once_it_is_there_and_the_search_stays_where_it_fits(harness: Harness) -> None:
    page = await open_models_page(harness)
    QTest.keyClicks(page.models.search.edit, "scripted")
    await harness.until(lambda: models(page) == ["scripted:1b"])
    harness.window._models_page._added(ModelRef("ollama", "scripted-copy:latest"))
    await harness.program.models.library.management.copy(SCRIPTED, "scripted-copy")
    await harness.until(lambda: title(page) == "scripted-copy")
    assert page.models.search.edit.text() == "scripted"
    harness.window._models_page._added(ModelRef("ollama", "mine:latest"))
    assert page.models.search.edit.text() == "scripted"
    await harness.program.models.library.management.copy(SCRIPTED, "mine")
    await harness.until(lambda: title(page) == "mine")
    assert page.models.search.edit.text() == ""


async def test_a_window_that_comes_back_leaves_the_keyboard_where_it_is(harness: Harness) -> None:
    page = await open_models_page(harness)
    show_filters(page)
    page.models.search.edit.setFocus()

    class Back(QShowEvent):
        def spontaneous(self) -> bool:
            return True

    whole = harness.window.findChild(ModelsPage)
    whole.showEvent(Back())
    assert page.models.search.edit.hasFocus()
    whole.showEvent(QShowEvent())
    assert page.models.list.hasFocus()


async def test_a_server_is_given_a_model_from_its_menu(harness: Harness) -> None:
    page = await open_models_page(harness)
    page.models.grouped_chosen.emit(True)
    await harness.until(lambda: "Ollama" in names(page))
    click_row(page, "Ollama")
    view = page.models.list
    view.menu_requested.emit(view.current_key(), view.menu_position(view.current_key()))
    shown = menu()
    get = next(action for action in shown.actions() if action.objectName() == "get")
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.actionGeometry(get).center())
    await harness.until(lambda: (view := harness.window.findChild(CatalogueView)) and view.isVisible())


async def test_menus_of_the_keyboard_open_at_the_row(harness: Harness) -> None:
    page = await open_models_page(harness)
    click_row(page, "thinker:8b")
    view = page.models.list
    row = view.visualRect(view.currentIndex())
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, row.center(), view.viewport().mapToGlobal(row.center())
    )
    QApplication.sendEvent(view.viewport(), asked)
    shown = menu()
    asked_at = page.menu_position
    assert asked_at == view.menu_position(view.current_key())
    at = shown.pos()  # the screen may leave no room where it was asked for
    load = next(action for action in shown.actions() if action.objectName() == "load")
    shown.setActiveAction(load)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    keep = menu("keepModel")
    assert (keep.pos() - at).manhattanLength() <= (asked_at - at).manhattanLength()
    assert keep.pos().x() >= at.x()
    keep.close()


async def test_a_system_prompt_that_is_too_long_is_kept_as_far_as_it_fits(
    harness: Harness,
) -> None:
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    await harness.until(lambda: title(page) == "scripted:1b")
    own = page.model_pane.own
    QTest.keyClicks(own._prompt.edit, "Be brief. ")
    QGuiApplication.clipboard().setText("x" * MAX_PROMPT_LENGTH)
    own._prompt.edit.paste()
    assert own._prompt_note.isVisibleTo(own)
    prompt = "Be brief. " + "x" * (MAX_PROMPT_LENGTH - 10)
    harness.program.models.preferences.set_favourite(SCRIPTED, favourite=True)
    click_row(page, "thinker:8b")
    await harness.until(lambda: harness.program.models.preferences.of(SCRIPTED).system_prompt == prompt)
    assert not own._prompt_note.isVisibleTo(own)


async def test_a_variant_says_what_does_not_fit(harness: Harness) -> None:
    dialog = NewModelSheet(harness.window._appearance, harness.window, NewModelKind.VARIANT, "scripted:1b", "mine")
    dialog.open()
    dialog._system.edit.setPlainText("y" * 100_000)
    note = dialog.findChild(Label, "newModelSystemNote")
    assert note is not None
    assert not note.isVisible()
    QTest.keyClicks(dialog._system.edit, "!")
    assert note.isVisible()
    assert dialog._system.text() == "y" * 100_000
    dialog.cancel()


@pytest.mark.parametrize("tabs", [("here", "get-more"), ("get-more", "here")])
async def test_the_tab_asked_for_last_is_shown_when_the_page_is_made(harness: Harness, tabs: tuple[str, str]) -> None:
    await harness.until(lambda: harness.program.servers.models.was_asked)
    for tab in tabs:
        harness.router.show_models(tab)
    shown = {"here": HereTab, "get-more": GetMoreTab}
    await harness.until(lambda: (page := harness.window.findChild(shown[tabs[1]])) and page.isVisible())
    other = harness.window.findChild(shown[tabs[0]])
    assert other is None or not other.isVisible()
