"""Entry point to the services of models: recommendations, downloads, management and speed checks.

Startup creates none of these services and imports none of them; see `library_services.py`.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.network_thread import NetworkThread

if TYPE_CHECKING:
    from chatdesk.features.models.domain.model_fit import Fit
    from chatdesk.features.models.services.hub_search import HubSearch
    from chatdesk.features.models.services.hubs import Hubs
    from chatdesk.features.models.services.library_services import LibraryServices
    from chatdesk.features.models.services.model_catalogue import ModelCatalogue
    from chatdesk.features.models.services.model_fits import ModelFits
    from chatdesk.features.models.services.model_management import ModelManagement
    from chatdesk.features.models.services.models_folder import ModelsFolder
    from chatdesk.features.models.services.pull_memory import PullMemory
    from chatdesk.features.models.services.pulls import Pulls
    from chatdesk.features.models.services.speed_checks import SpeedChecks

_DOWNLOADS_NAME = "downloads.json"
"""Name of the file with unfinished downloads, in the data folder."""


@dataclass(frozen=True, slots=True)
class ModelContext:
    """What the services of models use of the rest of the program. `data` is the folder for their files."""

    settings: Settings
    servers: Servers
    connections: Connections
    models: Models
    contexts: Contexts
    catalogue_file: Path
    data: Path
    now: Callable[[], datetime]
    work: RunningWork
    files: ModelFiles
    """Where downloads from hubs are stored."""
    network: NetworkThread
    hubs: "Lazy[Hubs]"


class ModelLibrary:
    """One per program; `close` it. The services are created at their first use; `prepare` does so without blocking the event loop."""

    def __init__(self, context: ModelContext) -> None:
        self._context = context
        self._downloads_file = context.data / _DOWNLOADS_NAME
        self._memory = Lazy(self._create_memory)
        self._services = Lazy(self._create_services)

    @property
    def fits(self) -> "ModelFits":
        """Estimates how well models run on this machine."""
        return self._services.get().fits

    @property
    def catalogue(self) -> "ModelCatalogue":
        """Models to download for this machine."""
        return self._services.get().catalogue

    @property
    def downloads(self) -> "Pulls":
        """Downloads models."""
        return self._services.get().pulls

    @property
    def management(self) -> "ModelManagement":
        """Deletes, copies, loads and creates models on servers."""
        return self._services.get().management

    @property
    def speed_checks(self) -> "SpeedChecks":
        """Measures how fast models answer."""
        return self._services.get().speed_checks

    @property
    def hub_search(self) -> "HubSearch":
        """Searches model hubs."""
        return self._services.get().hub_search.get()

    @property
    def folder(self) -> "ModelsFolder":
        """The folder of downloaded models, which can be moved."""
        return self._services.get().folder

    async def prepare(self) -> None:
        """Create the services; what they import is loaded on a thread."""
        if self._services.created is None:
            await asyncio.to_thread(import_module, "chatdesk.features.models.services.library_services")
        self._services.get()

    def when_created(self, use: "Callable[[LibraryServices], object]") -> None:
        """Call `use` with the services: now if they exist, otherwise right after their creation."""
        self._services.when_created(use)

    def fit_of(self, model: Model) -> "Fit | None":
        """Return how well a model fits this machine; None if that is unknown, or the services do not exist yet."""
        return self._services.created.fits.fit_of_model(model) if self._services.created else None

    async def resume_downloads(self) -> tuple[ModelRef, ...]:
        """Continue the downloads that the last run of the program did not finish, and return them.

        Raises `FileNewer` if a newer version of the program left them.
        """
        memory = await asyncio.to_thread(self._existing_memory)
        if not (remembered := await memory.read() if memory else ()):
            return ()
        await self.prepare()
        return self.downloads.restore(remembered)

    async def close(self) -> None:
        """Carry out pending deletions and stop downloads."""
        if services := self._services.created:
            await services.management.close()
            await services.folder.close()
            services.catalogue.close()
            await services.pulls.close()

    def _existing_memory(self) -> "PullMemory | None":
        return self._memory.get() if self._downloads_file.exists() else None

    def _create_memory(self) -> "PullMemory":
        from chatdesk.features.models.services.pull_memory import PullMemory  # noqa: PLC0415 - start-up time: seldom there
        from chatdesk.storage.files.json_file import JsonFile  # noqa: PLC0415 - likewise

        return PullMemory(JsonFile(self._downloads_file))

    def _create_services(self) -> "LibraryServices":
        from chatdesk.features.models.services.library_services import (  # noqa: PLC0415 - start-up time: created at first use
            create_library_services,
        )

        return create_library_services(self._context, self._memory.get())
