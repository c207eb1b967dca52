"""Where answers come from, as those who ask see it. The real one is `connections.py`."""

from collections.abc import AsyncGenerator
from typing import Protocol

from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.models.model import ModelRef


class Answerer(Protocol):
    """Asks a model."""

    def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches; closing it stops the server. Raises ServerError or EngineError."""
        ...

    def keeps_conversations(self, model: ModelRef) -> bool:
        """Whether it is an application that remembers what was said under an id of its own."""
        ...
