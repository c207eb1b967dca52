"""The list of chats."""

from datetime import UTC, datetime

from chatdesk.features.chat.services.store.conversations import Conversations
from tests.unit.features.conftest import Harness
from tests.unit.features.importing_child import WORD, chat_of


async def test_a_title_of_the_persons_own_stays(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.conversations.rename(chat, "  My   title ")
    await harness.ask(chat, "Why is the sky blue?")
    assert harness.conversations.get(chat).title == "My title"
    await harness.conversations.rename(chat, " \n")
    assert harness.conversations.get(chat).title == "My title"


async def test_the_list_is_the_same_after_a_restart(harness: Harness) -> None:
    one, two = await harness.new_chat(), await harness.new_chat()
    await harness.ask(one, "?")
    await harness.conversations.pin(two, pinned=True)
    await harness.conversations.save_draft(two, "half a thought")
    again = Conversations(harness.database, lambda: datetime.now(UTC))
    await again.load()
    assert again.all() == harness.conversations.all()
    assert again.get(two).draft == "half a thought"


async def test_the_order_does_not_follow_a_clock_that_was_set_back(harness: Harness) -> None:
    one, two = await harness.new_chat(), await harness.new_chat()
    await harness.ask(two, "?")
    harness.conversations._now = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    await harness.conversations.touch(one)
    again = Conversations(harness.database, lambda: datetime.now(UTC))
    await again.load()
    assert [c.id for c in harness.conversations.all()] == [one, two]


async def test_search_finds_words_in_messages_and_chinese_pairs(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.says("因为瑞利散射。")
    await harness.ask(chat, "为什么天空是蓝色的？")
    assert chat in {hit.conversation_id for hit in await harness.conversations.search("散射").more(9)}
    assert await harness.conversations.search("nothing of this kind").more(9) == ()


async def test_every_hit_of_a_search_is_reached_page_by_page(harness: Harness) -> None:
    chat, messages = chat_of(130)
    await harness.conversations.add_complete(chat, messages)
    search, pages = harness.conversations.search(WORD), []
    while not search.is_complete:
        pages.append(await search.more(50))
    assert [len(page) for page in pages] == [50, 50, 30]
    found = [hit.message_id for page in pages for hit in page]
    assert sorted(found) == sorted(message.id for message in messages)


async def test_a_search_that_is_stopped_finds_nothing_more(harness: Harness) -> None:
    await harness.conversations.add_complete(*chat_of(130))
    search = harness.conversations.search(WORD)
    await search.more(50)
    search.stop()
    assert await search.more(50) == ()
    assert search.is_complete
