"""Conversion of domain values to columns and back. Reading is tolerant: an unknown or invalid value never hides a row."""

import json
import math
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum

from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef

MAX_ORDER_VALUE = 2**53
"""Upper limit of values in an order. Larger ones were damaged on disk; text also sorts after all numbers there."""

IS_A_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*'"
"""A condition for columns with times. Nothing is deleted because of an invalid time."""

_BEGINNING = datetime.fromtimestamp(0, UTC)


def added_number(cursor: sqlite3.Cursor) -> int:
    """Return the `number` of the row inserted by `cursor`."""
    if cursor.lastrowid is None:
        raise ValueError("no row was inserted")
    return cursor.lastrowid


def whole(value: object) -> int:
    """Return the value of an integer column; 0 for anything else, which SQLite's columns may contain."""
    return value if isinstance(value, int) else 0


def real(value: object) -> float:
    """Return the value of a numeric column; 0 for anything else."""
    return value if isinstance(value, int | float) and math.isfinite(value) else 0.0


def to_text(text: str) -> str:
    """Return `text` in a form that SQLite accepts: surrogate pairs are joined, and lone surrogates become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def to_time(moment: datetime) -> str:
    """Return a timezone-aware time as text that sorts chronologically. Raise `ValueError` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_time(text: str) -> datetime:
    """Return the time in UTC; the start of 1970 if `text` is invalid."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is UTC else moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: in year 1, in a time zone east of UTC
        return _BEGINNING


def to_json(data: Mapping[str, object]) -> str:
    """Return `data` as JSON; numbers that JSON cannot represent become null."""
    if not data:  # as in most parts of a long chat
        return "{}"
    clean = {
        key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in data.items()
    }
    return to_text(json.dumps(clean, ensure_ascii=False, separators=(",", ":")))


def from_json(text: str | None) -> dict[str, object]:
    """Return the object; an empty one for invalid text."""
    if not text or text == "{}":  # true for most rows of a long chat
        return {}
    with suppress(ValueError, RecursionError):
        data = json.loads(text)
        if isinstance(data, dict):
            return data
    return {}


def from_word[Word: StrEnum](kind: type[Word], text: str, unknown: Word) -> Word:
    """Return the member of `kind`, or `unknown` for a value of another version."""
    try:
        return kind(text)
    except ValueError:
        return unknown


def to_model(ref: ModelRef | None) -> tuple[str, str] | tuple[None, None]:
    """Return the columns `server_id` and `model_id`."""
    return (to_text(ref.server_id), to_text(ref.model_id)) if ref else (None, None)


def from_model(server_id: str | None, model_id: str | None) -> ModelRef | None:
    """Return the model of the two columns."""
    return None if server_id is None or model_id is None else ModelRef(server_id, model_id)


def to_usage(usage: Usage | None) -> str | None:
    """Return the column `usage`: JSON, because the token counts of an unknown server may exceed SQLite's 63 bits."""
    return None if usage is None else to_json({key: value for key, value in asdict(usage).items() if value is not None})


def from_usage(text: str | None) -> Usage | None:
    """Return the usage from the result of `to_usage`."""
    return None if text is None else Usage.of(from_json(text))


def to_failure(failure: Failure | None) -> str | None:
    """Return the column `failure`."""
    return None if failure is None else to_json({"kind": failure.kind, "data": dict(failure.data)})


def from_failure(text: str | None) -> Failure | None:
    """Return the failure from the result of `to_failure`."""
    if text is None:
        return None
    data = from_json(text)
    values = data.get("data")
    fields = {
        key: value
        for key, value in (values.items() if isinstance(values, dict) else ())
        if value is None or isinstance(value, str | int | float)
    }
    return Failure(str(data.get("kind", "")), fields)
