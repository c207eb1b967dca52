"""What models there are: asks every server, remembers the answers, and says which one to begin with.

Which servers there are is `servers.py`; how one is asked is `connections.py`.
"""

import asyncio
from dataclasses import dataclass

from chatdesk.domain.errors import ChatdeskError, ServerUnreachable
from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.server import ServerConfig, ServerStatus, can_be_started
from chatdesk.services.announcer import Announcer
from chatdesk.services.connections import Connections
from chatdesk.services.servers import Servers


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

    @property
    def was_asked(self) -> bool:
        """Whether every server that is switched on has answered or failed."""
        return all(state.status or state.error for state in self.states())

    def states(self) -> tuple[ServerState, ...]:
        """Return every server that is switched on, with what is known of it, in the person's order."""
        return tuple(self._states.get(server.id) or ServerState(server) for server in self._servers.enabled())

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
        return next((model for model in self.all() if model.ref == ref), None)

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

    async def describe(self, ref: ModelRef) -> Model | None:
        """Ask the server for what its list leaves out (an older Ollama's capabilities), and remember it."""
        state = self._states.get(ref.server_id)
        known = self.find(ref)
        if state is None or known is None or known.capabilities is not None:
            return known
        try:
            described = await self._connections.describe(state.server, ref.model_id)
        except ChatdeskError:
            return known
        models = tuple(described if model.ref == ref else model for model in state.models)
        self._states[ref.server_id] = ServerState(state.server, state.status, None, models)
        self.changes.announce(ModelsChanged(ref.server_id))
        return described
