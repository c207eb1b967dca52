"""Serialization of findings as lines between the import process and the program. Each line is a JSON object with its kind."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import assert_never

from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.presets.preset_import import (
    Candidate,
    FileBegun,
    Finding,
    ImportFormat,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkippedEntry,
    SkipReason,
)

MAX_LINE_BYTES = 64_000_000
"""Maximum bytes: a preset with the longest text in which every character is escaped."""


def to_line(finding: Finding) -> bytes:
    """Return a finding as a line."""
    match finding:
        case FileBegun():
            record: dict[str, object] = {"kind": "begun", "number": finding.number}
        case Candidate():
            notes = [asdict(note) for note in finding.notes]
            record = {"kind": "candidate", "id": finding.preset.id, "text": finding.text, "file": finding.file}
            record |= {"format": finding.format, "notes": notes}
        case SkippedEntry():
            record = {"kind": "skipped", **asdict(finding)}
        case ImportRefused():
            record = {"kind": "refused", **asdict(finding)}
        case _:
            assert_never(finding)
    return json.dumps(record).encode("ascii") + b"\n"


def from_line(line: bytes) -> Finding:
    """Return the finding of a line. Raises ValueError for an invalid line."""
    try:
        return _finding(json.loads(line))
    except (KeyError, TypeError, PresetInvalid) as error:
        raise ValueError("not a finding") from error


def _finding(record: Mapping[str, object]) -> Finding:
    match record["kind"]:
        case "begun":
            return FileBegun(int(str(record["number"])))
        case "candidate":
            return _candidate(record)
        case "skipped":
            reason = SkipReason(str(record["reason"]))
            return SkippedEntry(str(record["file"]), reason, int(str(record["number"])), str(record["entry"]))
        case _:
            return ImportRefused(ImportProblem(str(record["problem"])), str(record["file"]), str(record["detail"]))


def _candidate(record: Mapping[str, object]) -> Candidate:
    text, notes = str(record["text"]), record["notes"]
    return Candidate(
        read_preset(text, str(record["id"]), PresetOrigin.OWN),
        text,
        str(record["file"]),
        ImportFormat(str(record["format"])),
        tuple(
            ImportNote(NoteKind(note["kind"]), int(note["count"]), str(note["detail"]))
            for note in (notes if isinstance(notes, list) else ())
        ),
    )
