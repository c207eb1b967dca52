"""Journal of a batch run on disk: a crash loses only the rows in progress.

It is a file of JSON lines: the first one contains the run's parameters, each other one a finished row.
"""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from chatdesk.features.batch.domain.batch import MAX_ROWS, BatchInput, BatchRow, RowState
from chatdesk.kernel.chat import applied_presets as applied_record
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.storage_errors import FileNewer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.files.json_file import is_newer

# Conversion between a run and its journal. The file may be damaged or foreign, so everything read is validated.

_MAX_SECONDS = 1e9
"""Maximum seconds of one answer: thirty years."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """Run of the last session, as read from its journal."""

    preset: AppliedPreset | None
    model: ModelRef | None
    at_once: int
    rows: tuple[BatchRow, ...]


def head_of(preset: AppliedPreset, model: ModelRef, at_once: int, inputs: Iterable[BatchInput]) -> dict[str, Any]:
    """Return the first record of a journal."""
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
    """Return the record of a finished row."""
    failure = {"kind": row.failure.kind, "data": dict(row.failure.data)} if row.failure else None
    return {
        "row": number,
        "state": str(row.state),
        "answer": row.answer,
        "failure": failure,
        "seconds": row.seconds,
        "tokens": row.tokens,
    }


def stored_run(header: Mapping[str, Any], finished: Iterable[Mapping[str, Any]]) -> StoredRun:
    """Return the run of a journal; without rows if it is invalid."""
    inputs, server, model, at_once = (header.get(key) for key in ("inputs", "server", "model", "at_once"))
    batch_input = inputs[:MAX_ROWS] if isinstance(inputs, list) else []
    rows = {number: BatchRow(_input(each)) for number, each in enumerate(batch_input) if isinstance(each, dict)}
    for record in finished:
        number = record.get("row")
        if isinstance(number, int) and number in rows:
            rows[number] = _row(rows[number].input, record)
    return StoredRun(
        applied_record.from_json(_text(header, "preset")),
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


def _row(batch_input: BatchInput, record: Mapping[str, Any]) -> BatchRow:
    seconds, tokens = record.get("seconds"), record.get("tokens")
    return BatchRow(
        batch_input,
        RowState.FAILED if record.get("state") == RowState.FAILED else RowState.DONE,
        _text(record, "answer"),
        _failure(record.get("failure")),
        float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < _MAX_SECONDS else None,
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


MAX_BYTES = 1_000_000_000
"""Maximum bytes to read; rows beyond that wait again."""
UNREADABLE = ".unreadable"
"""Suffix of a file that contains no run: it is renamed, not overwritten."""
NEWER = ".newer-"
"""Suffix, followed by a number, of a file of a newer version: it stays unchanged until another run starts."""


class BatchJournal:
    """Reads and writes the journal. All methods block, and should run on a thread. They raise `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, header: dict[str, Any]) -> None:
        """Start a new journal."""
        make_private_folder(self._path.parent)
        self._rename_newer()
        new = self._path.with_name(f"{self._path.name}.new")
        new.unlink(missing_ok=True)
        create_private_file(new)
        new.write_bytes(_line(header))
        force_to_disk(new)
        new.replace(self._path)
        force_to_disk(self._path.parent)

    def add(self, row: dict[str, Any]) -> None:
        """Append a row."""
        with self._path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            half = file.read(1) not in {b"", b"\n"}  # an incomplete line would corrupt this one too
            file.seek(end)
            file.write(b"\n" + _line(row) if half else _line(row))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Return the first record, and the records of finished rows; None if there is no run.

        Raises `FileNewer` for a run of a newer version, which stays unchanged.
        """
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                return None
            with self._path.open("rb") as file:
                header = _read(file.readline(MAX_BYTES))
                if header and is_newer(header):
                    raise FileNewer(str(self._path))
                rows = (
                    [record for line in file if file.tell() <= MAX_BYTES and (record := _read(line))] if header else []
                )
        except FileNotFoundError:
            return None
        if header is None:
            if self._path.stat().st_size:
                self._path.replace(self._path.with_name(f"{self._path.name}{UNREADABLE}"))
            return None
        return header, rows

    def forget(self) -> None:
        """Delete the journal, unless it is from a newer version."""
        self._rename_newer()
        self._path.unlink(missing_ok=True)

    def _rename_newer(self) -> None:
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            header = _read(file.readline(MAX_BYTES))
        if header and is_newer(header):
            number = 1
            while (backup := self._path.with_name(f"{self._path.name}{NEWER}{number}")).exists():
                number += 1
            self._path.replace(backup)


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _read(line: bytes) -> dict[str, Any] | None:
    with suppress(ValueError, RecursionError):
        record = json.loads(line.decode("utf-8", "replace"))
        if isinstance(record, dict):
            return record
    return None
