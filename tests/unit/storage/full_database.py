"""A database with something in every table and column, and what a disk or another hand may put into one of them.

The columns are read from the file itself: a new one is among them without being named here. A table that nothing is written into here is
found by `test_absurd_columns.py`.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.files.preset_repository import PresetRepository
from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.chat.instructions import AnswerLength, Scope, ScopedInstructions, combined_instructions
from chatdesk.kernel.chat.message import (
    DocumentPart,
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.context_plan import ContextChoice, OverflowPolicy, Summary
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.database.page_storage_repository import PageStorageRepository
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.samples import MOMENT, a_conversation

MODEL = ModelRef("ollama", "scripted:1b")
PICTURE = ImagePart("f" * 64, "image/png", "cat.png", 40, 30, 900)
ABSURD: dict[str, str] = {
    "2^31": "2147483648",
    "2^53": "9007199254740992",
    "2^63-1": "9223372036854775807",
    "-1": "-1",
    "0": "0",
    "10^6": "1000000",
    "a fraction": "0.5",
    "infinite": "9e999",
    "NULL": "NULL",
    "words": "'words'",
    "no words": "''",
    "no UTF-8": "CAST(x'66ff80' AS TEXT)",
    "a BLOB": "x'00ff41'",
    "JSON": "'{\"a\": [1e999, NaN, -1]}'",
    "a list": "'[9007199254740992]'",
}
"""Values for a column, as SQL."""
NUMBERS: dict[str, object] = {
    "2^31": 2**31,
    "2^53": 2**53,
    "2^64": 2**64,
    "-1": -1,
    "0": 0,
    "10^6": 10**6,
    "a fraction": 0.5,
    "infinite": float("inf"),
    "NaN": float("nan"),
    "none": None,
    "words": "words",
    "true": True,
    "a list": [1],
}
"""Values for a number in JSON."""


@dataclass(frozen=True)
class Column:
    """One column of one table."""

    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def write_everything(path: Path, chats: int) -> None:
    """Make a database with so many chats `chat0` …, each with a row of its own in every table."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(open_connection(path)) as connection:
        migrate(connection, MIGRATIONS, path.parent / "backups")
        connection.execute("BEGIN")
        for number in range(chats):
            _write_chat(connection, f"chat{number}", number)
        connection.execute("INSERT INTO search_rebuild VALUES (1)")
        _share(connection)
        connection.execute("COMMIT")


def _share(connection: sqlite3.Connection) -> None:
    """Record everything for other computers, with some of it pending."""
    log = ChangeLog(connection, lambda: 1_793_000_000_000)
    log.begin("0123456789abcdef")
    while log.record_some():
        pass
    log.end()
    log.begin("0123456789abcdef")
    connection.execute("INSERT INTO sync_bundles VALUES ('fedcba9876543210', 1)")
    connection.execute("INSERT INTO sync_written VALUES (1, 1)")
    connection.execute(
        "INSERT OR IGNORE INTO sync_settled SELECT conversation_id, id FROM messages ORDER BY sequence DESC LIMIT 1"
    )


