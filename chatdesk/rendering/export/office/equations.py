r"""Formulas as equations that Word can edit: MathML, as `conversion.py` makes it, to Office Math Markup (OMML).

Everything that a formula says is in its equation. What OMML cannot draw, such as the lines of a table, makes the equation `exact=False`:
then a picture shows more. A sign with an operand, such as ∑ or sin, has what follows it as its operand, because Word shows an empty place
as a dotted box.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.formula_neighbours import (
    BARS,
    SIGNS,
    begins_or_ends_open,
    begins_pair,
    closing_fence,
    columns_of,
    is_argument,
    is_fence,
    is_function,
    is_large,
    needs_operand,
    nucleus_of,
    operand_end,
    pair_end,
    scripts_of,
)
from chatdesk.rendering.export.office.word_properties import w
from chatdesk.rendering.export.office.xml_text import escaped, prefixed
from chatdesk.rendering.export.paper_colors import formula_color
from chatdesk.rendering.formulas.typeset.conversion import convert
from chatdesk.rendering.formulas.typeset.elements import ARROW, LINES, space
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable

_MATH_FONT = '<w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/>'
_SPACES = ((1.0, "\u2003"), (0.5, "\u2002"), (1 / 3, "\u2004"), (0.25, "\u2005"), (2 / 9, "\u205f"), (1 / 6, "\u2009"))
"""Widths in em, the widest first."""
_NOTHING = "\u200b"
"""In an argument that is empty: Word shows a dotted box there otherwise."""
_MAX_SPACE = 20.0
_ACCENTS = {
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0305",
    "\u20d7": "\u20d7",
    "˙": "\u0307",
    "¨": "\u0308",
    "\u20db": "\u20db",
    "\u20dc": "\u20dc",
    "´": "\u0301",
    "`": "\u0300",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˚": "\u030a",
    "\u0302": "\u0302",
    "\u0303": "\u0303",
    "\u030c": "\u030c",
    "→": "\u20d7",
    "←": "\u20d6",
    "↔": "\u20e1",
    "⇀": "\u20d1",
    "↼": "\u20d0",
}
_LINE = "―"
_SETS = {
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "script": (0x1D49C, 0x1D4B6, 0),
    "fraktur": (0x1D504, 0x1D51E, 0),
}
"""Code points of A, a and 0 in the alphabets of which every program has the letters, but not every one knows Word's property."""
_OLDER = {
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_STRIKES = {
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
    "updiagonalstrike": "strikeBLTR",
    "updiagonalarrow": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
}
_EDGES = {
    "box": frozenset({"top", "bottom", "left", "right"}),
    "roundedbox": frozenset({"top", "bottom", "left", "right"}),
    "circle": frozenset({"top", "bottom", "left", "right"}),
    "actuarial": frozenset({"top", "right"}),
    "madruwb": frozenset({"bottom", "right"}),
    **{edge: frozenset({edge}) for edge in ("top", "bottom", "left", "right")},
}
_ROUND = frozenset({"circle", "roundedbox"})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "mspace"})
_COMMANDS = frozenset("&#%")
"""Signs that LibreOffice treats as commands if they are not words."""
_BRACKETS = re.compile(r"([()\[\]{}|])")
"""LibreOffice shows a backslash before them if they are in words."""
_LONG_ARROWS = {"→": "⟶", "←": "⟵", "↔": "⟷", "⇒": "⟹", "⇐": "⟸", "⇔": "⟺", "↦": "⟼"}
_ALIGNED_GAP = 0
"""Between the sides of aligned equations, in twentieths of a point: the space before a relation."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula as OMML."""

    xml: str
    """The content of an `m:oMath`; empty if the formula only defines macros."""
    exact: bool
    """Whether it looks as the formula does."""


