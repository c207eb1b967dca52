"""Three computers with real databases: whatever is edited and in whatever order bundles arrive, all of them end up with the same chats."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import MessageState
from tests.unit.features.sync.computer import Computer


class _Run:
    """One history of random edits and deliveries."""

    def __init__(self, randomness: random.Random) -> None:
        self._random = randomness
        self.computers = [
            Computer(number, ahead=randomness.choice((-3600.0, 0.0, 0.5, 86400.0))) for number in (1, 2, 3)
        ]
        self.written: set[str] = set()
        """Every text that was written."""
        self._names = 0
        self._delivered: set[tuple[int, int, int]] = set()

    def step(self) -> None:
        for computer in self.computers:
            computer.now += self._random.choice((0.0, 0.001, 5.0))
        computer = self._random.choice(self.computers)
        edits: tuple[Callable[[Computer], None], ...] = (
            self._new_chat,
            self._new_message,
            self._new_message,
            self._new_message,
            self._continue,
            self._edit_answer,
            self._delete_message,
            self._undo_deletion,
            self._rename,
            self._pin,
            self._move,
            self._folder,
            self._same_name,
            self._trash,
            self._restore,
            self._code,
        )
        if self._random.random() < 0.6:
            self._random.choice(edits)(computer)
        elif self._random.random() < 0.5:
            computer.write(max_bytes=self._random.choice((1, 2_000, 1_000_000)))
        else:
            self.deliver_one()

    def deliver_one(self) -> None:
        """Deliver any bundle to any computer: out of order, and possibly once more."""
        reader, writer = self._random.sample(range(3), 2)
        bundles = self.computers[writer].bundles
        if bundles:
            number = self._random.randrange(len(bundles))
            merged = self.computers[reader].read(self.computers[writer], bundles[number])
            assert not merged.refused

    def deliver_all(self) -> None:
        """Deliver everything to all computers, in a random order, until none of them has anything to say."""
        written = -1
        while written < (written := self._write_all()):
            for _ in range(2):  # twice: what is about a message that comes later is postponed
                rest = [
                    (reader, writer, number)
                    for reader in range(3)
                    for writer in range(3)
                    if reader != writer
                    for number in range(len(self.computers[writer].bundles))
                ]
                self._random.shuffle(rest)
                for reader, writer, number in rest:
                    self.computers[reader].read(self.computers[writer], self.computers[writer].bundles[number])

    def _write_all(self) -> int:
        """Write what is not written yet, and return how many bundles there are."""
        for computer in self.computers:
            computer.write()
        return sum(len(computer.bundles) for computer in self.computers)

    def _name(self, beginning: str) -> str:
        self._names += 1
        return f"{beginning}{self._names}"

    def _write(self) -> str:
        text = self._name("text ")
        self.written.add(text)
        return text

    def _chats(self, computer: Computer) -> list[str]:
        return [id_ for (id_,) in computer.connection.execute("SELECT id FROM conversations ORDER BY id")]

    def _message(self, computer: Computer, condition: str = "deleted_at IS NULL") -> tuple[str, str] | None:
        rows = computer.connection.execute(
            f"SELECT conversation_id, id FROM messages WHERE {condition} ORDER BY id"
        ).fetchall()
        return self._random.choice(rows) if rows else None

    def _new_chat(self, computer: Computer) -> None:
        chat = self._name("chat")
        computer.add_chat(chat, self._random.choice(("", "Title")))
        computer.ask(chat, self._name("message"), self._write())

    def _new_message(self, computer: Computer) -> None:
        found = self._message(computer)
        if found:
            chat, parent = found
            if self._random.random() < 0.5:
                computer.ask(chat, self._name("message"), self._write(), parent)
            else:
                state = self._random.choice((MessageState.COMPLETE, MessageState.STOPPED))
                computer.answer(chat, self._name("message"), self._write(), parent, state)

    def _continue(self, computer: Computer) -> None:
        if found := self._message(computer, "deleted_at IS NULL AND state = 'stopped'"):
            computer.continue_answer(found[1], " " + self._write())

    def _edit_answer(self, computer: Computer) -> None:
        if found := self._message(computer, "deleted_at IS NULL AND role = 'assistant'"):
            computer.edit_answer(found[1], self._name("message"), self._write())

    def _delete_message(self, computer: Computer) -> None:
        if found := self._message(computer):
            computer.delete_message(*found)

    def _undo_deletion(self, computer: Computer) -> None:
        computer.undo_deletion()

    def _rename(self, computer: Computer) -> None:
        self._change(computer, title=self._name("Title "))

    def _pin(self, computer: Computer) -> None:
        self._change(computer, pinned=self._random.random() < 0.5)

    def _change(self, computer: Computer, **changes: object) -> None:
        if chats := self._chats(computer):
            computer.change_chat(self._random.choice(chats), **changes)

    def _move(self, computer: Computer) -> None:
        folders = [id_ for (id_,) in computer.connection.execute("SELECT id FROM folders ORDER BY id")]
        if chats := self._chats(computer):
            computer.move(self._random.choice(chats), self._random.choice((*folders, None)))

    def _folder(self, computer: Computer) -> None:
        computer.keep_folder(self._random.choice(("work", "home")), self._name("Folder "))

    def _same_name(self, computer: Computer) -> None:
        """Make a folder with one of a few names, and move a chat there."""
        folder = self._name("folder")
        computer.keep_folder(folder, self._random.choice(("Garden", "Plants")))
        if chats := self._chats(computer):
            computer.move(self._random.choice(chats), folder)

    def _trash(self, computer: Computer) -> None:
        if chats := self._chats(computer):
            computer.delete_chat(self._random.choice(chats))

    def _restore(self, computer: Computer) -> None:
        if chats := sorted(computer.trashed_chats()):
            computer.restore_chat(self._random.choice(chats))

    def _code(self, computer: Computer) -> None:
        if found := self._message(computer):
            computer.edit_code(found[1], self._write(), self._random.randrange(2))


def _all_texts(computer: Computer) -> str:
    parts = [text for (text,) in computer.connection.execute("SELECT text FROM parts")]
    versions = [text for (text,) in computer.connection.execute("SELECT files FROM own_versions")]
    return "\n".join((*parts, *versions, ""))


def _check(seed: int, steps: int) -> None:
    run = _Run(random.Random(seed))
    for computer in run.computers:
        computer.begin()
    for _ in range(steps):
        run.step()
    run.deliver_all()
    first, second, third = run.computers
    assert second.everything() == first.everything()
    assert third.everything() == first.everything()
    texts = _all_texts(first)
    lost = {
        text for text in run.written if f"{text}\n" not in texts and f"{text} " not in texts and f'{text}"' not in texts
    }
    assert not lost
    for computer in run.computers:
        assert not computer.connection.execute("PRAGMA foreign_key_check").fetchall()
        chats = computer.connection.execute("SELECT id, head_id FROM conversations").fetchall()
        for chat, head in chats:
            alive = {message.id for message in computer.messages(chat)}
            assert head in alive or not alive
        computer.close()


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_all_computers_end_with_the_same_chats_and_nothing_written_is_lost(seed: int, steps: int) -> None:
    _check(seed, steps)


@pytest.mark.thorough
@settings(max_examples=400, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=200))
def test_long_histories_end_with_the_same_chats(seed: int, steps: int) -> None:
    _check(seed, steps)
