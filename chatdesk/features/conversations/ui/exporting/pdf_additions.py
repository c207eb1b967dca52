"""What Qt cannot write into a PDF file: its outline, its links, its language, its keywords and the sources of its formulas.

The whole file is rewritten with additional and changed objects.
"""

import itertools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from xml.sax.saxutils import escape

from chatdesk.kernel.fast_dataclass import dataclass

_REFERENCE = rb"(\d+) 0 R"


@dataclass(frozen=True, slots=True)
class Destination:
    """A destination in the file. Pages are numbered from 0; `y` is in points from the bottom of the page."""

    page: int
    y: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline. Levels begin at 0."""

    text: str
    level: int
    destination: Destination


@dataclass(frozen=True, slots=True)
class LinkArea:
    """An area of a page that links to an address, or to a destination in the file. Its corners are in points from the lower left."""

    page: int
    corners: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    target: str | Destination


@dataclass(frozen=True, slots=True)
class FormulaSource:
    """The LaTeX of a formula, and its width in units of the page."""

    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Additions:
    """What is added to a file."""

    language: str
    """BCP 47 tag."""
    outline: Sequence[OutlineEntry] = ()
    links: Sequence[LinkArea] = ()
    keywords: str = ""
    sources: Mapping[int, FormulaSource] = field(default_factory=dict)
    """Those of formulas by the colours of the characters below them, as `page_formulas.py` has them."""


class NotAsExpected(Exception):
    """The file is not written like those of this version of Qt."""


def with_additions(pdf: bytes, added: Additions) -> bytes:
    """Return a file of `QPdfWriter` with additions. Raise `NotAsExpected`."""
    source = _Source(pdf)
    pages = source.pages()
    objects: dict[int, bytes] = {}
    outline = _add_outline(objects, source.size, added.outline, pages) if added.outline else 0
    extra = b"/Lang " + _text(added.language) + b" /ViewerPreferences <</DisplayDocTitle true>>"
    if outline:
        extra += b" /PageMode /UseOutlines /Outlines %d 0 R" % outline
    objects[source.root] = _extended(source.object(source.root), extra)
    if added.keywords:
        objects[source.info] = _extended(source.object(source.info), b"/Keywords " + _text(added.keywords))
    _add_links(objects, source, added.links, pages)
    if added.sources:
        _add_sources(objects, source, added.sources, pages)
    return source.changed(objects)


def xmp_metadata(title: str, author: str, keywords: str, language: str, moment: str) -> bytes:
    """Return the metadata of a file as XMP (ISO 16684-1), with what its document information says. `moment` is in ISO 8601."""
    parts = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(title)}</rdf:li></rdf:Alt></dc:title>' * bool(title),
        f"<dc:creator><rdf:Seq><rdf:li>{_xml(author)}</rdf:li></rdf:Seq></dc:creator>" * bool(author),
        f"<dc:language><rdf:Bag><rdf:li>{_xml(language)}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Keywords>{_xml(keywords)}</pdf:Keywords>" * bool(keywords),
        f"<xmp:CreatorTool>Chatdesk</xmp:CreatorTool><xmp:CreateDate>{_xml(moment)}</xmp:CreateDate>",
    ]
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _XML_NAMES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" {names}>'
        f'{"".join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode("utf-8", "replace")


_XML_NAMES: Mapping[str, str] = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have."""


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


