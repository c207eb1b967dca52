"""What is told of an import, in words: why a file is refused, what a preset loses on its way, what is left out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.presets.preset_import import (
    MOST_PRESETS,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkippedEntry,
    SkipReason,
)
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "Import"

_PROBLEMS = {
    ImportProblem.UNKNOWN: QT_TRANSLATE_NOOP(
        "Import",
        "{file}: this kind of file is not known.",
    ),
    ImportProblem.NO_PRESETS: QT_TRANSLATE_NOOP("Import", "{file}: there is no preset in it."),
    ImportProblem.CHATS: QT_TRANSLATE_NOOP("Import", "{file}: these are chats, not presets. {detail}"),
    ImportProblem.UNREADABLE_BACKUP: QT_TRANSLATE_NOOP(
        "Import",
        "{file}: this kind of Cherry Studio backup cannot be read. Update it to version 2 and export again, or export the assistants.",
    ),
    ImportProblem.NOT_A_FILE: QT_TRANSLATE_NOOP(
        "Import", "{file} is not a file, but a folder or a device. Nothing was read."
    ),
    ImportProblem.NOT_READABLE: QT_TRANSLATE_NOOP("Import", "{file} could not be opened. The system says: {detail}"),
    ImportProblem.TOO_LARGE: QT_TRANSLATE_NOOP(
        "Import", "{file}: it holds more than {detail} MB, the most that is read."
    ),
    ImportProblem.TOO_MANY: QT_TRANSLATE_NOOP(
        "Import", "{file}: there are more than {most} presets, the most that can come at once."
    ),
    ImportProblem.NOT_TEXT: QT_TRANSLATE_NOOP(
        "Import", "{file}: it is not text in UTF-8. Save it as UTF-8 and try again."
    ),
    ImportProblem.DAMAGED: QT_TRANSLATE_NOOP("Import", "{file} is damaged or incomplete. Nothing was taken from it."),
    ImportProblem.TOO_DEEP: QT_TRANSLATE_NOOP(
        "Import", "{file} is built in a way that no program writes. Nothing was taken from it."
    ),
    ImportProblem.ENCRYPTED: QT_TRANSLATE_NOOP("Import", "{file} is locked with a password. Unpack it first."),
    ImportProblem.UNSAFE: QT_TRANSLATE_NOOP("Import", "{file} looks made to do harm. Nothing was taken from it."),
    ImportProblem.NO_CARD: QT_TRANSLATE_NOOP("Import", "{file} is a picture without a character in it."),
    ImportProblem.NEWER: QT_TRANSLATE_NOOP(
        "Import", "{file} was written by a newer version of Chatdesk. Update to read it."
    ),
    ImportProblem.BAD_PRESET: QT_TRANSLATE_NOOP("Import", "{file} cannot be read as a preset. Look at line {detail}."),
    ImportProblem.GAVE_UP: QT_TRANSLATE_NOOP(
        "Import", "{file}: reading took too long or too much memory and was ended."
    ),
}
_REASONS = {
    SkipReason.EMPTY: QT_TRANSLATE_NOOP("Import", "{count} without text"),
    SkipReason.NOT_AN_ENTRY: QT_TRANSLATE_NOOP("Import", "{count} not understood"),
    SkipReason.TOO_LONG: QT_TRANSLATE_NOOP("Import", "{count} too long"),
    SkipReason.TWICE: QT_TRANSLATE_NOOP("Import", "{count} the same again"),
    SkipReason.FOR_PICTURES: QT_TRANSLATE_NOOP("Import", "{count} for drawing pictures"),
    SkipReason.NOT_A_PRESET: QT_TRANSLATE_NOOP("Import", "{count} of another kind"),
}
_NOTES = {
    NoteKind.LEFT_OUT: QT_TRANSLATE_NOOP("Import", "Left out: servers, keys, tools and the like ({detail})"),
    NoteKind.UNKNOWN_KEYS: QT_TRANSLATE_NOOP("Import", "Left out: settings that are not known here ({detail})"),
    NoteKind.HIDDEN_CHARACTERS: QT_TRANSLATE_NOOP(
        "Import", "Characters in its text that are not seen, but read by the model: {count}"
    ),
    NoteKind.SHORTENED: QT_TRANSLATE_NOOP("Import", "Its name or description was shortened"),
    NoteKind.LORE: QT_TRANSLATE_NOOP("Import", "Left out: the entries of the character's book ({count})"),
    NoteKind.GREETINGS: QT_TRANSLATE_NOOP("Import", "Left out: its other greetings ({count})"),
}
_MOST_REFUSALS = 4
_KNOWN = QT_TRANSLATE_NOOP(
    "Import",
    "Presets can be read from Chatdesk's own files and archives of them, prompts as CSV or JSON, exports of Chatbox, Cherry Studio, "
    "Open WebUI and LM Studio, SillyTavern's characters, and plain text or markdown.",
)


def refusal_words(error: ImportRefused) -> str:
    """Say why nothing of a file is taken."""
    words = _translated(_PROBLEMS[error.problem])
    return words.format(file=error.file, detail=error.detail, most=MOST_PRESETS).strip()


def refusals_words(errors: Sequence[ImportRefused]) -> str:
    """Say it of several files, a line each; if one is of no known kind, also which kinds there are."""
    lines = [refusal_words(error) for error in errors[:_MOST_REFUSALS]]
    if more := len(errors) - len(lines):
        lines.append(_translated(QT_TRANSLATE_NOOP("Import", "… and {count} more")).format(count=more))
    if any(error.problem is ImportProblem.UNKNOWN for error in errors):
        lines.append(_translated(_KNOWN))
    return "\n".join(lines)


def skipped_words(skipped: Sequence[SkippedEntry]) -> str:
    """Say how many entries are left out, and why; empty if none is."""
    if not skipped:
        return ""
    counts = Counter(entry.reason for entry in skipped)
    reasons = [_translated(_REASONS[reason]).format(count=count) for reason, count in counts.most_common()]
    return _translated(QT_TRANSLATE_NOOP("Import", "Not offered: {reasons}")).format(reasons=", ".join(reasons))


def notes_words(notes: Iterable[ImportNote]) -> str:
    """Say what a person should know of a preset, a line each."""
    return "\n".join(_translated(_NOTES[note.kind]).format(count=note.count, detail=note.detail) for note in notes)


def _translated(words: str) -> str:
    return QCoreApplication.translate(_CONTEXT, words)
