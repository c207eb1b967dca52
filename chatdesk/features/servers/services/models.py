"""What models there are: asks every server, remembers the answers, and says which one to begin with.

Which servers there are is `servers.py`; how one is asked is `connections.py`.
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
from chatdesk.kernel.models.model import LATEST, Model, ModelLoad, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus, can_be_started

if TYPE_CHECKING:
    from chatdesk.kernel.models.model import ModelDetails


@dataclass(frozen=True, slots=True)
class ServerState:
    """What is known of a server: None = not asked yet. Exactly one of `status` and `error` is set once it was."""

    server: ServerConfig
    status: ServerStatus | None = None
    error: ChatdeskError | None = None
    models: tuple[Model, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    """A server answered, failed, came or went."""

    server_id: str


class Models:
    """The models of all servers that are switched on."""

    def __init__(self, servers: Servers, connections: Connections) -> None:
        self.changes: Announcer[ModelsChanged] = Announcer()
        self._servers = servers
        self._connections = connections
        self._states: dict[str, ServerState] = {}
        self._aside: set[ModelRef] = set()
        """Models that are to be deleted, and are listed no longer."""

    @property
    def was_asked(self) -> bool:
        """Whether every server that is switched on has answered or failed."""
        return all(state.status or state.error for state in self.states())

    def states(self) -> tuple[ServerState, ...]:
        """Return every server that is switched on, with what is known of it, in the user's order."""
        known = (self._states.get(server.id) or ServerState(server) for server in self._servers.enabled())
        return tuple(map(self._without_aside, known) if self._aside else known)

    def away(self) -> tuple[ServerConfig, ...]:
        """Return the local servers where nothing answered: they may be started at any moment, and asking costs nothing."""
        return tuple(
            state.server
            for state in self.states()
            if isinstance(state.error, ServerUnreachable)
            and can_be_started(state.server, self._servers.vendor_of(state.server))
        )

    def all(self) -> tuple[Model, ...]:
        """Return every model of every server that answered."""
        return tuple(model for state in self.states() for model in state.models)

    def find(self, ref: ModelRef) -> Model | None:
        """Return what is known of a model, or None."""
        state = self._states.get(ref.server_id)
        if state is None or not any(server.id == ref.server_id for server in self._servers.enabled()):
            return None
        return next((model for model in state.models if model.ref.model_id == ref.model_id), None)

    def name_of(self, ref: ModelRef) -> str:
        """Return what a server calls a model in its list, also where it is not listed yet, or no longer."""
        if model := self.find(ref):
            return model.name
        server = self._servers.find(ref.server_id)
        is_ollama = server is not None and server.manages_models
        return ref.model_id.removesuffix(LATEST) if is_ollama else ref.model_id

    def set_aside(self, ref: ModelRef) -> None:
        """List a model no longer, although its server has it still."""
        self._aside.add(ref)
        self.changes.announce(ModelsChanged(ref.server_id))

    def bring_back(self, ref: ModelRef) -> None:
        """List a model again that was set aside."""
        self._aside.discard(ref)
        self.changes.announce(ModelsChanged(ref.server_id))

    def forget(self, ref: ModelRef) -> None:
        """Know nothing more of a model that its server has no longer."""
        self._aside.discard(ref)
        if state := self._states.get(ref.server_id):
            models = tuple(model for model in state.models if model.ref != ref)
            self._states[ref.server_id] = replace(state, models=models)

    async def refresh(self) -> None:
        """Ask all servers at once; each answer is announced when it comes."""
        await asyncio.gather(*(self.refresh_server(server) for server in self._servers.enabled()))

    async def refresh_server(self, server: ServerConfig) -> None:
        """Ask one server."""
        try:
            status, models = await self._connections.survey(server)
            state = ServerState(server, status, None, models)
        except ChatdeskError as error:
            state = ServerState(server, None, error)
        if self._servers.find(server.id) != server:
            return  # edited or removed meanwhile: this is the answer to another question
        self._states[server.id] = state
        self.changes.announce(ModelsChanged(server.id))

    def known_parameters(self, ref: ModelRef) -> frozenset[str]:
        """Return the names of the parameters that the model's server is sent."""
        from chatdesk.providers.parameter_support import known_parameters  # noqa: PLC0415 - start-up time: two protocols

        server = self._servers.find(ref.server_id)
        if server is None:
            return frozenset()
        return known_parameters(server.protocol, server.wire_format, self._servers.vendor_of(server).quirks)

    async def describe(self, ref: ModelRef) -> Model | None:
        """Ask the server for what its list leaves out (Ollama: the model's own context; an older one's capabilities), and remember it."""
        state = self._states.get(ref.server_id)
        known = self.find(ref)
        if state is None or known is None or (known.described and known.capabilities is not None):
            return known
        try:
            described = await self._connections.describe(state.server, ref.model_id)
        except ChatdeskError:
            return known
        self._change(ref.server_id, lambda model: replace(described, load=model.load, loaded=model.loaded), only=ref)
        return self.find(ref)

    async def inspect(self, ref: ModelRef) -> "ModelDetails | None":
        """Ask for all that a model's server tells of it; nothing of it is kept here. None if it tells no more. Raises a `ServerError`."""
        state = self._states.get(ref.server_id)
        return await self._connections.inspect(state.server, ref.model_id) if state else None

    async def look_into_memory(self, server_id: str) -> None:
        """Ask which of a server's models are in its memory, and until when; a server that does not tell changes nothing."""
        state = self._states.get(server_id)
        if state is None or not state.server.manages_models:
            return
        try:
            loads = await self._connections.loads(state.server)
        except ChatdeskError:
            return
        if loads is not None:
            self._change(server_id, lambda model: _in_memory(model, loads))

    async def unload(self, ref: ModelRef) -> bool:
        """Have a model put out of its server's memory; False where there is no way to. Raises a `ServerError`."""
        state = self._states.get(ref.server_id)
        if state is None or not await self._connections.unload(state.server, ref.model_id):
            return False
        self._change(ref.server_id, lambda model: replace(model, load=None, loaded=False), only=ref)
        return True

    def _without_aside(self, state: ServerState) -> ServerState:
        models = tuple(model for model in state.models if model.ref not in self._aside)
        return replace(state, models=models) if len(models) != len(state.models) else state

    def _change(self, server_id: str, changed: Callable[[Model], Model], only: ModelRef | None = None) -> None:
        """Change what is known of a server's models, as it stands by now; told only if anything is different."""
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
        return model  # of thousands hardly any is another than before
    return replace(model, loaded=load is not None, load=load)
