"""LaTeX as MathML, by way of latex2mathml: for copying into other programs, and for what sets formulas here.

Loads latex2mathml, which takes a while (80 ms): import it when it is needed.
"""

import re
from html import unescape
from xml.etree import ElementTree as ET

from latex2mathml.converter import Converter
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    ExtraLeftOrMissingRightError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)
from latex2mathml.symbols_parser import convert_symbol

from chatdesk.rendering.formulas.typeset.latex import NotSettable, Prepared, prepare
from chatdesk.rendering.formulas.typeset.outline import Reason

_REASONS = {
    DenominatorNotFoundError: Reason.INCOMPLETE,
    NumeratorNotFoundError: Reason.INCOMPLETE,
    MissingSuperScriptOrSubscriptError: Reason.INCOMPLETE,
    NoAvailableTokensError: Reason.INCOMPLETE,
    ExtraLeftOrMissingRightError: Reason.UNBALANCED,
    MissingEndError: Reason.UNBALANCED,
    RecursionError: Reason.TOO_LARGE,
}
_SIGNS = {"\\{": "{", "\\}": "}", "\\|": "‖"}
_LINES = re.compile(r"v([\d,]*)h([\d,]*)")


def mathml(latex: str, displayed: bool) -> str:
    """Return a formula as MathML, to be given to `rendering/export/html.py`; empty if it is not understood."""
    try:
        prepared = prepare(latex)
        if prepared.tag:
            prepared = Prepared(rf"{prepared.latex} \qquad {prepared.tag}")
        root = to_element(prepared.latex, displayed=displayed)
    except NotSettable:
        return ""
    for element in root.iter():
        lines = _LINES.fullmatch(element.attrib.pop("class", ""))
        if lines and element.tag == "mtable":
            columns, rows = max((len(row) for row in element), default=0), len(element)
            element.set("columnlines", _between(lines[1], columns))
            element.set("rowlines", _between(lines[2], rows))
    return ET.tostring(root, encoding="unicode")


def to_element(latex: str, *, displayed: bool) -> ET.Element:
    """Return prepared LaTeX as an element of MathML. Raises `NotSettable` for what latex2mathml does not understand."""
    if not latex.strip():
        raise NotSettable(Reason.EMPTY)
    try:
        root = Converter(display="block" if displayed else "inline").convert_to_element(latex)
    except Exception as error:  # it raises whatever comes, for whatever it does not foresee
        raise NotSettable(_REASONS.get(type(error), Reason.NOT_UNDERSTOOD)) from error
    for element in root.iter():
        if element.text:
            element.text = _known(unescape(element.text)) if element.tag != "mtext" else unescape(element.text)
    return root


def _known(text: str) -> str:
    """Return a command that came through as text as its sign. Raises `NotSettable` if there is no such command."""
    if not text.startswith("\\") or text == "\\":
        return text
    if text in _SIGNS:
        return _SIGNS[text]
    if symbol := convert_symbol(text):
        return chr(int(symbol, 16))
    raise NotSettable(Reason.UNKNOWN, text)


def _between(given: str, count: int) -> str:
    """Return MathML's attribute for lines between neighbours; it has no place for those at the edges."""
    lines = {int(number) for number in given.split(",") if number}
    return " ".join("solid" if index in lines else "none" for index in range(1, count)) or "none"
