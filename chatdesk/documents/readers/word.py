"""Word documents (.docx) by mammoth, whose HTML keeps headings, lists, tables and footnotes, and OpenDocument texts (.odt)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.readers.archive import Archive, open_archive
from chatdesk.documents.readers.open_document import text_of
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.text.regular_file import read_whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_XML_BYTES = 30 * 1024 * 1024
"""Of the body. mammoth needs about 30 times as much memory: a larger body is read without it, as plain paragraphs."""


def read_word(path: Path) -> DocumentReading:
    """Read a text document as one section."""
    with open_archive(path) as archive:
        if "content.xml" in archive:
            text = text_of(archive)
        elif _BODY in archive:
            text = _docx(path, archive)
        else:
            raise UnreadableDocument(ReadingProblem.DAMAGED, "no document inside")
    if not text.strip():
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(iter((Section(text),)))


def _docx(path: Path, archive: Archive) -> str:
    body = archive.read(_BODY)
    root = archive.xml(_BODY)  # also refuses what no document contains
    if len(body) > _MAX_XML_BYTES:
        return "\n\n".join(_paragraphs(root))
    import mammoth  # type: ignore[import-untyped]  # noqa: PLC0415 - 0.1 s

    from chatdesk.documents.readers.html_text import to_markdown  # noqa: PLC0415 - likewise

    try:
        with BytesIO(read_whole(path, MAX_DOCUMENT_BYTES)) as file:
            html = mammoth.convert_to_html(
                file, convert_image=mammoth.images.img_element(lambda _image: {"src": ""})
            ).value
    except Exception:  # noqa: BLE001 - the paragraphs are better than nothing
        return "\n\n".join(_paragraphs(root))
    return to_markdown(html)


def _paragraphs(root: "Element") -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_run_text(node) for node in paragraph.iter())
        if text.strip():
            yield text


def _run_text(node: "Element") -> str:
    match node.tag.removeprefix(_W):
        case "t":
            return node.text or ""
        case "tab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case _:
            return ""
