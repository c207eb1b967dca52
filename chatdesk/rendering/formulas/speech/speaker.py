"""Conversion of a formula into speech, read once from left to right. If it cannot be spoken, `NotSpeakable` is raised; nothing is guessed.

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
from chatdesk.rendering.formulas.speech.spoken_part import NOTHING, PAUSE, SpokenPart, joined
from chatdesk.rendering.formulas.speech.tokens import NotSpeakable, Tokens
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

    below: SpokenPart
    above: SpokenPart
    power: str
    primes: int


def with_scripts(base: SpokenPart, scripts: Scripts, vocabulary: Vocabulary) -> SpokenPart:
    """Return a part with its scripts."""
    below, above = scripts.below.text, scripts.above.text
    if base.sign in _BARS and base.kind is Kind.CLOSE and base.text == vocabulary.signs[base.sign]:
        return _evaluated(base, below, above, vocabulary)
    if base.sign == "]" and below and above:
        return SpokenPart(f"{base.text} {vocabulary.phrase('evaluated from', below, above)}", Kind.CLOSE, simple=False)
    if base.kind is Kind.LARGE:
        return _limits(base, below, above, vocabulary)
    spoken = base.text
    if scripts.primes:
        spoken = " ".join([spoken, *[vocabulary.signs[_PRIME]] * min(scripts.primes, 4)]).strip()
    if below:
        spoken = _below(base, spoken, scripts.below, vocabulary)
    if above:
        spoken = _above(base, spoken, scripts, vocabulary)
    kind = base.kind if base.kind in {Kind.OPERATOR, Kind.FUNCTION, Kind.CLOSE} else Kind.OPERAND
    return SpokenPart(spoken, kind, simple=scripts.primes > 0 and not (below or above) and base.simple, sign=base.sign)


def _below(base: SpokenPart, spoken: str, below: SpokenPart, vocabulary: Vocabulary) -> str:
    if base.sign == r"\log":
        return vocabulary.phrase("base", spoken, below.text)
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return vocabulary.phrase("below", spoken, below.text)
    if not spoken:
        return vocabulary.phrase("lone subscript", below.text)
    short = below.simple or (below.signs <= _MAX_INDICES and " " not in below.text.replace(" ", "", below.signs - 1))
    return vocabulary.phrase("subscript" if short else "long subscript", spoken, below.text)


def _above(base: SpokenPart, spoken: str, scripts: Scripts, vocabulary: Vocabulary) -> str:
    above, power = scripts.above, scripts.power
    if power in {r"\circ", r"\degree", "°"}:
        return f"{spoken} {vocabulary.signs[_DEGREES]}".strip()
    if power == r"\prime":
        return f"{spoken} {vocabulary.signs[_PRIME]}".strip()
    if not base.text:
        return f"{spoken} {vocabulary.phrase('lone superscript', above.text)}".strip()
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return vocabulary.phrase("above", spoken, above.text)
    if base.kind is Kind.FUNCTION and power == "-1":
        return vocabulary.phrase("inverse", spoken)
    if "2" in {power, above.text}:
        return vocabulary.phrase("squared", spoken)
    if "3" in {power, above.text}:
        return vocabulary.phrase("cubed", spoken)
    if above.text == "T" and base.sign != "e":
        return vocabulary.phrase("transpose", spoken)
    if power == r"\top":
        return vocabulary.phrase("transpose", spoken)
    if _NO_POWER.fullmatch(power):
        return vocabulary.phrase("superscript" if above.simple else "long superscript", spoken, above.text)
    return vocabulary.phrase("power" if above.simple else "long power", spoken, above.text)


def _evaluated(base: SpokenPart, below: str, above: str, vocabulary: Vocabulary) -> SpokenPart:
    spoken = (
        vocabulary.phrase("evaluated from", below, above)
        if above and below
        else vocabulary.phrase("evaluated at", below or above)
    )
    return SpokenPart(spoken, base.kind, simple=False)


def _limits(base: SpokenPart, below: str, above: str, vocabulary: Vocabulary) -> SpokenPart:
    spoken = base.text
    if base.sign in LIMITS and below:
        spoken = vocabulary.phrase("limit", spoken, below)
    elif below and above:
        spoken = vocabulary.phrase("from to", spoken, below, above)
    elif below:
        spoken = vocabulary.phrase("over", spoken, below)
    elif above:
        spoken = vocabulary.phrase("up to", spoken, above)
    return SpokenPart(spoken, Kind.LARGE, simple=False)


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


def grid_words(name: str, rows: Sequence[Row], vocabulary: Vocabulary) -> SpokenPart:
    """Speak an environment, given by its name without a star and its rows of cells."""
    columns = max((len(row) for row in rows), default=0)
    if name == "vmatrix":
        return _table("determinant", rows, columns, vocabulary)
    if name in MATRICES:
        return _table("matrix", rows, columns, vocabulary)
    if name in CASES and len(rows) > 1:
        cases = _numbered("case", [_cells(row) for row in rows], vocabulary)
        return SpokenPart(
            vocabulary.phrase("cases", vocabulary.phrase("case count", str(len(rows))), cases), simple=False
        )
    if name in TABLES and columns > 1:
        return _table("table", rows, columns, vocabulary)
    lines = [" ".join(filter(None, row)) for row in rows]
    if name == "subarray":
        return SpokenPart(", ".join(lines), simple=False)
    return SpokenPart(lines[0] if len(lines) == 1 else _numbered("line", lines, vocabulary), simple=False)


def _table(pattern: str, rows: Sequence[Row], columns: int, vocabulary: Vocabulary) -> SpokenPart:
    height = vocabulary.phrase("one row") if len(rows) == 1 else vocabulary.phrase("rows", str(len(rows)))
    width = vocabulary.phrase("one column") if columns == 1 else vocabulary.phrase("columns", str(columns))
    blank = vocabulary.phrase("empty")
    lines = [", ".join(cell or blank for cell in row) for row in rows]
    return SpokenPart(vocabulary.phrase(pattern, height, width, _numbered("row", lines, vocabulary)), simple=False)


def _numbered(pattern: str, lines: Sequence[str], vocabulary: Vocabulary) -> str:
    return "; ".join(vocabulary.phrase(pattern, str(number), line) for number, line in enumerate(lines, 1))


def _cells(row: Row) -> str:
    return ", ".join(cell.rstrip(" ,;.") for cell in row if cell)


# The entry point: a formula as text, or its LaTeX if it cannot be spoken.


def spoken_formula(latex: str, vocabulary: Vocabulary) -> str:
    """Return a formula as text; its LaTeX if it cannot be spoken, for example because it is incomplete or has unknown commands."""
    try:
        return Speaker(expanded(latex), vocabulary).whole().text.strip(" ,") or latex
    except (NotSpeakable, NotSettable, Missing, Unbalanced):
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

    def __init__(self, latex: str, vocabulary: Vocabulary, depth: int = 0) -> None:
        """Prepare a formula. Raise `NotSpeakable`."""
        self.tokens = Tokens(latex)
        self.vocabulary = vocabulary
        self.depth = depth
        self._upright = False
        self._approaching = False

    def whole(self) -> SpokenPart:
        """Speak the whole formula. Raise `NotSpeakable`."""
        rows = self._rows(frozenset({""}))
        return grid_words("align", rows, self.vocabulary) if len(rows) > 1 or len(rows[0]) > 1 else self._only(rows)

    def argument(self) -> SpokenPart:
        """Speak the next argument: a group or a single sign."""
        with self._deeper():
            if self.tokens.next.isdigit():
                return SpokenPart(self.tokens.consume())
            return self._part()

    def part_of(self, latex: str) -> SpokenPart:
        """Speak LaTeX from another source, such as text or chemistry."""
        with self._deeper():
            return Speaker(latex, self.vocabulary, self.depth).whole()

    def sign(self, symbol: str) -> SpokenPart:
        """Speak one sign. Raise `NotSpeakable` if it has no name."""
        symbol = SAME.get(symbol, symbol)
        text = self.vocabulary.signs.get(symbol)
        if text is None:
            raise NotSpeakable
        if symbol == r"\to" and self._approaching:
            return SpokenPart(self.vocabulary.phrase("approaches"), Kind.OPERATOR, sign=symbol)
        if symbol in LARGE:
            return SpokenPart(self.vocabulary.phrase("of", text), Kind.LARGE, sign=symbol)
        if symbol in LIMITED:
            return SpokenPart(text, Kind.LARGE, sign=symbol)
        if symbol in FUNCTIONS:
            return SpokenPart(text, Kind.FUNCTION, sign=symbol)
        kind = (
            Kind.OPEN
            if symbol in OPENING
            else Kind.CLOSE
            if symbol in CLOSING
            else Kind.OPERAND
            if symbol in OPERANDS
            else Kind.OPERATOR
        )
        return SpokenPart(text, kind, sign=symbol)

    def upright_argument(self) -> SpokenPart:
        """Speak the next argument, treating adjacent letters as one word."""
        before, self._upright = self._upright, True
        spoken = self.argument()
        self._upright = before
        return spoken

    def row_list(self, name: str, ends: frozenset[str]) -> SpokenPart:
        """Speak rows up to one of `ends`."""
        return grid_words(name, self._rows(ends), self.vocabulary)

    def fenced(self) -> SpokenPart:
        r"""Speak the fenced part after \left."""
        left = self._fence()
        with self._deeper():
            inside = joined(self._sequence(frozenset({r"\right"})))
        if not self.tokens.accept(r"\right"):
            raise NotSpeakable
        right = self._fence()
        if left in _PAIRED and right == left:
            opening, closing = (self.vocabulary.signs[sign] for sign in _PAIRED[left])
            spoken = f"{opening} {inside.text}" + ("" if inside.simple else f" {closing}")
            return SpokenPart(spoken, Kind.CLOSE, simple=False)
        opening = "" if left == "." else self.vocabulary.signs[left]
        start = " ".join(filter(None, (opening, inside.text)))
        if left == "." and right in _PAIRED and self.tokens.next in {"_", "^"}:
            end = self._scripted(SpokenPart(self.vocabulary.signs[right], Kind.CLOSE, sign=right)).text
            return SpokenPart(f"{start} {end}", Kind.CLOSE, simple=False)
        closing = "" if right == "." else self.vocabulary.signs[right]
        sign = right if right == "]" else ""
        return SpokenPart(" ".join(filter(None, (start, closing))), Kind.CLOSE, simple=False, sign=sign)

    def fence_sign(self) -> SpokenPart:
        r"""Speak the fence after \middle."""
        fence = self._fence()
        return NOTHING if fence == "." else SpokenPart(self.vocabulary.signs[fence], Kind.OPERATOR)

    def environment(self) -> SpokenPart:
        r"""Speak the environment after \begin."""
        written = self.tokens.raw()
        name = written.rstrip("*")
        if name not in MATRICES | CASES | TABLES | LINES and name != "vmatrix":
            raise NotSpeakable
        if name != "CD":
            self.tokens.option()
        if name in WITH_COLUMNS:
            self.tokens.raw()
        with self._deeper():
            spoken = self.row_list(name, frozenset({r"\end"}))
        self.tokens.consume()
        if self.tokens.raw() != written:
            raise NotSpeakable
        return spoken

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_SPOKEN_DEPTH:
            raise NotSpeakable
        yield
        self.depth -= 1

    @staticmethod
    def _only(rows: list[list[str]]) -> SpokenPart:
        return SpokenPart(rows[0][0], simple=False)

    def _rows(self, ends: frozenset[str]) -> list[list[str]]:
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(joined(self._sequence(_CELL_ENDS | ends)).text)
            if self.tokens.next in ends:
                break
            if self.tokens.consume() == "&":
                continue
            if self.tokens.position and self.tokens.next == "[":
                self.tokens.option()
            rows.append([])
        return rows if any(rows[-1]) or len(rows) == 1 else rows[:-1]

    def _sequence(self, ends: frozenset[str]) -> list[SpokenPart]:
        """Speak the parts up to one of `ends`."""
        parts: list[SpokenPart] = []
        bars: list[str] = []
        while (symbol := self.tokens.next) not in ends:
            if symbol in {"", "}"}:
                if "" in ends or "}" in ends:
                    break
                raise NotSpeakable
            if symbol in _INFIX:
                self.tokens.consume()
                pattern = _INFIX[symbol]
                one, other = joined(parts), joined(self._sequence(ends))
                simple = one.simple and other.simple
                return [
                    SpokenPart(
                        self.vocabulary.phrase(pattern if simple else f"long {pattern}", one.text, other.text),
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

    def _part(self) -> SpokenPart:
        """Speak one part without its scripts."""
        symbol = self.tokens.consume()
        if symbol in {"^", "_", "'"}:
            self.tokens.position -= 1
            return SpokenPart("")
        if symbol == "{":
            with self._deeper():
                inside = joined(self._sequence(frozenset({"}"})))
            self.tokens.consume()
            return SpokenPart("") if not inside.text else inside
        if symbol.isdigit():
            return SpokenPart(symbol + self._rest_of_number())
        if symbol.isalpha() and symbol not in SAME:
            while self._upright and self.tokens.next.isalpha():
                symbol += self.tokens.consume()
            return SpokenPart(symbol, sign=symbol)
        if symbol in {",", ";", "."}:
            return SpokenPart(symbol, Kind.PUNCTUATION, simple=False)
        if symbol in DROPPED or symbol == "~":
            return NOTHING
        if symbol in PAUSES:
            return PAUSE
        if symbol in LENGTHS:
            return self._length()
        if symbol == r"\begin":
            return self.environment()
        return self._named(symbol)

    def _named(self, symbol: str) -> SpokenPart:
        if (spoken := speak_command(self, SAME.get(symbol, symbol))) is not None:
            return spoken
        if len(symbol) == 1 and SAME.get(symbol, symbol) not in self.vocabulary.signs:
            return NOTHING if symbol == "&" else SpokenPart(symbol)
        return self.sign(symbol)

    def _length(self) -> SpokenPart:
        """Skip a length without braces: 5mu."""
        while self.tokens.next in _NUMBER_CHARACTERS:
            self.tokens.consume()
        for _letter in range(2):
            self.tokens.consume()
        return NOTHING

    def _rest_of_number(self) -> str:
        tokens, found = self.tokens, ""
        while True:
            before = tokens.position
            if tokens.next in {".", ",", r"\,", "{"}:
                mark = tokens.consume()
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
            found += self.tokens.consume()
        return found

    def _scripted(self, base: SpokenPart) -> SpokenPart:
        """Add the scripts of a part."""
        below = above = NOTHING
        power, primes = "", 0
        tokens = self.tokens
        while tokens.next in {"^", "_", "'", r"\limits", r"\nolimits"}:
            symbol = tokens.consume()
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
        if not (below.text or above.text or primes):
            return base
        if base.sign in LARGE:
            base = SpokenPart(self.vocabulary.signs[base.sign], base.kind, sign=base.sign)
        return with_scripts(base, Scripts(below, above, power, primes), self.vocabulary)

    def _applied(self, part: SpokenPart, ends: frozenset[str]) -> SpokenPart:
        """Speak "f of x" if a function precedes its argument."""
        tokens = self.tokens
        if part.sign not in _APPLIED or tokens.next != "(":
            return part
        start = tokens.position
        tokens.consume()
        if tokens.next not in ends and tokens.next not in {"", "}", "(", "\\left"} | set(_PAIRED):
            before = tokens.position
            inside = self._part() if self.depth < MAX_SPOKEN_DEPTH else NOTHING
            if inside.text and inside.kind is Kind.OPERAND and inside.simple and tokens.accept(")"):
                return self._scripted(
                    SpokenPart(self.vocabulary.phrase("function", part.text, inside.text), simple=False)
                )
            tokens.position = before
        tokens.position = start
        return SpokenPart(self.vocabulary.phrase("of", part.text), Kind.FUNCTION, simple=False)

    def _bar(self, before: SpokenPart, bars: list[str]) -> SpokenPart:
        symbol = self.tokens.consume()
        opening, closing = (self.vocabulary.signs[sign] for sign in _PAIRED[symbol])
        opens = before.kind in _BEFORE_A_BAR or before.sign == closing
        if bars and bars[-1] == symbol and not opens:
            bars.pop()
            return SpokenPart(closing, Kind.CLOSE, simple=False, sign=closing)
        if opens and self.tokens.occurs_before(symbol, _NO_BARS_BEYOND):
            bars.append(symbol)
            return SpokenPart(opening, Kind.OPEN, simple=False)
        kind = Kind.CLOSE if self.tokens.next in {"_", "^"} else Kind.OPERATOR
        return SpokenPart(self.vocabulary.signs[symbol], kind, simple=False, sign=symbol)

    def _fence(self) -> str:
        symbol = self.tokens.consume()
        symbol = SAME.get(symbol, symbol)
        if symbol == "<" or symbol == ">":
            symbol = r"\langle" if symbol == "<" else r"\rangle"
        if symbol != "." and symbol not in self.vocabulary.signs:
            raise NotSpeakable
        return symbol
