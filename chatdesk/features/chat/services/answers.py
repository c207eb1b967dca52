"""Asks models in a context that holds what is asked, whoever asks: a chat, a preset over many files, the translator, the command line.

An `CompletionClient`. How a server is asked is `connections.py`; which size is taken is `model_contexts.py`.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from chatdesk.features.models.services.model_contexts import Contexts, estimated_tokens
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import (
    AnswerStageChanged,
    ContextGrown,
    PromptTokensCounted,
    StreamEvent,
    ThinkingChanged,
)
from chatdesk.kernel.errors.base import ContextTooLong, MemoryExceeded, ServerFailed
from chatdesk.kernel.models.model import ModelRef

# Where answers come from, as those who ask see it. The real one is `connections.py`.


class CompletionClient(Protocol):
    """Asks a model."""

    def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches; closing it stops the server. Raises ServerError or EngineError."""
        ...

    def keeps_conversations(self, model: ModelRef) -> bool:
        """Whether it is an application that remembers what was said under an id of its own."""
        ...


Batch = tuple[StreamEvent, ...]

_BEFORE_THE_FIRST_TOKEN = (AnswerStageChanged, ThinkingChanged, PromptTokensCounted)
_MOST_COUNTED = 3
"""Tokens a server may count for each that we estimate. One that speaks of more speaks of another question."""


class Answers:
    """One per program."""

    def __init__(self, completion_client: CompletionClient, contexts: Contexts) -> None:
        self._completion_client = completion_client
        self._contexts = contexts

    def keeps_conversations(self, model: ModelRef) -> bool:
        """Whether it is an application that remembers what was said under an id of its own."""
        return self._completion_client.keeps_conversations(model)

    async def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[Batch, None]:
        """Stream one answer. Where nobody chose a context, the smallest that is enough is taken, and told when it is a larger one.

        Raises a `ServerError` or an `EngineError`; `ContextTooLong` only where the server means this question.
        """
        request = await self._contexts.sized(model, request)
        while True:
            has_begun = False
            if grown := self._contexts.grown(model, request):
                yield (ContextGrown(grown),)
            try:
                async with aclosing(self._completion_client.stream(model, request)) as batches:
                    async for batch in batches:
                        if not has_begun and not all(isinstance(event, _BEFORE_THE_FIRST_TOKEN) for event in batch):
                            has_begun = True
                            self._contexts.keep(model, request)
                        yield batch
            except ContextTooLong as refusal:
                if has_begun or not _is_believable(refusal, request):
                    raise ServerFailed(refusal.server, refusal.address, 0, refusal.detail) from refusal
                size = await self._contexts.larger_for(model, request, refusal.prompt_tokens)
                if size is None:
                    raise
                request = replace(request, parameters=replace(request.parameters, num_ctx=size))
            except MemoryExceeded:
                self._contexts.note_too_large(model, request)
                raise
            else:
                return


def _is_believable(refusal: ContextTooLong, request: ChatRequest) -> bool:
    """Whether a refusal can be of this question: some servers repeat the last error in a log, which may be of another one."""
    counted = refusal.prompt_tokens
    return counted is None or counted <= _MOST_COUNTED * estimated_tokens(request)
