"""All chats are replaced by a backup, and the data folder moves, through the settings of the real program."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_titles
from tests.unit.storage.damaged import copy_of, write_chats

TITLES = [f"Title {number}" for number in reversed(range(5))]


def open_data(person: Person) -> None:
    person.press("Ctrl+,")
    person.sees("Back to chats")
    person.click("Data")
    person.sees("Back up every day")


def test_all_chats_are_replaced_by_a_backup_and_the_window_opens_again(home: Path, xvfb: dict[str, str]) -> None:
    path = home / "chats.sqlite3"
    write_chats(path, 5, 10)
    copy_of(path)
    write_chats(path, 2, 10, first=5)
    with Person(home, xvfb) as person:
        person.sees("Title 0")
        open_data(person)
        person.sees("Verified")
        person.click("Restore from the backup of ")
        person.sees("Instead of the current chats")
        person.click("Instead of the current chats")
        person.sees("Replace all chats")
        person.click("Replace all chats")
        person.sees("5 chats recovered")
        assert stored_titles(home) == TITLES
        (set_aside,) = home.glob("chats-set-aside-*.sqlite3")
        assert set_aside.stat().st_size > 0
        assert person.leave() == 0


def test_chats_that_another_program_has_open_are_not_replaced(home: Path, xvfb: dict[str, str]) -> None:
    path = home / "chats.sqlite3"
    write_chats(path, 5, 10)
    copy_of(path)
    write_chats(path, 2, 10, first=5)
    with Person(home, xvfb) as person:
        person.sees("Title 0")
        open_data(person)
        person.sees("Verified")
        person.click("Restore from the backup of ")
        person.sees("Instead of the current chats")
        person.click("Instead of the current chats")
        person.sees("Replace all chats")
        with closing(sqlite3.connect(path)) as other:
            other.execute("SELECT * FROM conversations").fetchall()
            person.click("Replace all chats")
            person.sees("Another program is using the chat database.")
            person.sees("Nothing was changed. Close that program, then try again")
        assert person.leave() == 0
    assert len(stored_titles(home)) == 7
    assert list(home.glob("chats-set-aside-*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are named by variables of XDG")
def test_the_data_folder_moves_and_is_asked_for_when_it_is_missing(tmp_path: Path, xvfb: dict[str, str]) -> None:
    folders = {
        name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    }
    usual, disk = tmp_path / "XDG_DATA_HOME" / "Chatdesk", tmp_path / "disk"
    disk.mkdir()
    write_chats(usual / "chats.sqlite3", 5, 10)
    with Person(tmp_path, {**xvfb, **folders, "CHATDESK_HOME": ""}) as person:
        person.sees("Title 0")
        open_data(person)
        person.click("Move…")
        person.until(lambda: person.choose_in_dialog(disk), "the dialog for a folder")
        person.sees("Move all data?")
        person.click("Move")
        person.until(lambda: (disk / "chats.sqlite3").exists() and not (usual / "chats.sqlite3").exists(), "the move")
        person.sees("All data has moved")
        person.sees("Title 0")
        assert stored_titles(disk) == TITLES
        assert person.leave() == 0
        disk.rename(tmp_path / "unplugged")
        person.start()
        person.sees("Try again")
        assert not (usual / "chats.sqlite3").exists()
        assert not disk.exists()
        (tmp_path / "unplugged").rename(disk)
        person.click("Try again")
        person.sees("Title 0")
        assert person.leave() == 0
