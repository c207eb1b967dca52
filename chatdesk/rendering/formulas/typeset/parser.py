r"""Conversion of LaTeX to MathML. Every token is either converted or refused: nothing of a formula is lost silently.

This module reads rows, groups and scripts; `commands.py` has the commands, `environments.py` the tables and `text.py` what is within \text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.typeset.elements import (
    LIMITS,
    Elements,
    Style,
    fenced,
    group,
    node,
    operator,
    row,
    undisplayed,
)
from chatdesk.rendering.formulas.typeset.groups import Missing, Unbalanced, argument, group_end, option
from chatdesk.rendering.formulas.typeset.symbols import letter, number, sign, sign_of
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|.", re.DOTALL)
_SKIPPED = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_MAX_DEPTH = 150
"""Maximum nesting of groups, environments and commands."""
_PRIMES = {1: "′", 2: "″", 3: "‴", 4: "⁗"}
_ROW_ENDS = frozenset({"&", "\\\\", "\\cr", "\\end", "\\right", "\\middle", "}"})
_OPENING = frozenset({"{", "\\left", "\\begin"})
_CLOSING = frozenset({"}", "\\right", "\\end"})
_GROUP_ENDS = frozenset({"}", "\\\\"})
INFIX = frozenset({"\\over", "\\atop", "\\choose", "\\brace", "\\brack", "\\above"})
_LENGTH = re.compile(r"\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*(em|ex|cm|mm|in|pt|pc|mu|bp|dd|px)")
_IN_EM = {
    "em": 1.0,
    "ex": 0.45,
    "cm": 2.845,
    "mm": 0.2845,
    "in": 7.227,
    "pt": 0.1,
    "pc": 1.2,
    "mu": 1 / 18,
    "bp": 0.1,
    "dd": 0.107,
    "px": 0.075,
}
_MAX_EM = 100
END: frozenset[str] = frozenset()
"""The end of the text is the only end of a row."""
_FENCES = {"\\choose": "()", "\\brace": "{}", "\\brack": "[]"}


def length(text: str) -> float:
    """Return a length in em: a point is a tenth of one. Raise `NotSettable` if it is too large or no length."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise NotSettable(Reason.NOT_UNDERSTOOD, text[:40])
    value = float(found[1]) * _IN_EM[found[2]]
    if abs(value) > _MAX_EM:
        raise NotSettable(Reason.TOO_LARGE)
    return value


