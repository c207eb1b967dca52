"""Chat or single message as JSON with all data and branches, for other programs and for import into Chatdesk.

Version 2 adds what version 1 omitted: sources, files, failures, servers and the settings of the chat. Files written since Chatdesk records
them also have the instructions of each answer, the documents (`chat_documents.py`), and the ID, times, pin and folder of the
chat. Keys that a reader does not know are ignored, so they need no new version. A file contains no API keys, and addresses contain no
credentials. `chat_reading.py` reads it.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import assert_never

from chatdesk.features.conversations.domain.chat_order import parents_first
from chatdesk.features.conversations.importing.readers.own_files import FORMAT, VERSION
from chatdesk.features.conversations.services.files.chat_documents import (
    NO_CHAT_DOCUMENTS,
    ChatDocuments,
    part_record,
)
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings, to_record
from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, Export, Include
from chatdesk.kernel.chat.attachments import to_record as picture_record
from chatdesk.kernel.chat.instructions import to_records as instruction_records
from chatdesk.kernel.chat.message import (
    DocumentPart,
    ImagePart,
    Message,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.named_server import NamedServer, named_by
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_NO_PICTURES: Mapping[str, Picture] = {}
_NOTHING: Mapping[str, object] = {}
FindServer = Callable[[str], ServerConfig | None]


def chat_json(
    messages: Sequence[Message],
    title: str,
    head_id: str | None,
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    settings: ChatSettings = NO_SETTINGS,
    find_server: FindServer = lambda _id: None,
    documents: ChatDocuments = NO_CHAT_DOCUMENTS,
    about: Mapping[str, object] = _NOTHING,
) -> str:
    """Return the whole file. `head_id` is the last message of the shown path. `parent` refers to the previous message, which comes first.

    `pictures` are by hash and are embedded as data URLs. They are prepared for sending, so their hash differs from that of the original.
    `documents` are the texts and files of documents to embed, `about` has further members of the file.
    """
    ordered = parents_first(messages, lambda message: message.id, lambda message: message.parent_id or "")
    data = {
        "format": FORMAT,
        "version": VERSION,
        **about,
        "title": title,
        "head": head_id,
        **({"settings": record} if (record := to_record(settings)) else {}),
        **({"instructions": instructions} if (instructions := _sent_instructions(ordered)) else {}),
        "messages": [message_record(message, pictures, find_server) for message in ordered],
        **({"documents": record} if (record := documents.as_record()) else {}),
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # replaces lone surrogates


def _sent_instructions(messages: Sequence[Message]) -> Mapping[str, object]:
    """Return the instructions that were sent for the answers, each once, by their key."""
    return {each.key: instruction_records(each) for each in {message.instructions for message in messages} if each}


def message_record(
    message: Message, pictures: Mapping[str, Picture] = _NO_PICTURES, find_server: FindServer = lambda _id: None
) -> Mapping[str, object]:
    """Return a message as plain values for JSON. Pictures that are not passed are only named by their hash."""
    server = find_server(message.model.server_id) if message.model else None
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role,
        "created_at": message.created_at.isoformat(),
        "state": message.state,
        "finish": message.finish,
        "model": message.model.model_id if message.model else None,
        **_server(message.model, server),
        "usage": _finite(asdict(message.usage)) if message.usage else None,
        **({"instructions": message.instructions.key} if message.instructions else {}),
        **({"failure": _failure(message.failure, server)} if message.failure else {}),
        "parts": [_part(part, pictures) for part in message.parts],
    }


def _server(model: ModelRef | None, server: ServerConfig | None) -> Mapping[str, object]:
    """Return the server of an answer: a configured one, or one that an imported message only names."""
    named = NamedServer.of(server) if server else named_by(model.server_id) if model else None
    return {"server": {name: value for name, value in asdict(named).items() if value}} if named else {}


def _failure(failure: Failure, server: ServerConfig | None) -> Mapping[str, object]:
    """Return the failure of an answer, with the server address as it may be shown to others."""
    secret, record = (server.base_url, NamedServer.of(server).address) if server else ("", "")
    data = {
        name: value.replace(secret, record) if isinstance(value, str) and secret else value
        for name, value in failure.data.items()
    }
    return {"kind": failure.kind, "data": _finite(data)}


def _part(part: Part, pictures: Mapping[str, Picture]) -> Mapping[str, object]:
    match part:
        case TextPart(text, edited, damaged):
            return {"kind": "text", "text": text, **_flags(edited=edited, damaged=damaged)}
        case ReasoningPart(text, milliseconds, damaged):
            return {"kind": "reasoning", "text": text, "milliseconds": milliseconds, **_flags(damaged=damaged)}
        case ImagePart():
            picture = pictures.get(part.sha256)
            return {"kind": "image", **picture_record(part)} | ({"data": picture.data_uri()} if picture else {})
        case DocumentPart():
            return part_record(part)
        case ToolCallPart():
            return {"kind": "tool_call", **asdict(part)}
        case ToolResultPart():
            return {"kind": "tool_result", **asdict(part)}
        case SourcesPart(sources):
            return {"kind": "sources", "sources": [_without_empty(_finite(asdict(source))) for source in sources]}
        case _:
            assert_never(part)


def _flags(**flags: bool) -> Mapping[str, object]:
    """Return the flags that are set; most parts have none."""
    return {name: True for name, is_set in flags.items() if is_set}


def _without_empty(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in values.items() if value not in {"", None}}


def _finite(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return values that JSON can represent: it has no infinite numbers."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in values.items()
    }


def json_file(export: Export) -> bytes:
    """Return the file of a chat."""
    (chat,) = export.chats
    times = {"created_at": chat.created_at, "updated_at": chat.updated_at}
    membership = {"pinned": chat.pinned or None, "folder": chat.folder}
    return chat_json(
        chat.messages,
        chat.title,
        chat.head_id,
        chat.pictures,
        chat.settings,
        export.find_server,
        chat.documents,
        _without_empty(
            {"id": chat.id, **{name: time.isoformat() for name, time in times.items() if time}, **membership}
        ),
    ).encode()


# A desktop recognises a file by its ending, and opens this one with Chatdesk: packaging/linux/chatdesk.mime.xml.
JSON = ChatFormat(
    "chatdesk.json",
    QT_TRANSLATE_NOOP("ChatFormats", "JSON"),
    QT_TRANSLATE_NOOP("ChatFormats", "Everything, to be imported again or read by other programs"),
    json_file,
    options=frozenset({Include.ATTACHMENTS}),
    is_complete=True,
    embeds_documents=True,
    holds_several=False,
)
