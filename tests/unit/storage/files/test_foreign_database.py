"""A database of another program: its plain tables are read, and whatever else it is made to do is not done."""

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.files.foreign_database import open_foreign_database, read_foreign_assistants

CHERRY = """
CREATE TABLE assistant (id TEXT, name TEXT, prompt TEXT, emoji TEXT, description TEXT, model_id TEXT, deleted_at INTEGER);
INSERT INTO assistant VALUES ('1', '诗人', '写诗。', '🖋', 'Rhymes', 'm', NULL), ('2', 'Gone', 'x', '', '', '', 1);
CREATE TABLE provider (id TEXT, api_key TEXT);
INSERT INTO provider VALUES ('p', 'sk-canary');
"""


def database(folder: Path, script: str, *, log: bool = False) -> bytes:
    path = folder / "made.sqlite"
    connection = sqlite3.connect(path)
    if log:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(script)
    connection.close()
    return path.read_bytes()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize("log", [False, True])
def test_assistants_that_are_not_deleted_are_read_and_nothing_else(tmp_path: Path, temporary: Path, log: bool) -> None:
    rows = read_foreign_assistants(database(tmp_path, CHERRY, log=log))
    assert rows == [{"name": "诗人", "prompt": "写诗。", "emoji": "🖋", "description": "Rhymes"}]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "script",
    [
        "CREATE VIEW assistant AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x AS name, x AS prompt FROM n",
        "CREATE VIRTUAL TABLE assistant USING fts5(name, prompt)",
        "CREATE TABLE assistant (name TEXT, prompt TEXT AS (hex(zeroblob(400000000)))); INSERT INTO assistant(name) VALUES ('a')",
        "CREATE TABLE assistant (id TEXT)",
        "CREATE TABLE other (name TEXT, prompt TEXT)",
    ],
)
def test_what_is_no_plain_table_of_assistants_is_not_asked(tmp_path: Path, script: str) -> None:
    assert read_foreign_assistants(database(tmp_path, script)) == []


def test_a_text_longer_than_any_prompt_is_refused(tmp_path: Path, temporary: Path) -> None:
    script = (
        "CREATE TABLE assistant (name TEXT, prompt TEXT); INSERT INTO assistant VALUES ('a', hex(zeroblob(4100000)))"
    )
    with pytest.raises(ImportRefused) as refused:
        read_foreign_assistants(database(tmp_path, script))
    assert refused.value.problem is ImportProblem.DAMAGED
    assert list(temporary.iterdir()) == []


def test_a_damaged_database_is_refused(tmp_path: Path, temporary: Path) -> None:
    data = database(tmp_path, CHERRY)
    for broken in (data[:100], data[:3_000], data[:100] + b"\xff" * (len(data) - 100)):
        with pytest.raises(ImportRefused) as refused:
            read_foreign_assistants(broken)
        assert refused.value.problem is ImportProblem.DAMAGED
    assert list(temporary.iterdir()) == []


CHATS = """
CREATE TABLE message (id INTEGER, topic TEXT, text TEXT, gone INTEGER, "order" INTEGER);
INSERT INTO message VALUES (1, 'a', 'late', NULL, 2), (2, 'a', 'early', NULL, 1), (3, 'a', 'deleted', 9, 3), (4, 'b', 'other', NULL, 1);
"""


def test_the_rows_of_a_value_come_in_order_and_without_deleted_ones(tmp_path: Path) -> None:
    with open_foreign_database(io.BytesIO(database(tmp_path, CHATS))) as opened:
        assert opened.columns("message") == {"id", "topic", "text", "gone", "order"}
        rows = opened.rows("message", ["text", "missing"], equal=("topic", "a"), without="gone", order=["order"])
        assert list(rows) == [{"text": "early"}, {"text": "late"}]


