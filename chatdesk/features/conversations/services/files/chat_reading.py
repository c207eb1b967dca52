"""Reader for the records of chats that the import process sends, in the JSON format of `chat_json.py`. The content is untrusted.

`importing/run.py` sends them, several in a line; `parse_lines` converts a line to values. Unknown keys are ignored. `chat_settings.py`
reads the settings of the chat.

All values are checked and limited. Nothing in a file refers to anything outside: no server, no local file, no picture that is not embedded.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from chatdesk.features.conversations.importing.message_order import MAX_MESSAGES
from chatdesk.features.conversations.services.files.chat_documents import (
    ImportedFile,
    ImportedText,
    document_in,
    parse_record,
)
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings, from_record
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.kernel.chat.instructions import SentInstructions, from_records
from chatdesk.kernel.chat.message import (
    MAX_SOURCES,
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    bounded,
)
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.errors.failure import Failure, FailureValue
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.servers.named_server import NamedServer, displayable_address

_MAX_NAME_LENGTH = 300
_MAX_TEXT_LENGTH = 5_000_000
"""Maximum characters of a part."""
_MAX_DETAIL_LENGTH = 20_000
"""Maximum characters of a value of a failure."""
_MAX_VALUES = 30
"""Maximum number of values of a failure."""
_MAX_PARTS = 1_000
_MAX_INSTRUCTIONS = 10_000
"""Maximum number of different instructions."""
_MAX_NUMBER = 2**53

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportedMessage:
    """A message with the IDs of its file. `pictures` maps the index of a part to the bytes of the picture, which is stored later."""

    id: str
    parent: str
    message: Message
    pictures: Mapping[int, bytes]
    instructions_key: str
    """The key of the instructions that were sent for an answer (`ChatHead.instructions`); empty if unknown."""
    lost: tuple[str, ...]
    """The kinds of the parts whose content is missing: `image`, `file` and `sources`, and `text` for a truncated one.

    A document may also be missing from its file.
    """


def read_message(record: Record) -> ImportedMessage:
    """Convert a record to a message; invalid values are omitted."""
    parts: list[Part] = []
    pictures: dict[int, bytes] = {}
    lost: list[str] = []
    value = record.get("parts")
    for each in (value if isinstance(value, list) else [])[:_MAX_PARTS]:
        if not isinstance(each, dict):
            continue
        part = part_in(each)
        lost += _lost_in(each, part)
        if part is not None:
            if isinstance(part, ImagePart) and not part.problem:
                pictures[len(parts)] = _bytes_of(each)
            parts.append(part)
    role = _enum_value(Role, record.get("role"), Role.ASSISTANT)
    model = name_in(record, "model")
    failure = _failure(record.get("failure")) if role is Role.ASSISTANT else None
    message = Message(
        id="",
        conversation_id="",
        parent_id=None,
        sequence=0,
        role=role,
        parts=tuple(parts),
        state=_state(record.get("state"), role, failure),
        created_at=_moment(record.get("created_at")),
        model=ModelRef(_server(record.get("server")), model) if model else None,
        usage=_usage(record.get("usage")),
        finish=_enum_value(FinishReason, record["finish"], FinishReason.OTHER) if record.get("finish") else None,
        failure=failure,
    )
    return ImportedMessage(
        name_in(record, "id"),
        name_in(record, "parent"),
        message,
        pictures,
        name_in(record, "instructions"),
        tuple(lost),
    )


def part_in(value: Record) -> Part | None:
    """Return the part in a record; None if it has none, or one without content. A picture must be embedded."""
    text = _text(value.get("text"))
    match value.get("kind"):
        case "text":
            return TextPart(text, value.get("edited") is True, value.get("damaged") is True)
        case "reasoning":
            return ReasoningPart(text, count(value.get("milliseconds")) or 0, value.get("damaged") is True)
        case "image" if _bytes_of(value):
            return ImagePart("", "", name_in(value, "name"))
        case "image" if problem := PictureProblem.__members__.get(str(value.get("problem"))):
            return ImagePart("", "", name_in(value, "name"), problem=problem)
        case "file":
            return document_in(value)
        case "tool_call":
            return ToolCallPart(name_in(value, "call_id"), name_in(value, "name"), _text(value.get("arguments")))
        case "tool_result":
            return ToolResultPart(name_in(value, "call_id"), text)
        case "sources":
            sources = _sources(value.get("sources"))
            return SourcesPart(sources) if sources else None
        case _:
            return None


def _lost_in(value: Record, part: Part | None) -> Iterator[str]:
    """Yield what is missing: the bytes of a picture, the text of a file, sources, or the end of a text that is too long."""
    kind = str(value.get("kind"))
    if (part is None and kind in {"image", "file", "sources"}) or (kind == "image" and value.get("unreadable") is True):
        yield kind
    elif part and any(
        len(text) > _MAX_TEXT_LENGTH for text in map(value.get, ("text", "arguments")) if isinstance(text, str)
    ):
        yield "text"


def _sources(value: object) -> tuple[Source, ...]:
    records = value[:MAX_SOURCES] if isinstance(value, list) else []
    return bounded(_source(each) for each in records if isinstance(each, dict))


def _source(value: Record) -> Source:
    number, score = value.get("number"), value.get("score")
    texts = {name: _text(value.get(name)) for name in ("title", "passage", "collection", "address")}
    return Source(count(number) or 0, score=_score(score), **texts)


def _score(value: object) -> float | None:
    is_valid = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MAX_NUMBER
    return float(value) if is_valid and isinstance(value, int | float) else None


def _server(value: object) -> str:
    """Return an ID that only names the server: a file never refers to a configured server."""
    if not isinstance(value, dict):
        return ""
    address = value.get("address")
    return NamedServer(
        name_in(value, "vendor"),
        name_in(value, "name"),
        displayable_address(clean_line(address)) if isinstance(address, str) else "",
    ).as_id


def _failure(value: object) -> Failure | None:
    """Return the failure of an answer. The error texts use only values that fit the kind."""
    if not isinstance(value, dict) or not name_in(value, "kind"):
        return None
    data = value.get("data")
    values = list(data.items())[:_MAX_VALUES] if isinstance(data, dict) else []
    return Failure(
        name_in(value, "kind"),
        {clean_line(name)[:_MAX_NAME_LENGTH]: _value(each) for name, each in values},
    )


def _value(value: object) -> FailureValue:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)[:_MAX_DETAIL_LENGTH]
    if isinstance(value, int | float) and abs(value) < _MAX_NUMBER:
        return value
    return None


def _bytes_of(value: Record) -> bytes:
    """Return the bytes of an embedded picture; empty if there is none. They are validated when the picture is stored."""
    data = value.get("data")
    if isinstance(data, str) and data.startswith("data:image/"):
        with suppress(ValueError):
            return b64decode(data.partition(",")[2].encode("ascii"), validate=True)
    return b""


def _state(value: object, role: Role, failure: Failure | None) -> MessageState:
    """Return the final state of a message. STREAMING, and FAILED without a reason, become INTERRUPTED."""
    if role is not Role.ASSISTANT:
        return MessageState.COMPLETE
    state = _enum_value(MessageState, value, MessageState.COMPLETE)
    is_cut = state is MessageState.STREAMING or (state is MessageState.FAILED and failure is None)
    return MessageState.INTERRUPTED if is_cut else state


def _usage(value: object) -> Usage | None:
    if not isinstance(value, dict):
        return None
    usage = Usage.of(value)
    return usage if usage != Usage() else None


def _moment(value: object) -> datetime:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment and moment.tzinfo:
            return moment.astimezone(UTC)
    return datetime.now(UTC)


def _enum_value[Word: StrEnum](enum: type[Word], value: object, unknown: Word) -> Word:
    return enum(value) if isinstance(value, str) and value in set(enum) else unknown


def name_in(record: Record, key: str) -> str:
    """Return a name from a record as a single line."""
    value = record.get(key)
    return clean_line(value)[:_MAX_NAME_LENGTH] if isinstance(value, str) else ""


def _text(value: object) -> str:
    text = value[:_MAX_TEXT_LENGTH] if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


MAX_LINE_BYTES = 256 * 1024 * 1024
"""Maximum bytes of a line between the processes: a message with all pictures that a file may contain."""
_MAX_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ChatHead:
    """The header before the messages."""

    id: str
    """The ID that the chat gets."""
    title: str
    head: str
    """The ID of the last message of the shown path; empty if it is unknown."""
    message_ids: tuple[str, ...]
    """The IDs of all messages that follow."""
    settings: ChatSettings = NO_SETTINGS
    instructions: Mapping[str, SentInstructions] = field(default_factory=dict)
    """The instructions that were sent for answers, by their key in the file."""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ChatEnd:
    """All records of a chat have been sent."""

    id: str


ChatRecord = ChatHead | ImportedText | ImportedFile | ImportedMessage | ChatEnd | ImportRefused


def parse_lines(line: bytes) -> tuple[ChatRecord, ...]:
    """Return the content of a line with several records. Raises ValueError if it is invalid."""
    try:
        records = json.loads(line)
        return tuple(map(_parse_record, records if isinstance(records, list) else [records]))
    except (KeyError, TypeError) as error:
        raise ValueError("not part of a chat") from error


def _parse_record(record: Any) -> ChatRecord:  # noqa: ANN401 - parsed JSON
    if "refused" in record:
        return ImportRefused(ImportProblem(record["refused"]), record["file"], record["detail"])
    if "chat" in record:
        return _head(record)
    if "end" in record:
        return ChatEnd(name_in(record, "end"))
    return read_message(record["message"]) if "message" in record else parse_record(record)


def _head(record: Record) -> ChatHead:
    ids = record["message_ids"]
    return ChatHead(
        name_in(record, "chat"),
        _title(record["title"]),
        name_in(record, "head"),
        tuple(name_in({"id": each}, "id") for each in ids[:MAX_MESSAGES]) if isinstance(ids, list) else (),
        from_record(record["settings"]),
        _sent_instructions(record["instructions"]),
        _moment(record["created_at"]) if record["created_at"] else None,
        _moment(record["updated_at"]) if record["updated_at"] else None,
        record["pinned"] is True,
    )


def _title(value: object) -> str:
    return clean_line(value)[:_MAX_TITLE_LENGTH] if isinstance(value, str) else ""


def _sent_instructions(value: object) -> Mapping[str, SentInstructions]:
    records = list(value.items())[:_MAX_INSTRUCTIONS] if isinstance(value, dict) else []
    found = ((clean_line(key)[:_MAX_NAME_LENGTH], from_records(each)) for key, each in records)
    return {key: instructions for key, instructions in found if instructions is not None}
