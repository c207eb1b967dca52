"""Which keys the user can choose as a shortcut, and how the chosen ones are stored. Loaded when a shortcut is or was changed."""

import json
import sys
from enum import Enum, auto

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from chatdesk.ui_kit.shortcuts import FIXED, Keymap

_MAX_STORED = 20_000
"""Characters of stored shortcuts; more was not written by Chatdesk."""
_MAX_KEYS = 4
"""Of one command."""
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier


class Refusal(Enum):
    """Why keys cannot be a shortcut."""

    UNKNOWN = auto()
    """They are not a key, or more than one after the other."""
    TYPING = auto()
    """They type a character."""
    COMPOSING = auto()
    """They type a character on some keyboards."""
    EDITING = auto()
    """Text fields and lists need them."""
    SYSTEM = auto()
    """The system acts on them itself."""


_SYSTEM = {
    "darwin": {
        *("Ctrl+H", "Ctrl+M", "Ctrl+Alt+H", "Ctrl+Alt+M", "Ctrl+Alt+D", "Ctrl+Alt+Esc", "Ctrl+Tab"),
        *("Ctrl+Shift+Tab", "Ctrl+`", "Ctrl+Shift+3", "Ctrl+Shift+4", "Ctrl+Shift+5", "Ctrl+Space"),
        *("Ctrl+Alt+Space", "Meta+Space", "Meta+Up", "Meta+Down", "Meta+Left", "Meta+Right", "Meta+Ctrl+Q"),
        *("Meta+Ctrl+Space", "F11"),
    },
    "win32": {
        *("Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Alt+Shift+Esc", "Alt+Space", "Alt+Return"),
        *("Shift+F10", "Ctrl+Esc", "Ctrl+Shift+Esc", "Ctrl+Alt+Del", "Ctrl+Alt+Tab", "Ctrl+Space"),
    },
}
_SYSTEM_ELSEWHERE = {
    *("Alt+F1", "Alt+F2", "Alt+F4", "Alt+F7", "Alt+F8", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Alt+Space"),
    *("Ctrl+Space", "Ctrl+Alt+Del", "Ctrl+Alt+Backspace", "Ctrl+Alt+T", "Ctrl+Alt+L", "Shift+F10"),
    *("Ctrl+Esc",),
    *(f"Ctrl+Alt+F{number}" for number in range(1, 13)),
}
"""Ctrl+Space switches input methods."""
_STANDARD = QKeySequence.StandardKey
_EDITING = (
    *(_STANDARD.Copy, _STANDARD.Cut, _STANDARD.Paste, _STANDARD.Undo, _STANDARD.Redo, _STANDARD.SelectAll),
    *(_STANDARD.MoveToNextWord, _STANDARD.MoveToPreviousWord, _STANDARD.SelectNextWord, _STANDARD.SelectPreviousWord),
    *(
        _STANDARD.MoveToStartOfDocument,
        _STANDARD.MoveToEndOfDocument,
        _STANDARD.DeleteStartOfWord,
        _STANDARD.DeleteEndOfWord,
    ),
    *(
        _STANDARD.SelectStartOfDocument,
        _STANDARD.SelectEndOfDocument,
        _STANDARD.SelectStartOfLine,
        _STANDARD.SelectEndOfLine,
    ),
    *(_STANDARD.SelectStartOfBlock, _STANDARD.SelectEndOfBlock),
)
_WITH_CONTROL = frozenset(
    {_Key.Key_Tab, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Up, _Key.Key_Down, _Key.Key_Escape}
)
"""Keys of lists and text fields that are free together with Ctrl; with Alt all of them are."""
_MOVING = _WITH_CONTROL | {
    *(_Key.Key_Return, _Key.Key_Enter, _Key.Key_Backspace, _Key.Key_Delete, _Key.Key_Insert, _Key.Key_Space),
    *(_Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End, _Key.Key_Menu),
}
_FUNCTION_KEYS = range(_Key.Key_F1, _Key.Key_F35 + 1)
_CHARACTERS = 0x0100_0000
"""Codes below this are characters."""
_COMPOSING = 0x0100_1100
"""From this code on, keys belong to input methods, dead keys and devices."""


def refusal(keys: str, command: str, platform: str = sys.platform) -> Refusal | None:
    """Return why a command cannot have these keys, in Qt's portable format; None if it can. Its default keys are always possible."""
    if keys in Keymap(platform=platform).defaults(command):
        return None
    sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or sequence.toString(QKeySequence.SequenceFormat.PortableText) != keys:
        return Refusal.UNKNOWN
    combination = sequence[0]  # type: ignore[index]  # missing in the stubs
    if combination.key() == _Key.Key_unknown or combination.key() >= _COMPOSING:
        return Refusal.UNKNOWN
    if keys in _SYSTEM.get(platform, _SYSTEM_ELSEWHERE):
        return Refusal.SYSTEM
    if platform != "darwin" and _Modifier.MetaModifier in combination.keyboardModifiers():
        return Refusal.SYSTEM
    if _is_for_editing(combination) or any(sequence in QKeySequence.keyBindings(key) for key in _EDITING):
        return Refusal.EDITING
    return _typing(combination, platform)


def _is_for_editing(combination: QKeyCombination) -> bool:
    key, modifiers = combination.key(), combination.keyboardModifiers()
    if key not in _MOVING or _Modifier.AltModifier in modifiers or _Modifier.MetaModifier in modifiers:
        return False
    return _Modifier.ControlModifier not in modifiers or key not in _WITH_CONTROL


def _typing(combination: QKeyCombination, platform: str) -> Refusal | None:
    key, modifiers = combination.key(), combination.keyboardModifiers() & ~_Modifier.ShiftModifier
    if key >= _CHARACTERS:
        return None if modifiers or key in _FUNCTION_KEYS else Refusal.UNKNOWN
    if not modifiers:
        return Refusal.TYPING
    # Option types further characters on macOS. Windows reports AltGr, which does so on many keyboards, as Ctrl and Alt.
    composing = {"darwin": _Modifier.AltModifier, "win32": _Modifier.ControlModifier | _Modifier.AltModifier}
    return Refusal.COMPOSING if modifiers == composing.get(platform) else None


def read_keymap(stored: str, platform: str = sys.platform) -> Keymap:
    """Return the shortcuts that the user stored. A command with unusable keys has its default ones; damaged text yields the defaults."""
    try:
        found = json.loads(stored) if len(stored) <= _MAX_STORED else None
    except (ValueError, RecursionError):
        found = None
    commands = found if isinstance(found, dict) else {}
    return Keymap(
        {
            command: tuple(keys)
            for command, keys in commands.items()
            if command not in FIXED
            and isinstance(keys, list)
            and len(keys) <= _MAX_KEYS
            and all(isinstance(each, str) and refusal(each, command, platform) is None for each in keys)
        },
        platform,
    )


def assign(keymap: Keymap, command: str, keys: tuple[str, ...]) -> str:
    """Return the shortcuts to store after these keys were assigned to a command, and removed from all others.

    A default key need not be removed: its command gets it back when the user removes it here.
    """
    changed = {
        other: tuple(each for each in others if each not in keys)
        for other, others in keymap.changed.items()
        if other != command
    }
    if keys != keymap.defaults(command):
        changed[command] = keys
    return json.dumps(changed) if changed else ""
