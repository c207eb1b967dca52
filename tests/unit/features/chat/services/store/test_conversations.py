"""The list of chats."""

from datetime import UTC, datetime

from chatdesk.features.chat.services.store.conversations import Conversations
from tests.unit.features.conftest import Desk


async def test_a_title_of_the_persons_own_stays(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.conversations.rename(chat, "  My   title ")
    await desk.ask(chat, "Why is the sky blue?")
    assert desk.conversations.get(chat).title == "My title"
    await desk.conversations.rename(chat, " \n")
    assert desk.conversations.get(chat).title == "My title"


async def test_the_list_is_the_same_after_a_restart(desk: Desk) -> None:
    one, two = await desk.new_chat(), await desk.new_chat()
    await desk.ask(one, "?")
    await desk.conversations.pin(two, pinned=True)
    await desk.conversations.save_draft(two, "half a thought")
    again = Conversations(desk.database, lambda: datetime.now(UTC))
    await again.load()
    assert again.all() == desk.conversations.all()
    assert again.get(two).draft == "half a thought"


async def test_the_order_does_not_follow_a_clock_that_was_set_back(desk: Desk) -> None:
    one, two = await desk.new_chat(), await desk.new_chat()
    await desk.ask(two, "?")
    desk.conversations._now = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    await desk.conversations.touch(one)
    again = Conversations(desk.database, lambda: datetime.now(UTC))
    await again.load()
    assert [c.id for c in desk.conversations.all()] == [one, two]


async def test_search_finds_words_in_messages_and_chinese_pairs(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.says("因为瑞利散射。")
    await desk.ask(chat, "为什么天空是蓝色的？")
    assert chat in {hit.conversation_id for hit in await desk.conversations.search("散射")}
    assert await desk.conversations.search("nothing of this kind") == ()
