"""The catalogue of models over real services, on a machine that is made up, with downloads that go as a test tells them."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from chatdesk.features.models.domain.catalogue import parse_catalogue
from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState, ModelCatalogue
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_fits import ModelFits
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.pulls import Pulls, Report
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.hubs import HubKind, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.models.pulls import PullProgress
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus
from chatdesk.kernel.settings.store import Settings
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from tests.paths import RESOURCES

CATALOGUE = parse_catalogue((RESOURCES / "model_catalogue.toml").read_text("utf-8"))
VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))
HERE = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
AWAY = replace(HERE, id="far", base_url="http://big.example:11434")
ENGINE = ServerConfig(BUILT_IN_ID, "Built in", "built-in", ServerProtocol.BUILT_IN, "")


class CatalogueNetwork:
    """Stands for connections: what is installed, and downloads that end when told."""

    def __init__(self) -> None:
        self.installed: dict[str, tuple[str, ...] | None] = {"ollama": (), ENGINE.id: ()}
        self.builds: dict[str, tuple[int, Architecture]] = {}
        """Size and build, which only a closer look tells."""
        self.described: list[str] = []
        self.arrive = asyncio.Event()

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        names = self.installed.get(server.id)
        if names is None:
            raise ServerUnreachable(server.name, server.base_url)
        models = (Model(ModelRef(server.id, name), name, described=False) for name in names)
        return ServerStatus("0.34", len(names), 1.0), tuple(models)

    async def describe(self, server: ServerConfig, model_id: str) -> Model:
        self.described.append(model_id)
        size, architecture = self.builds.get(model_id, (None, None))
        return Model(ModelRef(server.id, model_id), model_id, size_bytes=size, architecture=architecture)

    async def loads(self, _server: ServerConfig) -> dict[str, ModelLoad]:
        return {}

    async def pull(self, server: ServerConfig, model_id: str, _report: Report, expected: int) -> None:
        assert expected >= 0
        await self.arrive.wait()
        self.installed[server.id] = (*(self.installed[server.id] or ()), model_id)


class ScriptedDownloader:
    """Downloads from hubs that report what a test tells them, and end then."""

    def __init__(self) -> None:
        self.script: list[PullProgress] = []
        self.arrive = asyncio.Event()
        """Cleared to hold downloads."""
        self.arrive.set()

    def ref_of(self, download: ModelDownload) -> ModelRef:
        return ModelRef(BUILT_IN_ID, download.files[0].path.removesuffix(".gguf"))

    async def download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        assert download.files
        for progress in self.script:
            report(progress)
        await self.arrive.wait()
        return ref

    async def discard(self, kept: Iterable[ModelDownload]) -> None:
        pass


class CatalogueHarness:
    """What a test of the catalogue holds in its hands. The built-in engine is always there."""

    def __init__(self, machine: Machine, *servers: ServerConfig) -> None:
        self.network = CatalogueNetwork()
        self.machine = machine
        self.disk: int | None = 900 * 10**9
        """Free bytes in the folder of downloaded models."""
        self.settings = Settings({}, lambda _: None)
        self.downloader = ScriptedDownloader()
        keys = SessionKeyStore(Redactor())
        self.servers = Servers((*(servers or (HERE,)), ENGINE), VENDORS, lambda _: None, keys, keys)
        connections = cast("Connections", self.network)
        self.preferences = ModelPreferences({}, lambda _: None)
        self.models = Models(self.servers, connections)
        self.contexts = Contexts(self.models, self.servers, self.preferences.context, lambda: self.machine)
        self.pulls = Pulls(
            connections,
            self.servers.find,
            self.models.refresh_server,
            self._free_space,
            downloader=self.downloader,
        )
        self.fits = ModelFits(self.models, self.contexts, lambda: CATALOGUE, lambda: self.machine)
        self.catalogue = ModelCatalogue(
            self.fits, self.pulls, self.models, self.settings, lambda: self.disk, self._preferred_hub
        )

    async def look(self) -> None:
        """Ask the servers, and inspect the machine."""
        await self.models.refresh()
        await self.catalogue.refresh()

    def state(self, language: str = "en") -> CatalogueState:
        """Return the state of the catalogue."""
        return self.catalogue.state(language)

    def row_of(self, model_id: str) -> CatalogueRow:
        """Return the row of a model."""
        return next(row for row in self.state().rows if row.model.id == model_id)

    async def close(self) -> None:
        """End everything."""
        self.catalogue.close()
        await self.pulls.close()
        await self.preferences.close()
        await self.settings.close()

    async def _free_space(self, server: ServerConfig) -> int | None:
        return self.machine.disk_free if server.is_on_this_machine else None

    @staticmethod
    def _preferred_hub(language: str) -> HubKind:
        return HubKind.MODELSCOPE if language.startswith("zh") else HubKind.HUGGING_FACE
