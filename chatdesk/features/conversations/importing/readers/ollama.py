"""The desktop app of Ollama: a database `db.sqlite` with chats, messages, calls of tools and attachments (schema versions 2 to 18)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    in_sequence,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    ROLES,
    loss_of,
    media_type_of,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.message_order import joined_answers
from chatdesk.features.conversations.importing.source import MAX_ATTACHMENT_BYTES, Source, SourceFile, Tables
from chatdesk.features.presets.importing.entries import text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart, ToolResultPart
from chatdesk.kernel.fast_dataclass import dataclass

_NAME = "db.sqlite"
_SQLITE = b"SQLite format 3\0"
_MESSAGE_COLUMNS = (
    "id",
    "role",
    "content",
    "thinking",
    "model_name",
    "created_at",
    "thinking_time_start",
    "thinking_time_end",
    "tool_result",
)
_CALL_COLUMNS = ("id", "function_name", "function_arguments", "function_result")


def recognize(source: Source) -> bool:
    """Return whether a source is the database of the app, or a folder with it."""
    file = _database_of(source)
    if file is None or source.beginning(file, len(_SQLITE)) != _SQLITE:
        return False
    with source.database(file) as tables:
        return {"id", "title"} <= tables.columns("chats") and {"chat_id", "role"} <= tables.columns("messages")


def read(source: Source) -> Iterator[ForeignChat | Loss]:
    """Yield the chats."""
    file = _database_of(source)
    if file is None:
        return
    with source.database(file) as tables:
        for row in tables.rows("chats", ("id", "title", "created_at"), order=("created_at",)):
            yield _chat(row, tables)


def _database_of(source: Source) -> SourceFile | None:
    return next(iter(source.only), None) or source.find(_NAME)


def _chat(row: Mapping[str, object], tables: Tables) -> ForeignChat | Loss:
    losses: list[Loss] = []
    reading = _Reading(tables, losses)
    rows = tables.rows("messages", _MESSAGE_COLUMNS, equal=("chat_id", row.get("id")), order=("id",))
    found = [message for each in list(rows) if (message := reading.message(each))]
    messages, _ = joined_answers(in_sequence(found), "", losses)
    if not messages:
        return Loss.EMPTY_CHAT
    return ForeignChat(
        Program.OLLAMA,
        text_in(row, "id"),
        text_in(row, "title"),
        messages,
        created_at=time_of(row.get("created_at")),
        lost=counted_losses(losses),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    tables: Tables
    losses: list[Loss]

    def message(self, row: Mapping[str, object]) -> ForeignMessage | None:
        """Return the message of a row; None if it is none."""
        role = ROLES.get(text_in(row, "role"))
        if role is None:
            self.losses.append(Loss.DAMAGED_MESSAGE)
            return None
        is_answer = role is Role.ASSISTANT
        return ForeignMessage(
            str(row.get("id")),
            "",
            role,
            tuple(self._parts(row, role)),
            time_of(row.get("created_at")),
            text_in(row, "model_name") if is_answer else "",
            "ollama" if is_answer else "",
        )

    def _parts(self, row: Mapping[str, object], role: Role) -> Iterator[ForeignPart]:
        text = text_in(row, "content")
        if role is Role.TOOL:
            yield ToolResultPart("", text or text_in(row, "tool_result"))
            return
        if thought := text_in(row, "thinking"):
            yield ReasoningPart(thought, _milliseconds(row))
        if role is Role.ASSISTANT:
            yield from thought_and_text(text)
        elif text:
            yield TextPart(text)
        for call in self.tables.rows("tool_calls", _CALL_COLUMNS, equal=("message_id", row.get("id")), order=("id",)):
            yield from tool_parts(
                f"call-{call.get('id')}",
                text_in(call, "function_name"),
                call.get("function_arguments"),
                call.get("function_result"),
            )
        for each in self.tables.rows(
            "attachments", ("filename", "data"), equal=("message_id", row.get("id")), order=("id",)
        ):
            yield from self._attachment(each)

    def _attachment(self, row: Mapping[str, object]) -> Iterator[ForeignFile]:
        name, data = text_in(row, "filename"), row.get("data")
        media_type = media_type_of(name)
        loss = loss_of(media_type)
        if loss in {Loss.PICTURE, Loss.DOCUMENT} and isinstance(data, bytes) and 0 < len(data) <= MAX_ATTACHMENT_BYTES:
            yield ForeignFile(name, media_type, data, is_picture=loss is Loss.PICTURE)
        else:
            self.losses.append(loss)


def _milliseconds(row: Mapping[str, object]) -> int:
    began, ended = time_of(row.get("thinking_time_start")), time_of(row.get("thinking_time_end"))
    return max(0, (ended - began) // timedelta(milliseconds=1)) if began and ended else 0
