"""`chatdesk import`: the real command, process and database, without a window."""

import io
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.composition import DATABASE_NAME
from chatdesk.app.console import importing
from chatdesk.app.exit_code import ExitCode
from chatdesk.system.folders import Folders
from chatdesk.system.instance_lock import InstanceLock
from tests.unit.features.conversations.foreign_chats import foreign_chat, write_export


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_export(tmp_path / "export.json", foreign_chat("one", day=1), foreign_chat("two", day=3), {"chat": {}})


def titles() -> list[str]:
    path = Folders.locate().data / DATABASE_NAME
    with closing(sqlite3.connect(path)) as connection:
        return [
            title
            for (title,) in connection.execute(
                "SELECT title FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC"
            )
        ]


def test_it_shows_what_is_in_a_file_and_imports_it(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--yes", str(export)]) == ExitCode.ANSWERED
    assert titles() == ["Chat two", "Chat one"]
    assert capsys.readouterr().out.splitlines() == [
        "export.json (Open WebUI): chats: 2, messages: 4",
        "  from 2024-05-02 to 2024-05-04",
        "  new: 2",
        "Empty chats that are left out: 1",
        "Imported chats: 2",
        "Imported messages: 4",
    ]
    assert main(["import", "--yes", str(export)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out.splitlines()[-1] == "There is nothing new to import."
    assert titles() == ["Chat two", "Chat one"]


@pytest.mark.parametrize(
    ("answer", "code", "imported"),
    [("y\n", ExitCode.ANSWERED, 2), ("n\n", ExitCode.STOPPED, 0), ("\n", ExitCode.STOPPED, 0)],
)
def test_it_asks_on_a_terminal(
    export: Path,
    answer: str,
    code: ExitCode,
    imported: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal(answer))
    assert main(["import", str(export)]) == code
    assert len(titles()) == imported
    assert "Import? [y/N]" in capsys.readouterr().err


def test_it_imports_nothing_if_nobody_can_be_asked(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(export)]) == ExitCode.USAGE
    assert titles() == []
    assert "--yes" in capsys.readouterr().err


def test_presets_are_imported_by_the_same_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "prompts.json"
    path.write_text('[{"command": "/p", "title": "Pirate", "content": "Talk like a pirate."}]', "utf-8")
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out == "Presets: 1 (Pirate)\nImported presets: 1\n"
    assert main(["presets"]) == ExitCode.ANSWERED
    assert "Pirate" in capsys.readouterr().out
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert "already here: 1\nThere is nothing new" in capsys.readouterr().out


def test_a_chat_that_cannot_be_read_is_named_and_the_others_are_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_export(tmp_path / "export.json", *(foreign_chat(name, day=1) for name in ("one", "two", "three")))
    path.write_text(path.read_text("utf-8").replace('"Chat two"', '"Chat two", "rating": NaN', 1), "utf-8")
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    out = capsys.readouterr().out
    assert "Damaged chats that are left out: 1\n  Chat two\n" in out
    assert "Imported chats: 2\n" in out
    assert set(titles()) == {"Chat one", "Chat three"}
    assert main(["import", "--yes", "--json", str(path)]) == ExitCode.ANSWERED
    (line,) = (line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line["event"] == "left_out")
    assert (line["kind"], line["count"], line["names"]) == ("damaged-chat", 1, ["Chat two"])


def test_the_chats_can_be_put_into_a_folder_and_json_tells_what_was_done(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--yes", "--json", "--folder", "From there", str(export)]) == ExitCode.ANSWERED
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["start", "source", "found", "left_out", "imported", "end"]
    assert lines[1] | {"size": 0} == {"event": "source", "name": "export.json", "origin": "Open WebUI", "size": 0}
    assert lines[2]["chats"] == {"new": 2, "here": 0, "grown": 0, "deleted": 0}
    assert (lines[4]["chats"], lines[4]["messages"]) == (2, 4)
    with closing(sqlite3.connect(Folders.locate().data / DATABASE_NAME)) as connection:
        assert connection.execute(
            "SELECT name, count(*) FROM conversations JOIN folders ON folders.id = folder_id"
        ).fetchone() == (
            "From there",
            2,
        )


def test_a_file_with_nothing_to_import_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "picture.gif"
    path.write_bytes(b"GIF89a")
    assert main(["import", "--yes", str(path)]) == ExitCode.USAGE
    assert capsys.readouterr() == ("", "picture.gif: this file type is not supported.\n")
    assert main(["import", str(tmp_path / "gone.json")]) == ExitCode.USAGE
    assert "gone.json" in capsys.readouterr().err
    assert main(["import"]) == ExitCode.USAGE


def test_the_open_window_is_given_the_files(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    received: list[Path] = []

    def give(_data: Path, _lock: InstanceLock, files: Sequence[Path]) -> bool:
        received.extend(files)
        return True

    monkeypatch.setattr(importing, "_pass_to_window", give)
    folders = Folders.locate()
    folders.make()
    window = InstanceLock(folders.data / "instance.lock")
    assert window.acquire()
    try:
        assert main(["import", "--yes", str(export)]) == ExitCode.ANSWERED
    finally:
        window.release()
    assert received == [export]
    assert not (folders.data / DATABASE_NAME).exists()
    assert "Chatdesk is open" in capsys.readouterr().err
