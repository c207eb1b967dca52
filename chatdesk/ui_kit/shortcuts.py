"""Keyboard shortcuts: the table of the default keys, the keys that the user has now, and their connection to a window.

Keys are in Qt's portable format. Ctrl stands for Cmd on macOS: Qt swaps them automatically. `key_rules.py` has which
keys can be chosen.
"""

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from chatdesk.ui_kit.style.appearance import Appearance


class CommandId(StrEnum):
    """Commands with a shortcut."""

    NEW_CHAT = "new_chat"
    RENAME_CHAT = "rename_chat"
    EXPORT_CHAT = "export_chat"
    DELETE_CHAT = "delete_chat"
    SEARCH_CHATS = "search_chats"
    PALETTE = "palette"
    QUICK_QUESTION = "quick_question"
    SHOW_DELETED = "show_deleted"
    UNDO_IN_LIST = "undo_in_list"
    SETTINGS = "settings"
    TOGGLE_SIDEBAR = "toggle_sidebar"
    CHOOSE_MODEL = "choose_model"
    CHANGE_THINKING = "change_thinking"
    FOCUS_COMPOSER = "focus_composer"
    COPY_LAST_ANSWER = "copy_last_answer"
    COPY_LAST_CODE = "copy_last_code"
    EDIT_QUESTION = "edit_question"
    REGENERATE = "regenerate"
    FIND = "find"
    FIND_NEXT = "find_next"
    FIND_PREVIOUS = "find_previous"
    NEXT_QUESTION = "next_question"
    PREVIOUS_QUESTION = "previous_question"
    TOGGLE_OUTLINE = "toggle_outline"
    CHAT_SETTINGS = "chat_settings"
    SHOW_INSTRUCTIONS = "show_told"  # as it is stored
    RELOAD_PREVIEW = "reload_preview"
    FULL_SCREEN = "full_screen"
    NEXT_CHAT = "next_chat"
    PREVIOUS_CHAT = "previous_chat"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_RESET = "zoom_reset"
    SHOW_KEYS = "show_keys"
    QUIT = "quit"


ABOUT_THE_CHAT = frozenset(
    {
        CommandId.TOGGLE_SIDEBAR,
        CommandId.CHOOSE_MODEL,
        CommandId.CHANGE_THINKING,
        CommandId.FOCUS_COMPOSER,
        CommandId.COPY_LAST_ANSWER,
        CommandId.COPY_LAST_CODE,
        CommandId.EDIT_QUESTION,
        CommandId.REGENERATE,
        CommandId.FIND,
        CommandId.FIND_NEXT,
        CommandId.FIND_PREVIOUS,
        CommandId.NEXT_QUESTION,
        CommandId.PREVIOUS_QUESTION,
        CommandId.TOGGLE_OUTLINE,
        CommandId.CHAT_SETTINGS,
        CommandId.SHOW_INSTRUCTIONS,
        CommandId.RELOAD_PREVIEW,
        CommandId.FULL_SCREEN,
        CommandId.EXPORT_CHAT,
        CommandId.DELETE_CHAT,
    }
)
"""Commands that are disabled while something else covers the chat. Other shortcuts lead back to the chat or do not need it."""


