"""The outline and the language of a PDF file, which Qt cannot write.

They are added as PDF intends it for changes: new objects and a new version of the catalog behind the file, followed by a table of their
places and a trailer that refers to the table before (ISO 32000-1, 7.5.6).
"""

import re
from collections.abc import Sequence

from chatdesk.kernel.fast_dataclass import dataclass

_NUMBER_OF_REFERENCE = rb"(\d+) 0 R"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry that leads to a place on a page. Levels begin at 0, pages at 0; `y` is in points from the bottom of the page."""

    text: str
    level: int
    page: int
    y: float


class NotAsExpected(Exception):
    """The file is not written like those of this version of Qt."""


def with_outline(pdf: bytes, entries: Sequence[OutlineEntry], language: str) -> bytes:
    """Return a file of `QPdfWriter` with an outline and the language of its words. Raise `NotAsExpected`."""
    trailer = pdf[pdf.rfind(b"trailer") :]
    root, size = _number(rb"/Root " + _NUMBER_OF_REFERENCE, trailer), _number(rb"/Size (\d+)", trailer)
    table = _number(rb"startxref\s+(\d+)", trailer)
    catalog = _object(pdf, root)
    pages = _pages(pdf, _number(rb"/Pages " + _NUMBER_OF_REFERENCE, catalog))
    objects: dict[int, bytes] = {}
    outline = _add_outline(objects, size, entries, pages) if entries else 0
    extra = b"/Lang " + _text(language)
    if outline:
        extra += b" /PageMode /UseOutlines /Outlines %d 0 R" % outline
    objects[root] = catalog.rstrip().removesuffix(b">>") + b"\n" + extra + b"\n>>"
    written = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(written)
    written += b"xref\n"
    for number, place in sorted(places.items()):
        written += b"%d 1\n%010d 00000 n \n" % (number, place)
    kept = b"".join(_matches(rb"/(?:Info \d+ 0 R|ID ?\[[^]]*\])", trailer))
    written += b"trailer\n<</Size %d /Root %d 0 R /Prev %d %s>>\n" % (max(size, *objects, 0) + 1, root, table, kept)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % begin)


def _add_outline(objects: dict[int, bytes], first: int, entries: Sequence[OutlineEntry], pages: Sequence[int]) -> int:
    """Add the objects of the outline, numbered from `first`; return the number of its root."""
    numbers = [first + 1 + index for index in range(len(entries))]
    parents: list[int] = []
    open_entries: list[int] = []
    for index, entry in enumerate(entries):
        while open_entries and entries[open_entries[-1]].level >= entry.level:
            open_entries.pop()
        parents.append(open_entries[-1] if open_entries else -1)
        open_entries.append(index)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    for siblings in children.values():
        for place, index in enumerate(siblings):
            entry, parent = entries[index], parents[index]
            parts = [
                b"/Title " + _text(entry.text),
                b"/Parent %d 0 R" % (first if parent < 0 else numbers[parent]),
                b"/Dest [%d 0 R /XYZ 0 %d 0]" % (pages[entry.page], round(entry.y)),
            ]
            if place:
                parts.append(b"/Prev %d 0 R" % numbers[siblings[place - 1]])
            if place < len(siblings) - 1:
                parts.append(b"/Next %d 0 R" % numbers[siblings[place + 1]])
            if below := children.get(index):
                ends = numbers[below[0]], numbers[below[-1]], -len(below)
                parts.append(b"/First %d 0 R /Last %d 0 R /Count %d" % ends)  # a negative count: folded at first
            objects[numbers[index]] = b"<<" + b" ".join(parts) + b">>"
    top = children[-1]
    objects[first] = b"<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>" % (
        numbers[top[0]],
        numbers[top[-1]],
        len(top),
    )
    return first


def _pages(pdf: bytes, tree: int) -> list[int]:
    """Return the numbers of the page objects in order."""
    kids = re.search(rb"/Kids\s*\[([^]]*)\]", _object(pdf, tree))
    if kids is None:
        raise NotAsExpected("no pages")
    return [int(number) for number in re.findall(_NUMBER_OF_REFERENCE, kids[1])]


def _object(pdf: bytes, number: int) -> bytes:
    """Return the content of an object that is a dictionary."""
    found = re.search(rb"(?:^|\n)%d 0 obj\s*(<<.*?>>)\s*endobj" % number, pdf, re.DOTALL)
    if found is None:
        raise NotAsExpected(f"no object {number}")
    return found[1]


def _number(pattern: bytes, data: bytes) -> int:
    found = re.search(pattern, data)
    if found is None:
        raise NotAsExpected(pattern.decode())
    return int(found[1])


def _matches(pattern: bytes, data: bytes) -> list[bytes]:
    return [found[0] for found in re.finditer(pattern, data)]


def _text(text: str) -> bytes:
    """Return a string object: UTF-16 with a byte order mark, in hexadecimal digits."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"
