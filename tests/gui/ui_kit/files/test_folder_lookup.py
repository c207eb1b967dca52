"""A folder is looked for on a thread, and the window does not wait for one that hangs."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.files import folder_lookup
from chatdesk.ui_kit.files.folder_lookup import FolderLookup
from tests.own_time import TIMEOUT

_MILLISECONDS = int(TIMEOUT * 1000)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def responds(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every folder hang until this is set."""
    responds = threading.Event()

    def wait(path: Path) -> bool:
        responds.wait()
        return path.is_dir()

    monkeypatch.setattr(folder_lookup, "_is_folder", wait)
    yield responds
    responds.set()


def _threads() -> int:
    return sum(thread.name.startswith("look for ") for thread in threading.enumerate())


def test_a_folder_is_found_or_its_nearest_parent(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    found: list[Path | None] = []
    FolderLookup(tmp_path, found.append, window)
    FolderLookup(tmp_path / "missing" / "below", found.append, window)
    assert found == []
    qtbot.waitUntil(lambda: found == [tmp_path, tmp_path], timeout=_MILLISECONDS)


def test_a_folder_that_hangs_is_given_up_and_not_looked_for_by_another_thread(
    window: QWidget, qtbot: QtBot, tmp_path: Path, responds: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_lookup, "_TIMEOUT_MILLISECONDS", 20)
    found: list[Path | None] = []
    FolderLookup(tmp_path, found.append, window)
    qtbot.waitUntil(lambda: found == [None], timeout=_MILLISECONDS)
    FolderLookup(tmp_path, found.append, window)
    qtbot.waitUntil(lambda: found == [None, None], timeout=_MILLISECONDS)
    assert _threads() == 1
    responds.set()
    qtbot.waitUntil(lambda: _threads() == 0, timeout=_MILLISECONDS)
    assert found == [None, None]
    FolderLookup(tmp_path, found.append, window)
    qtbot.waitUntil(lambda: len(found) == 3, timeout=_MILLISECONDS)


def test_an_answer_after_the_window_was_closed_is_dropped(
    window: QWidget, qtbot: QtBot, tmp_path: Path, responds: threading.Event
) -> None:
    found: list[Path | None] = []
    lookup = FolderLookup(tmp_path, found.append, window)
    lookup.deleteLater()
    with qtbot.waitSignal(lookup.destroyed, timeout=_MILLISECONDS):
        pass
    responds.set()
    qtbot.waitUntil(lambda: _threads() == 0, timeout=_MILLISECONDS)
    assert found == []
