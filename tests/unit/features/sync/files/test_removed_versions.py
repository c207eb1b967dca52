"""Versions of generated code that a user has edited and removed again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.files.records import operation_in, removed_version, to_record
from chatdesk.features.sync.files.stored_items import edited_version_id
from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.features.sync.computer import Computer, exchange


def _texts(computer: Computer) -> list[str]:
    return [version.files[0].text for version in computer.code("answer")]


@pytest.fixture(autouse=True)
def both_have_code(home: Computer, work: Computer) -> None:
    """Both computers have an answer of which the code was edited at home."""
    home.add_chat("chat")
    home.ask("chat", "question", "Draw a leaf")
    home.answer("chat", "answer", "Here", "question", MessageState.COMPLETE)
    home.edit_code("answer", "green")
    exchange(home, work)
    home.now, work.now = 10.0, 20.0


def test_a_version_that_is_removed_is_removed_on_the_other_computers(home: Computer, work: Computer) -> None:
    work.remove_code("answer")
    exchange(home, work)
    assert _texts(home) == _texts(work) == []
    home.edit_code("answer", "red")
    exchange(home, work)
    assert _texts(home) == _texts(work) == ["red"]


def test_a_version_that_is_removed_stays_so_although_all_bundles_are_read_again_and_written_anew(
    home: Computer, work: Computer
) -> None:
    work.remove_code("answer")
    exchange(home, work)
    home.compact()
    work.compact()
    new = Computer(3)
    exchange(home, work, new)
    exchange(new, work, home)
    assert _texts(home) == _texts(work) == _texts(new) == []
    new.close()


def test_a_version_that_is_added_again_after_its_removal_is_back_on_all_computers(
    home: Computer, work: Computer
) -> None:
    removed = work.remove_code("answer")
    exchange(home, work)
    home.add_code_again(removed)
    exchange(home, work)
    assert _texts(home) == _texts(work) == ["green"]


def test_a_version_that_was_added_again_and_not_recorded_yet_is_later_than_a_removal_that_arrives(
    home: Computer, work: Computer
) -> None:
    work.remove_code("answer")
    work.write()
    home.now = 30.0
    home.add_code_again(home.remove_code("answer"))
    exchange(home, work)
    exchange(home, work)
    assert _texts(home) == _texts(work)


def test_of_a_removal_and_a_later_addition_made_apart_the_addition_counts(home: Computer, work: Computer) -> None:
    removed = work.remove_code("answer")
    work.write()
    home.remove_code("answer")
    home.record()
    home.now = 40.0
    home.add_code_again(removed)
    home.write()
    home.read(work, work.bundles[-1])
    exchange(home, work)
    assert _texts(home) == _texts(work) == ["green"]


def test_a_version_made_on_another_computer_meanwhile_stays(home: Computer, work: Computer) -> None:
    home.edit_code("answer", "blue")
    work.remove_code("answer")
    exchange(home, work)
    exchange(home, work)
    assert _texts(home) == _texts(work) == ["blue"]


def test_a_later_version_with_the_number_of_a_removed_one_is_shared_and_the_removed_one_is_not_sent_for_it(
    home: Computer, work: Computer
) -> None:
    work.remove_code("answer")
    work.edit_code("answer", "blue")
    exchange(home, work)
    assert _texts(home) == _texts(work) == ["blue"]


def test_what_is_removed_while_it_is_switched_off_is_removed_elsewhere_when_it_is_on_again(
    home: Computer, work: Computer
) -> None:
    work.end()
    work.remove_code("answer")
    work.begin()
    exchange(home, work)
    assert _texts(home) == _texts(work) == []


def test_a_removal_that_arrives_before_the_version_counts(home: Computer, work: Computer) -> None:
    work.remove_code("answer")
    exchange(home, work)
    new = Computer(3)
    new.begin()
    for bundle in (*reversed(work.bundles), *home.bundles, *work.bundles):
        new.read(home, bundle)
    assert _texts(new) == []
    assert new.texts("chat") == ["Draw a leaf", "Here"]
    new.close()


def test_two_computers_that_had_the_same_version_before_they_were_synchronised_agree_on_a_removal(
    home: Computer,
) -> None:
    """A version that is there when it is switched on is as old as it is; a removal is later."""
    (version,) = home.code("answer")
    other = Computer(3)
    for bundle in home.bundles:
        other.read(home, bundle)
    other.connection.execute("DELETE FROM sync_fields WHERE kind = 'version'")
    home.remove_code("answer")
    other.now = 60.0
    exchange(home, other)
    exchange(home, other)
    assert version not in home.code("answer")
    assert _texts(home) == _texts(other) == []
    other.close()


def test_a_message_that_is_removed_for_good_takes_its_versions_along_without_removing_them_elsewhere(
    home: Computer, work: Computer
) -> None:
    work.delete_message("chat", "answer")
    with work.transaction():
        (number,) = work.connection.execute("SELECT number FROM messages WHERE id = 'answer'").fetchone()
        MessageTrash(work.connection).remove(number)
    assert not work.connection.execute("SELECT 1 FROM sync_pending WHERE kind = 'removed_version'").fetchall()
    exchange(home, work)
    assert len(home.code("answer")) == 1


def test_nothing_is_noted_as_long_as_it_was_never_switched_on(home: Computer) -> None:
    never = Computer(4)
    never.add_chat("chat")
    never.ask("chat", "question", "Draw a leaf")
    never.edit_code("question", "green")
    never.remove_code("question")
    assert not never.connection.execute("SELECT * FROM sync_pending").fetchall()
    never.close()


def test_a_version_with_the_same_content_as_a_removed_one_beside_it_stays(home: Computer, work: Computer) -> None:
    (version,) = home.code("answer")
    other = replace(version, number=2, made_at=version.made_at + timedelta(seconds=1))
    with home.transaction():
        EditedVersionRepository(home.connection).add(other)
    exchange(home, work)
    work.remove_code("answer", 0)
    exchange(home, work)
    assert [each.made_at for each in home.code("answer")] == [other.made_at]
    assert [each.made_at for each in work.code("answer")] == [other.made_at]


def test_a_chatdesk_that_does_not_know_removals_accepts_the_record_and_changes_nothing() -> None:
    """Its checks of an edited version, as they were: a record that fails them makes a bundle damaged; a wrong id is skipped."""
    operation = FieldSet(Stamp(5, "1" * 16), Kind.VERSION, "a" * 32, Field.CONTENT, removed_version("answer"))
    record = to_record(operation)
    assert operation_in(record, 10) == operation
    value = record["value"]
    assert isinstance(value, dict)
    assert isinstance(value["place"], int)
    assert value["files"] == [{"name": "", "text": ""}]
    seen = {key: value[key] for key in ("message", "place", "made_at", "files")}
    assert edited_version_id(seen) != operation.id


def test_after_an_update_what_other_computers_have_written_is_read_once_more() -> None:
    """An earlier Chatdesk has skipped the removals in it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in MIGRATIONS[:22]:
            step(connection)
        connection.execute("UPDATE sync_state SET machine = 'this'")
        connection.execute("INSERT INTO sync_bundles VALUES ('this', 1), ('other', 1)")
        MIGRATIONS[22](connection)
        assert connection.execute("SELECT machine FROM sync_bundles").fetchall() == [("this",)]
