"""Trial of a preset on a sample: one answer outside any chat that is not stored."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime

from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.request_builder import instructed_request
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
from chatdesk.kernel.errors.base import ChatdeskError, to_failure
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef


@dataclass(frozen=True, slots=True)
class Trial:
    """The answer so far. `stage` is the current stage before the first text; `finished` is set only on the last value."""

    text: str = ""
    reasoning: str = ""
    stage: AnswerStage | None = None
    seconds: float = 0.0
    tokens: int | None = None
    failure: Failure | None = None
    finished: bool = False


class PresetTrials:
    """Runs any number of trials at a time, each with its own stream."""

    def __init__(
        self,
        completion_client: CompletionClient,
        instruction_resolver: InstructionResolver,
        find_model: Callable[[ModelRef], Model | None],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._completion_client = completion_client
        self._instruction_resolver = instruction_resolver
        self._find_model = find_model
        self._now = now
        self._clock = clock

    async def run(self, preset: AppliedPreset, sample: str, model: ModelRef) -> AsyncGenerator[Trial, None]:
        """Yield the answer as it grows. Closing the generator stops the generation."""
        moment, started = self._now(), self._clock()
        resolved = self._instruction_resolver.instructions(preset, "", model, moment)
        message = preset.message_text(sample, self._instruction_resolver.facts(model, moment))
        known = self._find_model(model)
        can_think = known.can_think if known and known.capabilities is not None else None
        turns = (Turn(Role.USER, message),)
        request = instructed_request(model.model_id, turns, resolved, resolved.thinking, can_think)
        growing, stage = GrowingAnswer(), AnswerStage.CONNECTING
        failure: Failure | None = None
        try:
            async with aclosing(self._completion_client.stream(model, request)) as batches:
                async for batch in batches:
                    for event in batch:
                        growing.apply(event)
                        if isinstance(event, AnswerStageChanged):
                            stage = event.stage
                    yield self._snapshot(growing, stage, started)
        except ChatdeskError as error:
            failure = to_failure(error)
        yield self._snapshot(growing, None, started, failure, finished=True)

    def _snapshot(
        self,
        growing: GrowingAnswer,
        stage: AnswerStage | None,
        started: float,
        failure: Failure | None = None,
        *,
        finished: bool = False,
    ) -> Trial:
        usage = growing.usage
        return Trial(
            growing.text,
            growing.reasoning,
            None if growing.has_text else stage,
            self._clock() - started,
            usage.completion_tokens if usage else None,
            failure,
            finished,
        )
