"""Shortcuts that the user changes: they work at once, and everything that shows keys shows the new ones."""

import json
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from chatdesk.features.palette.ui.palette import Palette
from chatdesk.features.settings.ui.key_field import KeyField
from chatdesk.kernel.settings.declarations import SHORTCUT_KEYS, ZOOM
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.widgets.icon_button import IconButton
from tests.gui.window.harness import FakeModel, Harness

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
OpenHarness = Callable[[], Awaitable[Harness]]


@pytest.fixture
async def harness(fake_model: FakeModel, following: OpenHarness) -> Harness:
    return await following()


def record(harness: Harness, command: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Open the list of shortcuts with its own one, and give a command new keys. Leave with Esc."""
    harness.press(Qt.Key.Key_Slash, CTRL)
    field = harness.part(f"keys.{command}")
    assert isinstance(field, KeyField)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, key, modifiers)
    assert not field.is_recording
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert harness.edit.isVisible()


def tooltips(harness: Harness) -> set[str]:
    return {button.toolTip() for button in harness.window.findChildren(IconButton)}


async def test_new_keys_work_at_once_and_the_old_ones_no_longer(harness: Harness) -> None:
    await harness.ask_and_wait("Hello")
    chat = harness.chat()
    record(harness, CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    harness.press(Qt.Key.Key_N, CTRL)
    assert harness.chat() == chat
    harness.press(Qt.Key.Key_D, CTRL)
    assert harness.chat() == ""


async def test_buttons_show_the_new_keys(harness: Harness) -> None:
    assert "Show or hide sidebar  Ctrl+B" in tooltips(harness)
    record(harness, CommandId.TOGGLE_SIDEBAR, Qt.Key.Key_S, ALT)
    record(harness, CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    assert "Show or hide sidebar  Alt+S" in tooltips(harness)
    assert "Show or hide sidebar  Ctrl+B" not in tooltips(harness)
    assert harness.part("newChat")._end == "Ctrl+D"


async def test_menus_show_the_new_keys(harness: Harness) -> None:
    await harness.ask_and_wait("Hello")
    record(harness, CommandId.DELETE_CHAT, Qt.Key.Key_D, CTRL)
    record(harness, CommandId.RENAME_CHAT, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    QTest.mousePress(harness.part("chatTitle"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert keys["Delete"] == "Ctrl+D"
    assert keys["Rename"] == "F6"
    menu.close()


async def test_the_palette_shows_the_new_keys(harness: Harness) -> None:
    record(harness, CommandId.PALETTE, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    record(harness, CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    harness.press(Qt.Key.Key_F1)
    palette = harness.window.findChild(Palette)
    assert palette is not None
    assert palette.isVisible()
    QTest.keyClicks(harness.part("paletteField"), "new chat")
    rows = harness.part("paletteList").model()
    entry = rows.entry(harness.part("paletteList").currentIndex())
    assert (entry.title, entry.keys) == ("New chat", ("Ctrl", "D"))


async def test_a_command_without_default_keys_gets_some_and_runs(harness: Harness) -> None:
    harness.press(Qt.Key.Key_Slash, CTRL)
    QTest.keyClicks(harness.part("searchShortcuts"), "batch run")
    field = harness.part("keys.page.batch")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_B, CTRL | ALT)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    harness.press(Qt.Key.Key_B, CTRL | ALT)
    await harness.until(lambda: harness.window.windowTitle() == "Batch run")


async def test_keys_pressed_while_recording_run_nothing(harness: Harness) -> None:
    zoom = harness.program.settings.get(ZOOM)
    harness.press(Qt.Key.Key_Slash, CTRL)
    field = harness.part("keys.new_chat")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_0, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert harness.program.settings.get(ZOOM) == zoom
    assert field.isVisible(), "Esc answered the question, and did not leave the settings"


async def test_the_key_for_finding_searches_on_pages_too(harness: Harness) -> None:
    record(harness, CommandId.FIND, Qt.Key.Key_D, CTRL)
    harness.press(Qt.Key.Key_Comma, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, CTRL)
    assert harness.part("searchSettings").hasFocus()


async def test_changed_shortcuts_are_there_after_a_restart(following: OpenHarness, fake_model: FakeModel) -> None:
    first = await following()
    record(first, CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    await first.close()
    second = await following()
    assert second.part("newChat")._end == "Ctrl+D"
    await second.ask_and_wait("Hello")
    second.press(Qt.Key.Key_D, CTRL)
    assert second.chat() == ""


@pytest.mark.parametrize("stored", ["{", "[]", '{"new_chat": ["A"]}', '{"new_chat": "Ctrl+D"}'])
async def test_damaged_shortcuts_give_the_defaults(stored: str, following: OpenHarness, fake_model: FakeModel) -> None:
    folders = Folders.locate()
    folders.make()
    (folders.config / "settings.json").write_text(json.dumps({SHORTCUT_KEYS.key: stored}))
    harness = await following()
    await harness.ask_and_wait("Hello")
    harness.press(Qt.Key.Key_N, CTRL)
    assert harness.chat() == ""


async def test_the_quick_window_uses_the_same_keys(harness: Harness) -> None:
    record(harness, CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    harness.press(Qt.Key.Key_J, CTRL)
    new = next(each for window in QApplication.topLevelWidgets() if (each := window.findChild(QWidget, "newQuick")))
    assert new.toolTip() == "New question  Ctrl+D"


async def test_the_own_keys_of_the_quick_window_do_the_same_whichever_command_has_them(harness: Harness) -> None:
    record(harness, CommandId.NEW_CHAT, Qt.Key.Key_W, CTRL)
    harness.press(Qt.Key.Key_J, CTRL)
    window = next(each for each in QApplication.topLevelWidgets() if each.findChild(QWidget, "newQuick"))
    await harness.until(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    assert not window.isVisible()
