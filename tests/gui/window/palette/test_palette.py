"""The palette in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.features.palette.ui.entries import EntryKind, PaletteEntry
from chatdesk.features.palette.ui.palette import Palette, PaletteRows
from chatdesk.features.presets.services.presets import PresetsChanged
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.features.settings.ui.settings_page import SettingsPage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import (
    ENGINE_IDLE_MINUTES,
    RECENT_COMMANDS,
    SETTINGS,
    THEME,
)
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.translations import Translations
from chatdesk.ui_kit.widgets.chip import Chip
from tests.counted_calls import calls_during
from tests.gui.window.harness import FakeModel, Harness

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def palette(harness: Harness) -> Palette:
    found = harness.window.findChild(Palette)
    assert found is not None
    return found


def type_words(harness: Harness, text: str) -> QLineEdit:
    """Open the palette and type."""
    opened = harness.window.findChild(Palette)
    if not (opened and opened.isVisible()):
        harness.press(Qt.Key.Key_P, _BOTH)
    field = harness.part("paletteField")
    assert field.hasFocus()
    field.clear()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)  # as an input method does
    return field


def listed(harness: Harness) -> list[str]:
    rows = harness.part("paletteList").model()
    assert isinstance(rows, PaletteRows)
    entries = [rows.entry(rows.index(row)) for row in range(rows.rowCount())]
    return [entry.title for entry in entries if isinstance(entry, PaletteEntry)]


def current(harness: Harness) -> str:
    """Return the title of the chosen entry."""
    rows = harness.part("paletteList").model()
    entry = rows.entry(harness.part("paletteList").currentIndex())
    return entry.title if entry else ""


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


async def test_presets_that_are_loaded_later_are_listed_at_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    presets = harness.program.presets.presets
    await harness.until(lambda: presets.loaded)
    with monkeypatch.context() as not_loaded:
        not_loaded.setattr(presets, "all", tuple)
        type_words(harness, "/snake")
        assert listed(harness) == []
    presets.changes.announce(PresetsChanged())
    assert "Snake" in current(harness)


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
    await harness.until(lambda: harness.models.chosen)
    QTest.keyClick(type_words(harness, "@thinker"), Qt.Key.Key_Return)
    assert harness.models.chosen.ref.model_id == "thinker:8b"


async def test_escape_gives_the_keyboard_back(harness: Harness) -> None:
    field = type_words(harness, "nothing that is there")
    assert listed(harness) == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not palette(harness).isVisible()
    assert harness.edit.hasFocus()


async def test_arrows_go_over_headings_and_around_the_ends(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("settings of a radio")
    field = type_words(harness, "settings")
    chosen, rows = [current(harness)], len(listed(harness))
    for _ in range(rows - 1):
        QTest.keyClick(field, Qt.Key.Key_Down)
        chosen.append(current(harness))
    assert chosen == listed(harness)
    assert "settings of a radio" in chosen
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert current(harness) == chosen[0]
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert current(harness) == chosen[-1]
    QTest.keyClick(field, Qt.Key.Key_PageUp)
    assert current(harness) == chosen[max(0, rows - 9)]


async def test_a_whole_name_is_chosen_and_stays_chosen_when_messages_arrive(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("An answer about batch runs.")
    await harness.ask_and_wait("Why?")
    type_words(harness, "batch")
    assert current(harness) == "Batch run"
    await harness.until(lambda: "Why?" in listed(harness))
    assert current(harness) == "Batch run"
    assert listed(harness)[-1] == "Why?"


async def test_it_opens_at_the_top_and_counts_what_it_found(harness: Harness) -> None:
    field = type_words(harness, "")
    assert harness.part("paletteList").verticalScrollBar().value() == 0
    assert harness.part("paletteCount").text() == ""
    QTest.keyClicks(field, "quick question")
    assert harness.part("paletteCount").text() == f"{len(listed(harness))} results"


async def test_a_setting_opens_with_its_row_focused(harness: Harness) -> None:
    QTest.keyClick(type_words(harness, "unload when idle"), Qt.Key.Key_Return)
    await harness.until(lambda: harness.window.findChild(QWidget, ENGINE_IDLE_MINUTES.key))
    control = harness.part(ENGINE_IDLE_MINUTES.key)
    await harness.until(control.hasFocus)
    await harness.until(lambda: not control.visibleRegion().isEmpty())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("trash", "Recently deleted"),
        ("batch", "Batch run"),
        ("proxy", "Use the system proxy"),
        ("system prompt", "Show or hide chat settings"),
        ("agent", "Choose a preset"),
        ("assistant", "Choose a preset"),
        ("servers", "Settings: Providers"),
        ("import", "Import presets…"),
        ("dark mode", "Theme"),
        ("prompts", "Presets"),
        ("font size", "Text size"),
        ("backup", "Settings: Data"),
        ("nc", "New chat"),
    ],
)
async def test_common_words_lead_to_what_they_mean(harness: Harness, typed: str, first: str) -> None:
    type_words(harness, typed)
    assert current(harness) == first


async def test_common_words_about_a_chat_lead_to_its_commands(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("An answer.")
    await harness.ask_and_wait("Why?")
    expected = {
        "export": "Export chat",
        "save chat": "Export chat",
        "pin": "Pin chat",
        "delete": "Delete chat",
        "folder": "New folder",
        "branch": "New chat from here",
        "retry": "Regenerate last answer",
    }
    found = {}
    for typed in expected:
        type_words(harness, typed)
        found[typed] = current(harness)
    assert found == expected


async def test_scattered_letters_are_no_result(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    type_words(harness, "trash")
    assert "Translate technical text" not in listed(harness)
    type_words(harness, "pin")
    assert "Job posting" not in listed(harness)


async def test_every_command_and_setting_is_found_by_each_of_its_names(harness: Harness) -> None:
    harness.press(Qt.Key.Key_P, _BOTH)
    presenter = harness.window._palette.created
    assert presenter is not None
    missing = []
    for command in harness.window.commands():
        if command.id == CommandId.PALETTE:
            continue
        for name in (command.title.shown, command.title.english, *command.also.listed()):
            found = [entry.key for entry in presenter._find(f">{name}")]
            if command.id not in found:
                missing.append((command.title.shown, name))
    assert missing == []


async def test_every_entry_of_the_menus_of_a_chat_is_found(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("An answer.")
    await harness.ask_and_wait("Why?")
    presenter = harness.window._palette.get()
    harness.window._transcript.view._menus.show_beside(1)
    harness.window.navigation._menus.get().open_at_title(QPoint())
    texts = {
        action.text().split("\t")[0].replace("&", "").rstrip("…")
        for menu in harness.window.findChildren(QMenu)
        for action in menu.actions()
        if action.text() and not action.menu() and not action.isSeparator()
    }
    assert {"Rename", "Delete"} <= texts
    found = {
        text: [entry.title for entry in presenter._find(text) if entry.kind is not EntryKind.CHAT] for text in texts
    }
    assert [text for text, titles in found.items() if not titles] == []


async def test_every_command_has_an_icon_and_other_names(harness: Harness) -> None:
    commands = harness.window.commands()
    assert [each.id for each in commands if not each.icon] == []
    choices = ("theme.", "language.")
    assert [each.id for each in commands if not each.also.english and not each.id.startswith(choices)] == []
    assert len({each.id for each in commands}) == len(commands)


async def test_every_setting_that_is_shown_is_listed_and_opens_with_its_control(harness: Harness) -> None:
    harness.window.show_settings()
    page = harness.window.findChild(SettingsPage)
    assert page is not None
    harness.router.show_models("here", "engine")
    await harness.until(lambda: (card := harness.window.findChild(EngineCard)) and card.isVisible())
    places = (page, harness.window.findChild(EngineCard))
    named = (setting.key for setting in SETTINGS if setting.title)
    shown = {key for key in named if any(section.findChild(QWidget, key) for section in places)}
    commands = {each.id.removeprefix("setting."): each for each in harness.window.commands() if each.section.shown}
    assert shown
    assert commands.keys() == shown
    focused = 0
    for key, command in commands.items():
        command.run()
        control = harness.part(key)
        if (
            control.isVisible()
        ):  # some are hidden where they do not apply: without a graphics card, without an address for updates
            assert QApplication.focusWidget() in (control, *control.findChildren(QWidget)), key
            focused += 1
    assert focused > len(shown) - 3


async def test_chinese_is_found_by_pinyin_initials_and_english(harness: Harness, translations: Translations) -> None:
    translations.use("zh_CN")
    for typed in ("xinjianduihua", "xjdh", "new chat", "新建"):
        type_words(harness, typed)
        assert current(harness) == "新建对话", typed
    for typed in ("fanyi", "fy", "translate", "翻译"):
        type_words(harness, f">{typed}")
        assert current(harness) == "翻译", typed


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