def equation(latex: str, *, displayed: bool) -> Equation | None:
    """Return a formula as an equation; None if it is not understood."""
    try:
        formula = convert(latex, displayed=displayed)
        elements = list(formula.element[0])
        if formula.tag is not None:
            elements += [space(2), formula.tag]
        writer = _Writer()
        return Equation(writer.row(elements, _Look()), writer.exact)
    except (NotSettable, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class _Look:
    """Colours of a part, as six hexadecimal digits; empty for none."""

    color: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of the same look. Adjacent ones are joined, so that Word has words to edit instead of single letters."""

    text: str
    properties: str


class _Writer:
    def __init__(self) -> None:
        self.exact = True
        self._kinds: dict[str, Callable[[ET.Element, _Look], str]] = {
            "mfrac": self._fraction,
            "msqrt": self._root,
            "mroot": self._root,
            "msub": self._scripts,
            "msup": self._scripts,
            "msubsup": self._scripts,
            "munder": self._limits,
            "mover": self._limits,
            "munderover": self._limits,
            "mtable": self._table,
            "menclose": self._enclosed,
            "mphantom": self._phantom,
            "mpadded": self._padded,
        }

    # Rows.

    def row(self, elements: Sequence[ET.Element], look: _Look) -> str:
        """Return elements one after another. LibreOffice wants an operand at both sides of a relation."""
        elements = [one for one in elements if one.tag != "mi" or one.text]
        made: list[_Run | str] = []
        at = 0
        while at < len(elements):
            at = self._add(made, elements, at, look)
        visible = [one for one in elements if one.tag != "mspace"]
        begin, end = ([_EMPTY] if needs_operand(one) else [] for one in (visible[:1], visible[-1:]))
        return _joined([*begin, *made, *end])

    def _add(self, made: list[_Run | str], elements: Sequence[ET.Element], at: int, look: _Look) -> int:
        """Add the element at a position with what belongs to it. Return the position after them."""
        one = elements[at]
        if is_fence(one, "prefix") and (end := closing_fence(elements, at)):
            made.append(self._fenced(elements[at : end + 1], look))
            return end + 1
        if is_large(nucleus_of(one)) and (end := operand_end(elements, at + 1)) > at + 1:
            made.append(self._large(one, elements[at + 1 : end], look))
            return end
        if is_function(one) and at + 1 < len(elements) and is_argument(elements[at + 1]):
            argument: list[_Run | str] = []
            end = self._add(argument, elements, at + 1, look)
            name = _argument("fName", self._name(one, look))
            made.append(m("func", name, _argument("e", _joined(argument))))
            return end
        if begins_pair(one) and (end := pair_end(elements, at)):
            made.append(self._pair(elements[at : end + 1], look))
            return end + 1
        if one.tag in {"mrow", "mstyle", "math"}:
            made.extend(self._group(one, look))
        elif one.tag in _TOKENS:
            made.extend(self._token(one, look, is_last=at + 1 == len(elements)))
        else:
            made.append(self._one(one, look))
        return at + 1

    def _name(self, one: ET.Element, look: _Look) -> str:
        """Return a name such as lim. What is below it stands below it in lines of text, too, as Word does it."""
        if one.tag == "msub" and one[0].tag == "mo":
            return m("limLow", self._part("e", one[0], look), self._part("lim", one[1], look))
        return self._one(one, look)

    def _group(self, group: ET.Element, look: _Look) -> list[_Run | str]:
        look = _colored(look, group)
        elements = list(group)
        if elements and group.tag == "mrow" and begins_or_ends_open(elements):
            return [self._fenced(elements, look)]
        made: list[_Run | str] = []
        at = 0
        while at < len(elements):
            at = self._add(made, elements, at, look)
        return made

    def _one(self, one: ET.Element, look: _Look) -> str:
        """Return a single element."""
        if kind := self._kinds.get(one.tag):
            return kind(one, _colored(look, one))
        made: list[_Run | str] = []
        made.extend(self._group(one, look) if len(one) else self._token(one, look, is_last=True))
        return _joined(made)

    def _part(self, tag: str, one: ET.Element, look: _Look) -> str:
        return _argument(tag, self._one(one, look))

    def _fenced(self, elements: Sequence[ET.Element], look: _Look) -> str:
        """Return elements between delimiters that grow with them; a delimiter may be missing at one end."""
        first, last = elements[0], elements[-1]
        begin = (first.text or "") if is_fence(first, "prefix") else ""
        end = (last.text or "") if len(elements) > 1 and is_fence(last, "postfix") else ""
        inside = elements[bool(begin) : len(elements) - bool(end)]
        parts: list[list[ET.Element]] = [[]]
        separator = ""
        for one in inside:
            if is_fence(one, "infix") and not one.get("minsize") and separator in {"", one.text}:
                separator = one.text or ""
                parts.append([])
            else:
                parts[-1].append(one)
        properties = m(
            "dPr",
            m("begChr", val=begin),
            m("sepChr", val=separator) if separator else "",
            m("endChr", val=end),
        )
        return m("d", properties, *(_argument("e", self.row(part, look)) for part in parts))

    def _pair(self, elements: Sequence[ET.Element], look: _Look) -> str:
        """Return elements between delimiters. Scripts that follow belong to the whole of it."""
        first, last = elements[0], elements[-1]
        closing = nucleus_of(last)
        properties = m("dPr", m("begChr", val=first.text or ""), m("endChr", val=closing.text or ""))
        inside = m("d", properties, _argument("e", self.row(elements[1:-1], look)))
        return inside if closing is last else self._scripts(last, look, inside)

    def _large(self, one: ET.Element, operand: Sequence[ET.Element], look: _Look) -> str:
        """Return a sign such as ∑ with its limits and what it applies to."""
        below, above = scripts_of(one)
        stacked = one.tag in {"munder", "mover", "munderover"}
        properties = m(
            "naryPr",
            m("chr", val=(nucleus_of(one).text or "").strip()),
            m("limLoc", val="undOvr" if stacked else "subSup"),
            m("subHide", val="1") if below is None else "",
            m("supHide", val="1") if above is None else "",
        )
        scripts = (
            m(f"{tag}") if script is None else self._part(f"{tag}", script, look)
            for tag, script in (("sub", below), ("sup", above))
        )
        return m("nary", properties, *scripts, _argument("e", self.row(operand, look)))

    # Elements with parts.

    def _fraction(self, one: ET.Element, look: _Look) -> str:
        thickness = one.get("linethickness", "")
        bare = m("fPr", m("type", val="noBar")) if thickness == "0" else ""
        return m("f", bare, self._part("num", one[0], look), self._part("den", one[1], look))

    def _root(self, one: ET.Element, look: _Look) -> str:
        if one.tag == "msqrt":
            inside = _argument("e", self.row(list(one), look))
            return m("rad", m("radPr", m("degHide", val="1")), m("deg"), inside)
        return m("rad", self._part("deg", one[1], look), self._part("e", one[0], look))

    def _scripts(self, one: ET.Element, look: _Look, base: str = "") -> str:
        below, above = scripts_of(one)
        tag = {"msub": "sSub", "msup": "sSup"}.get(one.tag, "sSubSup")
        return m(
            tag,
            _argument("e", base) if base else self._part("e", one[0], look),
            "" if below is None else self._part("sub", below, look),
            "" if above is None else self._part("sup", above, look),
        )

    def _limits(self, one: ET.Element, look: _Look) -> str:
        below, above = scripts_of(one)
        if one.get(ARROW):
            return self._arrow(one, look)
        made = self._one(one[0], look)
        for script, over in ((below, False), (above, True)):
            if script is not None:
                made = self._mark(script, made, over=over) or m(
                    "limUpp" if over else "limLow", _argument("e", made), self._part("lim", script, look)
                )
        return made

    def _mark(self, mark: ET.Element, base: str, *, over: bool) -> str:
        """Return a base with a sign above or below that is as wide; empty if the mark is no such sign."""
        sign = (mark.text or "").strip()
        if mark.tag != "mo" or len(sign) != 1:
            return ""
        stretches = mark.get("stretchy") == "true"
        if sign == _LINE:
            return m("bar", m("barPr", m("pos", val="top" if over else "bot")), _argument("e", base))
        if over and sign in _ACCENTS and (stretches or sign not in "→←↔⇀↼"):
            return m("acc", m("accPr", m("chr", val=_ACCENTS[sign])), _argument("e", base))
        return _wide_sign(sign, base, over=over, base_on_line=True) if stretches else ""

    def _arrow(self, one: ET.Element, look: _Look) -> str:
        """Return an arrow with its labels. Word has arrows that are as long as their label, but only for one."""
        below, above = (None if script is None or _is_empty(script) else script for script in scripts_of(one))
        sign = (one[0].text or "").strip()
        label = above if above is not None else below
        if label is None:
            return self._one(one[0], look)
        if below is not None and label is above:
            arrow = m("e", _run(_LONG_ARROWS.get(sign, sign), _properties("", look)))
            upper = m("limUpp", arrow, self._part("lim", label, look))
            made = m("limLow", m("e", upper), self._part("lim", below, look))
        else:
            made = _wide_sign(sign, self._one(label, look), over=label is below, base_on_line=False)
        return m("box", m("boxPr", m("opEmu", val="1")), m("e", made))

    def _enclosed(self, one: ET.Element, look: _Look) -> str:
        notations = one.get("notation", "").split()
        edges = {edge for notation in notations for edge in _EDGES.get(notation, ())}
        self.exact = self.exact and not _ROUND.intersection(notations)
        hidden = (
            m(f"hide{name}", val="1") if edge not in edges else ""
            for name, edge in (("Top", "top"), ("Bot", "bottom"), ("Left", "left"), ("Right", "right"))
        )
        wanted = {_STRIKES[notation] for notation in notations if notation in _STRIKES}
        struck = (
            m(f"{name}", val="1") if name in wanted else ""
            for name in ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
        )
        inside = _argument("e", self.row(list(one), look))
        return m("borderBox", m("borderBoxPr", *hidden, *struck), inside)

    def _phantom(self, one: ET.Element, look: _Look) -> str:
        properties = m("phantPr", m("show", val="0"))
        return m("phant", properties, _argument("e", self.row(list(one), look)))

    def _padded(self, one: ET.Element, look: _Look) -> str:
        inside = self.row(list(one), look)
        sizes = [name for name in ("width", "height", "depth") if one.get(name) == "0px"]
        if not sizes:
            self.exact = self.exact and not one.get("voffset")
            return inside
        names = {"width": "zeroWid", "height": "zeroAsc", "depth": "zeroDesc"}
        properties = m("phantPr", m("show", val="1"), *(m(f"{names[size]}", val="1") for size in sizes))
        return m("phant", properties, _argument("e", inside))

    # Tables.

    def _table(self, one: ET.Element, look: _Look) -> str:
        """Return a matrix. Aligned equations are one, too, because other programs than Word do not know its arrays of equations."""
        self.exact = self.exact and not one.get(LINES)
        rows = [list(cells) for cells in one]
        spacing = one.get("columnspacing", "").split()
        columns = max((sum(map(columns_of, cells)) for cells in rows), default=1)
        written = []
        for cells in rows:
            arguments: list[str] = []
            for cell in cells:
                between = _spaces(_em(spacing[1])) if len(spacing) > 1 and arguments and len(arguments) % 2 == 0 else ""
                begin = _run(between, _UPRIGHT) if between else ""
                arguments += [
                    _argument("e", begin + self.row(list(cell), look)),
                    *[_argument("e", "")] * (columns_of(cell) - 1),
                ]
            written.append(m("mr", *arguments, *[_argument("e", "")] * (columns - len(arguments))))
        widest = max(rows, key=len, default=[])
        alignments = [cell.get("columnalign", "center") for cell in widest]
        alignments += ["center"] * (columns - len(alignments))
        described = (m("mc", m("mcPr", m("count", val="1"), m("mcJc", val=alignment))) for alignment in alignments)
        gap = m("cGpRule", val="3"), m("cGp", val=str(_ALIGNED_GAP))
        is_aligned = len(spacing) > 1
        properties = m(
            "mPr",
            m("plcHide", val="1"),
            gap[0] if is_aligned else "",
            gap[1] if is_aligned else "",
            m("mcs", *described),
        )
        return m("m", properties, *written)

    # Characters.

    def _token(self, one: ET.Element, look: _Look, *, is_last: bool) -> list[_Run]:
        look = _colored(look, one)
        if one.tag == "mspace":
            self.exact = self.exact and not one.get("mathbackground")
            text = _spaces(_em(one.get("width", "")))
            return [_Run(text, _properties("", look))] if text else []
        text = one.text or ""
        if not text:
            return []
        text = {**BARS, "\\": "∖"}.get(text, text) if one.tag != "mtext" else text
        variant = one.get("mathvariant", "")
        without_operand = is_last and one.tag == "mo" and text in SIGNS  # of an ion
        if one.tag == "mtext" and not variant and _BRACKETS.search(text):
            return [
                _Run(part, _properties("", look, words=not _BRACKETS.fullmatch(part)))
                for part in filter(None, _BRACKETS.split(text))
            ]
        if without_operand:  # LibreOffice 26.8 shows a missing operand after it otherwise
            return [_Run(text + _NOTHING, _properties(variant, look, words=True))]
        if one.tag == "mtext" or text in _COMMANDS:
            return [_Run(text, _properties(variant, look, words=True))]
        if variant in _SETS:
            text = "".join(_in_set(char, variant) for char in text)
            variant = "normal"
        if not variant and len(text) > 1 and text.replace("\u2009", "").isalpha():
            variant = "normal"
        return [_Run(text, _properties(variant, look))]


def m(tag: str, *content: str, **attributes: str) -> str:
    """Return an element of OMML, whose prefix is added to its name and its attributes."""
    return prefixed("m", tag, content, attributes)


def _joined(made: Sequence[_Run | str]) -> str:
    """Return what was made as XML, adjacent runs of the same look as one.

    Letters stay apart: each is a variable, and LibreOffice would treat `in` and `DEF` as commands.
    """
    written: list[str] = []
    waiting = _Run("", "")
    for one in made:
        if isinstance(one, _Run) and one.properties == waiting.properties and not _are_variables(waiting, one):
            waiting = _Run(waiting.text + one.text, one.properties)
            continue
        if waiting.text:
            written.append(_run(waiting.text, waiting.properties))
        waiting = one if isinstance(one, _Run) else _Run("", "")
        if isinstance(one, str):
            written.append(one)
    if waiting.text:
        written.append(_run(waiting.text, waiting.properties))
    return "".join(written)


def _are_variables(one: _Run, other: _Run) -> bool:
    return one.text[-1:].isalpha() and other.text[:1].isalpha() and "nor" not in one.properties


def _run(text: str, properties: str) -> str:
    return f'<m:r>{properties}<m:t xml:space="preserve">{escaped(text)}</m:t></m:r>'


def _properties(variant: str, look: _Look, *, words: bool = False) -> str:
    """Return the properties of a run: the alphabet for Word's equations, and the font as everywhere."""
    bold, italic = "bold" in variant, "italic" in variant
    if words or variant == "normal":
        math = m("nor")  # upright: other programs than Word do not know `sty`
    else:
        script = "sans-serif" if "sans-serif" in variant else "monospace" if variant == "monospace" else ""
        style = "bi" if bold and italic else "b" if bold else "i" if italic or not variant else "p"
        math = (m("scr", val=script) if script else "") + (m("sty", val=style) if variant else "")
    font = "" if words else _MATH_FONT
    if words and variant in {"monospace", "sans-serif"}:
        name = "Consolas" if variant == "monospace" else "Arial"
        font = w("rFonts", ascii=name, hAnsi=name, cs=name)
    drawn = w(
        "rPr",
        font,
        w("b") if bold else "",
        w("i") if italic else "",
        w("color", val=look.color) if look.color else "",
        w("shd", val="clear", color="auto", fill=look.ground) if look.ground else "",
    )
    return (m("rPr", math) if math else "") + (drawn if drawn != "<w:rPr/>" else "")


def _argument(tag: str, content: str) -> str:
    """Return an argument of a structure, which must not be empty."""
    return m(tag, content or _EMPTY)


def _wide_sign(sign: str, base: str, *, over: bool, base_on_line: bool) -> str:
    """Return a base with a sign above or below that is as wide; either of the two is on the line of the text."""
    on_line = "bot" if over == base_on_line else "top"
    properties = m(
        "groupChrPr",
        m("chr", val=sign),
        m("pos", val="top" if over else "bot"),
        m("vertJc", val=on_line),
    )
    return m("groupChr", properties, _argument("e", base))


def _spaces(width: float) -> str:
    """Return spaces of about this width in em; a negative one is nothing."""
    rest, text = min(width, _MAX_SPACE), ""
    for size, char in _SPACES:
        count = int((rest + 0.02) / size)
        text += char * max(0, count)
        rest -= max(0, count) * size
    return text


def _in_set(char: str, name: str) -> str:
    upper, lower, digit = _SETS[name]
    if older := _OLDER[name].get(char):
        return older
    for first, begin, count in ((upper, "A", 26), (lower, "a", 26), (digit, "0", 10)):
        if first and 0 <= ord(char) - ord(begin) < count:
            return chr(first + ord(char) - ord(begin))
    return char


def _colored(look: _Look, one: ET.Element) -> _Look:
    color, ground = (formula_color(one.get(name, "")) for name in ("mathcolor", "mathbackground"))
    return replace(look, color=color or look.color, ground=ground or look.ground) if color or ground else look


def _em(width: str) -> float:
    return float(width.removesuffix("em") or 0)


def _is_empty(one: ET.Element) -> bool:
    return not len(one) and not one.text


_UPRIGHT = m("rPr", m("nor"))
_EMPTY = _run(_NOTHING, _UPRIGHT)
