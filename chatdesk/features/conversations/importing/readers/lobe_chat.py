"""LobeChat: an export is one JSON file with the rows of its tables.

Since 2025 they are in `data`, next to `schemaHash`; before, in `state`, next to `exportType` and `version`. A chat is a topic of a session;
messages outside topics form the default chat of their session. A session belongs to an agent, whose name is the folder and whose role is
the instructions; since version 2, a topic may name its agent itself, and messages form a tree. Attached files are not exported.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace

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
    plain,
    sources_part,
    spool,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer, foreign_server, vendor_of
from chatdesk.features.conversations.importing.json_elements import JsonElements, UnreadableElement
from chatdesk.features.conversations.importing.message_order import joined_answers
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.kernel.chat.message import Part, ReasoningPart, Role, TextPart, ToolResultPart
from chatdesk.kernel.chat.usage import Usage, count, rate
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_OLD = re.compile(
    rb'\s*\{(?=.{0,60000}"exportType"\s*:\s*"(?:agents|sessions|singleSession|settings|all)").*"state"\s*:', re.DOTALL
)
_TABLES = rb"(?:userSettings|userInstalledPlugins|agents|aiModels|aiProviders|messages|sessionGroups|sessions|topics)"
_NEW = re.compile(
    rb'\s*\{(?:\s*"(?:mode|schemaHash)"\s*:\s*"[^"]*"\s*,)*\s*"data"\s*:\s*\{\s*"' + _TABLES + rb'"\s*:\s*\['
)
_ROOTS = ("data", "state")
_SMALL_TABLES = ("aiProviders", "sessions", "topics", "agents", "agentsToSessions", "messagePlugins")
_MESSAGES = "messages"
_INBOX = "inbox"
_ARCHIVED = "archived"
"""The status of a topic that is out of sight. Others, such as `completed`, are shown among the topics."""
_DEFAULT, _AGENT_DEFAULT = "session:", "agent:"
"""Begin the key of the messages of a session, or of an agent without a session, outside topics."""
_LOADING = frozenset({"...", "…"})
"""The text of an answer that has not begun."""


def recognize(source: Source) -> bool:
    """Return whether a file is an export of LobeChat."""
    return next(_exports(source), None) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss | ForeignServer]:
    """Yield the servers and chats of an export."""
    for file in _exports(source):
        with spool(source.failures) as messages:
            tables = _tables(source, file, messages)
            yield from tables.unreadable
            yield from tables.servers()
            for key in messages.keys():  # noqa: SIM118 - no mapping
                if not tables.is_deleted(key):
                    yield tables.chat(key, messages)


def _exports(source: Source) -> Iterator[SourceFile]:
    for file in source.candidates(".json"):
        outline = source.outline(file)
        if _OLD.match(outline) or _NEW.match(outline):
            yield file


def _tables(source: Source, file: SourceFile, messages: Spool) -> "_Tables":
    """Read the tables; messages are stored by chat, outside memory."""
    tables = _Tables()
    inside = [*_ROOTS, *(f"{root}.{table}" for root in _ROOTS for table in (*_SMALL_TABLES, _MESSAGES))]
    with source.open(file) as stream:
        for path, row in JsonElements(stream).nested(*inside):
            table = path.partition(".")[2]
            if isinstance(row, UnreadableElement):
                tables.unreadable.append(Loss.DAMAGED_MESSAGE if table == _MESSAGES else damaged_chat(row))
            if not isinstance(row, dict) or path.partition(".")[0] not in _ROOTS:
                continue
            if table == _MESSAGES:
                messages.add(_chat_of(row), row)
            elif table in _SMALL_TABLES:
                tables.add(table, row)
    return tables


def _chat_of(message: Mapping[str, object]) -> str:
    """Return the key of the chat of a message."""
    session, agent = text_in(message, "sessionId"), text_in(message, "agentId")
    default = f"{_AGENT_DEFAULT}{agent}" if agent and not session else f"{_DEFAULT}{session or _INBOX}"
    return text_in(message, "topicId") or default


@dataclass(slots=True)
class _Tables:
    rows: dict[str, dict[str, Mapping[str, object]]] = field(
        default_factory=lambda: {name: {} for name in _SMALL_TABLES}
    )
    unreadable: list[DamagedChat | Loss] = field(default_factory=list)

    def add(self, table: str, row: Mapping[str, object]) -> None:
        key = "sessionId" if table == "agentsToSessions" else "id"
        self.rows[table].setdefault(text_in(row, key), row)

    def servers(self) -> Iterator[ForeignServer]:
        for name, row in self.rows["aiProviders"].items():
            vault = row.get("keyVaults")  # encrypted by servers of LobeChat, plain in browsers
            with suppress(ImportRefused):
                vault = parsed(vault) if isinstance(vault, str) else vault
            secrets = vault if isinstance(vault, dict) else {}
            about = {"name": text_in(row, "name"), "vendor": text_in(record_in(row, "settings"), "sdkType")}
            address, key = text_in(secrets, "baseURL", "endpoint"), text_in(secrets, "apiKey")
            if server := foreign_server(Program.LOBECHAT, name, address, key, about):
                yield server

    def is_deleted(self, key: str) -> bool:
        """Return whether a chat is in the trash, of which an export has everything."""
        topic = self.rows["topics"].get(key, {})
        return topic.get("isDeleted") is True or bool(topic.get("deletedAt"))

    def chat(self, key: str, messages: Spool) -> ForeignChat | Loss:
        losses: list[Loss] = []
        records = [each for each in messages.all(key) if isinstance(each, dict) and each.get("isDeleted") is not True]
        records.sort(key=_order)
        found = [message for each in records if (message := self._message(each, losses))]
        threads = {text_in(each, "id"): text_in(each, "threadId") for each in records}
        placed, last = _placed(found, threads)
        joined, head = joined_answers(placed, _shown_end(placed, last, threads, records), losses)
        if not joined:
            return Loss.EMPTY_CHAT
        topic = self.rows["topics"].get(key, {})
        session_id = text_in(topic, "sessionId") or text_in(records[0], "sessionId")
        session = self.rows["sessions"].get(session_id, {})
        agent = self._agent(topic, key, session_id)
        name = text_in(agent, "title") or text_in(session, "title") or text_in(record_in(session, "meta"), "title")
        role = text_in(agent, "systemRole") or text_in(record_in(session, "config"), "systemRole")
        is_inbox = _INBOX in {session_id, text_in(session, "slug"), text_in(agent, "slug")} or not (session_id or agent)
        return ForeignChat(
            Program.LOBECHAT,
            key,
            text_in(topic, "title"),
            joined,
            head,
            time_of(topic.get("createdAt")),
            time_of(topic.get("updatedAt")),
            pinned=topic.get("favorite") is True,
            folder="" if is_inbox else name,
            instructions=instructions_of((role,)),
            lost=counted_losses(losses),
            archived=text_in(topic, "status") == _ARCHIVED,
        )

    def _agent(self, topic: Mapping[str, object], key: str, session_id: str) -> Mapping[str, object]:
        link = self.rows["agentsToSessions"].get(session_id, {})
        own = key.removeprefix(_AGENT_DEFAULT) if key.startswith(_AGENT_DEFAULT) else text_in(topic, "agentId")
        return self.rows["agents"].get(own or text_in(link, "agentId"), {})

    def _message(self, record: Mapping[str, object], losses: list[Loss]) -> ForeignMessage | None:
        role = ROLES.get(text_in(record, "role"))
        if role is None:
            if text_in(record, "role") != "system":  # the role of the agent, which is read from there
                losses.append(Loss.DAMAGED_MESSAGE)
            return None
        is_answer = role is Role.ASSISTANT
        extra = record_in(record, "extra")
        return ForeignMessage(
            text_in(record, "id"),
            text_in(record, "parentId"),
            role,
            tuple(self._parts(record, role, losses)),
            time_of(record.get("createdAt")),
            (text_in(record, "model") or text_in(extra, "fromModel")) if is_answer else "",
            vendor_of(text_in(record, "provider") or text_in(extra, "fromProvider")) if is_answer else "",
            _usage(record_in(record, "usage"), record_in(record, "metadata")) if is_answer else None,
            is_interrupted=is_answer
            and (text_in(record, "content").strip() in _LOADING or isinstance(record.get("error"), dict)),
        )

    def _parts(self, record: Mapping[str, object], role: Role, losses: list[Loss]) -> Iterator[ForeignPart]:
        text = plain(record.get("content"))
        if role is Role.TOOL:
            plugin = self.rows["messagePlugins"].get(text_in(record, "id"), {})
            yield ToolResultPart(text_in(record, "tool_call_id") or text_in(plugin, "toolCallId"), text)
            return
        reasoning = record_in(record, "reasoning")
        if thought := text_in(reasoning, "content"):
            parts = _parts(thought, reasoning, losses)
            duration = count(reasoning.get("duration")) or 0
            yield ReasoningPart("\n\n".join(each for each in parts if isinstance(each, str)), duration)
            yield from (each for each in parts if isinstance(each, ForeignFile))
        for part in _parts(text, record_in(record, "metadata"), losses):
            yield from (part,) if isinstance(part, ForeignFile) else _texts(part, role)
        for each in list_in(record, "tools"):
            call = each if isinstance(each, dict) else {}
            name = "/".join(filter(None, (text_in(call, "identifier"), text_in(call, "apiName"))))
            yield from tool_parts(text_in(call, "id"), name, call.get("arguments"))
        for each in list_in(record, "imageList"):
            yield picture_in(text_in(each, "url") if isinstance(each, dict) else "", losses)
        losses += [Loss.DOCUMENT] * len(list_in(record, "files"))
        yield from sources_part(record_in(record, "search").get("citations"))


def _parts(text: str, about: Mapping[str, object], losses: list[Loss]) -> list[str | ForeignFile]:
    """Return the texts and pictures of a content. If it has pictures, it is a JSON text with a list."""
    value: object = None
    if about.get("isMultimodal") is True:
        with suppress(ImportRefused):
            value = parsed(text)
    if not isinstance(value, list):
        return [text]
    records = [each for each in value if isinstance(each, dict)]
    return [
        picture_in(text_in(each, "image"), losses) if text_in(each, "type") == "image" else text_in(each, "text")
        for each in records
    ]


def _texts(text: str, role: Role) -> tuple[Part, ...]:
    if text.strip() in {"", *_LOADING}:
        return ()
    return thought_and_text(text) if role is Role.ASSISTANT else (TextPart(text),)


def _order(record: Mapping[str, object]) -> float:
    moment = time_of(record.get("createdAt"))
    return moment.timestamp() if moment else 0


def _placed(messages: list[ForeignMessage], threads: Mapping[str, str]) -> tuple[list[ForeignMessage], str]:
    """Return messages in order of time with a parent for each, and the end of the main path.

    LobeChat names the question of an answer, but rarely the answer before a question. `threads` are the side threads of messages.
    """
    known: set[str] = set()
    placed: list[ForeignMessage] = []
    last: dict[str, str] = {}
    for message in messages:
        thread = threads.get(message.id, "")
        previous = last.get(thread) or last.get("", "")
        placed.append(message if message.parent in known else replace(message, parent=previous))
        known.add(message.id)
        last[thread] = message.id
    return placed, last.get("", "")


def _shown_end(
    messages: list[ForeignMessage], last: str, threads: Mapping[str, str], records: list[dict[str, object]]
) -> str:
    """Return the end of the path that is shown: a message may say by a number which of those that follow it is.

    Otherwise it is the one that leads to `last`. Results of tools are not counted, and side threads are not followed.
    """
    chosen = {text_in(each, "id"): record_in(each, "metadata").get("activeBranchIndex") for each in records}
    above = {message.id: message.parent for message in messages}
    children: dict[str, list[ForeignMessage]] = {}
    for message in messages:
        if not threads.get(message.id):
            children.setdefault(message.parent, []).append(message)
    leading = set[str]()
    while last and last not in leading:
        leading.add(last)
        last = above.get(last, "")
    end = ""
    while following := children.pop(end, []):
        branches = [each for each in following if each.role is not Role.TOOL]
        index = chosen.get(end)
        if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(branches):
            end = branches[index].id
        else:
            end = next((each.id for each in following if each.id in leading), following[-1].id)
    return end


def _usage(own: Mapping[str, object], metadata: Mapping[str, object]) -> Usage | None:
    """Return the tokens, which newer versions store in a column of their own, and the speed."""
    usage = own or record_in(metadata, "usage") or metadata
    speed = record_in(metadata, "performance") or metadata
    found = Usage(
        count(usage.get("totalInputTokens")),
        count(usage.get("totalOutputTokens")),
        rate(speed.get("tps")),
        first_token_milliseconds=count(speed.get("ttft")),
        cached_prompt_tokens=count(usage.get("inputCachedTokens")),
    )
    return found if found != Usage() else None
