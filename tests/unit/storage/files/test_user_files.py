"""Presets and glossaries in a backup."""

import zipfile
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.storage.files import user_files
from chatdesk.storage.files.user_files import UserFiles, UserFolder

FILES = {
    "presets/letter.md": b"Write a letter",
    "presets/brief.md": "写信".encode(),
    "glossaries/de-en.csv": b"Haus,house",
}


def files_in(home: Path) -> UserFiles:
    return UserFiles(
        {"presets": UserFolder(home / "presets", ".md"), "glossaries": UserFolder(home / "glossaries", ".csv")}
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / name).write_bytes(content)
    return tmp_path / "home"


def contents(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_all_come_back_into_an_empty_folder(home: Path, tmp_path: Path) -> None:
    assert files_in(home).pack(tmp_path / "files.zip")
    other = files_in(tmp_path / "other")
    assert set(other.missing(tmp_path / "files.zip")) == {*FILES}
    assert other.add_missing(tmp_path / "files.zip") == 3
    assert contents(tmp_path / "other") == FILES


def test_what_is_here_stays_as_it_is(home: Path, tmp_path: Path) -> None:
    files_in(home).pack(tmp_path / "files.zip")
    (home / "presets" / "letter.md").write_bytes(b"Newer")
    (home / "presets" / "brief.md").unlink()
    assert files_in(home).add_missing(tmp_path / "files.zip") == 1
    assert contents(home) == {**FILES, "presets/letter.md": b"Newer"}


def test_the_same_files_give_the_same_archive(home: Path, tmp_path: Path) -> None:
    files_in(home).pack(tmp_path / "first.zip")
    for path in (home / "presets").iterdir():
        path.write_bytes(path.read_bytes())
    files_in(home).pack(tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_without_files_there_is_no_archive(tmp_path: Path) -> None:
    assert not files_in(tmp_path / "nothing").pack(tmp_path / "files.zip")


def test_only_files_of_the_user_are_packed(home: Path, tmp_path: Path) -> None:
    (home / "presets" / ".trash").mkdir()
    (home / "presets" / ".trash" / "1 old.md").write_bytes(b"deleted")
    (home / "presets" / ".hidden.md").write_bytes(b"")
    (home / "presets" / "notes.txt").write_bytes(b"")
    (home / "presets" / "folder.md").mkdir()
    (home / "presets" / "large.md").write_bytes(b"")
    with (home / "presets" / "large.md").open("r+b") as file:
        file.truncate(user_files.MAX_FILE_BYTES + 1)
    files_in(home).pack(tmp_path / "files.zip")
    with zipfile.ZipFile(tmp_path / "files.zip") as archive:
        assert set(archive.namelist()) == {*FILES}


def test_more_than_64_mb_of_presets_are_packed_and_come_back(tmp_path: Path) -> None:
    (tmp_path / "first" / "presets").mkdir(parents=True)
    for number in range(35):
        (tmp_path / "first" / "presets" / f"p{number}.md").write_bytes(b"long instructions " * 111_000)
    files_in(tmp_path / "first").pack(tmp_path / "files.zip")
    assert files_in(tmp_path / "other").add_missing(tmp_path / "files.zip") == 35


def test_an_export_has_a_readable_copy_of_each_file(home: Path, tmp_path: Path) -> None:
    (home / "presets" / "notes.txt").write_bytes(b"")
    assert files_in(home).count() == 3
    assert files_in(home).copy_to(tmp_path / "user-files") == 3
    assert contents(tmp_path / "user-files") == FILES


def test_without_files_an_export_has_no_folder_for_them(tmp_path: Path) -> None:
    assert files_in(tmp_path / "nothing").copy_to(tmp_path / "user-files") == 0
    assert not (tmp_path / "user-files").exists()


def test_names_that_differ_only_in_case_are_distinguished_in_an_export(home: Path, tmp_path: Path) -> None:
    (home / "presets" / "Letter.md").write_bytes(b"Another letter")
    count = len(list((home / "presets").iterdir()))  # one less on a file system that ignores case
    files_in(home).copy_to(tmp_path / "user-files")
    names = {path.name.casefold() for path in (tmp_path / "user-files" / "presets").iterdir()}
    assert len(names) == count


def test_a_copy_that_cannot_be_written_is_reported_with_the_name_of_the_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "user-files").write_bytes(b"a file in its place")
    with pytest.raises(FileNotSaved):
        files_in(home).copy_to(tmp_path / "user-files")


def test_a_copy_ends_when_it_is_cancelled(home: Path, tmp_path: Path) -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files_in(home).copy_to(tmp_path / "user-files", cancel)
    assert not (tmp_path / "user-files").exists()


@pytest.mark.parametrize(
    "name",
    ["../x.md", "presets/../../x.md", "presets/a/b.md", "/etc/x.md", "presets/.x.md", "presets/x.exe", "chats.sqlite3"],
)
def test_names_that_lead_elsewhere_are_ignored(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "files.zip", "w") as archive:
        archive.writestr(name, b"evil")
    assert files_in(tmp_path / "other").add_missing(tmp_path / "files.zip") == 0
    assert not (tmp_path / "other").exists()


def test_an_archive_that_is_too_large_or_damaged_is_refused(home: Path, tmp_path: Path) -> None:
    files_in(home).pack(tmp_path / "files.zip")
    data = (tmp_path / "files.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: len(data) // 2])
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("presets/bomb.md", bytes(user_files.MAX_FILE_BYTES + 1))
    wrong = data.replace(b"Write a letter", b"Wrote a letter")
    (tmp_path / "wrong.zip").write_bytes(wrong if wrong != data else data[:40] + b"\xff" + data[41:])
    for name in ("cut", "bomb", "wrong"):
        with pytest.raises(BackupDamaged):
            files_in(tmp_path / "other").add_missing(tmp_path / f"{name}.zip")
