"""Messages that only follow are added without reading the chat, with the same rows as if it was settled as a whole."""

import random
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.sync.domain.operations import Operation
from chatdesk.features.sync.files.merging import Merged
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from tests.unit.features.sync.computer import Computer, exchange
from tests.unit.features.sync.files.test_three_computers import History

_TABLES = (
    "conversations",
    "messages",
    "parts",
    "folders",
    "own_versions",
    "sync_messages",
    "sync_fields",
    "sync_pending",
)


class _Settling(Computer):
    """A computer that settles every chat as a whole."""

    def merge(self, operations: Iterable[Operation]) -> Merged:
        self.connection.execute("DELETE FROM sync_settled")
        return super().merge(operations)


class _Growing(History):
    """A history in which chats mostly grow, answers are being written, and messages are removed for good."""

    def __init__(self, randomness: random.Random, make: type[Computer] = Computer) -> None:
        super().__init__(randomness, make)
        self._read: dict[tuple[Computer, Computer], int] = {}
        """How many bundles of the second computer the first one has read."""

    def step(self) -> None:
        if self._random.random() < 0.4:
            self._catch_up()
        else:
            super().step()

    def _catch_up(self) -> None:
        """Let a computer read what another one has written and it has not read, in order."""
        reader, writer = self._random.sample(self.computers, 2)
        if not {reader, writer} & self._off:
            writer.write(max_bytes=self._random.choice((1, 2_000)))
            for bundle in writer.bundles[self._read.get((reader, writer), 0) :]:
                reader.read(writer, bundle)
            self._read[reader, writer] = len(writer.bundles)

    def edits(self) -> tuple[Callable[[Computer], None], ...]:
        return (
            *super().edits(),
            *(self._reply,) * 15,
            *(self._begin_answer,) * 2,
            *(self._end_answer,) * 2,
            self._show,
            self._remove_messages,
        )

    def _reply(self, computer: Computer) -> None:
        """Continue the shown path of a chat."""
        if chats := self._chats(computer):
            chat = self._random.choice(chats)
            computer.ask(chat, self._name("message"), self._write(chat), computer.chat(chat).head_id)

    def _begin_answer(self, computer: Computer) -> None:
        if found := self._message(computer):
            chat, parent = found
            with computer.transaction():
                id_, state = self._name("message"), MessageState.STREAMING
                answer = Message(id_, chat, parent, 0, Role.ASSISTANT, (), state, computer.moment)
                MessageRepository(computer.connection).add(answer)

    def _end_answer(self, computer: Computer) -> None:
        if found := self._message(computer, "state = 'streaming' AND deleted_at IS NULL"):
            chat, id_ = found
            with computer.transaction():
                answers = MessageRepository(computer.connection)
                parts = (TextPart(self._write(chat)),)
                answers.finish(replace(answers.get(id_), parts=parts, state=MessageState.COMPLETE))

    def _show(self, computer: Computer) -> None:
        """Show another path."""
        if found := self._message(computer):
            computer.change_chat(found[0], head_id=found[1])

    def _remove_messages(self, computer: Computer) -> None:
        """Remove what is in the trash for good."""
        with computer.transaction():
            trash = MessageTrash(computer.connection)
            for number in trash.trashed_before(computer.moment):
                trash.remove(number)


def _rows(computer: Computer) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(computer.connection.execute(f"SELECT * FROM {table}"), key=repr) for table in _TABLES}


def _compare(seed: int, steps: int) -> None:
    growing, settling = _Growing(random.Random(seed)), _Growing(random.Random(seed), _Settling)
    for history in (growing, settling):
        for computer in history.computers:
            computer.begin()
    compared: dict[Computer, tuple[int, int]] = {}
    for _ in range(steps):
        growing.step()
        settling.step()
        for computer, other in zip(growing.computers, settling.computers, strict=True):
            changes = (computer.connection.total_changes, other.connection.total_changes)
            if compared.get(computer) != changes:  # otherwise, not a row is another one than after the last step
                assert _rows(computer) == _rows(other)
                compared[computer] = changes
    for history in (growing, settling):
        for computer in history.computers:
            computer.close()


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_a_chat_grows_with_the_same_rows_as_if_it_was_settled_as_a_whole(seed: int, steps: int) -> None:
    _compare(seed, steps)


@pytest.mark.thorough
@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=20, max_value=200))
def test_chats_of_long_histories_grow_with_the_same_rows(seed: int, steps: int) -> None:
    _compare(seed, steps)


def test_a_message_follows_the_one_that_it_was_moved_below_and_that_comes_later(home: Computer, work: Computer) -> None:
    home.add_chat("chat", "Gardens")
    home.ask("chat", "question", "What grows?")
    home.answer("chat", "answer", "Ferns", "question", MessageState.COMPLETE)
    home.ask("chat", "next", "Where?", "answer")
    exchange(home, work)
    home.edit_answer("answer", "edited", "Ferns grow")
    home.write(max_bytes=1)
    lines = [line for bundle in home.bundles[-2:] for line in bundle]
    moved, edited = (next([line] for line in lines if f'"op": "{op}"' in line) for op in ("set", "message"))
    work.read(home, moved)
    assert [message.parent_id for message in work.messages("chat")] == [None, "question", None]
    work.read(home, edited)
    assert work.everything() == home.everything()


def _long_chat(home: Computer, work: Computer, messages: int) -> None:
    home.add_chat("chat", "Gardens")
    for number in range(messages):
        home.ask("chat", str(number), f"Words {number}", str(number - 1) if number else None)
    home.write()
    for bundle in home.bundles:
        work.read(home, bundle)


def _work_of_one_more(home: Computer, work: Computer) -> int:
    """Return how much work the database of `work` has with a message that continues the chat, in steps of its virtual machine."""
    last = home.messages("chat")[-1].id
    home.ask("chat", f"{last}+", "One more", last)
    home.write()
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    work.connection.set_progress_handler(count, 10)
    work.read(home, home.bundles[-1])
    work.connection.set_progress_handler(None, 0)
    assert work.messages("chat")[-1].text == "One more"
    assert work.chat("chat").head_id == f"{last}+"
    return steps * 10


def test_a_message_more_takes_no_more_work_in_a_long_chat(home: Computer, work: Computer) -> None:
    _long_chat(home, work, 50)
    few = _work_of_one_more(home, work)
    with closing(Computer(3)) as reader, closing(Computer(4)) as writer:
        writer.begin()
        reader.begin()
        _long_chat(writer, reader, 1_000)
        assert _work_of_one_more(writer, reader) < 1.5 * few
