"""Stored context lengths to which models have been increased, in one small file.

If the file is lost or edited by hand, a model is reloaded once more. Other processes of the program (the command line) write the same
file, so a write reads it first and changes only its own models.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import NUMBER_RANGES
from chatdesk.storage.files.json_file import JsonFile

_KEY = "contexts"
_MAX_STORED = 500
_MAX_NAME_LENGTH = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _StoredContext:
    """Stored context length. `digest` identifies the model's content; empty if unknown, and then it is not written to disk."""

    tokens: int
    digest: str
    on_disk: bool


class StoredContexts:
    """Stored context lengths. Without a file they are kept in memory only."""

    def __init__(self, file: JsonFile | None) -> None:
        self._file = file
        self._contexts: dict[ModelRef, _StoredContext] = {}
        self._changed: set[ModelRef] = set()
        """Models whose rows in the file need to be written."""
        self._was_read = file is None
        self._reading = asyncio.Lock()
        self._writer = DebouncedWriter(self._prepare_write)

    async def load(self) -> None:
        """Load the file once. An unreadable file counts as empty, and is read again the next time."""
        async with self._reading:
            if self._was_read or self._file is None:
                return
            try:
                values, _ = await asyncio.to_thread(self._file.read)
            except StorageError as error:
                _log.warning("The contexts that models had are not known: %r", error)
                return
            self._was_read = True
            read = dict(filter(None, map(_decoded, _rows(values))))
            self._contexts = {ref: stored for ref, stored in read.items() if ref not in self._changed} | self._contexts

    def tokens(self, ref: ModelRef, digest: str | None) -> int:
        """Return the stored context length of a model; 0 for none, or if another model has the same name."""
        stored = self._contexts.get(ref)
        return stored.tokens if stored and stored.digest == (digest or "") else 0

    def save(self, ref: ModelRef, digest: str | None, tokens: int, *, on_disk: bool) -> None:
        """Store the minimum context length of a model; with `on_disk` also for the next run."""
        before = self._contexts.get(ref)
        new = _StoredContext(max(tokens, self.tokens(ref, digest)), digest or "", on_disk and bool(digest))
        if before and new.tokens == before.tokens and new.digest == before.digest:
            new = replace(new, on_disk=before.on_disk or new.on_disk)
        if new != before:
            self._contexts[ref] = new
            self._write_if(ref, is_new=new.on_disk or bool(before and before.on_disk))

    def forget(self, ref: ModelRef) -> None:
        """Remove the stored context length of a model."""
        if stored := self._contexts.pop(ref, None):
            self._write_if(ref, is_new=stored.on_disk)

    async def close(self) -> None:
        """Write pending changes."""
        await self._writer.close()

    def _write_if(self, ref: ModelRef, *, is_new: bool) -> None:
        if is_new and self._file:
            self._changed.add(ref)
            self._writer.soon()

    def _prepare_write(self) -> "partial[None]":
        return partial(self._write, {ref: self._contexts.get(ref) for ref in self._changed})

    def _write(self, changed: Mapping[ModelRef, _StoredContext | None]) -> None:
        if self._file is None:
            return
        values, _ = self._file.read()
        others = [row for row in _rows(values) if (known := _decoded(row)) and known[0] not in changed]
        ours = [_encoded(ref, stored) for ref, stored in changed.items() if stored and stored.on_disk]
        self._file.write({**values, _KEY: [*others, *ours][-_MAX_STORED:]})


def _rows(values: Mapping[str, object]) -> list[object]:
    rows = values.get(_KEY)
    return rows[-_MAX_STORED:] if isinstance(rows, list) else []


def _encoded(ref: ModelRef, stored: _StoredContext) -> dict[str, object]:
    return {"server": ref.server_id, "model": ref.model_id, "digest": stored.digest, "tokens": stored.tokens}


def _decoded(row: object) -> tuple[ModelRef, _StoredContext] | None:
    if not isinstance(row, Mapping):
        return None
    server, model, digest = row.get("server"), row.get("model"), row.get("digest")
    names = (server, model, digest)
    if not all(isinstance(name, str) and 0 < len(name) <= _MAX_NAME_LENGTH for name in names):
        return None
    tokens = row.get("tokens")
    if not isinstance(tokens, int) or isinstance(tokens, bool) or not NUMBER_RANGES["num_ctx"].has(tokens):
        return None
    return ModelRef(str(server), str(model)), _StoredContext(tokens, str(digest), on_disk=True)
