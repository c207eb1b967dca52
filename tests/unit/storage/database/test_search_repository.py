import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.kernel.chat.message import MessageState, ReasoningPart, TextPart
from chatdesk.storage.database import search_repository
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.search_repository import SearchRepository
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


@pytest.mark.parametrize("looked_at", [0, 1_000])
def test_one_character_is_found_newest_first_by_looking_and_by_the_index(
    connection: sqlite3.Connection, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_repository, "_NEWEST_COUNT", looked_at)
    conversations, messages = ConversationRepository(connection), MessageRepository(connection)
    conversations.add(a_conversation("there"))
    conversations.add(a_conversation("gone"))
    for number in range(8):
        messages.add(a_message(f"m{number}", "机器学习" if number % 2 else "别的", conversation="there"))
    messages.add(a_message("trash", "学", conversation="gone"))
    conversations.update(replace(a_conversation("gone"), deleted_at=MOMENT))
    messages.add(a_message("streaming", "学", conversation="there", state=MessageState.STREAMING))
    thought = messages.add(an_answer("thought", conversation="there"))
    messages.finish(replace(thought, state=MessageState.COMPLETE).with_parts((ReasoningPart("学"), TextPart("习" * 9))))
    search = SearchRepository(connection)
    for limit in (2, 4, 50):
        assert _found(search, "学", limit) == [("there", f"m{number}") for number in (7, 5, 3, 1)][:limit]
    assert _found(search, " 器 ", 1) == [("there", "m7")]
    assert _found(search, "习", 2) == [("there", "thought"), ("there", "m7")]


def test_a_character_in_many_pieces_of_a_message_is_one_hit(connection: sqlite3.Connection) -> None:
    messages = MessageRepository(connection)
    ConversationRepository(connection).add(a_conversation())
    messages.add(a_message("long", "学" * 100_000))
    assert _found(SearchRepository(connection), "学", 1) == [("chat", "long")]
    assert _found(SearchRepository(connection), "学") == [("chat", "long")]
