"""The index keeps no text, so a wrong removal would go unnoticed: whatever happens, it must be what a fresh one would be."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chatdesk.kernel.chat.message import MessageState, TextPart
from chatdesk.kernel.chat.message_trees import Deletion, MessageTree, deletion_of
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.search_index import begin_rebuild, not_indexed_below, rebuild_some
from tests.unit.storage.removing import remove_old_chats, remove_old_messages
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer, connect_in_memory

_text = st.sampled_from(["", "one two", "机器学习", "two 机器", "Ünï côde"])
_final = st.sampled_from([state for state in MessageState if state is not MessageState.STREAMING])
_pick = st.integers(0, 4)


class _Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.connection = connect_in_memory()
        self.conversations = ConversationRepository(self.connection)
        self.messages = MessageRepository(self.connection)
        self.conversations.add(a_conversation())
        self.count = 0
        self.deletions: list[Deletion] = []

    def teardown(self) -> None:
        self.connection.close()

    def some_message(self, pick: int) -> str | None:
        ids = [message.id for message in self.messages.of_conversation("chat")]
        return ids[pick % len(ids)] if ids else None

    @rule(text=_text, state=st.sampled_from(MessageState), pick=_pick)
    def add(self, text: str, state: MessageState, pick: int) -> None:
        self.count += 1
        self.messages.add(a_message(str(self.count), text, parent=self.some_message(pick), state=state))

    @rule(text=_text, pick=_pick)
    def save(self, text: str, pick: int) -> None:
        self.messages.save_parts(an_answer(str(self.some_message(pick)), TextPart(text)))

    @rule(text=_text, pick=_pick, state=_final)
    def finish(self, text: str, pick: int, state: MessageState) -> None:
        self.messages.finish(replace(an_answer(str(self.some_message(pick)), TextPart(text)), state=state))

    @rule(text=_text, pick=_pick, state=st.sampled_from(MessageState))
    def update(self, text: str, pick: int, state: MessageState) -> None:
        self.messages.update(replace(an_answer(str(self.some_message(pick)), TextPart(text)), state=state))

    @rule(pick=_pick)
    def delete(self, pick: int) -> None:
        tree = MessageTree(self.messages.of_conversation("chat"))
        if message := tree.find(self.some_message(pick)):
            self.deletions.append(deletion_of(tree, message, None))
            MessageTrash(self.connection).trash(self.deletions[-1], MOMENT)

    @rule()
    def bring_back(self) -> None:
        if self.deletions:
            MessageTrash(self.connection).restore(self.deletions.pop(), (), None)

    @rule()
    def empty_the_trash(self) -> None:
        self.deletions.clear()
        remove_old_messages(self.connection, MOMENT + timedelta(seconds=1))

    @rule()
    def start_again(self) -> None:
        self.messages.mark_interrupted()

    @rule()
    def begin_to_rebuild(self) -> None:
        begin_rebuild(self.connection)

    @rule()
    def rebuild(self) -> None:
        rebuild_some(self.connection)

    @rule(text=_text)
    def make_and_purge_another(self, text: str) -> None:
        self.conversations.add(replace(a_conversation("other", text), deleted_at=MOMENT))
        self.messages.add(a_message("other", text, conversation="other"))
        remove_old_chats(self.connection, MOMENT + timedelta(seconds=1))

    @invariant()
    def the_index_is_what_a_fresh_one_would_be(self) -> None:
        with closing(connect_in_memory()) as fresh:
            messages = MessageRepository(fresh)
            ConversationRepository(fresh).add(self.conversations.get("chat"))
            for message in self.messages.of_conversation("chat"):
                messages.add(replace(message, parent_id=None))
            below = not_indexed_below(self.connection)
            waiting = {id_ for (id_,) in self.connection.execute("SELECT id FROM messages WHERE number < ?", (below,))}
            assert _terms(self.connection) == {each for each in _terms(fresh) if each[0] not in waiting}


def _terms(connection: sqlite3.Connection) -> set[tuple[str, str, int]]:
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.message_search_terms USING fts5vocab(main, message_search, instance)"
    )
    messages = connection.execute(
        "SELECT (SELECT id FROM messages WHERE number = doc), term, offset FROM temp.message_search_terms"
    )
    return set(messages)


TestLife = pytest.mark.thorough(_Life.TestCase)
TestLife.settings = settings(max_examples=60, stateful_step_count=15)
