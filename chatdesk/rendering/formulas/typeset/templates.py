r"""Commands that stand for other LaTeX: those of the packages physics, braket, siunitx and mhchem."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset.abbreviations import (
    ABBREVIATIONS,
    DERIVATIVES,
    abbreviated,
    derivative,
    derivative_arguments,
)
from chatdesk.rendering.formulas.typeset.chemistry import chemistry, physical_quantity
from chatdesk.rendering.formulas.typeset.elements import Style, node, space, with_atom
from chatdesk.rendering.formulas.typeset.parser import Command, Parser
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason
from chatdesk.rendering.formulas.typeset.units import angle_in_latex, number_in_latex, quantity_in_latex, unit_in_latex

_IMPLICATIONS = {"iff": r"\Longleftrightarrow", "implies": r"\Longrightarrow", "impliedby": r"\Longleftarrow"}
_PAIRED = {
    "abs": ("|", "|"),
    "absolutevalue": ("|", "|"),
    "norm": (r"\|", r"\|"),
    "ev": (r"\langle", r"\rangle"),
    "expval": (r"\langle", r"\rangle"),
    "expectationvalue": (r"\langle", r"\rangle"),
    "vev": ("", ""),
}
_QUANTITY_ENDS = {"(": ")", "[": "]", "|": "|"}
_DIFFERENTIALS = {"dd": r"\mathrm{d}", "differential": r"\mathrm{d}", "var": r"\delta", "variation": r"\delta"}
_BAR = re.compile(r"\\[a-zA-Z]+|\\.|[{}|]", re.DOTALL)


def _template(parser: Parser, name: str, style: Style) -> ET.Element:
    parser.accept("*")
    arguments = [parser.raw() for _ in range(ABBREVIATIONS[name][0])]
    return parser.sub(abbreviated(name, arguments), style)


def _implication(parser: Parser, name: str, style: Style) -> ET.Element:
    arrow = parser.sub(_IMPLICATIONS[name], style)
    return with_atom(node("mrow", space(5 / 18), arrow, space(5 / 18)), "RELATION")


def _paired(parser: Parser, name: str, style: Style) -> ET.Element:
    left, right = _PAIRED[name]
    parser.accept("*")
    raw = parser.raw()
    if name.startswith("e") and parser.next == "{":
        state = parser.raw()
        return parser.sub(rf"\left\langle {state}\middle|{raw}\middle|{state}\right\rangle", style)
    if name == "vev":
        return parser.sub(rf"\left\langle 0\middle|{raw}\middle|0\right\rangle", style)
    return parser.sub(rf"\left{left} {raw}\right{right}", style)


def _quantity(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return \qty: fences in physics, a number with its unit in siunitx."""
    parser.accept("*")
    options = parser.option() if parser.next == "[" and "]{" in parser.text[parser.at :] else ""
    if parser.next == "{":
        raw = parser.raw()
        if parser.next == "{":
            return parser.sub(quantity_in_latex(raw, parser.raw(), options), style)
        return parser.sub(rf"\left\{{{raw}\right\}}", style)
    opening = parser.consume()
    if opening not in _QUANTITY_ENDS:
        raise NotSettable(Reason.INCOMPLETE, rf"\{name}")
    inner = _until(parser, opening, _QUANTITY_ENDS[opening])
    return parser.sub(rf"\left{opening}{inner}\right{_QUANTITY_ENDS[opening]}", style)


def _until(parser: Parser, opening: str, closing: str) -> str:
    """Return the source up to the matching bracket, and continue after it. Raise `NotSettable`."""
    start, depth, braces = parser.at, 1, 0
    while parser.next:
        found = parser.consume()
        braces += (found == "{") - (found == "}")
        if braces == 0 and found == closing:
            depth -= 1
        elif braces == 0 and found == opening:
            depth += 1
        if depth == 0:
            return parser.text[start : parser.at - 1]
    raise NotSettable(Reason.UNBALANCED, opening)


