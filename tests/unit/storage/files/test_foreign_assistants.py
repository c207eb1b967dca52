"""A database of another program: its assistants are read, and whatever else it is made to do is not done."""

import sqlite3
from pathlib import Path

import pytest

from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.files.foreign_assistants import read_foreign_assistants

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
