"""The knobs of a model: what each may be, and how they are kept. How a server is told them is its protocol's business."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace

from chatdesk.kernel.fast_dataclass import dataclass

# Texts at which an answer ends, as they are typed into one line: separated by commas.
#
# A backslash makes letters of what means something else: `\n` is a line's end, `\,` a comma, `\s` a blank at
# an end.

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


MOST_STOPS = 16
LONGEST_STOP = 200
LONGEST_FORMAT = 100_000
"""Characters of a JSON schema."""
JSON_FORMAT = "json"
_SAFE = 2**53 - 1
"""The largest whole number that every reader of JSON takes as it is."""
_DURATION = re.compile(r"-?(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+|-?\d{1,9}", re.ASCII)
"""As Go writes spans of time; a number alone is seconds. Source: Ollama's `api.Duration`."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """None = not sent: the server's own default holds."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    """Of an answer."""
    seed: int | None = None
    top_k: int | None = None
    """How many of the likeliest tokens are looked at; 0 = all."""
    min_p: float | None = None
    """Tokens less likely than this share of the likeliest one are not looked at."""
    repeat_penalty: float | None = None
    """1 = none."""
    stop: tuple[str, ...] | None = None
    """Texts at which an answer ends."""
    num_ctx: int | None = None
    """Tokens the model has room for, where it is the request that says so (Ollama)."""
    keep_alive: str | None = None
    """How long the model stays in memory after an answer: `10m`, seconds, `0` not at all, negative for ever (Ollama)."""
    format: str | None = None
    """What the answer must be: `json`, or a JSON schema."""

    def over(self, others: "Parameters") -> "Parameters":
        """Return these, and the others where these say nothing."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(others, **said)

    def schema(self) -> object:
        """Return the schema an answer must fit, as JSON has it; None if any JSON will do, or anything at all."""
        return None if self.format in {None, JSON_FORMAT} else json.loads(self.format or "")


NO_PARAMETERS = Parameters()
PARAMETER_NAMES = tuple(field.name for field in fields(Parameters))


@dataclass(frozen=True, slots=True)
class NumberRange:
    """From `least` to `most`, both included."""

    least: float
    most: float
    whole: bool = False

    def has(self, value: float) -> bool:
        """Whether the value may be one. Not a number never is."""
        return self.least <= value <= self.most and (not self.whole or float(value).is_integer())

    def made(self, value: float) -> float:
        """Return the value as the parameter has it: whole, or not."""
        return int(value) if self.whole else float(value)


NUMBER_RANGES: Mapping[str, NumberRange] = {
    "temperature": NumberRange(0, 5),
    "top_p": NumberRange(0, 1),
    "max_tokens": NumberRange(1, 10_000_000, whole=True),
    "seed": NumberRange(-_SAFE, _SAFE, whole=True),
    "top_k": NumberRange(0, 100_000, whole=True),
    "min_p": NumberRange(0, 1),
    "repeat_penalty": NumberRange(0, 5),
    "num_ctx": NumberRange(128, 16_777_216, whole=True),
}
"""Wider than any one server's: what a server does not take, it says."""


def is_keep_alive(text: str) -> bool:
    """Whether the text is a span of time as `keep_alive` has it."""
    return _DURATION.fullmatch(text) is not None


def is_format(text: str) -> bool:
    """Whether the text is `json`, or a JSON schema: an object."""
    if text == JSON_FORMAT:
        return True
    if len(text) > LONGEST_FORMAT:
        return False
    try:
        schema = json.loads(text)
        json.dumps(schema, allow_nan=False)  # 1e999 and NaN are read, and could not be sent
        return isinstance(schema, dict)
    except (ValueError, RecursionError):
        return False


def are_stops(texts: object) -> bool:
    """Whether these are texts an answer can end at."""
    return (
        isinstance(texts, list | tuple)
        and len(texts) <= MOST_STOPS
        and all(isinstance(text, str) and 0 < len(text) <= LONGEST_STOP for text in texts)
    )


def to_record(parameters: Parameters) -> dict[str, object]:
    """Return what is set, as plain values for JSON."""
    said = {name: value for name, value in asdict(parameters).items() if value is not None}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def from_record(record: object) -> Parameters:
    """Return what `to_record` wrote. Tolerant: what is odd or out of range is not set."""
    if not isinstance(record, dict) or not record:  # nearly every chat of a long list
        return NO_PARAMETERS
    said: dict[str, object] = {}
    for name, allowed in NUMBER_RANGES.items():
        value = record.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and allowed.has(value):
            said[name] = allowed.made(value)
    for name, fits in (("keep_alive", is_keep_alive), ("format", is_format)):
        value = record.get(name)
        if isinstance(value, str) and fits(value):
            said[name] = value
    stops = record.get("stop")
    if stops and are_stops(stops):
        said["stop"] = tuple(stops)
    return Parameters(**said)  # type: ignore[arg-type]