def _fenced(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return physics' functions with automatic fences, such as \eval{x}_0^1."""
    parser.accept("*")
    return parser.sub(rf"\left.{parser.raw()}\right|", style)


def _derivative(parser: Parser, name: str, style: Style) -> ET.Element:
    flat = parser.accept("*")
    order = parser.option()
    first = parser.raw()
    further = [parser.raw() for _ in range(derivative_arguments(name) - 1) if parser.next == "{"]
    above, below = derivative(name, order, first, further)
    applied = rf"\left({_until(parser, '(', ')')}\right)" if not further and parser.accept("(") else ""
    return parser.sub((f"{above}/{below}" if flat else rf"\frac{{{above}}}{{{below}}}") + applied, style)


def _differential(parser: Parser, name: str, style: Style) -> ET.Element:
    order = parser.option()
    power = f"^{{{order}}}" if order else ""
    raw = parser.raw() if parser.next == "{" else ""
    if not raw and parser.accept("("):
        raw = rf"\left({_until(parser, '(', ')')}\right)"
    return parser.sub(rf"{_DIFFERENTIALS[name]}{power} {raw}", style)


def _bra_and_ket(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return \braket, whose bars are as high as the brackets."""
    raw = parser.raw()
    if parser.next == "{" and name == "braket":
        raw = rf"{raw}|{parser.raw()}"
    bar = r"\,\middle|\," if name == "Set" else r"\middle|"
    depth, parts = 0, []
    position = 0
    for found in _BAR.finditer(raw):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0 and found[0] in {"|", r"\vert", r"\mid"}:
            parts.append(raw[position : found.start()])
            position = found.end()
    inner = bar.join([*parts, raw[position:]])
    return parser.sub(rf"\left\{{{inner}\right\}}" if name == "Set" else rf"\left\langle {inner}\right\rangle", style)


def _matrix(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return \mqty, whose brackets are those of its argument."""
    small = name in {"smqty", "smallmatrixquantity"}
    parser.accept("*")
    opening = parser.consume()
    if opening == "{":
        parser.at -= 1
        inner = parser.raw()
    elif opening in _QUANTITY_ENDS:
        inner = _until(parser, opening, _QUANTITY_ENDS[opening])
    else:
        raise NotSettable(Reason.INCOMPLETE, rf"\{name}")
    kind = {"(": "p", "[": "b", "|": "v", "{": ""}[opening] + ("small" if small else "")
    return parser.sub(rf"\begin{{{kind}matrix}}{inner}\end{{{kind}matrix}}", style)


def _converted(convert: Callable[..., str], count: int, *, with_options: bool = False) -> Command:
    """Return a command of siunitx whose arguments are converted to LaTeX."""

    def read(parser: Parser, name: str, style: Style) -> ET.Element:
        options = {"options": parser.option()}
        arguments = [parser.raw() for _ in range(count)]
        return parser.sub("{" + convert(*arguments, **(options if with_options else {})) + "}", style)

    return read


def _range(parser: Parser, name: str, style: Style) -> ET.Element:
    options = parser.option()
    first, last = (number_in_latex(parser.raw()) for _ in range(2))
    if name == "numrange":
        return parser.sub(rf"{first}\text{{–}}{last}", style)
    unit = unit_in_latex(parser.raw(), options)
    return parser.sub(rf"{first}\,{unit}\text{{–}}{last}\,{unit}", style)


def _list(parser: Parser, name: str, style: Style) -> ET.Element:
    options = parser.option()
    unit = ""
    values = parser.raw().split(";")
    if name != "numlist":
        unit = rf"\,{unit_in_latex(parser.raw(), options)}"
    return parser.sub(r",\ ".join(number_in_latex(value) + unit for value in values), style)


def _chemical(parser: Parser, name: str, style: Style) -> ET.Element:
    raw = parser.raw()
    return parser.sub("{" + (physical_quantity(raw) if name == "pu" else chemistry(raw)) + "}", style)


TEMPLATES: dict[str, Command] = {
    **dict.fromkeys(ABBREVIATIONS, _template),
    **dict.fromkeys(_IMPLICATIONS, _implication),
    **dict.fromkeys(_PAIRED, _paired),
    **dict.fromkeys(DERIVATIVES, _derivative),
    **dict.fromkeys(_DIFFERENTIALS, _differential),
    **dict.fromkeys(("qty", "quantity"), _quantity),
    **dict.fromkeys(("eval", "evaluated"), _fenced),
    **dict.fromkeys(("braket", "Braket", "ip", "Set"), _bra_and_ket),
    **dict.fromkeys(("mqty", "matrixquantity", "smqty", "smallmatrixquantity"), _matrix),
    **dict.fromkeys(("ce", "cee", "pu"), _chemical),
    **dict.fromkeys(("SIrange", "qtyrange", "numrange"), _range),
    **dict.fromkeys(("SIlist", "qtylist", "numlist"), _list),
    "num": _converted(number_in_latex, 1),
    "ang": _converted(angle_in_latex, 1),
    "SI": _converted(quantity_in_latex, 2, with_options=True),
    "si": _converted(unit_in_latex, 1, with_options=True),
    "unit": _converted(unit_in_latex, 1, with_options=True),
}
