"""Heads that were read before, so that a vocabulary of 150,000 words is walked over once and not at every start."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from chatdesk.engine.gguf.head import read_head
from chatdesk.engine.gguf.metadata import GgufInvalid
from chatdesk.kernel.models.model_file import FileProblem, ModelHead, ModelKind

_FIELDS = {field.name for field in fields(ModelHead)}


class HeadStore:
    """`known` is what an earlier store's `entries` gave. A file with another size or time is read again. Used on one thread at a time."""

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = dict(known)
        self._used: dict[str, object] = {}

    def read(self, path: Path) -> ModelHead | FileProblem:
        """Return a file's head, or what is wrong with it."""
        try:
            status = path.stat()
        except FileNotFoundError:
            return FileProblem.MISSING
        except OSError:
            return FileProblem.UNREADABLE
        stamp = [status.st_size, status.st_mtime_ns]
        entry = self._known.get(str(path))
        if isinstance(entry, dict) and entry.get("stamp") == stamp and (head := _head_in(entry)):
            self._used[str(path)] = entry
            return head
        try:
            head = read_head(path)
        except GgufInvalid as error:
            return error.problem
        self._used[str(path)] = {"stamp": stamp, "head": asdict(head)}
        return head

    def entries(self) -> dict[str, object]:
        """Return what was asked for, as JSON can hold it."""
        found: dict[str, object] = json.loads(json.dumps(self._used))
        return found


def _head_in(entry: Mapping[str, object]) -> ModelHead | None:
    """Return the head of an entry; None if another version wrote it."""
    values = entry.get("head")
    if not isinstance(values, dict) or values.keys() != _FIELDS:
        return None
    try:
        return ModelHead(**{**values, "kind": ModelKind(str(values.get("kind")))})
    except (TypeError, ValueError):
        return None
