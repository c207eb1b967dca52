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
from tests.gui.features.presets.library.library_desk import LibraryDesk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def own(name: str, prompt: str = "Be brief.", **rest: object) -> Preset:
    return Preset("", PresetOrigin.OWN, name, prompt=prompt, **rest)


async def test_all_presets_are_listed_and_the_first_is_looked_at(desk: LibraryDesk) -> None:
    assert desk.shown() == ["Mail reply", "Regex", "Translate"]
    assert desk.selected() == ["Mail reply"]
    assert desk.text("presetName") == "Mail reply"
    assert desk.part("presetList").hasFocus()


async def test_typing_finds_presets_and_empty_words_bring_all_back(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    assert desk.part("searchPresets").hasFocus()
    desk.write("searchPresets", "another lang")
    assert desk.shown() == ["Translate"]
    assert desk.text("presetName") == "Mail reply"  # the list does not wait for what is looked at
    QCoreApplication.processEvents()
    assert desk.text("presetName") == "Translate"
    desk.write("searchPresets", "#coding")
    assert desk.shown() == ["Regex"]
    desk.write("searchPresets", "zebra")
    assert desk.shown() == []
    assert desk.sees("noPresets")
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown() == ["Mail reply", "Regex", "Translate"]
    assert not desk.closed


async def test_enter_in_the_search_uses_what_was_found_first(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.write("searchPresets", "reg")
    desk.key(Qt.Key.Key_Return)
    assert desk.used == ["built-in:regex"]


async def test_the_arrow_down_leads_from_the_search_into_the_list(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert desk.used == ["built-in:regex"]


async def test_a_shelf_shows_what_stands_there(desk: LibraryDesk) -> None:
    desk.press("shelf.office")
    assert desk.shown() == ["Mail reply"]
    assert desk.text("libraryPlace") == "Office"
    desk.press("shelf.favourites")
    assert desk.shown() == []
    await desk.presets.set_favourite(["built-in:regex"], favourite=True)
    assert desk.shown() == ["Regex"]


async def test_a_star_is_given_by_a_click_and_by_a_key_and_taken_again(
    desk: LibraryDesk, appearance: Appearance
) -> None:
    index = desk.rows.rows.index(1)
    place = star_rect(appearance.theme, desk.rows.visualRect(index).toRectF(), dense=False).center().toPoint()
    QTest.mouseClick(desk.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await desk.settle()
    assert desk.presets.state("built-in:regex").favourite
    assert desk.selected() == ["Mail reply"]
    desk.click("Regex")
    QTest.keyClicks(desk.rows, "*")
    await desk.settle()
    assert not desk.presets.state("built-in:regex").favourite


async def test_presets_stand_in_the_order_that_was_chosen(desk: LibraryDesk) -> None:
    await desk.presets.note_use("built-in:translate", {})
    assert desk.shown() == ["Translate", "Mail reply", "Regex"]
    desk.program.settings.set(PRESET_ORDER, "name")
    assert desk.shown() == ["Mail reply", "Regex", "Translate"]


async def test_names_are_sorted_as_the_language_does(desk: LibraryDesk, translations: Translations) -> None:
    translations.use("en")
    QTest.qWait(1)
    for name in ("zebra", "Ähre", "Preset 10", "Preset 9"):
        await desk.presets.create(own(name))
    desk.program.settings.set(PRESET_ORDER, "name")
    desk.press("shelf.own")
    assert desk.shown() == ["Ähre", "Preset 9", "Preset 10", "zebra"]


async def test_rows_are_put_into_an_order_by_keys_and_by_dragging(desk: LibraryDesk) -> None:
    desk.program.settings.set(PRESET_ORDER, "by-hand")
    desk.click("Translate")
    desk.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    await desk.settle()
    assert desk.shown() == ["Mail reply", "Translate", "Regex"]
    assert desk.selected() == ["Translate"]
    above = QPointF(desk.rows.visualRect(desk.rows.rows.index(0)).topLeft())
    move = Qt.DropAction.MoveAction
    desk.rows.dropEvent(QDropEvent(above, move, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    await desk.settle()
    assert desk.shown() == ["Translate", "Mail reply", "Regex"]


async def test_rows_are_denser_than_cards(desk: LibraryDesk) -> None:
    def height() -> int:
        desk.rows.doItemsLayout()
        return desk.rows.visualRect(desk.rows.rows.index(0)).height()

    card = height()
    desk.press("presetView")
    assert desk.program.settings.get(PRESET_ROWS)
    assert height() < card / 1.5
    desk.press("presetView")
    assert height() == card


async def test_a_double_click_uses_a_preset(desk: LibraryDesk) -> None:
    QTest.mouseDClick(desk.rows.viewport(), Qt.MouseButton.LeftButton, pos=desk.middle("Regex"))
    assert desk.used == ["built-in:regex"]


async def test_several_are_deleted_and_brought_back(desk: LibraryDesk) -> None:
    for name in ("One", "Two"):
        await desk.presets.create(own(name))
    await desk.presets.set_favourite(["own:one"], favourite=True)
    desk.click("One")
    desk.click("Two", SHIFT)
    desk.click("Mail reply", CONTROL)
    assert desk.sees("severalTitle")
    desk.rows.setFocus()
    desk.key(Qt.Key.Key_Delete)
    await desk.settle()
    assert desk.shown() == ["Mail reply", "Regex", "Translate"]
    assert [words for words, _ in desk.undo] == ["2 presets were deleted"] or "2" in desk.undo[0][0]
    desk.undo[0][1]()
    await desk.settle()
    assert {"One", "Two"} <= set(desk.shown())
    assert desk.presets.state("own:one").favourite


async def test_a_built_in_preset_cannot_be_deleted(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_Delete)
    await desk.settle()
    assert desk.shown() == ["Mail reply", "Regex", "Translate"]
    assert not desk.undo


async def test_everything_is_selected_by_a_key_and_marked_at_once(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_A, CONTROL)
    assert len(desk.selected()) == 3
    desk.page.detail.several.favourite_requested.emit(True)
    await desk.settle()
    assert all(desk.presets.state(preset.key).favourite for preset in desk.presets.all())
    desk.key(Qt.Key.Key_Escape)
    assert len(desk.selected()) == 1


async def test_the_menu_offers_what_can_be_done_with_the_preset(desk: LibraryDesk) -> None:
    await desk.presets.create(own("Mine"))

    def words(name: str) -> list[str]:
        desk.click(name)
        desk.press("presetMore")
        menu = desk.page.findChildren(LibraryMenu)[-1]
        found = [action.text() for action in menu.actions() if action.text()]
        menu.close()
        menu.setObjectName("gone")
        return found

    assert "Delete" in words("Mine")
    assert "Delete" not in words("Regex")


async def test_a_copy_is_made_under_another_name(desk: LibraryDesk) -> None:
    desk.click("Regex")
    desk.page.detail.several.duplicate_requested.emit()
    await desk.settle()
    assert "Regex (copy)" in desk.shown()
    assert desk.text("presetName") == "Regex (copy)"
    assert desk.part("presetName").hasFocus()


async def test_a_new_preset_begins_with_its_name(desk: LibraryDesk) -> None:
    desk.press("shelf.office")
    desk.key(Qt.Key.Key_N, CONTROL)
    await desk.settle()
    made = next(preset for preset in desk.presets.all() if preset.origin is PresetOrigin.OWN)
    assert made.category == "office"
    assert desk.text("presetName") == made.name
    assert desk.part("presetName").hasFocus()


async def test_a_file_of_another_program_appears_and_keeps_the_selection(desk: LibraryDesk) -> None:
    desk.click("Regex")
    (desk.presets.folder / "a.md").write_text("+++\nname = 'A new one'\n+++\nx", "utf-8")
    await desk.presets.look_again()
    assert desk.shown() == ["A new one", "Mail reply", "Regex", "Translate"]
    assert desk.selected() == ["Regex"]


async def test_esc_leads_back_to_the_chats(desk: LibraryDesk) -> None:
    desk.key(Qt.Key.Key_Escape)
    assert desk.closed == 1


async def test_a_narrow_window_shows_one_column_and_a_way_back(desk: LibraryDesk) -> None:
    desk.page.resize(560, 820)
    QTest.qWait(1)
    assert desk.rows.isVisible()
    assert not desk.page.detail.isVisible()
    places = desk.part("libraryPlaces")
    assert isinstance(places, QComboBox)
    assert places.isVisible()
    places.setCurrentIndex(places.findText("Coding (1)"))
    places.activated.emit(places.currentIndex())
    assert desk.shown() == ["Regex"]
    desk.click("Regex")
    assert desk.page.detail.isVisible()
    assert not desk.rows.isVisible()
    desk.press("libraryBack")
    assert desk.rows.isVisible()
    desk.click("Regex")
    desk.key(Qt.Key.Key_Escape)
    assert desk.rows.isVisible()
    assert not desk.closed


async def test_a_thousand_presets_are_no_work(program: Program, appearance: Appearance) -> None:
    for number in range(1_000):
        text = f'+++\nname = "Preset {number}"\ndescription = "{"words " * 20}"\n+++\nBe brief.'
        (program.presets.folder / f"{number}.md").write_text(text, "utf-8")
    await program.presets.look_again()
    desk = LibraryDesk(appearance, program)
    await desk.settle()
    begin = time.thread_time()
    for typed in ("p", "pr", "pre", "preset 99"):
        desk.page.header.set_text(typed)
    taken = time.thread_time() - begin
    await desk.settle()
    assert desk.shown()[0] == "Preset 99"
    await desk.close()
    assert taken < 1.2, taken


@pytest.mark.parametrize("icon", ["../../secret", "no such icon", ""])
async def test_an_icon_that_is_not_there_is_drawn_as_another(desk: LibraryDesk, icon: str) -> None:
    made = await desk.presets.create(own("Mine", icon=icon, category="coding"))
    desk.library.look_at(made.key)
    assert desk.rows.rows.row(desk.rows.rows.index_of(made.key)).icon == "code"
    desk.page.grab()
