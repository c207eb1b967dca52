r"""Texts at which an answer ends, as they are typed into one line: separated by commas.

A backslash makes letters of what means something else: `\n` is a line's end, `\,` a comma, `\s` a blank at an end.
"""

import re
from collections.abc import Iterable

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PIECES = re.compile(r"(?:[^\\,\uff0c]|\\.?)+", re.DOTALL)
_MEANT = {"s": " ", "n": "\n", "t": "\t", "r": "\r"}
_WRITTEN = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\", ",": r"\,", "\uff0c": "\\\uff0c"}


def stops_of(line: str) -> tuple[str, ...]:
    """Return the texts of a line, each once."""
    pieces = (piece.strip(" ") for piece in _PIECES.findall(line))
    return tuple(dict.fromkeys(_ESCAPED.sub(_meaning, piece) for piece in pieces if piece))


def stop_line(stops: Iterable[str]) -> str:
    """Return the line that `stops_of` reads so."""
    return ", ".join(map(_written, stops))


def _meaning(escaped: re.Match[str]) -> str:
    return _MEANT.get(escaped[1], escaped[1])


def _written(stop: str) -> str:
    written = "".join(_WRITTEN.get(character, character) for character in stop)
    if written.endswith(" "):
        written = written[:-1] + r"\s"
    return r"\s" + written[1:] if written.startswith(" ") else written
