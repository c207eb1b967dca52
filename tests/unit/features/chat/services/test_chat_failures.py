"""What goes wrong in the middle of an answer beside the server: bugs, a full disk, Stop at a wrong moment. Nothing is lost by it."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import cast

import pytest

from chatdesk.features.chat.services.chat_changes import MessageChanged, QueueReturned, SavingFailed
from chatdesk.features.chat.services.store import save_retry_queue as late_saving
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.base import ChatdeskError, UnexpectedFailure
from chatdesk.kernel.errors.registry import from_failure
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.message_repository import MessageRepository
from tests.own_time import TIMEOUT
from tests.unit.features.chat.services.test_chat import stored_text, until
from tests.unit.features.conftest import MODEL, Harness

pytestmark = pytest.mark.usefixtures("caplog")
"""What fails here is logged as it should be."""

Break = Callable[[str], None]
"""Lets a method of the repository fail as on a full disk, by its name, until it is called with nothing."""


@pytest.fixture(autouse=True)
async def reaches_the_loop() -> AsyncIterator[None]:
    """Nothing that fails may reach the loop."""
    loop, met = asyncio.get_running_loop(), list[dict]()
    loop.set_exception_handler(lambda _loop, context: met.append(context))
    yield
    gc.collect()
    await asyncio.sleep(0)
    assert [str(context) for context in met] == []


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Break:
    broken: set[str] = set()

    def breaking(name: str) -> Callable[..., object]:
        whole = getattr(MessageRepository, name)

        def method(repository: MessageRepository, message: Message) -> object:
            if name in broken:
                raise DiskFull
            return whole(repository, message)

        return method

    for name in ("add", "finish", "save_parts"):
        monkeypatch.setattr(MessageRepository, name, breaking(name))

    def set_broken(names: str) -> None:
        broken.clear()
        broken.update(names.split())

    return set_broken


def ends(harness: Harness) -> list[MessageState]:
    states = [change.message.state for change in harness.changes if isinstance(change, MessageChanged)]
    return [state for state in states if state is not MessageState.STREAMING]


async def half_written(harness: Harness, *queued: str) -> str:
    """Return a chat in which an answer has begun, and these questions wait."""
    chat = await harness.new_chat()
    harness.completion_client.script(TextDelta("half"), asyncio.Event())
    await harness.chat.send(chat, Question("?", MODEL))
    for text in queued:
        await harness.chat.send(chat, Question(text, MODEL))
    await until(lambda: (growing := harness.chat.growing_answer(chat)) is not None and growing.text == "half")
    return chat


@pytest.mark.parametrize(
    ("before", "state"), [((TextDelta("half"),), MessageState.INTERRUPTED), ((), MessageState.FAILED)]
)
async def test_a_bug_costs_nothing_of_what_arrived_and_the_chat_goes_on(
    harness: Harness, caplog: pytest.LogCaptureFixture, before: tuple[TextDelta, ...], state: MessageState
) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(*before, cast("ChatdeskError", RuntimeError("sk-secret")))
    await harness.ask(chat, "?")
    answer = (await harness.path(chat))[-1]
    assert (answer.state, answer.text) == (state, "".join(event.text for event in before))
    assert answer.failure is not None
    failure = from_failure(answer.failure)
    assert isinstance(failure, UnexpectedFailure)
    assert failure.kind == "RuntimeError"
    assert "sk-secret" not in str(answer.failure)
    assert await harness.chat.find(answer.id) == answer
    assert "unexpected error" in caplog.text
    await harness.ask(chat, "Again?")
    assert (await harness.path(chat))[-1].text == "Yes."


async def test_stop_pressed_again_and_again_is_one_stop(harness: Harness) -> None:
    chat = await half_written(harness)
    for _ in range(50):
        harness.chat.stop(chat)
        await asyncio.sleep(0)
    await harness.answered(chat)
    answer = (await harness.path(chat))[-1]
    assert (answer.state, answer.text) == (MessageState.STOPPED, "half")
    assert await stored_text(harness, answer.id) == "half"
    assert ends(harness) == [MessageState.STOPPED]


async def test_stop_while_the_end_is_being_written_does_not_cut_that_off(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, began = MessageRepository.finish, asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(repository: MessageRepository, message: Message) -> bool:
        loop.call_soon_threadsafe(began.set)
        time.sleep(0.1)  # on the database's thread
        return whole(repository, message)

    monkeypatch.setattr(MessageRepository, "finish", slow)
    chat = await harness.new_chat()
    await harness.chat.send(chat, Question("?", MODEL))
    await began.wait()
    harness.chat.stop(chat)
    await harness.answered(chat)
    answer = (await harness.path(chat))[-1]
    assert (answer.state, answer.text) == (MessageState.COMPLETE, "Yes.")
    assert await harness.chat.find(answer.id) == answer
    assert ends(harness) == [MessageState.COMPLETE]


async def test_an_end_that_could_not_be_written_is_written_when_there_is_room_again(
    harness: Harness, breaks: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_saving, "RETRY_SECONDS", 0.05)
    chat = await harness.new_chat()
    breaks("finish save_parts")
    await harness.ask(chat, "?")
    answer = (await harness.path(chat))[-1]
    assert answer.text == "Yes."
    assert await stored_text(harness, answer.id) == ""
    assert len([change for change in harness.changes if isinstance(change, SavingFailed)]) == 1
    await asyncio.sleep(0.12)
    breaks("")
    async with asyncio.timeout(TIMEOUT):
        while await harness.chat.find(answer.id) != answer:
            await asyncio.sleep(0.01)


async def test_what_could_not_be_written_is_written_before_the_program_ends(harness: Harness, breaks: Break) -> None:
    chat = await harness.new_chat()
    breaks("finish save_parts")
    await harness.ask(chat, "?")
    answer = (await harness.path(chat))[-1]
    breaks("")
    await harness.chat.close()
    assert await harness.chat.find(answer.id) == answer


async def test_a_late_end_does_not_end_an_answer_that_goes_on_by_then(
    harness: Harness, breaks: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that is just about to: the late end is tried while the database is busy with letting it go on."""
    monkeypatch.setattr(late_saving, "RETRY_SECONDS", 0.01)
    chat = await half_written(harness)
    breaks("finish")
    harness.chat.stop(chat)
    await harness.answered(chat)
    stopped = (await harness.path(chat))[-1]
    loop, whole, begun, go_on = asyncio.get_running_loop(), MessageRepository.update, asyncio.Event(), threading.Event()

    def slow(repository: MessageRepository, message: Message) -> bool:
        if message.state is MessageState.STREAMING:
            loop.call_soon_threadsafe(begun.set)
            go_on.wait(TIMEOUT)
        return whole(repository, message)

    monkeypatch.setattr(MessageRepository, "update", slow)
    harness.completion_client.script(TextDelta(" and more"), asyncio.Event())
    going_on = asyncio.ensure_future(harness.chat.continue_answer(stopped.id))
    await begun.wait()
    breaks("")
    await asyncio.sleep(0.1)
    go_on.set()
    await going_on
    on_disk = await harness.chat.find(stopped.id)
    assert on_disk is not None
    assert on_disk.state is MessageState.STREAMING


