"""What is on disk, read beside the running program, as another program would."""

import sqlite3
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.context.context_plan import OverflowPolicy
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.message_repository import MessageRepository


def stored_messages(home: Path) -> tuple[Message, ...]:
    """Return the messages of the chat last spoken in; none if nothing is there yet."""
    with closing(_open(home)) as connection:
        chats = ConversationRepository(connection).list()
        return MessageRepository(connection).of_conversation(chats[0].id) if chats else ()


def stored_head(home: Path) -> str | None:
    """Return the id of the message that ends the path being shown in the chat last spoken in."""
    with closing(_open(home)) as connection:
        return ConversationRepository(connection).list()[0].head_id


def stored_context(home: Path) -> OverflowPolicy:
    """Return what is wanted where the chat last spoken in does not fit."""
    with closing(_open(home)) as connection:
        return ConversationRepository(connection).list()[0].context


def stored_drafts(home: Path) -> list[str]:
    """Return what is typed and not sent, of every chat."""
    with closing(_open(home)) as connection:
        return [chat.draft for chat in ConversationRepository(connection).list()]


def stored_queue(home: Path) -> list[str]:
    """Return the questions that wait behind an answer, of every chat."""
    with closing(_open(home)) as connection:
        return [draft.text for chat in ConversationRepository(connection).list() for draft in chat.queued]


def stored_titles(home: Path) -> list[str]:
    """Return the titles of the chats that are not in the trash, the one last spoken in first."""
    with closing(_open(home)) as connection:
        return [chat.title for chat in ConversationRepository(connection).list()]


def stored_folders(home: Path) -> dict[str, str | None]:
    """Return the name of the folder that each chat is in, by its title; None for a chat in none."""
    with closing(_open(home)) as connection:
        names = {folder.id: folder.name for folder in FolderRepository(connection).list()}
        chats = ConversationRepository(connection).list()
        return {chat.title: names.get(chat.folder_id) if chat.folder_id else None for chat in chats}


def _open(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(home / 'chats.sqlite3').as_uri()}?mode=ro", uri=True)