FIXED = frozenset({CommandId.UNDO_IN_LIST})
"""Commands whose keys cannot be changed: their meaning depends on the focus, and the focused part of the window handles them itself."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command with its default keys, of which the first ones are shown; `words` is an English source for translation.

    `also` contains other names of the command, separated by commas, also an English source. `mac_keys` are the defaults on macOS if the
    system uses the others itself.
    """

    command: CommandId
    words: str
    keys: tuple[str, ...]
    icon: str = ""
    also: str = ""
    mac_keys: tuple[str, ...] = ()

    def default_keys(self, platform: str) -> tuple[str, ...]:
        """Return the default keys on a platform, a value of `sys.platform`."""
        return self.mac_keys or self.keys if platform == "darwin" else self.keys


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(
        CommandId.NEW_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "New chat"),
        ("Ctrl+N", "Ctrl+Shift+O"),
        "square-pen",
        QT_TRANSLATE_NOOP("Shortcuts", "new conversation, start, clear, empty chat"),
    ),
    Shortcut(
        CommandId.RENAME_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Rename chat"),
        ("F2",),
        "pencil",
        QT_TRANSLATE_NOOP("Shortcuts", "title, name of the chat, edit title"),
    ),
    Shortcut(
        CommandId.EXPORT_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Export chat"),
        ("Ctrl+Shift+E",),
        "upload",
        QT_TRANSLATE_NOOP(
            "Shortcuts",
            "save chat, save whole chat, save as Word, download, print, PDF, HTML, Markdown, JSON, share, archive",
        ),
    ),
    Shortcut(
        CommandId.DELETE_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Delete chat"),
        ("Ctrl+Backspace",),
        "trash-2",
        QT_TRANSLATE_NOOP("Shortcuts", "remove chat, move to trash"),
    ),
    Shortcut(
        CommandId.SEARCH_CHATS,
        QT_TRANSLATE_NOOP("Shortcuts", "Search chats"),
        ("Ctrl+K",),
        "search",
        QT_TRANSLATE_NOOP("Shortcuts", "find, search history, search messages"),
    ),
    Shortcut(
        CommandId.SHOW_DELETED,
        QT_TRANSLATE_NOOP("Shortcuts", "Recently deleted"),
        ("Ctrl+Shift+Del",),
        "trash-2",
        QT_TRANSLATE_NOOP("Shortcuts", "trash, bin, recycle bin, deleted chats, restore, recover, undelete"),
        ("Ctrl+Shift+Backspace",),
    ),
    Shortcut(
        CommandId.UNDO_IN_LIST,
        QT_TRANSLATE_NOOP("Shortcuts", "Undo in chat list"),
        ("Ctrl+Z",),
        "undo-2",
        QT_TRANSLATE_NOOP("Shortcuts", "undo delete, undo move, revert, restore"),
    ),
    Shortcut(
        CommandId.PALETTE,
        QT_TRANSLATE_NOOP("Shortcuts", "Command palette"),
        ("Ctrl+Shift+P",),
        "search",
        QT_TRANSLATE_NOOP("Shortcuts", "all commands, actions, find anything"),
    ),
    Shortcut(
        CommandId.QUICK_QUESTION,
        QT_TRANSLATE_NOOP("Shortcuts", "Ask a quick question"),
        ("Ctrl+J",),
        "picture-in-picture-2",
        QT_TRANSLATE_NOOP("Shortcuts", "quick chat, small window, ask anything, launcher"),
    ),
    Shortcut(
        CommandId.SETTINGS,
        QT_TRANSLATE_NOOP("Shortcuts", "Settings"),
        ("Ctrl+,",),
        "settings",
        QT_TRANSLATE_NOOP("Shortcuts", "preferences, options, configuration"),
    ),
    Shortcut(
        CommandId.TOGGLE_SIDEBAR,
        QT_TRANSLATE_NOOP("Shortcuts", "Show or hide sidebar"),
        ("Ctrl+B",),
        "panel-left",
        QT_TRANSLATE_NOOP("Shortcuts", "chat list, hide list, history, side panel"),
    ),
    Shortcut(
        CommandId.CHOOSE_MODEL,
        QT_TRANSLATE_NOOP("Shortcuts", "Choose a model"),
        ("Ctrl+Shift+M",),
        "cpu",
        QT_TRANSLATE_NOOP("Shortcuts", "switch model, change model, LLM, model picker"),
    ),
    Shortcut(
        CommandId.CHANGE_THINKING,
        QT_TRANSLATE_NOOP("Shortcuts", "Choose reasoning effort"),
        ("Ctrl+Shift+K",),
        "lightbulb",
        QT_TRANSLATE_NOOP("Shortcuts", "thinking, think, deep think, reasoning effort"),
    ),
    Shortcut(
        CommandId.FOCUS_COMPOSER,
        QT_TRANSLATE_NOOP("Shortcuts", "Write a message"),
        ("Shift+Esc",),
        "message-square",
        QT_TRANSLATE_NOOP("Shortcuts", "composer, input, type, prompt box"),
    ),
    Shortcut(
        CommandId.COPY_LAST_ANSWER,
        QT_TRANSLATE_NOOP("Shortcuts", "Copy last answer"),
        ("Ctrl+Shift+C",),
        "copy",
        QT_TRANSLATE_NOOP("Shortcuts", "copy message, copy as Markdown, clipboard"),
    ),
    Shortcut(
        CommandId.COPY_LAST_CODE,
        QT_TRANSLATE_NOOP("Shortcuts", "Copy last code block"),
        ("Ctrl+Shift+;",),
        "code",
        QT_TRANSLATE_NOOP("Shortcuts", "copy snippet, clipboard"),
    ),
    Shortcut(
        CommandId.EDIT_QUESTION,
        QT_TRANSLATE_NOOP("Shortcuts", "Edit last question"),
        ("Ctrl+E",),
        "pencil",
        QT_TRANSLATE_NOOP("Shortcuts", "edit message, correct, change question, change the prompt, rewrite"),
    ),
    Shortcut(
        CommandId.REGENERATE,
        QT_TRANSLATE_NOOP("Shortcuts", "Regenerate last answer"),
        ("Ctrl+R",),
        "refresh-cw",
        QT_TRANSLATE_NOOP("Shortcuts", "retry, try again, answer again, ask again"),
    ),
    Shortcut(
        CommandId.FIND,
        QT_TRANSLATE_NOOP("Shortcuts", "Find in chat"),
        ("Ctrl+F",),
        "search",
        QT_TRANSLATE_NOOP("Shortcuts", "search in chat, find text, look for"),
    ),
    Shortcut(
        CommandId.FIND_NEXT,
        QT_TRANSLATE_NOOP("Shortcuts", "Next match"),
        ("F3", "Ctrl+G"),
        "arrow-down",
        QT_TRANSLATE_NOOP("Shortcuts", "find next, next hit"),
    ),
    Shortcut(
        CommandId.FIND_PREVIOUS,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous match"),
        ("Shift+F3", "Ctrl+Shift+G"),
        "arrow-up",
        QT_TRANSLATE_NOOP("Shortcuts", "find previous, previous hit"),
    ),
    Shortcut(
        CommandId.NEXT_QUESTION,
        QT_TRANSLATE_NOOP("Shortcuts", "Next question"),
        ("Alt+Down",),
        "arrow-down",
        QT_TRANSLATE_NOOP("Shortcuts", "jump down, next message"),
    ),
    Shortcut(
        CommandId.PREVIOUS_QUESTION,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous question"),
        ("Alt+Up",),
        "arrow-up",
        QT_TRANSLATE_NOOP("Shortcuts", "jump up, previous message"),
    ),
    Shortcut(
        CommandId.TOGGLE_OUTLINE,
        QT_TRANSLATE_NOOP("Shortcuts", "Show or hide outline"),
        ("Ctrl+Shift+L",),
        "outline",
        QT_TRANSLATE_NOOP("Shortcuts", "table of contents, headings, contents"),
    ),
    Shortcut(
        CommandId.CHAT_SETTINGS,
        QT_TRANSLATE_NOOP("Shortcuts", "Show or hide chat settings"),
        ("Ctrl+.",),
        "sliders-horizontal",
        QT_TRANSLATE_NOOP(
            "Shortcuts", "system prompt, instructions, temperature, creativity, parameters, max tokens, context size"
        ),
    ),
    Shortcut(
        CommandId.SHOW_INSTRUCTIONS,
        QT_TRANSLATE_NOOP("Shortcuts", "Instructions sent to the model"),
        ("Ctrl+Shift+I",),
        "layers",
        QT_TRANSLATE_NOOP("Shortcuts", "system prompt, instructions, show the prompt, context"),
    ),
    Shortcut(
        CommandId.RELOAD_PREVIEW,
        QT_TRANSLATE_NOOP("Shortcuts", "Restart preview"),
        ("F5",),
        "rotate-cw",
        QT_TRANSLATE_NOOP("Shortcuts", "reload page, refresh, run again"),
    ),
    Shortcut(
        CommandId.FULL_SCREEN,
        QT_TRANSLATE_NOOP("Shortcuts", "Full-screen preview"),
        ("F11",),
        "maximize",
        QT_TRANSLATE_NOOP("Shortcuts", "maximise, enlarge preview"),
        ("Meta+Ctrl+F",),
    ),
    Shortcut(
        CommandId.NEXT_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Next chat"),
        ("Ctrl+Tab",),
        "chevron-down",
        QT_TRANSLATE_NOOP("Shortcuts", "switch chat, chat below"),
        ("Meta+Tab",),
    ),
    Shortcut(
        CommandId.PREVIOUS_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous chat"),
        ("Ctrl+Shift+Tab",),
        "chevron-up",
        QT_TRANSLATE_NOOP("Shortcuts", "switch chat, chat above"),
        ("Meta+Shift+Tab",),
    ),
    Shortcut(
        CommandId.ZOOM_IN,
        QT_TRANSLATE_NOOP("Shortcuts", "Larger text"),
        ("Ctrl++", "Ctrl+="),
        "case-sensitive",
        QT_TRANSLATE_NOOP("Shortcuts", "zoom in, bigger text"),
    ),
    Shortcut(
        CommandId.ZOOM_OUT,
        QT_TRANSLATE_NOOP("Shortcuts", "Smaller text"),
        ("Ctrl+-",),
        "case-sensitive",
        QT_TRANSLATE_NOOP("Shortcuts", "zoom out"),
    ),
    Shortcut(
        CommandId.ZOOM_RESET,
        QT_TRANSLATE_NOOP("Shortcuts", "Normal text size"),
        ("Ctrl+0",),
        "case-sensitive",
        QT_TRANSLATE_NOOP("Shortcuts", "reset zoom, 100%"),
    ),
    Shortcut(
        CommandId.SHOW_KEYS,
        QT_TRANSLATE_NOOP("Shortcuts", "Keyboard shortcuts"),
        ("Ctrl+/",),
        "keyboard",
        QT_TRANSLATE_NOOP("Shortcuts", "hotkeys, key bindings, help, keys"),
    ),
    Shortcut(
        CommandId.QUIT,
        QT_TRANSLATE_NOOP("Shortcuts", "Quit"),
        ("Ctrl+Q",),
        "x",
        QT_TRANSLATE_NOOP("Shortcuts", "exit, close, end"),
    ),
)


