"""What the elements of a formula are for their neighbours: delimiters, signs with operands, names of functions."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.adjust import Atom, atom_of
from chatdesk.rendering.formulas.typeset.elements import ARROW

BARS = {"|": "∣", "‖": "∥"}
"""Bars as relations, if they are not a pair."""
SIGNS = frozenset("+-−±∓")
"""Signs between operands that are also before a single one."""
_PAIRS = frozenset("([{⟨⌊⌈⟦")
_CLOSING = frozenset(")]}⟩⌋⌉⟧")
_MAX_BETWEEN = 300
"""Elements between a pair of delimiters of fixed height."""


def begins_pair(one: ET.Element) -> bool:
    """Return whether an element may be the first of a pair of delimiters of fixed height."""
    return _is_plain(one) and one.text in _PAIRS | BARS.keys()


def pair_end(elements: Sequence[ET.Element], at: int) -> int:
    """Return the position of the delimiter, perhaps with scripts, that closes the one at a position; 0 if it stands alone.

    A bar stands alone in P(A|B); the two ends of a half-open interval are different.
    """
    return _closing_bar(elements, at) if elements[at].text in BARS else _closing_bracket(elements, at)


def _closing_bracket(elements: Sequence[ET.Element], at: int) -> int:
    depth = 0
    for index in range(at, min(len(elements), at + _MAX_BETWEEN)):
        nucleus = nucleus_of(elements[index])
        if _is_plain(nucleus):
            depth += ((nucleus.text or "") in _PAIRS) - ((nucleus.text or "") in _CLOSING)
        if depth == 0:
            return index
    return 0


def _closing_bar(elements: Sequence[ET.Element], at: int) -> int:
    before = Atom.OPENING if at == 0 or _is_bar(nucleus_of(elements[at - 1])) else role_of(elements[at - 1])
    depth = 0
    for index in range(at + 1, min(len(elements), at + _MAX_BETWEEN)):
        one = elements[index]
        nucleus, atom = nucleus_of(one), role_of(one)
        if _is_bar(nucleus) and nucleus.text == elements[at].text and depth == 0 and index > at + 1:
            return index
        depth += (atom is Atom.OPENING) - (atom is Atom.CLOSING)
        if depth < 0 or (before is Atom.ORDINARY and atom in {Atom.RELATION, Atom.PUNCTUATION}):
            return 0
    return 0


def _is_bar(one: ET.Element) -> bool:
    return _is_plain(one) and one.text in BARS


def _is_plain(one: ET.Element) -> bool:
    return one.tag == "mo" and one.get("fence") != "true"


def needs_operand(one: Sequence[ET.Element]) -> bool:
    """Return whether the first or last element of a row, if there is one, is a sign between two operands."""
    return any(role_of(each) in {Atom.RELATION, Atom.BINARY} and each.text not in SIGNS for each in one)


def role_of(one: ET.Element) -> Atom:
    """Return the role of an element for its neighbours."""
    return Atom.ORDINARY if one.tag == "mspace" else atom_of(one)


def is_fence(one: ET.Element, form: str) -> bool:
    """Return whether an element is a delimiter of this form."""
    return one.tag == "mo" and one.get("fence") == "true" and one.get("form") == form


def closing_fence(elements: Sequence[ET.Element], at: int) -> int:
    """Return the position of the delimiter that closes the one at a position; 0 if there is none."""
    depth = 0
    for index in range(at, len(elements)):
        depth += is_fence(elements[index], "prefix") - is_fence(elements[index], "postfix")
        if depth == 0:
            return index
    return 0


def begins_or_ends_open(elements: Sequence[ET.Element]) -> bool:
    r"""Return whether a row has a delimiter of its height at one end only, as \left. makes it."""
    first, last = elements[0], elements[-1]
    begins = is_fence(first, "prefix") and not first.get("minsize") and not closing_fence(elements, 0)
    ends = is_fence(last, "postfix") and not last.get("minsize") and not has_opening_fence(elements)
    return begins or ends


def has_opening_fence(elements: Sequence[ET.Element]) -> bool:
    """Return whether the last delimiter of a row closes another one."""
    depth = 0
    for one in reversed(elements):
        depth += is_fence(one, "postfix") - is_fence(one, "prefix")
        if depth == 0:
            return True
    return False


def nucleus_of(one: ET.Element) -> ET.Element:
    """Return the element that has the scripts, or the element itself."""
    scripted = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
    return one[0] if one.tag in scripted and not one.get(ARROW) else one


def is_large(one: ET.Element) -> bool:
    """Return whether an element is a sign such as ∑."""
    return one.tag == "mo" and one.get("largeop") == "true"


def is_function(one: ET.Element) -> bool:
    """Return whether an element is a name such as sin or lim, perhaps with scripts."""
    nucleus = nucleus_of(one)
    text = (nucleus.text or "").replace("\u2009", "")
    return nucleus.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha() and atom_of(one) is Atom.OPERATOR


def is_argument(one: ET.Element) -> bool:
    """Return whether an element can be what a name such as sin applies to."""
    return one.tag != "mspace" and atom_of(one) in {Atom.ORDINARY, Atom.OPERATOR}


def operand_end(elements: Sequence[ET.Element], at: int) -> int:
    """Return the position after what a large sign applies to: a product."""
    depth = 0
    for index in range(at, len(elements)):
        one = elements[index]
        atom = role_of(one)
        if depth == 0 and (
            atom in {Atom.RELATION, Atom.PUNCTUATION, Atom.CLOSING}
            or is_fence(one, "infix")
            or (index > at and one.tag == "mo" and (one.text or "") in SIGNS)
        ):
            return index
        depth += (atom is Atom.OPENING) - (atom is Atom.CLOSING)
    return len(elements)


def scripts_of(one: ET.Element) -> tuple[ET.Element | None, ET.Element | None]:
    """Return what is below and what is above."""
    if one.tag in {"msub", "munder"}:
        return one[1], None
    if one.tag in {"msup", "mover"}:
        return None, one[1]
    return (one[1], one[2]) if one.tag in {"msubsup", "munderover"} else (None, None)


def columns_of(cell: ET.Element) -> int:
    """Return how many columns a cell takes."""
    return max(1, int(cell.get("columnspan", "1")))
