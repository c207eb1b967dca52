"""How much context models are asked for. The rule itself is `kernel/context/context_size.py`; here is what it needs to know.

What was asked for by itself is kept (`stored_contexts.py`): a model is loaded again once, not for every chat, nor after every start.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Protocol as Shape

from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.context.context_size import ContextBudget, context_budget, context_to_ask_for
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ServerConfig

if TYPE_CHECKING:
    from chatdesk.features.models.services.stored_contexts import StoredContexts
    from chatdesk.kernel.models.machine import Machine
    from chatdesk.storage.files.json_file import JsonFile

_AROUND_A_TURN = 5
"""Tokens that chat templates put around each."""
_OF_A_PICTURE = 1280
"""Tokens; most models take no more."""
_READING_SECONDS = 10.0


class ContextBudgets(Shape):
    """How much context a model has, as those who ask it see it. The real one is `Contexts`."""

    def room(self, ref: ModelRef, parameters: Parameters) -> ContextBudget:
        """Return how much a model has with these parameters, as far as is known."""
        ...

    async def prepare(self, ref: ModelRef) -> None:
        """Learn of a model what its room depends on."""
        ...

    async def look_at_memory(self, ref: ModelRef) -> None:
        """Learn how much memory there is where the model runs: asked before a larger context is taken."""
        ...


class Contexts:
    """One per program; `close` it. `wanted` tells what the user chose for a model; `read_machine` blocks, and is called on a thread.

    `file` remembers what models have grown to.
    """

    def __init__(
        self,
        models: Models,
        servers: Servers,
        wanted: Callable[[ModelRef], int | None],
        read_machine: "Callable[[], Machine]",
        file: "JsonFile | None" = None,
    ) -> None:
        self._models = models
        self._servers = servers
        self._wanted = wanted
        self._read_machine = read_machine
        self._machine: Machine | None = None
        self._file = file
        self._kept: StoredContexts | None = None
        """Made when it is first asked."""
        self._too_large: dict[ModelRef, int] = {}
        """The smallest size for which a server had not enough memory."""

    def room(self, ref: ModelRef, parameters: Parameters) -> ContextBudget:
        """Return how much context a model has with these parameters, and what it could have."""
        server = self._servers.find(ref.server_id)
        if server is None:
            return ContextBudget()
        model = self._models.find(ref)
        wanted = parameters.num_ctx or self._wanted(ref)
        kept = self._kept.tokens(ref, model.digest) if self._kept and model else 0
        return context_budget(model, server.protocol, wanted, kept, self._judge(server, model))

    async def prepare(self, ref: ModelRef) -> None:
        """Ask the server what its list leaves out of the model, once, and what it is loaded with; and what it had grown to.

        That is forgotten where the user has chosen a size.
        """
        server = self._servers.find(ref.server_id)
        if server is not None and server.protocol.takes_context_size:
            kept = self._stored_contexts()
            await kept.load()
            if self._wanted(ref) is not None:
                kept.forget(ref)
            await self._models.describe(ref)
            await self._models.look_into_memory(ref.server_id)

    async def look_at_memory(self, ref: ModelRef) -> None:
        """Read how much memory this machine has, if the model runs on it."""
        server = self._servers.find(ref.server_id)
        if server is None or not server.is_on_this_machine:
            return
        try:
            self._machine = await run_in_daemon_thread(self._read_machine, "machine", _READING_SECONDS)
        except TimeoutError:
            return

    async def sized(self, ref: ModelRef, request: ChatRequest) -> ChatRequest:
        """Return the request with the context it needs, where nobody has said how much it shall have."""
        if request.parameters.num_ctx is not None:
            return request
        await self.prepare(ref)
        room = self.room(ref, request.parameters)
        if room.to_ask is None:
            return request
        tokens, most = estimated_tokens(request), request.parameters.max_tokens
        if room.must_grow_for(tokens, most):
            await self.look_at_memory(ref)
            room = self.room(ref, request.parameters).grown_for(tokens, most)
        return replace(request, parameters=replace(request.parameters, num_ctx=room.to_ask), grows=room.grows)

    async def larger_for(self, ref: ModelRef, request: ChatRequest, tokens: int | None) -> int | None:
        """Return the smallest size above that of the request that holds so many tokens (None: the next one); None if there is none."""
        parameters = request.parameters
        now = parameters.num_ctx
        if not request.grows or now is None:
            return None
        await self.look_at_memory(ref)
        room = self.room(ref, replace(parameters, num_ctx=None)).with_size(now)
        return room.enough_for(tokens, parameters.max_tokens) if tokens else next(iter(room.larger), None)

    def grown(self, ref: ModelRef, request: ChatRequest) -> int | None:
        """Return the size of a request that nobody chose, if it is more than the model had; None if not."""
        size = request.parameters.num_ctx
        if not request.grows or size is None:
            return None
        had = self.room(ref, replace(request.parameters, num_ctx=None)).to_ask or 0
        return size if size > had else None

    def keep(self, ref: ModelRef, request: ChatRequest) -> None:
        """Ask for no less the next time: a model answers with a size that nobody chose."""
        size = request.parameters.num_ctx
        model = self._models.find(ref)
        if request.grows and size is not None and model is not None:
            has_grown = size > context_to_ask_for(replace(model, load=None), None)
            self._stored_contexts().keep(ref, model.digest, size, on_disk=has_grown)

    def note_too_large(self, ref: ModelRef, request: ChatRequest) -> None:
        """Note that a server had not enough memory for a size that nobody had chosen; it is not taken again."""
        size = request.parameters.num_ctx
        if request.grows and size is not None:
            self._stored_contexts().forget(ref)
            self._too_large[ref] = min(size, self._too_large.get(ref, size))

    async def close(self) -> None:
        """Write what is not written yet."""
        if self._kept:
            await self._kept.close()

    def _stored_contexts(self) -> "StoredContexts":
        from chatdesk.features.models.services.stored_contexts import (  # noqa: PLC0415 - start-up time: when a model is asked
            StoredContexts,
        )

        self._kept = self._kept or StoredContexts(self._file)
        return self._kept

    def _judge(self, server: ServerConfig, model: Model | None) -> Callable[[int], bool]:
        """Return what tells whether memory allows a size; it does where nobody knows, for the server will say."""
        if model is None:
            return lambda _size: False
        failed = self._too_large.get(model.ref)
        machine = self._machine if server.is_on_this_machine else None
        architecture, weights = model.architecture, model.size_bytes
        if machine is None or architecture is None or not weights:
            return lambda size: failed is None or size < failed
        from chatdesk.features.models.domain.model_fit import Verdict, fit_of  # noqa: PLC0415 - likewise
        from chatdesk.kernel.models.memory_need import (  # noqa: PLC0415 - start-up time: seldom needed
            kv_cache_bytes,
            memory_need,
        )

        emptied = self._without_what_is_loaded(machine, server.id)

        def allows(size: int) -> bool:
            if failed is not None and size >= failed:
                return False
            fit = fit_of(memory_need(weights, kv_cache_bytes(architecture, size)), emptied)
            return fit.verdict is not Verdict.TOO_LARGE and not fit.must_make_room

        return allows

    def _without_what_is_loaded(self, machine: "Machine", server_id: str) -> "Machine":
        """Return the machine as it is when the server has let go of its models, which it does for one that needs the memory."""
        if machine.memory_free is None:
            return machine
        state = next((state for state in self._models.states() if state.server.id == server_id), None)
        loads = [model.load for model in state.models if model.load] if state else []
        loaded = sum((load.size_bytes or 0) - (load.graphics_bytes or 0) for load in loads)
        return replace(machine, memory_free=machine.memory_free + max(0, loaded))


def estimated_tokens(request: ChatRequest) -> int:
    """Return about how many tokens a request is."""
    words = sum(estimate_tokens(turn.text) + _AROUND_A_TURN for turn in request.turns)
    return words + _OF_A_PICTURE * sum(len(turn.pictures) for turn in request.turns)
