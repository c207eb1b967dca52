"""Chatbox: its backup is one JSON object with everything it stores, under the keys of its storage.

Each chat is under `session:<id>`; old versions have a list `chat-sessions` instead. A chat has its messages, earlier `threads`, each of
which becomes a chat, and alternatives: `messageForksHash` has, for a message, the lists of messages that may follow it; the list in use is
empty there, because the messages contain it. Contents of files and pictures have keys of their own, if they were exported at all.

Switching to another thread gives the previous one a new ID. A thread is therefore identified by its first message.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
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
    Spool,
    instructions_of,
    picture_in,
    spool,
    tool_parts,
)
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer, foreign_server, vendor_of
from chatdesk.features.conversations.importing.json_elements import JsonElements
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.fast_dataclass import dataclass

_BEGINS = re.compile(
    rb'\s*\{.*(?<!\\)"(?:session:[^"]{1,100}|chat-sessions(?:-list)?|(?:chat|picture)-session-settings|__exported_items|myCopilots)"\s*:',
    re.DOTALL,
)
_OUTLINE = 1024 * 1024
_SESSION, _OLD_SESSIONS, _FOLDERS = "session:", "chat-sessions", "session-folders"
_SETTINGS = "settings"
_OLD_SETTINGS = {
    "openai": ("apiHost", "openaiKey"),
    "azure": ("azureEndpoint", "azureApikey"),
    "claude": ("claudeApiHost", "claudeApiKey"),
    "gemini": ("geminiAPIHost", "geminiAPIKey"),
    "deepseek": ("", "deepseekAPIKey"),
    "siliconflow": ("", "siliconCloudKey"),
    "groq": ("", "groqAPIKey"),
}
"""The settings of a provider in versions before 1.13: its address and its key."""
_SHOWN_MODEL = re.compile(r".*\((.+)\)", re.DOTALL)
"""The model as shown, such as `OpenAI API (gpt-5)`."""
_SYSTEM = "system"


def recognize(source: Source) -> bool:
    """Return whether a file is a backup of Chatbox."""
    return next(_backups(source), None) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss | ForeignServer]:
    """Yield the servers and chats of a backup. It is read twice, because chats may come before the pictures that they refer to."""
    for file in _backups(source):
        with spool(source.failures) as blobs:
            yield from _read(source, file, blobs)


def _backups(source: Source) -> Iterator[SourceFile]:
    return (file for file in source.candidates(".json") if _BEGINS.match(source.outline(file, _OUTLINE)))


def _read(source: Source, file: SourceFile, blobs: Spool) -> Iterator[ForeignChat | DamagedChat | Loss | ForeignServer]:
    named = set[str]()
    settings: Mapping[str, object] = {}
    folders: Mapping[str, str] = {}
    for key, value in _members(source, file):
        if isinstance(value, str):
            blobs.add(key, value)
        elif key.startswith(_SESSION) and isinstance(value, dict):
            named.add(text_in(value, "id") or key.removeprefix(_SESSION))
        elif key == _SETTINGS and isinstance(value, dict):
            settings = value
        elif key == _FOLDERS and isinstance(value, list):
            folders = {text_in(each, "id"): text_in(each, "name") for each in map(_record, value)}
    yield from _servers(settings)
    for key, value in _members(source, file):
        if key.startswith(_SESSION):
            yield from _chats(value, key.removeprefix(_SESSION), blobs, folders)
        elif key == _OLD_SESSIONS and (not isinstance(value, dict) or text_in(value, "id") not in named):
            yield from _chats(value, "", blobs, folders)


def _servers(settings: Mapping[str, object]) -> Iterator[ForeignServer]:
    """Yield the servers of the settings: `providers` by their names, of which `customProviders` describes the user's own."""
    own = {text_in(each, "id"): each for each in map(_record, list_in(settings, "customProviders"))}
    providers = record_in(settings, "providers")
    for name in dict.fromkeys((*providers, *own)):
        provider, about = record_in(providers, name), own.get(name, {})
        defaults = record_in(about, "defaultSettings") or about
        address = text_in(provider, "apiHost", "endpoint") or text_in(defaults, "apiHost", "host")
        key = text_in(provider, "apiKey") or text_in(defaults, "apiKey", "key")
        if server := foreign_server(Program.CHATBOX, name, address, key, about):
            yield server
    for name, (address, key) in _OLD_SETTINGS.items():
        if name not in providers and text_in(settings, key):
            old = foreign_server(Program.CHATBOX, name, text_in(settings, address), text_in(settings, key), {})
            if old:
                yield old


def _members(source: Source, file: SourceFile) -> Iterator[tuple[str, object]]:
    """Yield the members of the object, but the chats of the old list one by one."""
    with source.open(file) as stream:
        yield from JsonElements(stream).nested(_OLD_SESSIONS)


