"""Operations as plain values for JSON. What is read is untrusted: every value is checked and limited, and unknown keys are ignored.

Nothing in a record can name a file, a path or a server to use: files are named by their hash, and servers by vendor and address.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import assert_never

from chatdesk.features.conversations.services.files.chat_json import message_record
from chatdesk.features.conversations.services.files.chat_reading import part_in, read_message
from chatdesk.features.conversations.services.files.chat_settings import from_record as settings_in
from chatdesk.features.conversations.services.files.chat_settings import to_record as settings_record
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.sync.domain.operations import FIELDS, Field, FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import MACHINE, Stamp, is_plausible
from chatdesk.kernel.chat.attachments import from_record as attachment_in
from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.chat.conversation import MAX_CHAT_NAME_LENGTH, TitleOrigin
from chatdesk.kernel.chat.instructions import MAX_INSTRUCTIONS_LENGTH, from_records, to_records
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, MessageState, Part, SentAs
from chatdesk.kernel.presets.preset import MAX_PRESET_LENGTH
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE

Record = Mapping[str, object]
FindServer = Callable[[str], ServerConfig | None]

_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
_ID = re.compile(r"[ -~]{1,300}")
_MAX_PARTS = 1_000
_MAX_NAME_LENGTH = 300
MAX_EARLIER_VERSIONS = 50
"""How many earlier versions of a preset are named by their digests, so that a change that was based on one of them can be recognised."""
DELETED_PRESET: Mapping[str, object] = MappingProxyType({"deleted": True})
"""The value of a preset that was deleted."""
_REMOVED_VERSION = {
    "removed": True,
    "place": 0,
    "made_at": "1970-01-01T00:00:00.000000+00:00",
    "files": [{"name": "", "text": ""}],
}
_MAX_VERSION_FILES = 100
_MAX_VERSION_LENGTH = 5_000_000
"""Maximum characters of a file of an edited version."""


def is_id(value: object) -> bool:
    """Return whether a value can be the id of a chat, message or folder. Others are not shared."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def to_record(operation: Operation, find_server: FindServer = lambda _id: None) -> dict[str, object]:
    """Return an operation as plain values. `find_server` returns a configured server, which is then named."""
    match operation:
        case FieldSet(stamp, kind, id_, field, value):
            return {"op": "set", "at": _stamp_record(stamp), "kind": kind, "id": id_, "field": field, "value": value}
        case MessageAdded(stamp, created, message):
            instructions = {"given": to_records(message.instructions)} if message.instructions else {}
            return {
                "op": "message",
                "at": _stamp_record(stamp),
                "born": _stamp_record(created),
                "chat": message.conversation_id,
                "message": {**message_record(message, find_server=find_server), "instructions": None},
                **instructions,
            }
        case _:
            assert_never(operation)


def operation_in(record: object, milliseconds: int) -> Operation:
    """Return the operation in a record. `milliseconds` is the time since 1970. Raise `ValueError`."""
    if not isinstance(record, dict):
        raise ValueError("not an operation")  # noqa: TRY004 - part of checking untrusted values
    stamp = _stamp_in(record.get("at"), milliseconds)
    match record.get("op"):
        case "set":
            kind, field = Kind(str(record.get("kind"))), Field(str(record.get("field")))
            if field not in FIELDS[kind]:
                raise ValueError("not a field of this")
            read_id = _preset_id_in if kind is Kind.PRESET else _id_in
            return FieldSet(stamp, kind, read_id(record.get("id")), field, value_of(field, record.get("value")))
        case "message":
            created = _stamp_in(record.get("born"), milliseconds)
            return MessageAdded(stamp, min(created, stamp), _message_in(record))
        case _:
            raise ValueError("an unknown operation")


def value_of(field: Field, value: object) -> object:
    """Return a value as it is stored and compared. Raise `ValueError` if the field cannot have it."""
    match field:
        case Field.CREATED:
            return _time_in(value)
        case Field.TITLE:
            return _title_in(value)
        case Field.NAME:
            return _line_in(value)
        case Field.PINNED:
            return value is True
        case Field.POSITION:
            if not isinstance(value, int | float) or not math.isfinite(value):
                raise ValueError("not a position")
            return float(value)
        case Field.FOLDER:
            known = _object_in(value) if value is not None else None
            return {"id": _id_in(known.get("id")), "name": _line_in(known.get("name"))} if known else None
        case Field.TRASHED:
            known = _object_in(value) if value is not None else None
            return {"at": _time_in(known.get("at")), "folder": known.get("folder") is True} if known else None
        case Field.PARENT | Field.JOINED:
            return None if value is None else _id_in(value)
        case Field.INSTRUCTIONS:
            return _text_in(value, MAX_INSTRUCTIONS_LENGTH)
        case Field.SETTINGS:
            return settings_record(settings_in(value))
        case Field.CONTENT:
            return _version_in(value)
        case Field.TEXT:
            return _preset_in(value)
        case _:
            assert_never(field)


def removed_version(message_id: str) -> dict[str, object]:
    """Return the value of an edited version of a message that was removed.

    It has the form of a version, because computers with a Chatdesk that does not know removals refuse bundles with other values. They
    ignore this one: the id of a version is computed from its content, and this is not the content.
    """
    return {"message": message_id, **_REMOVED_VERSION}


