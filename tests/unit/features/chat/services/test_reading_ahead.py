"""Reading a chat while the user is still writing: what is read is the beginning of the next request, and when it is read."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest

from chatdesk.features.chat.services.reading_ahead import ReadingAhead
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, Question
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import ENGINE_READ_AHEAD
from chatdesk.kernel.settings.store import Settings
from tests.own_time import until
from tests.unit.features.conftest import MODEL, Harness

PRESET = AppliedPreset("tutor", "Tutor", prompt="You are a tutor.", greeting="Hello.")


@dataclass
class Reading:
    """A `ReadingAhead` over a real chat, with an engine that notes what it reads."""

    harness: Harness
    settings: Settings = field(default_factory=lambda: Settings({}, lambda _values: None))
    is_on_battery: bool = False
    is_reading: bool = False
    read: list[ChatRequest] = field(default_factory=list)
    finish: asyncio.Event = field(default_factory=asyncio.Event)
    service: ReadingAhead = field(init=False)

    def __post_init__(self) -> None:
        self.finish.set()
        self.service = ReadingAhead(self.harness.chat, self.settings, self._read, lambda: self.is_on_battery, delay=0.0)

    async def _read(self, model: ModelRef, request: ChatRequest) -> bool:
        assert model == MODEL
        assert not self.is_reading, "the engine reads one chat at a time"
        self.is_reading = True
        self.read.append(request)
        try:
            await self.finish.wait()
        finally:
            try:
                await asyncio.sleep(0.02)  # the connection is being closed
            finally:  # also if that is cancelled
                self.is_reading = False
        return True

    def begin(self, chat: Conversation) -> None:
        self.service.begin(chat, MODEL, Thinking.AUTO)

    async def nothing_read(self, chat: Conversation) -> bool:
        self.begin(chat)
        assert self.service._task is not None
        await asyncio.wait([self.service._task])
        return not self.read


@pytest.fixture
async def reading(harness: Harness) -> AsyncIterator[Reading]:
    reading = Reading(harness)
    yield reading
    await reading.service.close()
    await reading.settings.close()


@pytest.fixture
def find(harness: Harness) -> Callable[[str], Conversation]:
    return harness.conversations.get


async def test_what_is_read_is_the_beginning_of_the_next_request(
    reading: Reading, harness: Harness, find: Callable[[str], Conversation]
) -> None:
    chat = (await harness.conversations.create(preset=PRESET, instructions="In British English.")).id
    for text in ("One?", "Two?"):
        await harness.ask(chat, text)
        await until(lambda: not harness.chat.is_answering(chat))  # an answer that is being written is not read ahead
        reading.read.clear()
        reading.begin(find(chat))
        await until(lambda: reading.read)
        (read,) = reading.read
        await harness.ask(chat, f"And after {text}")
        asked = harness.completion_client.requests[-1]
        assert read.turns[:-1] == asked.turns[:-1]
        assert len(read.turns) == len(asked.turns)


async def test_the_instructions_of_a_new_chat_are_read_before_its_first_question(
    reading: Reading, harness: Harness
) -> None:
    chat = await harness.conversations.create(preset=PRESET)
    reading.begin(replace(chat, id=""))
    await until(lambda: reading.read)
    assert "You are a tutor." in reading.read[0].turns[0].text
    await harness.ask(chat.id, "One?")
    first = harness.completion_client.requests[-1].turns[0].text
    assert first.startswith(reading.read[0].turns[0].text)


async def test_an_empty_chat_has_nothing_to_read(reading: Reading, harness: Harness) -> None:
    chat = await harness.conversations.create()
    assert await reading.nothing_read(replace(chat, id=""))
    assert await reading.nothing_read(chat)


async def test_a_chat_that_does_not_fit_is_not_read(
    reading: Reading, harness: Harness, find: Callable[[str], Conversation]
) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "word " * 2_000)
    harness.budgets[MODEL] = ContextBudget(1_000)
    assert await reading.nothing_read(find(chat))


async def test_a_chat_is_not_read_while_it_is_answered(
    reading: Reading, harness: Harness, find: Callable[[str], Conversation]
) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "One?")
    gate = asyncio.Event()
    harness.completion_client.script(gate)
    await harness.chat.send(chat, Question("Two?", MODEL))
    assert await reading.nothing_read(find(chat))
    gate.set()
    await harness.answered(chat)


async def test_another_chat_takes_the_place_of_the_one_that_is_read(
    reading: Reading, harness: Harness, find: Callable[[str], Conversation]
) -> None:
    first, second = await harness.new_chat(), await harness.new_chat()
    for chat in (first, second):
        await harness.ask(chat, f"About {chat}?")
    reading.finish.clear()
    for number, chat in enumerate((first, second), 1):
        reading.begin(find(chat))
        await until(lambda number=number: len(reading.read) == number)
    assert reading.read[-1].turns[0].text == f"About {second}?"
    reading.service.cancel()
    await asyncio.sleep(0)
    reading.service.cancel()  # what is ending may end
    reading.begin(find(first))
    reading.begin(find(second))  # at once: the first was only passed
    await until(lambda: len(reading.read) == 3)
    assert reading.read[-1].turns[0].text == f"About {second}?"


@pytest.mark.parametrize(
    ("choice", "is_on_battery", "reads"),
    [
        ("always", True, True),
        ("plugged-in", True, False),
        ("plugged-in", False, True),
        ("never", False, False),
        (ENGINE_READ_AHEAD.default, True, False),
    ],
)
async def test_the_user_decides_when_chats_are_read(
    reading: Reading,
    harness: Harness,
    find: Callable[[str], Conversation],
    choice: str,
    is_on_battery: bool,
    reads: bool,
) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "One?")
    reading.settings.set(ENGINE_READ_AHEAD, choice)
    reading.is_on_battery = is_on_battery
    assert await reading.nothing_read(find(chat)) is not reads


async def test_documents_of_the_chat_are_read_too(
    reading: Reading, harness: Harness, find: Callable[[str], Conversation]
) -> None:
    harness.document_texts["text"] = DocumentText((Section("The promise was kept."),))
    chat = (await harness.conversations.create()).id
    notes = DocumentPart("file", "text/plain", "notes.txt", text_sha256="text", tokens=6)
    await harness.chat.send(chat, Question("What does it say?", MODEL, attachments=(notes,)))
    await harness.chat.wait_until_idle(chat)
    reading.begin(find(chat))
    await until(lambda: reading.read)
    assert "The promise was kept." in reading.read[0].turns[0].text
    await harness.ask(chat, "And then?")
    assert reading.read[0].turns[:-1] == harness.completion_client.requests[-1].turns[:-1]
