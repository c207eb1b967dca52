"""Chats of other programs as records of Chatdesk's own format, which `services/files/chat_reading.py` reads within its limits.

Each chat is a record with its head, then one for each document, one for each message, and a last one. All IDs are derived from those of the
other program, so another import of the same chat has the same IDs, on every computer.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple, assert_never

from chatdesk.features.conversations.importing.foreign_chat import (
    FolderKind,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    stable_id,
)
from chatdesk.kernel.chat.conversation import title_from
from chatdesk.kernel.chat.message import (
    DocumentPart,
    ImagePart,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.fast_dataclass import dataclass

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What is shown of a chat before it is imported. `id` is the one that it gets here."""

    id: str
    title: str
    messages: int
    pictures: int
    documents: int
    folder: str
    """The name of the folder, which the user's language may give: see `folder_kind`."""
    pinned: bool
    created_at: datetime | None
    updated_at: datetime | None
    lost: Mapping[Loss, int]
    message_ids: tuple[str, ...] = ()
    """The IDs that the messages get here, to look for them. They are not stored."""
    has_instructions: bool = False
    """Whether it has instructions for the model."""
    folder_kind: FolderKind = FolderKind.NAMED
    """PROJECT and FOLDER: `folder` is the ID of the project or folder. ARCHIVE: `folder` is empty. The program's side names both."""


@dataclass(frozen=True, slots=True)
class OwnChat:
    """A chat from a file of Chatdesk. Its records are those of the file."""

    summary: ChatSummary
    records: tuple[Record, ...]


def chat_id(chat: ForeignChat | OwnChat) -> str:
    """Return the ID that a chat gets here."""
    return chat.summary.id if isinstance(chat, OwnChat) else stable_id(chat.program, chat.id)


def summary_of(chat: ForeignChat | OwnChat) -> ChatSummary:
    """Return the summary of a chat."""
    if isinstance(chat, OwnChat):
        return chat.summary
    files = [part for message in chat.messages for part in message.parts if isinstance(part, ForeignFile)]
    times = [message.created_at for message in chat.messages if message.created_at]
    created_at = chat.created_at or min(times, default=None)
    return ChatSummary(
        chat_id(chat),
        chat.title.strip() or _title_of(chat.messages),
        len(chat.messages),
        sum(file.is_picture and file.has_content for file in files),
        sum(not file.is_picture and (file.has_content or bool(file.text)) for file in files),
        "" if chat.archived else chat.folder or chat.project,
        chat.pinned and not chat.archived,
        created_at,
        chat.updated_at or max(times, default=created_at),
        chat.lost,
        tuple(_message_id(chat, message.id) for message in chat.messages),
        bool(chat.instructions.strip()),
        _folder_kind(chat),
    )


def _folder_kind(chat: ForeignChat) -> FolderKind:
    if chat.archived:
        return FolderKind.ARCHIVE
    if chat.folder or not chat.project:
        return FolderKind.NAMED
    return FolderKind.PROJECT if chat.program is Program.CHATGPT else FolderKind.FOLDER


def _title_of(messages: Sequence[ForeignMessage]) -> str:
    """Return a title from the first question, for a chat that has none."""
    texts = (
        part.text
        for message in messages
        if message.role is Role.USER
        for part in message.parts
        if isinstance(part, TextPart)
    )
    return next(filter(None, map(title_from, texts)), "")


def records_of(chat: ForeignChat | OwnChat) -> Iterator[Record]:
    """Yield the records of a chat."""
    if isinstance(chat, OwnChat):
        yield from chat.records
        return
    own = summary_of(chat)
    yield {
        "chat": own.id,
        "message_ids": own.message_ids,
        "head": _message_id(chat, chat.head),
        "title": own.title,
        "created_at": _time(own.created_at),
        "updated_at": _time(own.updated_at),
        "pinned": own.pinned,
        "settings": {"instructions": chat.instructions} if chat.instructions else None,
        "instructions": None,
    }
    documents: dict[str, _Document] = {}
    sent: set[str] = set()
    for message in chat.messages:
        for number, part in enumerate(message.parts):
            data = part.content() if isinstance(part, ForeignFile) and not part.is_picture else b""
            if data:
                key = hashlib.sha256(data).hexdigest()
                documents[_part_key(message, number)] = _Document(key, len(data))
                if key not in sent:
                    sent.add(key)
                    yield {"files": key, "content": b64encode(data).decode("ascii")}
    latest = own.created_at
    for message in chat.messages:
        latest = message.created_at or latest  # a message without a time is as old as the one before it
        yield {"message": _message(chat, message, latest, documents)}
    yield {"end": own.id}


class _Document(NamedTuple):
    """A document whose content has been sent."""

    sha256: str
    size: int


def _part_key(message: ForeignMessage, part: int) -> str:
    return f"{message.id}\0{part}"


def _message_id(chat: ForeignChat, message_id: str) -> str:
    return stable_id(chat.program, chat.id, message_id)


def _message(
    chat: ForeignChat, message: ForeignMessage, moment: datetime | None, documents: Mapping[str, _Document]
) -> Record:
    is_named = message.vendor or chat.program not in {Program.OPENAI_MESSAGES, Program.MARKDOWN}
    return {
        "id": _message_id(chat, message.id),
        "parent": _message_id(chat, message.parent) if message.parent else None,
        "role": message.role,
        "created_at": _time(moment),
        "state": MessageState.INTERRUPTED if message.is_interrupted else MessageState.COMPLETE,
        "model": message.model or None,
        **({"server": {"vendor": message.vendor, "name": "" if message.vendor else chat.program}} if is_named else {}),
        "usage": asdict(message.usage) if message.usage else None,
        "parts": [
            record
            for number, part in enumerate(message.parts)
            if (record := _part(part, documents.get(_part_key(message, number))))
        ],
    }


def _part(part: ForeignPart, document: _Document | None) -> Record | None:
    match part:
        case TextPart(text=text):
            return {"kind": "text", "text": text, "edited": part.edited}
        case ReasoningPart(text=text):
            return {"kind": "reasoning", "text": text, "milliseconds": part.milliseconds}
        case ToolCallPart(call_id=call, name=name, arguments=arguments):
            return {"kind": "tool_call", "call_id": call, "name": name, "arguments": arguments}
        case ToolResultPart(call_id=call, text=text):
            return {"kind": "tool_result", "call_id": call, "text": text}
        case SourcesPart(sources=sources):
            return {"kind": "sources", "sources": [asdict(source) for source in sources]}
        case ForeignFile():
            return _picture(part) if part.is_picture else _document(part, document)
        case ImagePart() | DocumentPart():
            return None  # these refer to stored files, which a foreign chat has none of
        case _:
            assert_never(part)


def _picture(file: ForeignFile) -> Record:
    """Return the record of a picture. One without bytes is shown as missing; that they could not be read is a loss not counted before."""
    data = b64encode(file.content()).decode("ascii")
    kind = file.media_type if file.media_type.startswith("image/") else "image/png"
    missing = {"problem": PictureProblem.MISSING.name, "unreadable": file.has_content}
    shown = {"data": f"data:{kind};base64,{data}"} if data else missing
    return {"kind": "image", "name": file.name, **shown}


def _document(file: ForeignFile, document: _Document | None) -> Record | None:
    record = {"kind": "file", "name": file.name, "media_type": file.media_type}
    if document:
        return {**record, **document._asdict(), "text": file.text}
    if file.text:
        return {**record, "text": file.text}
    return record if file.has_content else None


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
