"""Conversion of a formula into speech, read once from left to right. If it cannot be spoken, `Unsayable` is raised; nothing is guessed.

This module handles scripts and environments; `commands.py` handles commands with arguments.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.macros import expanded
from chatdesk.rendering.formulas.speech.commands import speak_command
from chatdesk.rendering.formulas.speech.kinds import (
    CLOSING,
    DROPPED,
    FUNCTIONS,
    LARGE,
    LENGTHS,
    LIMITED,
    LIMITS,
    OPENING,
    OPERANDS,
    PAUSES,
    SAME,
    Kind,
)
from chatdesk.rendering.formulas.speech.said import NOTHING, PAUSE, Said, joined
from chatdesk.rendering.formulas.speech.tokens import Tokens, Unsayable
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary
from chatdesk.rendering.formulas.typeset.groups import Missing, Unbalanced
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable

# Speech for scripts: powers, indices, limits of sums and integrals, primes.

_NO_POWER = re.compile(
    r"[+-]|\(.*\)|\*|\\(?:text|mathrm|dag|ddag|dagger|ddagger|star|ast|pm|mp|times|prime|circ|degree|perp)\b.*|.*[+-]",
    re.DOTALL,
)
_MAX_INDICES = 3
_DEGREES, _PRIME = r"\degree", "'"
_BARS = frozenset({"|", r"\|"})


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of a part; empty if missing. `power` is the source of the superscript."""

    below: Said
    above: Said
    power: str
    primes: int


def with_scripts(base: Said, scripts: Scripts, words: Vocabulary) -> Said:
    """Return a part with its scripts."""
    below, above = scripts.below.words, scripts.above.words
    if base.sign in _BARS and base.kind is Kind.CLOSE and base.words == words.signs[base.sign]:
        return _evaluated(base, below, above, words)
    if base.sign == "]" and below and above:
        return Said(f"{base.words} {words.phrase('evaluated from', below, above)}", Kind.CLOSE, simple=False)
    if base.kind is Kind.LARGE:
        return _limits(base, below, above, words)
    said = base.words
    if scripts.primes:
        said = " ".join([said, *[words.signs[_PRIME]] * min(scripts.primes, 4)]).strip()
    if below:
        said = _below(base, said, scripts.below, words)
    if above:
        said = _above(base, said, scripts, words)
    kind = base.kind if base.kind in {Kind.OPERATOR, Kind.FUNCTION, Kind.CLOSE} else Kind.OPERAND
    return Said(said, kind, simple=scripts.primes > 0 and not (below or above) and base.simple, sign=base.sign)


def _below(base: Said, said: str, below: Said, words: Vocabulary) -> str:
    if base.sign == r"\log":
        return words.phrase("base", said, below.words)
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return words.phrase("below", said, below.words)
    if not said:
        return words.phrase("lone subscript", below.words)
    short = below.simple or (below.signs <= _MAX_INDICES and " " not in below.words.replace(" ", "", below.signs - 1))
    return words.phrase("subscript" if short else "long subscript", said, below.words)


def _above(base: Said, said: str, scripts: Scripts, words: Vocabulary) -> str:
    above, power = scripts.above, scripts.power
    if power in {r"\circ", r"\degree", "°"}:
        return f"{said} {words.signs[_DEGREES]}".strip()
    if power == r"\prime":
        return f"{said} {words.signs[_PRIME]}".strip()
    if not base.words:
        return f"{said} {words.phrase('lone superscript', above.words)}".strip()
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return words.phrase("above", said, above.words)
    if base.kind is Kind.FUNCTION and power == "-1":
        return words.phrase("inverse", said)
    if "2" in {power, above.words}:
        return words.phrase("squared", said)
    if "3" in {power, above.words}:
        return words.phrase("cubed", said)
    if above.words == "T" and base.sign != "e":
        return words.phrase("transpose", said)
    if power == r"\top":
        return words.phrase("transpose", said)
    if _NO_POWER.fullmatch(power):
        return words.phrase("superscript" if above.simple else "long superscript", said, above.words)
    return words.phrase("power" if above.simple else "long power", said, above.words)


