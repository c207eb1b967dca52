"""A formula once it is set: what to draw and where, free of size and colour. Values only, and how they travel between processes.

Lengths are thousandths of an em. x runs to the right from the formula's left edge, y down from its baseline.
"""

import json
import sys
from enum import StrEnum
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass

UNITS = 1000
"""In an em."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape out of the math font, or a stroke made of lines and curves."""

    path: str
    """As SVG writes it: absolute M, L, Q, C and Z, y upwards. Equal glyphs have equal paths."""
    x: float
    y: float
    scale: float
    """Of the path's units."""
    color: str = ""
    """As the formula says; empty for that of the text around it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle: a line of a fraction, a root, a table, a box."""

    x: float
    y: float
    width: float
    height: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that the math font does not have, such as Chinese: to be written in a font of the screen."""

    text: str
    x: float
    y: float
    """Of the baseline."""
    size: float
    width: float
    """What was kept free for them. Chinese fits; others are to be squeezed into it."""
    bold: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class TypesetFormula:
    """A formula that is set."""

    width: float
    height: float
    """Above the baseline."""
    depth: float
    """Below the baseline."""
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    words: tuple[Words, ...] = ()
    tag: "TypesetFormula | None" = None
    """Its number, to be put at the right end of the line."""


class Reason(StrEnum):
    """Why a formula cannot be set."""

    UNKNOWN = "unknown"
    """The command in the detail is not known."""
    FORBIDDEN = "forbidden"
    """The command in the detail defines or loads something, which no formula may."""
    UNBALANCED = "unbalanced"
    """Braces or environments do not fit."""
    INCOMPLETE = "incomplete"
    """An argument or the like is missing."""
    TOO_LARGE = "too_large"
    """It is too long, too wide or too deeply nested."""
    TOO_SLOW = "too_slow"
    """It took too long or too much memory."""
    EMPTY = "empty"
    """There would be nothing to see."""
    NOT_UNDERSTOOD = "not_understood"
    """Anything else."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A formula that cannot be set, and why."""

    reason: Reason
    detail: str = ""


SetFormula = TypesetFormula | Refused


class ProcessEnded(Exception):
    """The process that sets formulas ended before this one was set."""


def encode(formula: SetFormula) -> bytes:
    """Return a line of JSON."""
    values = {"reason": formula.reason, "detail": formula.detail} if isinstance(formula, Refused) else _values(formula)
    return json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> SetFormula:
    """Return what a line says. Raises `ValueError` if it is no formula."""
    values = json.loads(line)
    try:
        if isinstance(values, dict):
            return Refused(Reason(values["reason"]), values["detail"])
        return _outline(values)
    except (TypeError, IndexError, KeyError) as error:
        raise ValueError("not a formula") from error


def _values(outline: TypesetFormula) -> list[Any]:
    """Every path is written once, and told by its number afterwards."""
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


def _outline(values: Any) -> TypesetFormula:  # noqa: ANN401 - as JSON has it
    size, written, glyphs, rules, words, tag = values
    paths = [sys.intern(path) for path in written]  # every formula of a chat has them from the same font
    return TypesetFormula(
        size[0],
        size[1],
        size[2],
        glyphs=tuple(Glyph(paths[number], *rest) for number, *rest in glyphs),
        rules=tuple(Rule(*rule) for rule in rules),
        words=tuple(Words(*one) for one in words),
        tag=_outline(tag) if tag else None,
    )
