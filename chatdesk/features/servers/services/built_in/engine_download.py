"""Downloads a build of llama.cpp that this version of Chatdesk pins, and installs it. Nothing is requested before the user asks for it.

Each archive grows in a part that is named after its hash, so that an interrupted download continues. An archive is unpacked only if its
content has the pinned hash.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic

from chatdesk.engine.llama_server.archives import HOST, PinnedArchive, PinnedBuild
from chatdesk.engine.llama_server.installed import BuildChanged, InstalledBuild, install
from chatdesk.engine.llama_server.unpacking import ArchiveRefused
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.errors.engine_errors import EngineBuildMissing, EngineProgramUnusable
from chatdesk.kernel.errors.model_errors import FileNotAsPublished, ModelDiskShort
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.hubs import HubFile
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.hubs.hub_http import HubHttp, Refusal
from chatdesk.storage.files.part_file import PartFile
from chatdesk.system.ollama_folder import free_space

Report = Callable[[int], None]
"""Called with the number of bytes received so far."""
_GIGABYTE = 10**9
_CHUNK_BYTES = 1024**2
_REPORT_SECONDS = 0.25
_UNPACKED = 4
"""Free space needed, as a multiple of what is downloaded."""
_GONE = frozenset({404, 410})


class EngineDownload:
    """The download. `engines` is the folder of builds; `base_url` replaces the host in tests."""

    def __init__(self, network: NetworkThread, http: Lazy[HttpClient], engines: Path, base_url: str = HOST) -> None:
        self._network = network
        self._http = http
        self._engines = engines
        self._base_url = base_url

    async def fetch(self, build: PinnedBuild, report: Report, architectures: Iterable[str]) -> InstalledBuild:
        """Download, verify and install a build; cancelling keeps what was received.

        Raises a `ServerError`, `StorageError`, `EngineBuildMissing`, `FileNotAsPublished`, `ModelDiskShort` or `EngineProgramUnusable`.
        """
        free = await run_in_daemon_thread(partial(free_space, self._engines), "free space")
        if free is not None and free < build.size * _UNPACKED:
            needed = build.size * _UNPACKED / _GIGABYTE
            raise ModelDiskShort(
                model=f"llama.cpp {build.tag}", needed_gigabytes=needed, free_gigabytes=free / _GIGABYTE
            )
        here = asyncio.get_running_loop()
        parts = [PartFile(self._engines, archive.size, archive.sha256) for archive in build.archives]

        def notify(done: int) -> None:
            here.call_soon_threadsafe(report, done)

        await self._network.call(partial(self._fetch_all, build, parts, notify))
        report(build.size)
        try:
            files = [part.path for part in parts]
            work = partial(install, build, files, self._engines, datetime.now(UTC), architectures)
            installed = await asyncio.shield(run_in_daemon_thread(work, "install an engine"))
        except (ArchiveRefused, BuildChanged, OSError) as error:
            raise EngineProgramUnusable(path=build.id, detail=str(error)) from error
        for part in parts:
            await run_in_daemon_thread(part.delete, "delete a part")
        return installed

    async def _fetch_all(self, build: PinnedBuild, parts: Iterable[PartFile], notify: Report) -> None:
        hub = HubHttp(self._http.get(), self._base_url)
        before = 0
        for archive, part in zip(build.archives, parts, strict=True):
            try:
                await run_in_daemon_thread(partial(part.open, _ignore), "open a part")
                if not part.is_complete:
                    await _fetch(hub, build, archive, part, partial(_report_sum, notify, before))
                if not part.is_correct:
                    await run_in_daemon_thread(part.delete, "delete a part")
                    raise FileNotAsPublished(hub.host, model=f"llama.cpp {build.tag}", file=archive.name)
                await run_in_daemon_thread(part.sync, "finish a part")
            finally:
                part.close()
            before += archive.size


async def _fetch(hub: HubHttp, build: PinnedBuild, archive: PinnedArchive, part: PartFile, notify: Report) -> None:
    def judge(refusal: Refusal) -> ServerError | None:
        if refusal.status in _GONE:
            raise EngineBuildMissing(tag=build.tag)
        return None

    url = hub.base_url + build.path(archive)
    buffer, reported_at = bytearray(), 0.0
    async with hub.open(HubFile(archive.name, archive.size, archive.sha256, url), part.length, judge) as stream:
        if stream.first != part.length:
            await run_in_daemon_thread(part.restart, "restart a part")
        async with aclosing(stream.chunks()) as chunks:
            try:
                async for chunk in chunks:
                    buffer += chunk
                    if len(buffer) >= _CHUNK_BYTES:
                        await run_in_daemon_thread(partial(part.write, bytes(buffer)), "write a part")
                        buffer.clear()
                    if monotonic() - reported_at > _REPORT_SECONDS:
                        reported_at = monotonic()
                        notify(part.length + len(buffer))
            finally:
                if buffer:
                    part.write(buffer)


def _ignore(_length: int) -> None:
    """Report nothing: archives are small enough to be hashed quickly."""


def _report_sum(notify: Report, before: int, done: int) -> None:
    notify(before + done)