def _evaluated(base: Said, below: str, above: str, words: Vocabulary) -> Said:
    said = (
        words.phrase("evaluated from", below, above)
        if above and below
        else words.phrase("evaluated at", below or above)
    )
    return Said(said, base.kind, simple=False)


def _limits(base: Said, below: str, above: str, words: Vocabulary) -> Said:
    said = base.words
    if base.sign in LIMITS and below:
        said = words.phrase("limit", said, below)
    elif below and above:
        said = words.phrase("from to", said, below, above)
    elif below:
        said = words.phrase("over", said, below)
    elif above:
        said = words.phrase("up to", said, above)
    return Said(said, Kind.LARGE, simple=False)


# Speech for matrices, cases, tables and rows.

Row = Sequence[str]

MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "Vmatrix", "smallmatrix"})
CASES = frozenset({"cases", "dcases", "rcases", "drcases", "numcases"})
TABLES = frozenset({"array", "tabular", "CD"})
LINES = frozenset(
    {
        "align",
        "aligned",
        "split",
        "alignat",
        "alignedat",
        "flalign",
        "eqnarray",
        "gather",
        "gathered",
        "multline",
        "subarray",
    }
    | {"equation", "displaymath", "math", "subequations"}
)
WITH_COLUMNS = frozenset({"array", "tabular", "subarray", "alignat", "alignedat"})
"""Environments whose first argument specifies columns."""


def grid_words(name: str, rows: Sequence[Row], words: Vocabulary) -> Said:
    """Speak an environment, given by its name without a star and its rows of cells."""
    columns = max((len(row) for row in rows), default=0)
    if name == "vmatrix":
        return _table("determinant", rows, columns, words)
    if name in MATRICES:
        return _table("matrix", rows, columns, words)
    if name in CASES and len(rows) > 1:
        cases = _numbered("case", [_cells(row) for row in rows], words)
        return Said(words.phrase("cases", words.phrase("case count", str(len(rows))), cases), simple=False)
    if name in TABLES and columns > 1:
        return _table("table", rows, columns, words)
    lines = [" ".join(filter(None, row)) for row in rows]
    if name == "subarray":
        return Said(", ".join(lines), simple=False)
    return Said(lines[0] if len(lines) == 1 else _numbered("line", lines, words), simple=False)


def _table(pattern: str, rows: Sequence[Row], columns: int, words: Vocabulary) -> Said:
    height = words.phrase("one row") if len(rows) == 1 else words.phrase("rows", str(len(rows)))
    width = words.phrase("one column") if columns == 1 else words.phrase("columns", str(columns))
    blank = words.phrase("empty")
    lines = [", ".join(cell or blank for cell in row) for row in rows]
    return Said(words.phrase(pattern, height, width, _numbered("row", lines, words)), simple=False)


def _numbered(pattern: str, lines: Sequence[str], words: Vocabulary) -> str:
    return "; ".join(words.phrase(pattern, str(number), line) for number, line in enumerate(lines, 1))


def _cells(row: Row) -> str:
    return ", ".join(cell.rstrip(" ,;.") for cell in row if cell)


# The entry point: a formula as text, or its LaTeX if it cannot be spoken.


def formula_in_words(latex: str, words: Vocabulary) -> str:
    """Return a formula as text; its LaTeX if it cannot be spoken, for example because it is incomplete or has unknown commands."""
    try:
        return Speaker(expanded(latex), words).whole().words.strip(" ,") or latex
    except (Unsayable, NotSettable, Missing, Unbalanced):
        return latex


