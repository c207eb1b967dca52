"""Memory of unfinished downloads across restarts: one small file, written outside the event loop's thread.

If it is lost or edited by hand, only the list is lost: the received data continues when the model is requested again.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from chatdesk.kernel.errors.storage_errors import FileNewer, StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

_log = logging.getLogger(__name__)

_MAX_STORED = 200
_MAX_NAME_LENGTH = 1000
_MAX_BYTES = 2**53
_MAX_FILES = 1000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = "downloads"


@dataclass(frozen=True, slots=True)
class RememberedPull:
    """State of a download. `expected` is the size in bytes; 0 if unknown."""

    ref: ModelRef
    expected: int
    progress: PullProgress
    goes_on: bool
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
        "goes_on": pull.goes_on,
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


def encoded_download(download: ModelDownload) -> dict[str, object]:
    """Return a download from a hub as JSON."""
    return {
        "name": download.name,
        "licence": download.licence,
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in download.files],
        "sources": [
            {"hub": source.hub.value, "name": source.name, "revision": source.revision} for source in download.sources
        ],
    }


def decoded_download(value: object) -> ModelDownload | None:
    """Return a download read from JSON; None if it is not valid."""
    if not isinstance(value, Mapping):
        return None
    files, sources = _rows(value.get("files"), _file), _rows(value.get("sources"), _source)
    name, licence = value.get("name"), value.get("licence")
    if not (files and sources and _is_text(name) and isinstance(licence, str)):
        return None
    return ModelDownload(str(name), files, sources, licence)


def _rows[Row](values: object, read: Callable[[Mapping[str, object]], Row | None]) -> tuple[Row, ...]:
    """Return the rows of a list; empty if one of them is not valid."""
    if not isinstance(values, list) or len(values) > _MAX_FILES:
        return ()
    rows = tuple(read(value) if isinstance(value, Mapping) else None for value in values)
    return tuple(row for row in rows if row is not None) if None not in rows else ()


def _file(row: Mapping[str, object]) -> DownloadFile | None:
    path, size, sha256 = row.get("path"), _count(row.get("size")), row.get("sha256")
    if not (_is_text(path) and size and isinstance(sha256, str) and _SHA256.fullmatch(sha256)):
        return None
    return DownloadFile(str(path), size, sha256)


def _source(row: Mapping[str, object]) -> HubRepository | None:
    hub, name, revision = row.get("hub"), row.get("name"), row.get("revision")
    if hub not in set(HubKind) or not _is_text(name) or not isinstance(revision, str):
        return None
    return HubRepository(HubKind(str(hub)), str(name), revision)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_NAME_LENGTH


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MAX_BYTES else 0
