"""A chat, or one message of it, as JSON: everything that is known, every branch, for programs to read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import assert_never

from chatdesk.domain.message import (
    FilePart,
    ImagePart,
    Message,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.domain.picture_records import to_record
from chatdesk.domain.request import Picture

FORMAT, VERSION = "chatdesk-chat", 1

_NO_PICTURES: Mapping[str, Picture] = {}


def chat_json(
    messages: Sequence[Message], title: str, head_id: str | None, pictures: Mapping[str, Picture] = _NO_PICTURES
) -> str:
    """Return the whole file. `head_id` ends the path that was shown; messages tell what they follow by `parent`.

    `pictures` are by hash, and stand in it as `data:` addresses. They are as they are sent, so their hash is not that of the original.
    """
    data = {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "head": head_id,
        "messages": [_message(message, pictures) for message in messages],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # no half of a pair gets into a file


def _message(message: Message, pictures: Mapping[str, Picture]) -> Mapping[str, object]:
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role,
        "created_at": message.created_at.isoformat(),
        "state": message.state,
        "finish": message.finish,
        "model": message.model.model_id if message.model else None,
        "usage": asdict(message.usage) if message.usage else None,
        "parts": [_part(part, pictures) for part in message.parts],
    }


def _part(part: Part, pictures: Mapping[str, Picture]) -> Mapping[str, object]:
    match part:
        case TextPart(text, edited, damaged):
            return {"kind": "text", "text": text, **_flags(edited=edited, damaged=damaged)}
        case ReasoningPart(text, milliseconds, damaged):
            return {"kind": "reasoning", "text": text, "milliseconds": milliseconds, **_flags(damaged=damaged)}
        case ImagePart():
            picture = pictures.get(part.sha256)
            return {"kind": "image", **to_record(part)} | ({"data": picture.data_uri()} if picture else {})
        case FilePart():
            kind = "file"
        case ToolCallPart():
            kind = "tool_call"
        case ToolResultPart():
            kind = "tool_result"
        case SourcesPart():
            kind = "sources"
        case _:
            assert_never(part)
    return {"kind": kind, **asdict(part)}


def _flags(**flags: bool) -> Mapping[str, object]:
    """Return those that are set: most parts have none."""
    return {name: True for name, is_set in flags.items() if is_set}
