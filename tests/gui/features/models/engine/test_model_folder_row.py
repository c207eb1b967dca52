"""The row of the folder of downloaded models: what it says, and what its buttons do."""

from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.services.models_folder import FolderChanged
from chatdesk.features.models.ui.engine.model_folder_row import ModelFolderRow
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.storage_errors import DiskFull, StorageError
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.own_time import TIMEOUT


@dataclass
class Folder:
    """Stands in for `ModelsFolder`."""

    path: Path = Path.home() / "models"
    is_default: bool = True
    is_shared: bool = False
    lm_studio: Path | None = None
    progress: tuple[int, int] | None = None
    pending: Path | None = None
    error: StorageError | None = None
    changes: Announcer[FolderChanged] = field(default_factory=Announcer)
    asked: list[object] = field(default_factory=list)

    async def look(self) -> None:
        self.asked.append("look")

    def move(self, target: Path | None = None) -> None:
        self.asked.append(target)

    def move_back(self) -> None:
        self.asked.append("back")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def announce(self) -> None:
        self.changes.announce(FolderChanged())


class _NoTasks:
    """Starts nothing: there is no loop."""

    def start(self, work: Coroutine[None, None, None], _name: str) -> None:
        work.close()


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
def row(appearance: Appearance, folder: Folder) -> Iterator[ModelFolderRow]:
    row = ModelFolderRow(appearance, folder, _NoTasks())  # type: ignore[arg-type]
    row.resize(516, 48)
    row.show()
    yield row
    row.deleteLater()


def buttons(row: ModelFolderRow) -> list[str]:
    return [button.objectName() for button in row._buttons() if button.isVisible()]


def click(row: ModelFolderRow, name: str) -> None:
    button = row.findChild(QWidget, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def text(row: ModelFolderRow, name: str = "modelFolderText") -> str:
    label = row.findChild(Label, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def menu_items(row: ModelFolderRow) -> dict[str, object]:
    click(row, "moveModelFolder")
    menu = row.findChildren(QMenu, "modelFolderMenu")[-1]
    return {action.text(): action for action in menu.actions()}


def test_it_says_where_models_are_stored_and_shows_the_folder(
    row: ModelFolderRow, folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    assert text(row) == f"Stored in {Path('~/models')}"
    assert buttons(row) == ["showModelFolder", "moveModelFolder"]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    folder.path = tmp_path
    folder.announce()
    click(row, "showModelFolder")
    qtbot.waitUntil(lambda: opened == [str(tmp_path)], timeout=int(TIMEOUT * 1000))


def test_the_models_move_to_a_folder_that_the_user_chooses(row: ModelFolderRow, folder: Folder, tmp_path: Path) -> None:
    items = menu_items(row)
    assert list(items) == ["Choose a folder…"]
    items["Choose a folder…"].trigger()  # type: ignore[attr-defined]
    dialog = row.window().findChild(QFileDialog, "modelFolderDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert folder.asked == [tmp_path]


def test_lm_studios_folder_and_the_default_one_are_offered_if_they_are_others(
    row: ModelFolderRow, folder: Folder, tmp_path: Path
) -> None:
    folder.lm_studio, folder.is_default = tmp_path, False
    items = menu_items(row)
    items["Share LM Studio’s folder"].trigger()  # type: ignore[attr-defined]
    items["Move back to the default folder"].trigger()  # type: ignore[attr-defined]
    assert folder.asked == [tmp_path, None]
    folder.is_shared = True
    folder.announce()
    assert text(row) == "Shared with LM Studio’s folder"
    assert "Share LM Studio’s folder" not in menu_items(row)


def test_a_move_shows_its_progress_and_can_be_cancelled(row: ModelFolderRow, folder: Folder) -> None:
    folder.progress, folder.pending = (1_200_000_000, 4_700_000_000), Path("/mnt/big")
    folder.announce()
    assert text(row) == f"Moving to {Path('/mnt/big')}: 1.2 GB of 4.7 GB"
    assert row._bar.isVisible()
    assert buttons(row) == ["cancelMove"]
    click(row, "cancelMove")
    assert folder.asked == ["cancel"]


def test_an_interrupted_move_can_be_continued_or_undone(row: ModelFolderRow, folder: Folder) -> None:
    folder.pending = Path("/mnt/big")
    folder.announce()
    assert text(row, "modelFolderTrouble") == (
        f"The move was interrupted. Some models are in {Path('/mnt/big')}; all of them can be used."
    )
    assert buttons(row) == ["showModelFolder", "continueMove", "moveModelsBack"]
    click(row, "continueMove")
    click(row, "moveModelsBack")
    assert folder.asked == [Path("/mnt/big"), "back"]


def test_a_failed_move_says_why(row: ModelFolderRow, folder: Folder) -> None:
    folder.pending, folder.error = Path("/mnt/big"), DiskFull(path="/mnt/big")
    folder.announce()
    assert text(row, "modelFolderTrouble").endswith("all of them can be used.")
    assert "interrupted" not in text(row, "modelFolderTrouble")
    assert "continueMove" in buttons(row)
