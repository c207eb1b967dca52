"""Domain values as columns and back. Reading is tolerant: an unknown word or a broken value never hides a row."""

import json
import math
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum

from chatdesk.domain.failure import Failure
from chatdesk.domain.model import ModelRef
from chatdesk.domain.usage import Usage

_BEGINNING = datetime.fromtimestamp(0, UTC)


def added_number(cursor: sqlite3.Cursor) -> int:
    """Return the `number` of the row that `cursor` has inserted."""
    if cursor.lastrowid is None:
        raise ValueError("no row was inserted")
    return cursor.lastrowid


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
    except ValueError:
        return _BEGINNING
    return moment if moment.tzinfo is UTC else moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


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
    if text is None:
        return None
    data = from_json(text)
    return Usage(
        prompt_tokens=_count(data, "prompt_tokens"),
        completion_tokens=_count(data, "completion_tokens"),
        tokens_per_second=_number(data, "tokens_per_second"),
        total_milliseconds=_count(data, "total_milliseconds"),
        first_token_milliseconds=_count(data, "first_token_milliseconds"),
        expected_prompt_tokens=_count(data, "expected_prompt_tokens"),
        expected_picture_tokens=_count(data, "expected_picture_tokens"),
        context_length=_count(data, "context_length"),
        prompt_tokens_per_second=_number(data, "prompt_tokens_per_second"),
        load_milliseconds=_count(data, "load_milliseconds"),
    )


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


def _count(data: Mapping[str, object], key: str) -> int | None:
    value = data.get(key)
    return value if isinstance(value, int) else None


def _number(data: Mapping[str, object], key: str) -> float | None:
    value = data.get(key)
    return value if isinstance(value, int | float) else None
