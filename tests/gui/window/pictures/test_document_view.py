"""The view of a document beside the chat."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatdesk.kernel.chat.message import DocumentPart, PassageRange
from tests.fakes.document_files import epub
from tests.gui.window.harness import Harness
from tests.gui.window.pictures.attach_steps import chips, drop


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.epub"
    path.write_bytes(epub([f"<p>Words of chapter {n}</p>" + "<p>More</p>" * 60 for n in (1, 2, 3)]))
    return path


async def attach(harness: Harness, path: Path) -> DocumentPart:
    drop(harness, path)
    await harness.until(harness.window._page.composer.attachments)
    (document,) = harness.window._page.composer.attachments()
    assert isinstance(document, DocumentPart)
    return document


def text(harness: Harness) -> QPlainTextEdit:
    return harness.part("documentText")


def view(harness: Harness) -> QWidget:
    return harness.part("documentView")


async def test_it_opens_at_a_passage(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.window._page.open_document(document, PassageRange(3, 0, 5))
    await harness.until(lambda: harness.part("documentPlace").text() == "3 / 3")
    assert text(harness).hasFocus()


async def test_escape_leads_back_to_the_chip_and_to_the_pane_that_it_covered(harness: Harness, book: Path) -> None:
    harness.window.resize(1280, 820)
    await attach(harness, book)
    harness.click("chatSettingsToggle")
    (chip,) = chips(harness)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert view(harness).isVisible()
    assert not harness.part("chatSettings").isVisible()
    assert not harness.part("chatSettingsToggle").isChecked()
    QTest.keyClick(text(harness), Qt.Key.Key_Escape)
    assert chip.hasFocus()
    assert harness.part("chatSettings").isVisible()
    assert harness.part("chatSettingsToggle").isChecked()


async def test_its_width_is_its_own_and_remembered(harness: Harness, book: Path) -> None:
    harness.window.resize(1280, 820)
    document = await attach(harness, book)
    harness.window._page.open_document(document)
    frame = harness.window._page.side_panel
    before = view(harness).width()
    handle = frame._handle
    start = QPoint(handle.width() // 2, 100)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    handle.dragged.emit(handle.mapToGlobal(start).x() + 60)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)
    assert view(harness).width() == pytest.approx(before - 60, abs=4)
    harness.click("closeDocument")
    harness.window._page.open_document(document)
    assert view(harness).width() == pytest.approx(before - 60, abs=4)
    assert frame.panel_width == 344


async def test_it_closes_when_another_chat_is_shown(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.window._page.open_document(document)
    assert view(harness).isVisible()
    harness.window.navigation.new_chat()
    assert not view(harness).isVisible()
