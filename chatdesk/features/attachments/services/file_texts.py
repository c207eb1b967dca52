"""The text of a file that is not attached, but inserted into a field of a preset or a row of a batch run."""

import asyncio
from functools import partial
from pathlib import Path

from chatdesk.documents.process import Report
from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.attachments.services.text_files import MAX_BYTES, TIMEOUT, read_text
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.kinds import CONVERTED, DocumentType, type_of
from chatdesk.kernel.documents.prompt import marked_text
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentTooLarge,
    AttachmentUnreadable,
    DocumentLegacy,
    DocumentTooLong,
    DocumentWithoutText,
)
from chatdesk.kernel.text.regular_file import read_beginning

_BEGINNING = 4096
"""Bytes by which a file is recognised."""


class FileTexts:
    """Reads files whose text is inserted into a field of a preset or a row of a batch run."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def read(self, path: Path, report: Report = lambda _progress: None) -> str:
        """Return the text of a file as it is, or of a document as it is written into prompts. Raises `AttachmentError`."""
        name = shown_name(path.name)
        try:
            found = await run_in_daemon_thread(partial(_document_type, path), "look at a file", TIMEOUT)
        except TimeoutError as error:
            raise AttachmentUnreadable(name, "timeout") from error
        if found is None:
            return await read_text(path)
        if found.is_legacy:
            raise DocumentLegacy(name)
        document = await self._documents.read_only(path, name, found.kind, report)
        if not any(section.text.strip() for section in document.sections):
            raise DocumentWithoutText(name)
        if document.length > MAX_BYTES:
            raise DocumentTooLong(name, MAX_BYTES)
        return await asyncio.to_thread(marked_text, document)


def _document_type(path: Path) -> DocumentType | None:
    """Return the type of a document that has to be converted into text; None for other files. Raises `AttachmentTooLarge`."""
    try:
        found = type_of(read_beginning(path, _BEGINNING), path.name)
        if found is None or found.kind not in CONVERTED:
            return None
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise AttachmentTooLarge(shown_name(path.name), MAX_DOCUMENT_BYTES // 1_000_000)
    except OSError:
        return None  # reading the file reports the error
    return found
