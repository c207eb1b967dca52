"""The view of a document beside the chat."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.kernel.chat.message import DocumentPart, PassageRange, SentAs
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from chatdesk.ui_kit.text.counts import about_tokens
from tests.fakes.document_files import epub
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, drop


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.epub"
    path.write_bytes(epub([f"<p>Words of chapter {n}</p>" + "<p>More</p>" * 60 for n in (1, 2, 3)]))
    return path


async def attach(harness: Harness, path: Path) -> DocumentPart:
    drop(harness, path)
    await harness.until(harness.chat_page.composer.attachments)
    (document,) = harness.chat_page.composer.attachments()
    assert isinstance(document, DocumentPart)
    return document


def text(harness: Harness) -> QPlainTextEdit:
    return harness.part("documentText")


def view(harness: Harness) -> QWidget:
    return harness.part("documentView")


async def test_it_opens_at_a_passage(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document, PassageRange(3, 0, 5))
    await harness.until(lambda: harness.part("documentPlace").text() == "3 / 3")
    assert text(harness).hasFocus()


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ({}, "1 / 3"),
        ({"selected": "2-3"}, "2 / 3"),
        ({"sent_as": SentAs.PASSAGES, "passages": (PassageRange(3, 0, 5),), "passage_count": 40}, "3 / 3"),
    ],
    ids=["whole", "chapters", "passages"],
)
async def test_it_opens_at_the_first_part_that_is_sent(
    harness: Harness, book: Path, what: dict[str, Any], place: str
) -> None:
    document = replace(await attach(harness, book), **what)
    harness.chat_page.open_document(document)
    await harness.until(lambda: text(harness).toPlainText().count("Words of chapter") == 3)
    assert harness.part("documentPlace").text() == place
    assert not text(harness).textCursor().hasSelection()


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
    harness.chat_page.open_document(document)
    frame = harness.chat_page.side_panel
    before = view(harness).width()
    handle = frame._handle
    start = QPoint(handle.width() // 2, 100)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    handle.dragged.emit(handle.mapToGlobal(start).x() + 60)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)
    assert view(harness).width() == pytest.approx(before - 60, abs=4)
    harness.click("closeDocument")
    harness.chat_page.open_document(document)
    assert view(harness).width() == pytest.approx(before - 60, abs=4)
    assert frame.panel_width == 344


async def test_it_closes_when_another_chat_is_shown(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document)
    assert view(harness).isVisible()
    harness.window.navigation.new_chat()
    assert not view(harness).isVisible()


async def test_what_goes_along_is_chosen_as_numbers_and_taken_over_at_once(
    harness: Harness, fake_model: FakeModel, book: Path
) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    harness.click("changeSent")
    write_numbers(harness, "2-3")
    await harness.until(lambda: harness.chat_page.composer.attachments()[0].selected == "2-3")
    assert harness.part("documentSent").text() == "2 of 3 chapters"
    assert "2 of 3 chapters" in chips(harness)[0].accessibleName()
    QTest.keyClick(harness.part("sectionNumbers"), Qt.Key.Key_Return)
    assert harness.part("documentView").isVisible()
    await harness.ask_and_wait("What is it about?")
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert "Words of chapter 1" not in sent
    assert "Words of chapter 2" in sent


async def test_what_goes_along_is_checked_in_a_list(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    harness.click("changeSent")
    rows = harness.part("sectionList")
    rows.setCurrentIndex(rows.model().index(1, 0))
    QTest.keyClick(rows, Qt.Key.Key_Space)
    await harness.until(lambda: harness.chat_page.composer.attachments()[0].selected == "1,3")
    assert harness.part("sectionNumbers").text() == "1, 3"
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(1, 0)).center())
    await harness.until(lambda: harness.chat_page.composer.attachments()[0].selected == "")
    assert harness.part("sectionFacts").text().startswith("3 chapter(s)")


@pytest.mark.parametrize("typed", ["none", "9", "0"])
async def test_text_without_a_usable_number_changes_nothing(harness: Harness, book: Path, typed: str) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    harness.click("changeSent")
    write_numbers(harness, "2")
    await harness.until(lambda: harness.chat_page.composer.attachments()[0].selected == "2")
    write_numbers(harness, typed)
    shown = [label.text() for label in harness.part("sectionChooser").findChildren(QLabel)]
    assert "Enter numbers from 1 to 3, such as 1-4, 7." in shown
    await harness.until(lambda: harness.part("documentSent").text() == "1 of 3 chapters")


async def test_a_document_that_was_sent_is_asked_about_again_with_other_parts(
    harness: Harness, fake_model: FakeModel, book: Path
) -> None:
    await attach(harness, book)
    await harness.ask_and_wait("What is it about?")
    document = harness.transcript.document.messages[0].documents[0]
    await open_whole(harness, document)
    assert harness.part("changeSent").text().startswith("Ask again")
    harness.click("changeSent")
    write_numbers(harness, "3")
    await harness.until(lambda: [each.selected for each in harness.chat_page.composer.attachments()] == ["3"])
    await harness.ask_and_wait("And the end?")
    first, _, second = fake_model.asked[-1]["messages"]
    assert "Words of chapter 1" in first["content"]
    assert "Words of chapter 1" not in second["content"]
    assert "Words of chapter 3" in second["content"]


async def test_it_closes_when_the_chip_is_removed(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    QTest.keyClick(chips(harness)[0], Qt.Key.Key_Delete)
    assert not view(harness).isVisible()


async def test_words_are_found_in_it_and_not_in_the_chat(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    QTest.keyClick(text(harness), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert find_field(harness).hasFocus()
    QTest.keyClicks(find_field(harness), "chapter")
    await harness.until(lambda: found(harness) == "1 of 3")
    QTest.keyClick(find_field(harness), Qt.Key.Key_F3)
    assert found(harness) == "2 of 3"
    assert harness.part("documentPlace").text() == "2 / 3"
    QTest.keyClick(find_field(harness), Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(find_field(harness), Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert found(harness) == "3 of 3"
    assert marked(harness).count("chapter") == len(marked(harness)) > 0
    QTest.keyClick(find_field(harness), Qt.Key.Key_Escape)
    assert text(harness).hasFocus()
    assert marked(harness) == []
    assert view(harness).isVisible()


async def test_it_opens_at_the_first_of_the_words_that_were_searched(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document, words=("chapter 3",))
    await harness.until(lambda: marked(harness) == ["chapter 3"])
    assert harness.part("documentPlace").text() == "3 / 3"
    QTest.keyClick(text(harness), Qt.Key.Key_F3)
    assert harness.part("documentPlace").text() == "3 / 3"


async def test_an_open_passage_is_marked_and_another_one_replaces_it(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document, PassageRange(1, 0, 5))
    await harness.until(lambda: marked(harness) == ["Words"])
    harness.chat_page.open_document(document, PassageRange(3, 9, 18))
    await harness.until(lambda: marked(harness) == ["chapter 3"])
    assert harness.part("documentPlace").text() == "3 / 3"


async def test_a_selected_passage_is_copied_and_asked_about(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    cursor = text(harness).textCursor()
    cursor.setPosition(text(harness).toPlainText().index("Words of chapter 2"))
    cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
    text(harness).setTextCursor(cursor)
    choose(harness, "Copy without source")
    assert QGuiApplication.clipboard().text() == "Words of chapter 2"
    choose(harness, "Copy")
    assert QGuiApplication.clipboard().text() == "Words of chapter 2\n[book.epub]"
    choose(harness, "Ask about this passage")
    assert harness.edit.toPlainText() == "> Words of chapter 2\n> [book.epub]\n\n"
    assert harness.edit.hasFocus()


async def test_the_document_is_saved_as_it_was(harness: Harness, book: Path, tmp_path: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    harness.click("saveDocument")
    dialog = harness.window.findChild(QFileDialog, "saveDialog")
    assert Path(dialog.selectedFiles()[0]).name == "book.epub"
    dialog.fileSelected.emit(str(tmp_path / "copy.epub"))
    await harness.until(harness.toast)
    copy = tmp_path / "copy.epub"
    assert await asyncio.to_thread(copy.read_bytes) == await asyncio.to_thread(book.read_bytes)


async def test_a_summary_that_is_sent_is_shown_beside_the_text(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    documents = harness.program.chat.attachments.documents
    summary = await documents.save_text(DocumentText((Section("In short, it has three chapters."),)))
    short = replace(document, sent_as=SentAs.SUMMARY, summary_sha256=summary, tokens=9)
    harness.chat_page.composer.set_attachments([short])
    harness.chat_page.open_document(short)
    await harness.until(lambda: text(harness).toPlainText() == "In short, it has three chapters.")
    assert harness.part("documentTokens").text() == about_tokens(9)
    segment(harness, "Text").click()
    await harness.until(lambda: "Words of chapter 3" in text(harness).toPlainText())


async def test_a_missing_text_is_said(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(replace(document, text_sha256="0" * 64))
    await harness.until(harness.part("documentMissing").isVisible)
    assert harness.part("documentMissing").text() == "The text of this document is missing. Attach the file again."


async def test_it_says_where_the_document_goes(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    assert "Stays on this computer" in [label.text() for label in view(harness).findChildren(QLabel)]


async def open_whole(harness: Harness, document: DocumentPart) -> None:
    harness.chat_page.open_document(document)
    await harness.until(lambda: "Words of chapter 3" in text(harness).toPlainText())


def write_numbers(harness: Harness, numbers: str) -> None:
    field = harness.part("sectionNumbers")
    field.selectAll()
    QTest.keyClicks(field, numbers)


def find_field(harness: Harness) -> QLineEdit:
    return view(harness).findChild(QLineEdit, "findField")


def found(harness: Harness) -> str:
    return view(harness).findChild(QLabel, "findCount").text()


def marked(harness: Harness) -> list[str]:
    """The marked texts in view."""
    chapters = re.split(r"Chapter \d\n", text(harness).toPlainText())[1:]
    return [chapters[mark.section][mark.start : mark.end] for mark in text(harness).marks_in_view()]


def segment(harness: Harness, content: str) -> QAbstractButton:
    buttons = harness.part("documentViews").findChildren(QAbstractButton)
    return next(button for button in buttons if button.text() == content)


def choose(harness: Harness, query: str) -> None:
    """Choose from the menu of the text."""
    place = text(harness).rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, text(harness).mapToGlobal(place))
    QApplication.sendEvent(text(harness).viewport(), event)
    menu = harness.window.findChild(QMenu, "documentMenu")
    next(action for action in menu.actions() if action.text() == query).trigger()
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_headlines_are_strong_except_in_code(harness: Harness, tmp_path: Path) -> None:
    for name in ("notes.md", "setup.py"):
        (tmp_path / name).write_text(f"# About this\nWords of {name}.\n", "utf-8")
        harness.chat_page.composer.set_attachments([])
        document = await attach(harness, tmp_path / name)
        harness.chat_page.open_document(document)
        await harness.until(lambda: name in text(harness).toPlainText())  # noqa: B023 - awaited here
        cursor = text(harness).textCursor()
        cursor.setPosition(3)
        is_strong = cursor.charFormat().fontWeight() > QFont.Weight.Medium
        assert is_strong is (name == "notes.md")


async def test_a_question_says_which_of_its_documents_is_open(harness: Harness, book: Path) -> None:
    await attach(harness, book)
    await harness.ask_and_wait("What is it about?")
    assert "Shown in the side panel" not in harness.control(Verb.OPEN_DOCUMENT, 0).name
    await open_whole(harness, harness.transcript.document.messages[0].documents[0])
    assert harness.control(Verb.OPEN_DOCUMENT, 0).name.endswith("Shown in the side panel")
    harness.click("closeDocument")
    assert "Shown in the side panel" not in harness.control(Verb.OPEN_DOCUMENT, 0).name


async def test_passages_that_are_found_for_a_question_are_shown_in_the_open_document(
    harness: Harness, book: Path
) -> None:
    document = await attach(harness, book)
    harness.chat_page.composer.replace_attachments({document: replace(document, sent_as=SentAs.PASSAGES)})
    (chosen,) = harness.chat_page.composer.attachments()
    await open_whole(harness, chosen)
    await harness.ask_and_wait("What are the words of chapter 2?")
    assert "passages" in harness.part("documentSent").text()
    sent = harness.transcript.document.messages[0].documents[0]
    assert f"of {sent.passage_count} passages" in harness.part("documentSent").text()


async def test_a_document_that_is_sent_while_it_is_open_stays_open(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, document)
    await harness.ask_and_wait("What is it about?")
    assert view(harness).isVisible()
    assert harness.part("changeSent").text().startswith("Ask again")
    assert harness.control(Verb.OPEN_DOCUMENT, 0).name.endswith("Shown in the side panel")


async def test_a_document_of_an_edited_question_is_opened(harness: Harness, book: Path) -> None:
    await attach(harness, book)
    await harness.ask_and_wait("What is it about?")
    harness.press(Qt.Key.Key_Up)
    (chip,) = [
        each for each in harness.window.findChild(MessageEditor).findChildren(AttachmentChip) if each.isVisible()
    ]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    await harness.until(lambda: "Words of chapter 3" in text(harness).toPlainText())
    QTest.keyClick(text(harness), Qt.Key.Key_Escape)
    assert chip.hasFocus()


async def test_tab_reaches_its_controls_in_the_order_in_which_they_are_seen(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    documents = harness.program.chat.attachments.documents
    summary = await documents.save_text(DocumentText((Section("In short, it has three chapters."),)))
    short = replace(document, summary_sha256=summary)
    harness.chat_page.composer.set_attachments([short])
    await open_whole(harness, short)
    segment(harness, "Text").setFocus()
    seen = []
    for _ in range(7):
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() or focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [
        "Text",
        "Next section",
        "findInDocument",
        "saveDocument",
        "closeDocument",
        "changeSent",
        "documentText",
    ]


async def test_a_document_that_is_read_again_in_another_encoding_is_shown_anew(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_bytes("Größe und Gewicht der Flaschen".encode())
    document = await attach(harness, tmp_path / "notes.txt")
    harness.chat_page.open_document(document)
    await harness.until(lambda: "Größe" in text(harness).toPlainText())
    again = await harness.program.chat.attachments.documents.read_again(document, {"encoding": "cp1252"})
    harness.chat_page.composer.replace_attachments({document: again})
    await harness.until(lambda: "GrÃ¶ÃŸe" in text(harness).toPlainText())
    assert harness.part("changeSent").text() == "Change…"


async def test_a_passage_and_words_are_marked_in_their_colours(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document, PassageRange(2, 6, 18), ("words", "chapter"))
    await harness.until(lambda: marked(harness) == ["of chapter 2", "Words", "chapter"])
    theme = harness.chat_page._appearance.theme
    image = text(harness).viewport().grab().toImage()
    seen = {image.pixelColor(x, y).rgb() for y in range(image.height()) for x in range(image.width())}
    assert {theme.color("findHit").rgb(), theme.color("findCurrent").rgb(), theme.color("accent").rgb()} <= seen


async def test_what_does_not_go_along_is_dimmed(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    await open_whole(harness, await harness.program.chat.attachments.documents.select(document, "2"))

    def darkest(section: int) -> int:
        text(harness).scroll_to(section)
        image = text(harness).viewport().grab().toImage()
        heading = round(1.6 * text(harness).fontMetrics().height())
        rows = range(image.height() // 4, image.height() // 2) if section else range(heading, image.height() // 2)
        return min(image.pixelColor(x, y).lightness() for y in rows for x in range(40, image.width() // 2))

    assert darkest(0) > darkest(1) + 30


async def test_a_search_replaces_the_mark_of_the_passage_until_it_is_closed(harness: Harness, book: Path) -> None:
    document = await attach(harness, book)
    harness.chat_page.open_document(document, PassageRange(1, 0, 5))
    await harness.until(lambda: marked(harness) == ["Words"])
    QTest.keyClick(text(harness), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(find_field(harness), "chapter 1")
    await harness.until(lambda: marked(harness) == ["chapter 1"])
    QTest.keyClick(find_field(harness), Qt.Key.Key_Escape)
    await harness.until(lambda: marked(harness) == ["Words"])
