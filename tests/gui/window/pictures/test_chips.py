"""Chips of attached files: removed and brought back, moved with the mouse, in drafts, queued and edited questions."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.chat.ui.composer.context_meter import ContextMeter
from chatdesk.features.chat.ui.composer.reading_strip import ReadingStrip
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.chat.attachments import MAX_ATTACHMENTS
from chatdesk.kernel.settings.declarations import EDIT_DRAFTS
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from tests.fakes.document_files import pdf
from tests.gui.features.chat.transcript.sample_pictures import picture
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, chips, drop

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def notes(tmp_path: Path) -> list[Path]:
    """Three small documents."""
    paths = [tmp_path / f"notes {number}.md" for number in (1, 2, 3)]
    for path in paths:
        path.write_text(f"The promise of {path.stem}.", "utf-8")
    return paths


def order(harness: Harness) -> list[str]:
    return [each.name for each in harness.chat_page.composer.attachments()]


def chip(harness: Harness, name: str) -> AttachmentChip:
    return next(each for each in chips(harness) if each.attachment and each.attachment.name == name)


def pull(chip: AttachmentChip, target: QPoint) -> None:
    """Move a chip with the pressed mouse to a place in its own coordinates, on the way passing through the middle."""
    QTest.mousePress(chip, LEFT, pos=QPoint(60, 10))
    start = chip.mapToGlobal(QPoint(60, 10))
    goal = chip.mapToGlobal(target)
    for place in ((start + goal) / 2, goal):
        QTest.mouseMove(chip, chip.mapFromGlobal(place))


def centre_of(other: AttachmentChip, chip: AttachmentChip) -> QPoint:
    return chip.mapFromGlobal(other.mapToGlobal(other.rect().center() + QPoint(20, 0)))


async def test_what_was_removed_comes_back_in_its_place(harness: Harness, notes: list[Path]) -> None:
    await attach(harness, *notes)
    QTest.keyClick(chip(harness, "notes 2.md"), Qt.Key.Key_Delete)
    assert order(harness) == ["notes 1.md", "notes 3.md"]
    assert harness.toast() == ["notes 2.md removed", "Ctrl+Z", "Undo"]
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert order(harness) == ["notes 1.md", "notes 2.md", "notes 3.md"]


async def test_what_was_removed_comes_back_in_the_draft_of_its_own_chat(harness: Harness, notes: list[Path]) -> None:
    await harness.ask_and_wait("First")
    await attach(harness, *notes[:2])
    first = harness.chat()
    QTest.mouseClick(chip(harness, "notes 1.md").cross, LEFT)
    harness.window.navigation.new_chat()
    chats = harness.program.chat.conversations
    await harness.until(lambda: [each.name for each in chats.get(first).unsent.attachments] == ["notes 2.md"])
    harness.click_toast()
    assert order(harness) == []
    harness.click_row("First")
    await harness.until(lambda: order(harness) == ["notes 1.md", "notes 2.md"])


async def test_a_chip_is_moved_with_the_mouse_and_the_model_reads_the_files_in_this_order(
    harness: Harness, fake_model: FakeModel, notes: list[Path]
) -> None:
    await attach(harness, *notes)
    places = [each.pos() for each in chips(harness)]
    moved, last = chip(harness, "notes 1.md"), chip(harness, "notes 3.md")
    pull(moved, centre_of(last, moved))
    assert order(harness) == ["notes 2.md", "notes 3.md", "notes 1.md"]
    QTest.mouseRelease(moved, LEFT)
    assert [each.pos() for each in (chip(harness, "notes 2.md"), last, moved)] == places
    await harness.ask_and_wait("What was promised?")
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert sent.index("notes 2.md") < sent.index("notes 3.md") < sent.index("notes 1.md")


async def test_escape_leaves_a_moved_chip_where_it_was(harness: Harness, notes: list[Path]) -> None:
    await attach(harness, *notes)
    moved, last = chip(harness, "notes 1.md"), chip(harness, "notes 3.md")
    corner = moved.pos()
    pull(moved, centre_of(last, moved))
    QTest.keyClick(moved, Qt.Key.Key_Escape)
    QTest.mouseRelease(moved, LEFT)
    assert order(harness) == ["notes 1.md", "notes 2.md", "notes 3.md"]
    assert moved.pos() == corner


async def test_a_small_movement_of_the_mouse_is_a_click(harness: Harness, notes: list[Path]) -> None:
    await attach(harness, *notes)
    first = chip(harness, "notes 1.md")
    pull(first, QPoint(62, 11))
    QTest.mouseRelease(first, LEFT, pos=QPoint(62, 11))
    await harness.until(lambda: harness.part("documentText").isVisible())
    assert order(harness) == ["notes 1.md", "notes 2.md", "notes 3.md"]


async def test_a_picture_is_moved_between_documents(harness: Harness, notes: list[Path], tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(picture())
    await attach(harness, *notes[:2], tmp_path / "cat.png")
    moved, first = chip(harness, "cat.png"), chip(harness, "notes 1.md")
    pull(moved, moved.mapFromGlobal(first.mapToGlobal(QPoint(20, 10))))
    QTest.mouseRelease(moved, LEFT)
    assert order(harness) == ["cat.png", "notes 1.md", "notes 2.md"]


async def test_the_order_is_kept_over_a_restart(
    open_harness: Callable[[], Awaitable[Harness]], notes: list[Path]
) -> None:
    harness = await open_harness()
    await attach(harness, *notes)
    QTest.keyClick(chip(harness, "notes 3.md"), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    harness.type("half a thought")
    await harness.close()
    harness = await open_harness()
    assert order(harness) == ["notes 1.md", "notes 3.md", "notes 2.md"]
    assert harness.edit.text() == "half a thought"


async def test_a_queued_question_shows_its_files_and_gives_them_back(
    harness: Harness, fake_model: FakeModel, notes: list[Path]
) -> None:
    end = asyncio.Event()
    fake_model.says("A", end, "B")
    harness.ask("First")
    await harness.until(harness.streaming)
    await attach(harness, *notes[:2])
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    assert harness.queued_files() == ["2 attachment(s)"]
    await attach(harness, notes[2])
    harness.ask("Third")
    await harness.until(lambda: harness.queued() == ["Second", "Third"])
    assert harness.queued_files() == ["2 attachment(s)", "notes 3.md"]
    harness.chat_page.composer.queue_edit_requested.emit(0)
    assert order(harness) == ["notes 1.md", "notes 2.md"]
    assert harness.edit.text() == "Second"
    end.set()
    await harness.until(lambda: len(fake_model.asked) == 2)
    assert "The promise of notes 3." in fake_model.asked[-1]["messages"][-1]["content"]
    await harness.until(lambda: not harness.streaming())


async def test_an_edited_question_changes_its_files(harness: Harness, fake_model: FakeModel, notes: list[Path]) -> None:
    await attach(harness, *notes)
    await harness.ask_and_wait("What was promised?")
    harness.press(Qt.Key.Key_Up)
    editor = harness.window.findChild(MessageEditor)
    first, second, third = editor.findChildren(AttachmentChip)
    QTest.keyClick(third, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert [each.name for each in editor.attachments()] == ["notes 3.md", "notes 2.md"]
    editor.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2)
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert "notes 1.md" not in sent
    assert sent.index("notes 3.md") < sent.index("notes 2.md")
    assert second.attachment.name == "notes 2.md"


async def test_an_edit_that_was_not_sent_keeps_its_files_over_a_restart(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]], notes: list[Path]
) -> None:
    harness = await open_harness()
    await attach(harness, *notes)
    await harness.ask_and_wait("What was promised?")
    harness.press(Qt.Key.Key_Up)
    editor = harness.window.findChild(MessageEditor)
    QTest.keyClick(editor.findChildren(AttachmentChip)[0], Qt.Key.Key_Delete)
    await harness.close()
    harness = await open_harness()
    await harness.until(lambda: harness.window.findChild(MessageEditor))
    editor = harness.window.findChild(MessageEditor)
    assert [each.name for each in editor.attachments()] == ["notes 2.md", "notes 3.md"]
    editor.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2)
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert "notes 1.md" not in sent
    assert "notes 2.md" in sent


@pytest.mark.usefixtures("fake_model")
async def test_an_edit_of_an_older_version_has_the_files_of_its_message(
    open_harness: Callable[[], Awaitable[Harness]], notes: list[Path]
) -> None:
    harness = await open_harness()
    await attach(harness, *notes)
    await harness.ask_and_wait("What was promised?")
    question = (await harness.program.chat.chat.messages(harness.chat()))[0]
    stored = {question.id: "What was kept?", "damaged": 3, "incomplete": {"text": "x"}}
    harness.program.settings.set(EDIT_DRAFTS, json.dumps(stored))
    await harness.close()
    harness = await open_harness()
    await harness.until(lambda: harness.window.findChild(MessageEditor))
    editor = harness.window.findChild(MessageEditor)
    assert editor.text() == "What was kept?"
    assert [each.name for each in editor.attachments()] == [path.name for path in notes]


def many(tmp_path: Path) -> list[Path]:
    """As many documents as a message takes."""
    paths = [tmp_path / f"page {number}.txt" for number in range(MAX_ATTACHMENTS)]
    for path in paths:
        path.write_text(f"Words of {path.stem}.", "utf-8")
    return paths


def strip(harness: Harness) -> ReadingStrip | None:
    found = harness.window.findChild(ReadingStrip)
    return found if found and found.isVisible() else None


async def test_fifty_files_are_read_one_after_the_other_with_their_progress(harness: Harness, tmp_path: Path) -> None:
    drop(harness, *many(tmp_path))
    assert len(chips(harness)) < 10, "the others follow in the next turns of the event loop"
    assert strip(harness).text() == "Reading files, 0 of 50"
    second = chips(harness)[1]
    assert second.accessibleName() == "page 1.txt, Text, Waiting"
    await harness.until(lambda: len(chips(harness)) == MAX_ATTACHMENTS)
    await harness.until(lambda: (found := strip(harness)) and found.text() == "Reading files, 10 of 50")
    await harness.until(lambda: len(order(harness)) == MAX_ATTACHMENTS)
    assert order(harness) == [path.name for path in many(tmp_path)]
    assert strip(harness) is None


async def test_the_reading_of_many_files_is_stopped_and_those_that_were_read_stay(
    harness: Harness, tmp_path: Path
) -> None:
    drop(harness, *many(tmp_path))
    await harness.until(lambda: len(order(harness)) >= 3)
    QTest.mouseClick(strip(harness).findChild(QAbstractButton), LEFT)
    assert strip(harness) is None
    left = len(order(harness))
    assert 3 <= left < MAX_ATTACHMENTS
    assert len(chips(harness)) == left
    harness.type("What was promised?")
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.messages()[:1] == ["What was promised?"])


async def test_few_files_have_no_strip(harness: Harness, notes: list[Path]) -> None:
    drop(harness, *notes)
    assert strip(harness) is None
    await harness.until(lambda: len(order(harness)) == len(notes))


def counted(harness: Harness) -> int:
    """How many tokens of documents the meter shows; 0 if it is not shown."""
    meter = harness.window.findChild(ContextMeter)
    found = re.search(r"Documents ([\d,.]+)", meter.accessibleName()) if meter and meter.isVisible() else None
    return int(re.sub(r"\D", "", found[1])) if found else 0


async def test_the_first_pages_count_while_the_others_are_read(harness: Harness, tmp_path: Path) -> None:
    pages = [[f"Line {line} of many words that are counted" for line in range(40)] for _ in range(400)]
    (tmp_path / "book.pdf").write_bytes(pdf(pages))
    drop(harness, tmp_path / "book.pdf")
    await harness.until(lambda: counted(harness))
    early = counted(harness)
    assert chips(harness)[0].accessibleName().startswith("book.pdf, PDF, Reading, ")
    await harness.until(lambda: order(harness) == ["book.pdf"])
    await harness.until(lambda: counted(harness) > early)
    assert 100_000 < counted(harness) < 300_000, "nothing counts twice"
