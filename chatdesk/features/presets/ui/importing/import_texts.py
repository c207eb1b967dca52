"""Texts about an import: why a file is refused, what a preset loses, and which entries are skipped."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.presets.preset_import import (
    MAX_PRESETS,
    ChatsFound,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkippedEntry,
    SkipReason,
)
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.counts import listed

_CONTEXT = "Import"

PROBLEMS = {
    ImportProblem.UNKNOWN: QT_TRANSLATE_NOOP(
        "Import",
        "{file}: this file type is not supported.",
    ),
    ImportProblem.NO_PRESETS: QT_TRANSLATE_NOOP("Import", "{file} contains no presets."),
    ImportProblem.CHATS: QT_TRANSLATE_NOOP("Import", "{file} contains chats, not presets."),
    ImportProblem.UNREADABLE_BACKUP: QT_TRANSLATE_NOOP(
        "Import",
        "{file}: only Cherry Studio itself can read this data. Update Cherry Studio to version 2, then choose its data "
        "folder or a new backup here. The assistants alone can be exported without the update.",
    ),
    ImportProblem.NOT_A_FILE: QT_TRANSLATE_NOOP("Import", "{file} is a folder or a device, not a file."),
    ImportProblem.NOT_READABLE: QT_TRANSLATE_NOOP("Import", "{file} could not be opened. System error: {detail}"),
    ImportProblem.NOT_PERMITTED: QT_TRANSLATE_NOOP(
        "Import",
        "{file} could not be read, because you do not have permission. Change its permissions, then try again.",
    ),
    ImportProblem.GONE: QT_TRANSLATE_NOOP(
        "Import",
        "{file} is not available any more. Check that it exists and its disk or network drive is connected, then try again.",
    ),
    ImportProblem.IN_USE: QT_TRANSLATE_NOOP(
        "Import", "{file} is in use by another program. Close that program, then try again."
    ),
    ImportProblem.CHANGED: QT_TRANSLATE_NOOP(
        "Import", "{file} has changed since it was read. Nothing was imported. Choose it again."
    ),
    ImportProblem.NO_COPY: QT_TRANSLATE_NOOP(
        "Import",
        "{file} could not be read, because a temporary copy was not possible. Free some disk space, then try again.",
    ),
    ImportProblem.TOO_LARGE: QT_TRANSLATE_NOOP(
        "Import", "{file} contains more than {detail} MB, the maximum for imports."
    ),
    ImportProblem.TOO_MANY: QT_TRANSLATE_NOOP(
        "Import", "{file} contains more than {most} presets, the maximum for one import."
    ),
    ImportProblem.NOT_TEXT: QT_TRANSLATE_NOOP("Import", "{file} is not valid UTF-8. Save it as UTF-8, then try again."),
    ImportProblem.DAMAGED: QT_TRANSLATE_NOOP(
        "Import", "{file} is damaged or incomplete. Nothing was imported from it."
    ),
    ImportProblem.TOO_DEEP: QT_TRANSLATE_NOOP(
        "Import", "{file} has an invalid structure. Nothing was imported from it."
    ),
    ImportProblem.ENCRYPTED: QT_TRANSLATE_NOOP("Import", "{file} is protected with a password. Extract it first."),
    ImportProblem.UNSAFE: QT_TRANSLATE_NOOP("Import", "{file} looks malicious. Nothing was imported from it."),
    ImportProblem.NO_CARD: QT_TRANSLATE_NOOP("Import", "{file} is a picture that contains no character."),
    ImportProblem.NEWER: QT_TRANSLATE_NOOP(
        "Import", "{file} was saved by a newer version of Chatdesk. Update Chatdesk to import it."
    ),
    ImportProblem.BAD_PRESET: QT_TRANSLATE_NOOP("Import", "{file} is not a valid preset. See line {detail}."),
    ImportProblem.GAVE_UP: QT_TRANSLATE_NOOP(
        "Import",
        "{file}: the import was stopped because it took too long or used too much memory. Close other programs, then try again.",
    ),
    ImportProblem.NO_RESPONSE: QT_TRANSLATE_NOOP(
        "Import", "{file} does not respond. Check the connection to its disk or network drive, then try again."
    ),
}
_REASONS = {
    SkipReason.EMPTY: QT_TRANSLATE_NOOP("Import", "{count} empty"),
    SkipReason.NOT_AN_ENTRY: QT_TRANSLATE_NOOP("Import", "{count} invalid"),
    SkipReason.TOO_LONG: QT_TRANSLATE_NOOP("Import", "{count} too long"),
    SkipReason.TWICE: QT_TRANSLATE_NOOP("Import", "{count} duplicates"),
    SkipReason.FOR_PICTURES: QT_TRANSLATE_NOOP("Import", "{count} for image generation"),
    SkipReason.NOT_A_PRESET: QT_TRANSLATE_NOOP("Import", "{count} of another type"),
}
_NOTES = {
    NoteKind.LEFT_OUT: QT_TRANSLATE_NOOP("Import", "Not imported: servers, keys, tools and similar ({detail})"),
    NoteKind.UNKNOWN_KEYS: QT_TRANSLATE_NOOP("Import", "Not imported: unsupported settings ({detail})"),
    NoteKind.HIDDEN_CHARACTERS: QT_TRANSLATE_NOOP("Import", "Invisible characters that the model still reads: {count}"),
    NoteKind.SHORTENED: QT_TRANSLATE_NOOP("Import", "The name or description was shortened"),
    NoteKind.LORE: QT_TRANSLATE_NOOP("Import", "Not imported: character book entries ({count})"),
    NoteKind.GREETINGS: QT_TRANSLATE_NOOP("Import", "Not imported: alternate greetings ({count})"),
}
_MAX_REFUSALS = 4
_SUPPORTED_FORMATS = QT_TRANSLATE_NOOP(
    "Import",
    "You can import presets from Chatdesk files and archives, prompts in CSV or JSON, exports from "
    "Chatbox, Cherry Studio, LobeChat, Open WebUI and LM Studio, SillyTavern characters and system "
    "prompts, and plain text or Markdown.",
)


def refusal_text(error: ImportRefused) -> str:
    """Return why a file is refused."""
    template = _translated(PROBLEMS[error.problem])
    return template.format(file=error.file, detail=error.detail, most=MAX_PRESETS).strip()


def refusals_text(errors: Sequence[ImportRefused]) -> str:
    """Return the reasons for several files, one per line, followed by the supported formats if one has an unknown format."""
    lines = [refusal_text(error) for error in errors[:_MAX_REFUSALS]]
    if more := len(errors) - len(lines):
        lines.append(_translated(QT_TRANSLATE_NOOP("Import", "… and {count} more")).format(count=more))
    if any(error.problem is ImportProblem.UNKNOWN for error in errors):
        lines.append(_translated(_SUPPORTED_FORMATS))
    return "\n".join(lines)


def skipped_text(skipped: Sequence[SkippedEntry]) -> str:
    """Return the number of skipped entries and the reasons; empty if there are none."""
    if not skipped:
        return ""
    counts = Counter(entry.reason for entry in skipped)
    reasons = [_translated(_REASONS[reason]).format(count=count) for reason, count in counts.most_common()]
    return _translated(QT_TRANSLATE_NOOP("Import", "Not imported: {reasons}")).format(reasons=listed(reasons))


def chats_text(chats: Sequence[ChatsFound]) -> str:
    """Return which files have chats, too, one per line; empty if there are none."""
    text = _translated(QT_TRANSLATE_NOOP("Import", "{file} also contains chats of {program}."))
    return "\n".join(text.format(file=each.file, program=each.program) for each in chats)


def notes_text(notes: Iterable[ImportNote]) -> str:
    """Return the notes about a preset, one per line."""
    return "\n".join(_translated(_NOTES[note.kind]).format(count=note.count, detail=note.detail) for note in notes)


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
