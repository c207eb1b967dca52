import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.domain.message import MessageState, ReasoningPart, TextPart
from chatdesk.storage.conversation_repository import ConversationRepository
from chatdesk.storage.message_repository import MessageRepository
from chatdesk.storage.search_repository import SearchRepository
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer


@pytest.fixture
def search(connection: sqlite3.Connection) -> SearchRepository:
    conversations, messages = ConversationRepository(connection), MessageRepository(connection)
    conversations.add(a_conversation("learning", "About machines"))
    messages.add(a_message("question", "什么是机器学习？", conversation="learning"))
    answer = messages.add(an_answer("answer", parent="question", conversation="learning"))
    parts = (ReasoningPart("secret musing"), TextPart("Machines learn. 机器从数据中学习。" + " More text." * 1000))
    messages.finish(replace(answer, state=MessageState.COMPLETE).with_parts(parts))
    conversations.add(a_conversation("cooking", "Soup"))
    messages.add(a_message("soup", "How do I cook a soup of machine oil?", conversation="cooking"))
    return SearchRepository(connection)


def _found(search: SearchRepository, query: str, limit: int = 50) -> list[tuple[str, str | None]]:
    return [(hit.conversation_id, hit.message_id) for hit in search.find(query, limit)]


def test_a_chinese_word_of_two_characters_is_found(search: SearchRepository) -> None:
    assert _found(search, "学习") == [("learning", "answer"), ("learning", "question")]
    hit = search.find("学习")[1]
    assert [hit.snippet[start:end] for start, end in hit.ranges] == ["学习"]


def test_titles_come_first_and_then_messages_the_newest_first(search: SearchRepository) -> None:
    assert _found(search, "machi") == [
        ("learning", None),
        ("cooking", "soup"),
        ("learning", "answer"),
    ]
    assert _found(search, "machi", limit=2) == [("learning", None), ("cooking", "soup")]
    assert _found(search, "machi", limit=1) == [("learning", None)]


def test_reasoning_is_not_searched(search: SearchRepository) -> None:
    assert _found(search, "musing") == []


def test_nothing_is_found_in_the_trash_until_it_is_restored(
    connection: sqlite3.Connection, search: SearchRepository
) -> None:
    conversations = ConversationRepository(connection)
    soup = conversations.get("cooking")
    conversations.update(replace(soup, deleted_at=MOMENT + timedelta(days=1)))
    assert _found(search, "soup") == []
    conversations.update(soup)
    assert _found(search, "soup") == [("cooking", None), ("cooking", "soup")]


@pytest.mark.parametrize("query", ["", "  ", '"', "()", "no such thing"])
def test_nothing_is_found_for_nothing(search: SearchRepository, query: str) -> None:
    assert search.find(query) == ()


def test_a_half_of_an_emoji_can_be_searched_for(search: SearchRepository) -> None:
    assert search.find("soup \ud83e") == search.find("soup")
    assert search.find("soup\ud83e") == search.find("soup")
