"""Parameters of a model: their ranges and their storage format. How they are sent to a server depends on its protocol."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace

from chatdesk.kernel.fast_dataclass import dataclass

# Stop sequences as the user types them in one line: separated by commas.
#
# A backslash escapes characters: `\n` is a line break, `\,` a comma, `\s` a space at the start or end.

_ESCAPED = r"(?s)\\(.)"
_ITEMS = r"(?s)(?:[^\\,\uff0c]|\\.?)+"
_MEANT = {"s": " ", "n": "\n", "t": "\t", "r": "\r"}
_WRITTEN = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\", ",": r"\,", "\uff0c": "\\\uff0c"}


def stops_of(line: str) -> tuple[str, ...]:
    """Return the stop sequences of a line, without duplicates."""
    items = (item.strip(" ") for item in re.findall(_ITEMS, line))
    return tuple(dict.fromkeys(re.sub(_ESCAPED, _meaning, item) for item in items if item))


def stop_line(stops: Iterable[str]) -> str:
    """Return the line from which `stops_of` returns these stop sequences."""
    return ", ".join(map(_written, stops))


def _meaning(escaped: re.Match[str]) -> str:
    return _MEANT.get(escaped[1], escaped[1])


def _written(stop: str) -> str:
    written = "".join(_WRITTEN.get(character, character) for character in stop)
    if written.endswith(" "):
        written = written[:-1] + r"\s"
    return r"\s" + written[1:] if written.startswith(" ") else written


MAX_STOPS = 16
MAX_STOP_LENGTH = 200
MAX_FORMAT_LENGTH = 100_000
"""Maximum length of a JSON schema in characters."""
JSON_FORMAT = "json"
_SAFE = 2**53 - 1
"""The largest integer that every JSON parser reads exactly."""
_DURATION = r"(?a)-?(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+|-?\d{1,9}"
"""Durations as written in Go; a number without a unit is in seconds. Source: Ollama's `api.Duration`."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters of a request. None = not sent, so that the server's default applies."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    """Maximum length of an answer."""
    seed: int | None = None
    top_k: int | None = None
    """How many of the most likely tokens are considered; 0 = all."""
    min_p: float | None = None
    """Tokens less likely than this share of the most likely one are not considered."""
    repeat_penalty: float | None = None
    """1 = no penalty."""
    stop: tuple[str, ...] | None = None
    """Texts at which an answer ends."""
    num_ctx: int | None = None
    """Context length in tokens, for servers where the request sets it (Ollama)."""
    keep_alive: str | None = None
    """How long the model stays in memory after an answer: `10m`, seconds, `0` for not at all, negative for ever (Ollama)."""
    format: str | None = None
    """Required format of the answer: `json` or a JSON schema."""

    def over(self, others: "Parameters") -> "Parameters":
        """Return these parameters, with unset ones taken from `others`."""
        set_values = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(others, **set_values)

    def schema(self) -> object:
        """Return the parsed JSON schema of the answer; None for any JSON or any text."""
        return None if self.format in {None, JSON_FORMAT} else json.loads(self.format or "")


NO_PARAMETERS = Parameters()
PARAMETER_NAMES = tuple(field.name for field in fields(Parameters))


@dataclass(frozen=True, slots=True)
class NumberRange:
    """An inclusive range from `least` to `most`."""

    least: float
    most: float
    whole: bool = False

    def has(self, value: float) -> bool:
        """Return whether the value is allowed. NaN never is."""
        return self.least <= value <= self.most and (not self.whole or float(value).is_integer())

    def made(self, value: float) -> float:
        """Return the value with the parameter's type."""
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
"""Wider than the range of any server: a server reports values it does not accept."""


def is_keep_alive(text: str) -> bool:
    """Return whether the text is a valid duration for `keep_alive`."""
    return re.fullmatch(_DURATION, text) is not None


def is_format(text: str) -> bool:
    """Return whether the text is `json` or a JSON schema (an object)."""
    if text == JSON_FORMAT:
        return True
    if len(text) > MAX_FORMAT_LENGTH:
        return False
    try:
        schema = json.loads(text)
        json.dumps(schema, allow_nan=False)  # 1e999 and NaN can be parsed but not sent
        return isinstance(schema, dict)
    except (ValueError, RecursionError):
        return False


def are_stops(texts: object) -> bool:
    """Return whether these are valid stop sequences."""
    return (
        isinstance(texts, list | tuple)
        and len(texts) <= MAX_STOPS
        and all(isinstance(text, str) and 0 < len(text) <= MAX_STOP_LENGTH for text in texts)
    )


def to_record(parameters: Parameters) -> dict[str, object]:
    """Return the parameters that are set, as plain values for JSON."""
    set_values = {name: value for name, value in asdict(parameters).items() if value is not None}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in set_values.items()}


def from_record(record: object) -> Parameters:
    """Return the parameters from the result of `to_record`. Tolerant: invalid values are not set."""
    if not isinstance(record, dict) or not record:  # true for most chats of a long list
        return NO_PARAMETERS
    set_values: dict[str, object] = {}
    for name, allowed in NUMBER_RANGES.items():
        value = record.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and allowed.has(value):
            set_values[name] = allowed.made(value)
    for name, fits in (("keep_alive", is_keep_alive), ("format", is_format)):
        value = record.get(name)
        if isinstance(value, str) and fits(value):
            set_values[name] = value
    stops = record.get("stop")
    if stops and are_stops(stops):
        set_values["stop"] = tuple(stops)
    return Parameters(**set_values)  # type: ignore[arg-type]
