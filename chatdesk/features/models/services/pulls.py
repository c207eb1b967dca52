"""Model downloads: a background queue for each source, with pause, resume, cancel, and automatic retries.

An Ollama server downloads by itself (`providers/ollama/pulls.py`) and keeps the received data, so that a new request continues from there.
For the built-in engine, `downloads/hub_downloader.py` downloads files from a hub. Requested downloads are remembered across restarts
(`pull_memory.py`).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from chatdesk.features.models.domain.model_names import nearest_names
from chatdesk.features.models.services.pull_memory import PullMemory, RememberedPull
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import ChatdeskError, ConnectionLost, ServerTimedOut, ServerUnreachable
from chatdesk.kernel.errors.hub_errors import HubBusy, HubFailed
from chatdesk.kernel.errors.model_errors import (
    FileNotAsPublished,
    ModelDiskShort,
    PartDamaged,
    PullBrokenOff,
    PullDiskShort,
    PullNameMistyped,
    PullNameUnknown,
    RegistryUnreachable,
)
from chatdesk.kernel.models.hubs import ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pace, Pull, PullChanged, PullProgress, PullState
from chatdesk.kernel.servers.server import ServerConfig

_log = logging.getLogger(__name__)

Report = Callable[[PullProgress], None]
_TEMPORARY_ERRORS = (RegistryUnreachable, PullBrokenOff, ConnectionLost, ServerTimedOut, ServerUnreachable, HubFailed)
"""Errors that are retried automatically once some data has been received."""
RETRY_DELAYS = (2.0, 5.0, 15.0, 30.0, 60.0, 60.0, 120.0, 300.0)
"""Seconds before each retry: ten minutes in total, and again from the start whenever more data has been received."""
_GROWTH_FACTOR = 1.01
"""Growth factor of the total size, above that of small layers, from which the disk space is checked again."""
_WRITE_DELAY = 1.0
_PROGRESS_WRITE_DELAY = 60.0
"""Progress changes constantly for hours, and frequent writes wear the disk; the server knows the received data anyway."""
_DISCARD_DELAY = 15.0
"""Seconds from cancelling a download until its data is deleted, so that cancelling can be undone."""
_GIGABYTE = 10**9


class Puller(Protocol):
    """Lets a server download models; implemented by `features/servers/services/connections.py`."""

    async def pull(self, server: ServerConfig, model_id: str, report: Report, expected: int) -> None:
        """Return when the model is complete. Cancelling stops the server."""
        ...


class Downloader(Protocol):
    """Downloads models from hubs for the built-in engine; implemented by `downloads/hub_downloader.py`."""

    def ref_of(self, download: ModelDownload) -> ModelRef:
        """Return how the engine will identify the downloaded model."""
        ...

    async def download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        """Download a model, or continue, and return how the engine identifies it when it is complete and verified.

        That is `ref`, or another model if the same files are on this computer already. Cancelling keeps the received data. Raises
        a `ChatdeskError`.
        """
        ...

    async def discard(self, kept: Iterable[ModelDownload]) -> None:
        """Delete the data of all unfinished downloads but these."""
        ...


FreeSpace = Callable[[ServerConfig], Awaitable[int | None]]


class UnfinishedDownloads(Protocol):
    """Inspects what local servers store of interrupted downloads."""

    async def damaged(self, server: ServerConfig) -> tuple[str, ...]:
        """Return the names of files that the server cannot read; empty if they cannot be inspected."""
        ...

    async def remove_damaged(self, server: ServerConfig) -> None:
        """Remove damaged files. Raises `PartDamaged` if that is not permitted."""
        ...


class Deletions(Protocol):
    """Pending deletions of models; implemented by `features/models/services/model_management.py`."""

    def undo_deletion(self, ref: ModelRef) -> bool:
        """Cancel the deletion of a model if it has not started."""
        ...

    async def wait_for_deletion(self, ref: ModelRef) -> None:
        """Wait while a model is being deleted."""
        ...


class Pulls:
    """All downloads of the program; `close` it at the end.

    `find_server` returns a server by ID; `arrived` is called when a model is complete; `free_space` returns the space on the disk for a
    server's models (None: unknown); `known_names` are candidates for a mistyped name; `deletions` of downloaded models are undone.
    """

    def __init__(
        self,
        puller: Puller,
        find_server: Callable[[str], ServerConfig | None],
        arrived: Callable[[ServerConfig], Awaitable[None]],
        free_space: FreeSpace,
        memory: PullMemory | None = None,
        known_names: Callable[[], Iterable[str]] = tuple,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
        deletions: Deletions | None = None,
        unfinished: UnfinishedDownloads | None = None,
        downloader: Downloader | None = None,
        discard_delay: float = _DISCARD_DELAY,
    ) -> None:
        self.changes: Announcer[PullChanged] = Announcer()
        self._puller = puller
        self._find_server = find_server
        self._arrived = arrived
        self._free_space = free_space
        self._memory = memory
        self._known_names = known_names
        self._retry_delays = retry_delays
        self._deletions = deletions
        self._unfinished = unfinished
        self._downloader = downloader
        self._discard_delay = discard_delay
        self._discard_timer: asyncio.TimerHandle | None = None
        self._pulls: dict[ModelRef, Pull] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        """One task for each queue with downloads."""
        self._running: dict[ModelRef, asyncio.Task[None]] = {}
        self._retries: dict[ModelRef, asyncio.Event] = {}
        """Set to end the wait before the next attempt of a download."""
        self._background_tasks: set[asyncio.Task[None]] = set()
        self._write_timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._last_states: dict[ModelRef, PullState] = {}
        """The states that were last scheduled for writing."""

    def all(self) -> tuple[Pull, ...]:
        """Return all downloads in the order of the requests."""
        return tuple(self._pulls.values())

    def find(self, ref: ModelRef) -> Pull | None:
        """Return the download of a model; None if there is none."""
        return self._pulls.get(ref)

    def find_download(self, download: ModelDownload) -> Pull | None:
        """Return the download from a hub with the same content; None if there is none."""
        return next((each for each in self.all() if each.download and each.download.has_same_content(download)), None)

    def get(self, download: ModelDownload, conversation_id: str = "", *, ignore_disk_space: bool = False) -> ModelRef:
        """Download a model from a hub for the built-in engine, and return how the engine will identify it.

        `conversation_id` is the chat that waits for it. Paused and failed downloads are resumed.
        """
        if self._downloader is None:
            raise RuntimeError("there is nothing that downloads from hubs")
        known = self.find_download(download)
        ref = known.ref if known else self._downloader.ref_of(download)
        self.start(
            ref,
            download.size,
            ignore_disk_space=ignore_disk_space,
            download=download,
            conversation_id=conversation_id,
        )
        return ref

    def start(
        self,
        ref: ModelRef,
        expected: int = 0,
        *,
        ignore_disk_space: bool = False,
        download: ModelDownload | None = None,
        conversation_id: str = "",
    ) -> None:
        """Download a model after the others of its source. Does nothing if the download is already in progress.

        `ignore_disk_space` ignores missing disk space; `download` and `conversation_id` are as for `get`.
        """
        known = self._pulls.get(ref)
        if self._deletions:
            self._deletions.undo_deletion(ref)
        if known and known.is_active:
            return
        progress = known.progress if known and known.state is not PullState.DONE else PullProgress()
        self._pulls.pop(ref, None)  # moves it to the end
        pull = Pull(
            ref,
            expected or (known.expected if known else 0),
            progress=progress,
            ignore_disk_space=ignore_disk_space,
            download=download or (known.download if known else None),
            conversation_id=conversation_id or (known.conversation_id if known else ""),
        )
        self._set(pull)
        self._start_worker(_queue_of(pull))

    def set_conversation(self, ref: ModelRef, conversation_id: str) -> None:
        """Set the chat that waits for a model: a new chat gets its ID with the first message."""
        self._change(ref, conversation_id=conversation_id)

    def restore(self, remembered: Iterable[RememberedPull]) -> tuple[ModelRef, ...]:
        """Add the remembered downloads, and resume and return those that were in progress. Downloads requested meanwhile are unchanged."""
        going = []
        for pull in remembered:
            server = self._find_server(pull.ref.server_id)
            if pull.ref in self._pulls or server is None or server.removed:
                continue
            is_active = pull.is_active and server.enabled
            state = PullState.WAITING if is_active else PullState.PAUSED
            self._set(
                Pull(
                    pull.ref,
                    pull.expected,
                    state,
                    pull.progress,
                    is_resumed=True,
                    download=pull.download,
                    conversation_id=pull.conversation_id,
                )
            )
            if is_active:
                going.append(pull.ref)
        for ref in going:
            self._start_worker(_queue_of(self._pulls[ref]))
        self._discard_unwanted()
        return tuple(going)

    def put_back(self, cancelled: Pull) -> None:
        """Continue a download that was cancelled a moment ago, with what was received of it."""
        if cancelled.ref not in self._pulls:
            self._set(replace(cancelled, state=PullState.PAUSED, error=None))
        self.start(cancelled.ref)

    def pause(self, ref: ModelRef) -> None:
        """Pause a download and keep the received data."""
        self._stop_pull(ref, PullState.PAUSED)

    def resume(self, ref: ModelRef) -> None:
        """Resume a paused download, or retry a failed or interrupted one now."""
        if retry := self._retries.get(ref):
            retry.set()
        else:
            self.start(ref)

    def switch_source(self, ref: ModelRef) -> None:
        """Continue a download at the next of its sources, which has the same files."""
        pull = self._pulls.get(ref)
        if pull and pull.download:
            first, *others = pull.download.sources
            self.pause(ref)
            self._change(ref, download=replace(pull.download, sources=(*others, first)))
            self.start(ref)

    def repair(self, ref: ModelRef) -> None:
        """Remove damaged files of earlier downloads on a model's server, and download the model again."""
        if (server := self._find_server(ref.server_id)) and self._unfinished:
            self._run_in_background(self._repair(ref, server, self._unfinished), "repair a download")

    def cancel(self, ref: ModelRef) -> None:
        """Stop a download and remove it from the list.

        A server keeps the received data, and removes it by its own rules. Data from a hub is deleted after a while, so that the download
        can still be continued.
        """
        pull = self._pulls.get(ref)
        self._stop_pull(ref, None)
        if pull and pull.download and not pull.is_done:
            if self._discard_timer:
                self._discard_timer.cancel()
            self._discard_timer = asyncio.get_running_loop().call_later(self._discard_delay, self._discard_unwanted)

    def forget(self, ref: ModelRef) -> None:
        """Remove a completed download from the list, because its model was deleted."""
        if (pull := self._pulls.get(ref)) and pull.is_done:
            self._stop_pull(ref, None)

    async def close(self) -> None:
        """Stop all downloads, and remember their states."""
        remembered = self._unfinished_pulls()
        if self._discard_timer:
            self._discard_timer.cancel()
            self._discard_unwanted()
            await asyncio.gather(*self._background_tasks, return_exceptions=True)
        tasks = [*self._running.values(), *self._tasks.values(), *self._background_tasks]
        if self._write_timer:
            self._write_timer.cancel()
        if self._writing:
            await self._writing
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._memory:
            await self._memory.write(remembered)

    def _stop_pull(self, ref: ModelRef, state: PullState | None) -> None:
        pull = self._pulls.get(ref)
        if pull is None or (state and not pull.is_active):
            return
        if state:
            self._set(replace(pull, state=state, speed=None, seconds_left=None, error=None))
        else:
            del self._pulls[ref]
            self._announce(ref)
        if task := self._running.get(ref):
            task.cancel()

    def _discard_unwanted(self) -> None:
        """Delete the data of downloads from hubs that are not in the list."""
        self._discard_timer = None
        if self._downloader:
            self._run_in_background(self._discard(self._downloader), "discard downloads")

    async def _discard(self, downloader: Downloader) -> None:
        if ending := [task for ref, task in self._running.items() if ref not in self._pulls]:
            await asyncio.wait(ending)
        await downloader.discard(tuple(pull.download for pull in self._pulls.values() if pull.download))

    def _start_worker(self, queue: str) -> None:
        task = self._tasks.get(queue)
        if task is None or task.done():
            self._tasks[queue] = asyncio.get_running_loop().create_task(self._run(queue), name="pulls")

    async def _run(self, queue: str) -> None:
        """Run the waiting downloads of a queue one after the other."""
        while ref := self._next(queue):
            server = self._find_server(ref.server_id)
            if server is None or server.removed:
                self.cancel(ref)
                continue
            task = asyncio.get_running_loop().create_task(self._download(server, ref), name=f"pull {ref.model_id}")
            self._running[ref] = task
            try:
                await asyncio.wait([task])
            finally:
                task.cancel()
                if self._running.get(ref) is task:  # with another source, it may run in another queue already
                    del self._running[ref]
            if not task.cancelled() and (bug := task.exception()):
                _log.error("A download ended by a fault of ours", exc_info=bug)
                self._fail(ref, None)

    def _next(self, queue: str) -> ModelRef | None:
        waiting = (pull for pull in self._pulls.values() if pull.state is PullState.WAITING)
        return next((pull.ref for pull in waiting if _queue_of(pull) == queue), None)

    async def _download(self, server: ServerConfig, ref: ModelRef) -> None:
        pace, checked, before, failures = Pace(), 0.0, 0, 0

        def report(received: PullProgress) -> None:
            nonlocal checked
            pull = self._pulls.get(ref)
            if pull is None or pull.state not in {PullState.RUNNING, PullState.RETRYING}:
                return  # a late report of a stopped download
            progress = received.after(pull.progress)
            if received.completed > before:  # data of earlier attempts is only reported again
                pace.mark(time.monotonic(), received.completed)
            self._set(
                replace(
                    pull,
                    state=PullState.RUNNING,
                    progress=progress,
                    speed=pace.speed,
                    seconds_left=pace.seconds_left(progress),
                    error=None,
                )
            )
            if progress.total > checked * _GROWTH_FACTOR:
                checked = progress.total
                self._check_space(server, ref)

        last: ChatdeskError | None = None
        found = ref
        while True:
            self._change(ref, state=PullState.RUNNING, error=None)
            before = self._completed(ref)
            try:
                if self._deletions:
                    await self._deletions.wait_for_deletion(ref)
                await self._check_disk_space(server, ref)
                found = await self._pull(server, ref, report)
            except ChatdeskError as error:
                failures = 0 if self._completed(ref) > before else failures
                if failures >= len(self._retry_delays) or not self._should_retry(ref, error, last):
                    self._fail(ref, await self._with_details(server, error))
                    return
                last = error
                pause = max(self._retry_delays[failures], error.seconds if isinstance(error, HubBusy) else 0.0)
                failures += 1
                self._change(
                    ref,
                    state=PullState.RETRYING,
                    speed=None,
                    seconds_left=None,
                    error=error,
                    tries=failures,
                    waits=pause,
                )
                await self._wait_for_retry(ref, pause)
            else:
                break
        await self._arrived(server)
        pull = self._pulls.get(ref)
        if pull and found != ref:
            del self._pulls[ref]
            self._announce(ref)
            self._pulls[found] = replace(pull, ref=found)
        self._change(found, state=PullState.DONE, speed=None, seconds_left=None, error=None)

    async def _pull(self, server: ServerConfig, ref: ModelRef, report: Report) -> ModelRef:
        """Download a model, and return how its server identifies it."""
        pull = self._pulls.get(ref)
        if pull and pull.download and self._downloader:
            return await self._downloader.download(ref, pull.download, report)
        await self._puller.pull(server, ref.model_id, report, pull.expected if pull else 0)
        return ref

    async def _wait_for_retry(self, ref: ModelRef, seconds: float) -> None:
        """Wait until the time has passed, or the user does not want to wait any longer."""
        retry = self._retries[ref] = asyncio.Event()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(retry.wait(), seconds)
        finally:
            del self._retries[ref]

    def _should_retry(self, ref: ModelRef, error: ChatdeskError, last: ChatdeskError | None) -> bool:
        """Return whether a retry makes sense: data was received, or the program has just started, and perhaps the server too.

        A damaged part counts as an error only the second time, because a single report may be wrong. A hub that limits requests says
        when the next one is welcome.
        """
        if isinstance(error, HubBusy):
            return True
        pull = self._pulls.get(ref)
        passing = isinstance(error, _TEMPORARY_ERRORS) or (
            isinstance(error, PartDamaged) and not isinstance(last, PartDamaged)
        )
        return passing and pull is not None and (pull.is_resumed or bool(pull.progress.completed))

    async def _with_details(self, server: ServerConfig, error: ChatdeskError) -> ChatdeskError:
        if isinstance(error, PartDamaged) and self._unfinished:
            files = ", ".join(await self._unfinished.damaged(server))
            return PartDamaged(error.server, error.address, error.model, files)
        if type(error) is not PullNameUnknown:
            return error
        near = ", ".join(nearest_names(error.model, self._known_names()))
        return PullNameMistyped(error.server, error.address, error.model, near) if near else error

    async def _repair(self, ref: ModelRef, server: ServerConfig, unfinished: UnfinishedDownloads) -> None:
        try:
            await unfinished.remove_damaged(server)
        except PartDamaged as error:
            self._fail(ref, PartDamaged(error.server, error.address, ref.model_id, error.files))
            return
        self._change(ref, progress=PullProgress())
        self.start(ref)

    def _check_space(self, server: ServerConfig, ref: ModelRef) -> None:
        """Check in the background whether the disk has space for the size known so far."""
        self._run_in_background(self._stop_if_disk_full(server, ref), "free space for a download")

    def _run_in_background(self, work: Coroutine[object, object, None], name: str) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._background_tasks.add(task)
        task.add_done_callback(self._background_tasks.discard)

    async def _stop_if_disk_full(self, server: ServerConfig, ref: ModelRef) -> None:
        try:
            await self._check_disk_space(server, ref)
        except PullDiskShort as error:
            pull = self._pulls.get(ref)
            if pull and pull.state in {PullState.RUNNING, PullState.RETRYING}:
                self._fail(ref, error)
                if task := self._running.get(ref):
                    task.cancel()

    async def _check_disk_space(self, server: ServerConfig, ref: ModelRef) -> None:
        """Raise `PullDiskShort` if the remaining data does not fit on the disk. Unknown space does not count as too little."""
        free = await self._free_space(server)
        pull = self._pulls.get(ref)
        if pull is None:
            return
        self._change(ref, free_space_is_unknown=free is None)
        needed = max(pull.expected, pull.progress.total) - pull.progress.completed
        if free is not None and needed > free and not pull.ignore_disk_space:
            kind = ModelDiskShort if pull.download else PullDiskShort
            sizes = round(needed / _GIGABYTE, 1), round(free / _GIGABYTE, 1)
            raise kind(server.name, server.base_url, pull.name, *sizes)

    def _fail(self, ref: ModelRef, error: ChatdeskError | None) -> None:
        is_deleted = isinstance(error, FileNotAsPublished)
        progress = {"progress": PullProgress()} if is_deleted else {}
        self._change(ref, state=PullState.FAILED, speed=None, seconds_left=None, error=error, **progress)

    def _completed(self, ref: ModelRef) -> int:
        pull = self._pulls.get(ref)
        return pull.progress.completed if pull else 0

    def _change(self, ref: ModelRef, **values: object) -> None:
        pull = self._pulls.get(ref)
        if pull and (changed := replace(pull, **values)) != pull:  # type: ignore[arg-type]
            self._set(changed)

    def _set(self, pull: Pull) -> None:
        self._pulls[pull.ref] = pull
        self._announce(pull.ref)

    def _announce(self, ref: ModelRef) -> None:
        self.changes.announce(PullChanged(ref))
        if self._memory is None:
            return
        states = {pull.ref: pull.state for pull in self._pulls.values()}
        if states != self._last_states:
            self._last_states = states
            self._schedule_write(_WRITE_DELAY)
        elif self._write_timer is None:
            self._schedule_write(_PROGRESS_WRITE_DELAY)

    def _schedule_write(self, seconds: float) -> None:
        if self._write_timer:
            self._write_timer.cancel()
        self._write_timer = asyncio.get_running_loop().call_later(seconds, self._write_memory)

    def _write_memory(self) -> None:
        self._write_timer = None
        if self._memory:
            work = self._memory.write(self._unfinished_pulls())
            self._writing = asyncio.get_running_loop().create_task(work, name="remember downloads")

    def _unfinished_pulls(self) -> tuple[RememberedPull, ...]:
        return tuple(
            RememberedPull(pull.ref, pull.expected, pull.progress, pull.is_active, pull.download, pull.conversation_id)
            for pull in self._pulls.values()
            if pull.state is not PullState.DONE
        )


def _queue_of(pull: Pull) -> str:
    """Return the name of the queue in which a download waits: one for each server that downloads, and one for each hub."""
    return f"hub {pull.download.sources[0].hub}" if pull.download else f"server {pull.ref.server_id}"
