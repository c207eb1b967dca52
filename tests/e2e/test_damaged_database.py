"""The chats cannot be opened: the real program says so in a window, and a click there brings them back."""

from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_titles
from tests.unit.storage.damaged import copy_of, leaves, overwrite, write_chats

TITLES = [f"Title {number}" for number in reversed(range(5))]


@pytest.fixture
def path(home: Path) -> Path:
    path = home / "chats.sqlite3"
    write_chats(path, 5, 10)
    copy_of(path)
    return path


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def set_aside(home: Path) -> list[bytes]:
    return [file.read_bytes() for file in home.glob("chats-set-aside-*.sqlite3")]


def test_the_backup_comes_back_by_a_click(person: Person, home: Path, path: Path) -> None:
    damaged = b"Not SQLite at all" + path.read_bytes()[17:]
    path.write_bytes(damaged)
    with person:
        person.sees("The chat database is damaged.")
        person.sees("Restore this backup")
        assert path.read_bytes() == damaged
        person.click("Restore this backup")
        person.sees("5 chats recovered")
        person.sees("Title 4")
        assert stored_titles(home) == TITLES
        assert set_aside(home) == [damaged]
        assert person.leave() == 0


def test_a_repair_keeps_what_was_written_after_the_backup(person: Person, home: Path, path: Path) -> None:
    write_chats(path, 1, 10, first=5)
    overwrite(path, *leaves(path, "conversations"), *leaves(path, "parts")[1:3])
    with person:
        person.sees("Restore this backup")
        person.click("Recover")
        person.sees("6 chats recovered")
        assert stored_titles(home)[1:] == TITLES
        assert stored_titles(home)[0].startswith("words of chat5-0")
        assert person.leave() == 0
        person.start()
        person.sees("Title 4")
        assert person.leave() == 0


def test_leaving_changes_nothing(person: Person, home: Path, path: Path) -> None:
    path.write_bytes(b"")
    (home / "settings.json").write_text('{"state.database_expected": true}')
    with person:
        person.sees("Restore this backup")
        person.click("Quit")
        assert person.ended() == 1
    assert path.read_bytes() == b""
    assert set_aside(home) == []


def test_the_window_can_simply_be_closed_and_a_signal_ends_it(person: Person, path: Path) -> None:
    path.write_bytes(b"x" * 5000)
    with person:
        person.sees("Restore this backup")
        assert person.leave() == 1
        person.start()
        person.sees("Restore this backup")
        person.signal(15)
        assert person.ended() == 1


def test_trying_again_opens_what_has_come_back(person: Person, home: Path, path: Path) -> None:
    content = path.read_bytes()
    (home / "settings.json").write_text('{"state.database_expected": true}')
    path.unlink()
    with person:
        person.sees("The chat database is missing.")
        person.sees("Restore this backup")
        path.write_bytes(content)
        person.click("Try again")
        person.sees("Title 4")
        assert person.leave() == 0


def test_damage_met_while_chatting_leads_to_the_repair(person: Person, home: Path, path: Path) -> None:
    overwrite(path, *leaves(path, "parts")[:3])
    with person:
        person.sees("Title 0")
        person.click("Title 0")
        person.sees("Repair…")
        person.click("Repair…")
        person.sees("Restore this backup")
        person.click("Recover")
        person.sees("5 chats recovered")
        person.click("Title 0")
        person.sees("You: words of chat0-0")
        assert person.leave() == 0


def test_damage_that_was_met_is_dealt_with_at_the_next_start(person: Person, home: Path, path: Path) -> None:
    overwrite(path, *leaves(path, "parts")[:3])
    with person:
        person.sees("Title 0")
        person.click("Title 0")
        person.sees("Repair…")
        assert person.leave() == 0
        person.start()
        person.sees("Restore this backup")
        assert person.leave() == 1
