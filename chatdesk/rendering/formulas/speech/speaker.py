r"""A formula read once from left to right and put into words. What cannot be said is raised as `Unsayable`, never guessed.

Scripts are `scripts.py`, environments `grids.py`; commands with arguments are `commands.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from chatdesk.rendering.formulas.speech.commands import say_command
from chatdesk.rendering.formulas.speech.grids import CASES, LINES, MATRICES, TABLES, WITH_COLUMNS, grid_words
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
from chatdesk.rendering.formulas.speech.scripts import Scripts, with_scripts
from chatdesk.rendering.formulas.speech.tokens import Tokens, Unsayable
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary

DEEPEST = 40
"""Groups, fences and environments in each other."""
_CELL_ENDS = frozenset({"&", r"\\", r"\cr", r"\end"})
_APPLIED = frozenset("fghFG")
_PAIRED = {"|": (r"\lvert", r"\rvert"), r"\|": (r"\lVert", r"\rVert")}
_NO_BARS_BEYOND = _CELL_ENDS | {r"\right", r"\rangle", r"\mid"}
_BEFORE_A_BAR = frozenset({Kind.OPERATOR, Kind.OPEN, Kind.PUNCTUATION, Kind.LARGE, Kind.FUNCTION, Kind.NOTHING})
_INFIX = {r"\choose": "choose", r"\over": "fraction"}
_OF_A_NUMBER = frozenset("-.0123456789")


class Speaker:
    """Says one formula, or a part of one that is written inside words. `depth`: how deep that part lies."""

    def __init__(self, latex: str, words: Vocabulary, depth: int = 0) -> None:
        """Raise `Unsayable`."""
        self.tokens = Tokens(latex)
        self.words = words
        self.depth = depth
        self._upright = False
        self._approaching = False

    def whole(self) -> Said:
        """Say all of it. Raises `Unsayable`."""
        rows = self._rows(frozenset({""}))
        return grid_words("align", rows, self.words) if len(rows) > 1 or len(rows[0]) > 1 else self._only(rows)

    def argument(self) -> Said:
        """Say the next argument: a group, or one sign."""
        with self._deeper():
            if self.tokens.next.isdigit():
                return Said(self.tokens.take())
            return self._part()

    def part_of(self, latex: str) -> Said:
        """Say LaTeX that comes from elsewhere: out of words, or of chemistry."""
        with self._deeper():
            return Speaker(latex, self.words, self.depth).whole()

    def sign(self, symbol: str) -> Said:
        """Say one sign. Raises `Unsayable` for one without a name."""
        symbol = SAME.get(symbol, symbol)
        words = self.words.signs.get(symbol)
        if words is None:
            raise Unsayable
        if symbol == r"\to" and self._approaching:
            return Said(self.words.say("approaches"), Kind.OPERATOR, sign=symbol)
        if symbol in LARGE:
            return Said(self.words.say("of", words), Kind.LARGE, sign=symbol)
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
        """Say the next argument with neighbouring letters taken for one word."""
        before, self._upright = self._upright, True
        said = self.argument()
        self._upright = before
        return said

    def row_list(self, name: str, ends: frozenset[str]) -> Said:
        """Say rows under each other up to one of `ends`."""
        return grid_words(name, self._rows(ends), self.words)

    def fenced(self) -> Said:
        r"""Say what stands behind \left."""
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
        r"""Say what stands behind \middle."""
        fence = self._fence()
        return NOTHING if fence == "." else Said(self.words.signs[fence], Kind.OPERATOR)

    def environment(self) -> Said:
        r"""Say what stands behind \begin."""
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
        if self.depth > DEEPEST:
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
        """Say what comes up to one of `ends`."""
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
                    Said(self.words.say(pattern if simple else f"long {pattern}", one.words, other.words), simple=False)
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
        """Say one thing without what stands above and below it."""
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
        if (said := say_command(self, SAME.get(symbol, symbol))) is not None:
            return said
        if len(symbol) == 1 and SAME.get(symbol, symbol) not in self.words.signs:
            return NOTHING if symbol == "&" else Said(symbol)
        return self.sign(symbol)

    def _length(self) -> Said:
        """Pass over a length that stands without braces: 5mu."""
        while self.tokens.next in _OF_A_NUMBER:
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
        """Add what stands above and below."""
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
        """Say "f of x" where a function stands before what it is applied to."""
        tokens = self.tokens
        if part.sign not in _APPLIED or tokens.next != "(":
            return part
        start = tokens.position
        tokens.take()
        if tokens.next not in ends and tokens.next not in {"", "}", "(", "\\left"} | set(_PAIRED):
            before = tokens.position
            inside = self._part() if self.depth < DEEPEST else NOTHING
            if inside.words and inside.kind is Kind.OPERAND and inside.simple and tokens.accept(")"):
                return self._scripted(Said(self.words.say("function", part.words, inside.words), simple=False))
            tokens.position = before
        tokens.position = start
        return Said(self.words.say("of", part.words), Kind.FUNCTION, simple=False)

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
