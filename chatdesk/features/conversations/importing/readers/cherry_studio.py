"""Cherry Studio, version 1: backups with `data.json`, which holds the two storages of its browser engine.

`localStorage` has the assistants and the names of their topics, as JSON texts inside a JSON text; `indexedDB` has the messages of each
topic, and from version 4 of the format their contents as blocks. Contents of files are in `Data/Files`. The oldest backups (`.bak`) are one
compressed JSON file. Late backups of version 1 hold a browser database, which only Cherry Studio can read.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import IO, cast

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    damaged_chat,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    ROLES,
    Attachments,
    Spool,
    embedded_file,
    fenced,
    files_in,
    instructions_of,
    plain,
    sources_part,
    spool,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer, foreign_server, vendor_of
from chatdesk.features.conversations.importing.json_elements import JsonElements, Readable, UnreadableElement
from chatdesk.features.conversations.importing.source import BoundedStream, Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

DATABASES = ("cherrystudio.sqlite", "backup.sqlite")
"""Names of the database of version 2, see `cherry_database.py`."""
ATTACHMENT_FOLDERS = ("Files", "files", "resources")
_DATA = "data.json"
_BEGINS = re.compile(rb'\s*\{[^{\[]{0,2000}"(?:localStorage|indexedDB)"\s*:')
_BROWSER_STORAGE = ("IndexedDB/", "Local Storage/")
_BEGINNING = 64 * 1024
_GZIP, _GZIP_WINDOW = b"\x1f\x8b", 31
_STORE = "persist:cherry-studio"
_TOPIC, _BLOCK, _ENTRY = "indexedDB.topics", "indexedDB.message_blocks", "indexedDB"
_STORAGE = "localStorage"
_UNFINISHED = frozenset({"sending", "pending", "searching", "processing", "paused", "error"})
_DEFAULT_ASSISTANT = "default"


def recognize(source: Source) -> bool:
    """Return whether a source is a backup of version 1, or the data folder of one."""
    if source.find(*DATABASES):
        return False
    file = _data_of(source)
    if file is None:
        return _is_browser_storage(source)
    beginning = source.beginning(file, _BEGINNING)
    if beginning.startswith(_GZIP):
        try:
            beginning = zlib.decompressobj(_GZIP_WINDOW).decompress(beginning, _BEGINNING)
        except zlib.error:
            return False
    return _BEGINS.match(beginning) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss | ForeignServer]:
    """Yield the servers and chats of a backup, which is read twice, because topics may come before the contents of their messages."""
    file = _data_of(source)
    if file is None:
        raise ImportRefused(ImportProblem.UNREADABLE_BACKUP)
    with spool(source.failures) as blocks:
        topics: dict[str, _Topic] = {}
        for path, value in _members(source, file):
            if path == _BLOCK and isinstance(value, dict):
                blocks.add(text_in(value, "id"), value)
            elif path == _BLOCK and isinstance(value, UnreadableElement):
                yield Loss.DAMAGED_MESSAGE
            elif path == _STORAGE and isinstance(value, UnreadableElement):
                raise value.error  # it has the names of all chats
            elif path == _STORAGE and isinstance(value, dict):
                topics = {topic.id: topic for topic in _topics(value)}
                yield from _servers(value)
        reading = _Reading(blocks, Attachments(source, files_in(source, *ATTACHMENT_FOLDERS)), topics)
        for path, value in _members(source, file):
            if path == _TOPIC:
                yield reading.chat(value)
            elif path == _ENTRY and isinstance(value, dict) and text_in(value, "key").startswith("topic:"):
                yield reading.chat(value.get("value"))
            elif path == _ENTRY and isinstance(value, UnreadableElement):
                yield damaged_chat(value)


def _data_of(source: Source) -> SourceFile | None:
    return next((each for each in source.only), None) or source.find(_DATA)


def _is_browser_storage(source: Source) -> bool:
    """Return whether the files are those of a browser engine. A folder must be named after the program: others have them, too."""
    names = [file.name for file in source.files]
    is_named = source.is_archive or "cherry" in source.name.lower()
    return is_named and all(any(part in f"/{name}" for name in names) for part in map("/{}".format, _BROWSER_STORAGE))


@contextmanager
def _opened(source: Source, file: SourceFile) -> Iterator[Readable]:
    is_compressed = source.beginning(file, 2) == _GZIP
    with source.open(file) as stream:
        if not is_compressed:
            yield stream
            return
        try:
            with gzip.GzipFile(fileobj=cast("IO[bytes]", stream)) as unpacked:  # it is read in one go
                yield BoundedStream(unpacked)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error


def _members(source: Source, file: SourceFile) -> Iterator[tuple[str, object]]:
    with _opened(source, file) as stream:
        yield from JsonElements(stream).nested(_ENTRY, _TOPIC, _BLOCK)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What Cherry Studio stores of a chat apart from its messages."""

    id: str
    name: str
    folder: str
    instructions: str
    pinned: bool
    created_at: object
    updated_at: object


