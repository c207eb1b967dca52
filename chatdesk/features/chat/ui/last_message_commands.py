"""The palette's commands for the last question and answer: what their menus offer and no shortcut does."""

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class LastMessageCommand:
    """A command. `title` and `also`, its other names, are English sources for translation, in the context "Palette"."""

    role: Role
    verb: Verb
    title: str
    icon: str
    also: str


LAST_MESSAGE_COMMANDS = (
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.CONTINUE,
        QT_TRANSLATE_NOOP("Palette", "Continue last answer"),
        "play",
        QT_TRANSLATE_NOOP("Palette", "go on, resume, finish the answer"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.COPY_PLAIN,
        QT_TRANSLATE_NOOP("Palette", "Copy last answer as plain text"),
        "copy",
        QT_TRANSLATE_NOOP("Palette", "copy as, without Markdown"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.SAVE,
        QT_TRANSLATE_NOOP("Palette", "Save last answer…"),
        "download",
        QT_TRANSLATE_NOOP("Palette", "save message, export answer, file"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.QUOTE,
        QT_TRANSLATE_NOOP("Palette", "Quote last answer"),
        "quote",
        QT_TRANSLATE_NOOP("Palette", "quote, cite, reply to"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.BRANCH,
        QT_TRANSLATE_NOOP("Palette", "New chat from here"),
        "git-branch",
        QT_TRANSLATE_NOOP("Palette", "branch, fork, split, branch to new chat"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.INSTRUCTIONS,
        QT_TRANSLATE_NOOP("Palette", "Instructions used for the last answer"),
        "layers",
        QT_TRANSLATE_NOOP("Palette", "system prompt, instructions, prompt of the last answer"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.PREVIOUS_SIBLING,
        QT_TRANSLATE_NOOP("Palette", "Previous version of last answer"),
        "chevron-left",
        QT_TRANSLATE_NOOP("Palette", "other answer, earlier version"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.NEXT_SIBLING,
        QT_TRANSLATE_NOOP("Palette", "Next version of last answer"),
        "chevron-right",
        QT_TRANSLATE_NOOP("Palette", "other answer, later version"),
    ),
    LastMessageCommand(
        Role.ASSISTANT,
        Verb.DELETE,
        QT_TRANSLATE_NOOP("Palette", "Delete last answer"),
        "trash-2",
        QT_TRANSLATE_NOOP("Palette", "delete message, remove answer"),
    ),
)
