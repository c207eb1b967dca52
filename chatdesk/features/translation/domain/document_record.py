"""Document as plain records for storage.

Records that were edited by hand or written by another version are read as far as possible.
"""

from collections.abc import Mapping

from chatdesk.features.translation.domain.document import Document, TranslationRow
from chatdesk.features.translation.domain.segments import Segment, SegmentKind
from chatdesk.kernel.errors.failure import Failure

_KINDS = {kind.value: kind for kind in SegmentKind}


def to_record(document: Document) -> dict[str, object]:
    """Return the record that `from_record` reads."""
    return {
        "source": document.source,
        "target": document.target,
        "name": document.name,
        "rows": [_row_record(row) for row in document.rows],
    }


def from_record(record: Mapping[str, object]) -> Document:
    """Return the document of a record; invalid rows are skipped."""
    rows = record.get("rows")
    found = rows if isinstance(rows, list) else []
    return Document(
        tuple(_row(number, each) for number, each in enumerate(found) if isinstance(each, dict)),
        _text(record, "source"),
        _text(record, "target"),
        _text(record, "name"),
    )


def _row_record(row: TranslationRow) -> dict[str, object]:
    segment = row.segment
    record: dict[str, object] = {
        "kind": segment.kind.value,
        "before": segment.before,
        "text": segment.text,
        "after": segment.after,
        "result": row.result,
        "translated": row.translated if row.translated != segment.text else True,
        "own": row.own,
        "unfinished": row.unfinished,
    }
    if row.failure:
        record["failure"] = {"kind": row.failure.kind, "data": dict(row.failure.data)}
    return record


def _row(number: int, record: Mapping[str, object]) -> TranslationRow:
    kind = _KINDS.get(_text(record, "kind"), SegmentKind.PARAGRAPH)
    text = _text(record, "text")
    return TranslationRow(
        number,
        Segment(text, kind, _text(record, "before"), _text(record, "after")),
        _text(record, "result"),
        text if record.get("translated") is True else _text(record, "translated"),
        record.get("own") is True,
        record.get("unfinished") is True,
        _failure(record.get("failure")),
    )


def _failure(record: object) -> Failure | None:
    if not isinstance(record, dict) or not isinstance(record.get("data"), dict):
        return None
    data = {
        name: value
        for name, value in record["data"].items()
        if isinstance(name, str) and (value is None or isinstance(value, str | int | float))
    }
    return Failure(_text(record, "kind"), data)


def _text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