def _topics(storage: Mapping[str, object]) -> Iterator[_Topic]:
    """Yield the topics of all assistants; the name of the assistant is the folder, unless it is the default one."""
    store = _inner(text_in(storage, _STORE))
    assistants = _inner(text_in(store, "assistants"))
    for assistant in (*list_in(assistants, "assistants"), assistants.get("defaultAssistant")):
        if not isinstance(assistant, dict):
            continue
        is_default = text_in(assistant, "id") == _DEFAULT_ASSISTANT
        for topic in list_in(assistant, "topics"):
            if isinstance(topic, dict):
                yield _Topic(
                    text_in(topic, "id"),
                    text_in(topic, "name"),
                    "" if is_default else text_in(assistant, "name"),
                    instructions_of((text_in(assistant, "prompt"), text_in(topic, "prompt"))),
                    topic.get("pinned") is True,
                    topic.get("createdAt"),
                    topic.get("updatedAt"),
                )


def _servers(storage: Mapping[str, object]) -> Iterator[ForeignServer]:
    """Yield the providers with a key, and those that the user has added."""
    providers = _inner(text_in(_inner(text_in(storage, _STORE)), "llm"))
    for each in list_in(providers, "providers"):
        if not isinstance(each, dict):
            continue
        key = text_in(each, "apiKey").partition(",")[0]
        if key or each.get("isSystem") is not True:
            about = {"name": text_in(each, "name"), "vendor": text_in(each, "type")}
            if server := foreign_server(
                Program.CHERRY_STUDIO, text_in(each, "id"), text_in(each, "apiHost"), key, about
            ):
                yield server


def _inner(text: str) -> Mapping[str, object]:
    value: object = None
    with suppress(ImportRefused):  # the messages can be read without it
        value = parsed(text) if text else None
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class _Reading:
    blocks: Spool
    attachments: Attachments
    topics: Mapping[str, _Topic]

    def chat(self, value: object) -> ForeignChat | DamagedChat | Loss:
        if not isinstance(value, dict):
            return damaged_chat(value)
        losses: list[Loss] = []
        placed, head = _placed([self._message(each, losses) for each in list_in(value, "messages")])
        if not placed:
            return Loss.EMPTY_CHAT
        topic_id = text_in(value, "id")
        topic = self.topics.get(topic_id)
        return ForeignChat(
            Program.CHERRY_STUDIO,
            topic_id or placed[0].id,
            (topic.name if topic else "") or text_in(value, "name"),
            tuple(placed),
            head,
            time_of(topic.created_at if topic else value.get("createdAt")),
            time_of(topic.updated_at if topic else value.get("updatedAt")),
            pinned=topic.pinned if topic else False,
            folder=topic.folder if topic else "",
            instructions=topic.instructions if topic else "",
            lost=counted_losses(losses),
        )

    def _message(self, record: object, losses: list[Loss]) -> "_Answered | None":
        if not isinstance(record, dict):
            losses.append(Loss.DAMAGED_MESSAGE)
            return None
        if record.get("type") == "clear":  # where the user began a new context
            return None
        role = ROLES.get(text_in(record, "role"))
        if role is None:
            losses.append(Loss.DAMAGED_MESSAGE)
            return None
        is_answer = role is Role.ASSISTANT
        model = record_in(record, "model")
        message = ForeignMessage(
            text_in(record, "id"),
            "",
            role,
            tuple(self._parts(record, losses)),
            time_of(record.get("createdAt")),
            (text_in(model, "id") or text_in(record, "modelId")) if is_answer else "",
            vendor_of(text_in(model, "provider")) if is_answer else "",
            _usage(record_in(record, "usage"), record_in(record, "metrics")) if is_answer else None,
            is_interrupted=is_answer and text_in(record, "status") in _UNFINISHED,
        )
        return _Answered(message, text_in(record, "askId") if is_answer else "", record.get("foldSelected") is True)

    def _parts(self, record: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignPart]:
        if text := text_in(record, "content"):  # up to version 3
            if thought := text_in(record, "reasoning_content"):
                yield ReasoningPart(thought)
            yield from thought_and_text(text)
        for file in (*list_in(record, "files"), *list_in(record, "images")):
            kind = "image" if isinstance(file, str) else "file"
            yield from block_parts({"type": kind, "file": file, "url": file}, self.attachments, losses)
        for block_id in list_in(record, "blocks"):
            block = block_id if isinstance(block_id, dict) else self.blocks.first(str(block_id))
            if isinstance(block, dict):
                yield from block_parts(block, self.attachments, losses)
        yield from sources_part(record_in(record, "metadata"))


