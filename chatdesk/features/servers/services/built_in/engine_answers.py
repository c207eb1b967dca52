"""An answer of the built-in engine. If the graphics card fails before the first token, the question is asked again without it.

`server.py` decides how much of the model runs on the graphics card then.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from chatdesk.engine.engine import EngineAddress
from chatdesk.features.servers.domain.graphics_fallback import SILENCE
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.chat.stream_events import AnswerStageChanged, StreamEvent, ThinkingChanged
from chatdesk.kernel.errors.base import AnswerEndedEarly, ConnectionLost, ServerFailed, ServerUnreachable
from chatdesk.kernel.errors.engine_errors import EngineStopped

Batch = tuple[StreamEvent, ...]

_PRELIMINARY_EVENTS = (AnswerStageChanged, ThinkingChanged)
"""Events that precede the model's output."""


async def engine_answer(
    built_in: BuiltIn, model_id: str, ask: Callable[[EngineAddress], AsyncGenerator[Batch, None]]
) -> AsyncGenerator[Batch, None]:
    """Yield the stages of starting a model, then the answer that `ask` requests. Raises an `EngineError` or `ServerError`."""
    while True:
        has_begun = False
        try:
            async with aclosing(_answer(built_in, model_id, ask)) as batches:
                async for batch in batches:
                    has_begun = has_begun or _has_output(batch)
                    yield batch
        except EngineStopped as error:
            if not await built_in.step_down(model_id, error) or has_begun:
                raise
        else:
            return


async def _answer(
    built_in: BuiltIn, model_id: str, ask: Callable[[EngineAddress], AsyncGenerator[Batch, None]]
) -> AsyncGenerator[Batch, None]:
    async with aclosing(built_in.run_for_answer(model_id)) as steps:
        async for step in steps:
            if isinstance(step, AnswerStageChanged):
                yield (step,)
                continue
            answer = ask(step)
            if built_in.uses_graphics(model_id):
                answer = _limited(answer, built_in.silent_seconds)
            try:
                async with aclosing(answer) as batches:
                    async for batch in batches:
                        yield batch
            except (ConnectionLost, AnswerEndedEarly, ServerUnreachable) as error:
                raise await built_in.explain(error) from error
            except ServerFailed as error:
                raise built_in.graphics_failure(model_id) or error from error


async def _limited(answer: AsyncGenerator[Batch, None], seconds: float) -> AsyncGenerator[Batch, None]:
    """Yield the answer. Raises `EngineStopped` if neither progress nor the first token comes for so many seconds."""
    has_begun = False
    async with aclosing(answer) as batches:
        while True:
            try:
                async with asyncio.timeout(None if has_begun else seconds):
                    batch = await anext(batches)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise EngineStopped(detail=SILENCE) from error
            has_begun = has_begun or _has_output(batch)
            yield batch


def _has_output(batch: Batch) -> bool:
    return not all(isinstance(event, _PRELIMINARY_EVENTS) for event in batch)
