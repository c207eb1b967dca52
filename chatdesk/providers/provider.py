"""What every wire protocol can do. One file per protocol implements it; services know nothing else of them."""

from collections.abc import AsyncGenerator
from typing import Protocol, runtime_checkable

from chatdesk.kernel.chat.application import RemoteAnswer, SentFile
from chatdesk.kernel.chat.request import ChatRequest, Continuation
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.models.model import Model, ModelLoad
from chatdesk.kernel.servers.server import ServerStatus


class Provider(Protocol):
    """A server, spoken to in its own protocol. Every method raises a `domain.errors.ServerError` when it fails."""

    async def probe(self) -> ServerStatus:
        """Ask the cheapest question that proves the server is there and speaks the protocol."""
        ...

    async def list_models(self) -> tuple[Model, ...]:
        """Return what the server offers, in its own order."""
        ...

    async def describe(self, model_id: str) -> Model:
        """Return what the server knows of one model, more than the list says where it can."""
        ...

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return the models in the server's memory by their ids; None if it does not tell."""
        ...

    async def unload(self, model_id: str) -> bool:
        """Have a model put out of the server's memory; False where there is no way to."""
        ...

    def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the generator (or cancelling the task) closes the connection, which is what stops the server."""
        ...


@runtime_checkable
class ContinuesAnswers(Protocol):
    """A provider of a server that may go on from the last letter of an unfinished answer."""

    async def continuation(self, request: ChatRequest) -> Continuation | None:
        """Return how it is asked to go on from the last turn; None if it would begin a new message."""
        ...


@runtime_checkable
class ChecksKeys(Protocol):
    """A provider that can tell whether its key is accepted without asking a model anything."""

    async def check_key(self) -> None:
        """Raise `KeyRejected` if it is not."""
        ...


@runtime_checkable
class ProposesQuestions(Protocol):
    """A provider of an application that proposes what to say next, when it is asked after an answer."""

    async def follow_ups(self, answer: RemoteAnswer) -> tuple[str, ...]:
        """Return what it proposes."""
        ...


@runtime_checkable
class TakesFiles(Protocol):
    """A provider of an application that takes files of its form before it is asked."""

    async def send_file(self, name: str, data: bytes, kinds: tuple[str, ...]) -> SentFile:
        """Send a file and return where it is there. `kinds` are those the form takes."""
        ...
