"""Pictures and documents sent with messages: stored, prepared for sending and removed when nothing refers to them.

Decoding and encoding of pictures need the UI layer, which passes in `prepare`; `documents.py` has the documents. Nothing here blocks the
event loop.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.incoming import require_picture, shown_name
from chatdesk.features.attachments.services.text_files import read_chosen_file
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES, MEDIA_TYPES, from_records, hashes_of
from chatdesk.kernel.chat.message import (
    PAGE_PICTURE_SIDE,
    Attachment,
    DocumentPart,
    ImagePart,
    PagePicture,
    SentPicture,
)
from chatdesk.kernel.chat.pictures import foreign_format, picture_format
from chatdesk.kernel.chat.request import Picture, PreparedPicture
from chatdesk.kernel.errors.attachment_errors import AttachmentError
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import (
    EDIT_DRAFTS,
    NEW_CHAT_ATTACHMENTS,
    QUICK_ATTACHMENTS,
    QUICK_EDIT_DRAFTS,
    Setting,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import Report as BackgroundReport
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.attachment_files import AttachmentFiles

if TYPE_CHECKING:
    from chatdesk.documents.process import Report
    from chatdesk.features.attachments.services.documents import Documents
    from chatdesk.features.attachments.services.stored_documents import StoredDocument
    from chatdesk.kernel.documents.document_text import DocumentText

_log = logging.getLogger(__name__)


Prepare = Callable[[bytes, str], Awaitable[PreparedPicture]]
"""Decodes a whole picture, given its bytes and its name, and prepares what is sent. Raises `AttachmentError` and `StorageError`."""


class Attachments:
    """Stores attachments and prepares them for sending. One per program."""

    def __init__(
        self,
        files: AttachmentFiles,
        database: Database,
        settings: Settings,
        prepare: Prepare,
        documents: "Lazy[Documents]",
    ) -> None:
        self._files = files
        self._database = database
        self._settings = settings
        self._prepare = prepare
        self._documents = documents
        self._preparing = asyncio.Lock()
        """One at a time: a camera picture takes 200 MB while it is decoded."""

    async def add_file(
        self, path: Path, report: "Report" = lambda _progress: None, password: str = "", *, converts: bool = False
    ) -> Attachment:
        """Store a picture or a document from a file. `report` gets the progress. The other parameters are as for `Documents.add`.

        Raises `AttachmentError` and `StorageError`.
        """
        data = await read_chosen_file(path, MAX_DOCUMENT_BYTES)
        return await self._add(data, path.name, report, password, converts=converts)

    async def add_enclosed(
        self, document: DocumentPart, index: int, report: "Report" = lambda _progress: None, *, converts: bool = False
    ) -> Attachment:
        """Store a picture or a document that is attached to an e-mail, as `add_file` does.

        `index` is its index in `DocumentText.enclosed`.
        """
        name, data = await self._documents.get().enclosed(document, index)
        return await self._add(data, name, report, converts=converts)

    async def _add(self, data: bytes, name: str, report: "Report", password: str = "", *, converts: bool) -> Attachment:
        if picture_format(data[:16]):
            return await self.add_data(data, name)
        if self._documents.created is None:
            await asyncio.to_thread(_import_documents)
        if foreign_format(data[:16]):
            return await self.add_data(*await self._documents.get().converted_picture(data, shown_name(name)))
        return await self._documents.get().add(data, shown_name(name), report, password, converts=converts)

    async def add_data(self, data: bytes, name: str) -> ImagePart:
        """Store a picture from memory. Raises `AttachmentError` and `StorageError`."""
        name = shown_name(name)
        kind = require_picture(data, name)
        async with self._preparing:
            prepared = await self._prepare(data, name)
            sha256 = await asyncio.to_thread(self._store, data, prepared)
        return ImagePart(sha256, MEDIA_TYPES[kind], name, prepared.width, prepared.height, len(data))

    @property
    def documents(self) -> "Documents":
        """The documents among the attachments."""
        return self._documents.get()

    async def text_of(self, document: DocumentPart) -> "DocumentText | None":
        """Return the text of a document; None if it is missing or damaged."""
        return await self._documents.get().text_of(document)

    async def sent_text_of(self, document: DocumentPart) -> "DocumentText | None":
        """Return the text from which a document is sent: its own or its summary; None if it is missing or damaged."""
        return await self._documents.get().sent_text_of(document)

    def read(self, sha256: str) -> bytes | None:
        """Return the original picture data; None if missing or damaged. Blocks: for threads that decode."""
        return self._files.read(sha256)

    async def to_send(self, picture: SentPicture) -> Picture | None:
        """Return the picture data to send; None if missing or damaged."""
        if isinstance(picture, PagePicture):
            data = await self._documents.get().page_picture(picture.document, picture.number, PAGE_PICTURE_SIDE)
            return Picture(MEDIA_TYPES["jpeg"], data) if data else None
        async with self._preparing:
            return await asyncio.to_thread(self._stored_to_send, picture) or await self._prepared_again(picture)

    async def _prepared_again(self, picture: ImagePart) -> Picture | None:
        """Prepare a picture of which the sent version was lost."""
        original = await asyncio.to_thread(self._files.read, picture.sha256)
        if original is None:
            return None
        try:
            prepared = await self._prepare(original, picture.name)
        except (AttachmentError, StorageError):
            return None
        with suppress(StorageError):  # it is sent anyway and prepared again next time
            await asyncio.to_thread(self._files.add_sent, picture.sha256, prepared.picture.data)
        return prepared.picture

    async def stored_documents(self) -> "tuple[StoredDocument, ...]":
        """Return the documents of all chats, the largest first. Raises `StorageError`."""
        from chatdesk.features.attachments.services.stored_documents import stored_documents  # noqa: PLC0415 - start-up time

        return await asyncio.to_thread(stored_documents, self._database.path, self._files)

    async def close(self) -> None:
        """End the process that reads documents."""
        await self._documents.close()

    async def tidy_up(self) -> None:
        """Back up the files that chats refer to and remove those nothing refers to. Raises `StorageError`."""
        used = await run_in_background(self._remove_unused)
        if used is not None:
            await self._documents.get().keep_only(used)

    # The methods below run on worker threads.

    def _store(self, data: bytes, prepared: PreparedPicture) -> str:
        sha256 = self._files.add(data)
        self._files.add_sent(sha256, prepared.picture.data)
        return sha256

    def _stored_to_send(self, picture: ImagePart) -> Picture | None:
        sent = self._files.read_sent(picture.sha256)
        kind = picture_format(sent[:16]) if sent else None
        return Picture(MEDIA_TYPES[kind], sent) if sent and kind else None

    def _remove_unused(self, _report: BackgroundReport) -> frozenset[str] | None:
        """Return the hashes of the files in use if others were removed."""
        from chatdesk.storage.database.attachment_references import (  # noqa: PLC0415 - start-up time
            referenced_in,
            referenced_in_copies,
        )
        from chatdesk.storage.recovery.replacement import set_aside_files  # noqa: PLC0415 - start-up time

        with storage_errors(self._database.path), reader(self._database.path) as connection:
            used = referenced_in(connection)
        for drafts in (NEW_CHAT_ATTACHMENTS, QUICK_ATTACHMENTS):
            used |= hashes_of(saved_attachments(self._settings, drafts))
        for edits in (EDIT_DRAFTS, QUICK_EDIT_DRAFTS):
            used |= hashes_of(_edited_attachments(self._settings, edits))
        self._files.save_copies(used, referenced_in_copies(self._database.backups))
        if set_aside_files(self._database.path):
            return None  # a damaged database refers to files, too, and it is unknown to which
        removed = self._files.remove_unused(used)
        if removed:
            _log.info("Removed %d files that no chat refers to", removed)
        return used if removed else None


def saved_attachments(settings: Settings, drafts: Setting[str]) -> tuple[Attachment, ...]:
    """Return the attachments in the draft of a new chat, which has no database row yet."""
    with suppress(ValueError):
        return from_records(json.loads(settings.get(drafts) or "[]"))
    return ()


def _edited_attachments(settings: Settings, edits: Setting[str]) -> tuple[Attachment, ...]:
    """Return the attachments in edits of questions that were not sent: some may be in no message."""
    with suppress(ValueError):
        found = json.loads(settings.get(edits) or "{}")
        records = [each for each in found.values() if isinstance(each, dict)] if isinstance(found, dict) else []
        return tuple(each for record in records for each in from_records(record.get("attachments")))
    return ()


def _import_documents() -> None:
    """Import the modules of documents, which takes longer than a frame. For a thread."""
    import chatdesk.documents.process  # noqa: PLC0415
    import chatdesk.features.attachments.services.documents  # noqa: PLC0415
    import chatdesk.storage.passages.passage_index  # noqa: F401, PLC0415
