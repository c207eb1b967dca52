"""The sizes of context that models have grown to, remembered over the end of the program in one small file.

Lost or changed by hand it costs a model one loading more. Other runs of the program (the command line) write the same file: a write takes
over what it finds there and changes only its own models.
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
_MOST_KEPT = 500
_LONGEST_NAME = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """`digest` is the content of the model that grew; empty where nobody knows, and then it is for this run only."""

    tokens: int
    digest: str
    on_disk: bool


class StoredContexts:
    """Without a file they are kept while the program runs."""

    def __init__(self, file: JsonFile | None) -> None:
        self._file = file
        self._kept: dict[ModelRef, _Kept] = {}
        self._changed: set[ModelRef] = set()
        """Models whose rows in the file are to be written."""
        self._was_read = file is None
        self._reading = asyncio.Lock()
        self._late = DebouncedWriter(self._take)

    async def load(self) -> None:
        """Read what was kept, once. A file that cannot be read is as none; it is tried again the next time."""
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
            self._kept = {ref: kept for ref, kept in read.items() if ref not in self._changed} | self._kept

    def tokens(self, ref: ModelRef, digest: str | None) -> int:
        """Return what a model has grown to; 0 for nothing, and for another model of the same name."""
        kept = self._kept.get(ref)
        return kept.tokens if kept and kept.digest == (digest or "") else 0

    def keep(self, ref: ModelRef, digest: str | None, tokens: int, *, on_disk: bool) -> None:
        """Remember that a model has at least so much; `on_disk` for the next run, too."""
        before = self._kept.get(ref)
        new = _Kept(max(tokens, self.tokens(ref, digest)), digest or "", on_disk and bool(digest))
        if before and new.tokens == before.tokens and new.digest == before.digest:
            new = replace(new, on_disk=before.on_disk or new.on_disk)
        if new != before:
            self._kept[ref] = new
            self._write_if(ref, is_new=new.on_disk or bool(before and before.on_disk))

    def forget(self, ref: ModelRef) -> None:
        """Remember nothing of a model."""
        if kept := self._kept.pop(ref, None):
            self._write_if(ref, is_new=kept.on_disk)

    async def close(self) -> None:
        """Write what is not written yet."""
        await self._late.close()

    def _write_if(self, ref: ModelRef, *, is_new: bool) -> None:
        if is_new and self._file:
            self._changed.add(ref)
            self._late.soon()

    def _take(self) -> "partial[None]":
        return partial(self._write, {ref: self._kept.get(ref) for ref in self._changed})

    def _write(self, changed: Mapping[ModelRef, _Kept | None]) -> None:
        if self._file is None:
            return
        values, _ = self._file.read()
        others = [row for row in _rows(values) if (known := _decoded(row)) and known[0] not in changed]
        ours = [_encoded(ref, kept) for ref, kept in changed.items() if kept and kept.on_disk]
        self._file.write({**values, _KEY: [*others, *ours][-_MOST_KEPT:]})


def _rows(values: Mapping[str, object]) -> list[object]:
    rows = values.get(_KEY)
    return rows[-_MOST_KEPT:] if isinstance(rows, list) else []


def _encoded(ref: ModelRef, kept: _Kept) -> dict[str, object]:
    return {"server": ref.server_id, "model": ref.model_id, "digest": kept.digest, "tokens": kept.tokens}


def _decoded(row: object) -> tuple[ModelRef, _Kept] | None:
    if not isinstance(row, Mapping):
        return None
    server, model, digest = row.get("server"), row.get("model"), row.get("digest")
    names = (server, model, digest)
    if not all(isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME for name in names):
        return None
    tokens = row.get("tokens")
    if not isinstance(tokens, int) or isinstance(tokens, bool) or not NUMBER_RANGES["num_ctx"].has(tokens):
        return None
    return ModelRef(str(server), str(model)), _Kept(tokens, str(digest), on_disk=True)