class _Source:
    """A file of `QPdfWriter`: one table of objects, and no streams of objects."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._trailer = pdf[pdf.rfind(b"trailer") :]
        self.root = _number(rb"/Root " + _REFERENCE, self._trailer)
        self.info = _number(rb"/Info " + _REFERENCE, self._trailer)
        self.size = _number(rb"/Size (\d+)", self._trailer)
        table = _number(rb"startxref\s+(\d+)", self._trailer)
        begin = pdf.find(b"\n", table + len(b"xref\n")) + 1
        length = len(b"0000000000 65535 f \n")
        entries = [pdf[begin + length * number :][:length] for number in range(self.size)]
        self._offsets = {number: int(each[:10]) for number, each in enumerate(entries) if each[17:18] == b"n"}
        ends = [*sorted(self._offsets.values()), table]
        self._ends = dict(itertools.pairwise(ends))

    def _whole(self, number: int) -> bytes:
        """Return an object as it is in the file."""
        if number not in self._offsets:
            raise NotAsExpected(f"no object {number}")
        begin = self._offsets[number]
        found = self._pdf[begin : self._ends[begin]]
        if not found.startswith(b"%d 0 obj" % number):
            raise NotAsExpected(f"no object {number}")
        return found

    def object(self, number: int) -> bytes:
        """Return the content of an object that is not a stream."""
        found = re.fullmatch(rb"\d+ 0 obj\s*(.*?)\s*endobj\s*", self._whole(number), re.DOTALL)
        if found is None:
            raise NotAsExpected(f"no object {number}")
        return found[1]

    def content(self, number: int) -> bytes:
        """Return what a compressed stream contains."""
        head, separator, rest = self._whole(number).partition(b"stream\n")
        length = re.search(rb"/Length (\d+)( 0 R)?", head)
        if not separator or b"/FlateDecode" not in head or length is None:
            raise NotAsExpected(f"no stream {number}")
        size = int(self.object(int(length[1]))) if length[2] else int(length[1])
        try:
            return zlib.decompress(rest[:size])
        except zlib.error as error:
            raise NotAsExpected(f"no stream {number}") from error

    def pages(self) -> list[int]:
        """Return the numbers of the page objects in order."""
        tree = self.object(_number(rb"/Pages " + _REFERENCE, self.object(self.root)))
        kids = re.search(rb"/Kids\s*\[([^]]*)\]", tree)
        if kids is None:
            raise NotAsExpected("no pages")
        return [int(number) for number in re.findall(_REFERENCE, kids[1])]

    def annotations(self, page: int) -> int:
        """Return the number of the object with the annotations of a page, which has none yet."""
        number = _number(rb"/Annots " + _REFERENCE, self.object(page))
        if self.object(number) != b"[ ]":
            raise NotAsExpected("annotations")
        return number

    def changed(self, objects: Mapping[int, bytes]) -> bytes:
        """Return the file with objects that are new or replace others."""
        written = bytearray(self._pdf[: min(self._offsets.values())])
        offsets: dict[int, int] = {}
        for number in sorted(self._offsets.keys() | objects.keys()):
            offsets[number] = len(written)
            written += (
                b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]) if number in objects else self._whole(number)
            )
        begin, size = len(written), max(offsets) + 1
        written += b"xref\n0 %d\n" % size
        for number in range(size):
            written += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        copied = b"".join(found[0] for found in re.finditer(rb"/(?:Info \d+ 0 R|ID ?\[[^]]*\])", self._trailer))
        written += b"trailer\n<</Size %d /Root %d 0 R %s>>\n" % (size, self.root, copied)
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
        for number, index in enumerate(siblings):
            entry, parent = entries[index], parents[index]
            parts = [
                b"/Title " + _text(entry.text),
                b"/Parent %d 0 R" % (first if parent < 0 else numbers[parent]),
                b"/Dest " + _destination(entry.destination, pages),
            ]
            if number:
                parts.append(b"/Prev %d 0 R" % numbers[siblings[number - 1]])
            if number < len(siblings) - 1:
                parts.append(b"/Next %d 0 R" % numbers[siblings[number + 1]])
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


def _add_links(objects: dict[int, bytes], source: _Source, links: Sequence[LinkArea], pages: Sequence[int]) -> None:
    """Add annotations for links to the pages that have some."""
    by_page: dict[int, list[bytes]] = {}
    for link in links:
        corners = b" ".join(b"%.2f" % each for each in link.corners)
        action = (
            b"/A <</S /URI /URI %s>>" % _string(link.target)
            if isinstance(link.target, str)
            else b"/Dest " + _destination(link.target, pages)
        )
        annotation = b"<</Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%s] %s>>" % (corners, action)
        by_page.setdefault(link.page, []).append(annotation)
    for page, annotations in by_page.items():
        objects[source.annotations(pages[page])] = b"[" + b"\n".join(annotations) + b"]"


_BOX = re.compile(
    rb"(\d[\d.]*) (\d[\d.]*) (\d[\d.]*) scn\n/\w+ gs\nBT\n/\w+ ([\d.]+) Tf ([^\n]* Tm)\n([^\n]* Td) <\w+> Tj\nET\n"
)
"""A text with a single character: the parts of its colour, its size, its matrix and its position."""
_LETTER = 0.6
"""Width of each letter of Courier, relative to the size of the font."""
_FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding>>"
_NOT_PRINTABLE = re.compile("[^ -~]")


def _add_sources(
    objects: dict[int, bytes], source: _Source, sources: Mapping[int, FormulaSource], pages: Sequence[int]
) -> None:
    """Replace the characters below formulas by their sources, in invisible letters, so that they can be found, copied and read aloud."""
    font = max(source.size, *objects) + 1

    def with_source(found: re.Match[bytes]) -> bytes:
        red, green, blue = (round(255 * float(part)) for part in found.groups()[:3])
        formula = sources.get(red << 16 | green << 8 | blue)
        return _invisible(formula, *found.groups()[3:]) if formula else found[0]

    for page in pages:
        number = _number(rb"/Contents " + _REFERENCE, source.object(page))
        content, count = _BOX.subn(with_source, source.content(number))
        if not count:
            continue
        packed = zlib.compress(content)
        objects[number] = b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
        resources = _number(rb"/Resources " + _REFERENCE, source.object(page))
        objects[resources] = source.object(resources).replace(b"/Font <<", b"/Font <<\n/Source %d 0 R" % font, 1)
        objects[font] = _FONT


def _invisible(formula: FormulaSource, size: bytes, matrix: bytes, position: bytes) -> bytes:
    """Return letters as wide as a formula, in a mode that paints nothing (ISO 32000-1, 9.3.6).

    They are ASCII. What others stand for is said beside them (14.9.4).
    """
    text = " ".join(formula.text.split())
    letters = _NOT_PRINTABLE.sub("?", text)
    stretch = 100 * formula.width / (_LETTER * float(size) * max(1, len(letters)))
    shown = b"BT\n3 Tr %.3f Tz /Source %s Tf %s\n%s %s Tj\nET\n" % (stretch, size, matrix, position, _string(letters))
    return shown if letters == text else b"/Span <</ActualText %s>> BDC\n%sEMC\n" % (_text(text), shown)


def _destination(destination: Destination, pages: Sequence[int]) -> bytes:
    return b"[%d 0 R /XYZ 0 %d 0]" % (pages[destination.page], round(destination.y))


def _extended(dictionary: bytes, entries: bytes) -> bytes:
    """Return a dictionary with further entries."""
    if not dictionary.endswith(b">>"):
        raise NotAsExpected("no dictionary")
    return dictionary.removesuffix(b">>") + entries + b"\n>>"


def _number(pattern: bytes, data: bytes) -> int:
    found = re.search(pattern, data)
    if found is None:
        raise NotAsExpected(pattern.decode())
    return int(found[1])


def _text(text: str) -> bytes:
    """Return a string object: UTF-16 with a byte order mark, in hexadecimal digits."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def _string(address: str) -> bytes:
    """Return a string object with ASCII, such as an address."""
    return b"(" + re.sub(r"[\\()]", r"\\\g<0>", address).encode("ascii", "replace") + b")"