def native_keys(keys: str) -> str:
    """Return keys as the system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


_Key = Qt.Key
_MODIFIERS = frozenset(
    {
        *(
            _Key.Key_Control,
            _Key.Key_Shift,
            _Key.Key_Alt,
            _Key.Key_AltGr,
            _Key.Key_Meta,
            _Key.Key_Super_L,
            _Key.Key_Super_R,
        ),
        *(_Key.Key_Mode_switch, _Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_ScrollLock, _Key.Key_unknown),
    }
)
_SYMBOLS = frozenset(ord(character) for character in map(chr, range(0x21, 0x100)) if not character.isalnum())


def keys_of_event(event: QKeyEvent) -> str:
    """Return the pressed keys; empty while only modifiers are pressed. Shift is left out if it is needed to type the character."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _MODIFIERS:
        return ""
    if key is Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    if key in _SYMBOLS and event.text() == chr(key):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


class Keymap:
    """The keys of all commands: those that the user changed, and the defaults. It never changes.

    Keys belong to one command only: a default that the user assigned to another command is left out.
    """

    def __init__(
        self, changed: Mapping[str, tuple[str, ...]] = MappingProxyType({}), platform: str = sys.platform
    ) -> None:
        self.changed = changed
        """The keys that the user chose, by command; none if the user removed them."""
        self.platform = platform
        self._keys: dict[str, tuple[str, ...]] = {}
        used_keys: set[str] = set()
        for command, keys in changed.items():
            self._keys[command] = tuple(each for each in dict.fromkeys(keys) if each not in used_keys)
            used_keys.update(keys)
        for row in SHORTCUTS:
            if row.command not in changed:
                self._keys[row.command] = tuple(each for each in row.default_keys(platform) if each not in used_keys)

    def keys(self, command: str) -> tuple[str, ...]:
        """Return the keys of a command; empty if it has none."""
        return self._keys.get(command, ())

    def defaults(self, command: str) -> tuple[str, ...]:
        """Return the default keys of a command; empty if it has none."""
        return next((row.default_keys(self.platform) for row in SHORTCUTS if row.command == command), ())

    def first(self, command: str) -> str:
        """Return the keys that menus show; empty if the command has none."""
        return next(iter(self.keys(command)), "")

    def shown(self, command: str) -> str:
        """Return the same keys as the system writes them."""
        return native_keys(self.first(command))

    def owner(self, keys: str) -> str:
        """Return the command that has these keys; empty if none has."""
        return next((command for command, all_keys in self._keys.items() if keys in all_keys), "")

    def command_of(self, event: QKeyEvent) -> str:
        """Return the command whose keys are pressed; empty for none."""
        return self.owner(keys_of_event(event))


