"""Conversion of an entry of a foreign file to a preset, sanitized: single-line texts and no control characters.

The module of each format maps its fields. Fields that it does not name are not imported.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from chatdesk.features.presets.files.plain_text import clean_line, clean_text, hidden_characters
from chatdesk.features.presets.importing.limits import (
    MAX_DESCRIPTION_LENGTH,
    MAX_NAME_LENGTH,
    MAX_PRESET_CHARACTERS,
    MAX_TAG_LENGTH,
    MAX_TAGS,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import MAX_VARIABLES, Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, NoteKind, SkipReason
from chatdesk.kernel.presets.variable import Variable


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """An entry of a file. `prompt`, `question` and `greeting` are already converted to templates, see `placeholders.py`."""

    format: ImportFormat
    name: str
    prompt: str = ""
    question: str = ""
    greeting: str = ""
    description: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
    declared: tuple[Variable, ...] = ()
    notes: tuple[ImportNote, ...] = ()
    key: str = ""
    """The program's own ID of the entry; empty if it has none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A preset to import. Its ID is its file name if it comes from a preset file, whose content is then in `text`."""

    preset: Preset
    format: ImportFormat
    notes: tuple[ImportNote, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChatsBeside:
    """The file also has chats of this program."""

    program: str


_MIN_KEY_LENGTH = 8
"""Shorter IDs, such as `default`, are those of every user of a program."""

Read = ImportEntry | Draft | SkipReason | ChatsBeside
"""The result for an entry of a file."""


def to_draft(entry: ImportEntry) -> Draft | SkipReason:
    """Return the preset of an entry, or why it is skipped."""
    prompt, question, greeting = (clean_text(text) for text in (entry.prompt, entry.question, entry.greeting))
    if not (prompt or question or greeting):
        return SkipReason.EMPTY
    if len(prompt) + len(question) + len(greeting) > MAX_PRESET_CHARACTERS:
        return SkipReason.TOO_LONG
    name = clean_line(entry.name) or clean_line((prompt or question or greeting)[:200])[:60]
    description = clean_line(entry.description)
    notes = list(entry.notes)
    if cut := (len(name) > MAX_NAME_LENGTH) + (len(description) > MAX_DESCRIPTION_LENGTH):
        notes.append(ImportNote(NoteKind.SHORTENED, cut))
    if hidden := sum(map(hidden_characters, (prompt, question, greeting))):
        notes.append(ImportNote(NoteKind.HIDDEN_CHARACTERS, hidden))
    preset = Preset(
        id="",
        origin=PresetOrigin.OWN,
        name=name[:MAX_NAME_LENGTH].strip(),
        prompt=prompt,
        question=question,
        greeting=greeting,
        category=clean_line(entry.category)[:MAX_TAG_LENGTH],
        tags=_tags(entry.tags),
        description=description[:MAX_DESCRIPTION_LENGTH].strip(),
        parameters=entry.parameters,
        declared=entry.declared[:MAX_VARIABLES],
        imported_from=_identity(entry),
    )
    return Draft(preset, entry.format, tuple(notes))


def _identity(entry: ImportEntry) -> str:
    """Return what stays the same in a later export: the ID of the entry, or its texts if it has none, or one that is not unique."""
    texts = (entry.name, entry.prompt, entry.question, entry.greeting)
    named = "\0".join((entry.format, entry.key, *(() if len(entry.key) >= _MIN_KEY_LENGTH else texts)))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean_line(tag)[:MAX_TAG_LENGTH] for tag in tags)
    return tuple(dict.fromkeys(filter(None, cleaned)))[:MAX_TAGS]


# Access to the fields of an untrusted record:


def text_in(record: Mapping[str, object], *keys: str) -> str:
    """Return the first of these fields that is a non-blank string; empty if there is none."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def record_in(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return a field that is a record; empty for any other type."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def list_in(record: Mapping[str, object], key: str) -> list[object]:
    """Return a field that is a list; empty for any other type."""
    value = record.get(key)
    return value if isinstance(value, list) else []


def texts_in(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the strings of a list field; its items may also be records with a name."""
    found = (each.get("name") if isinstance(each, dict) else each for each in list_in(record, key))
    return tuple(each for each in found if isinstance(each, str))


def parameters_of(temperature: object = None, top_p: object = None, max_tokens: object = None) -> Parameters:
    """Return the valid parameters; invalid values are omitted."""
    tokens = _number(max_tokens, 1, 10_000_000)
    return Parameters(
        temperature=_number(temperature, 0, 2), top_p=_number(top_p, 0, 1), max_tokens=int(tokens) if tokens else None
    )


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return float(value)


_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSAFE_WORDS = frozenset(
    (
        "url",
        "urls",
        "uri",
        "endpoint",
        "endpoints",
        "host",
        "hosts",
        "server",
        "servers",
        "key",
        "keys",
        "apikey",
        "token",
        "secret",
        "secrets",
        "password",
        "auth",
        "authorization",
        "header",
        "headers",
        "proxy",
        "command",
        "commands",
        "args",
        "tool",
        "tools",
        "function",
        "functions",
        "mcp",
        "script",
        "scripts",
        "plugin",
        "plugins",
        "webhook",
        "exec",
        "action",
        "actions",
        "provider",
        "providers",
        "filter",
        "filters",
        "cookie",
        "cookies",
    )
)
_MAX_FIELDS = 2_000


def skipped_field_notes(record: Mapping[str, object], read_keys: Iterable[str] = ()) -> tuple[ImportNote, ...]:
    """Return the note about fields that name servers, addresses, keys, tools or commands, which are never imported."""
    names = dict.fromkeys(
        key
        for key, value in _fields(record, frozenset(read_keys))
        if value and not _UNSAFE_WORDS.isdisjoint(word.lower() for word in _WORD.findall(key[:200]))
    )
    if not names:
        return ()
    shown = [clean_line(name)[:MAX_TAG_LENGTH] for name in names]
    return (ImportNote(NoteKind.LEFT_OUT, len(shown), ", ".join(shown[:12])),)


def _fields(record: Mapping[str, object], read_keys: frozenset[str]) -> Iterator[tuple[str, object]]:
    """Yield the fields of a record and of nested records, up to a limit."""
    pending: list[object] = [{key: value for key, value in record.items() if key not in read_keys}]
    seen = 0
    while pending and seen < _MAX_FIELDS:
        value = pending.pop()
        if isinstance(value, list):
            pending += value[:_MAX_FIELDS]
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield key, inner
                pending.append(inner)
        seen += 1