def is_removed_version(value: object) -> bool:
    """Return whether the value of an edited version, received or stored, is that of a removed one."""
    return isinstance(value, dict) and value.get("removed") is True


def digest(message: Message) -> str:
    """Return the digest by which two contents of a message are compared, without the server, which each computer names differently."""
    record = {**message_record(message), "server": None, "instructions": None, "parent": None}
    return sha256(to_json(record).encode()).hexdigest()[:32]


def to_json(value: object) -> str:
    """Return a value as JSON in one line."""
    return _ENCODE(value)


def _stamp_record(stamp: Stamp) -> list[object]:
    return [stamp.counter, stamp.machine]


def _stamp_in(value: object, milliseconds: int) -> Stamp:
    match value:
        case [int() as counter, str() as machine] if MACHINE.fullmatch(machine) and is_plausible(counter, milliseconds):
            return Stamp(counter, machine)
        case _:
            raise ValueError("not a stamp")


def _message_in(record: Record) -> Message:
    inner = _object_in(record.get("message"))
    imported = read_message({**inner, "parts": []})
    if imported.message.state is MessageState.STREAMING:
        raise ValueError("an unfinished message")
    parts = inner.get("parts")
    records = parts[:_MAX_PARTS] if isinstance(parts, list) else []
    found = (_part_in(each) for each in records if isinstance(each, dict))
    return replace(
        imported.message,
        id=_id_in(inner.get("id")),
        conversation_id=_id_in(record.get("chat")),
        parent_id=None if inner.get("parent") is None else _id_in(inner.get("parent")),
        parts=tuple(part for part in found if part is not None),
        instructions=from_records(record.get("given")),
    )


def _part_in(record: Record) -> Part | None:
    """Return a part. Pictures and documents come as files of their own, named by their hash."""
    part = part_in(record)
    if isinstance(part, DocumentPart):
        hashes = (part.sha256, part.text_sha256, part.summary_sha256)
        sha256_, text, summary = (each if is_sha256(each) else "" for each in hashes)
        sent_as = SentAs.TEXT if part.sent_as is SentAs.SUMMARY and not summary else part.sent_as
        return replace(part, sha256=sha256_, text_sha256=text, summary_sha256=summary, sent_as=sent_as)
    if record.get("kind") == "image" and part is None:
        picture = attachment_in(record)
        if isinstance(picture, ImagePart) and is_sha256(picture.sha256):
            name, media_type = (clean_line(each)[:_MAX_NAME_LENGTH] for each in (picture.name, picture.media_type))
            return replace(picture, name=name, media_type=media_type, problem=None)
    return part


def _object_in(value: object) -> Record:
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - part of checking untrusted values
    return value


def _id_in(value: object) -> str:
    if not is_id(value):
        raise ValueError("not an id")
    return str(value)


def _preset_id_in(value: object) -> str:
    """Return the id of a preset, which becomes a file name."""
    if (
        not isinstance(value, str)
        or not value
        or value.startswith(".")
        or safe_file_name(value, _MAX_NAME_LENGTH) != value
    ):
        raise ValueError("not a name for a file")
    return value


def _preset_in(value: object) -> Record:
    known = _object_in(value)
    if known.get("deleted") is True:
        return dict(DELETED_PRESET)
    before = known.get("before")
    digests = before[:MAX_EARLIER_VERSIONS] if isinstance(before, list) else []
    return {
        "text": _text_in(known.get("text"), MAX_PRESET_LENGTH),
        "before": [each for each in digests if isinstance(each, str) and is_sha256(each)],
    }


def _time_in(value: object) -> str:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment and moment.tzinfo:
            return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:
        pass
    raise ValueError("not a time")


def _line_in(value: object) -> str:
    return clean_line(_text_in(value, MAX_CHAT_NAME_LENGTH))


def _text_in(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 - part of checking untrusted values
    return value[:limit].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _title_in(value: object) -> Record:
    known = _object_in(value)
    origin = known.get("origin")
    is_known = isinstance(origin, str) and origin in set(TitleOrigin)
    return {"title": _line_in(known.get("title")), "origin": origin if is_known else TitleOrigin.USER.value}


def _version_in(value: object) -> Record:
    known = _object_in(value)
    if is_removed_version(known):
        return removed_version(_id_in(known.get("message")))
    position, files = known.get("place"), known.get("files")
    if not isinstance(position, int) or not 0 <= position < 1_000_000 or not isinstance(files, list) or not files:
        raise ValueError("not an edited version")
    return {
        "message": _id_in(known.get("message")),
        "place": int(position),
        "made_at": _time_in(known.get("made_at")),
        "files": [_version_file_in(_object_in(file)) for file in files[:_MAX_VERSION_FILES]],
    }


def _version_file_in(file: Record) -> Record:
    return {"name": _line_in(file.get("name")), "text": _text_in(file.get("text"), _MAX_VERSION_LENGTH)}


def stored_json(text: object) -> object:
    """Return the value of JSON from the database; None if it is damaged."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def stored_stamp(counter: object, machine: object) -> Stamp:
    """Return a stamp from the database; the earliest one if it is damaged."""
    return Stamp(stored_counter(counter), str(machine or ""))


def stored_counter(value: object) -> int:
    """Return the counter of a stamp from the database; 0 if it is damaged."""
    return value if isinstance(value, int) and 0 < value < MAX_ORDER_VALUE else 0
