import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.kernel.chat.instructions import Scope, ScopedInstructions, combined_instructions
from chatdesk.kernel.chat.message import (
    FinishReason,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
)
from chatdesk.kernel.chat.message_trees import MessageTree
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import ConnectionLost, to_failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer

BRIEF = combined_instructions((ScopedInstructions(Scope.FOLDER, "Be brief.", "Work"),))


@pytest.fixture
def messages(connection: sqlite3.Connection) -> MessageRepository:
    ConversationRepository(connection).add(a_conversation())
    return MessageRepository(connection)


def _found(connection: sqlite3.Connection, word: str) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM message_search JOIN messages ON number = message_search.rowid WHERE message_search MATCH ?",
        (word,),
    )
    return [id_ for (id_,) in rows]


def test_a_message_comes_back_equal(messages: MessageRepository) -> None:
    added = messages.add(
        Message(
            id="full",
            conversation_id="chat",
            parent_id=None,
            sequence=99,
            role=Role.ASSISTANT,
            parts=(ReasoningPart("hm", 1200), TextPart("机器🦉\0"), ToolCallPart("1", "search", "{}")),
            state=MessageState.FAILED,
            created_at=MOMENT,
            model=ModelRef("server", "model"),
            usage=Usage(10, 20, 31.5, 700),
            finish=FinishReason.LENGTH,
            failure=to_failure(ConnectionLost(server="Local", reason="reset")),
            instructions=BRIEF,
        )
    )
    assert added.sequence == 0
    assert messages.get("full") == added
    assert messages.of_conversation("chat") == (added,)


def test_branches_come_back_as_a_tree_in_order_of_sequence(messages: MessageRepository) -> None:
    question = messages.add(a_message("question"))
    first = messages.add(an_answer("first", parent="question"))
    second = messages.add(an_answer("second", parent="question"))
    follow_up = messages.add(a_message("follow-up", parent="first"))
    everything = messages.of_conversation("chat")
    assert [message.sequence for message in everything] == [0, 1, 2, 3]
    tree = MessageTree(everything)
    assert tree.siblings(first) == (first, second)
    assert tree.path("follow-up") == (question, first, follow_up)


def test_a_jumping_clock_does_not_change_the_order(messages: MessageRepository) -> None:
    for number, days in enumerate((0, -365, 3650, -1)):
        messages.add(a_message(str(number), moment=MOMENT + timedelta(days=days)))
    assert [message.id for message in messages.of_conversation("chat")] == ["0", "1", "2", "3"]


def test_every_conversation_counts_for_itself(connection: sqlite3.Connection, messages: MessageRepository) -> None:
    ConversationRepository(connection).add(a_conversation("other"))
    messages.add(a_message("here"))
    assert messages.add(a_message("there", conversation="other")).sequence == 0
    assert messages.add(a_message("here again")).sequence == 1


def test_a_growing_answer_is_saved_as_it_stands(messages: MessageRepository) -> None:
    answer = messages.add(an_answer("answer"))
    for parts in (
        (ReasoningPart("th", 5),),
        (ReasoningPart("think", 10), TextPart("so " * 3000)),
        (ReasoningPart("think" + "so " * 3000, 10),),
        (TextPart("short"),),
        (),
        (ReasoningPart("", 1), TextPart("end"), ToolCallPart("id", "name", "{")),
    ):
        assert messages.save_parts(answer.with_parts(parts))
        assert messages.get("answer") == answer.with_parts(parts)


def test_a_save_writes_what_changed_and_not_the_whole_answer(
    connection: sqlite3.Connection, messages: MessageRepository
) -> None:
    answer = messages.add(an_answer("answer"))
    text = ""
    written = []
    for _ in range(60):
        text += "about eighty characters, as arrive within half a second of streaming an answer. " * 2
        before = connection.total_changes
        messages.save_parts(answer.with_parts((ReasoningPart("thought " * 2000, 9), TextPart(text))))
        written.append(connection.total_changes - before)
    assert max(written[1:]) <= 2


def test_saving_the_same_again_writes_nothing(connection: sqlite3.Connection, messages: MessageRepository) -> None:
    answer = messages.add(an_answer("answer", TextPart("as it is")))
    before = connection.total_changes
    assert messages.save_parts(answer)
    assert connection.total_changes == before


