"""A typeset formula: what to draw and where, independent of size and colour, and its format for the transfer between processes.

Lengths are thousandths of an em. x runs to the right from the formula's left edge, y down from its baseline.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

from chatdesk import __version__
from chatdesk.kernel.fast_dataclass import dataclass

UNITS = 1000
"""Units per em."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape of the math font, or a stroke made of lines and curves."""

    path: str
    """In SVG syntax: absolute M, L, Q, C and Z, y upwards. Equal glyphs have equal paths."""
    x: float
    y: float
    scale: float
    """Scale of the path's units."""
    color: str = ""
    """Colour specified in the formula; empty for the colour of the surrounding text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle: a line of a fraction, a root, a table or a box."""

    x: float
    y: float
    width: float
    height: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that are missing in the math font, such as Chinese, to be drawn in a UI font."""

    text: str
    x: float
    y: float
    """Position of the baseline."""
    size: float
    width: float
    """Reserved width. Chinese fits; other text must be compressed to it."""
    bold: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class TypesetFormula:
    """A typeset formula."""

    width: float
    height: float
    """Above the baseline."""
    depth: float
    """Below the baseline."""
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    words: tuple[Words, ...] = ()
    tag: "TypesetFormula | None" = None
    """The formula's number, placed at the right end of the line."""


class Reason(StrEnum):
    """Why a formula cannot be typeset."""

    UNKNOWN = "unknown"
    """The command in the detail is unknown."""
    FORBIDDEN = "forbidden"
    """The command in the detail defines or loads something, which formulas must not do."""
    UNBALANCED = "unbalanced"
    """Braces or environments do not match."""
    INCOMPLETE = "incomplete"
    """Something is missing, such as an argument."""
    TOO_LARGE = "too_large"
    """Too long, too wide or too deeply nested."""
    TOO_SLOW = "too_slow"
    """It took too long or too much memory."""
    EMPTY = "empty"
    """Nothing would be visible."""
    NOT_UNDERSTOOD = "not_understood"
    """Any other reason."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A formula that cannot be typeset, and the reason."""

    reason: Reason
    detail: str = ""


SetFormula = TypesetFormula | Refused


class NotSettable(Exception):
    """A formula that is not typeset."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ProcessEnded(Exception):
    """The process ended before the formula was typeset."""


def typesetter_version() -> str:
    """Return a text that changes with the code that typesets. Reads the times of its files, so call it on a thread."""
    times = (file.stat().st_mtime_ns for file in Path(__file__).parent.glob("*.py"))
    return f"{__version__} {max(times, default=0)}"


def encode(formula: SetFormula) -> bytes:
    """Return a formula as a line of JSON."""
    values = {"reason": formula.reason, "detail": formula.detail} if isinstance(formula, Refused) else _values(formula)
    return json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> SetFormula:
    """Return the formula in a line. Raise `ValueError` if it is invalid."""
    values = json.loads(line)
    try:
        if isinstance(values, dict):
            return Refused(Reason(values["reason"]), values["detail"])
        return _outline(values)
    except (TypeError, IndexError, KeyError) as error:
        raise ValueError("not a formula") from error


def _values(outline: TypesetFormula) -> list[Any]:
    """Return the values for JSON. Each path is written once and then referenced by its index."""
    paths = list(dict.fromkeys(glyph.path for glyph in outline.glyphs))
    number = {path: index for index, path in enumerate(paths)}
    return [
        [outline.width, outline.height, outline.depth],
        paths,
        [(number[glyph.path], glyph.x, glyph.y, glyph.scale, glyph.color) for glyph in outline.glyphs],
        [(rule.x, rule.y, rule.width, rule.height, rule.color) for rule in outline.rules],
        [(one.text, one.x, one.y, one.size, one.width, one.bold, one.color) for one in outline.words],
        _values(outline.tag) if outline.tag else None,
    ]


def _outline(values: Any) -> TypesetFormula:  # noqa: ANN401 - parsed JSON
    size, written, glyphs, rules, words, tag = values
    paths = [sys.intern(path) for path in written]  # all formulas of a chat use the same font
    return TypesetFormula(
        size[0],
        size[1],
        size[2],
        glyphs=tuple(Glyph(paths[number], *rest) for number, *rest in glyphs),
        rules=tuple(Rule(*rule) for rule in rules),
        words=tuple(Words(*one) for one in words),
        tag=_outline(tag) if tag else None,
    )
