"""What a person sets for one chat is kept with it, comes with an older file as nothing, and survives a repair."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.kernel.context.context_plan import ContextChoice, OverflowPolicy, Summary
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS, m0010_chat_parameters
from tests.unit.storage.samples import a_conversation

PARAMETERS = Parameters(0.0, 0.9, 100, 7, 40, 0.05, 1.1, ("###", "\n"), 8192, "10m", "json")
CONTEXT = OverflowPolicy(ContextChoice.SUMMARISE, Summary("他们谈过猫头鹰。", "m1"))


@pytest.fixture
def connection(tmp_path: Path):
    with closing(open_connection(tmp_path / "chatdesk.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        yield connection


def test_parameters_and_choice_are_kept_with_the_chat(connection: sqlite3.Connection) -> None:
    chats = ConversationRepository(connection)
    chats.add(replace(a_conversation(), parameters=PARAMETERS, context=CONTEXT))
    stored = chats.get("chat")
    assert (stored.parameters, stored.context) == (PARAMETERS, CONTEXT)
    chats.update(replace(stored, parameters=Parameters(), context=OverflowPolicy()))
    assert (chats.get("chat").parameters, chats.get("chat").context) == (Parameters(), OverflowPolicy())


def test_halves_of_signs_do_not_keep_a_chat_from_being_kept(connection: sqlite3.Connection) -> None:
    strange = OverflowPolicy(ContextChoice.SUMMARISE, Summary("owl \ud83e", "m"))
    chats = ConversationRepository(connection)
    chats.add(replace(a_conversation(), parameters=Parameters(stop=("\udd89",)), context=strange))
    stored = chats.get("chat")
    assert stored.context.summary == Summary("owl \ufffd", "m")
    assert stored.parameters.stop is not None


def test_a_file_of_before_has_chats_without_any(tmp_path: Path) -> None:
    before = MIGRATIONS[: MIGRATIONS.index(m0010_chat_parameters.migrate)]
    with closing(open_connection(tmp_path / "old.sqlite3")) as connection:
        migrate(connection, before, tmp_path / "backups")
        connection.execute(
            "INSERT INTO conversations (id, title, created_at, updated_at, activity, draft, system_prompt, pinned) "
            "VALUES ('chat', 'kept', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1, '', '', 0)"
        )
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        stored = ConversationRepository(connection).get("chat")
    assert (stored.title, stored.parameters, stored.context) == ("kept", Parameters(), OverflowPolicy())


@pytest.mark.parametrize("text", ["", "x", "[]", '{"temperature":"hot"}', '{"stop":{}}'])
def test_what_cannot_be_read_is_nothing_and_hides_no_chat(connection: sqlite3.Connection, text: str) -> None:
    chats = ConversationRepository(connection)
    chats.add(a_conversation(title="kept"))
    connection.execute("UPDATE conversations SET parameters = ?, context = ?", (text, text))
    (stored,) = chats.list()
    assert (stored.title, stored.parameters, stored.context) == ("kept", Parameters(), OverflowPolicy())
