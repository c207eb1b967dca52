"""Files pasted into a question that is being edited."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from tests.fakes.document_files import pdf
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import files

WORDS = "The promise was thirty percent less packaging."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(WORDS, "utf-8")
    return path


async def edited(harness: Harness) -> MessageEditor:
    """The editor of a question that was asked."""
    await harness.ask_and_wait("What was promised?")
    harness.press(Qt.Key.Key_Up)
    return harness.window.findChild(MessageEditor)


def paste_files(editor: MessageEditor, *paths: Path) -> None:
    QGuiApplication.clipboard().setMimeData(files(*paths))
    editor.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def names(editor: MessageEditor) -> list[str]:
    return [each.name for each in editor.attachments()]


async def test_a_pasted_file_goes_along_with_the_edited_question(
    harness: Harness, fake_model: FakeModel, notes: Path
) -> None:
    editor = await edited(harness)
    paste_files(editor, notes)
    assert editor.text() == "What was promised?"
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    assert len(fake_model.asked) == 1, "it is still being read"
    await harness.until(lambda: names(editor) == ["notes.md"])
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2)
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert WORDS in sent
    assert sent.endswith("What was promised?")


async def test_a_pasted_picture_goes_along(harness: Harness) -> None:
    editor = await edited(harness)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    editor.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: names(editor) == ["Picture"])
    QGuiApplication.clipboard().clear()


async def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_added(
    harness: Harness, notes: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    editor = await edited(harness)
    paste_files(editor, tmp_path / "empty.txt", notes)
    await harness.until(harness.toast)
    assert harness.toast()[0] == "empty.txt is empty."
    await harness.until(lambda: names(editor) == ["notes.md"])


async def test_the_reading_of_a_file_is_stopped(harness: Harness, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf([[f"Line {line}" for line in range(40)]] * 300))
    editor = await edited(harness)
    paste_files(editor, tmp_path / "book.pdf")
    (chip,) = editor.findChildren(AttachmentChip)
    QTest.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    await harness.until(lambda: not [each for each in editor.findChildren(AttachmentChip) if each.isVisible()])
    paste_files(editor, notes)
    await harness.until(lambda: names(editor) == ["notes.md"])


async def test_a_pasted_file_is_there_after_a_restart(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]], notes: Path
) -> None:
    harness = await open_harness()
    editor = await edited(harness)
    paste_files(editor, notes)
    await harness.until(lambda: names(editor) == ["notes.md"])
    await harness.close()
    harness = await open_harness()
    await harness.program.chat.attachments.tidy_up()
    await harness.until(lambda: harness.window.findChild(MessageEditor))
    editor = harness.window.findChild(MessageEditor)
    assert names(editor) == ["notes.md"]
    editor.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2)
    assert WORDS in fake_model.asked[-1]["messages"][-1]["content"]
