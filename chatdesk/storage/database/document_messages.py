"""The messages that refer to documents; those to one document are found by the hash of its text."""

import sqlite3
from collections.abc import Iterable

from chatdesk.kernel.chat.attachments import from_record
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.stored_values import from_json

_TEXT = "CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.text_sha256') END"
"""The expression of the index in `migrations/m0019_texts_of_documents.py`."""
_FIRST_IN_CHATS = f"""
    SELECT min(messages.number), messages.id, conversation_id, metadata FROM parts
    JOIN messages ON messages.number = message_number JOIN conversations ON conversations.id = conversation_id
    WHERE kind = 'file' AND {_TEXT} = ?
    AND state != 'streaming' AND messages.deleted_at IS NULL AND conversations.deleted_at IS NULL
    GROUP BY conversation_id
"""  # noqa: S608 - a fixed expression
_ALL = """
    SELECT messages.number, messages.id, conversation_id, metadata, messages.deleted_at IS NOT NULL OR conversations.deleted_at IS NOT NULL
    FROM parts JOIN messages ON messages.number = message_number JOIN conversations ON conversations.id = conversation_id
    WHERE kind = 'file' ORDER BY messages.number
"""


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """A message with a document: the first one of its chat. `number` orders the messages of all chats."""

    number: int
    message_id: str
    conversation_id: str
    document: DocumentPart
    is_deleted: bool = False
    """Whether the message or its chat is in the trash."""


def has_documents(connection: sqlite3.Connection) -> bool:
    """Return whether any message has a document."""
    return connection.execute("SELECT 1 FROM parts WHERE kind = 'file' LIMIT 1").fetchone() is not None


def all_documents(connection: sqlite3.Connection) -> tuple[DocumentPart, ...]:
    """Return a document for each text that messages refer to, including those in the trash."""
    rows = connection.execute(f"SELECT metadata FROM parts WHERE kind = 'file' GROUP BY {_TEXT}")  # noqa: S608 - a fixed expression
    found = (from_record(from_json(metadata), is_document=True) for (metadata,) in rows)
    return tuple(each for each in found if isinstance(each, DocumentPart) and each.text_sha256)


def messages_with_documents(connection: sqlite3.Connection) -> tuple[DocumentMessage, ...]:
    """Return all messages with documents, the oldest first, including those in the trash; one with several documents several times."""
    found = []
    for number, message_id, conversation_id, metadata, is_deleted in connection.execute(_ALL):
        document = from_record(from_json(metadata), is_document=True)
        if isinstance(document, DocumentPart):
            found.append(DocumentMessage(number, message_id, conversation_id, document, bool(is_deleted)))
    return tuple(found)


def messages_with(connection: sqlite3.Connection, text_sha256s: Iterable[str]) -> tuple[DocumentMessage, ...]:
    """Return the first message with a document in each chat, for documents with these texts. What is in the trash is left out."""
    found = []
    for sha256 in text_sha256s:
        for number, message_id, conversation_id, metadata in connection.execute(_FIRST_IN_CHATS, (sha256,)):
            document = from_record(from_json(metadata), is_document=True)
            if isinstance(document, DocumentPart):
                found.append(DocumentMessage(number, message_id, conversation_id, document))
    return tuple(found)