def is_length(text: str) -> bool:
    """Return whether a text is a length, such as 2pt."""
    return bool(_LENGTH.fullmatch(text.strip()))


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the commands mean, by their names without the backslash."""

    commands: "Mapping[str, Command]"
    switches: "Mapping[str, Switch]"


class Parser:
    """Reads a formula once from left to right. The methods raise `NotSettable`, `Missing` and `Unbalanced`."""

    def __init__(self, text: str, grammar: Grammar, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.tags: list[str] = []
        r"""Texts of the \tags read so far."""
        self.grammar = grammar
        self.depth = depth
        """Nesting of this position."""
        self._unread: Elements = []
        self._has_infix = any(name in text for name in INFIX)

    # Tokens.

    @property
    def next(self) -> str:
        """The next token, after spaces; empty at the end."""
        if skipped := _SKIPPED.match(self.text, self.at):
            self.at = skipped.end()
        found = _TOKEN.match(self.text, self.at)
        return found[0] if found else ""

    def consume(self) -> str:
        """Return the next token, and move to the one after it. Raise `Missing` at the end."""
        found = self.next
        if not found:
            raise Missing("something is missing")
        self.at += len(found)
        return found

    def accept(self, wanted: str) -> bool:
        """Go on if this is the next token, and return whether it was."""
        if self.next != wanted:
            return False
        self.at += len(wanted)
        return True

    def raw(self) -> str:
        """Return the source of the next argument without its braces."""
        content, self.at = argument(self.text, self._start())
        return content

    def length(self) -> float:
        """Return the next length in em: an argument, or a length without braces."""
        if self.next == "{":
            return length(self.raw())
        found = _LENGTH.match(self.text, self._start())
        if not found:
            raise Missing("a length is missing")
        self.at = found.end()
        return length(found[0])

    def option(self) -> str:
        """Return the content of brackets at this position; empty if there are none."""
        content, self.at = option(self.text, self._start())
        return content

    def _start(self) -> int:
        return self.at if self.next else len(self.text)

    # Rows.

    def row(self, ends: frozenset[str], style: Style) -> Elements:
        """Return the elements up to a token in `ends`, which is not consumed."""
        self._deepen(1)
        elements, self._unread = self._unread, []
        if self._has_infix and not elements and (infix := self._infix(ends)):
            elements.append(self._halves(*infix, ends, style))
        while (following := self.next) and following not in ends:
            if following in _ROW_ENDS:
                raise Unbalanced(f"unexpected {following}")
            if following.startswith("\\") and (switch := self.grammar.switches.get(following[1:])):
                self.consume()
                elements.append(switch(self, following[1:], ends, style))
            elif (made := self.nucleus(style)) is not None:
                elements.append(self.scripts(made, style))
        self._deepen(-1)
        return elements

    def unread(self, elements: Elements) -> None:
        """Let the next row begin with elements that were read before it turned out to be a row of a table."""
        self._unread = elements

    def _halves(self, name: str, position: int, ends: frozenset[str], style: Style) -> ET.Element:
        r"""Return what is before and after an \over as one element."""
        above = self.sub(self.text[self.at : position], style.inner())
        self.at = position + len(name)
        width = self.length() if name == "\\above" else 0.0 if name != "\\over" else None
        if self._infix(ends):
            raise NotSettable(Reason.NOT_UNDERSTOOD, name)
        below = row(self.row(ends, style.inner()))
        fraction = node("mfrac", undisplayed(above), undisplayed(below))
        if width is not None:
            fraction.set("linethickness", f"{width:.3f}em" if width else "0")
        return fenced(_FENCES[name][0], fraction, _FENCES[name][1]) if name in _FENCES else fraction

    def ends_at_top_level(self) -> Iterator[str]:
        """Yield the tokens from here on that end cells or rows and are outside all groups."""
        return (found for found, _ in self._outside_groups() if found in _ROW_ENDS)

    def _infix(self, ends: frozenset[str]) -> tuple[str, int] | None:
        r"""Return the first \over of the row that begins here, and its position."""
        for found, position in self._outside_groups():
            if found in ends or found in _ROW_ENDS - {"\\middle"}:
                return None
            if found in INFIX:
                return found, position
        return None

    def _outside_groups(self) -> Iterator[tuple[str, int]]:
        """Yield the tokens from here on that are outside all groups and environments, each with its position."""
        depth = 0
        for found in _TOKEN.finditer(self.text, self.at):
            if found[0] in _CLOSING and depth:
                depth -= 1
            elif depth == 0:
                yield found[0], found.start()
            if found[0] in _OPENING:
                depth += 1

    # Elements.

    def nucleus(self, style: Style, *, single: bool = False) -> ET.Element | None:
        """Return the next element without its scripts; None if the token shows nothing. `single` consumes one digit of a number."""
        following = self.next
        if following == "{":
            self.consume()
            return group(self._group(style))
        if following in {"^", "_", "'"}:
            return node("mrow")
        if following.startswith("\\"):
            return self._command(style)
        if number := _NUMBER.match(self.text, self.at):
            return self._number(number[0][:1] if single else number[0], style)
        return self._character(self.consume(), style)

    def argument(self, style: Style) -> ET.Element:
        """Return the next argument: a group or a single token."""
        if self.accept("{"):
            return row(self._group(style))
        if not self.next or self.next in _ROW_ENDS or self.next in {"^", "_"}:
            raise Missing("an argument is missing")
        self._deepen(1)
        made = self.nucleus(style, single=True)
        self._deepen(-1)
        return node("mrow") if made is None else made

    def sub(self, latex: str, style: Style) -> ET.Element:
        """Return other LaTeX as one element."""
        inner = Parser(latex, self.grammar, self.depth + 1)
        elements = inner.row(END, style)
        self.tags += inner.tags
        return row(elements)

    def _group(self, style: Style) -> Elements:
        """Return the elements up to the closing brace. Lines within braces are stacked, as those below a sum."""
        start = self.at - 1
        end = group_end(self.text, start)
        elements = self.row(_GROUP_ENDS, style)
        if self.next == "\\\\":
            self.at = start
            return [stack] if (stack := self.grammar.commands["substack"](self, "substack", style)) is not None else []
        if self.at != end - 1:
            raise Unbalanced("a brace is not closed")
        self.at = end
        return elements

    def _command(self, style: Style) -> ET.Element | None:
        name = self.consume()[1:]
        if command := self.grammar.commands.get(name):
            self._deepen(1)
            made = command(self, name, style)
            self._deepen(-1)
            return made
        if found := sign_of(name):
            return letter(found, style) if found.isalpha() else sign(found, style)
        raise NotSettable(Reason.UNKNOWN, f"\\{name}")

    def _number(self, digits: str, style: Style) -> ET.Element:
        self.at += len(digits)
        return number(digits, style)

    def _character(self, char: str, style: Style) -> ET.Element:
        if char in "{}&#$" or not (char.isprintable() or char.isspace()):
            raise NotSettable(Reason.UNBALANCED if char in "{}&$" else Reason.NOT_UNDERSTOOD, char)
        if char == "~":
            return ET.Element("mspace", width="0.25em")
        return letter(char, style) if char.isalpha() else sign(char, style)

    # Scripts.

    def scripts(self, base: ET.Element, style: Style) -> ET.Element:
        """Return an element with the scripts that follow."""
        below: ET.Element | None = None
        above: ET.Element | None = None
        primes = 0
        limits = base.attrib.pop(LIMITS, "")
        stacked = limits == "always" or (limits == "movable" and style.display)
        while True:
            following = self.next
            if following in {"\\limits", "\\nolimits", "\\displaylimits"}:
                stacked = following == "\\limits" or (following == "\\displaylimits" and style.display)
            elif following == "'" and above is None:
                primes += 1
            elif following in {"^", "\\sp"} and above is None:
                self.consume()
                above = self.argument(style.inner())
                continue
            elif following in {"_", "\\sb"} and below is None:
                self.consume()
                below = self.argument(style.inner())
                continue
            elif following in {"^", "_", "'", "\\sp", "\\sb"}:
                raise NotSettable(Reason.NOT_UNDERSTOOD, following)
            else:
                break
            self.consume()
        if primes:
            signs = [operator(_PRIMES.get(primes, "′" * primes))]
            above = node("mrow", *signs, above) if above is not None else signs[0]
        if below is None and above is None:
            return base
        parts = [undisplayed(part) for part in (below, above) if part is not None]
        if below is not None and above is not None:
            return node("munderover" if stacked else "msubsup", base, *parts)
        if above is not None:
            return node("mover" if stacked else "msup", base, *parts)
        return node("munder" if stacked else "msub", base, *parts)

    def _deepen(self, by: int) -> None:
        self.depth += by
        if self.depth > _MAX_DEPTH:
            raise NotSettable(Reason.TOO_LARGE)


Command = Callable[[Parser, str, Style], ET.Element | None]
"""Reads the arguments of a command, whose name is given, and returns its element; None if it shows nothing."""
Switch = Callable[[Parser, str, frozenset[str], Style], ET.Element]
"""Reads the rest of a row, which ends before one of these tokens, and returns it as one element."""
