"""Creates the services of models and connects them. Only `model_library.py` imports this module: startup needs none of it."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.models.domain.catalogue import parse_catalogue
from chatdesk.features.models.services.downloads.hub_downloader import HubDownloader
from chatdesk.features.models.services.model_catalogue import ModelCatalogue
from chatdesk.features.models.services.model_fits import ModelFits
from chatdesk.features.models.services.model_library import ModelContext
from chatdesk.features.models.services.model_management import ModelManagement
from chatdesk.features.models.services.models_folder import ModelsFolder
from chatdesk.features.models.services.pull_memory import PullMemory
from chatdesk.features.models.services.pulls import Pulls
from chatdesk.features.models.services.speed_checks import SpeedChecks
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.context.context_size import USUAL_CONTEXT
from chatdesk.kernel.errors.model_errors import PartDamaged
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged, PullProgress
from chatdesk.kernel.running_work import Job, JobKind, RunningWork
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.model_machine import read_machine
from chatdesk.system.ollama_folder import damaged_parts, free_space, free_space_for_models, remove_damaged_downloads

if TYPE_CHECKING:
    from chatdesk.features.models.services.hub_search import HubSearch

# Registers downloads as running work, from their request until they end or are paused.


class PullWork:
    """Follows all downloads for as long as they exist."""

    def __init__(self, pulls: Pulls, work: RunningWork) -> None:
        self._pulls = pulls
        self._work = work
        self._jobs: dict[ModelRef, tuple[Job, PullProgress]] = {}
        """Jobs with the last known progress."""
        pulls.changes.subscribe(self._on_change)

    def _on_change(self, change: PullChanged) -> None:
        ref, pull = change.ref, self._pulls.find(change.ref)
        if pull is None or not pull.is_active:
            if ref in self._jobs:
                self._jobs.pop(ref)[0].end()
            return
        if ref not in self._jobs:
            self._jobs[ref] = (self._work.begin(JobKind.DOWNLOAD, partial(str, pull.name), ref), pull.progress)
        job, before = self._jobs[ref]
        if pull.progress != before:
            job.report_progress(pull.progress.fraction)
            self._jobs[ref] = (job, pull.progress)


_DISK_SECONDS = 5.0
_FREE_SPACE_RESERVE = 10**9
"""Bytes that downloads from hubs leave free on the disk."""
_SPEEDS_NAME = "speed checks.json"
"""Name of the file with the results of speed checks, in the data folder."""


@dataclass(frozen=True, slots=True)
class LibraryServices:
    """The services of models."""

    fits: ModelFits
    pulls: Pulls
    catalogue: ModelCatalogue
    management: ModelManagement
    speed_checks: SpeedChecks
    hub_search: "Lazy[HubSearch]"
    folder: ModelsFolder


def create_library_services(context: ModelContext, memory: PullMemory) -> LibraryServices:
    """Return the services; `memory` stores unfinished downloads."""
    models, servers, connections = context.models, context.servers, context.connections

    def known_names() -> tuple[str, ...]:
        return catalogue.known_names()

    async def refresh() -> None:
        if (server := servers.find(BUILT_IN_ID)) and server.enabled:
            await models.refresh_server(server)

    management = ModelManagement(models, connections, servers.find, work=context.work, files=context.files)
    pulls = Pulls(
        connections,
        servers.find,
        models.refresh_server,
        partial(_free_space, context.files),
        memory,
        known_names,
        deletions=management,
        unfinished=_UnfinishedDownloads(),
        downloader=HubDownloader(
            lambda: context.hubs.get().client,
            context.network,
            context.files.store,
            context.files,
            BUILT_IN_ID,
            context.now,
        ),
    )
    PullWork(pulls, context.work)
    management.deletions.subscribe(lambda deleted: pulls.forget(deleted.ref))
    fits = ModelFits(
        models,
        context.contexts,
        lambda: parse_catalogue(context.catalogue_file.read_text("utf-8")),
        read_machine,
        lambda: speed_checks,
    )
    catalogue = ModelCatalogue(
        fits,
        pulls,
        models,
        context.settings,
        lambda: free_space(context.files.folder),
        lambda language: context.hubs.get().preferred(language),
    )
    speed_checks = SpeedChecks(
        connections,
        context.contexts,
        models,
        servers.find,
        fits.expected,
        JsonFile(context.data / _SPEEDS_NAME),
        context.now,
        context.work,
    )

    def make_hub_search() -> "HubSearch":
        from chatdesk.features.models.services.hub_search import (  # noqa: PLC0415 - start-up time: the start page needs none
            HubSearch,
        )

        return HubSearch(context.hubs.get(), lambda: fits.machine, lambda: USUAL_CONTEXT)

    folder = ModelsFolder(context.files, context.settings, pulls, refresh, context.work)
    return LibraryServices(fits, pulls, catalogue, management, speed_checks, Lazy(make_hub_search), folder)


class _UnfinishedDownloads:
    """Implementation for Ollama on this machine."""

    async def damaged(self, server: ServerConfig) -> tuple[str, ...]:
        if not server.is_on_this_machine:
            return ()
        with suppress(TimeoutError, OSError):
            parts = await run_in_daemon_thread(damaged_parts, "damaged downloads", _DISK_SECONDS)
            return tuple(part.name for part in parts)
        return ()

    async def remove_damaged(self, server: ServerConfig) -> None:
        if not server.is_on_this_machine:
            return
        try:
            await run_in_daemon_thread(remove_damaged_downloads, "remove damaged downloads", _DISK_SECONDS)
        except (TimeoutError, OSError) as error:
            raise PartDamaged(server.name, server.base_url, "", str(error)) from error


async def _free_space(files: ModelFiles, server: ServerConfig) -> int | None:
    """Return the free disk space for the models of a local server; None if unknown.

    For downloads from hubs, some of it is left to the system.
    """
    if not (server.is_on_this_machine or server.is_built_in):
        return None
    with suppress(TimeoutError):  # a network drive that does not respond
        if not server.is_built_in:
            return await run_in_daemon_thread(free_space_for_models, "free space for models", _DISK_SECONDS)
        free = await run_in_daemon_thread(lambda: free_space(files.folder), "free space for models", _DISK_SECONDS)
        return None if free is None else max(0, free - _FREE_SPACE_RESERVE)
    return None
