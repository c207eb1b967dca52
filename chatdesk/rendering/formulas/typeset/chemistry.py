r"""Chemical formulas in \ce{…} and quantities in \pu{…}, as the package mhchem reads them, as ordinary LaTeX.

What a sign means depends on what it follows: after an atom a number is a count and a plus a charge; after a space a number is an amount
and a plus a sign between formulas.
"""

import re
from enum import Enum, auto

from chatdesk.rendering.formulas.typeset.groups import argument, group_end, option
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason
from chatdesk.rendering.formulas.typeset.units import number_in_latex, unit_in_latex

_ARROWS = {
    "<=>>": r"\xrightleftharpoons",
    "<<=>": r"\xrightleftharpoons",
    "<=>": r"\xrightleftharpoons",
    "⇌": r"\xrightleftharpoons",
    "<-->": r"\xrightleftarrows",
    "<->": r"\xleftrightarrow",
    "↔": r"\xleftrightarrow",
    "->": r"\xrightarrow",
    "→": r"\xrightarrow",
    "⟶": r"\xrightarrow",
    "<-": r"\xleftarrow",
    "←": r"\xleftarrow",
}
_ARROW = re.compile("|".join(re.escape(arrow) for arrow in _ARROWS))
_BONDS = {
    "-": "−",
    "1": "−",
    "=": "=",
    "2": "=",
    "#": "≡",
    "3": "≡",
    "~": r"\cdots ",
    "...": r"\cdots ",
    "....": r"\cdots ",
    "->": r"\rightarrow ",
    "<-": r"\leftarrow ",
}
_STATE = re.compile(
    r"\((?:aq|s|l|g|ads|cr|am|mon|sol|vit|nn|lc|cd|fl|sln|pol|d|v)(?:,\s*[^()]{1,20})?\)(?=$|[\s,;)\]}\\&])"
)
_PRECIPITATE = re.compile(r"\s*(?:(?<=\s)([v^])|\(([v^])\))(?=$|[\s,;])")
_AMOUNT = re.compile(
    r"\([+\-]?\d+/\d+\)|[+\-]?(?:\d+|\$[a-z]\$|[a-z])/\d+|[+\-]?\d+[.,]\d+|[+\-]?\.\d+|[+\-]?\d+[a-z]?(?=\s*[A-Z(\[])|[+\-]?\d+"
)
_VARIABLE = re.compile(r"[a-z](?=\s*[A-Z(\[])")
_UPRIGHT_WORD = re.compile(r"(?:pH|pOH|pKa?|pC|iPr|iBu)(?![a-zA-Z])")
_LETTERS = re.compile(r"(?:[a-zA-Z\u0370-\u03ff\u00c0-\u024f])+")
_CHARGE_END = re.compile(r"(?=$|[\s_},;\])/&\\^]|\([a-z]{1,3}\)|[+\-])")
_ADDITION = re.compile(r"\s*(?:\.\s*|(?<=\s)\*\s*|\s\*\s*|\*|[·•⋅∙]\s*)(?=[\d\s$A-Z({\[n-])")
_OPERATOR = re.compile(
    r"(?:\+|-|=|<<|>>|<|>|\\approx(?![a-zA-Z])|\\pm(?![a-zA-Z])|±|\$\\approx\$|\$\\pm\$)(?=$|\s|-?\d|\$)"
)
_ORBITAL = re.compile(r"(?:\d{1,2}[spdfgh]|\d{0,2}sp)(?![a-zA-Z])")
_SCRIPT = re.compile(r"\d+(?:\+|-(?=$|[\s_{},;\])/&\\^]|\([a-z]{1,3}\)))?|[+\-]+\d*|\\[a-zA-Z]+|[.•*]|[^\s{}]")


_SPACES = re.compile(r"\s+")
_PLUSES = re.compile(r"\++")
_DIGITS = re.compile(r"\d+")
_DOTS = re.compile(r"\.{2,}|…")
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL)
_DOUBLE = {"<<": r"\ll", ">>": r"\gg"}
_WITH_FORMULAS = frozenset({"frac", "overset", "underset"})
_THIN_SPACES = frozenset({",", ";", ":", "!", " "})


class _After(Enum):
    """What was read last."""

    START = auto()
    """The beginning, or a sign between formulas."""
    SPACE = auto()
    AMOUNT = auto()
    ATOM = auto()
    """A letter or a closing bracket."""
    COUNT = auto()
    """The number below an atom."""
    CHARGE = auto()
    """What is above an atom."""
    BOND = auto()


