"""Files that macOS hands over as events."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from chatdesk.app.file_events import FileEvents
from chatdesk.app.window import _open_received_files


@pytest.fixture
def events(qapp: QApplication) -> Iterator[FileEvents]:
    events = FileEvents(qapp)
    yield events
    qapp.removeEventFilter(events)
    events.deleteLater()
    qapp.processEvents()


def test_files_that_come_before_the_window_wait_for_it(qapp: QApplication, events: FileEvents) -> None:
    received: list[list[Path]] = []
    events.files_received.connect(received.append)
    for name in ("/a/model.gguf", "/a/对话 1.chatdesk.json"):
        assert qapp.sendEvent(qapp, QFileOpenEvent(name))
    assert received == []
    events.begin()
    assert received == [[Path("/a/model.gguf"), Path("/a/对话 1.chatdesk.json")]]
    assert qapp.sendEvent(qapp, QFileOpenEvent("/b"))
    assert received[1:] == [[Path("/b")]]


def test_without_files_nothing_is_given(qapp: QApplication, events: FileEvents) -> None:
    received: list[list[Path]] = []
    events.files_received.connect(received.append)
    events.begin()
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/")))
    assert received == []


def test_the_window_opens_them_and_comes_to_the_front(qapp: QApplication, events: FileEvents) -> None:
    class Window:
        def __init__(self) -> None:
            self.did: list[object] = []

        def open_files(self, paths: list[Path]) -> None:
            self.did.append(paths)

        def raise_to_front(self) -> None:
            self.did.append("front")

    window = Window()
    qapp.sendEvent(qapp, QFileOpenEvent("/a/model.gguf"))
    _open_received_files(window)
    assert window.did == [[Path("/a/model.gguf")], "front"]
