"""Context lengths to request for models. `kernel/context/context_size.py` has the rule; this module collects its inputs.

Context lengths that were increased automatically are stored (`stored_contexts.py`), so that a model is reloaded once instead of for every
chat or after every start.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Protocol as Shape

from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.context.context_size import ContextBudget, context_budget, requested_context_length
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ServerConfig

if TYPE_CHECKING:
    from chatdesk.features.models.services.stored_contexts import StoredContexts
    from chatdesk.kernel.models.machine import Machine
    from chatdesk.storage.files.json_file import JsonFile

_TURN_OVERHEAD = 5
"""Tokens that chat templates add around each turn."""
_PICTURE_TOKENS = 1280
"""Tokens of a picture; most models use no more."""
_READ_TIMEOUT = 10.0


class ContextBudgets(Shape):
    """Provides the context budget of models. Implemented by `Contexts`."""

    def budget_of(self, ref: ModelRef, parameters: Parameters) -> ContextBudget:
        """Return the context budget of a model with the parameters, as far as known."""
        ...

    async def prepare(self, ref: ModelRef) -> None:
        """Request the facts about a model that its budget depends on."""
        ...

    async def inspect_memory(self, ref: ModelRef) -> None:
        """Inspect the memory of the machine that runs the model, before its context is increased."""
        ...


class Contexts:
    """Context budgets of all models. One per program; `close` it at the end.

    `wanted` returns the user's choice for a model (None for none); `read_machine` blocks, and runs on a thread. `file` stores increased
    context lengths.
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
        self._stored: StoredContexts | None = None
        """Created on first use."""
        self._too_large: dict[ModelRef, int] = {}
        """The smallest context length for which a server had too little memory, by model."""

    def budget_of(self, ref: ModelRef, parameters: Parameters) -> ContextBudget:
        """Return the current and possible context lengths of a model with the parameters."""
        server = self._servers.find(ref.server_id)
        if server is None:
            return ContextBudget()
        model = self._models.find(ref)
        wanted = parameters.num_ctx or self._wanted(ref)
        stored = self._stored.tokens(ref, model.digest) if self._stored and model else 0
        return context_budget(model, server.protocol, wanted, stored, self._memory_check(server, model))

    async def prepare(self, ref: ModelRef) -> None:
        """Request what the server's list omits about a model, once, and its loaded context; and load its stored context length.

        A stored one is removed if the user has chosen a context length.
        """
        server = self._servers.find(ref.server_id)
        if server is not None and server.protocol.accepts_context_size:
            stored = self._stored_contexts()
            await stored.load()
            if self._wanted(ref) is not None:
                stored.forget(ref)
            await self._models.describe(ref)
            await self._models.refresh_loaded_models(ref.server_id)

    async def inspect_memory(self, ref: ModelRef) -> None:
        """Inspect the memory of this machine, if the model runs on it."""
        server = self._servers.find(ref.server_id)
        if server is None or not server.is_on_this_machine:
            return
        try:
            self._machine = await run_in_daemon_thread(self._read_machine, "machine", _READ_TIMEOUT)
        except TimeoutError:
            return

    async def with_context_size(self, ref: ModelRef, request: ChatRequest) -> ChatRequest:
        """Return the request with the context length it needs, unless one is set."""
        if request.parameters.num_ctx is not None:
            return request
        await self.prepare(ref)
        budget = self.budget_of(ref, request.parameters)
        if budget.requested_length is None:
            return request
        tokens, maximum = estimated_tokens(request), request.parameters.max_tokens
        if budget.must_grow_for(tokens, maximum):
            await self.inspect_memory(ref)
            budget = self.budget_of(ref, request.parameters).grown_for(tokens, maximum)
        return replace(
            request, parameters=replace(request.parameters, num_ctx=budget.requested_length), grows=budget.grows
        )

    async def larger_context(self, ref: ModelRef, request: ChatRequest, tokens: int | None) -> int | None:
        """Return the next larger context length that holds `tokens` (None: any larger one); None if there is none."""
        parameters = request.parameters
        now = parameters.num_ctx
        if not request.grows or now is None:
            return None
        await self.inspect_memory(ref)
        budget = self.budget_of(ref, replace(parameters, num_ctx=None)).with_size(now)
        return budget.enough_for(tokens, parameters.max_tokens) if tokens else next(iter(budget.larger), None)

    def increased_size(self, ref: ModelRef, request: ChatRequest) -> int | None:
        """Return the automatic context length of a request if it is larger than before; otherwise None."""
        size = request.parameters.num_ctx
        if not request.grows or size is None:
            return None
        previous = self.budget_of(ref, replace(request.parameters, num_ctx=None)).requested_length or 0
        return size if size > previous else None

    def store_size(self, ref: ModelRef, request: ChatRequest) -> None:
        """Store an automatic context length with which a model answered, so that no less is requested the next time."""
        size = request.parameters.num_ctx
        model = self._models.find(ref)
        if request.grows and size is not None and model is not None:
            has_grown = size > requested_context_length(replace(model, load=None), None)
            self._stored_contexts().save(ref, model.digest, size, on_disk=has_grown)

    def note_too_large(self, ref: ModelRef, request: ChatRequest) -> None:
        """Record that a server had too little memory for an automatic context length, so that it is not used again."""
        size = request.parameters.num_ctx
        if request.grows and size is not None:
            self._stored_contexts().forget(ref)
            self._too_large[ref] = min(size, self._too_large.get(ref, size))

    async def close(self) -> None:
        """Write pending changes."""
        if self._stored:
            await self._stored.close()

    def _stored_contexts(self) -> "StoredContexts":
        from chatdesk.features.models.services.stored_contexts import (  # noqa: PLC0415 - start-up time: when a model is asked
            StoredContexts,
        )

        self._stored = self._stored or StoredContexts(self._file)
        return self._stored

    def _memory_check(self, server: ServerConfig, model: Model | None) -> Callable[[int], bool]:
        """Return a function that returns whether memory allows a context length; True if unknown, since the server will report failure."""
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

        emptied = self._without_loaded_models(machine, server.id)

        def allows(size: int) -> bool:
            if failed is not None and size >= failed:
                return False
            fit = fit_of(memory_need(weights, kv_cache_bytes(architecture, size)), emptied)
            return fit.verdict is not Verdict.TOO_LARGE and not fit.needs_free_memory

        return allows

    def _without_loaded_models(self, machine: "Machine", server_id: str) -> "Machine":
        """Return the machine's memory without the server's loaded models, which the server unloads if a model needs the memory."""
        if machine.memory_free is None:
            return machine
        state = next((state for state in self._models.states() if state.server.id == server_id), None)
        loads = [model.load for model in state.models if model.load] if state else []
        loaded = sum((load.size_bytes or 0) - (load.graphics_bytes or 0) for load in loads)
        return replace(machine, memory_free=machine.memory_free + max(0, loaded))


def estimated_tokens(request: ChatRequest) -> int:
    """Return the estimated number of tokens of a request."""
    text_tokens = sum(estimate_tokens(turn.text) + _TURN_OVERHEAD for turn in request.turns)
    return text_tokens + _PICTURE_TOKENS * sum(len(turn.pictures) for turn in request.turns)
