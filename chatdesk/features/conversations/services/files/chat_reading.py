"""A chat out of the JSON file that `chat_json.py` writes, or that somebody says it wrote.

Two halves: `tell_chat` reads the file in a process of its own and tells it line by line; `heard` makes a value of such a line. What of a
message is taken: `message_reading.py`; of the chat: `chat_settings.py`. Keys that are not known are left out.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from chatdesk.features.conversations.domain.chat_order import parents_first
from chatdesk.features.conversations.services.files.chat_json import FORMAT, VERSION
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings, from_record
from chatdesk.features.conversations.services.files.message_reading import ImportedMessage, Record, imported, name_in
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.files import read_bytes, shown_name
from chatdesk.features.presets.importing.foreign_text import parsed, text_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

MOST_MESSAGES = 100_000
LONGEST_LINE = 256 * 1024 * 1024
"""Bytes between the two processes: a message with all the pictures that one file may hold."""
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ChatHead:
    """What is told before the messages. `head` is the file's own name of the last message of the path that was shown."""

    title: str
    head: str
    skipped: int
    """Messages that are damaged, or follow each other in a circle."""
    settings: ChatSettings = NO_SETTINGS


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
