"""The data folder that the user has chosen is found, and never replaced by an empty one."""

from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.system.folders import POINTER_NAME, DataPointer, Folders, read_pointer


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    folders = Folders.locate({})
    if not folders.data.is_relative_to(tmp_path):
        pytest.skip("this system names its folders in another way")
    folders.make()
    return folders


def point(folders: Folders, pointer: DataPointer) -> None:
    (folders.config / POINTER_NAME).write_bytes(pointer.to_json())


def test_the_chosen_folder_is_the_data_folder_and_nothing_else_moves(usual: Folders, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    point(usual, DataPointer(tmp_path / "disk"))
    assert Folders.locate({}) == Folders(tmp_path / "disk", usual.config, usual.cache, usual.logs)
    Folders.locate({}).make()


def test_a_chosen_folder_that_is_missing_is_reported_and_not_made(usual: Folders, tmp_path: Path) -> None:
    point(usual, DataPointer(tmp_path / "unplugged"))
    with pytest.raises(FolderUnavailable):
        Folders.locate({}).make()
    assert not (tmp_path / "unplugged").exists()


def test_one_variable_for_everything_takes_precedence(usual: Folders, tmp_path: Path) -> None:
    point(usual, DataPointer(tmp_path / "disk"))
    assert Folders.locate({"CHATDESK_HOME": str(tmp_path / "home")}).data == tmp_path / "home"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b'{"folder": 3, "old": null, "entries": []}', b'{"folder": "relative"', b"\xff" * 100],
)
def test_a_file_that_is_not_valid_leaves_the_usual_folder(usual: Folders, content: bytes) -> None:
    (usual.config / POINTER_NAME).write_bytes(content)
    assert Folders.locate({}) == usual


def test_names_of_entries_cannot_lead_out_of_the_old_folder(tmp_path: Path) -> None:
    pointer = DataPointer(tmp_path / "new", tmp_path / "old", ("chats.sqlite3", "../letters", "/etc", "a/b"))
    (tmp_path / POINTER_NAME).write_bytes(pointer.to_json())
    assert read_pointer(tmp_path) == DataPointer(tmp_path / "new", tmp_path / "old", ("chats.sqlite3",))