def _chats(
    session: object, key: str, blobs: Spool, folders: Mapping[str, str]
) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield a chat and the earlier threads in it."""
    if not isinstance(session, dict):
        yield damaged_chat(session)
        return
    session_id, name = text_in(session, "id") or key, text_in(session, "name")
    reading = _Reading(blobs, dict(record_in(session, "messageForksHash")))
    folder = folders.get(text_in(session, "folderId"), "")
    is_hidden = session.get("hidden") is True
    current = {"name": text_in(session, "threadName"), "messages": list_in(session, "messages")}
    for thread in (*list_in(session, "threads"), current):
        if isinstance(thread, dict):
            messages = list_in(thread, "messages")
            chat = reading.chat(_chat_id(session_id, messages), text_in(thread, "name") or name, messages)
            is_pinned = thread is current and session.get("starred") is True
            yield (
                replace(chat, pinned=is_pinned, folder=folder, archived=is_hidden)
                if isinstance(chat, ForeignChat)
                else chat
            )


def _chat_id(session_id: str, messages: Sequence[object]) -> str:
    """Return the ID of a thread: that of the session with the one of the first message that is said in it."""
    shown_messages = (
        each for each in map(_record, messages) if text_in(each, "role") in ROLES and each.get("isSummary") is not True
    )
    return "/".join(filter(None, (session_id, text_in(next(shown_messages, {}), "id"))))


@dataclass(slots=True)
class _Reading:
    """Reads the chats of one session. `forks` are removed as they are used, so that none can lead back to itself."""

    blobs: Spool
    forks: dict[str, object]

    def chat(self, chat_id: str, title: str, records: Sequence[object]) -> ForeignChat | Loss:
        losses: list[Loss] = []
        instructions: list[str] = []
        found: dict[str, ForeignMessage] = {}
        head = ""
        shown = iter(records)
        pending = [("", shown)]
        while pending:
            parent, listed = pending.pop()
            for record in listed:
                if not isinstance(record, dict):
                    losses.append(Loss.DAMAGED_MESSAGE)
                    continue
                if text_in(record, "role") == _SYSTEM:
                    instructions.append(
                        "\n".join(part.text for part in self._parts(record, losses) if isinstance(part, TextPart))
                    )
                elif message := self._message(record, parent, str(len(found)), losses):
                    if message.id in found:
                        losses.append(Loss.DAMAGED_MESSAGE)
                        continue
                    found[message.id] = message
                    parent = message.id
                    head = parent if listed is shown else head
                if alternatives := self._alternatives(record):
                    before, after = alternatives
                    pending += [(parent, iter(each)) for each in reversed(after)]
                    pending.append((parent, listed))
                    pending += [(parent, iter(each)) for each in reversed(before)]
                    break
        if not found:
            return Loss.EMPTY_CHAT
        return ForeignChat(
            Program.CHATBOX,
            chat_id,
            title,
            tuple(found.values()),
            head,
            instructions=instructions_of(instructions),
            lost=counted_losses(losses),
        )

    def _alternatives(self, record: Mapping[str, object]) -> tuple[list[list[object]], list[list[object]]] | None:
        """Return the lists of messages that may follow a message, before and after the one in use; None if there are none."""
        fork = self.forks.pop(text_in(record, "id"), None)
        if not isinstance(fork, dict):
            return None
        lists = [list_in(each, "messages") if isinstance(each, dict) else [] for each in list_in(fork, "lists")]
        position = count(fork.get("position")) or 0
        return lists[:position], lists[position + 1 :]

    def _message(
        self, record: Mapping[str, object], parent: str, number: str, losses: list[Loss]
    ) -> ForeignMessage | None:
        role = ROLES.get(text_in(record, "role"))
        if record.get("isSummary") is True:  # made for a model whose context was full; what it sums up is there
            return None
        if role is None:
            losses.append(Loss.DAMAGED_MESSAGE)
            return None
        is_answer = role is Role.ASSISTANT
        model = text_in(record, "model") if is_answer else ""
        shown = _SHOWN_MODEL.fullmatch(model)
        return ForeignMessage(
            text_in(record, "id") or number,
            parent,
            role,
            tuple(self._parts(record, losses)),
            time_of(record.get("timestamp")),
            shown[1] if shown else model,
            vendor_of(text_in(record, "aiProvider")) if is_answer else "",
            _usage(record) if is_answer else None,
            is_interrupted=is_answer and (record.get("generating") is True or bool(text_in(record, "error"))),
        )

    def _parts(self, record: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignPart]:
        yield from self._files(record, losses)
        contents = record.get("contentParts")
        if thought := text_in(record, "reasoningContent"):
            yield ReasoningPart(thought)
        if not isinstance(contents, list):
            if text := text_in(record, "content"):
                yield TextPart(text)
            contents = []
        for each in (*contents, *({"type": "image", **_record(value)} for value in list_in(record, "pictures"))):
            yield from self._part(_record(each), losses)

    def _part(self, part: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignPart]:
        match part.get("type"):
            case "text" if text := text_in(part, "text"):
                yield TextPart(text)
            case "reasoning" if text := text_in(part, "text"):
                yield ReasoningPart(text, count(part.get("duration")) or 0)
            case "image":
                stored = self.blobs.first(text_in(part, "storageKey"))
                yield picture_in(text_in(part, "url") or (stored if isinstance(stored, str) else ""), losses)
            case "tool-call":
                yield from tool_parts(
                    text_in(part, "toolCallId"), text_in(part, "toolName"), part.get("args"), part.get("result")
                )
            case _:
                pass  # empty, or a note of the program about itself

    def _files(self, record: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignFile]:
        """Yield attached documents and web pages, of which Chatbox stores the text."""
        for each in map(_record, (*list_in(record, "files"), *list_in(record, "links"))):
            key = text_in(each, "storageKey")
            text = self.blobs.first(key) if key else None
            if isinstance(text, str) and text.strip():
                yield ForeignFile(text_in(each, "name", "title", "url"), text_in(each, "fileType"), text=text)
            else:
                losses.append(Loss.DOCUMENT)


def _record(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _usage(record: Mapping[str, object]) -> Usage | None:
    tokens = record_in(record, "usage")
    usage = Usage(
        prompt_tokens=count(tokens.get("inputTokens")),
        completion_tokens=count(tokens.get("outputTokens")) or count(record.get("tokenCount")),
        first_token_milliseconds=count(record.get("firstTokenLatency")),
        cached_prompt_tokens=count(tokens.get("cachedInputTokens")),
    )
    return usage if usage != Usage() else None
