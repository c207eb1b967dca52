"""Where file dialogs start."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from chatdesk.ui_kit.files.file_saver import dialog_folder


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _location: str(tmp_path / "Documents"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path / "Documents"


def test_a_dialog_starts_in_the_folder_used_last(documents: Path, tmp_path: Path) -> None:
    documents.mkdir()
    (tmp_path / "last").mkdir()
    assert dialog_folder(str(tmp_path / "last")) == tmp_path / "last"


def test_if_that_folder_is_gone_it_starts_in_the_usual_one(documents: Path, tmp_path: Path) -> None:
    documents.mkdir()
    assert dialog_folder(str(tmp_path / "gone")) == documents


def test_a_folder_that_does_not_exist_never_becomes_a_file_name(documents: Path, tmp_path: Path) -> None:
    assert dialog_folder("") == tmp_path
