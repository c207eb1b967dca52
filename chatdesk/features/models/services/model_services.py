"""Creates and connects the services of models."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_library import ModelContext, ModelLibrary
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.network_thread import NetworkThread
from chatdesk.storage.files.json_file import JsonFile

if TYPE_CHECKING:
    from chatdesk.features.models.services.hubs import Hubs
    from chatdesk.kernel.models.machine import Machine
    from chatdesk.network.http import HttpClient

CONTEXTS_NAME = "contexts.json"
"""Name of the file with stored context lengths, in the data folder."""


@dataclass(frozen=True, slots=True)
class ModelServices:
    """The services of models that the user interface uses. `rules` are the known rules for model families."""

    settings: Settings
    window_state: Settings
    servers: Servers
    built_in: BuiltIn
    models: Models
    preferences: ModelPreferences
    contexts: Contexts
    reasoning: Reasoning
    rules: tuple[ModelRule, ...]
    library: ModelLibrary
    hubs: "Lazy[Hubs]"


@asynccontextmanager
async def open_model_services(
    servers: ServerServices,
    window_state: Settings,
    preferences: ModelPreferences,
    reasoning: Reasoning,
    rules: tuple[ModelRule, ...],
    catalogue_file: Path,
    data: Path,
    now: Callable[[], datetime],
    work: RunningWork,
    network: NetworkThread,
    http: "Lazy[HttpClient]",
) -> AsyncGenerator[ModelServices, None]:
    """Create the services, and close them at the end.

    `catalogue_file` has the catalogue of models; `data` is the data folder; `http` belongs to the network thread.
    """
    async with AsyncExitStack() as stack:
        models, settings, loop = servers.models, servers.settings, asyncio.get_running_loop()

        def make_hubs() -> "Hubs":
            from chatdesk.features.models.services.hubs import Hubs  # noqa: PLC0415 - start-up time: asked on request only

            return Hubs(settings, servers.servers.secrets, network, http, now, loop)

        hubs = Lazy(make_hubs)
        contexts = Contexts(models, servers.servers, preferences.context, _read_machine, JsonFile(data / CONTEXTS_NAME))
        stack.push_async_callback(contexts.close)
        library = ModelLibrary(
            ModelContext(
                settings,
                servers.servers,
                servers.connections,
                models,
                contexts,
                catalogue_file,
                data,
                now,
                work,
                servers.built_in.files,
                network,
                hubs,
            )
        )
        stack.push_async_callback(library.close)
        yield ModelServices(
            settings,
            window_state,
            servers.servers,
            servers.built_in,
            models,
            preferences,
            contexts,
            reasoning,
            rules,
            library,
            hubs,
        )


def _read_machine() -> "Machine":
    from chatdesk.system.model_machine import read_machine  # noqa: PLC0415 - start-up time: before a larger context is taken

    return read_machine()
