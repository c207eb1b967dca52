"""Documents sent with messages: read by a separate process, and stored with their texts."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from chatdesk.documents.process import DocumentProcess, Report
from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.attachments.services.passages.meaning import FindEmbedder
from chatdesk.features.attachments.services.passages.passage_finder import PassageFinder
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, SentAs, TextQuality
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.chat.request import PreparedPicture
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, PageArea, Section, from_bytes, numbers_in, to_bytes
from chatdesk.kernel.documents.fitting import as_pictures
from chatdesk.kernel.documents.kinds import SOURCES, DocumentKind, DocumentType, kind_of, type_of
from chatdesk.kernel.documents.sources import SourceList, file_tree
from chatdesk.kernel.documents.text_quality import quality_of
from chatdesk.kernel.documents.text_recognition import Tesseract
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentUnreadable,
    DocumentDamaged,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentError,
    DocumentLegacy,
    DocumentNotCopied,
    DocumentReaderEnded,
    DocumentReaderNotStarted,
    DocumentUnsupported,
    PictureDamaged,
    TextNotRecognised,
)
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.file_cache import FileCache
from chatdesk.storage.files.file_writing import make_private_folder
from chatdesk.storage.passages.passage_index import PassageIndex

_log = logging.getLogger(__name__)

_BEGINNING = 4096
"""Bytes by which a file is recognised."""


class Documents:
    """Adds documents and returns their texts. One per program; `close` it. `notes` is a folder of which the contents can be made again."""

    def __init__(
        self,
        files: AttachmentFiles,
        new_process: Callable[[], DocumentProcess],
        index: PassageIndex,
        notes: Path,
        find_tesseract: Callable[[], Tesseract | None],
        find_embedder: FindEmbedder = lambda: None,
        find_libreoffice: Callable[[], str | None] = lambda: None,
        temporary: Path | None = None,
    ) -> None:
        """`temporary` is the folder for copies that exist for a moment, which a start empties; None: the system's."""
        self._files = files
        self._process = new_process()
        self._decoding = new_process()
        """Another process for pictures: they do not wait for long documents."""
        self._notes = notes
        self._recognising = new_process()
        """Another process, because it can take minutes: documents are read and pages shown meanwhile."""
        self._find_tesseract = find_tesseract
        self._find_libreoffice = find_libreoffice
        self._temporary = temporary
        self._tesseract: Tesseract | None = None
        self.passages = PassageFinder(index, self.text_of, find_embedder)
        """Finds what is relevant for a question."""

    async def add(
        self,
        data: bytes,
        name: str,
        report: Report = lambda _progress: None,
        password: str = "",
        *,
        converts: bool = False,
    ) -> DocumentPart:
        """Store a document and its text. `report` gets the progress.

        With a password, a copy that needs none is stored: the password is not needed again. Raises `AttachmentError`, especially
        `DocumentEncrypted`, and `StorageError`. `converts` is whether a document in an old format is converted by LibreOffice; else it is
        refused by `DocumentLegacy`.
        """
        found = type_of(data[:_BEGINNING], name)
        if not data:
            raise DocumentEmpty(name)
        if found is None:
            raise DocumentUnsupported(name)
        if found.is_legacy:
            return await self._add_legacy(data, name, found, report, converts=converts)
        sha256 = await asyncio.to_thread(self._files.add, data)
        try:
            if password and found.kind is DocumentKind.PDF:
                data = await self._unlocked(sha256, name, password)
                sha256 = await asyncio.to_thread(self._files.add, data)
            text = await self._process.read(self._stored_path(sha256, name), name, found.kind, report)
        except DocumentEncrypted as error:
            raise DocumentEncrypted(name, takes_password=found.kind is DocumentKind.PDF) from error
        document = DocumentPart(sha256, found.media_type, name, size=len(data))
        return await self._with_text(document, text, text.visible)

    async def _add_legacy(
        self, data: bytes, name: str, found: DocumentType, report: Report, *, converts: bool
    ) -> DocumentPart:
        """Store a document in an old format, and its text after LibreOffice has converted it."""
        program = await asyncio.to_thread(self._find_libreoffice)
        if program is None or not converts:
            raise DocumentLegacy(name, is_convertible=program is not None)
        sha256 = await asyncio.to_thread(self._files.add, data)
        path, scratch = self._stored_path(sha256, name), await asyncio.to_thread(self._new_folder, name)
        try:
            text = await self._recognising.convert(path, name, found.kind, program, scratch, report)
        finally:
            await asyncio.to_thread(rmtree, scratch, ignore_errors=True)
        return await self._with_text(DocumentPart(sha256, found.media_type, name, size=len(data)), text, text.visible)

    async def read_again(self, document: DocumentPart, options: Mapping[str, object]) -> DocumentPart:
        """Return a document with another text: that of some cells, or in another encoding. What is selected stays selected.

        `options` are arguments of the reader. Raises `AttachmentError` and `StorageError`.
        """
        path = self._stored_path(document.sha256, document.name)
        text = await self._process.read(path, document.name, kind_of(document.media_type), options=options)
        return await self._with_text(document, text, document.selected)

    async def tesseract(self) -> Tesseract | None:
        """Return the program that recognises text; None if it is not installed. It is looked for until it is found."""
        if self._tesseract is None:
            self._tesseract = await asyncio.to_thread(self._find_tesseract)
        return self._tesseract

    async def recognise(self, document: DocumentPart, report: Report = lambda _progress: None) -> DocumentPart:
        """Return a scanned document with the text that Tesseract recognises. `report` gets the progress.

        Raises `AttachmentError` and `StorageError`.
        """
        tesseract = await self.tesseract()
        if tesseract is None:
            raise TextNotRecognised(document.name)
        path = self._stored_path(document.sha256, document.name)
        text = await self._recognising.recognise(path, document.name, tesseract, report)
        recognised = await self._with_text(document, text, "")
        return replace(recognised, quality=TextQuality.RECOGNISED, sent_as=SentAs.TEXT)

    async def list_sources(self, path: Path) -> SourceList:
        """Return the files of a folder or an archive from which the user can choose. Raises `AttachmentError`."""
        return await self._process.list_sources(path, shown_name(path.name))

    async def add_sources(
        self, path: Path, files: Sequence[str], report: Report = lambda _progress: None
    ) -> DocumentPart:
        """Store files of a folder or an archive as one document: their texts, not the archive. `files` are their paths in it.

        Raises `AttachmentError` and `StorageError`.
        """
        name = shown_name(path.name)
        text = await self._process.read(path, name, DocumentKind.SOURCES, report, {"files": [*files]})
        data = await asyncio.to_thread(_as_text_file, text)
        sha256 = await asyncio.to_thread(self._files.add, data)
        document = DocumentPart(sha256, SOURCES.media_type, name, size=len(data))
        return await self._with_text(document, text, "")

    async def enclosed(self, document: DocumentPart, index: int) -> tuple[str, bytes]:
        """Return the name and the content of a file that is attached to an e-mail. Raises `AttachmentError`."""
        text = await self.text_of(document)
        if text is None or index >= len(text.enclosed):
            raise AttachmentUnreadable(document.name)
        path = self._stored_path(document.sha256, document.name)
        return text.enclosed[index].name, await self._process.enclosed(path, document.name, index)

    async def read_only(
        self, path: Path, name: str, kind: DocumentKind, report: Report = lambda _progress: None
    ) -> DocumentText:
        """Return the text of a document that is not attached; nothing is stored. Raises `DocumentError`."""
        return await self._process.read(path, name, kind, report)

    async def converted_picture(self, data: bytes, name: str) -> tuple[bytes, str]:
        """Return a TIFF, BMP or HEIC picture as a PNG or a JPEG, and its name as such. Raises `AttachmentError` and `StorageError`."""
        converted = await self._decoded(self._decoding.convert_picture, data, name)
        return converted, f"{PurePath(name).stem}.{picture_format(converted[:16])}"

    async def prepare_picture(self, data: bytes, name: str) -> PreparedPicture:
        """Decode a whole picture, and return what is sent of it. Raises `AttachmentError` and `StorageError`."""
        return await self._decoded(self._decoding.prepare_picture, data, name)

    async def _decoded[Result](
        self, decode: Callable[[Path, str], Awaitable[Result]], data: bytes, name: str
    ) -> Result:
        sha256 = await asyncio.to_thread(self._files.add, data)
        try:
            return await decode(self._stored_path(sha256, name), name)
        except DocumentReaderNotStarted:
            raise
        except (DocumentDamaged, DocumentReaderEnded) as error:
            raise PictureDamaged(name) from error

    async def add_text(self, text: str, name: str) -> DocumentPart:
        """Store a text as a document. Raises `AttachmentError` and `StorageError`."""
        data = await asyncio.to_thread(text.encode, "utf-8", "replace")
        return await self.add(data, shown_name(name))

    async def save_file(self, data: bytes) -> str:
        """Store a file that came with an imported chat, and return its hash. Raises `StorageError`."""
        return await asyncio.to_thread(self._files.add, data)

    async def save_text(self, text: DocumentText) -> str:
        """Store the text or the summary of a document, and return its hash. Raises `StorageError`."""
        return await asyncio.to_thread(lambda: self._files.add(to_bytes(text)))

    async def with_text(self, document: DocumentPart) -> DocumentPart:
        """Store the text that a message contains of a document, and return the document without it. Raises `StorageError`."""
        text = DocumentText((Section(document.text),))
        return await self._with_text(replace(document, text=""), text, "")

    async def text_of(self, document: DocumentPart) -> DocumentText | None:
        """Return the text of a document; None if it is missing or damaged."""
        if document.text:
            return DocumentText((Section(document.text),))
        return await self.stored_text(document.text_sha256)

    async def sent_text_of(self, document: DocumentPart) -> DocumentText | None:
        """Return what is sent of a document: its summary, or the text in which its sections or passages are."""
        if document.sent_as is SentAs.SUMMARY:
            return await self.stored_text(document.summary_sha256)
        return await self.text_of(document)

    async def stored_text(self, sha256: str) -> DocumentText | None:
        """Return the text or summary that is stored under a hash; None if it is missing or damaged."""
        data = await asyncio.to_thread(self._files.read, sha256)
        return await asyncio.to_thread(from_bytes, data) if data else None

    async def select(self, document: DocumentPart, selected: str) -> DocumentPart:
        """Return a document of which only the selected sections are sent; all of them for an empty selection."""
        text = await self.text_of(document)
        tokens = await asyncio.to_thread(_tokens, text, selected) if text else document.tokens
        return replace(document, selected=selected, tokens=tokens)

    async def page_picture(self, document: DocumentPart, number: int, longest_side: int) -> bytes | None:
        """Return a page of a PDF as a JPEG; None if the document has no such picture. `longest_side` is in pixels."""
        path = self._pdf(document)
        if path is None:
            return None
        try:
            return await self._process.page_picture(path, document.name, number, longest_side)
        except DocumentError as error:
            _log.info("No picture of a page: %s", type(error).__name__)
            return None

    async def words_on_page(
        self, document: DocumentPart, number: int, ranges: Sequence[tuple[int, int]]
    ) -> tuple[PageArea, ...]:
        """Return where characters of the text of a page are on its picture; nothing if that is unknown."""
        path, text = self._pdf(document), await self.text_of(document)
        if path is None or text is None or not 1 <= number <= len(text.sections):
            return ()
        words = text.sections[number - 1].text
        try:
            return await self._process.words_on_page(path, document.name, number, words, ranges)
        except DocumentError:
            return ()

    def _stored_path(self, sha256: str, name: str) -> Path:
        path = self._files.path(sha256)
        if path is None:
            raise AttachmentUnreadable(name)
        return path

    async def _unlocked(self, sha256: str, name: str, password: str) -> bytes:
        """Return a stored PDF as a file that needs no password."""
        folder = await asyncio.to_thread(self._new_folder, name)
        try:
            copy = folder / "copy.pdf"
            await self._process.unlock(self._stored_path(sha256, name), name, password, copy)
            return await asyncio.to_thread(copy.read_bytes)
        except OSError as error:
            raise DocumentNotCopied(name, error.strerror or str(error)) from error
        finally:
            await asyncio.to_thread(rmtree, folder, ignore_errors=True)

    def _new_folder(self, name: str) -> Path:
        """Return a new private folder for a document with this name. Raises `DocumentNotCopied`."""
        try:
            folder = self._temporary or Path(gettempdir())
            make_private_folder(folder)
            return Path(mkdtemp(prefix="document-", dir=folder))
        except OSError as error:
            raise DocumentNotCopied(name, error.strerror or str(error)) from error

    def _pdf(self, document: DocumentPart) -> Path | None:
        is_pdf = kind_of(document.media_type) is DocumentKind.PDF
        return self._files.path(document.sha256) if is_pdf else None

    def notes_on(self, document: DocumentPart) -> FileCache:
        """Return the notes that models have written on the parts of a document to summarise it. They are removed with the document."""
        folder = self._notes / _folder_of(document.text_sha256 or document.identity)
        return FileCache(folder, max_bytes=16 << 20, max_files=5_000, max_file_bytes=100_000)

    async def keep_only(self, used: Collection[str]) -> None:
        """Remove what was made of documents whose texts have none of these hashes."""
        await self.passages.keep_only(used)
        await asyncio.to_thread(self._keep_notes, {_folder_of(each) for each in used})

    def _keep_notes(self, folders: Collection[str]) -> None:
        with suppress(OSError):
            for folder in self._notes.iterdir():
                if folder.name not in folders:
                    rmtree(folder, ignore_errors=True)

    async def close(self) -> None:
        """End the process and the work on the index."""
        await self._process.close()
        await self._decoding.close()
        await self._recognising.close()
        await self.passages.close()

    async def _with_text(self, document: DocumentPart, text: DocumentText, selected: str) -> DocumentPart:
        """Return a document with its text, which is stored, and indexed a little later."""
        document = await asyncio.to_thread(self._with_stored_text, document, text, selected)
        self.passages.index_soon(document)
        return document

    def _with_stored_text(self, document: DocumentPart, text: DocumentText, selected: str) -> DocumentPart:
        quality = quality_of(text.sections)
        read = replace(
            document,
            quality=quality,
            sent_as=SentAs.TEXT,
            text_sha256=self._files.add(to_bytes(text)),
            unit=text.unit,
            sections=len(text.sections) if text.unit is not DocumentUnit.NONE else 0,
            tokens=_tokens(text, selected),
            selected=selected,
            encoding=text.encoding,
            enclosed=len(text.enclosed),
        )
        return as_pictures(read) if quality is TextQuality.SCANNED else read


def _folder_of(text_sha256: str) -> str:
    """Return the name of the folder for a text. The hash may come from an imported file, so it is no name yet."""
    return hashlib.sha256(text_sha256.encode("utf-8", "replace")).hexdigest()


def _tokens(text: DocumentText, selected: str) -> int:
    sections = text.selected(numbers_in(selected, len(text.sections)))
    tree = file_tree(section.title for section in text.sections) if text.unit is DocumentUnit.FILE else ""
    return estimate_tokens(tree) + sum(estimate_tokens(section.text) for _, section in sections)


def _as_text_file(sources: DocumentText) -> bytes:
    """Return chosen files as one text file, which is what is exported of them."""
    parts = (file_tree(section.title for section in sources.sections), *_headed(sources.sections))
    return "\n\n".join(parts).encode("utf-8", "replace")


def _headed(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield f"===== {section.title} =====\n{section.text}"
