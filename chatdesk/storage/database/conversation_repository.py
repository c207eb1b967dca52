"""Conversations and folders in the database. Messages are in `message_repository.py`."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from chatdesk.kernel.chat import applied_presets as applied_record
from chatdesk.kernel.chat.attachments import from_records, to_records
from chatdesk.kernel.chat.conversation import Conversation, Draft, Folder, TitleOrigin
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.message import Attachment
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context import context_plan as context_record
from chatdesk.kernel.models import parameters
from chatdesk.storage.database.stored_values import (
    IS_A_TIME,
    MAX_ORDER_VALUE,
    from_json,
    from_model,
    from_time,
    from_word,
    real,
    to_json,
    to_model,
    to_text,
    to_time,
)

# Folders of chats, and the assignment of chats to them.


class FolderRepository:
    """The repository of folders. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list(self) -> tuple[Folder, ...]:
        """Return the folders in their order, without those in the trash (`chat_trash.py`)."""
        rows = self._connection.execute(
            "SELECT id, name, position, preset_key, server_id, model_id, collapsed, instructions FROM folders "
            "WHERE deleted_at IS NULL ORDER BY position, id"
        )
        return tuple(
            Folder(
                id_, name, real(position), preset_key, from_model(server_id, model_id), bool(collapsed), instructions
            )
            for id_, name, position, preset_key, server_id, model_id, collapsed, instructions in rows
        )

    def save(self, folder: Folder) -> None:
        """Save a folder, new or changed."""
        values = (
            to_text(folder.name),
            folder.position,
            to_text(folder.preset_key),
            *to_model(folder.model),
            folder.collapsed,
            to_text(folder.instructions),
            folder.id,
        )
        changed = self._connection.execute(
            "UPDATE folders SET name = ?, position = ?, preset_key = ?, server_id = ?, model_id = ?, collapsed = ?, "
            "instructions = ? WHERE id = ?",
            values,
        )
        if not changed.rowcount:
            self._connection.execute(
                "INSERT INTO folders (name, position, preset_key, server_id, model_id, collapsed, instructions, id) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def place(self, conversations: Sequence[Conversation]) -> None:
        """Save the folder and the pinned state of chats."""
        self._connection.executemany(
            "UPDATE conversations SET folder_id = (SELECT id FROM folders WHERE id = ?), pinned = ? WHERE id = ?",
            [(chat.folder_id, chat.pinned, chat.id) for chat in conversations],
        )


_SELECT = """
    SELECT id, title, created_at, updated_at, head_id, server_id, model_id, draft, draft_pictures, system_prompt, preset,
        pinned, deleted_at, folder_id, thinking, parameters, context, queued, unread_id,
        answer_length, title_origin
    FROM conversations
"""


class ConversationRepository:
    """The repository of conversations. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, conversation: Conversation) -> None:
        """Add a conversation as the newest one of the list. Raise `sqlite3.IntegrityError` if the id already exists."""
        self._connection.execute(
            "INSERT INTO conversations (id, title, created_at, updated_at, head_id, server_id, model_id, draft, draft_pictures, "
            "system_prompt, preset, pinned, deleted_at, thinking, folder_id, parameters, context, queued, unread_id, "
            "answer_length, title_origin, activity) "
            "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM folders WHERE id = ?), ?, ?, ?, ?, ?, ?, "
            "1 + coalesce(max(activity), 0) FROM conversations WHERE activity < ?",
            (
                conversation.id,
                to_text(conversation.title),
                to_time(conversation.created_at),
                to_time(conversation.updated_at),
                conversation.head_id,
                *to_model(conversation.model),
                to_text(conversation.draft),
                _to_attachments(conversation.draft_attachments),
                to_text(conversation.instructions),
                to_text(applied_record.to_json(conversation.preset)),
                conversation.pinned,
                _deleted_at(conversation),
                conversation.thinking,
                conversation.folder_id,
                _to_parameters(conversation.parameters),
                to_text(context_record.to_json(conversation.context)),
                _to_queue(conversation.queued),
                conversation.unread_id,
                conversation.answer_length,
                conversation.title_origin,
                MAX_ORDER_VALUE,
            ),
        )

    def get(self, conversation_id: str) -> Conversation:
        """Return the conversation, even if it is in the trash. Raise `KeyError` if it does not exist."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (conversation_id,)).fetchone()
        if row is None:
            raise KeyError(conversation_id)
        return _conversation(row)

    def list(self) -> tuple[Conversation, ...]:
        """Return all conversations that are not in the trash, the one with the newest message first, regardless of the clock."""
        rows = self._connection.execute(f"{_SELECT} WHERE deleted_at IS NULL ORDER BY activity DESC")
        return tuple(_conversation(row) for row in rows)

    def order(self) -> tuple[str, ...]:
        """Return the ids of all conversations that are not in the trash, the one with the newest message last."""
        rows = self._connection.execute("SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY activity")
        return tuple(id_ for (id_,) in rows)

    def update(self, conversation: Conversation) -> bool:
        """Save all properties of a conversation, including title, pinned state and trash. Return False if it does not exist.

        A head that is not one of its messages, or is in the trash, is ignored: the stored one is kept, so the chat never appears empty.
        """
        row = self._connection.execute("SELECT number FROM conversations WHERE id = ?", (conversation.id,)).fetchone()
        if row is None:
            return False
        (number,) = row
        self._connection.execute(
            "UPDATE conversations SET title = :title, title_origin = :title_origin, created_at = :created_at, "
            "updated_at = :updated_at, server_id = :server_id, model_id = :model_id, draft = :draft, draft_pictures = :draft_pictures, "
            "system_prompt = :system_prompt, preset = :preset, pinned = :pinned, deleted_at = :deleted_at, thinking = :thinking, "
            "folder_id = (SELECT id FROM folders WHERE id = :folder_id), parameters = :parameters, context = :context, "
            "queued = :queued, unread_id = :unread_id, answer_length = :answer_length, head_id = CASE WHEN :head_id IS NULL "
            "OR :head_id IN (SELECT id FROM messages WHERE conversation_id = :id AND deleted_at IS NULL) "
            "THEN :head_id ELSE head_id END WHERE number = :number",
            {
                "number": number,
                "id": conversation.id,
                "title": to_text(conversation.title),
                "title_origin": conversation.title_origin,
                "created_at": to_time(conversation.created_at),
                "updated_at": to_time(conversation.updated_at),
                "head_id": conversation.head_id,
                **dict(zip(("server_id", "model_id"), to_model(conversation.model), strict=True)),
                "draft": to_text(conversation.draft),
                "draft_pictures": _to_attachments(conversation.draft_attachments),
                "system_prompt": to_text(conversation.instructions),
                "preset": to_text(applied_record.to_json(conversation.preset)),
                "pinned": conversation.pinned,
                "deleted_at": _deleted_at(conversation),
                "folder_id": conversation.folder_id,
                "thinking": conversation.thinking,
                "parameters": _to_parameters(conversation.parameters),
                "context": to_text(context_record.to_json(conversation.context)),
                "queued": _to_queue(conversation.queued),
                "unread_id": conversation.unread_id,
                "answer_length": conversation.answer_length,
            },
        )
        return True

    def remove_empty(self, conversation_id: str) -> bool:
        """Remove a conversation that has no messages, not even in the trash. Return whether it did."""
        removed = self._connection.execute(
            "DELETE FROM conversations WHERE id = :id AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = :id)",
            {"id": conversation_id},
        )
        return removed.rowcount > 0

    def hidden(self) -> tuple[str, ...]:
        """Return the ids of hidden chats (`hidden_chats.py`). They have two marks; a single one means damaged data."""
        rows = self._connection.execute(
            "SELECT id FROM conversations WHERE hidden_by IS NOT NULL AND deleted_at IS NOT NULL"
        )
        return tuple(id_ for (id_,) in rows)

    def trashed_before(self, moment: datetime) -> tuple[str, ...]:
        """Return the ids of chats that were moved to the trash before a time."""
        rows = self._connection.execute(
            f"SELECT id FROM conversations WHERE deleted_at < ? AND deleted_at {IS_A_TIME} AND hidden_by IS NULL",  # noqa: S608
            (to_time(moment),),
        )
        return tuple(id_ for (id_,) in rows)


def _thinking(word: str | None) -> Thinking | None:
    """Return the thinking level of a stored value; None for an unknown one written by a newer program."""
    try:
        return Thinking(word) if word else None
    except ValueError:
        return None


def _deleted_at(conversation: Conversation) -> str | None:
    return to_time(conversation.deleted_at) if conversation.deleted_at else None


def _to_attachments(attachments: tuple[Attachment, ...]) -> str:
    return to_json({"pictures": to_records(attachments)}) if attachments else ""


def _to_queue(queued: tuple[Draft, ...]) -> str:
    if not queued:
        return ""
    return to_json({"questions": [{"text": each.text, "pictures": to_records(each.attachments)} for each in queued]})


def queue_from(stored: str) -> tuple[Draft, ...]:
    """Return the queued questions from the column's value."""
    questions = from_json(stored).get("questions") if stored else None
    records = [each for each in questions if isinstance(each, dict)] if isinstance(questions, list) else []
    return tuple(Draft(str(each.get("text", "")), from_records(each.get("pictures"))) for each in records)


def _to_parameters(chosen: parameters.Parameters) -> str:
    record = parameters.to_record(chosen)
    return to_json(record) if record else ""


_Row = tuple[
    str,
    str,
    str,
    str,
    str | None,
    str | None,
    str | None,
    str,
    str,
    str,
    str,
    int,
    str | None,
    str | None,
    str | None,
    str,
    str,
    str,
    str,
    str,
    str,
]


def _conversation(row: _Row) -> Conversation:
    (
        id_,
        title,
        created_at,
        updated_at,
        head_id,
        server_id,
        model_id,
        draft,
        draft_pictures,
        instructions,
        preset,
        pinned,
        deleted_at,
        folder_id,
        thinking,
        own_parameters,
        context,
        queued,
        unread_id,
        answer_length,
        title_origin,
    ) = row
    return Conversation(
        id=id_,
        title=title,
        created_at=from_time(created_at),
        updated_at=from_time(updated_at),
        head_id=head_id,
        model=from_model(server_id, model_id),
        draft=draft,
        draft_attachments=from_records(from_json(draft_pictures).get("pictures")) if draft_pictures else (),
        instructions=instructions,
        preset=applied_record.from_json(preset),
        pinned=bool(pinned),
        deleted_at=from_time(deleted_at) if deleted_at else None,
        folder_id=folder_id,
        thinking=_thinking(thinking),
        parameters=parameters.from_record(from_json(own_parameters)),
        context=context_record.from_json(context),
        queued=queue_from(queued),
        unread_id=unread_id,
        answer_length=from_word(AnswerLength, answer_length, unknown=AnswerLength.DEFAULT),
        title_origin=from_word(TitleOrigin, title_origin, unknown=TitleOrigin.USER),
    )