MAX_SPOKEN_DEPTH = 40
"""Maximum nesting of groups, fences and environments."""
_CELL_ENDS = frozenset({"&", r"\\", r"\cr", r"\end"})
_APPLIED = frozenset("fghFG")
_PAIRED = {"|": (r"\lvert", r"\rvert"), r"\|": (r"\lVert", r"\rVert")}
_NO_BARS_BEYOND = _CELL_ENDS | {r"\right", r"\rangle", r"\mid"}
_BEFORE_A_BAR = frozenset({Kind.OPERATOR, Kind.OPEN, Kind.PUNCTUATION, Kind.LARGE, Kind.FUNCTION, Kind.NOTHING})
_INFIX = {r"\choose": "choose", r"\over": "fraction"}
_NUMBER_CHARACTERS = frozenset("-.0123456789")


class Speaker:
    """Speaks one formula, or a part of one within text. `depth` is the nesting depth of that part."""

    def __init__(self, latex: str, words: Vocabulary, depth: int = 0) -> None:
        """Prepare a formula. Raise `Unsayable`."""
        self.tokens = Tokens(latex)
        self.words = words
        self.depth = depth
        self._upright = False
        self._approaching = False

    def whole(self) -> Said:
        """Speak the whole formula. Raise `Unsayable`."""
        rows = self._rows(frozenset({""}))
        return grid_words("align", rows, self.words) if len(rows) > 1 or len(rows[0]) > 1 else self._only(rows)

    def argument(self) -> Said:
        """Speak the next argument: a group or a single sign."""
        with self._deeper():
            if self.tokens.next.isdigit():
                return Said(self.tokens.take())
            return self._part()

    def part_of(self, latex: str) -> Said:
        """Speak LaTeX from another source, such as text or chemistry."""
        with self._deeper():
            return Speaker(latex, self.words, self.depth).whole()

    def sign(self, symbol: str) -> Said:
        """Speak one sign. Raise `Unsayable` if it has no name."""
        symbol = SAME.get(symbol, symbol)
        words = self.words.signs.get(symbol)
        if words is None:
            raise Unsayable
        if symbol == r"\to" and self._approaching:
            return Said(self.words.phrase("approaches"), Kind.OPERATOR, sign=symbol)
        if symbol in LARGE:
            return Said(self.words.phrase("of", words), Kind.LARGE, sign=symbol)
        if symbol in LIMITED:
            return Said(words, Kind.LARGE, sign=symbol)
        if symbol in FUNCTIONS:
            return Said(words, Kind.FUNCTION, sign=symbol)
        kind = (
            Kind.OPEN
            if symbol in OPENING
            else Kind.CLOSE
            if symbol in CLOSING
            else Kind.OPERAND
            if symbol in OPERANDS
            else Kind.OPERATOR
        )
        return Said(words, kind, sign=symbol)

    def upright_argument(self) -> Said:
        """Speak the next argument, treating adjacent letters as one word."""
        before, self._upright = self._upright, True
        said = self.argument()
        self._upright = before
        return said

    def row_list(self, name: str, ends: frozenset[str]) -> Said:
        """Speak rows up to one of `ends`."""
        return grid_words(name, self._rows(ends), self.words)

    def fenced(self) -> Said:
        r"""Speak the fenced part after \left."""
        left = self._fence()
        with self._deeper():
            inside = joined(self._sequence(frozenset({r"\right"})))
        if not self.tokens.accept(r"\right"):
            raise Unsayable
        right = self._fence()
        if left in _PAIRED and right == left:
            opening, closing = (self.words.signs[sign] for sign in _PAIRED[left])
            said = f"{opening} {inside.words}" + ("" if inside.simple else f" {closing}")
            return Said(said, Kind.CLOSE, simple=False)
        opening = "" if left == "." else self.words.signs[left]
        start = " ".join(filter(None, (opening, inside.words)))
        if left == "." and right in _PAIRED and self.tokens.next in {"_", "^"}:
            end = self._scripted(Said(self.words.signs[right], Kind.CLOSE, sign=right)).words
            return Said(f"{start} {end}", Kind.CLOSE, simple=False)
        closing = "" if right == "." else self.words.signs[right]
        sign = right if right == "]" else ""
        return Said(" ".join(filter(None, (start, closing))), Kind.CLOSE, simple=False, sign=sign)

    def fence_sign(self) -> Said:
        r"""Speak the fence after \middle."""
        fence = self._fence()
        return NOTHING if fence == "." else Said(self.words.signs[fence], Kind.OPERATOR)

    def environment(self) -> Said:
        r"""Speak the environment after \begin."""
        written = self.tokens.raw()
        name = written.rstrip("*")
        if name not in MATRICES | CASES | TABLES | LINES and name != "vmatrix":
            raise Unsayable
        if name != "CD":
            self.tokens.option()
        if name in WITH_COLUMNS:
            self.tokens.raw()
        with self._deeper():
            said = self.row_list(name, frozenset({r"\end"}))
        self.tokens.take()
        if self.tokens.raw() != written:
            raise Unsayable
        return said

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_SPOKEN_DEPTH:
            raise Unsayable
        yield
        self.depth -= 1

    @staticmethod
    def _only(rows: list[list[str]]) -> Said:
        return Said(rows[0][0], simple=False)

    def _rows(self, ends: frozenset[str]) -> list[list[str]]:
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(joined(self._sequence(_CELL_ENDS | ends)).words)
            if self.tokens.next in ends:
                break
            if self.tokens.take() == "&":
                continue
            if self.tokens.position and self.tokens.next == "[":
                self.tokens.option()
            rows.append([])
        return rows if any(rows[-1]) or len(rows) == 1 else rows[:-1]

    def _sequence(self, ends: frozenset[str]) -> list[Said]:
        """Speak the parts up to one of `ends`."""
        parts: list[Said] = []
        bars: list[str] = []
        while (symbol := self.tokens.next) not in ends:
            if symbol in {"", "}"}:
                if "" in ends or "}" in ends:
                    break
                raise Unsayable
            if symbol in _INFIX:
                self.tokens.take()
                pattern = _INFIX[symbol]
                one, other = joined(parts), joined(self._sequence(ends))
                simple = one.simple and other.simple
                return [
                    Said(
                        self.words.phrase(pattern if simple else f"long {pattern}", one.words, other.words),
                        simple=False,
                    )
                ]
            if symbol in _PAIRED:
                parts.append(self._scripted(self._bar(parts[-1] if parts else NOTHING, bars)))
                continue
            part = self._scripted(self._part())
            if part is NOTHING:
                continue
            parts.append(self._applied(part, ends))
        return parts

    def _part(self) -> Said:
        """Speak one part without its scripts."""
        symbol = self.tokens.take()
        if symbol in {"^", "_", "'"}:
            self.tokens.position -= 1
            return Said("")
        if symbol == "{":
            with self._deeper():
                inside = joined(self._sequence(frozenset({"}"})))
            self.tokens.take()
            return Said("") if not inside.words else inside
        if symbol.isdigit():
            return Said(symbol + self._rest_of_number())
        if symbol.isalpha() and symbol not in SAME:
            while self._upright and self.tokens.next.isalpha():
                symbol += self.tokens.take()
            return Said(symbol, sign=symbol)
        if symbol in {",", ";", "."}:
            return Said(symbol, Kind.PUNCTUATION, simple=False)
        if symbol in DROPPED or symbol == "~":
            return NOTHING
        if symbol in PAUSES:
            return PAUSE
        if symbol in LENGTHS:
            return self._length()
        if symbol == r"\begin":
            return self.environment()
        return self._named(symbol)

    def _named(self, symbol: str) -> Said:
        if (said := speak_command(self, SAME.get(symbol, symbol))) is not None:
            return said
        if len(symbol) == 1 and SAME.get(symbol, symbol) not in self.words.signs:
            return NOTHING if symbol == "&" else Said(symbol)
        return self.sign(symbol)

    def _length(self) -> Said:
        """Skip a length without braces: 5mu."""
        while self.tokens.next in _NUMBER_CHARACTERS:
            self.tokens.take()
        for _letter in range(2):
            self.tokens.take()
        return NOTHING

    def _rest_of_number(self) -> str:
        tokens, found = self.tokens, ""
        while True:
            before = tokens.position
            if tokens.next in {".", ",", r"\,", "{"}:
                mark = tokens.take()
                if mark == "{":
                    mark = ","
                    grouped = tokens.accept(",") and tokens.accept("}")
                else:
                    grouped = mark == "."
                digits = self._digits(3)
                if digits and (grouped or (mark == r"\," and len(digits) == 3)):
                    found += ("" if mark == r"\," else mark) + digits
                    continue
                tokens.position = before
                return found
            if not (digits := self._digits(1)):
                return found
            found += digits

    def _digits(self, most: int) -> str:
        found = ""
        while len(found) < most and self.tokens.next.isdigit():
            found += self.tokens.take()
        return found

    def _scripted(self, base: Said) -> Said:
        """Add the scripts of a part."""
        below = above = NOTHING
        power, primes = "", 0
        tokens = self.tokens
        while tokens.next in {"^", "_", "'", r"\limits", r"\nolimits"}:
            symbol = tokens.take()
            start = tokens.position
            if symbol == "'":
                primes += 1
            elif symbol == "^":
                above = joined((above, self.argument()))
                power = tokens.written(start)
            elif symbol == "_":
                before, self._approaching = self._approaching, base.sign in LIMITS
                below = joined((below, self.argument()))
                self._approaching = before
        if not (below.words or above.words or primes):
            return base
        if base.sign in LARGE:
            base = Said(self.words.signs[base.sign], base.kind, sign=base.sign)
        return with_scripts(base, Scripts(below, above, power, primes), self.words)

    def _applied(self, part: Said, ends: frozenset[str]) -> Said:
        """Speak "f of x" if a function precedes its argument."""
        tokens = self.tokens
        if part.sign not in _APPLIED or tokens.next != "(":
            return part
        start = tokens.position
        tokens.take()
        if tokens.next not in ends and tokens.next not in {"", "}", "(", "\\left"} | set(_PAIRED):
            before = tokens.position
            inside = self._part() if self.depth < MAX_SPOKEN_DEPTH else NOTHING
            if inside.words and inside.kind is Kind.OPERAND and inside.simple and tokens.accept(")"):
                return self._scripted(Said(self.words.phrase("function", part.words, inside.words), simple=False))
            tokens.position = before
        tokens.position = start
        return Said(self.words.phrase("of", part.words), Kind.FUNCTION, simple=False)

    def _bar(self, before: Said, bars: list[str]) -> Said:
        symbol = self.tokens.take()
        opening, closing = (self.words.signs[sign] for sign in _PAIRED[symbol])
        opens = before.kind in _BEFORE_A_BAR or before.sign == closing
        if bars and bars[-1] == symbol and not opens:
            bars.pop()
            return Said(closing, Kind.CLOSE, simple=False, sign=closing)
        if opens and self.tokens.comes(symbol, _NO_BARS_BEYOND):
            bars.append(symbol)
            return Said(opening, Kind.OPEN, simple=False)
        kind = Kind.CLOSE if self.tokens.next in {"_", "^"} else Kind.OPERATOR
        return Said(self.words.signs[symbol], kind, simple=False, sign=symbol)

    def _fence(self) -> str:
        symbol = self.tokens.take()
        symbol = SAME.get(symbol, symbol)
        if symbol == "<" or symbol == ">":
            symbol = r"\langle" if symbol == "<" else r"\rangle"
        if symbol != "." and symbol not in self.words.signs:
            raise Unsayable
        return symbol
