"""Conversations and messages to test with."""

import sqlite3
from datetime import UTC, datetime
from functools import cache

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Part, Role, TextPart
from tests.ready_databases import tables_in_memory

MOMENT = datetime(2026, 11, 24, 12, 30, 15, 123456, UTC)


def connect_in_memory() -> sqlite3.Connection:
    """Return an empty database with today's tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_tables())
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


_tables = cache(tables_in_memory)


def a_conversation(id_: str = "chat", title: str = "", moment: datetime = MOMENT) -> Conversation:
    return Conversation(id_, title, moment, moment)


def a_message(
    id_: str,
    text: str = "",
    *,
    parent: str | None = None,
    conversation: str = "chat",
    state: MessageState = MessageState.COMPLETE,
    moment: datetime = MOMENT,
) -> Message:
    parts = (TextPart(text),) if text else ()
    return Message(id_, conversation, parent, 0, Role.USER, parts, state, moment)


def an_answer(id_: str, *parts: Part, parent: str | None = None, conversation: str = "chat") -> Message:
    return Message(id_, conversation, parent, 0, Role.ASSISTANT, parts, MessageState.STREAMING, MOMENT)
