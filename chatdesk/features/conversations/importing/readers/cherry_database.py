"""Cherry Studio, version 2: an SQLite database, alone, in its data folder, or in a backup (`*.cherrybackup`, a ZIP archive).

The messages of a topic form a tree. Their content is JSON: `parts`, as in the AI SDK, or `blocks`, as in version 1, in early databases. The
schema changes often, so any column may be missing. Attached files are beside the database, named by their ids.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    ROLES,
    Attachments,
    embedded_file,
    fenced,
    files_in,
    instructions_of,
    sources_part,
    tool_parts,
)
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer, foreign_server, vendor_of
from chatdesk.features.conversations.importing.message_order import closest_shown, joined_answers
from chatdesk.features.conversations.importing.readers.cherry_studio import ATTACHMENT_FOLDERS, DATABASES, block_parts
from chatdesk.features.conversations.importing.source import Source, SourceFile, Tables
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_SQLITE = b"SQLite format 3\0"
_TOPIC_COLUMNS = (
    "id",
    "name",
    "assistant_id",
    "assistant_meta",
    "prompt",
    "active_node_id",
    "group_id",
    "is_pinned",
    "created_at",
    "updated_at",
)
_MESSAGE_COLUMNS = (
    "id",
    "parent_id",
    "role",
    "data",
    "status",
    "model_id",
    "model_meta",
    "model_snapshot",
    "stats",
    "created_at",
    "deleted_at",
)
_PROVIDER_COLUMNS = ("provider_id", "preset_provider_id", "name", "base_urls", "endpoint_configs", "api_keys")
_MODEL_SEPARATOR = "::"
"""Between the provider and the model in the id of a model."""


def recognize(source: Source) -> bool:
    """Return whether a source has a database of version 2."""
    file = _database_of(source)
    if file is None or source.beginning(file, len(_SQLITE)) != _SQLITE:
        return False
    if not source.only:
        return True
    with source.database(file) as tables:
        return bool(tables.columns("topic")) and "topic_id" in tables.columns("message")


def read(source: Source) -> Iterator[ForeignChat | Loss | ForeignServer]:
    """Yield the servers of a database, and its chats that are not deleted."""
    file = _database_of(source)
    if file is None:
        return
    attachments = Attachments(source, files_in(source, *ATTACHMENT_FOLDERS))
    with source.database(file) as tables:
        yield from _servers(tables)
        assistants = {row.get("id"): row for row in tables.rows("assistant", ("id", "name", "prompt"))}
        groups = {row.get("id"): text_in(row, "name") for row in tables.rows("group", ("id", "name"))}
        pinned = {row.get("entity_id") for row in tables.rows("pin", ("entity_id",), equal=("entity_type", "topic"))}
        for row in tables.rows("topic", _TOPIC_COLUMNS, without="deleted_at", order=("created_at",)):
            assistant = assistants.get(row.get("assistant_id"), {})
            folder = groups.get(row.get("group_id"), "") or text_in(assistant, "name")
            chat = _chat(row, tables, attachments)
            if isinstance(chat, ForeignChat):
                chat = replace(
                    chat,
                    pinned=bool(row.get("is_pinned")) or row.get("id") in pinned,
                    folder=folder or text_in(_json(row.get("assistant_meta")), "name"),
                    instructions=instructions_of((text_in(assistant, "prompt"), text_in(row, "prompt"))),
                )
            yield chat


def _database_of(source: Source) -> SourceFile | None:
    return next(iter(source.only), None) or source.find(*DATABASES)


def _chat(topic: Mapping[str, object], tables: Tables, attachments: Attachments) -> ForeignChat | Loss:
    losses: list[Loss] = []
    reading = _Reading(attachments, losses)
    rows = list(
        tables.rows("message", _MESSAGE_COLUMNS, equal=("topic_id", topic.get("id")), order=("created_at", "id"))
    )
    parents = {text_in(row, "id"): text_in(row, "parent_id") for row in rows}
    shown = {text_in(row, "id"): row for row in rows if row.get("deleted_at") is None and row.get("role") in ROLES}
    above = closest_shown(parents, shown)
    found = [reading.message(row, above[message_id]) for message_id, row in shown.items()]
    active = text_in(topic, "active_node_id")
    messages, head = joined_answers(found, active if active in shown else above.get(active, ""), losses)
    if not messages:
        return Loss.EMPTY_CHAT
    return ForeignChat(
        Program.CHERRY_STUDIO,
        text_in(topic, "id"),
        text_in(topic, "name"),
        messages,
        head,
        time_of(topic.get("created_at")),
        time_of(topic.get("updated_at")),
        lost=counted_losses(losses),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    attachments: Attachments
    losses: list[Loss]

    def message(self, row: Mapping[str, object], parent: str) -> ForeignMessage:
        role = ROLES[text_in(row, "role")]
        is_answer = role is Role.ASSISTANT
        model = _json(row.get("model_snapshot")) or _json(row.get("model_meta"))
        provider, separator, model_id = text_in(row, "model_id").partition(_MODEL_SEPARATOR)
        return ForeignMessage(
            text_in(row, "id"),
            parent,
            role,
            tuple(self._parts(_json(row.get("data")))),
            time_of(row.get("created_at")),
            (text_in(model, "id") or model_id or provider) if is_answer else "",
            vendor_of(text_in(model, "provider") or (provider if separator else "")) if is_answer else "",
            _usage(_json(row.get("stats"))) if is_answer else None,
            is_interrupted=is_answer and row.get("status") != "success",
        )

    def _parts(self, data: Mapping[str, object]) -> Iterator[ForeignPart]:
        parts = list_in(data, "parts")
        for each in parts or list_in(data, "blocks"):
            if isinstance(each, dict):
                yield from self._part(each) if parts else block_parts(each, self.attachments, self.losses)
        links = [each for each in parts if isinstance(each, dict) and each.get("type") == "source-url"]
        yield from sources_part(links)

    def _part(self, part: Mapping[str, object]) -> Iterator[ForeignPart]:
        kind, text = text_in(part, "type"), text_in(part, "text")
        own = record_in(record_in(part, "providerMetadata"), "cherry")
        match kind:
            case "text" if text:
                yield TextPart(text)
                yield from sources_part(own.get("references"))
            case "reasoning" if text:
                yield ReasoningPart(text, count(own.get("thinkingMs")) or 0)
            case "file":
                yield from self._file(part, text_in(own, "fileEntryId"))
            case "data-translation" | "data-compact" if content := text_in(record_in(part, "data"), "content"):
                yield TextPart(content)
            case "data-code" if content := text_in(record_in(part, "data"), "content"):
                yield TextPart(fenced(content, text_in(record_in(part, "data"), "language")))
            case "data-video":
                self.losses.append(Loss.VIDEO)
            case _ if kind == "dynamic-tool" or kind.startswith("tool-"):
                name = text_in(part, "toolName") or kind.removeprefix("tool-")
                result = part.get("output", part.get("errorText"))
                yield from tool_parts(text_in(part, "toolCallId"), name, part.get("input"), result)
            case _:
                pass  # empty, an error message, or a note of the program to itself

    def _file(self, part: Mapping[str, object], entry: str) -> Iterator[ForeignPart]:
        address, name = text_in(part, "url"), text_in(part, "filename")
        if embedded := embedded_file(address, name):
            yield embedded
        else:
            yield from self.attachments.part((entry, address), name, text_in(part, "mediaType"), self.losses)


def _servers(tables: Tables) -> Iterator[ForeignServer]:
    """Yield the providers with a key, and those that the user has added."""
    for row in tables.rows("user_provider", _PROVIDER_COLUMNS):
        keys = [
            each for each in _list(row.get("api_keys")) if isinstance(each, dict) and each.get("isEnabled") is not False
        ]
        key = next((text for each in keys if (text := text_in(each, "key"))), "")
        vendor = text_in(row, "preset_provider_id")
        if not key and vendor:
            continue
        addresses = [*_json(row.get("base_urls")).values()]
        addresses += [
            each.get("baseUrl") for each in _json(row.get("endpoint_configs")).values() if isinstance(each, dict)
        ]
        address = next((each for each in addresses if isinstance(each, str) and each), "")
        about = {"name": text_in(row, "name"), "vendor": vendor}
        if server := foreign_server(Program.CHERRY_STUDIO, text_in(row, "provider_id"), address, key, about):
            yield server


def _json(value: object) -> Mapping[str, object]:
    """Return the record of a column with JSON; empty if it is none."""
    found = _value(value)
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[object]:
    found = _value(value)
    return found if isinstance(found, list) else []


def _value(value: object) -> object:
    try:
        return parsed(value) if isinstance(value, str) and value else None
    except ImportRefused:
        return None


def _usage(stats: Mapping[str, object]) -> Usage | None:
    found = Usage(
        count(stats.get("promptTokens")),
        count(stats.get("completionTokens")),
        total_milliseconds=count(stats.get("timeCompletionMs")),
        first_token_milliseconds=count(stats.get("timeFirstTokenMs")),
    )
    return found if found != Usage() else None
