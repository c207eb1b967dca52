"""Creates and connects the services of servers."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model_preference import EngineChoices
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.network_thread import NetworkThread
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.machine import physical_cores

if TYPE_CHECKING:
    from chatdesk.engine.engine import BuiltInEngine
    from chatdesk.features.servers.services.built_in.engine_programs import EnginePrograms
    from chatdesk.features.servers.services.doctor.doctor import Doctor, ModelDownloads
    from chatdesk.features.servers.services.embedders import Embedders
    from chatdesk.network.http import HttpClient
    from chatdesk.system.memory import MemoryFacts

_ENGINE_PROGRAMS_NAME = "engine programs.json"
"""Name of the file with what was learnt about the graphics card, in the data folder."""
_MODEL_HEADS_NAME = "model heads.json"
"""Name of the cache file with the headers of model files, in the cache folder."""
MODELS_NAME = "models"
"""Name of the default folder of downloaded models, in the data folder."""


@dataclass(frozen=True, slots=True)
class ServerServices:
    """The services of servers that the user interface uses."""

    settings: Settings
    servers: Servers
    built_in: BuiltIn
    connections: Connections
    models: Models
    doctor: "Lazy[Doctor]"
    embedders: "Lazy[Embedders]"


@asynccontextmanager
async def open_server_services(
    settings: Settings,
    servers: Servers,
    cache: Path,
    data: Path,
    engine_archives: Path,
    network: NetworkThread,
    http: "Lazy[HttpClient]",
    redactor: Redactor,
    resolve_thinking: Callable[[ServerConfig, ChatRequest], ChatRequest],
    downloads: "Callable[[], ModelDownloads]",
    trash: Callable[[Path], object],
    choices_of: Callable[[str], EngineChoices],
) -> AsyncGenerator[ServerServices, None]:
    """Create the services, and close them at the end.

    `cache` is the folder for files that can be recreated, and `data` the data folder; `engine_archives` lists
    the builds of llama.cpp that may be downloaded. `resolve_thinking` adapts the reasoning level of
    requests, and the doctor uses `downloads`. `trash` moves a file to the trash; it may raise `OSError`.
    `choices_of` returns how the user wants the built-in engine to run a model.
    """
    async with AsyncExitStack() as stack:
        stack.push_async_callback(servers.close)
        files = ModelFiles(settings, JsonFile(cache / _MODEL_HEADS_NAME), data / MODELS_NAME, trash=trash)
        programs = Lazy(lambda: _make_programs(settings, data, engine_archives, network, http))
        built_in = BuiltIn(_make_engine, files, settings, programs, _read_memory, choices_of)
        stack.push_async_callback(built_in.close)
        connections = Connections(servers, built_in, network, http, with_thinking_resolved=resolve_thinking)
        models = Models(servers, connections)

        def make_doctor() -> "Doctor":
            from chatdesk.features.servers.services.doctor.doctor import Doctor  # noqa: PLC0415 - start-up time
            from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes  # noqa: PLC0415 - likewise
            from chatdesk.system.ollama_program import read_installation  # noqa: PLC0415 - likewise
            from chatdesk.system.ollama_start import start_ollama  # noqa: PLC0415 - likewise

            probes = DoctorProbes(network, http.get())
            return Doctor(servers, connections, models, probes, read_installation, start_ollama, redactor, downloads())

        def make_embedders() -> "Embedders":
            from chatdesk.features.servers.services.embedders import Embedders  # noqa: PLC0415 - start-up time

            return Embedders(settings, servers, models, files, connections, _make_engine, network, http)

        embedders = Lazy(make_embedders, lambda made: made.close())
        stack.push_async_callback(embedders.close)
        yield ServerServices(settings, servers, built_in, connections, models, Lazy(make_doctor), embedders)


def _make_engine() -> "BuiltInEngine":
    from chatdesk.engine.engine import BuiltInEngine  # noqa: PLC0415 - start-up time: made when a chat needs it
    from chatdesk.engine.options import EngineOptions  # noqa: PLC0415 - likewise

    return BuiltInEngine(EngineOptions(cores=physical_cores()))


def _make_programs(
    settings: Settings, data: Path, archives: Path, network: NetworkThread, http: "Lazy[HttpClient]"
) -> "EnginePrograms":
    from chatdesk.features.servers.services.built_in.engine_programs import (  # noqa: PLC0415 - start-up time: when one is chosen
        make_engine_programs,
    )

    file = JsonFile(data / _ENGINE_PROGRAMS_NAME)
    return make_engine_programs(settings, file, data, archives, network, http, _make_engine)


def _read_memory() -> "MemoryFacts":
    from chatdesk.system.memory import memory_facts  # noqa: PLC0415 - start-up time: asked when the engine is

    return memory_facts()
