"""Models that make vectors of the meaning of texts: files that the built-in engine can run, and models of servers on this computer.

The engine runs such a model in a process of its own, because a process with a chat's model cannot do both. It ends soon after its last use.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers
from chatdesk.kernel.documents.embedding import Vector, is_embedding_name, prompts_of
from chatdesk.kernel.errors.base import ContextTooLong, ModelNotFound, RequestRefused, ServerFailed
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.declarations import FIND_PASSAGES_BY
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.embeddings import embed
from chatdesk.providers.server_api import ServerApi

if TYPE_CHECKING:
    from chatdesk.engine.engine import BuiltInEngine, EngineAddress

WORDS = "words"
"""Value of the setting: only words are searched for."""
AUTOMATIC = "automatic"
"""Value of the setting: with a model if there is one that certainly keeps texts on this computer."""
_SEPARATOR = ":"
_PROTOCOLS = frozenset({ServerProtocol.OLLAMA, ServerProtocol.OPENAI})
_IDLE_SECONDS = 120.0
_CONTEXT = 2_048
"""Maximum tokens of a text for the engine. Passages have about 250."""
_LONGEST_TEXT = 4_000
"""In characters."""
_HALVINGS = 3
"""How often texts that are too long for a model are cut in half."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model that makes vectors."""

    ref: ModelRef
    name: str
    """To show to the user."""
    version: str = ""
    """Changes with the content of the model, if that is known."""
    is_certainly_local: bool = True
    """False if its server may forward texts to another computer."""

    @property
    def value(self) -> str:
        """The value of the setting that chooses it."""
        return f"{self.ref.server_id}{_SEPARATOR}{self.ref.model_id}"


class Embedders:
    """All models that make vectors. One per program; `close` it. `make_engine` returns an engine that runs such a model only."""

    def __init__(
        self,
        settings: Settings,
        servers: Servers,
        models: Models,
        files: ModelFiles,
        connections: Connections,
        make_engine: "Callable[[], BuiltInEngine]",
        network: NetworkThread,
        http: Lazy[HttpClient],
    ) -> None:
        self.changes = models.changes
        """Announces what may change the models."""
        self._settings = settings
        self._servers = servers
        self._models = models
        self._files = files
        self._connections = connections
        self._make_engine = make_engine
        self._network = network
        self._http = http
        self._engine: BuiltInEngine | None = None
        self._requests = 0
        """Number of requests to the engine in progress."""
        self._ending: asyncio.TimerHandle | None = None
        self._stopping: asyncio.Task[None] | None = None

    def models(self) -> tuple[EmbeddingModel, ...]:
        """Return the models that are known to be here: those of the built-in engine first."""
        found = (
            EmbeddingModel(
                model.ref,
                f"{model.name} ({state.server.name})",
                model.digest or str(model.size_bytes or ""),
                self._servers.vendor_of(state.server).local,
            )
            for state in self._models.states()
            if state.server.is_built_in or (state.server.protocol in _PROTOCOLS and state.server.is_on_this_machine)
            for model in state.models
            if _makes_vectors(model)
        )
        return tuple(sorted(found, key=lambda model: model.ref.server_id != BUILT_IN_ID))

    def automatic(self) -> EmbeddingModel | None:
        """Return the model that is used unless the user chooses one; None if there is none that certainly keeps texts here."""
        return next((model for model in self.models() if model.is_certainly_local), None)

    def chosen(self) -> "ModelEmbedder | None":
        """Return the model to use; None if passages are found by words only."""
        value = self._settings.get(FIND_PASSAGES_BY)
        wanted = (model for model in self.models() if model.value == value)
        model = self.automatic() if value == AUTOMATIC else next(wanted, None)
        return ModelEmbedder(model, partial(self._ask, model.ref)) if model else None

    async def close(self) -> None:
        """Stop the engine."""
        if self._ending:
            self._ending.cancel()
        if self._engine:
            await self._engine.stop()

    async def _ask(self, ref: ModelRef, texts: Sequence[str]) -> Sequence[Vector]:
        if ref.server_id == BUILT_IN_ID:
            return await self._ask_engine(ref.model_id, texts)
        state = next((state for state in self._models.states() if state.server.id == ref.server_id), None)
        if state is None:
            raise ModelNotFound(model=ref.model_id)
        return await self._ask_server(state.server, ref.model_id, texts)

    async def _ask_server(self, server: ServerConfig, model_id: str, texts: Sequence[str]) -> Sequence[Vector]:
        return await self._connections.with_api(server, LOCAL, lambda api: embed(api, server.protocol, model_id, texts))

    async def _ask_engine(self, model_id: str, texts: Sequence[str]) -> Sequence[Vector]:
        from chatdesk.engine.options import NEVER, EngineOptions  # noqa: PLC0415 - as the engine

        file = self._files.found.find(model_id)
        if file is None:
            raise ModelNotFound(model=model_id)
        engine = self._engine = self._engine or self._make_engine()
        tokens = min((file.head.trained_context if file.head else None) or _CONTEXT, _CONTEXT)
        options = EngineOptions(
            max(1, engine.options.cores // 2),  # an answer may be written meanwhile
            tokens,
            slots=1,
            idle_seconds=NEVER,
            name=file.id,
            is_embedder=True,
        )
        self._requests += 1
        try:
            address = await engine.ensure_running(file.path, options=options)
            return await self._network.call(lambda: self._embed(address, file.id, texts))
        finally:
            self._requests -= 1
            self._end_later()

    async def _embed(self, address: "EngineAddress", model_id: str, texts: Sequence[str]) -> Sequence[Vector]:
        endpoint = make_endpoint("llama.cpp", address.base_url, address.key)
        return await embed(ServerApi(endpoint, self._http.get(), LOCAL), ServerProtocol.OPENAI, model_id, texts)

    def _end_later(self) -> None:
        if self._ending:
            self._ending.cancel()
        self._ending = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._end)

    def _end(self) -> None:
        if self._engine and not self._requests:
            self._stopping = asyncio.ensure_future(self._engine.stop())


class ModelEmbedder:
    """A model as an `Embedder`."""

    def __init__(self, model: EmbeddingModel, ask: "Callable[[Sequence[str]], Awaitable[Sequence[Vector]]]") -> None:
        self.model = model
        self._ask = ask
        self._prompts = prompts_of(model.name)
        self.key = "\n".join(
            (model.value, model.version, self._prompts.question, self._prompts.passage, str(_LONGEST_TEXT))
        )

    async def of_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vectors of passages, in order. Raises a `ChatdeskError`."""
        return await self._of([self._prompts.passage + text[:_LONGEST_TEXT] for text in texts])

    async def of_question(self, text: str) -> Vector:
        """Return the vector of a question. Raises a `ChatdeskError`."""
        return (await self._of([self._prompts.question + text[:_LONGEST_TEXT]]))[0]

    async def _of(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return the vectors of texts. Those that are too long for the model are cut: servers answer them with various errors."""
        for _ in range(_HALVINGS):
            try:
                return await self._ask(texts)
            except (ContextTooLong, RequestRefused, ServerFailed):
                half = max(map(len, texts)) // 2
                texts = [text[:half] for text in texts]
        return await self._ask(texts)


def _makes_vectors(model: Model) -> bool:
    """Return whether a model of a server makes vectors; its name decides if the server does not say so."""
    if model.remote:
        return False
    if model.capabilities:
        return Capability.EMBEDDING in model.capabilities
    return is_embedding_name(model.ref.model_id)
