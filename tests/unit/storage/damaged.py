"""Databases with chats in them, and what happens to files: pages overwritten, the end cut off, another beginning."""

import sqlite3
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery.backup import back_up
from tests.unit.storage.samples import a_conversation, a_message

PAGE = 4096


def write_chats(path: Path, chats: int = 12, messages: int = 20, *, first: int = 0) -> None:
    """Add chats `chat0`, `chat1` … titled `Title 0` …, each with messages that say `words of chat0-0` … some hundred times."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(open_connection(path)) as connection:
        migrate(connection, MIGRATIONS, path.parent / "backups")
        connection.execute("BEGIN")
        for chat in range(first, first + chats):
            add_chat(connection, f"chat{chat}", f"Title {chat}", messages)
        connection.execute("COMMIT")


def add_chat(connection: sqlite3.Connection, chat: str, title: str, messages: int) -> None:
    conversations = ConversationRepository(connection)
    conversations.add(a_conversation(chat, title))
    parent = None
    for number in range(messages):
        message = a_message(f"{chat}-{number}", text_of(f"{chat}-{number}"), parent=parent, conversation=chat)
        assert message.state is MessageState.COMPLETE
        MessageRepository(connection).add(message)
        parent = message.id
    connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (parent, chat))


def text_of(message: str) -> str:
    return f"words of {message} " * 100


def copy_of(path: Path) -> Path:
    """Make a backup as the program makes it."""
    with closing(open_connection(path)) as connection:
        return back_up(connection, path.parent / "backups", "weekly")


def root_page(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]


def leaves(path: Path, name: str) -> list[int]:
    """Return the numbers of the leaf pages below a table's or an index's root, in order (sqlite.org/fileformat.html)."""
    data = path.read_bytes()

    def below(number: int) -> list[int]:
        start = (number - 1) * PAGE
        kind = data[start]
        if kind in {0x0D, 0x0A}:
            return [number]
        assert kind in {0x05, 0x02}
        cells = int.from_bytes(data[start + 3 : start + 5], "big")
        pointers = [int.from_bytes(data[start + 12 + 2 * i : start + 14 + 2 * i], "big") for i in range(cells)]
        children = [int.from_bytes(data[start + pointer : start + pointer + 4], "big") for pointer in pointers]
        children.append(int.from_bytes(data[start + 8 : start + 12], "big"))
        return [leaf for child in children for leaf in below(child)]

    return below(root_page(path, name))


def overwrite(path: Path, *pages: int, content: bytes = b"\xff") -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(content * (PAGE // len(content)))
