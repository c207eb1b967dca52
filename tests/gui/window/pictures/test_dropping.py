"""Files dragged over the window: announced before the drop, and dropped anywhere in it, or into a new chat."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.chat.ui.composer.drop_overlay import DropOverlay
from tests.gui.window.harness import Harness
from tests.gui.window.pictures.attach_steps import drag, drop_at, files, names


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text("The promise.", "utf-8")
    return path


@pytest.fixture(autouse=True)
def the_drag_ends(harness: Harness) -> Iterator[None]:
    """Qt keeps the widget under a drag until the drag ends, even if the window is closed before."""
    yield
    leave(harness)


def overlay(harness: Harness) -> DropOverlay:
    return harness.part("dropOverlay")


def leave(harness: Harness) -> None:
    QApplication.sendEvent(harness.window.windowHandle(), QDragLeaveEvent())


def centre(harness: Harness, name: str) -> QPoint:
    part = harness.part(name)
    return part.mapTo(harness.window, part.rect().center())


@pytest.mark.parametrize("part", ["message", "conversationList", "chatTitle"])
async def test_files_are_dropped_on_any_part_of_the_window(harness: Harness, notes: Path, part: str) -> None:
    await harness.ask_and_wait("First")
    data, place = files(notes), centre(harness, part)
    assert drag(harness, data, place)
    assert overlay(harness).isVisible()
    drop_at(harness, data, place)
    assert not overlay(harness).isVisible()
    await harness.until(lambda: names(harness) == ["notes.md"])


async def test_it_says_what_becomes_of_each_file(harness: Harness, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"x")
    (tmp_path / "song.mp3").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    data = files(notes, tmp_path / "old.doc", tmp_path / "song.mp3", tmp_path / "folder")
    assert drag(harness, data)
    await harness.until(lambda: "bytes" in overlay(harness).lines()[2])
    assert overlay(harness).lines()[2:6] == [
        "notes.md, Text · 12 bytes, read as text",
        "old.doc, Text document · 1 bytes, needs LibreOffice",
        "song.mp3, File · 1 bytes, cannot be read",
        "folder, Folder, you choose its files",
    ]


async def test_a_server_elsewhere_is_named(harness: Harness, notes: Path) -> None:
    harness.choose_model("seer")
    (server,) = (each for each in harness.program.servers.servers.enabled() if not each.is_built_in)
    await harness.program.servers.servers.save(replace(server, base_url="http://models.example:11434"))
    drag(harness, files(notes))
    assert overlay(harness).lines()[-1] == f"When you send the message, this goes to {server.name}."


async def test_it_says_that_the_files_stay_here(harness: Harness, notes: Path) -> None:
    harness.choose_model("seer")
    drag(harness, files(notes))
    assert overlay(harness).lines()[-1] == "Stays on this computer: seer:4b runs here."
    leave(harness)
    drag(harness, files(notes, notes))
    assert overlay(harness).lines()[-1] == "They stay on this computer: seer:4b runs here."


async def test_what_cannot_be_read_is_not_taken(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"x")
    data = files(tmp_path / "song.mp3")
    assert not drag(harness, data)
    assert overlay(harness).lines()[0] == "This cannot be read"
    leave(harness)
    assert not overlay(harness).isVisible()
    assert names(harness) == []


async def test_of_many_files_five_are_listed(harness: Harness, tmp_path: Path) -> None:
    drag(harness, files(*(tmp_path / f"{number}.md" for number in range(17))))
    assert "and 12 more" in overlay(harness).lines()


async def test_on_new_chat_they_begin_a_chat(harness: Harness, notes: Path) -> None:
    await harness.ask_and_wait("First")
    harness.type("Half a thought")
    data, place = files(notes), centre(harness, "newChat")
    assert drag(harness, data, place)
    drop_at(harness, data, place)
    await harness.until(lambda: names(harness) == ["notes.md"])
    assert harness.title() == "New chat"
    harness.click_row("First")
    await harness.until(lambda: harness.edit.text() == "Half a thought")
    assert names(harness) == []


async def test_escape_and_leaving_end_it_and_the_focus_stays(harness: Harness, notes: Path) -> None:
    focused = QApplication.focusWidget()
    for end in (lambda: QTest.keyClick(harness.window.windowHandle(), Qt.Key.Key_Escape), lambda: leave(harness)):
        drag(harness, files(notes))
        assert overlay(harness).isVisible()
        assert QApplication.focusWidget() is focused
        end()
        assert not overlay(harness).isVisible()
    assert names(harness) == []


async def test_other_pages_keep_their_own_targets(harness: Harness, notes: Path) -> None:
    harness.window.show_settings()
    drag(harness, files(notes))
    assert harness.window.findChild(DropOverlay) is None
