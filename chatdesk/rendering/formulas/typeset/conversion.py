"""Conversion of LaTeX to MathML: for typesetting with private attributes, and for copying into other programs without them.

It imports latex2mathml's table of signs, which takes 80 ms: import this module only when it is needed.
"""

import re
from xml.etree import ElementTree as ET

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.macros import expanded
from chatdesk.rendering.formulas.typeset.commands import COMMANDS, SWITCHES, tag_in_row
from chatdesk.rendering.formulas.typeset.elements import LINES, PRIVATE, Style, node, space
from chatdesk.rendering.formulas.typeset.environments import ENVIRONMENTS, Grid, formula
from chatdesk.rendering.formulas.typeset.groups import Missing, Unbalanced
from chatdesk.rendering.formulas.typeset.parser import Grammar, Parser
from chatdesk.rendering.formulas.typeset.templates import TEMPLATES
from chatdesk.rendering.formulas.typeset.text import text
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

MAX_FORMULA_LENGTH = 10_000
"""In characters. The longest formulas in real answers have about 1,500."""
_GRAMMAR = Grammar({**COMMANDS, **TEMPLATES, **ENVIRONMENTS}, SWITCHES)
_GRAMMAR_OF_ROWS = Grammar({**_GRAMMAR.commands, "tag": tag_in_row}, SWITCHES)
r"""For a formula with several \tags, which stay in their rows."""
_COMMENT = re.compile(r"(?<![\\\d])%[^\n]*\n")
r"""A comment. A percent sign after a number or in the last line is meant as one, as models write it: 50% instead of 50\%."""


@dataclass(frozen=True, slots=True)
class Converted:
    r"""A formula as MathML, and its \tag."""

    element: ET.Element
    tag: ET.Element | None = None
    defines_only: bool = False
    """Whether it only defines macros, and nothing is to be seen."""


def convert(latex: str, *, displayed: bool) -> Converted:
    """Return a formula as MathML with private attributes. Raise `NotSettable`."""
    if len(latex) > MAX_FORMULA_LENGTH:
        raise NotSettable(Reason.TOO_LARGE)
    try:
        source = _COMMENT.sub("\n", expanded(latex))
        if not source.strip():
            return Converted(_root([], displayed=displayed), defines_only=bool(latex.strip()))
        parser = Parser(source, _GRAMMAR_OF_ROWS if source.count("\\tag") > 1 else _GRAMMAR)
        elements = formula(parser, Style(displayed))
        tag = parser.tags[0] if parser.tags else ""
        root = _root(elements, displayed=displayed)
        return Converted(root, _root(text(parser, tag, Style(display=False)), displayed=False) if tag else None)
    except Missing as error:
        raise NotSettable(Reason.INCOMPLETE) from error
    except Unbalanced as error:
        raise NotSettable(Reason.UNBALANCED) from error
    except RecursionError as error:
        raise NotSettable(Reason.TOO_LARGE) from error


def mathml(latex: str, displayed: bool) -> str:
    """Return a formula as MathML for `rendering/export/html.py`; empty if it is not supported."""
    try:
        converted = convert(latex, displayed=displayed)
    except NotSettable:
        return ""
    root = converted.element
    if converted.tag is not None:
        root[0].extend([space(2), *converted.tag])
    for element in root.iter():
        if lines := element.get(LINES):
            _write_lines(element, Grid.read(lines))
        for name in PRIVATE:
            element.attrib.pop(name, None)
    root.set("xmlns", "http://www.w3.org/1998/Math/MathML")
    return ET.tostring(root, encoding="unicode")


def _root(elements: list[ET.Element], *, displayed: bool) -> ET.Element:
    return node("math", node("mrow", *elements), display="block" if displayed else "inline")


def _write_lines(table: ET.Element, grid: Grid) -> None:
    """Write the lines between rows and columns as MathML does; it has none at the edges."""
    columns = max((sum(int(cell.get("columnspan", "1")) for cell in cells) for cells in table), default=0)
    vertical = dict(grid.vertical)
    horizontal = {at: dashed for at, _, _, dashed in grid.horizontal}
    table.set("columnlines", _line_styles(vertical, columns))
    table.set("rowlines", _line_styles(horizontal, len(table)))


def _line_styles(lines: dict[int, bool], count: int) -> str:
    styles = ("none" if at not in lines else "dashed" if lines[at] else "solid" for at in range(1, count))
    return " ".join(styles) or "none"
