"""Domain values as columns and back. Reading is tolerant: an unknown word or a broken value never hides a row."""

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

LARGEST_PLACE = 2**53
"""Places in an order count up from below it. What is not below it was damaged on the disk; text, too, is above all numbers there."""

IS_A_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*'"
"""A condition on a column that holds moments. What does not look like one is no reason to delete anything."""

_BEGINNING = datetime.fromtimestamp(0, UTC)


def added_number(cursor: sqlite3.Cursor) -> int:
    """Return the `number` of the row that `cursor` has inserted."""
    if cursor.lastrowid is None:
        raise ValueError("no row was inserted")
    return cursor.lastrowid


def whole(value: object) -> int:
    """Return a column that is to hold a whole number; 0 where it holds anything else, which SQLite's columns can."""
    return value if isinstance(value, int) else 0


def real(value: object) -> float:
    """Return a column that is to hold a number; 0 where it holds anything else."""
    return value if isinstance(value, int | float) and math.isfinite(value) else 0.0


def to_text(text: str) -> str:
    """Return `text` as SQLite takes it: halves of a surrogate pair are joined, and a half alone becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def to_time(moment: datetime) -> str:
    """Return an aware `moment` as text that sorts as time does. Raises `ValueError` for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_time(text: str) -> datetime:
    """Return the moment, in UTC; the beginning of 1970 if `text` is none."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is UTC else moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: of the first year, in a zone east of here
        return _BEGINNING


def to_json(data: Mapping[str, object]) -> str:
    """Return `data` as JSON; a number that JSON cannot say becomes null."""
    clean = {
        key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in data.items()
    }
    return to_text(json.dumps(clean, ensure_ascii=False, separators=(",", ":")))


def from_json(text: str | None) -> dict[str, object]:
    """Return the object; an empty one if `text` is none."""
    if not text or text == "{}":  # nearly every row of a long chat
        return {}
    with suppress(ValueError, RecursionError):
        data = json.loads(text)
        if isinstance(data, dict):
            return data
    return {}


def from_word[Word: StrEnum](kind: type[Word], text: str, unknown: Word) -> Word:
    """Return the member of `kind`, or `unknown` for a word of another version."""
    try:
        return kind(text)
    except ValueError:
        return unknown


def to_model(ref: ModelRef | None) -> tuple[str, str] | tuple[None, None]:
    """Return the columns `server_id` and `model_id`."""
    return (to_text(ref.server_id), to_text(ref.model_id)) if ref else (None, None)


def from_model(server_id: str | None, model_id: str | None) -> ModelRef | None:
    """Return what the two columns name."""
    return None if server_id is None or model_id is None else ModelRef(server_id, model_id)


def to_usage(usage: Usage | None) -> str | None:
    """Return the column `usage`: JSON, as token counts of a strange server may pass SQLite's 63 bits."""
    return None if usage is None else to_json({key: value for key, value in asdict(usage).items() if value is not None})


def from_usage(text: str | None) -> Usage | None:
    """Return what `to_usage` wrote."""
    return None if text is None else Usage.of(from_json(text))


def to_failure(failure: Failure | None) -> str | None:
    """Return the column `failure`."""
    return None if failure is None else to_json({"kind": failure.kind, "data": dict(failure.data)})


def from_failure(text: str | None) -> Failure | None:
    """Return what `to_failure` wrote."""
    if text is None:
        return None
    data = from_json(text)
    values = data.get("data")
    kept = {
        key: value
        for key, value in (values.items() if isinstance(values, dict) else ())
        if value is None or isinstance(value, str | int | float)
    }
    return Failure(str(data.get("kind", "")), kept)
