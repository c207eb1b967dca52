"""Files that appear together, or not at all."""

import errno
import os
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FileNotSaved, SavingFolderUnavailable
from chatdesk.storage.files.files_together import FilesTogether


def names_in(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


def write(files: FilesTogether) -> None:
    (files.folder / "a.txt").write_text("a")
    (files.folder / "inside").mkdir()
    (files.folder / "inside" / "b.txt").write_text("b")


def test_a_folder_appears_with_all_of_its_files(tmp_path: Path) -> None:
    with closing(FilesTogether(tmp_path / "chats", is_archive=False)) as files:
        write(files)
        assert not (tmp_path / "chats").exists()
        assert files.finish() == tmp_path / "chats"
    assert names_in(tmp_path) == ["chats", "chats/a.txt", "chats/inside", "chats/inside/b.txt"]


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "chats").mkdir()
    (tmp_path / "chats (2)").mkdir()
    with closing(FilesTogether(tmp_path / "chats", is_archive=False)) as files:
        write(files)
        assert files.finish() == tmp_path / "chats (3)"
    assert names_in(tmp_path / "chats") == []


def test_an_archive_replaces_an_older_one_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "chats.zip").write_text("old")
    with closing(FilesTogether(tmp_path / "chats.zip", is_archive=True)) as files:
        write(files)
        assert (tmp_path / "chats.zip").read_text() == "old"
        files.finish()
    assert names_in(tmp_path) == ["chats.zip"]
    with zipfile.ZipFile(tmp_path / "chats.zip") as archive:
        assert archive.namelist() == ["a.txt", "inside/b.txt"]


@pytest.mark.parametrize("is_archive", [False, True])
def test_nothing_remains_of_what_is_not_finished(tmp_path: Path, *, is_archive: bool) -> None:
    def stop() -> None:
        with closing(FilesTogether(tmp_path / "chats", is_archive=is_archive)) as files:
            write(files)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert names_in(tmp_path) == []


def test_an_archive_is_never_written_without_files_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chats.zip").write_text("old")
    with closing(FilesTogether(tmp_path / "chats.zip", is_archive=True)) as files:
        write(files)
        scandir = os.scandir

        def failing(path: str | Path) -> object:
            if str(path).endswith("inside"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return scandir(path)

        with monkeypatch.context() as patched:
            patched.setattr(os, "scandir", failing)
            with pytest.raises(SavingFolderUnavailable):
                files.finish()
    assert names_in(tmp_path) == ["chats.zip"]
    assert (tmp_path / "chats.zip").read_text() == "old"


def test_a_missing_target_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FileNotSaved) as refused:
        FilesTogether(tmp_path / "nowhere" / "chats", is_archive=False)
    assert refused.value.name == "chats"
