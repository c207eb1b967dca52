"""MathML elements with a few private attributes, which `adjust.py` reads and `setter.mathml` removes."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from chatdesk.kernel.fast_dataclass import dataclass

ATOM = "tex-atom"
"""Role of an element for its neighbours, if its sign does not determine it: the name of a member of `adjust.Atom`."""
LIMITS = "tex-limits"
"""Where scripts go: "movable" for above and below in displayed formulas, "always" for always above and below."""
ARROW = "tex-arrow"
"""Marks a labelled arrow that is as long as its labels."""
OVERLAP = "tex-overlap"
"""Where an element without a width of its own extends to: "left" or "both"; otherwise to the right."""
LINES = "tex-lines"
"""Lines of a table: see `Grid` in `environments.py`."""
PRIVATE = (ATOM, LIMITS, ARROW, OVERLAP, LINES)

Elements = list[ET.Element]


@dataclass(frozen=True, slots=True)
class Style:
    """The style at a position of a formula."""

    display: bool
    """Whether signs have their limits above and below, and fractions full size."""
    font: str = ""
    """MathML's name of the font; empty for TeX's: italic letters, upright digits."""

    def inner(self) -> "Style":
        """Return the style of scripts, of the parts of a fraction and of the cells of a matrix."""
        return Style(display=False, font=self.font)


def node(tag: str, *children: ET.Element, **attributes: str) -> ET.Element:
    """Return an element with these children."""
    element = ET.Element(tag, attributes)
    element.extend(children)
    return element


def token(tag: str, text: str, **attributes: str) -> ET.Element:
    """Return an element with text."""
    element = ET.Element(tag, attributes)
    element.text = text
    return element


def operator(sign: str, atom: str = "", **attributes: str) -> ET.Element:
    """Return a sign that does not stretch unless the attributes say so."""
    element = token("mo", sign, **{"stretchy": "false", **attributes})
    if atom:
        element.set(ATOM, atom)
    return element


def row(elements: Sequence[ET.Element]) -> ET.Element:
    """Return the elements as one: the only one itself if it is a letter, number or text."""
    if len(elements) == 1 and elements[0].tag in {"mi", "mn", "mtext", "mrow"} and not elements[0].get(ATOM):
        return elements[0]
    return node("mrow", *elements)


def group(elements: Sequence[ET.Element]) -> ET.Element:
    """Return the elements as one with the role of a letter, as braces do."""
    made = row(elements)
    return made if made.tag != "mrow" else with_atom(node("mrow", *elements), "ORDINARY")


def with_atom(element: ET.Element, atom: str) -> ET.Element:
    """Return the element after setting its role."""
    element.set(ATOM, atom)
    return element


def space(width: float) -> ET.Element:
    """Return a space of this width in em."""
    return ET.Element("mspace", width=f"{width:.3f}em")


def fence(sign: str, form: str) -> ET.Element:
    """Return a delimiter that is as high as its row; `form` is prefix, infix or postfix."""
    atom = {"prefix": "OPENING", "postfix": "CLOSING"}.get(form, "ORDINARY")
    return operator(sign, atom, stretchy="true", fence="true", form=form)


def fenced(left: str, inner: ET.Element, right: str) -> ET.Element:
    """Return an element between delimiters of its height; an empty one is left out."""
    parts = [fence(left, "prefix")] if left else []
    parts.append(inner)
    if right:
        parts.append(fence(right, "postfix"))
    return node("mrow", *parts)


def styled(inner: ET.Element, *, display: bool | None = None, level: int | None = None) -> ET.Element:
    """Return an element in display or text style, and in the size of a script level."""
    attributes = {} if display is None else {"displaystyle": str(display).lower()}
    if level is not None:
        attributes["scriptlevel"] = str(level)
    return node("mstyle", inner, **attributes)


def undisplayed(element: ET.Element) -> ET.Element:
    """Return the element after setting the style of scripts, unless it has its own."""
    if len(element):
        element.attrib.setdefault("displaystyle", "false")
    return element
