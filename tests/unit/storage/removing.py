"""What the services do in many transactions, to empty the trash, done at once."""

import sqlite3
from datetime import datetime

from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash


def remove_old_chats(connection: sqlite3.Connection, before: datetime) -> tuple[str, ...]:
    """Remove the chats that went to the trash before that moment, and return their ids."""
    hidden, ids = HiddenChats(connection), ConversationRepository(connection).trashed_before(before)
    for id_ in ids:
        hidden.hide(id_, before)
        for number in hidden.message_numbers(id_):
            MessageRepository(connection).remove(number)
        hidden.remove(id_)
    return ids


def remove_old_messages(connection: sqlite3.Connection, before: datetime) -> set[str]:
    """Remove the messages that went to the trash before that moment, and return their ids."""
    known = _ids(connection)
    for number in MessageTrash(connection).trashed_before(before):
        MessageTrash(connection).remove(number)
    return known - _ids(connection)


def _ids(connection: sqlite3.Connection) -> set[str]:
    return {id_ for (id_,) in connection.execute("SELECT id FROM messages")}
