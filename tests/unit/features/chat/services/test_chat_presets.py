"""A chat that is held with a preset: what the model is sent."""

from datetime import UTC, datetime

from chatdesk.features.chat.services.instruction_resolver import InstructionResolver, Instructions
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, PresetOrigin, SendAs
from chatdesk.kernel.presets.variable import Variable
from chatdesk.storage.database.conversation_repository import ConversationRepository
from tests.unit.features.conftest import MODEL, Harness

R1 = InstructionResolver((ModelRule(("model",), instructions_in_question=True, parameters=Parameters(0.6, 0.95)),))

PRESET = Preset(
    "translate",
    PresetOrigin.BUILT_IN,
    "Translate",
    "Translate into {{to}}, {{date}} {{model}}.",
    question="Begin: {{input}}",
    parameters=Parameters(temperature=0.2),
    thinking=Thinking.OFF,
    declared=(Variable("to", default="German"),),
)


async def begin(harness: Harness, preset: Preset = PRESET) -> str:
    return (await harness.conversations.create(preset=AppliedPreset.of(preset, {"to": "French"}))).id


async def test_the_prompt_goes_along_filled_in_with_parameters_and_thinking(harness: Harness) -> None:
    chat = await begin(harness)
    await harness.ask(chat, "hello")
    request = harness.completion_client.requests[0]
    date = (await harness.path(chat))[0].created_at.astimezone().strftime("%Y-%m-%d")
    assert (request.turns[0].role, request.turns[0].text) == (Role.SYSTEM, f"Translate into French, {date} model.")
    assert (request.parameters, request.thinking) == (Parameters(temperature=0.2), Thinking.OFF)


async def test_the_opening_message_is_sent_with_the_first_question_only(harness: Harness) -> None:
    chat = await begin(harness)
    await harness.ask(chat, "hello {{to}}")
    await harness.ask(chat, "again")
    assert [message.text for message in await harness.path(chat) if message.role is Role.USER] == [
        "Begin: hello {{to}}",
        "again",
    ]


async def test_a_chat_that_begins_with_the_opening_alone_is_called_like_the_preset(harness: Harness) -> None:
    chat = await begin(harness)
    await harness.ask(chat, "")
    assert harness.conversations.get(chat).title == "Translate"
    assert (await harness.path(chat))[0].text == "Begin:"


async def test_a_model_whose_makers_advise_it_gets_the_prompt_before_the_question(harness: Harness) -> None:
    harness.chat._pipeline._instruction_resolver = R1
    chat = await begin(harness)
    await harness.ask(chat, "hello")
    request = harness.completion_client.requests[0]
    assert [turn.role for turn in request.turns] == [Role.USER]
    assert request.turns[0].text.startswith("Translate into French")
    assert request.turns[0].text.endswith("\n\nBegin: hello")
    assert request.parameters == Parameters(0.2, 0.95)


async def test_a_preset_that_insists_on_a_system_message_gets_one(harness: Harness) -> None:
    harness.chat._pipeline._instruction_resolver = R1
    ignore_disk_space = Preset("x", PresetOrigin.OWN, "X", "Be brief.", send_as=SendAs.SYSTEM)
    chat = await begin(harness, ignore_disk_space)
    await harness.ask(chat, "hello")
    assert [turn.role for turn in harness.completion_client.requests[0].turns] == [Role.SYSTEM, Role.USER]


async def test_a_greeting_is_said_first_and_sent_without_a_turn_of_the_assistant(harness: Harness) -> None:
    chat = await begin(harness, Preset("x", PresetOrigin.OWN, "X", "You are Mia.", greeting="Hi, I am Mia."))
    await harness.ask(chat, "hello")
    path = await harness.path(chat)
    assert [(message.role, message.text) for message in path[:2]] == [
        (Role.ASSISTANT, "Hi, I am Mia."),
        (Role.USER, "hello"),
    ]
    turns = harness.completion_client.requests[0].turns
    assert [turn.role for turn in turns] == [Role.SYSTEM, Role.USER]
    assert "Hi, I am Mia." in turns[0].text


async def test_a_greeting_cannot_be_asked_for_again(harness: Harness) -> None:
    chat = await begin(harness, Preset("x", PresetOrigin.OWN, "X", "You are Mia.", greeting="Hi, I am Mia."))
    await harness.ask(chat, "hello")
    await harness.chat.regenerate((await harness.path(chat))[0].id, MODEL)
    assert len(harness.completion_client.requests) == 1


async def test_the_preset_of_a_chat_can_be_changed_and_taken_off(harness: Harness) -> None:
    chat = await begin(harness)
    await harness.ask(chat, "hello")
    await harness.conversations.set_preset(chat, None)
    await harness.ask(chat, "again")
    assert harness.completion_client.requests[1].turns[0].role is Role.USER
    assert harness.completion_client.requests[1].parameters == Parameters()


async def test_a_chat_keeps_its_preset_on_disk(harness: Harness) -> None:
    chat = await begin(harness)
    await harness.ask(chat, "hello")
    stored = await harness.database.run(lambda connection: ConversationRepository(connection).get(chat))
    assert stored.preset == harness.conversations.get(chat).preset
    assert stored.preset is not None
    assert (stored.preset.opened, stored.preset.values) == (True, {"to": "French"})


def resolved(preset: AppliedPreset | None = None) -> Instructions:
    wanted = ModelPreference(parameters=Parameters(temperature=0.1, num_ctx=4096))
    instruction_resolver = InstructionResolver(
        (ModelRule(("m",), parameters=Parameters(0.6, 0.95)),), preference_of=lambda _model: wanted
    )
    return instruction_resolver.instructions(preset, "", ModelRef("s", "m"), datetime(2026, 1, 1, tzinfo=UTC))


def test_parameters_set_for_a_model_override_the_advice_of_its_makers() -> None:
    assert resolved().parameters == Parameters(0.1, 0.95, num_ctx=4096)


def test_parameters_of_a_preset_override_those_set_for_a_model() -> None:
    preset = AppliedPreset("p", "P", prompt="You translate.", parameters=Parameters(0.9))
    assert resolved(preset).parameters == Parameters(0.9, 0.95, num_ctx=4096)
