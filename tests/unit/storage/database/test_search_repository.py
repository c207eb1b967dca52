import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import MessageState, ReasoningPart, TextPart
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.database import search_index, search_repository
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.database.search_index import begin_rebuild, not_indexed_below, rebuild_some
from chatdesk.storage.database.search_repository import START, SearchCursor, SearchRepository
from chatdesk.storage.database.stored_values import to_time
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer, connect_in_memory
from tests.unit.storage.searching import search


@pytest.fixture
def chats(connection: sqlite3.Connection) -> sqlite3.Connection:
    conversations, messages = ConversationRepository(connection), MessageRepository(connection)
    conversations.add(a_conversation("learning", "About machines"))
    messages.add(a_message("question", "什么是机器学习？", conversation="learning"))
    answer = messages.add(an_answer("answer", parent="question", conversation="learning"))
    parts = (ReasoningPart("secret musing"), TextPart("Machines learn. 机器从数据中学习。" + " More text." * 1000))
    messages.finish(replace(answer, state=MessageState.COMPLETE).with_parts(parts))
    conversations.add(a_conversation("cooking", "Soup"))
    messages.add(a_message("soup", "How do I cook a soup of machine oil?", conversation="cooking"))
    return connection


def _found(connection: sqlite3.Connection, text: str, limit: int = 1_000) -> list[str]:
    return [hit.message_id for hit in search(connection, text, limit)]


def test_a_chinese_word_of_two_characters_is_found(chats: sqlite3.Connection) -> None:
    assert _found(chats, "学习") == ["answer", "question"]
    hit = search(chats, "学习")[1]
    assert hit.conversation_id == "learning"
    assert [hit.snippet[start:end] for start, end in hit.ranges] == ["学习"]


def test_the_newest_messages_come_first(chats: sqlite3.Connection) -> None:
    assert _found(chats, "machi") == ["soup", "answer"]
    assert _found(chats, "machi", limit=1) == ["soup"]


def test_reasoning_is_not_searched(chats: sqlite3.Connection) -> None:
    assert _found(chats, "musing") == []


def test_nothing_is_found_in_the_trash_until_it_is_restored(chats: sqlite3.Connection) -> None:
    conversations = ConversationRepository(chats)
    soup = conversations.get("cooking")
    conversations.update(replace(soup, deleted_at=MOMENT + timedelta(days=1)))
    assert _found(chats, "soup") == []
    conversations.update(soup)
    assert _found(chats, "soup") == ["soup"]


@pytest.mark.parametrize("typed", ["", "  ", '"', "()", "no such thing", "-soup"])
def test_nothing_is_found_for_nothing(chats: sqlite3.Connection, typed: str) -> None:
    assert search(chats, typed) == ()


@pytest.mark.parametrize("looked_through", [0, 1_000])
def test_one_character_is_found_newest_first_by_looking_and_by_the_index(
    connection: sqlite3.Connection, looked_through: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_repository, "_LOOKED_THROUGH", looked_through)
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
    for limit in (2, 4, 50):
        assert _found(connection, "学", limit) == [f"m{number}" for number in (7, 5, 3, 1)][:limit]
    assert _found(connection, " 器 ", 1) == ["m7"]
    assert _found(connection, "习", 2) == ["thought", "m7"]


def test_a_character_in_many_pieces_of_a_message_is_one_hit(connection: sqlite3.Connection) -> None:
    ConversationRepository(connection).add(a_conversation())
    MessageRepository(connection).add(a_message("long", "学" * 100_000))
    assert _found(connection, "学", 1) == ["long"]
    assert _found(connection, "学") == ["long"]


_WORDS = [
    "C++",
    "C#",
    "c",
    "F#",
    ".NET",
    "net",
    "__init__",
    "init",
    "50%",
    "150%",
    "学习",
    "機器",
    "机器学习",
    "cat",
    "cats",
    "ﬁle",
    "😀",
    "=>",
]
_texts = st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), min_size=1, max_size=12)
_queries = st.one_of(
    st.sampled_from([*_WORDS, "ca", "file", "机", "龙", "+", "%"]),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(lambda words: f'"{" ".join(words)}"'),
    st.tuples(st.sampled_from(_WORDS), st.sampled_from(_WORDS)).map(" -".join),
)


@settings(max_examples=60, deadline=None)
@given(_texts, _queries, st.integers(1, 4), st.integers(0, 4), st.integers(1, 5))
def test_exactly_the_messages_that_contain_a_query_are_found_page_by_page(
    texts: list[str], typed: str, batch: int, batches: int, page: int
) -> None:
    """Whether they are in the index already or not, compared with looking at each one."""
    with closing(connect_in_memory()) as connection, pytest.MonkeyPatch.context() as patch:
        ConversationRepository(connection).add(a_conversation())
        for number, text in enumerate(texts):
            MessageRepository(connection).add(a_message(str(number), text))
        begin_rebuild(connection)
        patch.setattr(search_index, "MAX_BATCH_ROWS", batch)
        for _ in range(batches):
            rebuild_some(connection)
        query = SearchQuery(typed)
        expected = [str(number) for number in reversed(range(len(texts))) if query and query.is_in(texts[number])]
        found: list[str] = []
        cursor: SearchCursor | None = START
        while cursor:
            hits, cursor = SearchRepository(connection).find(query, cursor, page)
            assert len(hits) <= page
            found += [hit.message_id for hit in hits]
        assert found == expected


def test_a_search_without_time_goes_on_from_message_to_message(chats: sqlite3.Connection) -> None:
    cursor: SearchCursor | None = START
    found, steps = [], 0
    while cursor:
        hits, cursor = SearchRepository(chats).find(SearchQuery("machine"), cursor, 50, seconds=0)
        found += hits
        steps += 1
    assert [hit.message_id for hit in found] == ["soup", "answer"]
    assert steps >= 1


def test_the_index_is_rebuilt_after_the_migration_and_all_is_found_meanwhile(tmp_path: Path) -> None:
    with closing(open_connection(tmp_path / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS[:2], tmp_path / "backups")
        connection.execute(
            "INSERT INTO conversations (id, title, created_at, updated_at, activity, draft, system_prompt, pinned) "
            "VALUES ('chat', '', ?, ?, 1, '', '', 0)",
            (to_time(MOMENT), to_time(MOMENT)),
        )
        for number in range(250):
            state = MessageState.STREAMING if number == 7 else MessageState.COMPLETE
            connection.execute(
                "INSERT INTO messages (number, id, conversation_id, sequence, role, state, created_at) "
                "VALUES (?, ?, 'chat', ?, 'user', ?, ?)",
                (number + 1, f"m{number}", number, state, to_time(MOMENT)),
            )
            connection.execute(
                "INSERT INTO parts VALUES (?, 0, 0, 'text', ?, '{}')", (number + 1, f"Das große H₂O {number}")
            )
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        expected = [f"m{number}" for number in range(249, -1, -1) if number != 7]
        assert _found(connection, "h2o grosse") == expected
        steps = 0
        while rebuild_some(connection):
            steps += 1
            assert _found(connection, "h2o grosse") == expected
        assert steps >= 3
        assert not_indexed_below(connection) == 0
        assert connection.execute(
            "SELECT count(*) FROM message_search WHERE message_search MATCH 'h2o'"
        ).fetchone() == (249,)
        assert _found(connection, "h2o grosse") == expected
