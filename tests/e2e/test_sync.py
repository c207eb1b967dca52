"""Two computers of one person, as real programs in real windows, with a folder that both can see."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages, stored_titles
from tests.unit.storage.samples import a_conversation, a_message

SECONDS = 60.0
"""Changes are written every 5 s and read every 15 s, beginning 10 s after a start."""


@pytest.fixture
def cloud(tmp_path: Path) -> Path:
    folder = tmp_path / "cloud"
    folder.mkdir()
    return folder


def store_chat(home: Path, chat: str, title: str, question: str) -> None:
    home.mkdir(mode=0o700, parents=True)
    with closing(open_connection(home / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, home / "backups")
        conversation = a_conversation(chat, title)
        ConversationRepository(connection).add(conversation)
        MessageRepository(connection).add(a_message(f"{chat}-question", question, conversation=chat))
        ConversationRepository(connection).update(replace(conversation, head_id=f"{chat}-question"))


def begin(person: Person, cloud: Path, name: str) -> None:
    """Open the sheet by the palette, fill it in with the keyboard, and start."""
    person.sees("Message")
    person.press("Ctrl+Shift+P")
    person.type("sync with other")
    person.press("Return")
    person.until(lambda: person.focused() == "Folder", "the field for the folder")
    person.type(str(cloud))
    person.click("This computer")
    person.press("Ctrl+A")
    person.type(name)
    person.click("Start")
    person.sees("Sync now")
    person.press("Esc")


def test_two_windows_share_their_chats_also_after_one_was_killed(
    new_home: Callable[[], Path], xvfb: dict[str, str], cloud: Path
) -> None:
    desk_home, laptop_home = new_home(), new_home()
    store_chat(desk_home, "garden", "Gardens in shade", "What grows there?")
    store_chat(laptop_home, "train", "Trains to Oslo", "When do they leave?")
    with Person(desk_home, xvfb) as desk, Person(laptop_home, xvfb) as laptop:
        begin(desk, cloud, "Desk")
        begin(laptop, cloud, "Laptop")
        both = {"Gardens in shade", "Trains to Oslo"}
        for person, home in ((desk, desk_home), (laptop, laptop_home)):
            person.until(lambda home=home: set(stored_titles(home)) == both, "the chats of both", SECONDS)
            for title in both:
                person.sees(title)
        desk.kill()
        laptop.click("Trains to Oslo")
        laptop.sees("You: When do they leave?")
        laptop.press("F2")
        laptop.until(lambda: laptop.focused() == "Chat title", "the field for the title")
        laptop.press("Ctrl+A")
        laptop.type("Night trains")
        laptop.press("Return")
        laptop.until(lambda: "Night trains" in stored_titles(laptop_home), "the new title")
        desk.start()
        desk.until(lambda: "Night trains" in stored_titles(desk_home), "the new title on the other computer", SECONDS)
        desk.sees("Night trains")
        assert len(stored_messages(desk_home)) == 1
        assert desk.leave() == 0
        assert laptop.leave() == 0
