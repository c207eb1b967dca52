"""Character cards of SillyTavern and compatible programs: version 1 (flat), 2 and 3 (`data` below `spec`).

The notes of the creator become the description, never a part of the prompt. `{{char}}` is the name of the character, `{{user}}` that of
the user; other notations exist for both.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator, Mapping

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.entries import (
    ImportEntry,
    list_in,
    record_in,
    skipped_field_notes,
    text_in,
    texts_in,
)
from chatdesk.features.presets.importing.limits import MAX_CHUNK_BYTES, MAX_COMPRESSION_RATIO
from chatdesk.features.presets.importing.placeholders import DeclaredVariables, convert_placeholders
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, ImportProblem, ImportRefused, NoteKind
from chatdesk.kernel.presets.template import escape
from chatdesk.kernel.presets.variable import Variable

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
_KEYWORDS = (b"ccv3", b"chara")
"""Keywords in order of preference."""
_MAX_CHUNKS = 100_000
_MAX_KEYWORD_LENGTH = 79


def card_in(picture: bytes) -> bytes:
    """Return the character card of a PNG picture as JSON, from its text chunks without decoding the image. Raises `ImportRefused`."""
    found: dict[bytes, bytes] = {}
    for kind, data in _chunks(picture):
        keyword, *_ = data[: _MAX_KEYWORD_LENGTH + 1].split(b"\0", 1)
        if keyword.lower() in _KEYWORDS and keyword.lower() not in found:
            found[keyword.lower()] = _text_of(kind, data[len(keyword) + 1 :])
    card = next((found[keyword] for keyword in _KEYWORDS if keyword in found), None)
    if card is None:
        raise ImportRefused(ImportProblem.NO_CARD)
    if card.lstrip().startswith(b"{"):  # some programs write it without base64
        return card
    try:
        return base64.b64decode(card, validate=False)
    except binascii.Error as error:
        raise _damaged() from error


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    offset = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        length, kind = int.from_bytes(picture[offset : offset + 4], "big"), picture[offset + 4 : offset + 8]
        end = offset + 12 + length
        if end > len(picture):
            raise _damaged()
        if kind in _TEXT_CHUNKS:
            if length > MAX_CHUNK_BYTES:
                raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(MAX_CHUNK_BYTES // 1024 // 1024))
            if zlib.crc32(picture[offset + 4 : end - 4]) != int.from_bytes(picture[end - 4 : end], "big"):
                raise _damaged()
            yield kind, picture[offset + 8 : end - 4]
        if kind == b"IEND":
            return
        offset = end
    raise ImportRefused(ImportProblem.UNSAFE)


def _text_of(kind: bytes, data: bytes) -> bytes:
    """Return the text after the keyword of a chunk."""
    match kind:
        case b"zTXt":
            return _unpacked(data[1:])
        case b"iTXt":
            is_packed, rest = data[:1] == b"\x01", data[2:].split(b"\0", 2)
            return _unpacked(rest[-1]) if is_packed else rest[-1]
        case _:
            return data


def _unpacked(data: bytes) -> bytes:
    most = min(MAX_CHUNK_BYTES, max(1, len(data)) * MAX_COMPRESSION_RATIO)
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, most)
    except zlib.error as error:
        raise _damaged() from error
    if not unpacker.eof:
        raise ImportRefused(ImportProblem.UNSAFE)
    return text


def _damaged() -> ImportRefused:
    return ImportRefused(ImportProblem.DAMAGED)


_MACRO = re.compile(
    r"\{\{[ \t]*(char|user|original|date|time|//[^{}]{0,2000})[ \t]*\}\}|<(BOT|USER|CHAR)>", re.IGNORECASE
)
_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example", "character_book")


def is_card(value: Mapping[str, object]) -> bool:
    """Return whether a JSON object is a character card."""
    return str(value.get("spec", "")).startswith("chara_card_") or ("name" in value and "first_mes" in value)


def read_card(card: Mapping[str, object]) -> ImportEntry:
    """Return the character of a card as an entry."""
    data = record_in(card, "data") or card
    name = clean_line(text_in(data, "name", "nickname"))
    declared = DeclaredVariables()

    def template(key: str, before: str = "") -> str:
        text = text_in(data, key).strip()
        return before + _template(text, name, declared) if text else ""

    parts = (
        template("system_prompt"),
        template("description"),
        template("personality", "Personality: "),
        template("scenario", "Scenario: "),
        template("mes_example", "Examples of how they talk:\n"),
    )
    greetings = sum(isinstance(each, str) and bool(each.strip()) for each in list_in(data, "alternate_greetings"))
    lore = len(list_in(record_in(data, "character_book"), "entries"))
    notes = (
        *((ImportNote(NoteKind.GREETINGS, greetings),) if greetings else ()),
        *((ImportNote(NoteKind.LORE, lore),) if lore else ()),
        *skipped_field_notes(data, _FIELDS),
    )
    greeting = template("first_mes")
    return ImportEntry(
        ImportFormat.SILLY_TAVERN,
        name,
        "\n\n".join(filter(None, parts)),
        greeting=greeting,
        description=text_in(data, "creator_notes"),
        category="service",
        tags=texts_in(data, "tags"),
        declared=declared.variables,
        notes=notes,
    )


def _template(text: str, character: str, declared: DeclaredVariables) -> str:
    """Return a text with the macros of SillyTavern as a template. Without a character, its name is a variable."""

    def replacement_for(match: re.Match[str]) -> str | None:
        match (match[1] or match[2]).lower():
            case "char" | "bot":
                return escape(character) if character else declared.placeholder_for("character")
            case "user":
                return declared.placeholder_for("user", Variable("", default="User"))
            case "date":
                return "{{date}}"
            case "time":
                return "{{time}}"
            case _:
                return ""  # the default prompt of the program, or a comment

    return convert_placeholders(text, _MACRO, replacement_for)


_SYSTEM_PROMPT_FIELDS = frozenset({"name", "content", "post_history"})


def system_prompt_in(value: Mapping[str, object]) -> ImportEntry | None:
    """Return the system prompt of a file of SillyTavern that has one, alone or beside other settings of a model; None otherwise."""
    prompt = record_in(value, "sysprompt") or (value if value.keys() <= _SYSTEM_PROMPT_FIELDS else {})
    if not text_in(prompt, "content"):
        return None
    declared = DeclaredVariables()
    parts = (text_in(prompt, "content").strip(), text_in(prompt, "post_history").strip())
    template = _template("\n\n".join(filter(None, parts)), "", declared)
    return ImportEntry(ImportFormat.SILLY_TAVERN, text_in(prompt, "name"), template, declared=declared.variables)
