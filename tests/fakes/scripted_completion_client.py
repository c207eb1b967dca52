"""A stand-in for `services.completion_client.CompletionClient`.

Yields what the test scripted, batch by batch, and remembers what it was asked.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field

from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import Finished, StreamEvent, TextDelta
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef

Step = StreamEvent | ChatdeskError | asyncio.Event
"""An event to yield, an error to raise, or something to wait for."""


@dataclass
class ScriptedCompletionClient:
    """Each call of `stream` takes the next script; without one the answer is "Yes."."""

    is_application: bool = False
    requests: list[ChatRequest] = field(default_factory=list)
    closed: int = 0
    _scripts: list[tuple[Step, ...]] = field(default_factory=list)

    def script(self, *steps: Step) -> None:
        self._scripts.append(steps)

    def says(self, *pieces: str) -> None:
        self.script(*(TextDelta(piece) for piece in pieces), Finished(FinishReason.STOP))

    def stores_conversations(self, model: ModelRef) -> bool:
        return self.is_application

    async def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        self.requests.append(request)
        steps: Iterable[Step] = (
            self._scripts.pop(0) if self._scripts else (TextDelta("Yes."), Finished(FinishReason.STOP))
        )
        try:
            for step in steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, asyncio.Event):
                    await step.wait()
                else:
                    yield (step,)
                await asyncio.sleep(0)
        finally:
            self.closed += 1
