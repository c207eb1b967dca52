"""The messages that refer to documents; those to one document are found by the hash of its text."""

import sqlite3
from collections.abc import Callable, Iterable

from chatdesk.kernel.chat.attachments import from_record
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.stored_values import from_json

_TEXT = "CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.text_sha256') END"
"""The expression of the index in `migrations/m0019_texts_of_documents.py`."""
_MESSAGES = """
    messages.id, conversation_id, metadata, messages.deleted_at IS NOT NULL OR conversations.deleted_at IS NOT NULL AS is_deleted
    FROM parts JOIN messages ON messages.number = message_number JOIN conversations ON conversations.id = conversation_id
    WHERE kind = 'file'
"""
_ALL = f"SELECT messages.number, {_MESSAGES} ORDER BY messages.number"
_FIRST = f"SELECT min(messages.number), {_MESSAGES} AND state != 'streaming' AND NOT is_deleted"
_FIRST_IN_CHATS = f"{_FIRST} AND {_TEXT} = ? GROUP BY conversation_id"
_FIRST_OF_EACH = f"{_FIRST} GROUP BY conversation_id, {_TEXT}"
_Row = tuple[int, str, str, str, int]


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


def texts_of_documents(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the hashes of the texts of all documents, including those in the trash."""
    rows = connection.execute(f"SELECT DISTINCT {_TEXT} FROM parts WHERE kind = 'file'")  # noqa: S608 - a fixed expression
    return frozenset(text for (text,) in rows if isinstance(text, str) and text)


def named(connection: sqlite3.Connection, is_wanted: Callable[[str], bool]) -> tuple[DocumentMessage, ...]:
    """Return the first message with a document in each chat, for documents with a wanted name. What is in the trash is left out."""
    documents = _documents_in(connection.execute(_FIRST_OF_EACH))
    return tuple(each for each in documents if is_wanted(each.document.name))


def messages_with_documents(connection: sqlite3.Connection) -> tuple[DocumentMessage, ...]:
    """Return all messages with documents, the oldest first, including those in the trash; one with several documents several times."""
    return _documents_in(connection.execute(_ALL))


def messages_with(connection: sqlite3.Connection, text_sha256s: Iterable[str]) -> tuple[DocumentMessage, ...]:
    """Return the first message with a document in each chat, for documents with these texts. What is in the trash is left out."""
    return _documents_in(row for each in text_sha256s for row in connection.execute(_FIRST_IN_CHATS, (each,)))


def _documents_in(rows: Iterable[_Row]) -> tuple[DocumentMessage, ...]:
    found = []
    for number, message_id, conversation_id, metadata, is_deleted in rows:
        document = from_record(from_json(metadata), is_document=True)
        if isinstance(document, DocumentPart):
            found.append(DocumentMessage(number, message_id, conversation_id, document, bool(is_deleted)))
    return tuple(found)
