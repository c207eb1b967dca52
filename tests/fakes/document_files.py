"""Small documents of each format, made by hand, so that every byte of them is known."""

# ruff: noqa: E501 - markup is easier to read in one line

import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from hashlib import md5
from io import BytesIO
from types import MappingProxyType
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
    )
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **more: str) -> bytes:
    """Return a Word document with this body in WordprocessingML. `more` are parts in `word/`, by name."""
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/>' for name in more)
    relations = "".join(f'<Relationship Id="r{name}" Type="{_R}/{name}" Target="{name}.xml"/>' for name in more)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
            **{f"word/{name}.xml": f'<w:{name} xmlns:w="{_W}">{content}</w:{name}>' for name, content in more.items()},
        }
    )


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph in WordprocessingML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def pptx(slides: Sequence[tuple[str, str, str]]) -> bytes:
    """Return a presentation: the title, the text and the notes of each slide. The files are in the opposite order of the slides."""
    members: dict[str, str | bytes] = {}
    entries, relations = [], []
    for place, (title, text, notes) in enumerate(slides):
        name = f"slide{len(slides) - place}"
        members[f"ppt/slides/{name}.xml"] = (
            f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"><p:cSld><p:spTree>{_shape("title", title)}{_shape("body", text)}'
            f"{_shape('sldNum', '7')}</p:spTree></p:cSld></p:sld>"
        )
        members[f"ppt/slides/_rels/{name}.xml.rels"] = (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="n" Type="{_R}/notesSlide" Target="../notesSlides/{name}.xml"/></Relationships>'
        )
        members[f"ppt/notesSlides/{name}.xml"] = (
            f'<p:notes xmlns:p="{_P}" xmlns:a="{_A}"><p:cSld><p:spTree>{_shape("body", notes)}</p:spTree></p:cSld></p:notes>'
        )
        entries.append(f'<p:sldId id="{256 + place}" r:id="s{place}"/>')
        relations.append(f'<Relationship Id="s{place}" Type="{_R}/slide" Target="slides/{name}.xml"/>')
    members["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst>{"".join(entries)}</p:sldIdLst></p:presentation>'
    )
    members["ppt/_rels/presentation.xml.rels"] = (
        f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'
    )
    return zipped(members)


def _shape(kind: str, text: str) -> str:
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n"))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody>{lines}</p:txBody></p:sp>"
    )


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str | float | None]]],
    hidden: Sequence[str] = (),
    more: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return a workbook: the rows of each sheet by its name. `more` are further parts, or replace parts, by name."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    entries, relations = [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="s{number}"/>')
        relations.append(f'<Relationship Id="s{number}" Type="{_R}/worksheet" Target="worksheets/sheet{number}.xml"/>')
        written = "".join(
            f'<row r="{at}">{"".join(_cell(f"{chr(65 + column)}{at}", value) for column, value in enumerate(row))}</row>'
            for at, row in enumerate(rows, 1)
        )
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_S}"><sheetData>{written}</sheetData></worksheet>'
        )
    members["xl/workbook.xml"] = f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{"".join(entries)}</sheets></workbook>'
    members["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'
    return zipped({**members, **more})


def _cell(place: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def odt(body: str) -> bytes:
    """Return an OpenDocument text with this content of `office:text`."""
    return zipped(
        {
            "content.xml": f"<office:document-content {_ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        }
    )


def odp(pages: str) -> bytes:
    """Return an OpenDocument presentation with these pages."""
    return zipped(
        {
            "content.xml": f"<office:document-content {_ODF}><office:body><office:presentation>{pages}</office:presentation></office:body></office:document-content>"
        }
    )


def epub(chapters: Sequence[str]) -> bytes:
    """Return a book with these chapters in HTML. The files are in the opposite order of the spine."""
    names = [f"c{len(chapters) - place}.xhtml" for place in range(len(chapters))]
    items = "".join(
        f'<item id="{name}" href="text/{name}" media-type="application/xhtml+xml"/>' for name in sorted(names)
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    texts = {
        f"OEBPS/text/{name}": f"<html><body>{chapter}</body></html>"
        for name, chapter in zip(names, chapters, strict=True)
    }
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package, **texts}
    )


def eml(text: str, attached: Mapping[str, bytes], subject: str = "Plans") -> bytes:
    """Return an e-mail with these attachments."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "Ann <ann@example.org>", "bob@example.org"
    message.set_content(text)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def pdf(pages: Sequence[Sequence[str]], password: str = "") -> bytes:
    """Return a PDF with these lines on each page, in Helvetica: Latin letters only. It is encrypted if there is a `password`."""
    return drawn_pdf([_lines(lines) for lines in pages], password)


def _lines(lines: Sequence[str]) -> str:
    shown = "".join(
        f"({line.replace(chr(92), chr(92) * 2).replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -20 Td "
        for line in lines
    )
    return f"BT /F1 12 Tf 72 760 Td {shown}ET"


def drawn_pdf(pages: Sequence[str], password: str = "", more: str = "") -> bytes:
    """Return a PDF with pages of 612 by 792 points, each drawn by these operators. `more` are further entries of each page."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    identifier, owner = b"0123456789abcdef", b"o" * 32
    key = _key(password, owner, identifier) if password else b""
    kids = []
    for page in pages:
        content = page.encode("cp1252")
        if key:
            content = _rc4(_object_key(key, len(objects) + 1), content)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> %s >>"
            % (len(objects), more.encode())
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    trailer = b""
    if key:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
            % (owner.hex().encode(), _rc4(key, _PADDING).hex().encode())
        )
        trailer = b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), *[identifier.hex().encode()] * 2)
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(written)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, start)
    )


def scanned_pdf(pages: int, password: str = "") -> bytes:
    """Return a PDF whose pages are pictures: lighter from page to page, without text."""
    shades = [round(255 * (number + 1) / (pages + 1)) for number in range(pages)]
    return drawn_pdf(
        [f"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID {shade:02x}> EI Q" for shade in shades], password
    )


# Encryption of PDF 1.4 with a key of 40 bits: ISO 32000-1, 7.6.3.

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _key(password: str, owner: bytes, identifier: bytes) -> bytes:
    padded = (password.encode("cp1252") + _PADDING)[:32]
    return md5(padded + owner + (2**32 - 4).to_bytes(4, "little") + identifier).digest()[:5]


def _object_key(key: bytes, number: int) -> bytes:
    return md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = [*range(256)]
    at = 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    found, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        found.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(found)
