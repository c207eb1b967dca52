"""The interface of all model providers. Each protocol implements it; services know nothing else of the protocols."""

from collections.abc import AsyncGenerator
from typing import Protocol, runtime_checkable

from chatdesk.kernel.chat.application import RemoteAnswer, SentFile
from chatdesk.kernel.chat.request import ChatRequest, Continuation
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.models.model import Model, ModelLoad
from chatdesk.kernel.servers.server import ServerStatus


class Provider(Protocol):
    """A server with its protocol. All methods raise a `kernel.errors` `ServerError` when they fail."""

    async def probe(self) -> ServerStatus:
        """Send the cheapest request that verifies that the server is available and speaks the protocol."""
        ...

    async def list_models(self) -> tuple[Model, ...]:
        """Return the available models in the server's order."""
        ...

    async def describe(self, model_id: str) -> Model:
        """Return the server's information about a model, more than in the list if possible."""
        ...

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return the loaded models by id; None if the server does not report them."""
        ...

    async def unload(self, model_id: str) -> bool:
        """Unload a model. Return False if that is not supported."""
        ...

    def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the generator (or cancelling the task) closes the connection, which stops the server."""
        ...


@runtime_checkable
class ContinuesAnswers(Protocol):
    """A provider that may continue an incomplete answer from its last character."""

    async def continuation(self, request: ChatRequest) -> Continuation | None:
        """Return how to continue the last turn; None if the model would start a new message."""
        ...


@runtime_checkable
class ChecksKeys(Protocol):
    """A provider that can verify its key without a request to a model."""

    async def check_key(self) -> None:
        """Raise `KeyRejected` if the key is not accepted, or `KeyMissing` if there is none and one is required."""
        ...


@runtime_checkable
class ProposesQuestions(Protocol):
    """A provider of an application that suggests follow-up questions after an answer."""

    async def follow_ups(self, answer: RemoteAnswer) -> tuple[str, ...]:
        """Return the suggested questions."""
        ...


@runtime_checkable
class AcceptsFiles(Protocol):
    """A provider of an application that accepts file uploads for its form."""

    async def send_file(self, name: str, data: bytes, kinds: tuple[str, ...]) -> SentFile:
        """Upload a file and return its reference. `kinds` are the file types accepted by the form."""
        ...
