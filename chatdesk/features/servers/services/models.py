"""Models of all servers: requests and caches their lists.

`servers.py` holds the servers; `connections.py` sends the requests.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import ChatdeskError, ServerUnreachable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef, display_name
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus, can_be_started

if TYPE_CHECKING:
    from chatdesk.kernel.models.model import ModelDetails


@dataclass(frozen=True, slots=True)
class ServerState:
    """Known state of a server. `status` and `error` are both None until the first request; afterwards exactly one is set."""

    server: ServerConfig
    status: ServerStatus | None = None
    error: ChatdeskError | None = None
    models: tuple[Model, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    """A server answered, failed, was added or removed, or its models changed."""

    server_id: str


class Models:
    """The models of all enabled servers."""

    def __init__(self, servers: Servers, connections: Connections) -> None:
        self.changes: Announcer[ModelsChanged] = Announcer()
        self._servers = servers
        self._connections = connections
        self._states: dict[str, ServerState] = {}
        self._hidden: set[ModelRef] = set()
        """Models that are about to be deleted and no longer listed."""

    @property
    def was_asked(self) -> bool:
        """Whether every enabled server has answered or failed."""
        return all(state.status or state.error for state in self.states())

    def states(self) -> tuple[ServerState, ...]:
        """Return all enabled servers with their known state, in the user's order."""
        known = (self._states.get(server.id) or ServerState(server) for server in self._servers.enabled())
        return tuple(map(self._without_hidden, known) if self._hidden else known)

    def startable_servers(self) -> tuple[ServerConfig, ...]:
        """Return the unreachable local servers: they may be started at any moment, and requests to them are cheap."""
        return tuple(
            state.server
            for state in self.states()
            if isinstance(state.error, ServerUnreachable)
            and can_be_started(state.server, self._servers.vendor_of(state.server))
        )

    def all(self) -> tuple[Model, ...]:
        """Return all models of all servers that answered."""
        return tuple(model for state in self.states() for model in state.models)

    def find(self, ref: ModelRef) -> Model | None:
        """Return what is known about a model; None if it is not listed."""
        state = self._states.get(ref.server_id)
        if state is None or not any(server.id == ref.server_id for server in self._servers.enabled()):
            return None
        return next((model for model in state.models if model.ref.model_id == ref.model_id), None)

    def can_chat(self, ref: ModelRef) -> bool:
        """Return whether a model supports chat. False only if its server says so."""
        model = self.find(ref)
        return model is None or model.can_chat

    def name_of(self, ref: ModelRef) -> str:
        """Return a model's name in its server's list, even if it is not listed yet or no longer."""
        if model := self.find(ref):
            return model.name
        return display_name(ref.model_id)

    def hide(self, ref: ModelRef) -> None:
        """Hide a model from the list although its server still has it."""
        self._hidden.add(ref)
        self.changes.announce(ModelsChanged(ref.server_id))

    def unhide(self, ref: ModelRef) -> None:
        """List a hidden model again."""
        self._hidden.discard(ref)
        self.changes.announce(ModelsChanged(ref.server_id))

    def forget(self, ref: ModelRef) -> None:
        """Discard what is known about a model that its server no longer has."""
        self._hidden.discard(ref)
        if state := self._states.get(ref.server_id):
            models = tuple(model for model in state.models if model.ref != ref)
            self._states[ref.server_id] = replace(state, models=models)

    async def refresh(self) -> None:
        """Refresh all servers at once; each answer is announced as it arrives."""
        await asyncio.gather(*(self.refresh_server(server) for server in self._servers.enabled()))

    async def refresh_server(self, server: ServerConfig) -> None:
        """Refresh one server."""
        try:
            status, models = await self._connections.survey(server)
            state = ServerState(server, status, None, models)
        except ChatdeskError as error:
            state = ServerState(server, None, error)
        if self._servers.find(server.id) != server:
            return  # edited or removed meanwhile: the answer is for the old configuration
        self._states[server.id] = state
        self.changes.announce(ModelsChanged(server.id))

    def known_parameters(self, ref: ModelRef) -> frozenset[str]:
        """Return the names of the parameters that are sent to the model's server."""
        from chatdesk.providers.parameter_support import known_parameters  # noqa: PLC0415 - start-up time: two protocols

        server = self._servers.find(ref.server_id)
        if server is None:
            return frozenset()
        return known_parameters(server.protocol, server.wire_format, self._servers.vendor_of(server).quirks)

    async def describe(self, ref: ModelRef) -> Model | None:
        """Request and store what the server's list omits (Ollama: the model's own context; older versions: its capabilities)."""
        state = self._states.get(ref.server_id)
        known = self.find(ref)
        if state is None or known is None or (known.described and known.capabilities is not None):
            return known
        try:
            described = await self._connections.describe(state.server, ref.model_id)
        except ChatdeskError:
            return known
        self._update_models(
            ref.server_id, lambda model: replace(described, load=model.load, loaded=model.loaded), only=ref
        )
        return self.find(ref)

    async def inspect(self, ref: ModelRef) -> "ModelDetails | None":
        """Request the details that a model's server reports; they are not stored here. None if there are none. Raises a `ServerError`."""
        state = self._states.get(ref.server_id)
        return await self._connections.inspect(state.server, ref.model_id) if state else None

    async def refresh_loaded_models(self, server_id: str) -> None:
        """Refresh which of a server's models are in its memory, and until when. If the server does not report it, nothing changes."""
        state = self._states.get(server_id)
        if state is None or not state.server.manages_models:
            return
        try:
            loads = await self._connections.loads(state.server)
        except ChatdeskError:
            return
        if loads is not None:
            self._update_models(server_id, lambda model: _in_memory(model, loads))

    async def unload(self, ref: ModelRef) -> bool:
        """Unload a model from its server's memory. Return False if the server cannot do this. Raises a `ServerError`."""
        state = self._states.get(ref.server_id)
        if state is None or not await self._connections.unload(state.server, ref.model_id):
            return False
        self._update_models(ref.server_id, lambda model: replace(model, load=None, loaded=False), only=ref)
        return True

    def _without_hidden(self, state: ServerState) -> ServerState:
        models = tuple(model for model in state.models if model.ref not in self._hidden)
        return replace(state, models=models) if len(models) != len(state.models) else state

    def _update_models(self, server_id: str, changed: Callable[[Model], Model], only: ModelRef | None = None) -> None:
        """Change the current state of a server's models; announced only if something differs."""
        state = self._states.get(server_id)
        if state is None:
            return
        models = tuple(changed(model) if only is None or model.ref == only else model for model in state.models)
        if models != state.models:
            self._states[server_id] = replace(state, models=models)
            self.changes.announce(ModelsChanged(server_id))


def _in_memory(model: Model, loads: Mapping[str, ModelLoad]) -> Model:
    load = loads.get(model.ref.model_id)
    if (load is not None, load) == (model.loaded, model.load):
        return model  # hardly any of thousands of models changes
    return replace(model, loaded=load is not None, load=load)
