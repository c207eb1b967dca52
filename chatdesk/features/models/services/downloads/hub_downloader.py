"""Downloads models from hubs into the folder of models, where the built-in engine finds them.

Each file grows in a part that is named after its hash, so that a download continues after a restart, and with another source of the same
file. Only files with the expected SHA-256 are used, and all files of a model become visible at once.
"""

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import aclosing
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Self

from chatdesk.features.models.services.pulls import Report
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.errors.model_errors import FileNotAsPublished
from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import ModelFile, ModelOrigin
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.hubs.hub import Hub, HubStream
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.large_files import read_checksum
from chatdesk.storage.files.model_store import ModelStore
from chatdesk.storage.files.part_file import PartFile

_HUBS = "chatdesk.features.models.services.hubs"
_CHUNK_BYTES = 1024**2
"""Bytes that are written at once: large enough for Python to release its lock while they are hashed."""
_WRITE_SECONDS = 1.0
"""Maximum time until received bytes are written: what is not, is lost if the program is killed."""
_REPORT_SECONDS = 0.25


class HubDownloader:
    """Implements `Downloader` (`pulls.py`). One per program.

    `hubs` is called on the event loop; what it returns is called on the network thread, and returns the client of a hub.
    `server_id` is the ID of the built-in server, whose files are `files`.
    """

    def __init__(
        self,
        hubs: Callable[[], Callable[[HubKind], Hub]],
        network: NetworkThread,
        store: ModelStore,
        files: ModelFiles,
        server_id: str,
        now: Callable[[], datetime],
    ) -> None:
        self._hubs = hubs
        self._network = network
        self._store = store
        self._files = files
        self._server_id = server_id
        self._now = now
        self._failures: Counter[tuple[HubKind, str]] = Counter()
        """Failures of sources in this run of the program, so that the next attempt begins with another one."""
        self._active: list[ModelDownload] = []
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One for each model, by the hash of its first file: a download that is cancelled may take a moment to write what it received."""

    def ref_of(self, download: ModelDownload) -> ModelRef:
        """Return how the engine will identify a downloaded model."""
        if stored := self._store.find(download):
            return ModelRef(self._server_id, stored.id)
        return ModelRef(self._server_id, self._store.free_id(download, (file.id for file in self._files.found.files)))

    async def download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        """Download a model, or continue, and return how the engine identifies it.

        Raises a `ServerError`, `FileNotAsPublished` or a `StorageError`.
        """
        async with self._locks[download.files[0].sha256]:
            self._active.append(download)
            try:
                return await self._download(ref, download, report)
            finally:
                self._active.remove(download)

    async def _download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        report(PullProgress(PullPhase.ASKING, 0, download.size))
        if found := await self._find_existing(download, report):
            return ModelRef(ref.server_id, found)
        here = asyncio.get_running_loop()

        def notify(progress: PullProgress) -> None:
            here.call_soon_threadsafe(report, progress)

        await asyncio.to_thread(import_module, _HUBS)  # which takes longer than the window may freeze
        hub = self._hubs()
        source = await self._network.call(lambda: _Fetch(hub, self._store, download, self._failures, notify).run())
        report(PullProgress(PullPhase.FINISHING, download.size, download.size))
        finish = partial(self._store.place, ref.model_id, download, source, self._now())
        stored = await asyncio.shield(run_in_daemon_thread(finish, "finish a download"))
        return ModelRef(ref.server_id, stored.id)

    async def discard(self, kept: Iterable[ModelDownload]) -> None:
        """Delete the parts of all unfinished downloads but these and the running ones."""
        wanted = (*kept, *self._active)
        await run_in_daemon_thread(lambda: self._store.discard_parts(wanted), "discard downloads")

    async def _find_existing(self, download: ModelDownload, report: Report) -> str | None:
        """Return the id of a model on this computer with exactly the same files; None if there is none.

        Files of the same size are hashed, whatever program they belong to. The included model is not used: an update may remove it.
        """
        stored = await run_in_daemon_thread(self._store.read, "downloaded models")
        if complete := next((each for each in stored if each.download.has_same_content(download)), None):
            return complete.id if complete.downloaded_at else None
        for file in (await self._files.search()).files:
            is_usable = file.can_be_loaded or file.makes_vectors
            if is_usable and file.origin is not ModelOrigin.STARTER and _may_be_same(file, download):
                report(PullProgress(PullPhase.CHECKING, 0, download.size))
                if await _is_same(file, download):
                    return file.id
        return None


class _Fetch:
    """Fetches the files of one model. Runs on the network thread; blocking calls run on threads."""

    def __init__(
        self,
        hub: Callable[[HubKind], Hub],
        store: ModelStore,
        download: ModelDownload,
        failures: Counter[tuple[HubKind, str]],
        report: Report,
    ) -> None:
        self._hub = hub
        self._store = store
        self._download = download
        self._failures = failures
        self._report = report
        self._complete = 0
        """Bytes of the complete files."""
        self._source = download.sources[0]
        self._host = ""
        """Host name of the current source."""

    async def run(self) -> HubRepository:
        """Fetch and verify all files. Return the last used source, with its commit."""
        missing = await run_in_daemon_thread(lambda: self._store.missing_files(self._download), "downloaded files")
        self._complete = self._download.size - sum(file.size for file in missing)
        for file in missing:
            await self._fetch_file(file)
            self._complete += file.size
        return self._source

    async def _fetch_file(self, file: DownloadFile) -> None:
        part = self._store.part(file)
        try:
            await self._open_part(part)
            if not part.is_complete:
                await self._fetch_from_any(file, part)
            if not part.is_correct:
                await run_in_daemon_thread(part.delete, "delete a part")
                self._failures[_location_of(self._source)] += 1
                raise FileNotAsPublished(self._host, model=self._download.name, file=file.path)
            self._notify(PullPhase.FINISHING, part)
            await run_in_daemon_thread(part.sync, "finish a part")
        finally:
            part.close()

    async def _open_part(self, part: PartFile) -> None:
        """Hash what is there. That takes about a second for each gigabyte."""
        cancelled = threading.Event()

        def check(_length: int) -> None:
            if cancelled.is_set():
                raise _HashingCancelledError

        self._notify(PullPhase.CHECKING, part)
        try:
            await run_in_daemon_thread(lambda: part.open(check), "open a part")
        finally:
            cancelled.set()

    async def _fetch_from_any(self, file: DownloadFile, part: PartFile) -> None:
        """Fetch the rest of a file from the first source that has it. Raises the error of the preferred source if none has."""
        first_error: ServerError | None = None
        for source in sorted(self._download.sources, key=lambda each: self._failures[_location_of(each)]):
            try:
                await self._fetch_from(source, file, part)
            except ServerError as error:
                self._failures[_location_of(source)] += 1
                first_error = first_error or error
            else:
                return
        if first_error:
            raise first_error

    async def _fetch_from(self, source: HubRepository, file: DownloadFile, part: PartFile) -> None:
        hub = self._hub(source.hub)
        self._source, self._host = source, hub.host
        self._notify(PullPhase.ASKING, part)
        async with hub.open(hub.locate(source, file), part.length) as stream:
            if stream.commit:
                self._source = HubRepository(source.hub, source.name, stream.commit)
            if stream.first != part.length:
                await run_in_daemon_thread(part.restart, "restart a part")
            self._notify(PullPhase.LOADING, part)
            try:
                await self._receive(stream, part)
            finally:
                self._notify(PullPhase.LOADING, part)  # whether there was any progress decides about another attempt

    async def _receive(self, stream: HubStream, part: PartFile) -> None:
        async with _Writer(part) as writer, aclosing(stream.chunks()) as chunks:
            watching = asyncio.ensure_future(self._watch(writer, part))
            try:
                async for chunk in chunks:
                    await writer.add(chunk)
            finally:
                watching.cancel()

    async def _watch(self, writer: "_Writer", part: PartFile) -> None:
        """Report the progress regularly, and write what was received, also if nothing more arrives."""
        while True:
            await asyncio.sleep(_REPORT_SECONDS)
            writer.write_if_due()
            self._notify(PullPhase.LOADING, part, writer.waiting)

    def _notify(self, phase: PullPhase, part: PartFile, waiting: int = 0) -> None:
        """Report progress. `waiting` is the number of received bytes that are not written yet."""
        done = self._complete + (0 if phase is PullPhase.CHECKING else part.length + waiting)
        self._report(PullProgress(phase, done, self._download.size, source=self._host))


def _location_of(source: HubRepository) -> tuple[HubKind, str]:
    return source.hub, source.name


class _HashingCancelledError(Exception):
    """The content of a part is no longer needed."""


class _Writer:
    """Writes a part on threads, one chunk while the next one arrives. What was received is written at the end, also after an error."""

    def __init__(self, part: PartFile) -> None:
        self._part = part
        self._received = bytearray()
        self._chunk = bytearray()
        """What is being written."""
        self._written_at = monotonic()
        self._writing: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._wait()
        self._write()
        await self._wait()

    @property
    def waiting(self) -> int:
        """Number of received bytes that are not written yet."""
        return len(self._received) + (len(self._chunk) if self._is_writing else 0)

    async def add(self, data: bytes) -> None:
        """Add received bytes. Raises the error of an earlier chunk."""
        self._received += data
        if len(self._received) >= _CHUNK_BYTES:
            await self._wait()
            self._write()

    def write_if_due(self) -> None:
        """Write what was received if the last chunk was written a while ago."""
        failed = self._writing is not None and not self._is_writing and self._writing.exception() is not None
        if not (self._is_writing or failed) and monotonic() - self._written_at >= _WRITE_SECONDS:
            self._write()

    @property
    def _is_writing(self) -> bool:
        return self._writing is not None and not self._writing.done()

    def _write(self) -> None:
        if self._received:
            self._chunk, self._received, self._written_at = self._received, bytearray(), monotonic()
            write = partial(self._part.write, self._chunk)
            self._writing = asyncio.ensure_future(run_in_daemon_thread(write, "write a part"))

    async def _wait(self) -> None:
        """Wait until the last chunk is written. If that failed, nothing more is written, because bytes would be missing in between."""
        while self._writing and not self._writing.done():
            await asyncio.shield(self._writing)
        if self._writing:
            self._writing.result()


def _may_be_same(file: ModelFile, download: ModelDownload) -> bool:
    projector = download.projector
    return (
        file.size_bytes == sum(each.size for each in download.model_files)
        and file.parts == len(download.model_files)
        and (projector is None or (file.projector is not None and file.projector_bytes == projector.size))
    )


async def _is_same(file: ModelFile, download: ModelDownload) -> bool:
    from chatdesk.engine.model_search import parts_of  # noqa: PLC0415 - start-up time

    paths: list[Path] = sorted(await asyncio.to_thread(parts_of, file.path))
    if download.projector and file.projector:
        paths.append(file.projector)
    if len(paths) != len(download.files):
        return False
    for path, wanted in zip(paths, download.files, strict=True):
        with storage_errors(path, FileUnavailable):
            if (await read_checksum(path, lambda _share: None)).digest != f"sha256:{wanted.sha256}":
                return False
    return True
