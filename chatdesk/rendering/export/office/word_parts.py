"""What the parts of a Word file share: pictures, lists, footnotes, and numbers that must not occur twice."""

import base64
import binascii
import hashlib
import re
import struct
from itertools import count

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.package import Part, Relationships
from chatdesk.rendering.export.office.word_properties import paragraph_properties, run_properties, w
from chatdesk.rendering.export.office.word_styles import WORD_NAMESPACES
from chatdesk.rendering.export.office.xml_text import DECLARATION, element

EMU_OF_POINT = 12_700
EMU_OF_TWIP = EMU_OF_POINT // 20
EMU_OF_PIXEL = 9_525
"""At 96 pixels per inch."""
INDENT = 440
"""Of a list within a list, in twentieths of a point."""
HANGING = 300
"""From the mark of an item to its text."""
BULLETS = 1
"""Number of the list that all bullets belong to."""
_LEVELS = 9
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PICTURE_DATA = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)")
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers that contain the size of a JPEG picture."""


@dataclass(frozen=True, slots=True)
class OfficePicture:
    """A picture that can be embedded."""

    data: bytes
    kind: str
    """The second half of the media type."""
    width: int
    """In EMU, as `height`."""
    height: int
    depth: int = 0
    """How much of the height is below the line of the text."""


def picture_of(data: bytes) -> OfficePicture | None:
    """Return a picture with its size; None for a kind that Office programs do not show."""
    try:
        ending, width, height = _measured(data)
    except (struct.error, ValueError, IndexError):
        return None
    if not (width and height):
        return None
    return OfficePicture(data, ending, width * EMU_OF_PIXEL, height * EMU_OF_PIXEL)


def embedded_picture(address: str) -> OfficePicture | None:
    """Return the picture in a `data:` address; None for any other address, because nothing is loaded."""
    found = _PICTURE_DATA.fullmatch(address)
    try:
        return picture_of(base64.b64decode(found[1])) if found else None
    except binascii.Error:
        return None


def _measured(data: bytes) -> tuple[str, int, int]:
    """Return the kind, width and height in pixels. Raise `ValueError` for another kind."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", *struct.unpack_from(">II", data, 16)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif", *struct.unpack_from("<HH", data, 6)
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("unknown kind of picture")
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return "jpeg", width, height
        at += 1 if marker == 0xFF else 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise ValueError("a JPEG picture without a size")


class WordParts:
    """The parts of one file besides its text."""

    def __init__(self) -> None:
        self.document = Relationships()
        self.footnotes = Relationships()
        self._pictures: dict[str, tuple[str, OfficePicture]] = {}
        self._lists: list[str] = [_bullets()]
        self._notes: list[str] = [_separator(-1, "separator"), _separator(0, "continuationSeparator")]
        self._ids = count(1)

    def new_id(self) -> int:
        """Return a number for a bookmark, picture or control."""
        return next(self._ids)

    def picture(self, relationships: Relationships, picture: OfficePicture, description: str, max_width: int) -> str:
        """Return a run with a picture, made smaller if it is wider than `max_width` (twentieths of a point) or higher than a page."""
        key = hashlib.sha256(picture.data).hexdigest()
        name, _ = self._pictures.setdefault(
            key, (f"media/image{len(self._pictures) + 1}.{picture.kind.removeprefix('x-')}", picture)
        )
        scale = min(1.0, max_width * EMU_OF_TWIP / picture.width, _MAX_HEIGHT / picture.height)
        size = {"cx": str(max(1, round(picture.width * scale))), "cy": str(max(1, round(picture.height * scale)))}
        lowered = -round(2 * picture.depth * scale / EMU_OF_POINT)
        return drawing(relationships.add("image", name), self.new_id(), description, size, lowered)

    def numbered_list(self, level: int, first: int) -> int:
        """Return the number of a new list whose items count from `first`, nested in `level` others."""
        number = len(self._lists) + 1
        self._lists.append(
            w(
                "abstractNum",
                w("nsid", val=f"{0x10000000 + number:08X}"),
                w("multiLevelType", val="multilevel"),
                *(_numbering_level(at, "decimal", f"%{at + 1}.", first if at == level else 1) for at in range(_LEVELS)),
                abstractNumId=str(number),
            )
        )
        return number

    def footnote(self, content: str) -> int:
        """Return the number of a new footnote with these paragraphs, counted from 1 in the whole file."""
        number = len(self._notes) - 1
        self._notes.append(w("footnote", content, id=str(number)))
        return number

    def written(self) -> list[Part]:
        """Return the parts."""
        lists = "".join(self._lists) + "".join(
            w("num", w("abstractNumId", val=str(number)), numId=str(number))
            for number in range(1, len(self._lists) + 1)
        )
        kinds = {
            "numbering": f"<w:numbering {WORD_NAMESPACES}>{lists}</w:numbering>",
            "footnotes": f"<w:footnotes {WORD_NAMESPACES}>{''.join(self._notes)}</w:footnotes>",
        }
        parts = []
        for kind, content in kinds.items():
            self.document.add(kind, f"{kind}.xml")
            relationships = self.footnotes if kind == "footnotes" else None
            parts.append(Part(f"word/{kind}.xml", f"{_TYPES}.{kind}+xml", DECLARATION + content, relationships))
        for name, picture in self._pictures.values():
            parts.append(Part(f"word/{name}", f"image/{picture.kind}", picture.data))
        return parts


_MAX_HEIGHT = 13_000 * EMU_OF_TWIP
"""Of a picture: that of the text on the lowest page, less a line for what names it."""


def drawing(relationship: str, number: int, description: str, size: dict[str, str], raised: int = 0) -> str:
    """Return a run with a picture in the line of the text, or raised above it by half points."""
    transform = element("a:xfrm", '<a:off x="0" y="0"/>', element("a:ext", **size))
    shape = element("pic:spPr", transform, element("a:prstGeom", "<a:avLst/>", prst="rect"))
    names = {"id": str(number), "name": f"Picture {number}", "descr": description}
    picture = element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", **names), "<pic:cNvPicPr/>"),
        element("pic:blipFill", element("a:blip", **{"r:embed": relationship}), "<a:stretch><a:fillRect/></a:stretch>"),
        shape,
    )
    graphic = element(
        "a:graphic", element("a:graphicData", picture, uri="http://schemas.openxmlformats.org/drawingml/2006/picture")
    )
    inline = element(
        "wp:inline",
        element("wp:extent", **size),
        element("wp:docPr", **names),
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>',
        graphic,
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    position = run_properties(position=w("position", val=str(raised))) if raised else ""
    return w("r", position, w("drawing", inline))


def _bullets() -> str:
    levels = (_numbering_level(at, "bullet", "•◦▪"[at % 3], 1) for at in range(_LEVELS))
    return w(
        "abstractNum",
        w("nsid", val=f"{0x10000000 + BULLETS:08X}"),
        w("multiLevelType", val="multilevel"),
        *levels,
        abstractNumId=str(BULLETS),
    )


def _numbering_level(level: int, kind: str, text: str, first: int) -> str:
    indent = w("ind", left=str(INDENT * (level + 1)), hanging=str(HANGING))
    return w(
        "lvl",
        w("start", val=str(first)),
        w("numFmt", val=kind),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        paragraph_properties(ind=indent),
        run_properties(rFonts=w("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", hint="default"))
        if kind == "bullet"
        else "",
        ilvl=str(level),
    )


def _separator(number: int, kind: str) -> str:
    properties = paragraph_properties(spacing=w("spacing", after="0", line="240", lineRule="auto"))
    return w("footnote", w("p", properties, w("r", w(kind))), type=kind, id=str(number))
