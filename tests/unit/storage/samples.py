"""Conversations and messages to test with."""

import sqlite3
from datetime import UTC, datetime

from hypothesis import strategies as st

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.message import (
    FilePart,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.storage.migrations import MIGRATIONS

MOMENT = datetime(2026, 11, 24, 12, 30, 15, 123456, UTC)


def connect_in_memory() -> sqlite3.Connection:
    """Return an empty database with today's tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for migration in MIGRATIONS:
        migration(connection)
    return connection


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


def any_text() -> st.SearchStrategy[str]:
    """Everything a server could send: NUL, emoji, halves of surrogate pairs."""
    strange = st.sampled_from(["\0", "🦉", "机", "\ud83e", "\udd89", "\u2028"])
    return st.lists(st.characters(exclude_categories=()) | strange, max_size=40).map("".join)


def any_part() -> st.SearchStrategy[Part]:
    text = any_text()
    return st.one_of(
        st.builds(TextPart, text, st.booleans()),
        st.builds(ReasoningPart, text, st.integers(0, 2**70)),
        st.builds(ImagePart, text, text, text, *[st.integers(0, 2**70)] * 3),
        st.builds(FilePart, text, text, text, text),
        st.builds(ToolCallPart, text, text, text),
        st.builds(ToolResultPart, text, text),
    )