_AFTER_COMMANDS = {
    **dict.fromkeys(("quad", "qquad", "\\"), _After.SPACE),
    **dict.fromkeys(
        (
            "xlongequal",
            "xrightarrow",
            "xleftarrow",
            "rightarrow",
            "leftarrow",
            "longrightarrow",
            "to",
            "rightleftharpoons",
            "cdot",
        ),
        _After.START,
    ),
}


def chemistry(formula: str) -> str:
    """Return the LaTeX for a chemical formula. Raise `NotSettable`."""
    return _Reader(formula).read()


class _Reader:
    """Reads a formula once from left to right."""

    def __init__(self, formula: str) -> None:
        self._text = formula.strip()
        self._at = 0
        self._written: list[str] = []
        self._after = _After.START
        self._space_before = False
        """Whether a space was read, which is written only between formulas without a sign between them."""
        self._begins_with_bond = False

    def read(self) -> str:
        """Return the whole formula. Raise `NotSettable` at a sign that has no meaning."""
        while self._at < len(self._text):
            if not any(rule(self) for rule in _RULES):
                raise NotSettable(Reason.NOT_UNDERSTOOD, self._text[self._at])
        return "".join(self._written)

    @property
    def _char(self) -> str:
        return self._text[self._at]

    @property
    def _in_formula(self) -> bool:
        return self._after in {_After.ATOM, _After.COUNT, _After.CHARGE}

    @property
    def _starts(self) -> bool:
        return self._after in {_After.START, _After.SPACE}

    # Rules, in the order in which they are tried: each returns whether it has read something.

    def arrow(self) -> bool:
        """Read an arrow with its labels."""
        if not (found := _ARROW.match(self._text, self._at)):
            return False
        above, end = self._label(found.end())
        below, end = self._label(end)
        self._put(_ARROWS[found.group()] + (f"[{{{below}}}]" if below else "") + f"{{{above}}}", end, _After.START)
        return True

    def precipitate(self) -> bool:
        """Read the arrow of a precipitate or a gas."""
        found = _PRECIPITATE.match(self._text, self._at) if self._at else None
        if found:
            up = (found[1] or found[2]) == "^"
            self._put(r"\,\uparrow " if up else r"\,\downarrow ", found.end(), _After.SPACE)
        return bool(found)

    def state(self) -> bool:
        """Read a state of aggregation, such as (aq)."""
        found = _STATE.match(self._text, self._at) if self._at else None
        if found:
            state, comma, rest = found.group()[1:-1].partition(",")
            more = comma + chemistry(rest) if rest.strip() else ""
            self._put(rf"\mathrm{{({state}}}{more}\mathrm{{)}}", found.end(), _After.COUNT)
        return bool(found)

    def addition(self) -> bool:
        """Read the dot of an addition compound."""
        found = _ADDITION.match(self._text, self._at) if self._after is not _After.START else None
        if found:
            self._put(r"\,{\cdot}\,", found.end(), _After.START)
        return bool(found)

    def space(self) -> bool:
        """Read spaces: an isotope's letter and a formula follow their numbers, however far."""
        found = _SPACES.match(self._text, self._at)
        if not found:
            return False
        self._at = found.end()
        self._begins_with_bond = False
        if self._after not in {_After.START, _After.AMOUNT}:
            self._space_before = True
            self._after = _After.SPACE
        return True

    def start(self) -> bool:
        """Read what is possible only at the start of a formula: signs between formulas, amounts, and names such as pH."""
        if not self._starts:
            return False
        text, at = self._text, self._at
        if found := _OPERATOR.match(text, at):
            sign = found.group().strip("$")
            self._put(f" {_DOUBLE.get(sign, sign)} ", found.end(), _After.START)
        elif found := _ORBITAL.match(text, at):
            self._put(rf"\mathrm{{{found.group()}}}", found.end(), _After.ATOM)
        elif found := _AMOUNT.match(text, at):
            self._amount(found.group(), found.end())
        elif found := _UPRIGHT_WORD.match(text, at):
            self._put(rf"\mathrm{{{found.group()}}}", found.end(), _After.ATOM)
        elif found := _VARIABLE.match(text, at):
            self._put(rf"{found.group()}\,", found.end(), _After.AMOUNT)
        return bool(found)

    def charge_or_bond(self) -> bool:
        """Read a plus or minus: a charge after an atom, or a bond."""
        if self._char not in "+-−":
            return False
        end = self._at + 1
        if not self._in_formula:
            plus = self._char == "+"
            self._begins_with_bond = not plus
            self._put("{+}" if plus else "{−}", end, _After.START if plus else _After.BOND)
        elif self._char == "+":
            more = _PLUSES.match(self._text, self._at)
            end = more.end() if more else end
            self._raise("+" * (end - self._at), end)
        elif _CHARGE_END.match(self._text, end) and not self._begins_with_bond:
            self._raise("-", end)
        else:
            self._put("{−}", end, _After.BOND)
        return True

    def script(self) -> bool:
        """Read what is above or below an atom, or before it."""
        if self._char not in "^_'":
            return False
        if self._char == "'":
            self._put("'" if self._in_formula else "{}'", self._at + 1, _After.CHARGE)
        else:
            self._script(self._char)
        return True

    def digits(self) -> bool:
        """Read the number of atoms."""
        number = _DIGITS.match(self._text, self._at)
        if not number:
            return False
        if self._after in {_After.ATOM, _After.CHARGE}:
            before = "{}" if self._after is _After.CHARGE else ""
            self._put(f"{before}_{{{number.group()}}}", number.end(), _After.COUNT)
        elif self._after is _After.COUNT:
            self._put(number.group(), number.end(), _After.ATOM)
        else:
            after_amount = self._after is _After.AMOUNT
            self._put(number.group() + ("" if after_amount else r"\,"), number.end(), _After.AMOUNT)
        return True

    def letters(self) -> bool:
        """Read the letters of atoms."""
        if found := _LETTERS.match(self._text, self._at):
            self._put(rf"\mathrm{{{found.group()}}}", found.end(), _After.ATOM)
        return bool(found)

    def group(self) -> bool:
        """Read words in braces, or a formula in dollar signs."""
        text, at = self._text, self._at
        if self._char == "{":
            end = group_end(text, at)
            self._put(_group(text[at + 1 : end - 1]), end, _After.ATOM)
            return True
        if self._char != "$":
            return False
        end = text.find("$", at + 1)
        if end < 0:
            raise NotSettable(Reason.UNBALANCED, "$")
        self._put("{" + text[at + 1 : end] + "}", end + 1, _After.AMOUNT if self._starts else _After.ATOM)
        return True

    def sign(self) -> bool:
        """Read a bracket, a bond, dots or punctuation."""
        char, end = self._char, self._at + 1
        if char in "([":
            self._put(char, end, _After.BOND)
        elif char in ")]":
            self._put(char, end, _After.ATOM)
        elif char in "=#~":
            self._put(f"{{{_BONDS[char]}}}", end, _After.BOND)
        elif char in ",;":
            space = r"\ " if self._text[end : end + 1].isspace() else ""
            self._put(f"{{{char}}}{space}", end, _After.START)
        elif dots := _DOTS.match(self._text, self._at):
            self._put("{" + _BONDS["..."] + "}", dots.end(), _After.BOND)
        elif char in './<>|&*!?:@"' or not char.isascii():
            self._put(char if char == "&" else r"{\cdot}" if char == "*" else f"{{{char}}}", end, _After.START)
        else:
            return False
        return True

    def command(self) -> bool:
        """Read a command of LaTeX with its arguments."""
        text, at = self._text, self._at
        command = _COMMAND.match(text, at)
        if not command:
            return False
        name, end = command.group()[1:], command.end()
        if name == "bond":
            bond, end = argument(text, end)
            if bond not in _BONDS:
                raise NotSettable(Reason.NOT_UNDERSTOOD, bond[:20])
            self._put(f"{{{_BONDS[bond]}}}", end, _After.BOND)
        elif name in {"ce", "cee"}:
            inner, end = argument(text, end)
            self._put("{" + chemistry(inner) + "}", end, _After.ATOM)
        elif name in _WITH_FORMULAS:
            arguments = []
            for _ in range(2):
                content, end = argument(text, end)
                arguments.append(f"{{{chemistry(content)}}}")
            self._put(command.group() + "".join(arguments), end, _After.ATOM)
        else:
            has_argument = text.startswith("{", end)
            while text.startswith("{", end):
                end = group_end(text, end)
            if name.isalpha() and not has_argument and (spaces := _SPACES.match(text, end)):
                end = spaces.end()
            self._put(
                text[at:end] + " ", end, self._after if name in _THIN_SPACES else _AFTER_COMMANDS.get(name, _After.ATOM)
            )
        return True

    # Parts of the rules.

    def _amount(self, amount: str, end: int) -> None:
        if fraction := re.fullmatch(r"([+\-]?[^/()]+)/(\d+)", amount):
            written = rf"\frac{{{fraction[1].strip('$')}}}{{{fraction[2]}}}"
        else:
            written = amount.replace(",", "{,}")
        self._put(written + r"\,", end, _After.AMOUNT)

    def _raise(self, charge: str, end: int) -> None:
        """Write a charge: beside a charge that was begun, otherwise above the end of the formula so far."""
        if self._after is _After.CHARGE and self._written[-1].endswith("}"):
            self._written[-1] = self._written[-1][:-1] + charge + "}"
            self._at = end
            return
        before = "{}" if self._after is _After.COUNT else ""
        self._put(f"{before}^{{{charge}}}", end, _After.CHARGE)

    def _script(self, char: str) -> None:
        at = self._at + 1
        if self._text.startswith("{", at):
            content, end = argument(self._text, at)
        elif self._text.startswith("$", at):
            end = self._text.find("$", at + 1) + 1
            if not end:
                raise NotSettable(Reason.UNBALANCED, "$")
            content = self._text[at:end]
        else:
            found = _SCRIPT.match(self._text, at)
            if not found:
                raise NotSettable(Reason.INCOMPLETE)
            content, end = found.group(), found.end()
        written = _script(content, above=char == "^")
        if not self._in_formula:
            self._put(f"{'' if self._open_prescript(char) else '{}'}{char}{{{written}}}", end, _After.BOND)
            return
        if char == "^" and self._after is _After.CHARGE:
            self._raise(written, end)
            return
        beside_charge = char == "_" and self._after is _After.CHARGE and not self._written[-1].startswith("^")
        staggered = beside_charge or (char == "^" and self._after is _After.COUNT)
        self._put(
            f"{'{}' if staggered else ''}{char}{{{written}}}", end, _After.CHARGE if char == "^" else _After.COUNT
        )

    def _open_prescript(self, char: str) -> bool:
        """Return whether the last segment is the other script before an atom, beside which this one is set."""
        other = "_" if char == "^" else "^"
        return bool(self._written) and self._written[-1].startswith("{}" + other) and self._after is _After.BOND

    def _label(self, start: int) -> tuple[str, int]:
        if self._text.startswith("T[", start):
            words, end = option(self._text, start + 1)
            return rf"\text{{{words}}}", end
        content, end = option(self._text, start)
        content = (
            content.removeprefix("{").removesuffix("}")
            if content.startswith("{") and group_end(content, 0) == len(content)
            else content
        )
        if not content.strip():
            return "", end
        return (chemistry(content) if content.isascii() else rf"\text{{{content}}}"), end

    def _put(self, latex: str, end: int, after: _After) -> None:
        if self._space_before and not latex.startswith((" ", "\\x", "\\,")):
            self._written.append(r"\ ")
        self._space_before = False
        self._written.append(latex)
        self._at = end
        self._after = after


