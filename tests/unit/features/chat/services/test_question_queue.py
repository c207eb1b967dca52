"""Questions that wait are on disk as soon as they do, and each of them once: as a message, or as a draft of the next program."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation, Draft, Question
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.stream_events import Finished, FinishReason, TextDelta
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.conversation_repository import ConversationRepository
from tests.own_time import until
from tests.unit.features.conftest import MODEL, Harness

PICTURE = ImagePart("a" * 64, "image/png", "a.png", 4, 3, 100)


class Slow:
    """A chat in which an answer is being written until `end`."""

    def __init__(self, harness: Harness, chat: str) -> None:
        self.harness, self.chat, self.end = harness, chat, asyncio.Event()

    async def queue(self, text: str, *pictures: ImagePart) -> None:
        await self.harness.chat.send(self.chat, Question(text, MODEL, attachments=pictures))

    async def after_a_kill(self) -> Conversation:
        """Return the chat as the next program finds it, were this one killed now."""
        later = Conversations(self.harness.database, lambda: datetime.now(UTC))
        await later.load()
        return later.get(self.chat)

    async def stored(self) -> Conversation:
        return await self.harness.database.run(lambda c: ConversationRepository(c).get(self.chat))


@pytest.fixture
async def slow(harness: Harness) -> AsyncIterator[Slow]:
    slow = Slow(harness, await harness.new_chat())
    harness.completion_client.script(TextDelta("Slow"), slow.end, Finished(FinishReason.STOP))
    await slow.queue("First")
    yield slow
    slow.end.set()


async def test_a_question_that_waits_is_a_draft_after_a_kill_with_its_pictures(slow: Slow) -> None:
    await slow.queue("Second", PICTURE)
    await slow.queue("Third")
    await slow.harness.conversations.save_draft(slow.chat, "typed")
    assert (await slow.stored()).queued == (Draft("Second", (PICTURE,)), Draft("Third"))
    assert PICTURE.sha256 in await slow.harness.database.run(referenced_in)
    found = await slow.after_a_kill()
    assert (found.draft, found.draft_attachments, found.queued) == ("Second\n\nThird\n\ntyped", (PICTURE,), ())
    assert await slow.stored() == found, "and it is so on disk"


async def test_a_question_stops_waiting_in_the_write_that_makes_a_message_of_it(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at after every transaction: killed there, the next program finds it once."""
    await slow.queue("Second")
    found: list[tuple[int, int]] = []
    commit = slow.harness.database._transaction

    def committed(function: object) -> object:
        result = commit(function)
        messages = slow.harness.database._connection.execute(
            "SELECT count(*) FROM parts WHERE text = 'Second'"
        ).fetchone()
        queued = slow.harness.database._connection.execute("SELECT queued FROM conversations").fetchone()
        found.append((messages[0], "Second" in queued[0]))
        return result

    monkeypatch.setattr(slow.harness.database, "_transaction", committed)
    slow.end.set()
    await slow.harness.answered(slow.chat)
    assert set(found) == {(0, True), (1, False)}


async def test_what_waits_is_the_draft_as_soon_as_it_will_not_be_sent(slow: Slow) -> None:
    await slow.queue("Second", PICTURE)
    await slow.harness.conversations.save_draft(slow.chat, "typed")
    await slow.harness.chat.stop_and_wait(slow.chat)
    stored = await slow.stored()
    assert (stored.queued, stored.draft, stored.draft_attachments) == ((), "Second\n\ntyped", (PICTURE,))


async def test_a_question_taken_back_waits_no_longer(slow: Slow) -> None:
    await slow.queue("Second")
    await slow.queue("Third")
    assert slow.harness.chat.unqueue(slow.chat, 0) == Question("Second", MODEL)
    await slow.harness.conversations.save_queue(slow.chat)
    assert (await slow.stored()).queued == (Draft("Third"),)


async def test_a_question_that_cannot_be_kept_does_not_wait(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as failing:
        failing.setattr(ConversationRepository, "update", full)
        with pytest.raises(DiskFull):
            await slow.queue("Second")
    assert slow.harness.chat.queued(slow.chat) == slow.harness.conversations.get(slow.chat).queued == ()


async def test_what_waits_when_the_program_ends_is_a_draft_of_the_next_one(slow: Slow) -> None:
    await slow.queue("Second")
    await slow.harness.chat.close()
    assert (await slow.after_a_kill()).draft == "Second"


async def test_what_is_typed_while_a_question_begins_to_wait_is_kept_with_it(slow: Slow) -> None:
    """Both are begun in one turn of the loop; neither may write the chat as it was before the other."""
    harness = slow.harness
    await asyncio.gather(
        slow.queue("Second"), harness.conversations.save_draft(slow.chat, "typed"), slow.queue("Third")
    )
    stored = await slow.stored()
    assert (stored.draft, stored.queued) == ("typed", (Draft("Second"), Draft("Third")))
    assert harness.conversations.get(slow.chat) == stored


async def test_a_question_that_is_just_being_sent_still_counts_as_waiting(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk lets it wait for seconds, what is kept elsewhere of its chat must have it."""
    harness = slow.harness
    await slow.queue("Second")
    seen: list[bool] = []
    commit = harness.database._transaction

    def committing(function: object) -> object:
        parts = harness.database._connection.execute("SELECT count(*) FROM parts WHERE text = 'Second'").fetchone()
        seen.append(bool(parts[0]) or harness.conversations.get(slow.chat).queued == (Draft("Second"),))
        return commit(function)

    monkeypatch.setattr(harness.database, "_transaction", committing)
    slow.end.set()
    await until(lambda: harness.conversations.get(slow.chat).queued == ())
    await harness.answered(slow.chat)
    assert [message.text for message in await harness.path(slow.chat)][2:3] == ["Second"]
    assert all(seen)
