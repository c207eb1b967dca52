"""Documents in the window: attached, sent with the question, counted, kept and taken off."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from chatdesk.ui_kit.text.counts import about_tokens
from tests.fakes.document_files import epub
from tests.fakes.hostile_files import aborting_pdf
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, drop, names

WORDS = "The promise was thirty percent less packaging.\n" * 20


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(WORDS, "utf-8")
    return path


def documents(harness: Harness) -> list[DocumentPart]:
    return [each for each in harness.chat_page.composer.attachments() if isinstance(each, DocumentPart)]


async def attach(harness: Harness, *paths: Path) -> None:
    drop(harness, *paths)
    await harness.until(lambda: len(documents(harness)) == len(paths))


def chip_of(harness: Harness, name: str) -> AttachmentChip:
    return next(chip for chip in chips(harness) if chip.attachment and chip.attachment.name == name)


async def test_its_text_is_sent_before_the_question(harness: Harness, fake_model: FakeModel, notes: Path) -> None:
    await attach(harness, notes)
    await harness.ask_and_wait("What was promised?")
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert WORDS.strip() in sent
    assert 'name="notes.md"' in sent
    assert sent.endswith("What was promised?")
    assert documents(harness) == []


async def test_the_next_turn_begins_with_the_same_text(harness: Harness, fake_model: FakeModel, notes: Path) -> None:
    await attach(harness, notes)
    await harness.ask_and_wait("What was promised?")
    await harness.ask_and_wait("And when?")
    first, second = (asked["messages"] for asked in fake_model.asked[-2:])
    assert second[: len(first)] == first


async def test_a_chip_says_how_long_it_is(harness: Harness, notes: Path) -> None:
    await attach(harness, notes)
    assert chip_of(harness, "notes.md").accessibleName() == f"notes.md, Text, {about_tokens(235)}"


async def test_what_is_attached_is_there_in_a_draft(harness: Harness, notes: Path) -> None:
    await harness.ask_and_wait("First")
    await attach(harness, notes)
    harness.window.navigation.new_chat()
    assert names(harness) == []
    harness.click_row("First")
    await harness.until(lambda: names(harness) == ["notes.md"])


async def test_it_is_moved_and_taken_off_with_the_keyboard(harness: Harness, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("x = 1", "utf-8")
    await attach(harness, notes, tmp_path / "code.py")
    chip = chip_of(harness, "code.py")
    QTest.keyClick(chip, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert [each.name for each in documents(harness)] == ["code.py", "notes.md"]
    assert chip.hasFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert names(harness) == ["notes.md"]


async def test_an_empty_file_is_one_line_and_nothing_else_is_lost(
    harness: Harness, notes: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text(" ", "utf-8")
    harness.type("What was promised?")
    drop(harness, tmp_path / "empty.txt", notes)
    await harness.until(harness.toast)
    assert harness.toast()[0] == "empty.txt is empty."
    assert names(harness) == ["notes.md"]
    assert harness.edit.text() == "What was promised?"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory at once")
async def test_a_file_that_ends_its_reader_is_one_line_and_the_others_go_along(
    harness: Harness, fake_model: FakeModel, notes: Path, tmp_path: Path
) -> None:
    path = tmp_path / "aborts.pdf"
    path.write_bytes(aborting_pdf())
    drop(harness, path, notes)
    harness.type("What was promised?")
    await harness.until(harness.toast)
    assert harness.toast()[0] == "aborts.pdf could not be read: it took too much time or memory."
    await harness.until(lambda: names(harness) == ["notes.md"])
    assert harness.edit.text() == "What was promised?"
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: fake_model.asked)
    assert WORDS.strip() in fake_model.asked[-1]["messages"][-1]["content"]


async def test_a_question_that_is_edited_keeps_it(harness: Harness, fake_model: FakeModel, notes: Path) -> None:
    await attach(harness, notes)
    await harness.ask_and_wait("What was promised?")
    harness.press(Qt.Key.Key_Up)
    editor = harness.window.findChild(MessageEditor)
    assert [each.name for each in editor.attachments()] == ["notes.md"]
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) > 1)
    assert WORDS.strip() in fake_model.asked[-1]["messages"][-1]["content"]


def opened(harness: Harness) -> QPlainTextEdit:
    return harness.part("documentText")


async def test_a_document_of_a_question_is_opened_at_the_side(harness: Harness, notes: Path) -> None:
    await attach(harness, notes)
    await harness.ask_and_wait("What was promised?")
    control = harness.control(Verb.OPEN_DOCUMENT, 0)
    assert control.name == f"Open notes.md, {about_tokens(235)}"
    harness.transcript._commands.perform(0, control.command)
    await harness.until(lambda: opened(harness).toPlainText() == WORDS.strip("\n"))
    assert harness.part("documentTokens").text() == about_tokens(235)
    QTest.keyClick(opened(harness), Qt.Key.Key_Escape)
    assert not opened(harness).isVisible()


async def test_a_chip_is_opened_and_pages_are_turned_with_the_keyboard(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(epub([f"<p>Words of chapter {n}</p>" + "<p>More</p>" * 60 for n in (1, 2, 3)]))
    await attach(harness, tmp_path / "book.epub")
    QTest.keyClick(chip_of(harness, "book.epub"), Qt.Key.Key_Return)
    await harness.until(lambda: harness.part("documentPlace").text() == "1 / 3")
    await harness.until(lambda: "Words of chapter 3" in opened(harness).toPlainText())
    assert opened(harness).textCursor().position() == 0
    QTest.keyClick(opened(harness), Qt.Key.Key_PageDown)
    await harness.until(lambda: harness.part("documentPlace").text() == "2 / 3")


async def test_copied_text_names_its_document(harness: Harness, notes: Path) -> None:
    await attach(harness, notes)
    QTest.mouseClick(chip_of(harness, "notes.md"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: opened(harness).toPlainText())
    QTest.keyClick(opened(harness), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(opened(harness), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == WORDS.strip("\n") + "\n[notes.md]"
