"""Finding, choosing and ordering presets, and what is done with them in the list."""

import time

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from chatdesk.app.program import Program
from chatdesk.features.presets.ui.library.card_painter import star_rect
from chatdesk.features.presets.ui.library.library_presenter import LibraryMenu
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.settings.declarations import PRESET_ORDER, PRESET_ROWS
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.features.presets.library.library_harness import LibraryHarness

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def own(name: str, prompt: str = "Be brief.", **rest: object) -> Preset:
    return Preset("", PresetOrigin.OWN, name, prompt=prompt, **rest)


async def test_all_presets_are_listed_and_the_first_is_looked_at(harness: LibraryHarness) -> None:
    assert harness.shown() == ["Mail reply", "Regex", "Translate"]
    assert harness.selected() == ["Mail reply"]
    assert harness.text("presetName") == "Mail reply"
    assert harness.part("presetList").hasFocus()


async def test_typing_finds_presets_and_empty_words_bring_all_back(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_F, CONTROL)
    assert harness.part("searchPresets").hasFocus()
    harness.write("searchPresets", "another lang")
    assert harness.shown() == ["Translate"]
    assert harness.text("presetName") == "Mail reply"  # the list does not wait for what is looked at
    QCoreApplication.processEvents()
    assert harness.text("presetName") == "Translate"
    harness.write("searchPresets", "#coding")
    assert harness.shown() == ["Regex"]
    harness.write("searchPresets", "zebra")
    assert harness.shown() == []
    assert harness.sees("noPresets")
    harness.key(Qt.Key.Key_Escape)
    assert harness.shown() == ["Mail reply", "Regex", "Translate"]
    assert not harness.closed


async def test_enter_in_the_search_uses_what_was_found_first(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_F, CONTROL)
    harness.write("searchPresets", "reg")
    harness.key(Qt.Key.Key_Return)
    assert harness.used == ["built-in:regex"]


async def test_the_arrow_down_leads_from_the_search_into_the_list(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_F, CONTROL)
    harness.key(Qt.Key.Key_Down)
    harness.key(Qt.Key.Key_Down)
    harness.key(Qt.Key.Key_Return)
    assert harness.used == ["built-in:regex"]


async def test_a_shelf_shows_what_stands_there(harness: LibraryHarness) -> None:
    harness.press("shelf.office")
    assert harness.shown() == ["Mail reply"]
    assert harness.text("libraryPlace") == "Office"
    harness.press("shelf.favourites")
    assert harness.shown() == []
    await harness.presets.set_favourite(["built-in:regex"], favourite=True)
    assert harness.shown() == ["Regex"]


