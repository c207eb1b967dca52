"""A guide to models over real services, on a machine that is made up and a server that says what it is told."""

import asyncio
from dataclasses import replace
from typing import cast

from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_guide import GuideRow, ModelGuide, load_model_guide
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.pulls import Pulls, Report
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus
from chatdesk.kernel.settings.store import Settings
from chatdesk.providers.catalogue.model_rules import load_model_rules
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from tests.paths import RESOURCES

VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))
HERE = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
AWAY = replace(HERE, id="far", base_url="http://big.example:11434")


class GuideNetwork:
    """Stands for connections: what is installed, and downloads that end when told."""

    def __init__(self) -> None:
        self.installed: dict[str, tuple[str, ...] | None] = {"ollama": ()}
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


class GuideHarness:
    """What a test of the guide holds in its hands."""

    def __init__(self, machine: Machine, *servers: ServerConfig) -> None:
        self.network = GuideNetwork()
        self.machine = machine
        self.settings = Settings({}, lambda _: None)
        keys = SessionKeyStore(Redactor())
        self.servers = Servers(servers or (HERE,), VENDORS, lambda _: None, keys, keys)
        connections = cast("Connections", self.network)
        self.preferences = ModelPreferences({}, lambda _: None)
        self.models = Models(self.servers, connections)
        self.contexts = Contexts(self.models, self.servers, self.preferences.context, lambda: self.machine)
        pulls = Pulls(connections, self.servers.find, self.models.refresh_server, self._free_space)
        self.guide = ModelGuide(
            self.models,
            self.contexts,
            pulls,
            self.settings,
            self.preferences,
            load_model_rules((RESOURCES / "models.toml").read_text("utf-8")),
            lambda: load_model_guide((RESOURCES / "model_guide.toml").read_text("utf-8")),
            lambda: self.machine,
        )

    def row(self, tag: str) -> GuideRow:
        return next(row for row in self.guide.state().rows if row.judgement.variant.tag == tag)

    async def look(self) -> None:
        await self.models.refresh()
        await self.guide.refresh()

    async def _free_space(self, server: ServerConfig) -> int | None:
        return self.machine.disk_free if server.is_on_this_machine else None

    async def close(self) -> None:
        await self.guide.close()
        await self.preferences.close()
        await self.settings.close()
