from datetime import UTC, datetime

from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.presets.services.preset_trial import PresetTrials, Trial
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    ReasoningDelta,
    TextDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.fakes.scripted_completion_client import ScriptedCompletionClient

MODEL = ModelRef("server", "model")
PRESET = AppliedPreset.of(
    Preset(
        "p",
        PresetOrigin.OWN,
        "P",
        prompt="Translate into {{to}} on {{date}}.",
        question="This: {{input}}",
        parameters=Parameters(temperature=0.2),
        thinking=Thinking.OFF,
    ),
    {"to": "Finnish"},
)


def trials(completion_client: ScriptedCompletionClient) -> PresetTrials:
    ticks = iter(range(100))
    moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    return PresetTrials(
        completion_client, InstructionResolver(), lambda _ref: None, lambda: moment, lambda: float(next(ticks))
    )


async def steps(completion_client: ScriptedCompletionClient) -> list[Trial]:
    return [trial async for trial in trials(completion_client).run(PRESET, "Hei", MODEL)]


async def test_a_trial_asks_what_a_chat_with_the_preset_would_ask() -> None:
    completion_client = ScriptedCompletionClient()
    await steps(completion_client)
    request = completion_client.requests[0]
    assert [(turn.role, turn.text) for turn in request.turns] == [
        (Role.SYSTEM, "Translate into Finnish on 2026-11-25."),
        (Role.USER, "This: Hei"),
    ]
    assert (request.parameters.temperature, request.thinking) == (0.2, Thinking.OFF)


async def test_the_answer_grows_until_it_is_finished() -> None:
    completion_client = ScriptedCompletionClient()
    completion_client.script(
        AnswerStageChanged(AnswerStage.WAITING),
        ReasoningDelta("Hm."),
        TextDelta("Hello"),
        TextDelta(" there"),
        UsageReported(Usage(prompt_tokens=3, completion_tokens=2)),
        Finished(FinishReason.STOP),
    )
    grown = await steps(completion_client)
    assert [trial.text for trial in grown][2:4] == ["Hello", "Hello there"]
    assert grown[0].stage is AnswerStage.WAITING
    assert grown[1].reasoning == "Hm."
    assert grown[2].stage is None
    last = grown[-1]
    assert (last.finished, last.text, last.tokens, last.failure) == (True, "Hello there", 2, None)
    assert last.seconds > grown[0].seconds > 0


async def test_a_failure_keeps_what_came() -> None:
    completion_client = ScriptedCompletionClient()
    completion_client.script(TextDelta("Half"), ServerUnreachable())
    last = (await steps(completion_client))[-1]
    assert last.text == "Half"
    assert last.failure is not None
    assert last.failure.kind == "ServerUnreachable"


async def test_leaving_a_trial_closes_its_stream() -> None:
    completion_client = ScriptedCompletionClient()
    run = trials(completion_client).run(PRESET, "Hei", MODEL)
    await anext(run)
    await run.aclose()
    assert completion_client.closed == 1