async def test_a_star_is_given_by_a_click_and_by_a_key_and_taken_again(
    harness: LibraryHarness, appearance: Appearance
) -> None:
    index = harness.rows.rows.index(1)
    place = star_rect(appearance.theme, harness.rows.visualRect(index).toRectF(), dense=False).center().toPoint()
    QTest.mouseClick(harness.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await harness.settle()
    assert harness.presets.state("built-in:regex").favourite
    assert harness.selected() == ["Mail reply"]
    harness.click("Regex")
    QTest.keyClicks(harness.rows, "*")
    await harness.settle()
    assert not harness.presets.state("built-in:regex").favourite


async def test_presets_stand_in_the_order_that_was_chosen(harness: LibraryHarness) -> None:
    await harness.presets.record_use("built-in:translate", {})
    assert harness.shown() == ["Translate", "Mail reply", "Regex"]
    harness.program.settings.set(PRESET_ORDER, "name")
    assert harness.shown() == ["Mail reply", "Regex", "Translate"]


async def test_names_are_sorted_as_the_language_does(harness: LibraryHarness, translations: Translations) -> None:
    translations.use("en")
    QTest.qWait(1)
    for name in ("zebra", "Ähre", "Preset 10", "Preset 9"):
        await harness.presets.create(own(name))
    harness.program.settings.set(PRESET_ORDER, "name")
    harness.press("shelf.own")
    assert harness.shown() == ["Ähre", "Preset 9", "Preset 10", "zebra"]


async def test_rows_are_put_into_an_order_by_keys_and_by_dragging(harness: LibraryHarness) -> None:
    harness.program.settings.set(PRESET_ORDER, "by-hand")
    harness.click("Translate")
    harness.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    await harness.settle()
    assert harness.shown() == ["Mail reply", "Translate", "Regex"]
    assert harness.selected() == ["Translate"]
    above = QPointF(harness.rows.visualRect(harness.rows.rows.index(0)).topLeft())
    move = Qt.DropAction.MoveAction
    harness.rows.dropEvent(
        QDropEvent(above, move, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    await harness.settle()
    assert harness.shown() == ["Translate", "Mail reply", "Regex"]


async def test_rows_are_denser_than_cards(harness: LibraryHarness) -> None:
    def height() -> int:
        harness.rows.doItemsLayout()
        return harness.rows.visualRect(harness.rows.rows.index(0)).height()

    card = height()
    harness.press("presetView")
    assert harness.program.settings.get(PRESET_ROWS)
    assert height() < card / 1.5
    harness.press("presetView")
    assert height() == card


async def test_a_double_click_uses_a_preset(harness: LibraryHarness) -> None:
    QTest.mouseDClick(harness.rows.viewport(), Qt.MouseButton.LeftButton, pos=harness.middle("Regex"))
    assert harness.used == ["built-in:regex"]


async def test_several_are_deleted_and_brought_back(harness: LibraryHarness) -> None:
    for name in ("One", "Two"):
        await harness.presets.create(own(name))
    await harness.presets.set_favourite(["own:one"], favourite=True)
    harness.click("One")
    harness.click("Two", SHIFT)
    harness.click("Mail reply", CONTROL)
    assert harness.sees("severalTitle")
    harness.rows.setFocus()
    harness.key(Qt.Key.Key_Delete)
    await harness.settle()
    assert harness.shown() == ["Mail reply", "Regex", "Translate"]
    assert [text for text, _ in harness.undo] == ["2 presets were deleted"] or "2" in harness.undo[0][0]
    harness.undo[0][1]()
    await harness.settle()
    assert {"One", "Two"} <= set(harness.shown())
    assert harness.presets.state("own:one").favourite


async def test_a_built_in_preset_cannot_be_deleted(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_Delete)
    await harness.settle()
    assert harness.shown() == ["Mail reply", "Regex", "Translate"]
    assert not harness.undo


async def test_everything_is_selected_by_a_key_and_marked_at_once(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_A, CONTROL)
    assert len(harness.selected()) == 3
    harness.page.detail.several.favourite_requested.emit(True)
    await harness.settle()
    assert all(harness.presets.state(preset.key).favourite for preset in harness.presets.all())
    harness.key(Qt.Key.Key_Escape)
    assert len(harness.selected()) == 1


async def test_the_menu_offers_what_can_be_done_with_the_preset(harness: LibraryHarness) -> None:
    await harness.presets.create(own("Mine"))

    def captions(name: str) -> list[str]:
        harness.click(name)
        harness.press("presetMore")
        menu = harness.page.findChildren(LibraryMenu)[-1]
        found = [action.text() for action in menu.actions() if action.text()]
        menu.close()
        menu.setObjectName("gone")
        return found

    assert "Delete" in captions("Mine")
    assert "Delete" not in captions("Regex")


async def test_a_copy_is_made_under_another_name(harness: LibraryHarness) -> None:
    harness.click("Regex")
    harness.page.detail.several.duplicate_requested.emit()
    await harness.settle()
    assert "Regex (copy)" in harness.shown()
    assert harness.text("presetName") == "Regex (copy)"
    assert harness.part("presetName").hasFocus()


async def test_a_new_preset_begins_with_its_name(harness: LibraryHarness) -> None:
    harness.press("shelf.office")
    harness.key(Qt.Key.Key_N, CONTROL)
    assert harness.text("presetName") == ""
    assert harness.part("presetName").hasFocus()
    assert not any(preset.origin is PresetOrigin.OWN for preset in harness.presets.all())
    harness.write("presetName", "Haiku")
    harness.write("presetPrompt", "Write a haiku.")
    harness.press("savePreset")
    await harness.settle()
    made = next(preset for preset in harness.presets.all() if preset.origin is PresetOrigin.OWN)
    assert (made.category, made.name, made.prompt) == ("office", "Haiku", "Write a haiku.")
    assert harness.text("presetName") == "Haiku"


async def test_a_file_of_another_program_appears_and_keeps_the_selection(harness: LibraryHarness) -> None:
    harness.click("Regex")
    (harness.presets.folder / "a.md").write_text("+++\nname = 'A new one'\n+++\nx", "utf-8")
    await harness.presets.reload_changed()
    assert harness.shown() == ["A new one", "Mail reply", "Regex", "Translate"]
    assert harness.selected() == ["Regex"]


async def test_esc_leads_back_to_the_chats(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_Escape)
    assert harness.closed == 1


async def test_a_narrow_window_shows_one_column_and_a_way_back(harness: LibraryHarness) -> None:
    harness.page.resize(560, 820)
    QTest.qWait(1)
    assert harness.rows.isVisible()
    assert not harness.page.detail.isVisible()
    places = harness.part("libraryPlaces")
    assert isinstance(places, QComboBox)
    assert places.isVisible()
    places.setCurrentIndex(places.findText("Coding (1)"))
    places.activated.emit(places.currentIndex())
    assert harness.shown() == ["Regex"]
    harness.click("Regex")
    assert harness.page.detail.isVisible()
    assert not harness.rows.isVisible()
    harness.press("libraryBack")
    assert harness.rows.isVisible()
    harness.click("Regex")
    harness.key(Qt.Key.Key_Escape)
    assert harness.rows.isVisible()
    assert not harness.closed


async def test_a_thousand_presets_are_no_work(program: Program, appearance: Appearance) -> None:
    for number in range(1_000):
        text = f'+++\nname = "Preset {number}"\ndescription = "{"words " * 20}"\n+++\nBe brief.'
        (program.presets.presets.folder / f"{number}.md").write_text(text, "utf-8")
    await program.presets.presets.reload_changed()
    harness = LibraryHarness(appearance, program)
    await harness.settle()
    begin = time.thread_time()
    for typed in ("p", "pr", "pre", "preset 99"):
        harness.page.header.set_text(typed)
    taken = time.thread_time() - begin
    await harness.settle()
    assert harness.shown()[0] == "Preset 99"
    await harness.close()
    assert taken < 1.2, taken


@pytest.mark.parametrize("icon", ["../../secret", "no such icon", ""])
async def test_an_icon_that_is_not_there_is_drawn_as_another(harness: LibraryHarness, icon: str) -> None:
    made = await harness.presets.create(own("Mine", icon=icon, category="coding"))
    harness.library.show_preset(made.key)
    assert harness.rows.rows.row(harness.rows.rows.index_of(made.key)).icon == "code"
    harness.page.grab()


async def test_the_tools_stand_under_the_categories(harness: LibraryHarness) -> None:
    asked: list[str] = []
    harness.page.tool_requested.connect(asked.append)
    for page in ("batch", "translation"):
        harness.press(f"tool.{page}")
    harness.page.resize(700, 600)
    box = harness.part("libraryPlaces")
    assert isinstance(box, QComboBox)
    box.setCurrentText("Translator")
    box.activated.emit(box.currentIndex())
    assert asked == ["batch", "translation", "translation"]
    assert box.currentText().startswith("All presets")
