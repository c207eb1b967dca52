"""Properties of paragraphs, runs, tables and cells of Word, in the order that the standard prescribes.

Word calls a file damaged if two of them are exchanged, so they are given by name, and put into order here.
"""

from chatdesk.rendering.export.office.xml_text import prefixed

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind contextualSpacing jc outlineLvl rPr collapsed",
    "rPr": "rStyle rFonts b bCs i iCs strike noProof color position sz szCs highlight u bdr shd vertAlign rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders shd tcMar vAlign",
}
_POSITIONS = {tag: {name: position for position, name in enumerate(order.split())} for tag, order in _ORDERS.items()}


def w(tag: str, *content: str, **attributes: str) -> str:
    """Return an element of WordprocessingML, whose prefix is added to its name and its attributes."""
    return prefixed("w", tag, content, attributes)


def paragraph_properties(**properties: str) -> str:
    """Return the properties of a paragraph: XML by name; empty if there are none."""
    return _ordered("pPr", properties)


def run_properties(**properties: str) -> str:
    """Return the properties of a run: XML by name; empty if there are none."""
    return _ordered("rPr", properties)


def table_properties(**properties: str) -> str:
    """Return the properties of a table: XML by name."""
    return _ordered("tblPr", properties)


def cell_properties(**properties: str) -> str:
    """Return the properties of a cell: XML by name."""
    return _ordered("tcPr", properties)


def _ordered(tag: str, properties: dict[str, str]) -> str:
    content = "".join(properties[name] for name in sorted(properties, key=_POSITIONS[tag].__getitem__))
    return w(tag, content) if content else ""


def border(edge: str, color: str, *, size: int = 4, space: int = 0, kind: str = "single") -> str:
    """Return an edge of a border: `size` in eighths of a point, `space` to the text in points."""
    return w(edge, val=kind, sz=str(size), space=str(space), color=color)


def box(color: str, *, size: int = 4, space: int = 0) -> str:
    """Return the four edges of a box."""
    return "".join(border(edge, color, size=size, space=space) for edge in ("top", "left", "bottom", "right"))


def shading(color: str) -> str:
    """Return a ground."""
    return w("shd", val="clear", color="auto", fill=color)
