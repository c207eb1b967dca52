"""Chatdesk's own files, of all versions: one chat, or several in an archive or a folder.

Their records pass through as they are; `services/files/chat_reading.py` reads them, and `services/files/chat_json.py` has written them.
Chats and messages keep their IDs, so a chat that is here already is recognised. A chat is put
into the folder that its file names, else into that of the file.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from posixpath import commonpath

from chatdesk.features.conversations.domain.chat_order import parents_first
from chatdesk.features.conversations.importing.chat_records import ChatSummary, OwnChat, Record
from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, Loss, Program, stable_id, time_of
from chatdesk.features.conversations.importing.json_elements import JsonElements, UnreadableElement, first_keys
from chatdesk.features.conversations.importing.message_order import MAX_MESSAGES, forest
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.limits import MAX_FILE_BYTES
from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

FORMAT = "chatdesk-chat"
VERSION = 2
"""The newest version. Older ones are read, newer ones are refused."""
_ENDING = ".json"
_MOST_LOOKED_AT = 50
"""Maximum number of files in a folder or archive that are looked at to recognise it."""
_ID = re.compile(r"[0-9a-f]{32}")
_DOCUMENTS = ("texts", "files")
_MAX_DOCUMENTS = 1_000
"""Maximum number of texts, and of files, in one chat."""


def recognize(source: Source) -> bool:
    """Return whether a file, or one of the first files of a folder or archive, is a chat of Chatdesk.

    A folder with many other files is none of chats: it may be a project that has a chat among its samples.
    """
    files = _files(source)
    return 2 * len(files) >= len(source.files) and any(_is_own(source, file) for file in files[:_MOST_LOOKED_AT])


def _files(source: Source) -> Sequence[SourceFile]:
    return source.only or [file for file in source.files if file.base.lower().endswith(_ENDING)]


def _is_own(source: Source, file: SourceFile) -> bool:
    outline = source.outline(file)
    return f'"{FORMAT}"'.encode() in outline and "format" in first_keys(outline)


def read(source: Source) -> Iterator[OwnChat | DamagedChat]:
    """Yield the chat of each file."""
    files = [file for file in _files(source) if _is_own(source, file)]
    folders = [file.name.rpartition("/")[0] for file in files]
    above = commonpath(folders) if folders and all(folders) else ""  # what holds all of them is no folder of chats
    for file, folder in zip(files, folders, strict=True):
        try:
            yield _chat(_content(source, file), folder.removeprefix(above).strip("/").rpartition("/")[2])
        except ImportRefused as error:
            if source.only or error.problem is ImportProblem.NEWER:
                raise
            yield DamagedChat(PurePath(file.base).name.removesuffix(".json").removesuffix(".chatdesk"))


def _content(source: Source, file: SourceFile) -> Record:
    """Return the content of a file, of which large parts are read one by one."""
    inside = ("messages", "documents", *(f"documents.{kind}" for kind in _DOCUMENTS))
    content: dict[str, object] = {}
    messages: list[object] = []
    documents: list[Record] = []
    left = dict.fromkeys(_DOCUMENTS, _MAX_DOCUMENTS)
    with source.open(file, MAX_FILE_BYTES) as stream:
        for path, value in JsonElements(stream).nested(*inside):
            group, _, key = path.partition(".")
            if isinstance(value, UnreadableElement):
                raise value.error
            if path == "messages":
                messages.append(value)
            elif group == "documents":
                kind, _, name = key.partition(".")
                if is_sha256(name) and left.get(kind, 0) > 0:
                    left[kind] -= 1
                    documents.append({kind: name, "content": value})
            else:
                content[path] = value
    return {**content, "messages": messages, "documents": documents}


def _chat(content: Record, folder: str) -> OwnChat:
    version = content.get("version")
    if content.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ImportRefused(ImportProblem.DAMAGED)
    if version > VERSION:
        raise ImportRefused(ImportProblem.NEWER)
    listed = list_in(content, "messages")
    ordered = _in_order([each for each in listed if isinstance(each, dict)])
    if not ordered or len(listed) > MAX_MESSAGES:
        raise ImportRefused(ImportProblem.DAMAGED)
    chat_id = _own_id(text_in(content, "id")) or _derived_id(ordered)
    ids = {key: _own_id(key) or stable_id(Program.CHATDESK, chat_id, key) for key in ordered}
    messages = [{**each, "id": ids[key], "parent": ids.get(parent)} for key, (parent, each) in ordered.items()]
    damaged = len(listed) - len(ordered)
    times = [time for each in messages if (time := time_of(each.get("created_at")))]
    settings = record_in(content, "settings")
    summary = ChatSummary(
        chat_id,
        text_in(content, "title"),
        len(messages),
        sum(text_in(part, "kind") == "image" and bool(text_in(part, "data")) for part in _parts(messages)),
        len({_identity(part) for part in _parts(messages) if text_in(part, "kind") == "file"}),
        text_in(content, "folder") or folder,
        pinned=content.get("pinned") is True,
        created_at=time_of(content.get("created_at")) or min(times, default=None),
        updated_at=time_of(content.get("updated_at")) or max(times, default=None),
        lost={Loss.DAMAGED_MESSAGE: damaged} if damaged else {},
        message_ids=tuple(ids.values()),
        has_instructions=bool(text_in(settings, "instructions").strip() or settings.get("preset")),
    )
    head: Record = {
        "chat": chat_id,
        "message_ids": summary.message_ids,
        "head": ids.get(text_in(content, "head"), ""),
        "title": summary.title,
        "created_at": summary.created_at.isoformat() if summary.created_at else None,
        "updated_at": summary.updated_at.isoformat() if summary.updated_at else None,
        "pinned": summary.pinned,
        "settings": content.get("settings") if version > 1 else None,
        "instructions": content.get("instructions") if version > 1 else None,
    }
    documents = [each for each in list_in(content, "documents") if isinstance(each, dict)] if version > 1 else []
    return OwnChat(summary, (head, *documents, *({"message": each} for each in messages), {"end": chat_id}))


def _in_order(messages: Iterable[Mapping[str, object]]) -> dict[str, tuple[str, Mapping[str, object]]]:
    """Return the messages that have an ID by that in the file, each with the ID of its parent, which comes before it.

    Otherwise they keep the order of the file, which is that in which they were written.
    """
    named = [each for each in messages if text_in(each, "id")]
    found = forest(named, lambda each: text_in(each, "id"), lambda each: text_in(each, "parent"))
    names = parents_first((text_in(each, "id") for each in named), str, lambda name: found[name][0])
    return {name: found[name] for name in names}


def _derived_id(ordered: Mapping[str, tuple[str, Record]]) -> str:
    """Return the ID of a chat that has none: that of its first message, with what it says if it comes from another program."""
    first, (_, message) = next(iter(ordered.items()))
    return stable_id(Program.CHATDESK, first, *([] if _own_id(first) else [json.dumps(message, sort_keys=True)]))


def _own_id(name: str) -> str:
    """Return a name that is an ID as Chatdesk makes them; empty for any other one."""
    return name if _ID.fullmatch(name) else ""


def _parts(messages: list[dict[str, object]]) -> Iterator[Record]:
    for message in messages:
        yield from (part for part in list_in(message, "parts") if isinstance(part, dict))


def _identity(part: Record) -> str:
    return text_in(part, "sha256", "text_sha256") or f"{text_in(part, 'name')}\n{text_in(part, 'text')}"
