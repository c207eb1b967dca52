"""What the import process does with chats: it reports what a file contains, or sends the chosen chats. Answers are lines of JSON.

The program's side is `services/files/chat_imports.py`. A file is read twice instead of being kept in memory while the user chooses.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from chatdesk.features.conversations.importing.chat_records import (
    ChatSummary,
    OwnChat,
    Record,
    chat_id,
    records_of,
    summary_of,
)
from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, FolderKind, ForeignChat, Loss, Program
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.parts import Part, parts_of
from chatdesk.features.conversations.importing.programs import chats_in
from chatdesk.features.conversations.importing.source import OpenDatabase, Source, open_source
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused, unreadable

Write = Callable[[bytes], object]
_MAX_TITLE_LENGTH = 200
_CHATS = ForeignChat | OwnChat
_LINE_BYTES = 64 * 1024
"""Records are sent in lines of about this size: a line for each would keep the program busy with receiving."""


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source has been recognised. `number` is its index among the chosen paths; `size` is in bytes."""

    number: int
    program: Program
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something outside the chats is left out, or a chat that cannot be read."""

    loss: Loss
    chat: DamagedChat | None = None
    """Of `DAMAGED_CHAT`, what is known of the chat."""


Preview = SourceRead | ChatSummary | LeftOut | ForeignServer | ImportRefused
"""What is reported of a source before an import."""


def preview(paths: Sequence[Path], open_database: OpenDatabase, write: Write) -> None:
    """Report what the files, archives and folders contain. Invalid content raises no exception."""
    for number, path in enumerate(paths):
        with _refusals_reported(path, write), open_source(path, open_database) as source:
            parts = parts_of(source)
            if not parts:
                raise _unknown(source)
            for part in parts:
                with _refusals_of_part(parts, path, write):
                    _preview_part(part, number, write)
            for error in source.unreadable:
                _refuse(error, source.name, write)


def _preview_part(part: Part, number: int, write: Write) -> None:
    source = part.source
    write(_line({"source": number, "program": part.reader.program, "name": source.name, "size": source.size}))
    for found in chats_in(part.reader, source):
        match found:
            case ForeignChat() | OwnChat():
                write(_line(_summary_record(summary_of(found))))
            case DamagedChat():
                write(_line(_damaged_record(found)))
            case ForeignServer():
                write(_line({"server": {**asdict(found), "key": ""}}))
            case _:
                write(_line({"left_out": found}))


def send(paths: Sequence[Path], chosen: Collection[str], open_database: OpenDatabase, write: Write) -> None:
    """Send the chats with these IDs as the records of `chat_records.py`, several in a line. Invalid content raises no exception.

    A chat that is in several files is sent several times, because one of them may have more messages.
    """
    wanted = frozenset(chosen)
    for path in paths:
        with _refusals_reported(path, write), open_source(path, open_database) as source:
            parts = parts_of(source)
            if not parts:
                raise _unknown(source)
            for part in parts:
                with _refusals_of_part(parts, path, write):
                    chats = (found for found in chats_in(part.reader, part.source) if isinstance(found, _CHATS))
                    records = (record for chat in chats if chat_id(chat) in wanted for record in records_of(chat))
                    for line in _lines(records):
                        write(line)
            for error in source.unreadable:
                _refuse(error, source.name, write)


def send_key(paths: Sequence[Path], server: str, open_database: OpenDatabase, write: Write) -> None:
    """Send the key of the server with this ID, which the user has asked for. Invalid content raises no exception."""
    for path in paths:
        with suppress(ImportRefused, MemoryError, OSError), open_source(path, open_database) as source:
            for found in (found for part in parts_of(source) for found in part.reader.read(part.source)):
                if isinstance(found, ForeignServer) and found.id == server and found.key:
                    write(_line({"key": found.key}))
                    return


def parse_key(line: bytes) -> str:
    """Return the key in a line of `send_key`. Raises ValueError if it is invalid."""
    record = json.loads(line)
    if not isinstance(record, dict) or not isinstance(key := record.get("key"), str):
        raise ValueError("not a key")  # noqa: TRY004 - as announced
    return key


def _lines(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield lines that are lists of records."""
    waiting, size = list[bytes](), 0
    for record in records:
        waiting.append(json.dumps(record).encode("ascii"))
        size += len(waiting[-1])
        if size >= _LINE_BYTES:
            yield b"[" + b",".join(waiting) + b"]\n"
            waiting, size = [], 0
    if waiting:
        yield b"[" + b",".join(waiting) + b"]\n"


