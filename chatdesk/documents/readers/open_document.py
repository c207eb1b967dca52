"""The text of OpenDocument files (ISO/IEC 26300): paragraphs, headings, lists and tables of `content.xml`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatdesk.documents.readers.archive import Archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}sequence-decls"})
_MAX_REPEATED = 100


def text_of(archive: Archive) -> str:
    """Return the text of a text document as Markdown."""
    body = archive.xml("content.xml").find(f"{_OFFICE}body")
    return "\n\n".join(filter(None, _blocks(body, 0))) if body is not None else ""


def slides_of(archive: Archive) -> Iterator[str]:
    """Yield the text of each slide of a presentation, with its notes."""
    for page in archive.xml("content.xml").iter(f"{_DRAW}page"):
        notes = page.find(f"{_PRESENTATION}notes")
        if notes is not None:
            page.remove(notes)
        text = "\n\n".join(filter(None, _blocks(page, 0)))
        said = "\n\n".join(filter(None, _blocks(notes, 0))) if notes is not None else ""
        yield f"{text}\n\nNotes: {said}" if said else text


def _blocks(parent: "Element", depth: int) -> Iterator[str]:
    for node in parent:
        match node.tag:
            case tag if tag in _SKIPPED:
                continue
            case tag if tag == f"{_TEXT}h":
                level = node.get(f"{_TEXT}outline-level", "1")
                yield "#" * min(int(level) if level.isdecimal() else 1, 6) + " " + _inline(node)
            case tag if tag == f"{_TEXT}p":
                yield _inline(node)
            case tag if tag == f"{_TEXT}list":
                yield "\n".join(_items(node, 0))
            case tag if tag == f"{_TABLE}table":
                yield _table(node)
            case _ if depth < _MAX_REPEATED:
                yield from _blocks(node, depth + 1)


def _items(node: "Element", level: int) -> Iterator[str]:
    for item in node:
        for child in item:
            if child.tag == f"{_TEXT}list" and level < 20:
                yield from _items(child, level + 1)
            elif text := _inline(child):
                yield "  " * level + "- " + text


def _table(node: "Element") -> str:
    from chatdesk.documents.readers.tables import table_text  # noqa: PLC0415 - most documents have none

    rows = [
        [
            " ".join(filter(None, _blocks(cell, 0))).replace("\n", " ").replace("|", "\\|")
            for cell in row
            if cell.tag.endswith("-cell")
        ]
        for row in node.iter(f"{_TABLE}table-row")
    ]
    return table_text([row for row in rows if any(row)])


def _inline(node: "Element") -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdecimal() else 1, _MAX_REPEATED))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}note":
            body = child.find(f"{_TEXT}note-body")
            parts.append(f" [{' '.join(filter(None, _blocks(body, 0)))}]" if body is not None else "")
        elif child.tag not in _SKIPPED:
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)
