"""Bodies of servers with other numbers in them: found by walking what was recorded, so that no field has to be named."""

import json
from collections.abc import Iterator

ABSURD: dict[str, object] = {
    "2^31": 2**31,
    "2^53": 2**53,
    "2^53+1": 2**53 + 1,
    "2^64": 2**64,
    "10^400": 10**400,
    "-1": -1,
    "0": 0,
    "10^6": 10**6,
    "a fraction": 0.5,
    "tiny": 5e-324,
    "infinite": float("inf"),
    "NaN": float("nan"),
    "null": None,
    "true": True,
    "words": "many",
    "digits": "12",
    "a list": [2**31],
    "an object": {"value": 2**31},
}


def numbers_in(body: bytes) -> set[str]:
    """Return the names of all members that hold a number, or a list of them."""
    return {name for value in _values(body) for name in _names(value, "")}


def altered(body: bytes, name: str | None, value: object) -> bytes:
    """Return a body with `value` in the place of every number of this name; of every number at all if None is named."""
    return b"\n".join(_altered_line(line, name, value) for line in body.split(b"\n"))


def with_numbers(held: object, name: str | None, value: object, here: str = "") -> object:
    """Return a decoded value, altered so."""
    match held:
        case dict():
            return {key: with_numbers(each, name, value, key) for key, each in held.items()}
        case list():
            return [with_numbers(each, name, value, here) for each in held]
        case bool():
            return held
        case int() | float() if name in {None, here}:
            return value
        case _:
            return held


def _altered_line(line: bytes, name: str | None, value: object) -> bytes:
    head, held = _json_of(line)
    return line if held is None else head + json.dumps(with_numbers(held, name, value)).encode()


def _values(body: bytes) -> Iterator[object]:
    for line in body.split(b"\n"):
        held = _json_of(line)[1]
        if held is not None:
            yield held


def _json_of(line: bytes) -> tuple[bytes, object]:
    head = b"data: " if line.startswith(b"data: ") else b""
    try:
        held = json.loads(line[len(head) :])
    except ValueError:
        return head, None
    return head, held if isinstance(held, dict | list) else None


def _names(held: object, here: str) -> Iterator[str]:
    match held:
        case dict():
            for name, each in held.items():
                yield from _names(each, name)
        case list():
            for each in held:
                yield from _names(each, here)
        case bool():
            pass
        case int() | float():
            yield here
