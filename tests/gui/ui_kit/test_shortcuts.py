"""The keys of commands: the table, the user's changes, and which keys can be chosen."""

import json

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from chatdesk.ui_kit.key_rules import _SYSTEM, _SYSTEM_ELSEWHERE, Refusal, assign, read_keymap, refusal
from chatdesk.ui_kit.shortcuts import SHORTCUTS, CommandId, Keymap, keys_of_event

PLATFORMS = ("linux", "win32", "darwin")
CTRL, SHIFT, KEYPAD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_default_belongs_to_one_command(platform: str) -> None:
    keys = [each for row in SHORTCUTS for each in row.default_keys(platform)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_keys_of_the_tables_are_spelled_as_qt_spells_pressed_ones(platform: str) -> None:
    keys = {each for row in SHORTCUTS for each in row.default_keys(platform)}
    keys |= {*_SYSTEM.get(platform, _SYSTEM_ELSEWHERE)}
    assert {each for each in keys if QKeySequence(each).toString() != each} == set()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_default_is_reserved_by_its_system(platform: str) -> None:
    keys = {each for row in SHORTCUTS for each in row.default_keys(platform)}
    assert keys.isdisjoint(_SYSTEM.get(platform, _SYSTEM_ELSEWHERE))


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "keys"),
    [
        (Qt.Key.Key_D, CTRL, "", "Ctrl+D"),
        (Qt.Key.Key_Plus, CTRL | SHIFT, "+", "Ctrl++"),
        (Qt.Key.Key_Plus, CTRL | KEYPAD, "+", "Ctrl++"),
        (Qt.Key.Key_Backtab, CTRL | SHIFT, "", "Ctrl+Shift+Tab"),
        (Qt.Key.Key_Control, CTRL, "", ""),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "", "F5"),
    ],
)
def test_pressed_keys_are_named_as_the_table_names_them(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, keys: str
) -> None:
    assert keys_of_event(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == keys


@pytest.mark.parametrize(
    ("keys", "platform", "reason"),
    [
        ("Ctrl+D", "linux", None),
        ("Alt+Left", "linux", None),
        ("F7", "win32", None),
        ("Ctrl+PgUp", "linux", None),
        ("A", "linux", Refusal.TYPING),
        ("Shift+A", "linux", Refusal.TYPING),
        ("Ctrl+Alt+E", "linux", None),
        ("Ctrl+Alt+E", "win32", Refusal.COMPOSING),
        ("Alt+E", "darwin", Refusal.COMPOSING),
        ("Return", "linux", Refusal.EDITING),
        ("Ctrl+Return", "linux", Refusal.EDITING),
        ("Shift+Return", "linux", Refusal.EDITING),
        ("Esc", "linux", Refusal.EDITING),
        ("Tab", "linux", Refusal.EDITING),
        ("Down", "linux", Refusal.EDITING),
        ("Ctrl+C", "linux", Refusal.EDITING),
        ("Ctrl+Z", "win32", Refusal.EDITING),
        ("Ctrl+Left", "linux", Refusal.EDITING),
        ("Alt+F4", "win32", Refusal.SYSTEM),
        ("Alt+Tab", "linux", Refusal.SYSTEM),
        ("Meta+E", "win32", Refusal.SYSTEM),
        ("Ctrl+H", "darwin", Refusal.SYSTEM),
        ("Ctrl+Space", "linux", Refusal.SYSTEM),
        ("Print", "linux", Refusal.UNKNOWN),
        ("Ctrl+K, Ctrl+C", "linux", Refusal.UNKNOWN),
        ("ctrl+d", "linux", Refusal.UNKNOWN),
        ("no keys", "linux", Refusal.UNKNOWN),
        ("", "linux", Refusal.UNKNOWN),
    ],
)
def test_only_keys_that_nothing_else_needs_can_be_chosen(keys: str, platform: str, reason: Refusal | None) -> None:
    assert refusal(keys, "new_chat", platform) is reason


def test_the_default_keys_of_a_command_can_always_be_chosen_again() -> None:
    assert refusal("Ctrl+Backspace", CommandId.DELETE_CHAT, "linux") is None
    assert refusal("Ctrl+Backspace", CommandId.NEW_CHAT, "linux") is Refusal.EDITING


def test_keys_are_taken_from_the_command_whose_default_they_are_and_return_to_it() -> None:
    changed = read_keymap(assign(Keymap(), CommandId.SETTINGS, ("Ctrl+N",)))
    assert changed.keys(CommandId.SETTINGS) == ("Ctrl+N",)
    assert changed.keys(CommandId.NEW_CHAT) == ("Ctrl+Shift+O",)
    assert changed.owner("Ctrl+N") == CommandId.SETTINGS
    again = read_keymap(assign(changed, CommandId.SETTINGS, changed.defaults(CommandId.SETTINGS)))
    assert again.changed == {}
    assert again.keys(CommandId.NEW_CHAT) == ("Ctrl+N", "Ctrl+Shift+O")


def test_keys_are_taken_from_the_command_that_was_given_them() -> None:
    first = read_keymap(assign(Keymap(), CommandId.SETTINGS, ("Ctrl+D",)))
    second = read_keymap(assign(first, CommandId.QUIT, ("Ctrl+D",)))
    assert second.keys(CommandId.SETTINGS) == ()
    assert second.keys(CommandId.QUIT) == ("Ctrl+D",)


def test_a_command_can_have_no_keys() -> None:
    changed = read_keymap(assign(Keymap(), CommandId.QUIT, ()))
    assert changed.keys(CommandId.QUIT) == ()
    assert changed.first(CommandId.QUIT) == changed.shown(CommandId.QUIT) == ""


@pytest.mark.parametrize(
    "stored",
    [
        *("", "{", "null", "[]", '"Ctrl+D"', "3", "[" * 10_000, '{"new_chat": ["Ctrl+D"]}' + " " * 20_000),
        *(
            json.dumps({"new_chat": keys})
            for keys in ("Ctrl+D", ["A"], [3], [None], None, {}, ["Ctrl+Z"], ["Ctrl+D"] * 5)
        ),
        json.dumps({"undo_in_list": ["Ctrl+D"]}),
    ],
)
def test_damaged_shortcuts_give_the_defaults(stored: str) -> None:
    keymap = read_keymap(stored, "linux")
    assert keymap.changed == {}
    assert all(keymap.keys(row.command) == row.keys for row in SHORTCUTS)


def test_one_damaged_shortcut_leaves_the_others() -> None:
    keymap = read_keymap('{"new_chat": ["A"], "settings": ["Ctrl+D"], "quit": ["Ctrl+D"]}', "linux")
    assert keymap.keys(CommandId.NEW_CHAT) == ("Ctrl+N", "Ctrl+Shift+O")
    assert keymap.keys(CommandId.SETTINGS) == ("Ctrl+D",)
    assert keymap.keys(CommandId.QUIT) == (), "keys written twice belong to the first command"
