import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.removing import remove_old_chats
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer


@pytest.fixture
def conversations(connection: sqlite3.Connection) -> ConversationRepository:
    return ConversationRepository(connection)


@pytest.fixture
def messages(connection: sqlite3.Connection) -> MessageRepository:
    return MessageRepository(connection)


def _ids(conversations: ConversationRepository) -> list[str]:
    return [conversation.id for conversation in conversations.list()]


def test_a_conversation_comes_back_equal(conversations: ConversationRepository, messages: MessageRepository) -> None:
    conversation = a_conversation(title="机器🦉\0")
    conversations.add(conversation)
    messages.add(a_message("first"))
    changed = replace(
        conversation,
        title="another",
        updated_at=MOMENT + timedelta(hours=1),
        head_id="first",
        model=ModelRef("server", "model"),
        draft="half a question",
        instructions="Be brief.",
        pinned=True,
        deleted_at=MOMENT,
    )
    assert conversations.get("chat") == conversation
    assert conversations.update(changed)
    assert conversations.get("chat") == changed
    assert conversations.update(conversation)
    assert conversations.get("chat") == conversation


def test_what_was_chosen_of_thinking_comes_back_and_a_word_of_a_newer_program_is_none(
    conversations: ConversationRepository,
) -> None:
    conversations.add(replace(a_conversation(), thinking=Thinking.HIGH))
    assert conversations.get("chat").thinking is Thinking.HIGH
    conversations.update(replace(a_conversation(), thinking=None))
    assert conversations.get("chat").thinking is None
    conversations._connection.execute("UPDATE conversations SET thinking = 'loudly'")
    assert conversations.get("chat").thinking is None


def test_the_one_with_the_newest_message_comes_first(
    conversations: ConversationRepository, messages: MessageRepository
) -> None:
    for id_ in ("one", "two", "three"):
        conversations.add(a_conversation(id_))
    assert _ids(conversations) == ["three", "two", "one"]
    messages.add(a_message("message", conversation="one"))
    assert _ids(conversations) == ["one", "three", "two"]


def test_a_clock_set_back_or_forth_does_not_change_the_order(
    conversations: ConversationRepository, messages: MessageRepository
) -> None:
    for days, id_ in ((0, "now"), (3650, "in ten years"), (-365, "a year ago")):
        moment = MOMENT + timedelta(days=days)
        conversations.add(a_conversation(id_, moment=moment))
        messages.add(a_message(f"{id_} asked", conversation=id_, moment=moment))
    assert _ids(conversations) == ["a year ago", "in ten years", "now"]


def test_a_message_moves_the_date_and_a_rename_does_not(
    conversations: ConversationRepository, messages: MessageRepository
) -> None:
    conversations.add(a_conversation())
    later = MOMENT + timedelta(days=1)
    messages.add(a_message("message", moment=later))
    assert conversations.get("chat").updated_at == later
    conversations.update(replace(conversations.get("chat"), title="new"))
    assert conversations.get("chat").updated_at == later


def test_purging_removes_what_is_old_with_all_its_rows(
    connection: sqlite3.Connection, conversations: ConversationRepository, messages: MessageRepository
) -> None:
    for days, id_ in ((31, "old"), (29, "recent"), (None, "kept")):
        conversations.add(a_conversation(id_, title=f"title {id_}"))
        parent = None
        for number in range(1200):
            parent = messages.add(a_message(f"{id_}{number}", f"word {id_}", parent=parent, conversation=id_)).id
        messages.add(an_answer(f"{id_} streams", parent=parent, conversation=id_))
        deleted_at = None if days is None else MOMENT - timedelta(days=days)
        conversations.update(replace(conversations.get(id_), head_id=parent, deleted_at=deleted_at))
    assert remove_old_chats(connection, MOMENT - timedelta(days=30)) == ("old",)
    assert remove_old_chats(connection, MOMENT - timedelta(days=30)) == ()
    assert _ids(conversations) == ["kept"]
    with pytest.raises(KeyError):
        conversations.get("old")
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2402,)
    assert connection.execute("SELECT count(*) FROM parts").fetchone() == (2400,)
    assert connection.execute("SELECT count(*) FROM message_search WHERE message_search MATCH 'old'").fetchone() == (0,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("head", ["never there", "of another chat"])
def test_a_head_that_is_no_message_of_the_chat_is_not_taken(
    conversations: ConversationRepository, messages: MessageRepository, head: str
) -> None:
    conversations.add(a_conversation("other"))
    messages.add(a_message("of another chat", conversation="other"))
    conversations.add(a_conversation())
    messages.add(a_message("first"))
    conversations.update(replace(conversations.get("chat"), head_id="first"))
    conversations.update(replace(conversations.get("chat"), head_id=head, draft="kept"))
    assert conversations.get("chat").head_id == "first"
    assert conversations.get("chat").draft == "kept"


def test_a_conversation_that_is_gone_is_reported(conversations: ConversationRepository) -> None:
    with pytest.raises(KeyError):
        conversations.get("chat")
    assert not conversations.update(a_conversation())


def test_an_id_is_taken_once(conversations: ConversationRepository) -> None:
    conversations.add(a_conversation())
    with pytest.raises(sqlite3.IntegrityError):
        conversations.add(a_conversation())


def test_a_half_of_an_emoji_in_a_draft_does_no_harm(conversations: ConversationRepository) -> None:
    conversations.add(replace(a_conversation(title="\ud83e"), draft="\udd89", instructions="\ud83e\udd89"))
    stored = conversations.get("chat")
    assert (stored.title, stored.draft, stored.instructions) == ("\ufffd", "\ufffd", "🦉")