@pytest.mark.parametrize("pragma", ["auto_vacuum = FULL", "journal_mode = WAL", "page_size = 512"])
def test_rows_are_found_by_a_value_while_those_of_another_table_are_read(tmp_path: Path, pragma: str) -> None:
    path = tmp_path / "made.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE chat (id INTEGER PRIMARY KEY, title TEXT)")
    connection.execute("CREATE TABLE message (chat INTEGER, text TEXT)")
    connection.executemany("INSERT INTO chat VALUES (?, ?)", [(number, "t" * 400) for number in range(50)])
    connection.executemany("INSERT INTO message VALUES (?, ?)", [(n % 50, f"{n}" * 100) for n in range(200)])
    connection.commit()
    log = path.with_name("made.sqlite-wal")
    files = [io.BytesIO(each.read_bytes()) if each.exists() else None for each in (path, log)]
    connection.close()
    assert files[0]
    with open_foreign_database(files[0], files[1]) as opened:
        found = {
            chat["id"]: [message["text"] for message in opened.rows("message", ["text"], equal=("chat", chat["id"]))]
            for chat in opened.rows("chat", ["id", "title"])
        }
    assert found == {number: [f"{n}" * 100 for n in range(number, 200, 50)] for number in range(50)}


@pytest.mark.parametrize(
    ("index", "created"),
    [("", 1), ("CREATE INDEX own ON message (topic, 'order')", 0), ("CREATE INDEX own ON message (gone)", 1)],
)
def test_an_index_is_created_once_where_the_database_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str, created: int
) -> None:
    statements: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(statements.append)
        return connection

    data = database(tmp_path, f"{CHATS} {index};")
    monkeypatch.setattr("sqlite3.connect", traced)
    with open_foreign_database(io.BytesIO(data)) as opened:
        for topic in ("a", "b", "c"):
            list(opened.rows("message", ["text"], equal=("topic", topic), order=["order"]))
    assert sum(each.startswith("CREATE INDEX") for each in statements) == created
    assert statements[-1].startswith("SELECT")


def test_a_missing_table_or_a_missing_column_to_compare_gives_no_rows(tmp_path: Path) -> None:
    with open_foreign_database(io.BytesIO(database(tmp_path, CHATS))) as opened:
        assert list(opened.rows("nothing", ["id"])) == []
        assert list(opened.rows("message", ["id"], equal=("chat", "a"))) == []
        assert list(opened.rows("message", ["name"])) == []


def test_rows_that_are_still_in_the_log_of_a_running_program_are_read(tmp_path: Path, temporary: Path) -> None:
    path = tmp_path / "live.sqlite"
    running = sqlite3.connect(path)
    running.execute("PRAGMA journal_mode = WAL")
    running.execute("CREATE TABLE chat (title TEXT)")
    running.execute("INSERT INTO chat VALUES ('new')")
    running.commit()
    log = path.with_name("live.sqlite-wal").read_bytes()
    with open_foreign_database(io.BytesIO(path.read_bytes()), io.BytesIO(log)) as opened:
        assert list(opened.rows("chat", ["title"])) == [{"title": "new"}]
    with open_foreign_database(io.BytesIO(path.read_bytes()), io.BytesIO(b"no log")) as opened:
        assert list(opened.rows("chat", ["title"])) == []
    running.close()
    assert list(temporary.iterdir()) == []


def test_text_that_is_not_valid_is_replaced(tmp_path: Path) -> None:
    data = database(tmp_path, "CREATE TABLE chat (title TEXT); INSERT INTO chat VALUES (CAST(x'61ff' AS TEXT))")
    with open_foreign_database(io.BytesIO(data)) as opened:
        assert list(opened.rows("chat", ["title"])) == [{"title": "a\ufffd"}]


def test_a_damaged_description_of_a_table_that_is_not_valid_text_is_refused(tmp_path: Path) -> None:
    damaged = database(tmp_path, "CREATE TABLE topic(id TEXT)").replace(b"CREATE TABLE topic", b"CREATE TABL\xdd topic")
    with pytest.raises(ImportRefused) as refused, open_foreign_database(io.BytesIO(damaged)) as tables:
        tables.columns("topic")
    assert refused.value.problem is ImportProblem.DAMAGED


@pytest.mark.parametrize("log", [False, True])
def test_a_temporary_folder_that_cannot_be_used_is_not_reported_as_damage(
    tmp_path: Path, temporary: Path, log: bool
) -> None:
    data = database(tmp_path, CHERRY, log=log)
    temporary.rmdir()
    with pytest.raises(ImportRefused) as refused:
        read_foreign_assistants(data)
    assert refused.value.problem is ImportProblem.NO_COPY


def test_a_source_that_cannot_be_read_is_not_reported_as_a_problem_of_its_copy(temporary: Path) -> None:
    class Unplugged(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"), open_foreign_database(Unplugged()):
        pass
    assert list(temporary.iterdir()) == []
