"""Adjustment of MathML so that ziamath typesets it as TeX would. `nodes.py` changes the nodes themselves."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.elements import ARROW, ATOM

# Spacing between adjacent elements by TeX's rules, which depend on the roles of both.
#
# MathML operators have their own spacing, which is too large before a sign and too small around ∪ and ×, so it is removed.

_ROWS = frozenset({"math", "mrow", "mtd", "mpadded", "mphantom", "menclose", "msqrt"})
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_OPENING = frozenset("([{⟨⌊⌈⟦")
_CLOSING = frozenset(")]}⟩⌋⌉⟧!?")
_PUNCTUATION = frozenset(",;")
_BINARY = frozenset("+-−±∓×÷·⋅∗*⋆∘•∙⊕⊖⊗⊘⊙∧∨∩∪⊎⊓⊔∖⧵⋄†‡◁▷⨿≀⊞⊟⊠⋉⋊&")
_LARGE = frozenset("∑∏∐∫∬∭⨌∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_RELATIONS = frozenset("=<>:∣∥∝≔≕⟂∴∵∶⟵⟶⟷⟸⟹⟺⟼⪯⪰⩽⩾⪅⪆⪕⪖⪡⪢")
_RELATION_RANGES = (
    (0x2190, 0x2190),
    (0x2192, 0x2192),
    (0x2194, 0x21FF),
    (0x2208, 0x220D),
    (0x223C, 0x228B),
    (0x228F, 0x2292),
    (0x22A2, 0x22A3),
    (0x22A6, 0x22B8),
    (0x22C8, 0x22C8),
    (0x22CD, 0x22CD),
    (0x22D0, 0x22ED),
)


class Atom(Enum):
    """Role of an element for its neighbours."""

    ORDINARY = auto()
    OPERATOR = auto()
    """A name or large sign that applies to the following element."""
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()


def space(root: ET.Element) -> None:
    """Insert the spacing between all elements of a formula."""
    _space(root, in_script=False)


def _space(element: ET.Element, *, in_script: bool) -> None:
    for index, child in enumerate(element):
        _space(child, in_script=in_script or (element.tag in _SCRIPTED and index > 0))
    for child in element:
        if child.tag in {"mo", "mi"}:  # ziamath treats some letters as operators
            child.attrib |= {"lspace": "0", "rspace": "0"}
            child.attrib.setdefault("stretchy", "false")
    if element.tag in _ROWS and len(element) > 1:
        element[:] = list(_spaced(list(element), in_script=in_script))


def _spaced(children: Sequence[ET.Element], *, in_script: bool) -> Iterator[ET.Element]:
    atoms = _atoms(children)
    before: Atom | None = None
    for child, atom in zip(children, atoms, strict=True):
        if atom is not None:
            spacing = _spacing(before, atom, in_script=in_script) if before else 0
            if spacing:
                yield ET.Element("mspace", width=f"{spacing / 18:.3f}em")
            before = atom
        yield child


def _atoms(children: Sequence[ET.Element]) -> list[Atom | None]:
    """Return the role of each element; None for explicit spaces."""
    atoms = [None if child.tag == "mspace" else atom_of(child) for child in children]
    before: Atom | None = None
    last: int | None = None
    for index, atom in enumerate(atoms):
        if atom is None:
            continue
        if atom is Atom.BINARY and before in {
            None,
            Atom.BINARY,
            Atom.OPERATOR,
            Atom.RELATION,
            Atom.OPENING,
            Atom.PUNCTUATION,
        }:
            atom = atoms[index] = Atom.ORDINARY  # noqa: PLW2901 - a sign without operands
        if last is not None and atoms[last] is Atom.BINARY and atom in {Atom.RELATION, Atom.CLOSING, Atom.PUNCTUATION}:
            atoms[last] = Atom.ORDINARY
        before, last = atom, index
    if last is not None and atoms[last] is Atom.BINARY:
        atoms[last] = Atom.ORDINARY
    return atoms


def atom_of(element: ET.Element) -> Atom:
    """Return the role of an element on its own."""
    if role := element.get(ATOM):
        return Atom[role]
    if element.tag in _SCRIPTED:
        return atom_of(element[0]) if len(element) else Atom.ORDINARY
    if element.tag == "arrow":
        return Atom.RELATION
    if element.tag in {"mrow", "mstyle"} and len(element) == 1:
        return atom_of(element[0])
    return atom_of_sign((element.text or "").strip()) if element.tag == "mo" else Atom.ORDINARY


def atom_of_sign(sign: str) -> Atom:
    """Return the role of a sign."""
    for atom, signs in (
        (Atom.OPENING, _OPENING),
        (Atom.CLOSING, _CLOSING),
        (Atom.PUNCTUATION, _PUNCTUATION),
        (Atom.BINARY, _BINARY),
        (Atom.OPERATOR, _LARGE),
        (Atom.RELATION, _RELATIONS),
    ):
        if sign in signs:
            return atom
    relation = len(sign) == 1 and any(low <= ord(sign) <= high for low, high in _RELATION_RANGES)
    return Atom.RELATION if relation else Atom.ORDINARY


def _spacing(left: Atom, right: Atom, *, in_script: bool) -> int:
    """Return the space between two roles, in eighteenths of an em."""
    operands = {Atom.ORDINARY, Atom.OPERATOR}
    if right is Atom.OPERATOR and left in {*operands, Atom.CLOSING}:
        return 3
    if left is Atom.OPERATOR and right in operands:
        return 3
    if in_script or left is Atom.OPENING or right is Atom.CLOSING:
        return 0
    if left is Atom.PUNCTUATION:
        return 3
    if right is Atom.PUNCTUATION:
        return 0
    if (left is Atom.RELATION) != (right is Atom.RELATION):
        return 5
    return 4 if Atom.BINARY in {left, right} else 0


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
_ITALIC = {"ϕ": "𝜙", "ϵ": "𝜖", "ϑ": "𝜗", "ϱ": "𝜚", "ϖ": "𝜛", "ϰ": "𝜘"}
"""Letters that ziamath does not slant."""
_DIGITS = {"bold": 0x1D7CE, "double": 0x1D7D8, "sans": 0x1D7E2, "mono": 0x1D7F6}
"""Code point of the digit zero for each variant."""


def adjust(root: ET.Element, has: Callable[[str], bool]) -> ET.Element:
    """Adjust a formula in place and return it. `has` returns whether the math font has a character."""
    _spread_styles(root)
    for element in root.iter():
        _adjust_token(element, has)
        if element.get(ARROW):
            _label_arrow(element)
    space(root)
    return root


def _spread_styles(element: ET.Element) -> None:
    """Copy the attributes of each mstyle to its children, and make it a row."""
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
    if not all(has(char) for char in element.text if not char.isspace()):
        element.tag = "mtext"
    elif element.text in _ITALIC and not variant:
        element.text = _ITALIC[element.text]


def _label_arrow(element: ET.Element) -> None:
    """Turn an arrow with a label above, or below and above, into the node that is as long as the labels."""
    arrow, labels = element[0], element[1:]
    element.tag = "arrow"
    element[:] = [
        arrow,
        *(
            ET.Element("mrow") if label.tag == "mrow" and not len(label) else _as_row(label)
            for label in reversed(labels)
        ),
    ]


def _as_row(label: ET.Element) -> ET.Element:
    if label.tag == "mrow":
        return label
    made = ET.Element("mrow")
    made.append(label)
    return made