def test_an_answer_is_found_when_it_ended_and_not_before(
    connection: sqlite3.Connection, messages: MessageRepository
) -> None:
    answer = messages.add(an_answer("answer"))
    grown = answer.with_parts((ReasoningPart("unspoken"), TextPart("spoken")))
    messages.save_parts(grown)
    assert _found(connection, "spoken") == []
    ended = replace(grown, state=MessageState.STOPPED, usage=Usage(1, 2), finish=FinishReason.ABORTED)
    assert messages.finish(ended)
    assert messages.get("answer") == ended
    assert _found(connection, "spoken") == ["answer"]
    assert _found(connection, "unspoken") == []


def test_the_first_end_of_an_answer_holds(messages: MessageRepository) -> None:
    answer = messages.add(an_answer("answer", TextPart("text")))
    assert messages.finish(replace(answer, state=MessageState.STOPPED))
    assert not messages.finish(replace(answer, state=MessageState.FAILED))
    assert not messages.save_parts(answer.with_parts((TextPart("late"),)))
    assert messages.get("answer").state is MessageState.STOPPED
    assert messages.get("answer").text == "text"


def test_an_answer_that_goes_on_leaves_the_index_until_it_ends_again(
    connection: sqlite3.Connection, messages: MessageRepository
) -> None:
    answer = messages.add(replace(an_answer("answer", TextPart("begun")), state=MessageState.INTERRUPTED))
    assert _found(connection, "begun") == ["answer"]
    again = replace(answer, state=MessageState.STREAMING)
    assert messages.update(again)
    assert _found(connection, "begun") == []
    assert messages.save_parts(again.with_parts((TextPart("begun and done"),)))
    assert messages.finish(replace(again, state=MessageState.COMPLETE).with_parts((TextPart("begun and done"),)))
    assert _found(connection, "begun done") == ["answer"]


def test_at_the_start_what_still_streams_was_interrupted(
    connection: sqlite3.Connection, messages: MessageRepository
) -> None:
    messages.add(an_answer("cut", TextPart("half a sen")))
    messages.add(an_answer("empty"))
    messages.add(replace(an_answer("done", TextPart("done")), state=MessageState.COMPLETE))
    assert set(messages.mark_interrupted()) == {"cut", "empty"}
    assert messages.mark_interrupted() == ()
    assert {m.id: m.state.value for m in messages.of_conversation("chat")} == {
        "cut": "interrupted",
        "empty": "interrupted",
        "done": "complete",
    }
    assert _found(connection, "half") == ["cut"]


def test_where_one_was_below_a_message_is_remembered(messages: MessageRepository) -> None:
    messages.add(a_message("root"))
    assert messages.leaf_of("root") is None
    messages.remember_leaf("root", "leaf")
    assert messages.leaf_of("root") == "leaf"
    assert messages.leaf_of("gone") is None


def test_a_message_that_is_gone_is_reported(messages: MessageRepository) -> None:
    with pytest.raises(KeyError):
        messages.get("gone")
    removed = an_answer("gone")
    assert not messages.save_parts(removed)
    assert not messages.finish(replace(removed, state=MessageState.COMPLETE))
    assert not messages.update(removed)


def test_words_of_another_version_hide_no_message(connection: sqlite3.Connection, messages: MessageRepository) -> None:
    messages.add(a_message("message", "text"))
    connection.execute("UPDATE messages SET role = 'oracle', state = 'dreaming', finish = 'bored', created_at = 'once'")
    message = messages.get("message")
    assert (message.role, message.state, message.finish) == (Role.ASSISTANT, MessageState.COMPLETE, FinishReason.OTHER)
    assert message.text == "text"


def test_equal_instructions_are_stored_once_and_removed_with_the_last_message_of_a_hidden_chat(
    connection: sqlite3.Connection, messages: MessageRepository
) -> None:
    def stored() -> int:
        messages.forget_unused_instructions()
        (count,) = connection.execute("SELECT count(*) FROM given_instructions").fetchone()
        return int(count)

    first, second = (replace(an_answer(name), instructions=BRIEF) for name in ("first", "second"))
    messages.add(first)
    messages.add(second)
    numbers = messages.numbers_of_conversation("chat")
    assert stored() == 1
    messages.remove(numbers[0])
    assert messages.get("first").instructions == BRIEF
    HiddenChats(connection).hide_all(["chat"], MOMENT)
    messages.remove(numbers[0])
    assert stored() == 1
    assert messages.get("second").instructions == BRIEF
    messages.remove(numbers[1])
    assert stored() == 0
