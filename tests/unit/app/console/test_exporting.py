"""`chatdesk export`: the real command and database, without a window."""

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from chatdesk.app.command_line import main
from chatdesk.app.composition import DATABASE_NAME
from chatdesk.app.console.verbs import EXPORT_FORMATS
from chatdesk.app.exit_code import ExitCode
from chatdesk.features.conversations.services.files import chat_pdf
from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.kernel.aio.child_program import ChildProgram
from chatdesk.system.folders import Folders
from chatdesk.system.instance_lock import InstanceLock
from tests.unit.features.conversations.foreign_chats import foreign_chat, foreign_message, of_messages, write_export


@pytest.fixture
def chats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A chat in the folder Work, and one in none."""
    for title, folder in (("one", ["--folder", "Work"]), ("two", [])):
        path = write_export(tmp_path / f"{title}.json", foreign_chat(title, day=1))
        assert main(["import", "--yes", *folder, str(path)]) == ExitCode.ANSWERED
    capsys.readouterr()


@pytest.mark.usefixtures("chats")
def test_all_chats_become_files_that_can_be_imported_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "chats.zip"
    assert main(["export", str(path)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out == f"Exported chats: 2, to {path}\n"
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == ["Chat two.chatdesk.json", "Work/Chat one.chatdesk.json"]
        assert json.loads(archive.read("Work/Chat one.chatdesk.json"))["title"] == "Chat one"
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out.splitlines()[-1] == "There is nothing new to import."


USER_FILES = {"presets/letter.md": "Write a letter", "glossaries/de-en.csv": "source,target\nHaus,house\n"}


@pytest.fixture
def user_files() -> Path:
    """A preset and a glossary; the folder that has both."""
    data = Folders.locate().data
    for name, text in USER_FILES.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, "utf-8")
    return data


@pytest.mark.usefixtures("chats")
def test_everything_includes_presets_and_glossaries_which_come_back(
    user_files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.zip"
    assert main(["export", "--everything", str(path)]) == ExitCode.ANSWERED
    with zipfile.ZipFile(path) as archive:
        assert {name for name in archive.namelist() if "user-files" in name} == {
            f"user-files/{name}" for name in USER_FILES
        }
    for name in USER_FILES:
        (user_files / name).unlink()
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["Imported presets: 1", "Imported glossaries: 1"]
    assert (user_files / "glossaries" / "de-en.csv").read_text("utf-8") == USER_FILES["glossaries/de-en.csv"]
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out.splitlines()[-1] == "There is nothing new to import."


@pytest.mark.usefixtures("chats")
def test_a_glossary_alone_comes_back_from_an_export_whose_chats_cannot_be_read_again(
    user_files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (user_files / "presets" / "letter.md").unlink()
    path = tmp_path / "all.zip"
    assert main(["export", "--everything", "--format", "html", str(path)]) == ExitCode.ANSWERED
    (user_files / "glossaries" / "de-en.csv").unlink()
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert capsys.readouterr().out.splitlines()[-1] == "Imported glossaries: 1"
    assert (user_files / "glossaries" / "de-en.csv").read_text("utf-8") == USER_FILES["glossaries/de-en.csv"]


@pytest.mark.usefixtures("chats", "user_files")
@pytest.mark.parametrize("options", [["--everything", "--folder", "Work"], []])
def test_a_folder_of_the_list_or_less_than_everything_has_no_presets(tmp_path: Path, options: list[str]) -> None:
    assert main(["export", *options, str(tmp_path / "some.zip")]) == ExitCode.ANSWERED
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        assert not [name for name in archive.namelist() if "user-files" in name]


def contents() -> list[tuple[object, ...]]:
    """Return what the list shows of each chat, its instructions, and the names of its documents."""
    with closing(sqlite3.connect(Folders.locate().data / DATABASE_NAME)) as connection:
        return connection.execute(
            "SELECT title, pinned, folders.name, system_prompt, conversations.created_at,"
            " (SELECT group_concat(json_extract(metadata, '$.name')) FROM parts"
            "  JOIN messages ON messages.number = message_number WHERE conversation_id = conversations.id)"
            " FROM conversations LEFT JOIN folders ON folders.id = folder_id ORDER BY title"
        ).fetchall()


def test_chats_on_another_computer_keep_pins_folders_instructions_and_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {"name": "notes.txt", "file": {"data": {"content": "Some notes"}}}
    message = foreign_message("q0", None, "Read this", files=[document])
    pinned = {**foreign_chat("three"), "pinned": True, "folder": {"name": "Work: a/b"}}
    pinned["chat"] = {**pinned["chat"], "params": {"system": "Be brief."}}
    path = write_export(
        tmp_path / "export.json", of_messages("one", [message]), foreign_chat("two", archived=True), pinned
    )
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert "  archived, put into the folder “Archived”: 1" in capsys.readouterr().out
    before = contents()
    assert [row[1:4] for row in before] == [(0, None, ""), (1, "Work: a/b", "Be brief."), (0, "Archived", "")]
    assert before[0][5] == "notes.txt"
    assert main(["export", str(tmp_path / "chats.zip")]) == ExitCode.ANSWERED
    shutil.rmtree(Folders.locate().data)
    assert main(["import", "--yes", str(tmp_path / "chats.zip")]) == ExitCode.ANSWERED
    assert contents() == before


@pytest.mark.usefixtures("chats")
def test_the_chats_of_a_folder_become_a_folder_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").mkdir()
    arguments = ["export", "--json", "--format", "markdown", "--folder", "Work", str(tmp_path / "out")]
    assert main(arguments) == ExitCode.ANSWERED
    (line,) = [each for each in map(json.loads, capsys.readouterr().out.splitlines()) if each["event"] == "exported"]
    assert (line["chats"], line["path"]) == (1, str(tmp_path / "out (2)"))
    assert [each.name for each in (tmp_path / "out (2)").iterdir()] == ["Chat one.md"]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.usefixtures("chats")
def test_every_format_is_written(tmp_path: Path) -> None:
    for name, ending in EXPORT_FORMATS.items():
        assert main(["export", "--format", name, "--everything", str(tmp_path / name)]) == ExitCode.ANSWERED
        files = [each for each in (tmp_path / name).rglob("*") if each.is_file()]
        assert len(files) == 2
        assert all(each.name.endswith(f".{ending}") and each.stat().st_size for each in files)


def test_no_file_names_a_folder_of_this_computer(tmp_path: Path) -> None:
    document = {"name": "notes.txt", "file": {"data": {"content": "Some notes"}}}
    message = foreign_message("q0", None, "Read this", files=[document])
    assert main(["import", "--yes", str(write_export(tmp_path / "export.json", of_messages("one", [message])))]) == 0
    own = [str(folder).encode() for folder in (tmp_path, Folders.locate().data, Path.home())]
    for name in EXPORT_FORMATS:
        assert main(["export", "--format", name, "--everything", str(tmp_path / name)]) == ExitCode.ANSWERED
        content = b"".join(_contents(path) for path in (tmp_path / name).rglob("*") if path.is_file())
        assert b"Some notes" in content or b"Read this" in content
        assert [folder for folder in own if folder in content] == []


def _contents(path: Path) -> bytes:
    """Return everything that is in a file, also what is compressed in it."""
    raw = path.read_bytes()
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(raw)) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
            return raw + f"{texts} {document.get_metadata_dict()}".encode()
    if not zipfile.is_zipfile(path):
        return raw
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_command_has_all_formats() -> None:
    assert sorted(EXPORT_FORMATS.values()) == sorted(each.ending for each in CHAT_FORMATS)


@pytest.mark.usefixtures("chats")
def test_a_pdf_file_that_cannot_be_made_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chat_pdf, "PDF_CHILD", ChildProgram("--none", "chatdesk.app.none"))
    (tmp_path / "to").mkdir()
    assert main(["export", "--format", "pdf", "--json", str(tmp_path / "to" / "chats.zip")]) == ExitCode.BUG
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["code"] for each in lines if each["event"] == "error"] == ["pdf_failed"]
    assert list((tmp_path / "to").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["out"], "There are no chats to export."),
        (["--folder", "None", "out"], "There is no folder “None”."),
        ([], "Name one folder or .zip file to write."),
        (["one", "two"], "Name one folder or .zip file to write."),
    ],
)
def test_what_cannot_be_exported_is_reported(
    arguments: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == ExitCode.USAGE
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("chats")
def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "nowhere" / "chats.zip")]) != ExitCode.ANSWERED
    assert "chats.zip" in capsys.readouterr().err


@pytest.mark.usefixtures("chats")
def test_nothing_is_exported_while_the_window_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = InstanceLock(Folders.locate().data / "instance.lock")
    assert lock.acquire()
    try:
        assert main(["export", str(tmp_path / "out")]) == ExitCode.NOT_AVAILABLE
    finally:
        lock.release()
    assert capsys.readouterr().err
    assert not (tmp_path / "out").exists()
