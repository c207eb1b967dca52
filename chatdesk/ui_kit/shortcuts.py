"""The table of all keyboard shortcuts (ux.md). main_window.py connects them to their functions.

Ctrl stands for Cmd on macOS: Qt swaps them automatically.
"""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


class CommandId(StrEnum):
    """Commands with a shortcut."""

    NEW_CHAT = "new_chat"
    RENAME_CHAT = "rename_chat"
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
    SHOW_TOLD = "show_told"
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
        CommandId.SHOW_TOLD,
        CommandId.RELOAD_PREVIEW,
        CommandId.FULL_SCREEN,
        CommandId.DELETE_CHAT,
    }
)
"""Commands that are disabled while something else covers the chat. Other shortcuts lead back to the chat or do not need it."""


WHERE_THE_KEYBOARD_IS = frozenset({CommandId.UNDO_IN_LIST})
"""Commands whose meaning depends on the focus: the focused part of the window handles these keys itself."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut. `keys` are in Qt's portable format, the first one is shown; `words` is an English source for translation.

    `also` contains other names of the command, separated by commas, also an English source.
    """

    command: CommandId
    words: str
    keys: tuple[str, ...]
    icon: str = ""
    also: str = ""


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
        CommandId.SHOW_TOLD,
        QT_TRANSLATE_NOOP("Shortcuts", "What the model is told"),
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
    ),
    Shortcut(
        CommandId.NEXT_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Next chat"),
        ("Ctrl+Tab",),
        "chevron-down",
        QT_TRANSLATE_NOOP("Shortcuts", "switch chat, chat below"),
    ),
    Shortcut(
        CommandId.PREVIOUS_CHAT,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous chat"),
        ("Ctrl+Shift+Tab",),
        "chevron-up",
        QT_TRANSLATE_NOOP("Shortcuts", "switch chat, chat above"),
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
        QT_TRANSLATE_NOOP("Shortcuts", "reset zoom, 100 %"),
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


def keys_of(command: CommandId) -> str:
    """Return the keys of a command that menus show, in Qt's portable format."""
    return next(shortcut.keys[0] for shortcut in SHORTCUTS if shortcut.command is command)
