"""Absurd values in every column of the database: all of it can be read, and what is reported of it is bounded."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.presets.files.preset_repository import PresetRepository
from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.merging import Merging
from chatdesk.kernel.chat import applied_presets as applied_record
from chatdesk.kernel.chat.attachments import from_records
from chatdesk.kernel.chat.trash import TrashKind
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage
from chatdesk.kernel.context import context_plan as context_record
from chatdesk.kernel.models import parameters
from chatdesk.storage.database import stored_values
from chatdesk.storage.database.chat_trash import ChatTrash
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository, PartRow, from_rows
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.page_storage_repository import PageStorageRepository
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository
from chatdesk.storage.recovery.salvage import salvage
from tests.unit.storage.full_database import (
    ABSURD,
    MODEL,
    NUMBERS,
    Column,
    columns,
    spoil,
    spoil_numbers,
    write_everything,
)
from tests.unit.storage.samples import MOMENT, a_message
from tests.unit.storage.searching import search

BEGINNING = datetime.min.replace(tzinfo=UTC)
ROWS = (0.1, 0.4, 0.9)
"""Of the parts, which are of many kinds: where in the table, as a share of it."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "chats.sqlite3"
    write_everything(path, 2)
    return path


def use(path: Path) -> None:
    """Read everything there is, and write what a person's next question writes."""
    with closing(open_connection(path)) as connection:
        conversations, messages = ConversationRepository(connection), MessageRepository(connection)
        connection.execute("BEGIN")
        messages.mark_interrupted()
        trashed = ChatTrash(connection).list(BEGINNING)
        for item in trashed:
            assert 0 <= item.days_left(MOMENT) <= 30
        chats = [item.id for item in trashed if item.kind is TrashKind.CHAT]
        listed = (*conversations.list(), *map(conversations.get, chats))
        for conversation in listed:
            for message in messages.of_conversation(conversation.id):
                check(message)
                messages.leaf_of(message.id)
            EditedVersionRepository(connection).of_conversation(conversation.id)
            RemoteConversationRepository(connection).inputs(conversation.id, MODEL)
            RemoteConversationRepository(connection).find(f"{conversation.id} answer", MODEL, "path")
            PageStorageRepository(connection).find([f"{conversation.id} answer 1"])
            conversations.update(conversation)
        for folder in FolderRepository(connection).list():
            FolderRepository(connection).save(folder)
        presets = PresetRepository(connection)
        for key, state in presets.states().items():
            presets.remember(key, state)
        for preset in ("chat0", "chat1"):
            presets.versions(preset)
            presets.add_version(preset, "another text", MOMENT)
        search(connection, "notes")
        for number in range(2):
            for conversation in listed:
                if connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation.id,)).fetchone():
                    messages.add(a_message(f"{conversation.id}+{number}", "new", conversation=conversation.id))
        for number in MessageTrash(connection).trashed_before(MOMENT):
            MessageTrash(connection).remove(number)
        for chat in (*conversations.trashed_before(MOMENT), *conversations.hidden()):
            HiddenChats(connection).hide(chat, MOMENT)
            for number in HiddenChats(connection).message_numbers(chat):
                messages.remove(number)
            HiddenChats(connection).remove(chat)
        share(connection)
        connection.execute("ROLLBACK")


def share(connection: sqlite3.Connection) -> None:
    """Tell other computers everything, and merge what they tell."""
    log = ChangeLog(connection, lambda: 1_793_000_000_000)
    for _ in range(5):
        log.record_some()
    log.mark_sent(log.unsent(100_000)[1])
    stamp = Stamp(1_793_000_000_001, "fedcba9876543210")
    for number in range(2):
        added = replace(
            a_message(f"chat{number}x", "elsewhere", conversation=f"chat{number}"), parent_id=f"chat{number} answer"
        )
        title = {"title": "elsewhere", "origin": "user"}
        operations = (
            FieldSet(stamp, Kind.CHAT, f"chat{number}", Field.TITLE, title),
            MessageAdded(stamp, stamp, added),
        )
        Merging(connection, lambda: 1_793_000_000_000).merge(operations)


