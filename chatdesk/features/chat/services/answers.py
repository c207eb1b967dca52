"""Asks models with a context large enough for the request, for all callers: chats, batches, the translator, the command line.

A `CompletionClient`. `connections.py` asks the servers; `model_contexts.py` determines context sizes.
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
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
)
from chatdesk.kernel.errors.base import ContextTooLong, MemoryExceeded, ServerFailed
from chatdesk.kernel.models.model import ModelRef


class CompletionClient(Protocol):
    """The interface for asking a model; `connections.py` has the implementation that asks servers."""

    def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches; closing the generator stops the server. Raises `ServerError` or `EngineError`."""
        ...

    def stores_conversations(self, model: ModelRef) -> bool:
        """Return whether the model is an application that stores the conversation under an id of its own."""
        ...


Batch = tuple[StreamEvent, ...]


async def write_text(
    completion_client: CompletionClient, model: ModelRef, request: ChatRequest, text: list[str]
) -> AsyncGenerator[Batch, None]:
    """Let a model write something that no chat shows: append what it writes to `text`, and pass on the events.

    Raises what the model's server raises.
    """
    async with aclosing(completion_client.stream(model, request)) as batches:
        async for batch in batches:
            for event in batch:
                if isinstance(event, TextDelta):
                    text.append(event.text)
                elif isinstance(event, TextWasReasoning | TextRetracted):
                    text.clear()
            yield batch


_PRELIMINARY_EVENTS = (AnswerStageChanged, ThinkingChanged, PromptTokensCounted)
_MAX_COUNT_RATIO = 3
"""The maximum ratio of a server's token count to our estimate. A larger count belongs to another request."""


class Answers:
    """A completion client that chooses the context size. One per program."""

    def __init__(self, completion_client: CompletionClient, contexts: Contexts) -> None:
        self._completion_client = completion_client
        self._contexts = contexts

    def stores_conversations(self, model: ModelRef) -> bool:
        """Return whether the model is an application that stores the conversation under an id of its own."""
        return self._completion_client.stores_conversations(model)

    async def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[Batch, None]:
        """Stream one answer.

        Unless the user set a context size, the smallest sufficient one is used; a larger one is reported first.

        Raises `ServerError` or `EngineError`, and `ContextTooLong` only if the refusal is about this request.
        """
        request = await self._contexts.with_context_size(model, request)
        while True:
            has_begun = False
            if grown := self._contexts.increased_size(model, request):
                yield (ContextGrown(grown),)
            try:
                async with aclosing(self._completion_client.stream(model, request)) as batches:
                    async for batch in batches:
                        if not has_begun and not all(isinstance(event, _PRELIMINARY_EVENTS) for event in batch):
                            has_begun = True
                            self._contexts.store_size(model, request)
                        yield batch
            except ContextTooLong as refusal:
                if has_begun or not _is_plausible(refusal, request):
                    raise ServerFailed(refusal.server, refusal.address, 0, refusal.detail) from refusal
                size = await self._contexts.larger_context(model, request, refusal.prompt_tokens)
                if size is None:
                    raise
                request = replace(request, parameters=replace(request.parameters, num_ctx=size))
            except MemoryExceeded:
                self._contexts.note_too_large(model, request)
                raise
            else:
                return


def _is_plausible(refusal: ContextTooLong, request: ChatRequest) -> bool:
    """Return whether a refusal can be about this request: some servers repeat the last error of a log, which may be about another one."""
    counted = refusal.prompt_tokens
    return counted is None or counted <= _MAX_COUNT_RATIO * estimated_tokens(request)
