"""Memory of unfinished downloads across restarts: one small file, written outside the event loop's thread.

If it is lost or edited by hand, only the list is lost: the received data continues when the model is requested again.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from chatdesk.kernel.errors.storage_errors import FileNewer, StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.storage.files.json_file import FileOutcome, JsonFile
from chatdesk.storage.files.model_store import decoded_download, encoded_download

_log = logging.getLogger(__name__)

_MAX_STORED = 200
_MAX_NAME_LENGTH = 1000
_MAX_BYTES = 2**53
_KEY = "downloads"


@dataclass(frozen=True, slots=True)
class RememberedPull:
    """State of a download. `expected` is the size in bytes; 0 if unknown."""

    ref: ModelRef
    expected: int
    progress: PullProgress
    is_active: bool
    """Whether it was in progress: neither paused nor failed."""
    download: ModelDownload | None = None
    """What is downloaded from a hub; None if the server downloads by itself."""
    conversation_id: str = ""
    """The chat that waits for it."""


class PullMemory:
    """Reads and writes the file of downloads."""

    def __init__(self, file: JsonFile) -> None:
        self._file = file
        self._writing = asyncio.Lock()
        self._content: Sequence[RememberedPull] | None = None
        """Content of the file; None before it was read or written."""
        self._read_failed = False
        """Whether reading failed: then the content of the file must not be overwritten."""
        self._preserved: Sequence[RememberedPull] = ()
        """Downloads that were read too late to be resumed in this run; they are preserved for the next one."""

    async def read(self) -> tuple[RememberedPull, ...]:
        """Return the remembered downloads; empty if the file cannot be read.

        Raises `FileNewer` for a file of a newer version: nothing is remembered then, and that file is preserved.
        """
        try:
            values, outcome = await asyncio.to_thread(self._file.read)
        except StorageError as error:
            _log.warning("The downloads of last time are not known: %r", error)
            self._read_failed = True
            return ()
        rows = values.get(_KEY)
        read = map(_decoded, rows[:_MAX_STORED]) if isinstance(rows, list) else ()
        stored = tuple({row.ref: row for row in read if row}.values())
        self._content = stored
        self._read_failed = False
        if outcome is FileOutcome.NEWER:
            raise FileNewer(str(self._file.path))
        return stored

    async def write(self, pulls: Sequence[RememberedPull]) -> None:
        """Replace the remembered downloads. If the disk fails, it is only logged: the downloads themselves continue.

        If reading failed before, the file is read now, and its downloads are kept; as long as that fails, nothing is written.
        """
        async with self._writing:
            if self._read_failed:
                with suppress(FileNewer):  # the newer file has been renamed
                    self._preserved = await self.read()
            if self._read_failed:
                return
            known = {pull.ref for pull in pulls}
            pulls = (*pulls, *(pull for pull in self._preserved if pull.ref not in known))
            if pulls == self._content:
                return
            values: dict[str, object] = {_KEY: [_encoded(pull) for pull in pulls[:_MAX_STORED]]}
            try:
                await asyncio.to_thread(self._file.write, values)
            except StorageError as error:
                _log.warning("Downloads are not remembered: %r", error)
            else:
                self._content = pulls


def _encoded(pull: RememberedPull) -> dict[str, object]:
    return {
        "server": pull.ref.server_id,
        "model": pull.ref.model_id,
        "expected": pull.expected,
        "completed": pull.progress.completed,
        "total": pull.progress.total,
        "goes_on": pull.is_active,
        "conversation": pull.conversation_id,
    } | ({"download": encoded_download(pull.download)} if pull.download else {})


def _decoded(row: object) -> RememberedPull | None:
    if not isinstance(row, Mapping):
        return None
    server, model = row.get("server"), row.get("model")
    if not (isinstance(server, str) and isinstance(model, str) and 0 < len(model) <= _MAX_NAME_LENGTH):
        return None
    total = _count(row.get("total"))
    progress = PullProgress(PullPhase.ASKING, min(total, _count(row.get("completed"))), total)
    download = None
    if "download" in row and (download := decoded_download(row["download"])) is None:
        return None
    conversation = row.get("conversation")
    return RememberedPull(
        ModelRef(server, model),
        _count(row.get("expected")),
        progress,
        row.get("goes_on") is True,
        download,
        conversation if isinstance(conversation, str) else "",
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MAX_BYTES else 0
