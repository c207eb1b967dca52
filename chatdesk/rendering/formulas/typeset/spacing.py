"""The room between neighbours in a line, by TeX's rules: what each element is to its neighbours, and how much room these leave.

MathML lets every operator bring its own room; that leaves too much before a sign and too little around ∪ and \u00d7, so it is taken away.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from xml.etree import ElementTree as ET

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
    """What an element is to its neighbours."""

    ORDINARY = auto()
    OPERATOR = auto()
    """A name or a large sign that what follows belongs to."""
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()


def space(root: ET.Element) -> None:
    """Put the room between all neighbours of a formula."""
    _space(root, in_script=False)


def is_name(element: ET.Element) -> bool:
    """Say whether an element is the name of a function."""
    text = (element.text or "").replace("\u2009", "").replace("\u2006", "").replace(" ", "")
    return element.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha() and text.isascii()


def _space(element: ET.Element, *, in_script: bool) -> None:
    for index, child in enumerate(element):
        _space(child, in_script=in_script or (element.tag in _SCRIPTED and index > 0))
    for child in element:
        if child.tag in {"mo", "mi"}:  # ziamath takes some letters for operators
            child.attrib |= {"lspace": "0", "rspace": "0"}
    if element.tag in _ROWS and len(element) > 1:
        element[:] = list(_spaced(list(element), in_script=in_script))


def _spaced(children: Sequence[ET.Element], *, in_script: bool) -> Iterator[ET.Element]:
    atoms = _atoms(children)
    before: Atom | None = None
    for child, atom in zip(children, atoms, strict=True):
        if atom is not None:
            room = _room(before, atom, in_script=in_script) if before else 0
            if room:
                yield ET.Element("mspace", width=f"{room / 18:.3f}em")
            before = atom
        yield child


def _atoms(children: Sequence[ET.Element]) -> list[Atom | None]:
    """Return what each element is; None for room that the author made."""
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
            atom = atoms[index] = Atom.ORDINARY  # noqa: PLW2901 - a sign, with nothing to join
        if last is not None and atoms[last] is Atom.BINARY and atom in {Atom.RELATION, Atom.CLOSING, Atom.PUNCTUATION}:
            atoms[last] = Atom.ORDINARY
        before, last = atom, index
    if last is not None and atoms[last] is Atom.BINARY:
        atoms[last] = Atom.ORDINARY
    return atoms


def atom_of(element: ET.Element) -> Atom:
    """Return what an element is by itself."""
    if element.tag in _SCRIPTED:
        return _base_atom(element) if len(element) else Atom.ORDINARY
    if element.tag == "arrow":
        return Atom.RELATION
    if (
        element.tag == "mrow"
        and len(element) == 1
        and element[0].tag in {"mo", *_SCRIPTED}
        and atom_of(element[0]) is Atom.OPERATOR
    ):
        return Atom.OPERATOR
    if is_name(element):
        return Atom.OPERATOR
    if element.tag != "mo" or not element.text:
        return Atom.ORDINARY
    return _sign(element)


def is_sign(element: ET.Element) -> bool:
    """Say whether an element is the sign of an operation or a relation, by what it says."""
    return _sign(element) in {Atom.BINARY, Atom.RELATION}


def _base_atom(element: ET.Element) -> Atom:
    """Return what an element with something over or under it is: a sign stays a sign, also in a group."""
    base = element[0]
    if element.tag in {"mover", "munder", "munderover"}:
        while base.tag == "mrow" and len(base) == 1:
            base = base[0]
    return atom_of(base)


def _sign(element: ET.Element) -> Atom:
    sign = (element.text or "").strip()
    if element.get("fence") == "true" and element.get("form") in {"prefix", "postfix"}:
        return Atom.OPENING if element.get("form") == "prefix" else Atom.CLOSING
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


def _room(left: Atom, right: Atom, *, in_script: bool) -> int:
    """Return the room between two, in eighteenths of an em."""
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
