"""Presentations (.pptx, ECMA-376; .odp): the text of each slide, its tables and its notes."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.documents.readers.archive import Archive, open_archive
from chatdesk.documents.readers.open_document import slides_of
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.tables import table_text
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_NO_TEXT = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
"""Placeholders for numbers, dates, footers and the picture of the slide."""


def read_slides(path: Path) -> DocumentReading:
    """Read a presentation, one section for each slide."""
    with open_archive(path) as archive:
        if "content.xml" in archive:
            sections = [Section(text) for text in slides_of(archive)]
        elif _MAIN in archive:
            sections = [_slide(archive, name) for name in _slide_names(archive)]
        else:
            raise UnreadableDocument(ReadingProblem.DAMAGED, "no presentation inside")
    if not sections:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(iter(sections), DocumentUnit.SLIDE, len(sections))


def _slide_names(archive: Archive) -> Iterator[str]:
    """Yield the slides in the order of the presentation, which is not that of their names. Hidden ones are left out."""
    targets = _relationships(archive, _MAIN)
    for entry in archive.xml(_MAIN).iter(f"{_P}sldId"):
        name = targets.get(entry.get(f"{_R}id", ""), "")
        if name in archive:
            yield name


def _slide(archive: Archive, name: str) -> Section:
    root = archive.xml(name)
    title, blocks = "", []
    for shape in root.iter():
        if shape.tag == f"{_P}sp":
            kind = _placeholder(shape)
            text = _text(shape.find(f"{_P}txBody"))
            if kind in _TITLES:
                title = title or " ".join(text.split())
            elif kind not in _NO_TEXT and text:
                blocks.append(text)
        elif shape.tag == f"{_A}tbl":
            rows = [
                [_text(cell.find(f"{_A}txBody")).replace("\n", " ").replace("|", "\\|") for cell in row.iter(f"{_A}tc")]
                for row in shape.iter(f"{_A}tr")
            ]
            blocks.append(table_text(rows))
    if notes := _notes(archive, name):
        blocks.append(f"Notes: {notes}")
    heading = [f"# {title}"] if title else []
    return Section("\n\n".join([*heading, *blocks]))


def _notes(archive: Archive, slide: str) -> str:
    found = (target for target in _relationships(archive, slide).values() if "/notesSlides/" in target)
    name = next(found, "")
    if name not in archive:
        return ""
    shapes = (shape for shape in archive.xml(name).iter(f"{_P}sp") if _placeholder(shape) not in _NO_TEXT)
    return "\n".join(filter(None, (_text(shape.find(f"{_P}txBody")) for shape in shapes)))


def _placeholder(shape: "Element") -> str:
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return found.get("type", "body") if found is not None else ""


def _text(body: "Element | None") -> str:
    """Return the paragraphs of a text body, indented by their level."""
    lines = []
    for paragraph in body.iter(f"{_A}p") if body is not None else ():
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{_A}t":
                parts.append(node.text or "")
            elif node.tag == f"{_A}br":
                parts.append("\n")
        properties = paragraph.find(f"{_A}pPr")
        level = properties.get("lvl", "0") if properties is not None else "0"
        text = "".join(parts).strip()
        if text:
            lines.append("  " * min(int(level) if level.isdecimal() else 0, 8) + text)
    return "\n".join(lines)


def _relationships(archive: Archive, part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of the relationship."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}
    with suppress(KeyError):
        for relation in archive.xml(f"{folder}/_rels/{name}.rels"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                whole = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                found[relation.get("Id", "")] = whole
    return found
