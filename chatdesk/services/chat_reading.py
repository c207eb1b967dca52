"""A chat out of the JSON file that `chat_json.py` writes, or that somebody says it wrote: what of it is taken, each value looked at.

Two halves: `tell_chat` reads the file in a process of its own and tells it line by line; `imported` makes a message of such a line. Keys
that are not known are left out, and nothing of a file leads anywhere: no address, no server, no file of this computer.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.message import (
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.domain.model import ModelRef
from chatdesk.domain.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.domain.usage import Usage, count
from chatdesk.prompts.importing.files import read_bytes, shown_name
from chatdesk.prompts.importing.foreign_text import parsed, text_of
from chatdesk.prompts.plain_text import clean_line
from chatdesk.services.chat_json import FORMAT, VERSION

MOST_MESSAGES = 100_000
LONGEST_LINE = 256 * 1024 * 1024
"""Bytes between the two processes: a message with all the pictures that one file may hold."""
_LONGEST_TITLE = 200
_LONGEST_NAME = 300
_LONGEST_TEXT = 5_000_000
"""Characters of one part."""
_MOST_PARTS = 1_000

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChatHead:
    """What is told before the messages. `head` is the file's own name of the last message of the path that was shown."""

    title: str
    head: str
    skipped: int
    """Messages that are damaged, or follow each other in a circle."""


@dataclass(frozen=True, slots=True)
class ImportedMessage:
    """A message with names of its own file. Pictures are taken in later: `pictures` holds their bytes by the place of their part."""

    id: str
    parent: str
    message: Message
    pictures: Mapping[int, bytes]
    lost: int
    """Pictures and files that are named, but not in the file."""


def tell_chat(path: Path, tell: Callable[[bytes], object]) -> None:
    """Read a file and tell what is in it, as lines, no message before the one it follows. Never raises for what is in it."""
    name = shown_name(path.name)
    try:
        for record in _records(read_bytes(path), name):
            tell(_line(record))
    except ImportRefused as error:
        tell(_line({"refused": error.problem, "file": name, "detail": error.detail}))
    except MemoryError:
        tell(_line({"refused": ImportProblem.GAVE_UP, "file": name, "detail": ""}))


def heard(line: bytes) -> ChatHead | ImportedMessage | ImportRefused:
    """Return what a line tells. Raises `ValueError` or `KeyError` for half a line."""
    record = json.loads(line)
    if "refused" in record:
        return ImportRefused(ImportProblem(record["refused"]), record["file"], record["detail"])
    if "head" in record:
        return ChatHead(record["title"], record["head"], record["skipped"])
    return imported(record)


def imported(record: Record) -> ImportedMessage:
    """Make a message of what a file says of one; whatever is not as it should be is left out."""
    parts: list[Part] = []
    pictures: dict[int, bytes] = {}
    lost = 0
    told = record.get("parts")
    for each in (told if isinstance(told, list) else [])[:_MOST_PARTS]:
        if not isinstance(each, dict):
            continue
        part = _part(each)
        if part is None:
            lost += each.get("kind") in {"image", "file"}
        else:
            if isinstance(part, ImagePart):
                pictures[len(parts)] = _bytes_of(each)
            parts.append(part)
    role = _word(Role, record.get("role"), Role.ASSISTANT)
    model = _name(record, "model")
    message = Message(
        id="",
        conversation_id="",
        parent_id=None,
        sequence=0,
        role=role,
        parts=tuple(parts),
        state=_state(record.get("state"), role),
        created_at=_moment(record.get("created_at")),
        model=ModelRef("", model) if model else None,
        usage=_usage(record.get("usage")),
        finish=_word(FinishReason, record["finish"], FinishReason.OTHER) if record.get("finish") else None,
    )
    return ImportedMessage(_name(record, "id"), _name(record, "parent"), message, pictures, lost)


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
    ordered = _parents_first([each for each in messages if isinstance(each, dict) and _name(each, "id")])
    if not ordered:
        raise ImportRefused(ImportProblem.DAMAGED, name)
    title = clean_line(_text(told.get("title")))[:_LONGEST_TITLE]
    yield {"head": _name(told, "head"), "title": title, "skipped": len(messages) - len(ordered)}
    yield from ordered


def _parents_first(messages: list[dict[str, object]]) -> list[Record]:
    """Return the messages so that none comes before the one it follows. One whose parent is not there begins a chat of its own.

    A second message of a name is left out, and so are those that follow each other in a circle.
    """
    named: dict[str, dict[str, object]] = {}
    for message in messages:
        named.setdefault(_name(message, "id"), message)
    waiting: dict[str, list[tuple[str, dict[str, object]]]] = {}
    ordered: list[Record] = []
    there: set[str] = set()
    for name, message in named.items():
        parent = _name(message, "parent")
        if parent in named and parent not in there:
            waiting.setdefault(parent, []).append((name, message))
            continue
        ready = [(name, message)]
        while ready:
            next_name, next_message = ready.pop()
            there.add(next_name)
            ordered.append(next_message)
            ready += reversed(waiting.pop(next_name, []))
    return ordered


def _part(told: Record) -> Part | None:
    text = _text(told.get("text"))
    match told.get("kind"):
        case "text":
            return TextPart(text, told.get("edited") is True, told.get("damaged") is True)
        case "reasoning":
            return ReasoningPart(text, count(told.get("milliseconds")) or 0, told.get("damaged") is True)
        case "image" if _bytes_of(told):
            return ImagePart("", "", _name(told, "name"))
        case "tool_call":
            return ToolCallPart(_name(told, "call_id"), _name(told, "name"), _text(told.get("arguments")))
        case "tool_result":
            return ToolResultPart(_name(told, "call_id"), text)
        case _:
            return None


def _bytes_of(told: Record) -> bytes:
    """Return the bytes of a picture that stands in the file; none where it does not. What they are is found out when it is taken in."""
    data = told.get("data")
    if isinstance(data, str) and data.startswith("data:image/"):
        with suppress(ValueError):
            return b64decode(data.partition(",")[2].encode("ascii"), validate=True)
    return b""


def _state(told: object, role: Role) -> MessageState:
    """Return how a message ended. One that was being written has ended, and why one failed does not stand in a file."""
    if role is not Role.ASSISTANT:
        return MessageState.COMPLETE
    state = _word(MessageState, told, MessageState.COMPLETE)
    return MessageState.INTERRUPTED if state in {MessageState.STREAMING, MessageState.FAILED} else state


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


def _name(record: Record, key: str) -> str:
    told = record.get(key)
    return clean_line(told)[:_LONGEST_NAME] if isinstance(told, str) else ""


def _text(told: object) -> str:
    text = told[:_LONGEST_TEXT] if isinstance(told, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _line(record: Record) -> bytes:
    return json.dumps(record).encode("ascii") + b"\n"