def columns(path: Path) -> list[Column]:
    """Return every column of every table but the search index's."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in names if "_search" not in name and not name.startswith("sqlite_")]
        return [
            Column(table, name)
            for table in tables
            for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        ]


def spoil(path: Path, column: Column, value: str, row: float = 0.0) -> bool:
    """Put SQL's `value` into the row that lies at this share of the table. False where SQLite takes no such value there."""
    statement = (
        f"UPDATE {column.table} SET {column.name} = {value} WHERE rowid = (SELECT rowid FROM {column.table} "
        f"ORDER BY rowid LIMIT 1 OFFSET (SELECT cast(? * count(*) AS INTEGER) FROM {column.table}))"
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        try:
            connection.execute(statement, (row,))
        except sqlite3.IntegrityError:
            return False
    return True


def spoil_numbers(path: Path, column: Column, value: object) -> bool:
    """Put `value` in the place of every number of a column that holds JSON. False where it holds none."""
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = connection.execute(f"SELECT rowid, {column.name} FROM {column.table}").fetchall()
        found = [(json.dumps(with_numbers(held, value)), rowid) for rowid, text in rows if (held := _held(text))]
        connection.executemany(f"UPDATE {column.table} SET {column.name} = ? WHERE rowid = ?", found)
    return bool(found)


def _held(text: object) -> object:
    try:
        held = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return held if isinstance(held, dict | list) else None


def with_numbers(held: object, value: object) -> object:
    """Return JSON with `value` in the place of every number."""
    match held:
        case dict():
            return {name: with_numbers(each, value) for name, each in held.items()}
        case list():
            return [with_numbers(each, value) for each in held]
        case bool():
            return held
        case int() | float():
            return value
        case _:
            return held


def _write_chat(connection: sqlite3.Connection, chat: str, number: int) -> None:
    folder = Folder(f"folder {chat}", f"Folder {number}", float(number), "", MODEL, instructions="Be exact.")
    FolderRepository(connection).save(folder)
    ConversationRepository(connection).add(_conversation(chat, folder.id))
    messages = MessageRepository(connection)
    for message in _messages(chat):
        messages.add(message)
    messages.remember_leaf(f"{chat} question", f"{chat} answer")
    connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (f"{chat} failed", chat))
    version = EditedVersion(f"{chat} answer", 1, 1, MOMENT, (EditedFile("index.html", "<p>mine</p>"),), 0)
    EditedVersionRepository(connection).add(version)
    PageStorageRepository(connection).save(chat, [f"{chat} answer 1"], '{"score": 3}', MOMENT)
    presets = PresetRepository(connection)
    presets.remember(f"own:{chat}", PresetState(True, 3, MOMENT, float(number), {"to": "English"}))
    presets.add_version(chat, '+++\nname = "x"\n+++\nDo it.', MOMENT)
    remote = RemoteConversationRepository(connection)
    remote.save(f"{chat} answer", MODEL, RemoteAnswer(f"remote {chat}", "m"), "path")
    remote.save_inputs(chat, MODEL, {"city": "Bern"})


def _conversation(chat: str, folder: str) -> object:
    preset = AppliedPreset(
        "own:x",
        "Translate",
        prompt="Translate to {{to}}.",
        parameters=Parameters(temperature=0.5, max_tokens=100),
        variables=(Variable("to"), Variable("count", VariableKind.NUMBER, minimum=1, maximum=9, step=2)),
        values={"to": "English", "count": "3"},
    )
    return replace(
        a_conversation(chat, f"Title of {chat}"),
        model=MODEL,
        draft="half a question",
        draft_attachments=(PICTURE,),
        instructions="Be brief.",
        answer_length=AnswerLength.SHORT,
        preset=preset,
        folder_id=folder,
        thinking=Thinking.AUTO,
        parameters=Parameters(temperature=0.7, top_k=40, num_ctx=4096, seed=1, stop=("END",)),
        context=OverflowPolicy(ContextChoice.SUMMARISE, Summary("what was said", f"{chat} question")),
    )


def _messages(chat: str) -> Iterator[Message]:
    usage = Usage(120, 30, 41.5, 2_000, 300, 118, None, 4_096, prompt_tokens_per_second=900.5, load_milliseconds=1_200)
    failure = Failure(
        "ContextTooLong", {"server": "Ollama", "address": "http://x", "prompt_tokens": 5_000, "limit": 4_096}
    )
    question = (
        TextPart("What is **this**?"),
        replace(PICTURE),
        DocumentPart("e" * 64, "text/plain", "notes.txt", text="notes"),
    )
    answer = (
        ReasoningPart("Hm.", 1_200),
        TextPart("A page:\n\n```html\n<p>x</p>\n```\n"),
        ToolCallPart("1", "look", '{"at": 3}'),
        ToolResultPart("1", "seen"),
        SourcesPart((Source(1, "Book", "passage", "shelf", "https://example.org", 0.75),)),
    )
    yield Message(f"{chat} question", chat, None, 0, Role.USER, question, MessageState.COMPLETE, MOMENT)
    yield Message(
        f"{chat} answer",
        chat,
        f"{chat} question",
        0,
        Role.ASSISTANT,
        answer,
        MessageState.COMPLETE,
        MOMENT,
        MODEL,
        usage,
        FinishReason.STOP,
        instructions=combined_instructions(
            (ScopedInstructions(Scope.FOLDER, "Use metric units.", "Work"), ScopedInstructions(Scope.CHAT, "Be brief."))
        ),
    )
    yield Message(
        f"{chat} again", chat, f"{chat} answer", 0, Role.USER, (TextPart("More"),), MessageState.COMPLETE, MOMENT
    )
    yield Message(
        f"{chat} failed",
        chat,
        f"{chat} again",
        0,
        Role.ASSISTANT,
        (TextPart("Half"),),
        MessageState.FAILED,
        MOMENT,
        MODEL,
        usage,
        FinishReason.OTHER,
        failure,
    )
