"""One wrong value on the disk or from a server: the real program starts, shows it, and can be started again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, on_thread, reply
from tests.unit.providers.absurd_numbers import altered
from tests.unit.providers.recordings import recording
from tests.unit.storage.damaged import copy_of, write_chats


@pytest.fixture
def path(home: Path) -> Path:
    path = home / "chats.sqlite3"
    write_chats(path, 3, 2)
    copy_of(path)
    return path


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def settings(home: Path, **values: object) -> None:
    (home / "settings.json").write_text(json.dumps({"state.last_conversation": "chat2", **values}))


def ollama(request: Request) -> Iterator[Step]:
    replies = {"/api/tags": "03", "/api/show": "04", "/api/ps": "07", "/api/version": "02"}
    if request.path in replies:
        yield reply(recording("ollama", replies[request.path]).body)
    elif request.path == "/api/chat":
        yield head(200, "application/x-ndjson")
        yield chunk(altered(recording("ollama", "10").body, None, 2**31))
        yield LAST_CHUNK
    else:
        yield reply(status=404)


def test_a_server_that_counts_without_measure_ends_no_start(home: Path, xvfb: dict[str, str]) -> None:
    with on_thread(ScriptedServer(ollama)) as server, Person(home, {**xvfb, "OLLAMA_HOST": server.url}) as person:
        person.sees("Message")
        person.type("Hello")
        person.press("Return")
        person.sees("Regenerate")
        assert person.leave() == 0
        person.start()
        person.sees("Regenerate")
        assert person.leave() == 0


def test_a_flipped_bit_in_a_title_is_reported_and_leads_to_the_good_copy(
    person: Person, home: Path, path: Path
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE conversations SET title = CAST(x'5469f46c' AS TEXT) WHERE id = 'chat0'")
    settings(home)
    with person:
        person.sees("Title 1")
        person.sees("Repair…")
        person.click("Repair…")
        person.sees("Restore this backup")
        person.click("Restore this backup")
        person.sees("3 chats recovered")
        person.sees("Title 0")
        assert person.leave() == 0


def test_a_table_that_is_missing_leads_to_the_good_copy(person: Person, home: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE folders")
    settings(home)
    with person:
        person.sees("The chat database is damaged.")
        person.sees("Restore this backup")
        person.click("Restore this backup")
        person.sees("Title 2")
        assert person.leave() == 0


@pytest.mark.parametrize("zoom", [0, 10**6, 2**31])
def test_a_zoom_without_measure_is_named(person: Person, home: Path, path: Path, zoom: int) -> None:
    settings(home, **{"appearance.zoom": zoom})
    with person:
        person.sees("Title 2")
        person.sees("Some settings could not be used")
        assert person.leave() == 0


def test_a_folder_in_place_of_the_settings_is_reported_as_that(person: Person, home: Path, path: Path) -> None:
    (home / "settings.json").mkdir()
    with person:
        person.sees("A folder is in the place of a file that Chatdesk needs.")
        (home / "settings.json").rmdir()
        person.click("Try again")
        person.sees("Title 2")
        assert person.leave() == 0


def test_copies_that_are_all_there_is_left_are_offered(person: Person, home: Path, path: Path) -> None:
    path.unlink()
    with person:
        person.sees("The chat database is missing.")
        person.sees("Restore this backup")
        person.click("Restore this backup")
        person.sees("Title 2")
        assert person.leave() == 0


def test_a_chat_that_ended_the_last_start_is_left_out_until_it_is_asked_for(
    person: Person, home: Path, path: Path
) -> None:
    settings(home)
    (home / "opening").write_text("chat2")
    with person:
        person.sees("“Title 2” was not opened")
        person.click("Open anyway")
        person.sees("You: words of chat2-0")
        assert person.leave() == 0
    assert not (home / "opening").exists()
