"""MathML from latex2mathml, changed into what ziamath sets right. What the nodes themselves do otherwise is in `nodes.py`."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.spacing import is_sign, space

_VARIANTS = {
    "double-struck": "double",
    "bold-double-struck": "double",
    "sans-serif": "sans",
    "bold-sans-serif": "bold sans",
    "sans-serif-italic": "italic sans",
    "monospace": "mono",
    "bold-fraktur": "bold fraktur",
    "bold-script": "bold script",
}
_TOKENS = frozenset({"mi", "mn", "mo"})
_STYLES = ("displaystyle", "scriptlevel", "mathcolor", "mathbackground", "mathvariant", "mathsize")
_WITH_LIMITS = frozenset({"sup", "inf", "max", "min", "lim", "det", "gcd", "Pr"})
_ITALIC = {"ϕ": "𝜙", "ϵ": "𝜖", "ϑ": "𝜗", "ϱ": "𝜚", "ϖ": "𝜛", "ϰ": "𝜘"}
"""Letters that ziamath leaves upright."""
_DIGITS = {"bold": 0x1D7CE, "double": 0x1D7D8, "sans": 0x1D7E2, "mono": 0x1D7F6}
"""Where the digits of a variant begin."""
_UPRIGHT_ARROWS = frozenset("↑↓↕⇑⇓⇕")
_FRACTION_FENCES = frozenset({"(", ")", "[", "]", "{", "}", "⟨", "⟩"})


def adjust(root: ET.Element, has: Callable[[str], bool]) -> ET.Element:
    """Change a formula in its place and return it. `has` says whether the math font has a character."""
    root.attrib.pop("xmlns", None)  # ziamath knows elements by their bare names
    _spread_styles(root)
    for element in root.iter():
        _adjust_token(element, has)
        _adjust_accent(element)
        _label_arrow(element)
        _fence_fractions(element)
    space(root)
    return root


def _spread_styles(element: ET.Element) -> None:
    """Give the attributes of every mstyle to its children, and make it a row."""
    for child in element:
        if element.tag == "mstyle":
            for name in _STYLES:
                if (value := element.get(name)) is not None:
                    child.attrib.setdefault(name, value)
        _spread_styles(child)
    if element.tag == "mstyle":
        element.tag = "mrow"


def _adjust_token(element: ET.Element, has: Callable[[str], bool]) -> None:
    variant = element.get("mathvariant")
    if variant in _VARIANTS:
        element.set("mathvariant", _VARIANTS[variant])
    if element.tag not in _TOKENS or not element.text:
        return
    if element.tag == "mn" and element.get("mathvariant") in _DIGITS:
        first = _DIGITS[element.attrib.pop("mathvariant")]
        element.text = "".join(chr(first + int(char)) if char in "0123456789" else char for char in element.text)
        element.set("mathvariant", "normal")
    if not all(has(char) for char in element.text):
        element.tag = "mtext"
    elif element.text in _WITH_LIMITS:
        element.tag = "mo"
        element.set("movablelimits", "true")
    elif element.text in _ITALIC and not variant:
        element.text = _ITALIC[element.text]
    elif element.text in _UPRIGHT_ARROWS and element.get("fence") != "true":
        element.set("stretchy", "false")
    elif element.tag == "mi" and is_sign(element):
        element.tag = "mo"


def _adjust_accent(element: ET.Element) -> None:
    """Take the signs for hats and tildes that fit one letter, or those that stretch over several."""
    if element.tag != "mover" or len(element) != 2 or element[1].tag != "mo":
        return
    sign = element[1]
    if sign.text == "^":
        sign.text = "\u02c6" if element.get("accent") == "true" else "\u0302"
    elif sign.text == "~":
        sign.text = "\u02dc" if sign.get("stretchy") == "false" else "\u0303"


def _label_arrow(element: ET.Element) -> None:
    r"""Make one element of an \xrightarrow and its words: they are over it, or over and under it."""
    if element.tag not in {"mover", "munderover"} or not len(element) or len(element[0]) != 1:
        return
    arrow, labels = element[0][0], element[1:]
    if arrow.tag != "mo" or not labels or any(label.tag != "mpadded" for label in labels):
        return
    for label in labels:
        label.attrib.clear()
        label.tag = "mrow"
        if len(label) and label[-1].tag == "mspace":
            label.remove(label[-1])
    element.tag = "arrow"
    element[:] = [arrow, *reversed(labels)]


def _fence_fractions(element: ET.Element) -> None:
    """Put a fraction and the fences that were written for it in a row of their own, where they are as high as it is."""
    for index in range(len(element) - 2):
        trio = element[index : index + 3]
        if len(trio) < 3 or trio[1].tag != "mfrac":
            continue
        left, right = trio[0], trio[2]
        if any(
            one.tag != "mo" or "minsize" not in one.attrib or one.text not in _FRACTION_FENCES for one in (left, right)
        ):
            continue
        for fence, form in ((left, "prefix"), (right, "postfix")):
            fence.attrib = {"stretchy": "true", "fence": "true", "form": form}
        row = ET.Element("mrow")
        row[:] = trio
        element[index : index + 3] = [row]
