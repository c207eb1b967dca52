"""The instructions of a chat: the scopes they come from, and what each answer was given."""

from dataclasses import replace
from datetime import UTC, datetime

from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.instructions import AnswerLength, Scope
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.features.conftest import MODEL, Harness

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CHAT = Conversation("chat", "", NOW, NOW)
RESOLVER = InstructionResolver(
    preference_of=lambda _model: ModelPreference(system_prompt="You are on a phone."),
    name_of=lambda _model: "Phone model",
    for_all_chats=lambda: "I live in Dublin.",
    find_folder={"money": Folder("money", "Money", 0, instructions="No advice on shares.")}.get,
)


async def change(harness: Harness, chat: str, **settings: object) -> None:
    await harness.conversations.change_settings(chat, lambda held: replace(held, **settings))  # type: ignore[arg-type]


async def answer_of(harness: Harness, chat: str) -> Message:
    return (await harness.path(chat))[-1]


def system_messages(harness: Harness) -> list[str]:
    return ["".join(t.text for t in each.turns if t.role is Role.SYSTEM) for each in harness.completion_client.requests]


def test_the_scopes_are_sent_from_the_widest_to_the_narrowest() -> None:
    preset = AppliedPreset("tutor", "Tutor", prompt="You are a tutor.")
    chat = replace(CHAT, folder_id="money", preset=preset, instructions="In British English.")
    sent = RESOLVER.for_chat(chat, MODEL, NOW).sent
    assert [(part.scope, part.name, part.text) for part in sent.parts] == [
        (Scope.ALL_CHATS, "", "I live in Dublin."),
        (Scope.FOLDER, "Money", "No advice on shares."),
        (Scope.MODEL, "Phone model", "You are on a phone."),
        (Scope.PRESET, "Tutor", "You are a tutor."),
        (Scope.CHAT, "", "In British English."),
    ]


def test_a_length_adds_its_sentence_to_the_instructions_of_the_chat() -> None:
    chat = replace(CHAT, instructions="In Latin.", answer_length=AnswerLength.SHORT)
    assert InstructionResolver().for_chat(chat, MODEL, NOW).text == f"In Latin.\n\n{AnswerLength.SHORT.sentence}"


def test_the_parameters_of_a_chat_override_those_of_its_preset() -> None:
    preset = AppliedPreset("p", "P", parameters=Parameters(temperature=0.9, top_p=0.5))
    chat = replace(CHAT, preset=preset, parameters=Parameters(temperature=0.1))
    assert RESOLVER.for_chat(chat, MODEL, NOW).parameters == Parameters(temperature=0.1, top_p=0.5)


def test_a_task_outside_a_chat_gets_the_instructions_of_its_preset_alone() -> None:
    preset = AppliedPreset("p", "P", prompt="Translate.")
    assert RESOLVER.instructions(preset, "", MODEL, NOW).text == "Translate."


async def test_a_change_does_not_alter_what_an_older_answer_was_given(harness: Harness) -> None:
    chat = await harness.new_chat()
    await change(harness, chat, instructions="In Latin.")
    await harness.ask(chat, "one")
    await change(harness, chat, instructions="In Greek.")
    await harness.ask(chat, "two")
    path = await harness.path(chat)
    assert [message.instructions.text for message in path if message.instructions] == ["In Latin.", "In Greek."]
    stored = await harness.database.run(lambda connection: MessageRepository(connection).get(path[1].id))
    assert stored.instructions == path[1].instructions
    assert system_messages(harness) == ["In Latin.", "In Greek."]


async def test_a_regenerated_answer_is_given_the_current_instructions(harness: Harness) -> None:
    chat = await harness.new_chat()
    await change(harness, chat, instructions="In Latin.")
    await harness.ask(chat, "one")
    old = await answer_of(harness, chat)
    await change(harness, chat, instructions="In Greek.")
    await harness.chat.regenerate(old.id, MODEL)
    await harness.chat.wait_until_idle(chat)
    new = await answer_of(harness, chat)
    assert (new.id != old.id, new.instructions and new.instructions.text) == (True, "In Greek.")
    assert system_messages(harness)[-1] == "In Greek."


async def test_an_answer_is_continued_with_the_instructions_that_it_was_given(harness: Harness) -> None:
    chat = await harness.new_chat()
    await change(harness, chat, instructions="In Latin.")
    harness.completion_client.says("Lorem ipsum")
    await harness.ask(chat, "one")
    answer = await answer_of(harness, chat)
    await change(harness, chat, instructions="In Greek.")
    await harness.database.run(
        lambda connection: MessageRepository(connection).update(replace(answer, state=MessageState.INTERRUPTED))
    )
    await harness.chat.continue_answer(answer.id)
    await harness.chat.wait_until_idle(chat)
    continued = await answer_of(harness, chat)
    assert (continued.id, continued.instructions) == (answer.id, answer.instructions)
    assert system_messages(harness) == ["In Latin.", "In Latin."]


async def test_a_branch_keeps_what_its_answers_were_given(harness: Harness) -> None:
    chat = await harness.new_chat()
    await change(harness, chat, instructions="In Latin.", answer_length=AnswerLength.SHORT)
    await harness.ask(chat, "one")
    answer = await answer_of(harness, chat)
    branch = await harness.branches.branch(answer.id, "Branch")
    assert branch is not None
    assert (await answer_of(harness, branch.id)).instructions == answer.instructions
    assert (branch.instructions, branch.answer_length) == ("In Latin.", AnswerLength.SHORT)


async def test_a_model_without_instructions_gets_none(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "one")
    assert system_messages(harness) == [""]
    answer = await answer_of(harness, chat)
    assert answer.instructions is not None
    assert answer.instructions.text == ""
