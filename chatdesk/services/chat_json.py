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
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

FORMAT, VERSION = "chatdesk-chat", 1


def chat_json(messages: Sequence[Message], title: str, head_id: str | None) -> str:
    """Return the whole file. `head_id` ends the path that was shown; messages tell what they follow by `parent`."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "head": head_id,
        "messages": [_message(message) for message in messages],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # no half of a pair gets into a file


def _message(message: Message) -> Mapping[str, object]:
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role,
        "created_at": message.created_at.isoformat(),
        "state": message.state,
        "finish": message.finish,
        "model": message.model.model_id if message.model else None,
        "usage": asdict(message.usage) if message.usage else None,
        "parts": [_part(part) for part in message.parts],
    }


def _part(part: Part) -> Mapping[str, object]:
    match part:
        case TextPart(text, edited):
            return {"kind": "text", "text": text} | ({"edited": True} if edited else {})
        case ReasoningPart():
            kind = "reasoning"
        case ImagePart():
            kind = "image"
        case FilePart():
            kind = "file"
        case ToolCallPart():
            kind = "tool_call"
        case ToolResultPart():
            kind = "tool_result"
        case _:
            assert_never(part)
    return {"kind": kind, **asdict(part)}
