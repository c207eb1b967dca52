"""MathML from latex2mathml, changed into what ziamath sets right. What the nodes themselves do otherwise is in `nodes.py`."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from xml.etree import ElementTree as ET

# The room between neighbours in a line, by TeX's rules: what each element is to its neighbours, and how much
# room these leave.
#
# MathML lets every operator bring its own room; that leaves too much before a sign and too little around ∪
# and ×, so it is taken away.

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
