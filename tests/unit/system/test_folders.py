"""Folders are found without being made, and made for this user alone."""

import os
import stat
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.system.folders import Folders, restrict_to_owner


def test_one_variable_puts_everything_in_one_folder(tmp_path: Path) -> None:
    home = tmp_path / "portable"
    folders = Folders.locate({"CHATDESK_HOME": str(home)})
    assert folders == Folders(home, home, home / "cache", home / "logs")
    assert not home.exists()


def test_a_relative_home_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Folders.locate({"CHATDESK_HOME": "here"}).data == tmp_path / "here"


def test_without_it_the_system_says_where() -> None:
    folders = Folders.locate({})
    for folder in (folders.data, folders.config, folders.cache, folders.logs):
        assert folder.is_absolute()
        assert "Chatdesk" in folder.parts


def test_a_folder_beside_a_frozen_program_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Chatdesk/chatdesk-window.exe"
    beside = tmp_path / "Chatdesk/data"
    assert Folders.locate({}, program) == Folders.locate({})
    beside.mkdir(parents=True)
    assert Folders.locate({}, program) == Folders(beside, beside, beside / "cache", beside / "logs")
    assert Folders.locate({"CHATDESK_HOME": str(tmp_path)}, program).data == tmp_path
    monkeypatch.setattr("sys.executable", str(program))
    assert Folders.locate({}).data != beside  # not frozen: it is Python that lies there
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert Folders.locate({}).data == beside


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_folders_are_made_for_this_user_alone(tmp_path: Path) -> None:
    folders = Folders.locate({"CHATDESK_HOME": str(tmp_path / "home")})
    folders.make()
    for folder in (folders.data, folders.cache, folders.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_making_them_twice_changes_nothing(tmp_path: Path) -> None:
    folders = Folders.locate({"CHATDESK_HOME": str(tmp_path)})
    folders.make()
    (tmp_path / "chats").write_text("kept")
    folders.make()
    assert (tmp_path / "chats").read_text() == "kept"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("")
    with pytest.raises(FolderUnavailable) as raised:
        Folders.locate({"CHATDESK_HOME": str(in_the_way)}).make()
    assert raised.value.path == str(in_the_way)
    assert raised.value.reason


def test_a_folder_nothing_can_be_written_in_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    with pytest.raises(FolderUnavailable) as raised:
        Folders.locate({"CHATDESK_HOME": str(tmp_path)}).make()
    assert raised.value.path == str(tmp_path)


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o711, 0o777])
def test_folders_that_others_can_look_into_are_found_and_closed(mode: int, tmp_path: Path) -> None:
    folders = Folders.locate({"CHATDESK_HOME": str(tmp_path)})
    folders.make()
    assert folders.accessible_to_others() == ()
    folders.data.chmod(mode)
    folders.logs.chmod(mode)
    folders.cache.chmod(mode)  # what is in there can be made again
    assert folders.accessible_to_others() == (folders.data, folders.logs)
    restrict_to_owner(folders.accessible_to_others())
    assert folders.accessible_to_others() == ()
    assert stat.S_IMODE(folders.data.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_closed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", forbid)
    with pytest.raises(FolderUnavailable) as raised:
        restrict_to_owner([tmp_path])
    assert raised.value.path == str(tmp_path)
    assert raised.value.reason == "Operation not permitted"
