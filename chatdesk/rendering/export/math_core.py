"""Formulas as MathML that browsers show without a script: MathML Core, with CSS for what it does not have.

The spacing is TeX's, as on the screen. A browser's own would depend on its table of operators.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.adjust import space as space_atoms
from chatdesk.rendering.formulas.typeset.conversion import convert
from chatdesk.rendering.formulas.typeset.elements import LINES, OVERLAP, PRIVATE, node
from chatdesk.rendering.formulas.typeset.environments import Grid
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable

_NAMES_OF_FONTS: Mapping[str, str] = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
"""How Unicode calls the letters of MathML's fonts, which MathML Core does not have."""
_OLDER = {
    "ITALIC": dict(zip("h", "ℎ", strict=True)),
    "DOUBLE-STRUCK": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "SCRIPT": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "FRAKTUR": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
"""Letters that Unicode had before the others."""
_KINDS = {"Lu": "CAPITAL", "Ll": "SMALL"}
_TEXT_STYLES = (
    ("bold", "font-weight:bold"),
    ("italic", "font-style:italic"),
    ("sans-serif", "font-family:sans-serif"),
    ("monospace", "font-family:monospace"),
)
_ACCENTS = {"\u20d7": "→", "\u20d6": "←", "\u20e1": "↔", "\u20d1": "⇀", "\u20d0": "↼"}
"""Signs that browsers put beside the letter if they are combining characters."""
_LINE = "1px solid"
_DASHED = "1px dashed"
_EDGES = {
    "box": ("top", "right", "bottom", "left"),
    "roundedbox": ("top", "right", "bottom", "left"),
    "circle": ("top", "right", "bottom", "left"),
    "actuarial": ("top", "right"),
    **{edge: (edge,) for edge in ("top", "right", "bottom", "left")},
}
_STRIKES = {
    "updiagonalstrike": "to bottom right",
    "downdiagonalstrike": "to bottom left",
    "horizontalstrike": "to bottom",
    "verticalstrike": "to right",
}
"""The directions of gradients with a line across them."""
_OF_OPERATORS = ("lspace", "rspace", "stretchy")
_STRUT = 0.1
"""Space above and below a cell, in em, because browsers make rows as low as their letters."""
_ALIGNMENTS = frozenset({"left", "right", "center"})


def math_core(latex: str, displayed: bool) -> str:
    """Return a formula as an element of MathML, with its LaTeX as an annotation; empty if a browser cannot show it as it is meant."""
    try:
        converted = convert(latex, displayed=displayed)
    except NotSettable:
        return ""
    root = converted.element
    if not all(map(_is_shown, root.iter())):
        return ""
    space_atoms(root)
    for element in root.iter():
        _write(element)
    content = list(root)
    root[:] = [node("semantics", *content, _annotation(latex))]
    written = ET.tostring(root, encoding="unicode")
    if converted.tag is None:
        return written
    space_atoms(converted.tag)
    for element in converted.tag.iter():
        _write(element)
    return f'{written}<span class="tag">{ET.tostring(converted.tag, encoding="unicode")}</span>'


def _annotation(latex: str) -> ET.Element:
    element = ET.Element("annotation", encoding="application/x-tex")
    element.text = "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in latex)
    return element


def _is_shown(element: ET.Element) -> bool:
    """Return whether MathML Core, with our CSS, has everything that an element says."""
    notations = element.get("notation", "").split()
    return not element.get(OVERLAP) and all(each in _EDGES or each in _STRIKES for each in notations)


def _write(element: ET.Element) -> None:
    """Write an element as MathML Core has it."""
    match element.tag:
        case "mi" | "mn" | "mtext" | "mo":
            _write_font(element)
        case "mtable":
            _write_table(element)
        case "menclose":
            _write_enclosure(element)
        case _:
            pass
    for name in (*PRIVATE, *(_OF_OPERATORS if element.tag != "mo" else ())):
        element.attrib.pop(name, None)


def _write_font(element: ET.Element) -> None:
    variant, text = element.get("mathvariant", ""), element.text or ""
    if element.tag == "mo" and text in _ACCENTS:
        element.text = _ACCENTS[text]
    if not variant or variant == "normal":
        return
    del element.attrib["mathvariant"]
    if element.tag == "mtext":
        styles = [style for word, style in _TEXT_STYLES if word in variant]
        _add_style(element, *styles)
        return
    element.text = "".join(_letter(char, _NAMES_OF_FONTS.get(variant, "")) for char in text)
    if element.tag == "mi" and len(text) == 1 and element.text == text:
        element.set("mathvariant", "normal")


def _letter(char: str, font: str) -> str:
    """Return a letter or digit of a font; the same character if there is none."""
    if older := _OLDER.get(font, {}).get(char):
        return older
    name = unicodedata.name(char, "")
    if char.isascii() and char.isalpha():
        name = f"{_KINDS[unicodedata.category(char)]} {char.upper()}"
    elif name.startswith("GREEK "):
        name = name.removeprefix("GREEK ").replace(" LETTER", "")
    elif not name.startswith("DIGIT "):
        return char
    try:
        return unicodedata.lookup(f"MATHEMATICAL {font} {name}")
    except KeyError:
        return char


def _write_table(table: ET.Element) -> None:
    """Write spaces, alignments and lines of a table as CSS of its cells."""
    grid = Grid.read(table.get(LINES, ""))
    leading = _half(table.attrib.pop("rowspacing", "").split()[:1], 0.3)[0] + _STRUT
    spacing = _half(table.attrib.pop("columnspacing", "").split(), 0.8)
    rows = len(table)
    for number, row in enumerate(table):
        cells = list(_columns(row))
        for first, end, cell in cells:
            alignment = cell.attrib.pop("columnalign", "center")
            above, below = (leading if number or grid else 0), (leading if number < rows - 1 or grid else 0)
            left = spacing[max(0, min(first, len(spacing)) - 1)] if first or grid else 0
            right = spacing[min(end, len(spacing)) - 1] if cell is not cells[-1][2] or grid else 0
            _add_style(
                cell,
                f"padding:{above:.3g}em {right:.3g}em {below:.3g}em {left:.3g}em",
                f"text-align:{alignment}" if alignment in _ALIGNMENTS else "",
                *_borders(grid, number, first, end),
            )
    if grid:
        _add_style(table, "border-collapse:collapse")


def _half(lengths: Sequence[str], usual: float) -> list[float]:
    """Return the halves of lengths in em; that of the usual one if there are none."""
    return [float(length.removesuffix("em")) / 2 for length in lengths] or [usual / 2]


def _columns(row: ET.Element) -> Iterator[tuple[int, int, ET.Element]]:
    """Yield the cells of a row with their first column, and the column after the last."""
    column = 0
    for cell in row:
        end = column + int(cell.get("columnspan", "1"))
        yield column, end, cell
        column = end


def _borders(grid: Grid, row: int, first: int, end: int) -> Iterator[str]:
    """Yield the lines at the edges of a cell. A line inside the table belongs to the cell before it."""
    for at, dashed in grid.vertical:
        if at == end or at == first == 0:
            yield f"border-{'right' if at == end else 'left'}:{_DASHED if dashed else _LINE}"
    for at, begin, last, dashed in grid.horizontal:
        is_beside = begin <= first and (last == -1 or end <= last)
        if is_beside and (at == row + 1 or at == row == 0):
            edge = "bottom" if at == row + 1 else "top"
            yield f"border-{edge}:{_DASHED if dashed else _LINE}"


def _write_enclosure(element: ET.Element) -> None:
    """Write lines around or through a formula as borders and gradients."""
    element.tag = "mrow"
    notations = element.attrib.pop("notation", "").split()
    edges = dict.fromkeys(edge for each in notations for edge in _EDGES.get(each, ()))
    gradients = [
        f"linear-gradient({direction},transparent calc(50% - .5px),currentColor calc(50% - .5px),"
        f"currentColor calc(50% + .5px),transparent calc(50% + .5px))"
        for name, direction in _STRIKES.items()
        if name in notations
    ]
    _add_style(
        element,
        *(f"border-{edge}:{_LINE}" for edge in edges),
        "padding:.3em" if edges else "",
        "border-radius:50%" if "circle" in notations else "border-radius:.4em" if "roundedbox" in notations else "",
        f"background:{','.join(gradients)};print-color-adjust:exact" if gradients else "",
    )


def _add_style(element: ET.Element, *parts: str) -> None:
    if style := ";".join(filter(None, parts)):
        element.set("style", style)
