"""Additional members of the JSON body of every chat request, added by the user: server options that Chatdesk has no control for.

Members that Chatdesk depends on cannot be overridden: the messages, the model, and streaming; with Ollama also the context length and the
settings that prevent silent truncation.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum, auto
from typing import NoReturn

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerProtocol

RESERVED = frozenset({"messages", "input", "instructions", "model", "stream"})
OPTIONS = "options"
"""Ollama's member for parameters. The user's options are merged with those set elsewhere."""
_RESERVED_AT = {ServerProtocol.OLLAMA: RESERVED | {"truncate", "shift"}}
_RESERVED_OPTIONS = frozenset({"num_ctx"})
MAX_EXTRA_BODY_LENGTH = 100_000
"""Maximum length in characters."""
_MAX_DEPTH = 32
_KEY_NAME = re.compile(r"(api[-_]?key|secret|passw|token|authorization|bearer|credential)s?$", re.IGNORECASE)
_KEY_VALUE = re.compile(
    r"(sk|pk|rk|gsk|xai|ghp|hf|key|AIza)[-_]?[A-Za-z0-9_-]{16,}|Bearer\s+\S{8,}|[A-Za-z0-9+/_-]{40,}={0,2}",
    re.IGNORECASE,
)


class ExtraBodyProblem(Enum):
    """Why a text cannot be sent."""

    NOT_JSON = auto()
    NOT_AN_OBJECT = auto()
    RESERVED = auto()
    """`ExtraBody.word` is the member that cannot be overridden."""
    REPEATED = auto()
    """`ExtraBody.word` is a member that occurs twice in one object."""
    TOO_LARGE = auto()
    """Longer than `MAX_EXTRA_BODY_LENGTH`, or nested too deeply."""


@dataclass(frozen=True, slots=True)
class ExtraBody:
    """Result of parsing. `members` is empty if there is a problem. `line` counts from 1; 0 = the whole text.

    `word` is the parser's message or the member's name. `secret` is the first member that looks like a key; keys belong in the keyring. It
    is sent nevertheless.
    """

    members: Mapping[str, object] = field(default_factory=dict)
    problem: ExtraBodyProblem | None = None
    line: int = 0
    word: str = ""
    secret: str = ""


class _Repeated(ValueError):
    """A member occurs twice."""


def parse_extra_body(text: str, protocol: ServerProtocol = ServerProtocol.OPENAI) -> ExtraBody:
    """Parse a text for servers of a protocol. An empty text adds nothing."""
    if not text.strip():
        return ExtraBody()
    if len(text) > MAX_EXTRA_BODY_LENGTH:
        return ExtraBody(problem=ExtraBodyProblem.TOO_LARGE)
    try:
        value = json.loads(
            text, object_pairs_hook=_without_repetition, parse_constant=_refuse_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        return ExtraBody(problem=ExtraBodyProblem.NOT_JSON, line=error.lineno, word=error.msg)
    except RecursionError:
        return ExtraBody(problem=ExtraBodyProblem.TOO_LARGE)
    except _Repeated as error:
        return ExtraBody(problem=ExtraBodyProblem.REPEATED, line=_line_of(str(error), text), word=str(error))
    except ValueError as error:  # a number with thousands of digits, or NaN
        return ExtraBody(problem=ExtraBodyProblem.NOT_JSON, word=str(error))
    if not isinstance(value, dict):
        return ExtraBody(problem=ExtraBodyProblem.NOT_AN_OBJECT)
    if _is_deeper(value, _MAX_DEPTH):
        return ExtraBody(problem=ExtraBodyProblem.TOO_LARGE)
    reserved = [name for name in value if name in _RESERVED_AT.get(protocol, RESERVED)]
    if protocol is ServerProtocol.OLLAMA and (options := value.get(OPTIONS, {})) is not None:
        if not isinstance(options, dict):
            return ExtraBody(problem=ExtraBodyProblem.NOT_AN_OBJECT, line=_line_of(OPTIONS, text), word=OPTIONS)
        reserved += [name for name in options if name in _RESERVED_OPTIONS]
    if reserved:
        return ExtraBody(problem=ExtraBodyProblem.RESERVED, line=_line_of(reserved[0], text), word=reserved[0])
    return ExtraBody(value, secret=next((name for name, _ in _secrets(value)), ""))


def key_values(text: str) -> tuple[str, ...]:
    """Return the values in a stored text that look like keys, so that they are masked everywhere."""
    return tuple(dict.fromkeys(value for _, value in _secrets(parse_extra_body(text).members)))


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)  # 1e999 cannot be sent as a number
    return number


def _is_deeper(value: object, levels: int) -> bool:
    """Return whether objects and lists are nested deeper than `levels`."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in inner)


def _line_of(name: str, text: str) -> int:
    offset = text.rfind(json.dumps(name, ensure_ascii=False))
    return text.count("\n", 0, offset) + 1 if offset >= 0 else 0


def _secrets(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield values that look like keys, with their names."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from _secrets(inner, key)
        case list():
            for inner in value:
                yield from _secrets(inner, name)
        case str() if value and (_KEY_NAME.search(name) or _KEY_VALUE.fullmatch(value.strip())):
            yield name, value.strip()
