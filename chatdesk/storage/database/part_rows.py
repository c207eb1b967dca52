"""The parts of a message as rows of the table `parts`, and back.

A long text is cut into segments of a few pages. Saving an answer while it grows then writes the last segment and not the whole
answer again: 10 MB instead of 100 MB for 140 KB of text saved every 500 ms.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple, assert_never

from chatdesk.kernel.chat.message import (
    FilePart,
    ImagePart,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.picture_records import from_record, to_record
from chatdesk.kernel.chat.source import Source, bounded
from chatdesk.kernel.chat.usage import count
from chatdesk.storage.database.stored_values import from_json, to_json, to_text

_SEGMENT = 4096
"""Characters."""
_SOURCE_TEXTS = ("title", "passage", "collection", "address")


class PartRow(NamedTuple):
    """One segment of one part. `kind` and `metadata` belong to the part; only its first segment has `metadata`."""

    position: int
    segment: int
    kind: str
    text: str
    metadata: str


def to_rows(parts: Iterable[Part]) -> list[PartRow]:
    """Return the rows, in order."""
    rows: list[PartRow] = []
    for position, part in enumerate(parts):
        kind, text, metadata = _fields(part)
        text = to_text(text)
        for segment, start in enumerate(range(0, max(len(text), 1), _SEGMENT)):
            piece = text[start : start + _SEGMENT]
            rows.append(PartRow(position, segment, kind, piece, to_json(metadata) if segment == 0 else "{}"))
    return rows


def from_rows(rows: Iterable[PartRow]) -> tuple[Part, ...]:
    """Return the parts. Of an unknown kind the text is shown, if there is any. `rows` come ordered by position and segment."""
    parts: list[Part] = []
    for _, group in groupby(rows, key=lambda row: row.position):
        first, *rest = group
        text = "".join((first.text, *(row.text for row in rest)))
        part = _part(first.kind, text, from_json(first.metadata))
        if part is not None:
            parts.append(part)
    return tuple(parts)


def _fields(part: Part) -> tuple[str, str, dict[str, object]]:
    match part:
        case TextPart(text, edited, damaged):
            return "text", text, _flags(edited=edited, damaged=damaged)
        case ReasoningPart(text, milliseconds, damaged):
            return "reasoning", text, {"milliseconds": milliseconds, **_flags(damaged=damaged)}
        case ImagePart():
            return "image", "", to_record(part)
        case FilePart(sha256, media_type, name, text):
            return "file", text, {"sha256": sha256, "media_type": media_type, "name": name}
        case ToolCallPart(call_id, name, arguments):
            return "tool_call", arguments, {"call_id": call_id, "name": name}
        case ToolResultPart(call_id, text):
            return "tool_result", text, {"call_id": call_id}
        case SourcesPart(sources):
            return "sources", "", {"sources": [_source_record(source) for source in sources]}
        case _:
            assert_never(part)


def _flags(**flags: bool) -> dict[str, object]:
    """Return those that are set: most parts have none."""
    return {name: True for name, is_set in flags.items() if is_set}


def _part(kind: str, text: str, metadata: Mapping[str, object]) -> Part | None:
    def word(key: str) -> str:
        return str(metadata.get(key, ""))

    match kind:
        case "text":
            return TextPart(text, metadata.get("edited") is True, metadata.get("damaged") is True)
        case "reasoning":
            milliseconds = count(metadata.get("milliseconds")) or 0
            return ReasoningPart(text, milliseconds, metadata.get("damaged") is True)
        case "image":
            return from_record(metadata)
        case "file":
            return FilePart(word("sha256"), word("media_type"), word("name"), text)
        case "tool_call":
            return ToolCallPart(word("call_id"), word("name"), text)
        case "tool_result":
            return ToolResultPart(word("call_id"), text)
        case "sources":
            records = metadata.get("sources")
            sources = bounded(map(_source, records if isinstance(records, list) else ()))
            return SourcesPart(sources) if sources else None
        case _:
            return TextPart(text) if text else None


def _source_record(source: Source) -> dict[str, object]:
    """Return what is known of a source; most of them have not all of it."""
    found = {name: getattr(source, name) for name in ("number", *_SOURCE_TEXTS, "score")}
    return {name: value for name, value in found.items() if value not in ("", None)}


def _source(record: object) -> Source:
    """Return the source of a record, whatever has become of that."""
    known = record if isinstance(record, dict) else {}
    number, score = known.get("number"), known.get("score")
    texts = {name: str(known.get(name, "")) for name in _SOURCE_TEXTS}
    is_sound = isinstance(score, float) and math.isfinite(score)
    return Source(count(number) or 0, score=score if is_sound else None, **texts)