@dataclass(frozen=True, slots=True)
class _Answered:
    """A message with the question that it answers, if that is stored, and whether it is shown among several answers."""

    message: ForeignMessage
    question: str
    is_shown: bool


def _placed(found: Iterable[_Answered | None]) -> tuple[list[ForeignMessage], str]:
    """Return the messages with their parents, and the last one that is shown: several answers to one question are alternatives."""
    placed: list[ForeignMessage] = []
    first: dict[str, ForeignMessage] = {}
    shown: dict[str, str] = {}
    tip = ""
    for number, each in enumerate(found):
        if each is None:
            continue
        message = replace(each.message, id=each.message.id or str(number))
        earlier = first.get(each.question)
        placed.append(replace(message, parent=earlier.parent if earlier else tip))
        if earlier is None or (each.is_shown and tip == shown[each.question]):
            tip = message.id
        if each.question and (earlier is None or each.is_shown):
            first.setdefault(each.question, placed[-1])
            shown[each.question] = message.id
    return placed, tip


def block_parts(block: Mapping[str, object], attachments: Attachments, losses: list[Loss]) -> Iterator[ForeignPart]:
    """Yield the parts of a block."""
    text = text_in(block, "content")
    match block.get("type"):
        case "main_text" | "translation" | "compact" | "unknown" if text:
            yield TextPart(text)
        case "thinking" if text:
            yield ReasoningPart(text, count(block.get("thinking_millsec")) or count(block.get("thinkingMs")) or 0)
        case "code" if text:
            yield TextPart(fenced(text, text_in(block, "language")))
        case "image" | "file" as kind:
            yield from _files(block, kind == "image", attachments, losses)
        case "tool":
            raw = record_in(record_in(block, "metadata"), "rawMcpToolResponse")
            yield from tool_parts(
                text_in(block, "toolId"),
                text_in(block, "toolName") or text_in(record_in(raw, "tool"), "name"),
                block.get("arguments") or raw.get("arguments"),
                block.get("content") or raw.get("response"),
            )
        case "citation":
            yield from sources_part(block.get("response"), block.get("knowledge"))
        case "video":
            losses.append(Loss.VIDEO)
        case _:
            pass  # empty, or an error message


def _files(
    block: Mapping[str, object], is_picture: bool, attachments: Attachments, losses: list[Loss]
) -> Iterator[ForeignPart]:
    file = record_in(block, "file")
    made = record_in(record_in(block, "metadata"), "generateImageResponse")
    addresses = [text_in(block, "url"), *(plain(each) for each in list_in(made, "images"))]
    embedded = [found for address in addresses if (found := embedded_file(address))]
    if embedded:
        yield from embedded
        return
    names = [text_in(block, "fileId"), text_in(file, "name"), text_in(file, "id"), text_in(file, "path")]
    shown = text_in(file, "origin_name", "name")
    media_type = "image/png" if is_picture and "." not in shown else ""
    yield from attachments.part(names, shown, media_type, losses)


def _usage(usage: Mapping[str, object], metrics: Mapping[str, object]) -> Usage | None:
    found = Usage(
        count(usage.get("prompt_tokens")),
        count(usage.get("completion_tokens")),
        total_milliseconds=count(metrics.get("time_completion_millsec")),
        first_token_milliseconds=count(metrics.get("time_first_token_millsec")),
    )
    return found if found != Usage() else None