@contextmanager
def _refusals_reported(path: Path, write: Write) -> Iterator[None]:
    name = shown_name(path.name)
    try:
        yield
    except ImportRefused as error:
        _refuse(error, name, write)
    except MemoryError:
        write(_line({"refused": ImportProblem.GAVE_UP, "file": name, "detail": ""}))
    except OSError as error:
        _refuse(unreadable(error, name), name, write)


def _refusals_of_part(parts: Sequence[Part], path: Path, write: Write) -> AbstractContextManager[None]:
    """Report why one of several parts cannot be read, so that the next one is."""
    return _refusals_reported(path, write) if len(parts) > 1 else nullcontext()


def _unknown(source: Source) -> ImportRefused:
    """Return why a source without chats is refused: what cannot be read of a folder may be what would be recognised."""
    return source.unreadable[0] if source.unreadable else ImportRefused(ImportProblem.UNKNOWN, source.name)


def _refuse(error: ImportRefused, name: str, write: Write) -> None:
    write(_line({"refused": error.problem, "file": error.file or name, "detail": error.detail}))


def parse_preview(line: bytes) -> Preview:
    """Return what a line of `preview` reports. Raises ValueError if it is invalid."""
    try:
        record = json.loads(line)
        if "refused" in record:
            return ImportRefused(ImportProblem(record["refused"]), record["file"], record["detail"])
        if "source" in record:
            return SourceRead(record["source"], Program(record["program"]), record["name"], record["size"])
        if "server" in record:
            return ForeignServer(**record["server"])
        return _left_out(record) if "left_out" in record else _summary(record)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not part of a preview") from error


def _damaged_record(chat: DamagedChat) -> Record:
    return {"left_out": Loss.DAMAGED_CHAT, "title": chat.title[:_MAX_TITLE_LENGTH], "number": chat.number}


def _left_out(record: Mapping[str, object]) -> LeftOut:
    loss = Loss(str(record["left_out"]))
    if loss is not Loss.DAMAGED_CHAT:
        return LeftOut(loss)
    title = clean_line(str(record.get("title", "")))[:_MAX_TITLE_LENGTH]
    return LeftOut(loss, DamagedChat(title, int(str(record.get("number", 0)))))


def _summary_record(summary: ChatSummary) -> Record:
    return {
        "id": summary.id,
        "title": summary.title[:_MAX_TITLE_LENGTH],
        "messages": summary.messages,
        "pictures": summary.pictures,
        "documents": summary.documents,
        "folder": summary.folder[:_MAX_TITLE_LENGTH],
        "pinned": summary.pinned,
        "created_at": summary.created_at.isoformat() if summary.created_at else None,
        "updated_at": summary.updated_at.isoformat() if summary.updated_at else None,
        "lost": summary.lost,
        "message_ids": summary.message_ids,
        "instructions": summary.has_instructions,
        "folder_kind": summary.folder_kind,
    }


def _summary(record: Mapping[str, object]) -> ChatSummary:
    def time(key: str) -> datetime | None:
        value = record[key]
        return datetime.fromisoformat(value) if isinstance(value, str) else None

    def number(key: str) -> int:
        return int(str(record[key]))

    lost = record["lost"]
    ids = record["message_ids"]
    return ChatSummary(
        str(record["id"]),
        clean_line(str(record["title"]))[:_MAX_TITLE_LENGTH],
        number("messages"),
        number("pictures"),
        number("documents"),
        clean_line(str(record["folder"]))[:_MAX_TITLE_LENGTH],
        record["pinned"] is True,
        time("created_at"),
        time("updated_at"),
        {Loss(kind): int(count) for kind, count in lost.items()} if isinstance(lost, dict) else {},
        tuple(map(str, ids)) if isinstance(ids, list) else (),
        record["instructions"] is True,
        FolderKind(str(record["folder_kind"])),
    )


def _line(record: Record) -> bytes:
    return json.dumps(record).encode("ascii") + b"\n"
