"""Three computers with real databases: whatever is edited and in whatever order bundles arrive, all of them end up with the same chats.

Meanwhile, synchronisation is switched off and on, small bundles are joined, bundles are lost, and chats are removed for good.
"""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, MessageState
from chatdesk.kernel.chat.request import Thinking
from tests.unit.features.sync.computer import Computer

PICTURE = ImagePart("a" * 64, "image/png", "garden.png", 640, 480, 1000)
DOCUMENT = DocumentPart("b" * 64, "application/pdf", "ferns.pdf", text_sha256="c" * 64, sections=3, tokens=50)


class History:
    """One history of random edits and deliveries.

    Without `loses_bundles`, nothing but joins deletes bundles, and not everything is written once more in the end.
    """

    def __init__(
        self, randomness: random.Random, make: type[Computer] = Computer, *, loses_bundles: bool = True
    ) -> None:
        self._loses_bundles = loses_bundles
        self._random = randomness
        self.computers = [make(number, ahead=randomness.choice((-3600.0, 0.0, 0.5, 86400.0))) for number in (1, 2, 3)]
        self.written: dict[str, str] = {}
        """Every text that was written, with its chat."""
        self.removed: set[str] = set()
        """Chats that were removed for good on a computer."""
        self.removed_code: set[str] = set()
        """Texts of versions of code that a user has removed."""
        self._off: set[Computer] = set()
        """Computers on which synchronisation is switched off."""
        self._names = 0

    def step(self) -> None:
        for computer in self.computers:
            computer.now += self._random.choice((0.0, 0.001, 5.0))
        computer = self._random.choice(self.computers)
        if self._random.random() < 0.6:
            self._random.choice(self.edits())(computer)
        elif self._random.random() < 0.5:
            if computer not in self._off:
                computer.write(self._random.choice((1, 2_000, 1_000_000)), in_small=self._random.random() < 0.7)
                if self._random.random() < 0.5:  # otherwise it is killed
                    computer.delete_replaced()
        elif self._random.random() < 0.85:
            self.deliver_one()
        else:
            losses = (self._lose_bundle, self._compact) if self._loses_bundles else ()
            self._random.choice((self._join, self._remove, *losses))(computer)

    def edits(self) -> tuple[Callable[[Computer], None], ...]:
        """Return what users do."""
        return (
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
            self._delete_folder,
            self._restore_folder,
            self._trash,
            self._restore,
            self._code,
            self._remove_code,
            self._add_code_again,
            self._settings,
            self._switch,
        )

    def deliver_one(self) -> None:
        """Deliver any bundle to any computer, also to the one that has written it: out of order, and possibly once more."""
        reader, writer = self._random.choices(self.computers, k=2)
        if writer.bundles and reader not in self._off:
            merged = reader.read(writer, self._random.choice(writer.bundles))
            assert not merged.refused

    def deliver_all(self) -> None:
        """Deliver everything to all computers, in a random order, until none of them has anything to say.

        If bundles were lost, everything is written once more before.
        """
        for computer in self.computers:
            computer.begin()
            if self._loses_bundles:
                computer.compact()
            else:
                computer.join()
        written = -1
        while written < (written := self._write_all()):
            for _ in range(2):  # twice: what is about a message that comes later is postponed
                rest = [
                    (reader, writer, number)
                    for reader in range(3)
                    for writer in range(3)
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

    def _write(self, chat: str) -> str:
        text = self._name("text ")
        self.written[text] = chat
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
        computer.ask(chat, self._name("message"), self._write(chat))

    def _new_message(self, computer: Computer) -> None:
        found = self._message(computer)
        if found:
            chat, parent = found
            if self._random.random() < 0.5:
                attachments = self._random.choice(((), (), (PICTURE,), (PICTURE, DOCUMENT)))
                computer.ask(chat, self._name("message"), self._write(chat), parent, attachments)
            else:
                state = self._random.choice((MessageState.COMPLETE, MessageState.STOPPED))
                computer.answer(chat, self._name("message"), self._write(chat), parent, state)

    def _continue(self, computer: Computer) -> None:
        if found := self._message(computer, "deleted_at IS NULL AND state = 'stopped'"):
            chat, message = found
            computer.continue_answer(message, " " + self._write(chat))

    def _edit_answer(self, computer: Computer) -> None:
        if found := self._message(computer, "deleted_at IS NULL AND role = 'assistant'"):
            chat, message = found
            computer.edit_answer(message, self._name("message"), self._write(chat))

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
        instructions = self._random.choice(("", "Answer briefly."))
        computer.keep_folder(self._random.choice(("work", "home")), self._name("Folder "), instructions)

    def _delete_folder(self, computer: Computer) -> None:
        if folders := sorted(computer.folders()):
            computer.delete_folder(self._random.choice(folders))

    def _restore_folder(self, computer: Computer) -> None:
        if folders := computer.trashed_folders():
            computer.restore_folder(self._random.choice(folders))

    def _settings(self, computer: Computer) -> None:
        self._change(
            computer,
            instructions=self._random.choice(("", self._name("Instructions "))),
            thinking=self._random.choice((None, Thinking.HIGH)),
            answer_length=self._random.choice(tuple(AnswerLength)),
        )

    def _switch(self, computer: Computer) -> None:
        """Switch synchronisation off or on."""
        if computer in self._off:
            computer.begin()
        else:
            computer.end()
        self._off ^= {computer}

    def _remove(self, computer: Computer) -> None:
        if chats := sorted(computer.trashed_chats()):
            chat = self._random.choice(chats)
            computer.remove_chat_for_good(chat)
            self.removed.add(chat)

    def _lose_bundle(self, computer: Computer) -> None:
        if computer.bundles:
            computer.bundles.pop(self._random.randrange(len(computer.bundles)))

    def _compact(self, computer: Computer) -> None:
        if computer not in self._off:
            computer.compact()

    def _join(self, computer: Computer) -> None:
        """Join the small bundles of a computer, or begin that and be killed."""
        if computer not in self._off:
            if self._random.random() < 0.3:
                for _ in range(self._random.randrange(1, 4)):
                    computer.begin_join()
            else:
                computer.join(in_small=self._random.random() < 0.5)

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
            computer.edit_code(found[1], self._write(found[0]), self._random.randrange(2))

    def _remove_code(self, computer: Computer) -> None:
        rows = computer.connection.execute(
            "SELECT DISTINCT id FROM messages JOIN own_versions ON message_number = messages.number ORDER BY id"
        ).fetchall()
        if rows:
            ((message,),) = self._random.sample(rows, 1)
            removed = computer.remove_code(message)
            self.removed_code |= {file.text for file in removed.files}

    def _add_code_again(self, computer: Computer) -> None:
        if computer.removed_code:
            computer.add_code_again(self._random.choice(computer.removed_code))


def _all_texts(computer: Computer) -> str:
    parts = [text for (text,) in computer.connection.execute("SELECT text FROM parts")]
    versions = [text for (text,) in computer.connection.execute("SELECT files FROM own_versions")]
    return "\n".join((*parts, *versions, ""))


def _check(seed: int, steps: int, *, loses_bundles: bool = True) -> None:
    run = History(random.Random(seed), loses_bundles=loses_bundles)
    for computer in run.computers:
        computer.begin()
    for _ in range(steps):
        run.step()
    run.deliver_all()
    first, second, third = (_comparable(computer, run) for computer in run.computers)
    assert second == first
    assert third == first
    texts = _all_texts(run.computers[0])
    lost = {
        text
        for text, chat in run.written.items()
        if f"{text}\n" not in texts
        and f"{text} " not in texts
        and f'{text}"' not in texts
        and chat not in run.removed
        and text not in run.removed_code
    }
    assert not lost
    for computer in run.computers:
        assert not computer.connection.execute("PRAGMA foreign_key_check").fetchall()
        chats = computer.connection.execute("SELECT id, head_id FROM conversations").fetchall()
        for chat, head in chats:
            alive = {message.id for message in computer.messages(chat)}
            assert head in alive or not alive
        computer.close()


def _comparable(computer: Computer, run: History) -> object:
    """Return what has to be the same on all computers: a chat that was removed for good on one may be in the trash of another."""
    removed = run.removed & set.union(set(), *(each.trashed_chats() for each in run.computers))
    return computer.everything(without=removed)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_all_computers_end_with_the_same_chats_and_nothing_written_is_lost(seed: int, steps: int) -> None:
    _check(seed, steps)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_joined_bundles_have_all_that_was_in_the_small_ones(seed: int, steps: int) -> None:
    _check(seed, steps, loses_bundles=False)


@pytest.mark.thorough
@settings(max_examples=400, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=200))
def test_long_histories_end_with_the_same_chats(seed: int, steps: int) -> None:
    _check(seed, steps)


@pytest.mark.thorough
@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=200))
def test_joins_in_long_histories_lose_nothing(seed: int, steps: int) -> None:
    _check(seed, steps, loses_bundles=False)
