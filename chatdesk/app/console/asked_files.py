"""The files of a question on the command line: read as in the window, but kept only as long as the command runs."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from chatdesk.app.console.input import check_argument
from chatdesk.documents.process import DocumentProcess
from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.attachments.services.file_texts import FileTexts
from chatdesk.features.attachments.services.incoming import require_picture, shown_name
from chatdesk.features.attachments.services.text_files import read_chosen_file
from chatdesk.kernel.chat.attachments import MAX_ATTACHMENTS, MAX_DOCUMENT_BYTES, MAX_PICTURES, MEDIA_TYPES
from chatdesk.kernel.chat.message import PAGE_PICTURE_SIDE, Attachment, DocumentPart, ImagePart, Role, SentAs
from chatdesk.kernel.chat.pictures import foreign_format, picture_format
from chatdesk.kernel.chat.request import Picture, Turn
from chatdesk.kernel.documents.prompt import INTRODUCTION, document_block
from chatdesk.kernel.errors.attachment_errors import TooManyAttachments, TooManyPictures
from chatdesk.kernel.temporary_folder import temporary_folder
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.passages.passage_index import PassageIndex
from chatdesk.system.processes import memory_of

if TYPE_CHECKING:
    from chatdesk.kernel.chat.attachments import ReadingProgress


class FileReport(Protocol):
    """Receives the progress of reading."""

    def show_reading(self, name: str, progress: "ReadingProgress") -> None:
        """Report how far a document has been read."""


class AskedFiles:
    """The files of one question."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._prepared: dict[str, Picture] = {}
        self.attachments: tuple[Attachment, ...] = ()

    @property
    def has_pictures(self) -> bool:
        """Whether a model that sees is needed: for pictures, and for documents without text."""
        return any(isinstance(each, ImagePart) for each in self.attachments) or bool(self.scanned)

    @property
    def scanned(self) -> tuple[DocumentPart, ...]:
        """Documents without text, such as scanned pages."""
        documents = (each for each in self.attachments if isinstance(each, DocumentPart))
        return tuple(each for each in documents if each.page_pictures or not each.tokens)

    async def read(self, path: Path, report: FileReport) -> None:
        """Read a file. Raises `AttachmentError` and `StorageError`."""
        name = shown_name(path.name)
        if len(self.attachments) == MAX_ATTACHMENTS:
            raise TooManyAttachments(name, MAX_ATTACHMENTS)
        data = await read_chosen_file(path, MAX_DOCUMENT_BYTES)
        if foreign_format(data[:16]):
            data, name = await self._documents.converted_picture(data, name)
        if picture_format(data[:16]):
            added: Attachment = self._picture(data, name)
        else:
            document = await self._documents.add(data, name, partial(report.show_reading, name))
            is_scanned = document.sent_as is SentAs.PICTURES
            added = replace(document, selected="") if is_scanned else document  # no page is left out silently
        if added.sha256 not in {each.sha256 for each in self.attachments}:
            self.attachments += (added,)

    async def text_of(self, path: Path, report: FileReport) -> str:
        """Return the text of a document that is not sent as such. Raises `AttachmentError`."""
        return await FileTexts(self._documents).read(path, partial(report.show_reading, shown_name(path.name)))

    async def turn(self, text: str) -> Turn:
        """Return the question with its files, as in a chat: documents before the words. The same files always give the same text."""
        number, blocks, pictures = 0, list[str](), list[Picture]()
        message_id = sha256("".join(each.sha256 for each in self.attachments).encode()).hexdigest()
        for each in self.attachments:
            if isinstance(each, ImagePart):
                pictures.append(self._prepared[each.sha256])
                continue
            number += 1
            blocks.append(document_block(message_id, number, each, await self._documents.sent_text_of(each)))
            pictures += await self._pages(each, MAX_PICTURES - len(pictures))
        introduction = (INTRODUCTION,) if blocks else ()
        return Turn(Role.USER, "\n\n".join(filter(None, (*introduction, *blocks, text))), pictures=tuple(pictures))

    def _picture(self, data: bytes, name: str) -> ImagePart:
        from chatdesk.ui_kit.pictures.preparing import prepare  # noqa: PLC0415 - it loads Qt, which decodes pictures

        kind = require_picture(data, name)
        if len(self._prepared) == MAX_PICTURES:
            raise TooManyPictures(name, MAX_PICTURES)
        prepared = prepare(data, name)
        digest = sha256(data).hexdigest()
        self._prepared[digest] = prepared.picture
        return ImagePart(digest, MEDIA_TYPES[kind], name, prepared.width, prepared.height, len(data))

    async def _pages(self, document: DocumentPart, limit: int) -> list[Picture]:
        """Return the pages of a scanned document as pictures. Raises `TooManyPictures`."""
        pages = document.page_pictures
        if len(pages) > limit:
            raise TooManyPictures(document.name, MAX_PICTURES)
        found = [await self._documents.page_picture(document, page.number, PAGE_PICTURE_SIDE) for page in pages]
        return [Picture(MEDIA_TYPES["jpeg"], data) for data in found if data]


@asynccontextmanager
async def read_files(names: Sequence[str], report: FileReport) -> AsyncGenerator[AskedFiles, None]:
    """Read files and keep them as long as the context lasts. Raises `AttachmentError`, `StorageError` and `WrongUsage`."""
    with temporary_folder() as folder:
        store = AttachmentFiles(folder, folder / "copies")
        index, notes = PassageIndex(folder / "index.sqlite"), folder / "notes"
        new_process, temporary = partial(DocumentProcess, memory_of), folder / "temporary"
        documents = Documents(store, new_process, index, notes, lambda: None, temporary=temporary)
        files = AskedFiles(documents)
        try:
            for name in names:
                await files.read(Path(check_argument(name)), report)
            yield files
        finally:
            await documents.close()