_RULES = (
    _Reader.arrow,
    _Reader.precipitate,
    _Reader.state,
    _Reader.addition,
    _Reader.space,
    _Reader.start,
    _Reader.charge_or_bond,
    _Reader.script,
    _Reader.digits,
    _Reader.letters,
    _Reader.group,
    _Reader.sign,
    _Reader.command,
)


def _script(content: str, *, above: bool) -> str:
    """Return what is above or below an atom: letters are upright, a dot is a radical's electron."""
    if above and content in {".", "*", "•"}:
        return r"\bullet " if content != "*" else "*"
    if "\\" in content or "$" in content:
        return content.replace("$", "")
    written = re.sub(r"[^\W\d_]+", lambda found: rf"\mathrm{{{found.group()}}}", content)
    return re.sub(r"\.(?!\d)", r"\\bullet ", written) if above else written


def _group(inner: str) -> str:
    r"""Return the content of braces: LaTeX if it has commands, otherwise words."""
    if "\\" in inner or "$" in inner:
        return "{" + inner.replace("$", "") + "}"
    return rf"\text{{{inner}}}" if inner else "{}"


_QUANTITY = re.compile(
    r"\s*(?P<number>[+\-]?[\d.,]+(?:\(\d+\))?(?:\s*(?:\\pm|\+-|±)\s*[\d.,]+)?"
    r"(?:\s*(?:[eE]|(?:x|\*|\\times|\\cdot)\s*10\s*\^)\s*\{?[+\-]?\d+\}?)?)?\s*(?P<unit>.*)",
    re.DOTALL,
)


def physical_quantity(content: str) -> str:
    r"""Return a quantity in \pu{…}: a number with a power of ten, and a unit in upright letters; // makes a fraction."""
    found = _QUANTITY.fullmatch(content)
    number, unit = (found["number"] or "", found["unit"]) if found else ("", content)
    number = re.sub(r"\s*(?:\*|\\cdot)\s*10\s*\^", r"\\times10^", number)
    value = number_in_latex(number) if number else ""
    parts = [unit_in_latex(part.strip().replace("$", "")) for part in unit.split("//")] if unit.strip() else []
    if len(parts) > 2:
        raise NotSettable(Reason.NOT_UNDERSTOOD, "//")
    written = rf"\tfrac{{{parts[0]}}}{{{parts[1]}}}" if len(parts) == 2 else "".join(parts)
    return value + (r"\," if value and written else "") + written