async def test_an_answer_that_cannot_go_on_for_a_full_disk_still_gets_its_late_end(
    harness: Harness, breaks: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await half_written(harness)
    breaks("finish")
    harness.chat.stop(chat)
    await harness.answered(chat)
    stopped = (await harness.path(chat))[-1]

    def refuse(*_: object) -> bool:
        raise DiskFull

    with monkeypatch.context() as full:
        full.setattr(MessageRepository, "update", refuse)
        with pytest.raises(DiskFull):
            await harness.chat.continue_answer(stopped.id)
    breaks("")
    await harness.chat.close()
    assert await harness.chat.find(stopped.id) == stopped


async def test_nothing_is_reported_twice_of_a_disk_that_stays_full(
    harness: Harness, breaks: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.features.chat.services.answer_stream.SAVE_EVERY_SECONDS", 0.02)
    breaks("finish save_parts")
    chat = await half_written(harness)
    await asyncio.sleep(0.2)
    harness.chat.stop(chat)
    await harness.answered(chat)
    assert len([change for change in harness.changes if isinstance(change, SavingFailed)]) == 1


async def test_a_waiting_question_that_cannot_be_written_comes_back(harness: Harness, breaks: Break) -> None:
    chat = await harness.new_chat()
    go_on = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), go_on)
    await harness.chat.send(chat, Question("?", MODEL))
    for text in ("second", "third"):
        await harness.chat.send(chat, Question(text, MODEL))
    breaks("add")
    go_on.set()
    await until(lambda: any(isinstance(change, QueueReturned) for change in harness.changes))
    (returned,) = (change for change in harness.changes if isinstance(change, QueueReturned))
    assert returned.text == "second\n\nthird"
    assert harness.chat.queued(chat) == ()
    assert not harness.chat.is_answering(chat)


async def test_questions_that_wait_come_back_where_not_even_the_chat_can_be_touched(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise DiskFull

    chat = await half_written(harness, "second")
    monkeypatch.setattr(Conversations, "touch", full)
    harness.chat.stop(chat)
    await until(lambda: any(isinstance(change, QueueReturned) for change in harness.changes))


async def test_an_answer_whose_asker_goes_away_is_written_to_its_end(harness: Harness) -> None:
    chat = await harness.new_chat()
    asking = asyncio.ensure_future(harness.chat.send(chat, Question("?", MODEL)))
    while not ((turn := harness.chat._answer_tasks.get(chat)) and turn.stream):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    await harness.answered(chat)
    assert (await harness.path(chat))[-1].state in {MessageState.COMPLETE, MessageState.STOPPED}
    assert not harness.chat.is_answering(chat)
