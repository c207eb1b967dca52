"""The documents of all chats: how much space they take, and where they are used."""

from collections.abc import Sequence
from pathlib import Path

from chatdesk.kernel.chat.attachments import hashes_of
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.document_messages import DocumentMessage, messages_with_documents
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.attachment_files import AttachmentFiles


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with everything that is stored of it: the file, the texts that were read from it, and summaries. `size` is in bytes."""

    document: DocumentPart
    size: int
    messages: tuple[DocumentMessage, ...]
    """The first message of each chat with the document, the newest chat first; none if all are in the trash."""


def stored_documents(database: Path, files: AttachmentFiles) -> tuple[StoredDocument, ...]:
    """Return the documents that chats refer to, the largest first. Blocks. Raises `StorageError`."""
    with storage_errors(database), reader(database) as connection:
        messages = messages_with_documents(connection)
    by_document: dict[str, list[DocumentMessage]] = {}
    for message in messages:
        by_document.setdefault(message.document.identity, []).append(message)
    found = (_document(each, files) for each in by_document.values())
    return tuple(sorted(found, key=lambda each: each.size, reverse=True))


def _document(messages: Sequence[DocumentMessage], files: AttachmentFiles) -> StoredDocument:
    hashes = hashes_of([message.document for message in messages])
    firsts: dict[str, DocumentMessage] = {}
    for message in messages:
        if not message.is_deleted:
            firsts.setdefault(message.conversation_id, message)
    in_order = sorted(firsts.values(), key=lambda each: each.number, reverse=True)
    return StoredDocument(messages[-1].document, sum(map(files.size, hashes)), tuple(in_order))