def check(value: object) -> None:
    """Every number that is reported can be shown."""
    if names := names_of_fields(type(value)):
        for name in names:
            held = getattr(value, name)
            if isinstance(value, Usage):
                assert held is None or 0 <= held <= MAX_PLAUSIBLE
            else:
                check(held)
    elif isinstance(value, tuple):
        for each in value:
            check(each)
    else:
        assert not isinstance(value, bytes)


@cache
def names_of_fields(of: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(of)) if is_dataclass(of) else ()


def cases(path: Path) -> Iterator[tuple[Column, str, float]]:
    for column in columns(path):
        for name in ABSURD:
            for row in ROWS if column.table == "parts" else ROWS[:1]:
                yield column, name, row


def test_every_table_has_something_to_spoil(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        tables = {column.table for column in columns(full)}
        empty = [table for table in tables if not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]]
    assert empty == [], "write something into them in full_database.py"
    assert len(tables) > 8


@pytest.mark.thorough
def test_no_value_of_any_column_keeps_the_chats_from_being_read(full: Path, tmp_path: Path) -> None:
    path, whole = tmp_path / "chats.sqlite3", full.read_bytes()
    failed = []
    for column, name, row in cases(full):
        path.write_bytes(whole)
        if spoil(path, column, ABSURD[name], row):
            failed += failure_of(path, f"{column} = {name}")
    for column in columns(full):
        for name, number in NUMBERS.items():
            path.write_bytes(whole)
            if spoil_numbers(path, column, number):
                failed += failure_of(path, f"numbers in {column} = {name}")
    assert failed == []


def failure_of(path: Path, case: str) -> list[str]:
    try:
        use(path)
    except Exception as error:  # noqa: BLE001 - reported with its case
        return [f"{case}: {type(error).__name__}: {error}"]
    return []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([2**31, -1, "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KNOWN = st.sampled_from(
    [
        "prompt_tokens",
        "total_milliseconds",
        "tokens_per_second",
        "kind",
        "data",
        "choice",
        "summary",
        "text",
        "until",
        "of",
        "key",
        "name",
        "values",
        "variables",
        "minimum",
        "maximum",
        "step",
        "parameters",
        "temperature",
        "num_ctx",
        "stop",
        "format",
        "keep_alive",
        "sha256",
        "width",
        "height",
        "size",
        "pictures",
        "sources",
        "number",
        "score",
        "milliseconds",
    ]
)
RECORDS = st.dictionaries(KNOWN, JSON | st.dictionaries(KNOWN, JSON, max_size=4), max_size=6)


@given(RECORDS, st.sampled_from(["text", "reasoning", "image", "file", "tool_call", "tool_result", "sources", "new"]))
def test_any_json_in_a_column_is_read(record: dict[str, object], kind: str) -> None:
    text = stored_values.to_text(json.dumps(record))
    check(stored_values.from_usage(text))
    stored_values.from_failure(text)
    parameters.from_record(stored_values.from_json(text))
    applied_record.from_json(text)
    context_record.from_json(text)
    check(from_records(record.get("pictures")))
    check(from_rows([PartRow(0, 0, kind, "words", text)]))


@given(st.text(max_size=40))
def test_any_text_is_a_moment(text: str) -> None:
    assert stored_values.from_time(text).tzinfo is not None


@pytest.mark.thorough
def test_no_value_of_any_column_keeps_a_damaged_file_from_being_repaired(full: Path, tmp_path: Path) -> None:
    path, whole = tmp_path / "chats.sqlite3", full.read_bytes()
    failed = []
    for column in columns(full):
        for name, value in ABSURD.items():
            path.write_bytes(whole)
            if not spoil(path, column, value):
                continue
            try:
                salvage(path, None)
                with closing(open_connection(path)) as connection:
                    chats = len(ConversationRepository(connection).list())
                    assert chats or column.table == "conversations"
            except Exception as error:  # noqa: BLE001 - reported with its case
                failed.append(f"{column} = {name}: {type(error).__name__}: {error}")
            for renamed in tmp_path.glob("chats-set-aside*"):
                renamed.unlink()
    assert failed == []
