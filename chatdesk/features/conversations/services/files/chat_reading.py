"""Reader for chat files in the JSON format of `chat_json.py`. The content is untrusted.

`write_chat` reads the file in a separate process and writes it line by line; `heard` converts a line to a value. Unknown keys are
ignored. `chat_settings.py` reads the settings of the chat.

All values are checked and limited. Nothing in a file refers to anything outside: no server, no local file, no picture that is not embedded.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from chatdesk.features.conversations.domain.chat_order import parents_first
from chatdesk.features.conversations.services.files.chat_json import FORMAT, VERSION
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings, from_record
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.files import read_bytes, shown_name
from chatdesk.features.presets.importing.foreign_text import parsed, text_of
from chatdesk.kernel.chat.message import (
    MOST_SOURCES,
    FilePart,
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
from chatdesk.kernel.servers.named_server import NamedServer, address_to_tell

_LONGEST_NAME = 300
_LONGEST_TEXT = 5_000_000
"""Maximum characters of a part."""
_LONGEST_DETAIL = 20_000
"""Maximum characters of a value of a failure."""
_MOST_VALUES = 30
"""Maximum number of values of a failure."""
_MOST_PARTS = 1_000
_LARGEST_NUMBER = 2**53

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportedMessage:
    """A message with the IDs of its file. `pictures` maps the index of a part to the bytes of the picture, which is stored later."""

    id: str
    parent: str
    message: Message
    pictures: Mapping[int, bytes]
    lost: int
    """Number of pictures, files and sources whose content is missing, and of truncated texts."""


def imported(record: Record) -> ImportedMessage:
    """Convert a record to a message; invalid values are omitted."""
    parts: list[Part] = []
    pictures: dict[int, bytes] = {}
    lost = 0
    told = record.get("parts")
    for each in (told if isinstance(told, list) else [])[:_MOST_PARTS]:
        if not isinstance(each, dict):
            continue
        part = _part(each)
        lost += _is_lost(each, part)
        if part is not None:
            if isinstance(part, ImagePart) and not part.problem:
                pictures[len(parts)] = _bytes_of(each)
            parts.append(part)
    role = _word(Role, record.get("role"), Role.ASSISTANT)
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
        finish=_word(FinishReason, record["finish"], FinishReason.OTHER) if record.get("finish") else None,
        failure=failure,
    )
    return ImportedMessage(name_in(record, "id"), name_in(record, "parent"), message, pictures, lost)


def _part(told: Record) -> Part | None:
    text = _text(told.get("text"))
    match told.get("kind"):
        case "text":
            return TextPart(text, told.get("edited") is True, told.get("damaged") is True)
        case "reasoning":
            return ReasoningPart(text, count(told.get("milliseconds")) or 0, told.get("damaged") is True)
        case "image" if _bytes_of(told):
            return ImagePart("", "", name_in(told, "name"))
        case "image" if problem := PictureProblem.__members__.get(str(told.get("problem"))):
            return ImagePart("", "", name_in(told, "name"), problem=problem)
        case "file" if isinstance(told.get("text"), str):
            return FilePart("", name_in(told, "media_type"), name_in(told, "name"), text)
        case "tool_call":
            return ToolCallPart(name_in(told, "call_id"), name_in(told, "name"), _text(told.get("arguments")))
        case "tool_result":
            return ToolResultPart(name_in(told, "call_id"), text)
        case "sources":
            sources = _sources(told.get("sources"))
            return SourcesPart(sources) if sources else None
        case _:
            return None


def _is_lost(told: Record, part: Part | None) -> bool:
    """Return whether content is missing: the bytes of a picture, the text of a file, sources, or the end of a text that is too long."""
    if part is None:
        return str(told.get("kind")) in {"image", "file", "sources"}
    return any(
        isinstance(told.get(name), str) and len(str(told[name])) > _LONGEST_TEXT for name in ("text", "arguments")
    )


def _sources(told: object) -> tuple[Source, ...]:
    records = told[:MOST_SOURCES] if isinstance(told, list) else []
    return bounded(_source(each) for each in records if isinstance(each, dict))


def _source(told: Record) -> Source:
    number, score = told.get("number"), told.get("score")
    texts = {name: _text(told.get(name)) for name in ("title", "passage", "collection", "address")}
    return Source(count(number) or 0, score=_score(score), **texts)


def _score(told: object) -> float | None:
    is_one = isinstance(told, int | float) and not isinstance(told, bool) and abs(told) < _LARGEST_NUMBER
    return float(told) if is_one and isinstance(told, int | float) else None


def _server(told: object) -> str:
    """Return an ID that only names the server: a file never refers to a configured server."""
    if not isinstance(told, dict):
        return ""
    address = told.get("address")
    return NamedServer(
        name_in(told, "vendor"),
        name_in(told, "name"),
        address_to_tell(clean_line(address)) if isinstance(address, str) else "",
    ).as_id


def _failure(told: object) -> Failure | None:
    """Return the failure of an answer. The error texts use only values that fit the kind."""
    if not isinstance(told, dict) or not name_in(told, "kind"):
        return None
    data = told.get("data")
    values = list(data.items())[:_MOST_VALUES] if isinstance(data, dict) else []
    return Failure(
        name_in(told, "kind"),
        {clean_line(name)[:_LONGEST_NAME]: _value(each) for name, each in values},
    )


def _value(told: object) -> FailureValue:
    if told is None or isinstance(told, bool):
        return told
    if isinstance(told, str):
        return _text(told)[:_LONGEST_DETAIL]
    if isinstance(told, int | float) and abs(told) < _LARGEST_NUMBER:
        return told
    return None


def _bytes_of(told: Record) -> bytes:
    """Return the bytes of an embedded picture; empty if there is none. They are validated when the picture is stored."""
    data = told.get("data")
    if isinstance(data, str) and data.startswith("data:image/"):
        with suppress(ValueError):
            return b64decode(data.partition(",")[2].encode("ascii"), validate=True)
    return b""


def _state(told: object, role: Role, failure: Failure | None) -> MessageState:
    """Return the final state of a message. STREAMING, and FAILED without a reason, become INTERRUPTED."""
    if role is not Role.ASSISTANT:
        return MessageState.COMPLETE
    state = _word(MessageState, told, MessageState.COMPLETE)
    is_cut = state is MessageState.STREAMING or (state is MessageState.FAILED and failure is None)
    return MessageState.INTERRUPTED if is_cut else state


def _usage(told: object) -> Usage | None:
    if not isinstance(told, dict):
        return None
    usage = Usage.of(told)
    return usage if usage != Usage() else None


def _moment(told: object) -> datetime:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
        if moment and moment.tzinfo:
            return moment.astimezone(UTC)
    return datetime.now(UTC)


def _word[Word: StrEnum](words: type[Word], told: object, unknown: Word) -> Word:
    return words(told) if isinstance(told, str) and told in set(words) else unknown


def name_in(record: Record, key: str) -> str:
    """Return a name from a record as a single line."""
    told = record.get(key)
    return clean_line(told)[:_LONGEST_NAME] if isinstance(told, str) else ""


def _text(told: object) -> str:
    text = told[:_LONGEST_TEXT] if isinstance(told, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


MOST_MESSAGES = 100_000
LONGEST_LINE = 256 * 1024 * 1024
"""Maximum bytes of a line between the processes: a message with all pictures that a file may contain."""
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ChatHead:
    """The header before the messages. `head` is the ID in the file of the last message of the shown path."""

    title: str
    head: str
    skipped: int
    """Number of messages that are damaged or in a cycle."""
    settings: ChatSettings = NO_SETTINGS


def write_chat(path: Path, tell: Callable[[bytes], object]) -> None:
    """Read a file and write its content as lines, each message after its parent. Invalid content raises no exception."""
    name = shown_name(path.name)
    try:
        for record in _records(read_bytes(path), name):
            tell(_line(record))
    except ImportRefused as error:
        tell(_line({"refused": error.problem, "file": name, "detail": error.detail}))
    except MemoryError:
        tell(_line({"refused": ImportProblem.GAVE_UP, "file": name, "detail": ""}))


def heard(line: bytes) -> ChatHead | ImportedMessage | ImportRefused:
    """Return the content of a line. Raises ValueError if it is invalid."""
    try:
        return _heard(json.loads(line))
    except (KeyError, TypeError) as error:
        raise ValueError("not part of a chat") from error


def _heard(record: Any) -> ChatHead | ImportedMessage | ImportRefused:  # noqa: ANN401 - parsed JSON
    if "refused" in record:
        return ImportRefused(ImportProblem(record["refused"]), record["file"], record["detail"])
    if "head" in record:
        return ChatHead(record["title"], record["head"], record["skipped"], from_record(record["settings"]))
    return imported(record["message"])


def _records(data: bytes, name: str) -> Iterator[Record]:
    try:
        text = text_of(data)
    except ImportRefused as refused:
        raise ImportRefused(refused.problem, name) from refused
    told = parsed(text)
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ImportRefused(ImportProblem.UNKNOWN, name)
    version = told.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ImportRefused(ImportProblem.DAMAGED, name)
    if version > VERSION:
        raise ImportRefused(ImportProblem.NEWER, name)
    messages = told.get("messages")
    if not isinstance(messages, list) or not messages or len(messages) > MOST_MESSAGES:
        raise ImportRefused(ImportProblem.DAMAGED, name)
    named = [each for each in messages if isinstance(each, dict) and name_in(each, "id")]
    ordered = parents_first(named, lambda each: name_in(each, "id"), lambda each: name_in(each, "parent"))
    if not ordered:
        raise ImportRefused(ImportProblem.DAMAGED, name)
    title = told.get("title")
    title = clean_line(title)[:_LONGEST_TITLE] if isinstance(title, str) else ""
    yield {
        "head": name_in(told, "head"),
        "title": title,
        "skipped": len(messages) - len(ordered),
        "settings": told.get("settings") if version > 1 else None,
    }
    yield from ({"message": each} for each in ordered)


def _line(record: Record) -> bytes:
    return json.dumps(record).encode("ascii") + b"\n"