class WindowShortcuts(QObject):
    """Binds the keys of commands in a window, and binds them again after the user has changed them.

    `scope_of` returns the widget that must be visible for a command to work. `run_other` runs a command that has keys of the user and
    is not among `actions`. `own` are keys that always do the same in this window, whichever command has them elsewhere.
    """

    def __init__(
        self,
        appearance: "Appearance",
        window: QWidget,
        actions: Mapping[CommandId, Callable[[], object]],
        scope_of: Callable[[str], QWidget] | None = None,
        run_other: Callable[[str], object] | None = None,
        own: Mapping[str, Callable[[], object]] = MappingProxyType({}),
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._actions: dict[str, Callable[[], object]] = {str(command): act for command, act in actions.items()}
        self._scope_of = scope_of or (lambda _command: window)
        self._run_other = run_other
        self._own = own
        self._bound: list[QShortcut] = []
        for keys, act in own.items():
            QShortcut(QKeySequence(keys), window, act)
        appearance.shortcuts_changed.connect(self._bind)
        self._bind()

    def _bind(self) -> None:
        for shortcut in self._bound:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        keymap, actions = self._appearance.shortcuts, self._actions
        if run := self._run_other:
            actions = {command: partial(run, command) for command in keymap.changed} | actions
        self._bound = [
            QShortcut(QKeySequence(keys), self._scope_of(command), act)
            for command, act in actions.items()
            if command not in FIXED
            for keys in keymap.keys(command)
            if keys not in self._own
        ]
