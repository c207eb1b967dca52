"""Detection of the format of a file, by its content and never by its name, and reading of its presets.

`RowReader` reads the assistants in a database of Cherry Studio: the caller provides it because this package has no database access.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import BinaryIO

from chatdesk.features.presets.importing import (
    character_cards,
    prompt_lists,
)
from chatdesk.features.presets.importing import (
    other_programs as cherry_studio,
)
from chatdesk.features.presets.importing import (
    other_programs as jan,
)
from chatdesk.features.presets.importing import (
    other_programs as lm_studio,
)
from chatdesk.features.presets.importing import (
    other_programs as lobe_chat,
)
from chatdesk.features.presets.importing import (
    other_programs as open_webui,
)
from chatdesk.features.presets.importing.archive import Archive, ArchiveLimits, Member
from chatdesk.features.presets.importing.character_cards import SIGNATURE, card_in
from chatdesk.features.presets.importing.entries import (
    ChatsBeside,
    Draft,
    ImportEntry,
    Read,
    list_in,
    record_in,
    text_in,
    to_draft,
)
from chatdesk.features.presets.importing.foreign_text import decoded, parsed
from chatdesk.features.presets.importing.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_DATABASE_BYTES,
    MAX_FILE_BYTES,
    MAX_GLOSSARIES,
    MAX_GLOSSARY_BYTES,
    MAX_SKIPPED,
    MEGABYTE,
)
from chatdesk.features.presets.importing.own_files import is_own, read_own
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import (
    MAX_PRESETS,
    GlossaryFound,
    ImportFormat,
    ImportProblem,
    ImportRefused,
    SkippedEntry,
    SkipReason,
)
from chatdesk.kernel.user_files import PRESETS, user_file_kind

RowReader = Callable[[bytes], Sequence[Mapping[str, object]]]
"""Raises `ImportRefused`."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_EXPORT_LIMITS = ArchiveLimits(100_000, 64 * MEGABYTE, MAX_ARCHIVE_BYTES)
_SQLITE = b"SQLite format 3\0"
_DATABASES = ("backup.sqlite", "cherrystudio.sqlite")
_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[{\[\]"])')
_AMBIGUOUS_START = re.compile(r"\s*\[\s*\[")
"""Start of a wiki link or of nested JSON arrays."""
_JAN_MESSAGE = re.compile(r'"object"\s*:\s*"thread\.message"')
_ARCHIVE_EXTENSIONS = (".md", ".markdown", ".txt", ".json", ".csv", ".png")
_OTHER_SIGNATURES = re.compile(
    rb"%PDF-|\x7fELF|MZ|GIF8|\xff\xd8\xff|RIFF|\x1f\x8b|Rar!|7z\xbc\xaf|<!DOCTYPE|<html|<\?xml", re.IGNORECASE
)


@dataclass(slots=True)
class Contents:
    """The content of a file."""

    drafts: list[Draft] = field(default_factory=list)
    skipped: list[SkippedEntry] = field(default_factory=list)
    glossaries: list[GlossaryFound] = field(default_factory=list)
    chats: str = ""
    """The program whose chats are in the file, too."""
    most: int = MAX_PRESETS
    """Maximum number of presets; more are refused."""


def read_contents(data: bytes, name: str, read_rows: RowReader, most: int = MAX_PRESETS) -> Contents:
    """Return the content of a file with this name. Raises only `ImportRefused`, for any input."""
    if len(data) > MAX_FILE_BYTES:
        raise ImportRefused(ImportProblem.TOO_LARGE, name, str(MAX_FILE_BYTES // MEGABYTE))
    contents = Contents(most=most)
    try:
        if data.startswith(_ZIP):
            _read_archive(Archive(data), name, read_rows, contents)
        else:
            _collect(_read_one(data, name, read_rows), name, contents)
    except ImportRefused as error:
        raise ImportRefused(error.problem, name, error.detail) from error
    except MemoryError as error:
        raise ImportRefused(ImportProblem.GAVE_UP, name) from error
    if not contents.drafts and contents.chats:
        raise ImportRefused(ImportProblem.CHATS, name, contents.chats)
    if not contents.drafts and not contents.skipped:
        raise ImportRefused(ImportProblem.NO_PRESETS, name)
    return contents


def read_exported(file: BinaryIO, name: str, most: int = MAX_PRESETS) -> Contents | None:
    """Return the presets and glossaries in an archive to which Chatdesk has exported everything; None for any other file.

    Nothing else in it is read, so it may be large. Raises only `ImportRefused`.
    """
    try:
        archive = Archive(file, _EXPORT_LIMITS) if file.read(len(_ZIP[0])) in _ZIP else None
    except ImportRefused:
        return None
    members = [member for member in archive.members() if user_file_kind(member.name)] if archive else []
    if archive is None or not members:
        return None
    contents = Contents(most=most)
    try:
        for member in members:
            if user_file_kind(member.name) == PRESETS:
                _collect([_exported_preset(archive, member)], name, contents, member.name[-200:])
            elif member.size <= MAX_GLOSSARY_BYTES and len(contents.glossaries) < MAX_GLOSSARIES:
                contents.glossaries.append(glossary(member.name, archive.read(member, MAX_GLOSSARY_BYTES)))
    except ImportRefused as error:
        raise ImportRefused(error.problem, name, error.detail) from error
    return contents


def glossary(name: str, data: bytes) -> GlossaryFound:
    """Return the glossary in a file of an export."""
    return GlossaryFound(name.rpartition("/")[2], data.decode("utf-8", "replace"))


def _exported_preset(archive: Archive, member: Member) -> Read:
    """Return a preset that is known to be one, even without a header."""
    data = archive.read(member)
    try:
        read = read_own(decoded(data), member.name)
    except ImportRefused:
        return SkipReason.NOT_A_PRESET
    return replace(read, format=ImportFormat.CHATDESK) if isinstance(read, Draft) else read


def _collect(reads: Iterable[Read], name: str, contents: Contents, entry: str = "") -> None:
    """Add the sanitized entries, and report those that are skipped."""
    for number, read in enumerate(reads, 1):
        if isinstance(read, ChatsBeside):
            contents.chats = read.program
            continue
        draft = to_draft(read) if isinstance(read, ImportEntry) else read
        if isinstance(draft, Draft):
            contents.drafts.append(draft)
            if len(contents.drafts) > contents.most:
                raise ImportRefused(ImportProblem.TOO_MANY)
        elif len(contents.skipped) < MAX_SKIPPED:
            contents.skipped.append(SkippedEntry(name, draft, 0 if entry else number, entry))


def _read_archive(archive: Archive, name: str, read_rows: RowReader, contents: Contents) -> None:
    if database := archive.find(*_DATABASES):
        rows = read_rows(archive.read(database, MAX_DATABASE_BYTES))
        _collect(cherry_studio.read_rows(rows), name, contents)
    elif backup := archive.find("data.json"):
        _collect(_read_json(parsed(decoded(archive.read(backup)))), name, contents)
    elif archive.folders() >= {"IndexedDB"}:
        raise ImportRefused(ImportProblem.UNREADABLE_BACKUP)
    elif any(re.fullmatch(r"conversations(-\d+)?\.json", member.name) for member in archive.members()):
        raise ImportRefused(ImportProblem.CHATS, detail="ChatGPT")
    elif card := archive.find("card.json"):
        _collect(_read_json(parsed(decoded(archive.read(card)))), name, contents)
    else:
        for member in archive.members():
            _read_member(archive, member, name, contents)


def _read_member(archive: Archive, member: Member, name: str, contents: Contents) -> None:
    """Read one file of an archive. A file without presets is skipped; a damaged one makes the whole archive invalid."""
    entry = member.name[-200:]
    if not member.name.lower().endswith(_ARCHIVE_EXTENSIONS):
        contents.skipped += [SkippedEntry(name, SkipReason.NOT_A_PRESET, 0, entry)][
            : MAX_SKIPPED - len(contents.skipped)
        ]
        return
    data = archive.read(member)
    try:
        _collect(_read_one(data, member.name, _no_database), name, contents, entry)
    except ImportRefused as error:
        if error.problem is ImportProblem.TOO_MANY:
            raise
        _collect([SkipReason.NOT_A_PRESET], name, contents, entry)


def _no_database(_data: bytes) -> Sequence[Mapping[str, object]]:
    raise ImportRefused(ImportProblem.UNKNOWN)


def _read_one(data: bytes, name: str, read_rows: RowReader) -> Iterator[Read]:
    if data.startswith(_SQLITE):
        yield from cherry_studio.read_rows(read_rows(data))
    elif data.startswith(SIGNATURE):
        yield from _read_json(parsed(decoded(card_in(data))))
    elif _OTHER_SIGNATURES.match(data.lstrip()[:20]):
        raise ImportRefused(ImportProblem.UNKNOWN)
    else:
        yield from _read_text(decoded(data), name)


def _read_text(text: str, name: str) -> Iterator[Read]:
    if program := _chats_in_lines(text):
        raise ImportRefused(ImportProblem.CHATS, detail=program)
    if _JSON.match(text):
        try:
            value = parsed(text)
        except ImportRefused as error:
            if error.problem is ImportProblem.TOO_DEEP or not _AMBIGUOUS_START.match(text):
                raise
        else:
            yield from _read_json(value)
            return
    if not is_own(text) and prompt_lists.columns_of(text):
        yield from prompt_lists.read_csv(text)
    else:
        yield read_own(text, name)


def _chats_in_lines(text: str) -> str:
    """Return the program whose chat a text is: lines of JSON. The first one of SillyTavern names both participants."""
    if not text.lstrip().startswith("{"):
        return ""
    if text.lstrip().startswith('{"user_name"') and '"chat_metadata"' in text[:4_000]:
        return "SillyTavern"
    return "Jan" if _JAN_MESSAGE.search(text.lstrip().partition("\n")[0]) else ""


def _read_json(value: object) -> Iterator[Read]:
    if isinstance(value, list):
        yield from _read_list(value)
    elif isinstance(value, dict):
        yield from _read_record(value)
    else:
        raise ImportRefused(ImportProblem.UNKNOWN)


def _read_list(values: list[object]) -> Iterator[Read]:
    """Yield the entries of a list. The first record determines its format."""
    first = next((value for value in values if isinstance(value, dict)), None)
    if first is None:
        raise ImportRefused(ImportProblem.UNKNOWN)
    if "mapping" in first or "chat" in first:
        raise ImportRefused(ImportProblem.CHATS, detail="ChatGPT" if "mapping" in first else "Open WebUI")
    if "act" in first:
        yield from prompt_lists.read_acts(values)
    elif "command" in first and "content" in first:
        yield from open_webui.read_prompts(values)
    elif "base_model_id" in first or record_in(first, "params") or "info" in first:
        yield from open_webui.read_models(values)
    elif character_cards.is_card(first):
        for each in values:
            card = isinstance(each, dict) and character_cards.is_card(each)
            yield character_cards.read_card(each) if card and isinstance(each, dict) else SkipReason.NOT_AN_ENTRY
    elif "prompt" in first:
        yield from prompt_lists.read_named(values, _kind_of(first))
    else:
        raise ImportRefused(ImportProblem.UNKNOWN)


def _kind_of(record: Mapping[str, object]) -> ImportFormat:
    """Return the program that wrote a list of names and prompts."""
    if not {"emoji", "group", "topics"}.isdisjoint(record):
        return ImportFormat.CHERRY_STUDIO
    return (
        ImportFormat.JSON
        if {"picUrl", "demoQuestions", "starred", "usedCount"}.isdisjoint(record)
        else ImportFormat.CHATBOX
    )


def _is_chatbox(value: Mapping[str, object]) -> bool:
    return not {"myCopilots", "__exported_items", "chat-sessions"}.isdisjoint(value) or any(
        key.startswith("session:") for key in value
    )


def _read_record(value: Mapping[str, object]) -> Iterator[Read]:
    if _is_chatbox(value):
        yield from prompt_lists.read_named(list_in(value, "myCopilots"), ImportFormat.CHATBOX)
        if value.get("chat-sessions") or any(key.startswith("session:") for key in value):
            yield ChatsBeside(ImportFormat.CHATBOX)
    elif "indexedDB" in value or "localStorage" in value:
        yield from cherry_studio.read_backup(value)
    elif jan.is_assistant(value):
        yield jan.read_assistant(value)
    elif lobe_chat.is_lobe_chat(value):
        yield from lobe_chat.read_agents(value)
    elif lm_studio.is_preset(value):
        yield lm_studio.read_preset(value)
    elif character_cards.is_card(value):
        yield character_cards.read_card(value)
    elif prompt := character_cards.system_prompt_in(value):
        yield prompt
    elif "command" in value and "content" in value:
        yield from open_webui.read_prompts([value])
    elif inner := list_in(value, "models") or list_in(value, "prompts"):
        yield from _read_list(inner)
    elif "messages" in value or "mapping" in value or "chat" in value:
        raise ImportRefused(ImportProblem.CHATS, detail="LM Studio" if "perChatPredictionConfig" in value else "")
    elif text_in(value, "act"):
        yield from prompt_lists.read_acts([value])
    elif text_in(value, "prompt", "systemPrompt", "system_prompt"):
        yield prompt_lists.named(value, _kind_of(value))
    else:
        raise ImportRefused(ImportProblem.UNKNOWN)
