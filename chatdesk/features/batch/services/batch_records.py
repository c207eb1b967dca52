"""A run as its journal keeps it, and back. A journal may be broken, or another program's: whatever is read is checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from chatdesk.features.batch.domain.batch import MOST_ROWS, BatchInput, BatchRow, RowState
from chatdesk.kernel.chat import applied_preset_record as applied_record
from chatdesk.kernel.chat.applied_preset import AppliedPreset
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

_LONGEST = 1e9
"""Seconds that one answer took, at most: thirty years."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What is known of a run that was there when the program ended."""

    preset: AppliedPreset | None
    model: ModelRef | None
    at_once: int
    rows: tuple[BatchRow, ...]


def head_of(preset: AppliedPreset, model: ModelRef, at_once: int, inputs: Iterable[BatchInput]) -> dict[str, Any]:
    """Return what a journal begins with."""
    return {
        "preset": applied_record.to_json(preset),
        "server": model.server_id,
        "model": model.model_id,
        "at_once": at_once,
        "inputs": [
            {"title": each.title, "text": each.text, "path": each.path, "values": dict(each.values)} for each in inputs
        ],
    }


def record_of(number: int, row: BatchRow) -> dict[str, Any]:
    """Return what a journal keeps of a finished row."""
    failure = {"kind": row.failure.kind, "data": dict(row.failure.data)} if row.failure else None
    return {
        "row": number,
        "state": str(row.state),
        "answer": row.answer,
        "failure": failure,
        "seconds": row.seconds,
        "tokens": row.tokens,
    }


def kept_run(head: Mapping[str, Any], finished: Iterable[Mapping[str, Any]]) -> KeptRun:
    """Return the run of a journal; without rows if it is none."""
    inputs, server, model, at_once = (head.get(key) for key in ("inputs", "server", "model", "at_once"))
    given = inputs[:MOST_ROWS] if isinstance(inputs, list) else []
    rows = {number: BatchRow(_input(each)) for number, each in enumerate(given) if isinstance(each, dict)}
    for record in finished:
        number = record.get("row")
        if isinstance(number, int) and number in rows:
            rows[number] = _row(rows[number].input, record)
    return KeptRun(
        applied_record.from_json(_text(head, "preset")),
        ModelRef(server, model) if isinstance(server, str) and isinstance(model, str) else None,
        at_once if isinstance(at_once, int) else 1,
        tuple(rows.values()),
    )


def _input(record: Mapping[str, Any]) -> BatchInput:
    values = record.get("values")
    return BatchInput(
        _text(record, "title"),
        _text(record, "text"),
        _text(record, "path"),
        {str(name): value for name, value in values.items() if isinstance(value, str)}
        if isinstance(values, dict)
        else {},
    )


def _row(given: BatchInput, record: Mapping[str, Any]) -> BatchRow:
    seconds, tokens = record.get("seconds"), record.get("tokens")
    return BatchRow(
        given,
        RowState.FAILED if record.get("state") == RowState.FAILED else RowState.DONE,
        _text(record, "answer"),
        _failure(record.get("failure")),
        float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < _LONGEST else None,
        tokens if isinstance(tokens, int) and not isinstance(tokens, bool) else None,
    )


def _failure(record: object) -> Failure | None:
    if not isinstance(record, dict):
        return None
    data = record.get("data")
    known = data.items() if isinstance(data, dict) else ()
    return Failure(
        _text(record, "kind"), {key: value for key, value in known if isinstance(value, str | int | float | None)}
    )


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
