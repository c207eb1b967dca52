"""E-books (EPUB): the chapters in the order of the spine."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from chatdesk.documents.readers.archive import Archive, open_archive
from chatdesk.documents.readers.html_text import check_depth, to_markdown
from chatdesk.documents.readers.plain_text import decode
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section

_CONTAINER = "META-INF/container.xml"
_PROTECTED = "META-INF/rights.xml"
_C = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_O = "{http://www.idpf.org/2007/opf}"


def read_book(path: Path) -> DocumentReading:
    """Read a book, one section for each chapter with text."""
    with open_archive(path) as archive:
        if _PROTECTED in archive:
            raise UnreadableDocument(ReadingProblem.ENCRYPTED)
        if _CONTAINER not in archive:
            raise UnreadableDocument(ReadingProblem.DAMAGED, "no book inside")
        sections = [section for section in map(_Chapter(archive).read, _spine(archive)) if section.text]
    if not sections:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(iter(sections), DocumentUnit.CHAPTER, len(sections))


class _Chapter:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def read(self, name: str) -> Section:
        """Return a chapter, with its first heading as its title."""
        data = self._archive.read(name)
        check_depth(data)
        text = to_markdown(decode(data)[0]) if data.strip() else ""
        first = next((line for line in text.splitlines() if line.startswith("#")), "")
        return Section(text, first.lstrip("# ").strip())


def _spine(archive: Archive) -> Iterator[str]:
    root = archive.xml(_CONTAINER).find(f".//{_C}rootfile")
    package = unquote(root.get("full-path", "")) if root is not None else ""
    if package not in archive:
        raise UnreadableDocument(ReadingProblem.DAMAGED, "no package inside")
    content, folder = archive.xml(package), posixpath.dirname(package)
    files = {item.get("id"): unquote(item.get("href", "")) for item in content.iter(f"{_O}item")}
    seen: set[str] = set()
    for entry in content.iter(f"{_O}itemref"):
        name = posixpath.normpath(posixpath.join(folder, files.get(entry.get("idref"), "")))
        if name in archive and name not in seen:
            seen.add(name)
            yield name
