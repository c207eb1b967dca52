"""The palette in the window."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.palette.ui.entries import Entry
from chatdesk.features.palette.ui.palette import Palette, PaletteRows
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import RECENT_COMMANDS, THEME
from chatdesk.ui_kit.widgets.chip import Chip
from tests.counted_calls import calls_during
from tests.gui.window.desk import Desk, Speaker

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def palette(desk: Desk) -> Palette:
    found = desk.window.findChild(Palette)
    assert found is not None
    return found


def type_words(desk: Desk, words: str) -> QLineEdit:
    """Open the palette and type."""
    desk.press(Qt.Key.Key_P, _BOTH)
    field = desk.part("paletteField")
    assert field.hasFocus()
    field.clear()
    QTest.keyClicks(field, words)
    return field


def listed(desk: Desk) -> list[str]:
    rows = desk.part("paletteList").model()
    assert isinstance(rows, PaletteRows)
    entries = [rows.entry(rows.index(row)) for row in range(rows.rowCount())]
    return [entry.title for entry in entries if isinstance(entry, Entry)]


async def test_a_chat_is_found_by_its_title_and_opened(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Why is the sky blue?")
    first = desk.chat()
    desk.click("newChat")
    field = type_words(desk, "sky")
    assert listed(desk)[0] == "Why is the sky blue?"
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: desk.chat() == first)
    assert not palette(desk).isVisible()


async def test_words_inside_messages_are_found_and_shown(desk: Desk, speaker: Speaker) -> None:
    speaker.says("Because of scattering.")
    await desk.ask_and_wait("Why?")
    desk.click("newChat")
    field = type_words(desk, "scattering")
    await desk.until(lambda: listed(desk) == ["Why?"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: desk.selected() == "scattering")


async def test_a_preset_is_used_in_the_empty_chat(desk: Desk) -> None:
    await desk.until(lambda: desk.program.presets.loaded)
    field = type_words(desk, "/snake")
    assert listed(desk)[0] == "Snake game in one HTML page" or "nake" in listed(desk)[0]
    QTest.keyClick(field, Qt.Key.Key_Return)
    chip = desk.window.findChild(Chip, "presetChip")
    assert "nake" in chip.text()


async def test_in_a_chat_a_preset_begins_a_new_one(desk: Desk, speaker: Speaker) -> None:
    await desk.until(lambda: desk.program.presets.loaded)
    await desk.ask_and_wait("Hello")
    QTest.keyClick(type_words(desk, "/snake"), Qt.Key.Key_Return)
    assert desk.chat() == ""


async def test_a_command_is_carried_out_and_comes_first_the_next_time(desk: Desk) -> None:
    QTest.keyClick(type_words(desk, ">theme dark"), Qt.Key.Key_Return)
    assert desk.program.settings.get(THEME) == "dark"
    assert desk.program.settings.get(RECENT_COMMANDS) == "theme.dark"
    type_words(desk, ">")
    assert listed(desk)[0] == "Theme: Dark"


async def test_a_model_is_chosen(desk: Desk) -> None:
    await desk.until(lambda: desk.window._models.chosen)
    QTest.keyClick(type_words(desk, "@thinker"), Qt.Key.Key_Return)
    assert desk.window._models.chosen.ref.model_id == "thinker:8b"


async def test_escape_gives_the_keyboard_back(desk: Desk) -> None:
    field = type_words(desk, "nothing that is there")
    assert listed(desk) == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not palette(desk).isVisible()
    assert desk.edit.hasFocus()


async def test_arrows_go_over_heads(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("settings of a radio")
    field = type_words(desk, "settings")
    rows = desk.part("paletteList").model()
    shown = []
    for _ in range(3):
        shown.append(rows.entry(desk.part("paletteList").currentIndex()).title)
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert shown[0] == "settings of a radio"
    assert len(set(shown)) == 3


async def test_a_hostile_title_is_words(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("<b>bold</b> title")
    type_words(desk, "bold")
    assert listed(desk)[0] == "<b>bold</b> title"


async def test_a_key_among_ten_thousand_models_makes_nothing_of_those_it_does_not_show(desk: Desk) -> None:
    """Counted: functions of Python; an entry for each model at every key was ten times as many."""
    (state, *_) = (each for each in desk.program.models.states() if each.models)
    many = tuple(
        replace(state.models[0], ref=ModelRef(state.server.id, f"many-{number}"), name=f"many-{number}")
        for number in range(10_000)
    )
    desk.program.models._states[state.server.id] = replace(state, models=many)
    desk.program.models.changes.announce(ModelsChanged(state.server.id))
    type_words(desk, "many-77")
    presenter = desk.window._palette.made
    assert presenter is not None
    await desk.until(lambda: not presenter._making_ready.isActive())
    assert calls_during(lambda: presenter._find("many-77")) < 2_000
    assert listed(desk)[:2] == ["many-77", "many-770"]
    desk.program.preferences.set_nickname(many[5].ref, "my own")
    assert [entry.title for entry in presenter._find("@my own")] == ["my own"]
