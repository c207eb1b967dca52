"""The palette in the window."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.palette.ui.entries import PaletteEntry
from chatdesk.features.palette.ui.palette import Palette, PaletteRows
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import RECENT_COMMANDS, THEME
from chatdesk.ui_kit.widgets.chip import Chip
from tests.counted_calls import calls_during
from tests.gui.window.harness import FakeModel, Harness

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def palette(harness: Harness) -> Palette:
    found = harness.window.findChild(Palette)
    assert found is not None
    return found


def type_words(harness: Harness, words: str) -> QLineEdit:
    """Open the palette and type."""
    harness.press(Qt.Key.Key_P, _BOTH)
    field = harness.part("paletteField")
    assert field.hasFocus()
    field.clear()
    QTest.keyClicks(field, words)
    return field


def listed(harness: Harness) -> list[str]:
    rows = harness.part("paletteList").model()
    assert isinstance(rows, PaletteRows)
    entries = [rows.entry(rows.index(row)) for row in range(rows.rowCount())]
    return [entry.title for entry in entries if isinstance(entry, PaletteEntry)]


async def test_a_chat_is_found_by_its_title_and_opened(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Why is the sky blue?")
    first = harness.chat()
    harness.click("newChat")
    field = type_words(harness, "sky")
    assert listed(harness)[0] == "Why is the sky blue?"
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.until(lambda: harness.chat() == first)
    assert not palette(harness).isVisible()


async def test_words_inside_messages_are_found_and_shown(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Because of scattering.")
    await harness.ask_and_wait("Why?")
    harness.click("newChat")
    field = type_words(harness, "scattering")
    await harness.until(lambda: listed(harness) == ["Why?"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.until(lambda: harness.selected() == "scattering")


async def test_a_preset_is_used_in_the_empty_chat(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    field = type_words(harness, "/snake")
    assert listed(harness)[0] == "Snake game in one HTML page" or "nake" in listed(harness)[0]
    QTest.keyClick(field, Qt.Key.Key_Return)
    chip = harness.window.findChild(Chip, "presetChip")
    assert "nake" in chip.text()


async def test_in_a_chat_a_preset_begins_a_new_one(harness: Harness, fake_model: FakeModel) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    await harness.ask_and_wait("Hello")
    QTest.keyClick(type_words(harness, "/snake"), Qt.Key.Key_Return)
    assert harness.chat() == ""


async def test_a_command_is_carried_out_and_comes_first_the_next_time(harness: Harness) -> None:
    QTest.keyClick(type_words(harness, ">theme dark"), Qt.Key.Key_Return)
    assert harness.program.settings.get(THEME) == "dark"
    assert harness.program.settings.get(RECENT_COMMANDS) == "theme.dark"
    type_words(harness, ">")
    assert listed(harness)[0] == "Theme: Dark"


async def test_a_model_is_chosen(harness: Harness) -> None:
    await harness.until(lambda: harness.window._models.chosen)
    QTest.keyClick(type_words(harness, "@thinker"), Qt.Key.Key_Return)
    assert harness.window._models.chosen.ref.model_id == "thinker:8b"


async def test_escape_gives_the_keyboard_back(harness: Harness) -> None:
    field = type_words(harness, "nothing that is there")
    assert listed(harness) == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not palette(harness).isVisible()
    assert harness.edit.hasFocus()


async def test_arrows_go_over_heads(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("settings of a radio")
    field = type_words(harness, "settings")
    rows = harness.part("paletteList").model()
    shown = []
    for _ in range(3):
        shown.append(rows.entry(harness.part("paletteList").currentIndex()).title)
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert shown[0] == "settings of a radio"
    assert len(set(shown)) == 3


async def test_a_hostile_title_is_words(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("<b>bold</b> title")
    type_words(harness, "bold")
    assert listed(harness)[0] == "<b>bold</b> title"


async def test_a_key_among_ten_thousand_models_makes_nothing_of_those_it_does_not_show(harness: Harness) -> None:
    """Counted: functions of Python; an entry for each model at every key was ten times as many."""
    (state, *_) = (each for each in harness.program.servers.models.states() if each.models)
    many = tuple(
        replace(state.models[0], ref=ModelRef(state.server.id, f"many-{number}"), name=f"many-{number}")
        for number in range(10_000)
    )
    harness.program.servers.models._states[state.server.id] = replace(state, models=many)
    harness.program.servers.models.changes.announce(ModelsChanged(state.server.id))
    type_words(harness, "many-77")
    presenter = harness.window._palette.created
    assert presenter is not None
    await harness.until(lambda: not presenter._prepare_timer.isActive())
    assert calls_during(lambda: presenter._find("many-77")) < 2_000
    assert listed(harness)[:2] == ["many-77", "many-770"]
    harness.program.models.preferences.set_nickname(many[5].ref, "my own")
    assert [entry.title for entry in presenter._find("@my own")] == ["my own"]
