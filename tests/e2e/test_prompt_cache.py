"""The real engine reads every part of a chat once: nothing at the front of a prompt changes between the turns of a chat.

Counted in tokens that the engine took from its cache (`timings.cache_n`), so that a busy machine makes no difference.
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import EngineChoices
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import INSTRUCTIONS, TITLES
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.e2e.test_wire_formats import missing
from tests.own_time import until

pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]

MODEL = ModelRef(BUILT_IN_ID, "everyday-135m")
"""The starter model as a file of the user's: one slot, as every larger model has, and titles are written by it."""
TUTOR = AppliedPreset(
    "tutor", "Tutor", prompt="Today is {{date}}, {{time}}. You answer in {{language}} as {{model}}.", greeting="Hello."
)
SUBJECTS = ("a river", "a harbour", "a garden", "an old car", "a long winter", "a violin", "a bakery", "a lighthouse")
AROUND_AN_ANSWER = 8
"""Tokens at the end of an answer that its template writes in another way than the model did."""


@dataclass
class Turns:
    """A running program, and the usage of every answer in it."""

    program: Program

    async def new_chat(self) -> str:
        parameters = Parameters(temperature=0.0, seed=1, max_tokens=24)
        chat = await self.program.chat.conversations.create(
            preset=TUTOR,
            parameters=parameters,
            instructions="Use simple words. " * 12,
            answer_length=AnswerLength.LONG,
        )
        return chat.id

    async def ask(self, chat: str, text: str) -> Usage:
        await self.program.chat.chat.send(chat, Question(f"{text} " * 20, MODEL))
        return await self.answered(chat)

    async def answered(self, chat: str) -> Usage:
        await self.program.chat.chat.wait_until_idle(chat)
        answer = (await self.path(chat))[-1]
        assert answer.role is Role.ASSISTANT
        assert answer.usage is not None, answer.failure
        return answer.usage

    async def path(self, chat: str) -> tuple[Message, ...]:
        return (await self.program.chat.chat.path(chat))[0]

    def requests(self) -> int:
        """Return how many requests the engine has answered, according to its log."""
        return sum("prompt eval time" in line for line in self.program.servers.built_in.log_since(0)[1])


@asynccontextmanager
async def running() -> AsyncIterator[Turns]:
    folders = Folders.locate()
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        program.settings.set(INSTRUCTIONS, "I live in Dublin.")
        program.settings.set(TITLES, "off")
        yield Turns(program)


@pytest.fixture
async def turns(tmp_path: Path) -> AsyncIterator[Turns]:
    shutil.copy(find_starter_model().path, tmp_path / f"{MODEL.model_id}.gguf")
    async with running() as turns:
        turns.program.servers.built_in.files.add([tmp_path / f"{MODEL.model_id}.gguf"])
        await turns.program.servers.models.refresh()
        yield turns


def read_before(usage: Usage) -> int:
    assert usage.cached_prompt_tokens is not None
    return usage.cached_prompt_tokens


def held_after(usage: Usage) -> int:
    """The tokens of question and answer that the engine knows when the answer has ended, as far as they are sent again."""
    assert usage.prompt_tokens is not None
    assert usage.completion_tokens is not None
    return usage.prompt_tokens + usage.completion_tokens - AROUND_AN_ANSWER


async def test_each_of_six_turns_reads_only_its_own_question(turns: Turns) -> None:
    chat = await turns.new_chat()
    before = await turns.ask(chat, f"Tell me about {SUBJECTS[0]}.")
    for subject in SUBJECTS[1:6]:
        usage = await turns.ask(chat, f"Tell me about {subject}.")
        assert read_before(usage) >= held_after(before)
        before = usage


async def test_other_chats_and_a_title_do_not_cost_a_chat_its_cache(turns: Turns) -> None:
    turns.program.settings.set(TITLES, "model")
    chat = await turns.new_chat()
    await turns.ask(chat, "Tell me about a river.")
    await until(lambda: turns.requests() == 2)  # whether this model finds a title is another matter
    turns.program.settings.set(TITLES, "off")
    before = await turns.ask(chat, "Tell me about a harbour.")
    for subject in SUBJECTS[2:4]:
        await turns.ask(await turns.new_chat(), f"Tell me about {subject}.")
    assert read_before(await turns.ask(chat, "And in winter?")) >= held_after(before)


async def test_a_branch_reads_again_only_what_differs(turns: Turns) -> None:
    chat = await turns.new_chat()
    first = await turns.ask(chat, "Tell me about a river.")
    second = await turns.ask(chat, "Tell me about a harbour.")
    await turns.ask(chat, "Tell me about a garden.")
    question = (await turns.path(chat))[-2]
    await turns.program.chat.chat.edit(question.id, Question("Tell me about an old car. " * 20, MODEL))
    assert read_before(await turns.answered(chat)) >= held_after(second)
    middle = (await turns.path(chat))[-4]
    await turns.program.chat.chat.edit(middle.id, Question("Tell me about a violin. " * 20, MODEL))
    assert read_before(await turns.answered(chat)) >= held_after(first)
    await turns.program.chat.branches.show_message(chat, question.id)
    assert read_before(await turns.ask(chat, "And in winter?")) >= held_after(first)


async def test_an_answer_is_written_again_without_reading_the_chat_again(turns: Turns) -> None:
    chat = await turns.new_chat()
    first = await turns.ask(chat, "Tell me about a river.")
    await turns.program.chat.chat.regenerate((await turns.path(chat))[-1].id, MODEL)
    again = await turns.answered(chat)
    assert read_before(again) == first.prompt_tokens - 1  # type: ignore[operator] # the engine always reads one token


async def test_a_chat_reads_the_same_beginning_after_the_program_was_started_again(turns: Turns) -> None:
    """Nothing that is only in memory, such as the time, is part of a prompt."""
    chat = await turns.new_chat()
    before = await turns.ask(chat, "Tell me about a river.")
    await turns.program.servers.built_in.unload()
    async with running() as later:
        await later.program.servers.models.refresh()
        again = await later.ask(chat, "Tell me about a harbour.")
        assert again.prompt_tokens is not None
        await later.program.chat.chat.regenerate((await later.path(chat))[-1].id, MODEL)
        assert read_before(await later.answered(chat)) == again.prompt_tokens - 1
    assert again.prompt_tokens > held_after(before)


async def test_a_context_with_half_the_precision_is_smaller_and_keeps_its_cache(turns: Turns) -> None:
    chat = await turns.new_chat()
    await turns.ask(chat, "Tell me about a river.")
    built_in = turns.program.servers.built_in
    large = built_in.status().memory_bytes
    turns.program.models.preferences.set_engine(MODEL, EngineChoices(compact=True))
    before = await turns.ask(chat, "Tell me about a harbour.")
    assert built_in.status().memory_bytes < large - 50 * 1024**2, "8,192 tokens take 95 MiB instead of 180"
    assert read_before(await turns.ask(chat, "And in winter?")) >= held_after(before)
