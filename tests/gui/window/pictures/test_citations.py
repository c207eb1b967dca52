"""Citations of documents in answers: shown as what they cite, opened at the passage, and dead where nothing was sent."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.ui_kit.text import utf16
from tests.fakes.document_files import epub, xlsx
from tests.gui.window.conversations.test_chat_menu import choose
from tests.gui.window.conversations.test_chat_menu import opened as opened_menu
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach
from tests.gui.window.pictures.test_document_files import export

PROMISE = "We will use 30% less packaging per litre by the end of 2025, measured against 2022."
FILLING = "<p>The board met in the capital.</p>" * 40


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.epub"
    chapters = [
        "<p>Contents</p>" + FILLING,
        f"<p>Three promises.</p>{FILLING}<p>{PROMISE}</p>{FILLING}",
        "<p>End</p>" + FILLING,
    ]
    path.write_bytes(epub(chapters))
    return path


async def ask(harness: Harness, fake_model: FakeModel, report: Path, answer: str) -> None:
    await attach(harness, report)
    fake_model.says(answer)
    await harness.ask_and_wait("What was promised?")


def opened(harness: Harness) -> QPlainTextEdit:
    return harness.part("documentText")


def place(harness: Harness, text: str) -> QPoint:
    """Where words of the last answer are."""
    view = harness.transcript
    index = len(view.document) - 1
    for placed in view.document[index].columns():
        for number, block in enumerate(placed.column.blocks):
            before, found, _ = text_of(block).partition(text)
            if found and placed.part == TEXT:
                start = utf16.units(before)
                rect = placed.column.cursor_rect(ColumnPosition(number, start))
                y = rect.center().y() + placed.origin.y() + view.document.top(index) - view.verticalScrollBar().value()
                return QPoint(view.page_geometry.column[0] + placed.origin.x() + rect.left() + 12, y)
    raise AssertionError(text)


def stops(harness: Harness) -> list[Control]:
    index = len(harness.transcript.document) - 1
    return [each for each in harness.transcript._surface.stops_of(index) if each.command.verb is Verb.FOLLOW_LINK]


def chapter(harness: Harness) -> str:
    """Which chapter of the document is shown."""
    found = harness.window.findChild(QWidget, "documentPlace")
    return found.text() if found and found.isVisible() else ""


def click(harness: Harness, at: QPoint) -> None:
    QTest.mouseClick(harness.transcript.viewport(), Qt.MouseButton.LeftButton, pos=at)


async def test_a_citation_names_what_it_cites(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "It was **30%** [1, p. 2].")
    assert harness.answer() == "It was 30% [report.epub ch. 2]."


async def test_the_name_is_not_repeated_within_brackets(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "It was 30% [1, p. 2, 3]. See [1, ch. 9].")
    assert harness.answer() == ("It was 30% [report.epub ch. 2] [ch. 3]. See [report.epub ch. 9: no such chapter].")


async def test_a_click_opens_the_document_at_the_passage(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "They use 30% less packaging per litre by 2025 [1, p. 2].")
    click(harness, place(harness, "[report.epub"))
    await harness.until(lambda: chapter(harness) == "2 / 3")
    assert opened(harness).hasFocus()
    await harness.until(lambda: harness.transcript.citations.open_link)
    QTest.keyClick(opened(harness), Qt.Key.Key_Escape)
    assert harness.transcript.citations.open_link == ""


async def test_tab_and_enter_open_it_and_escape_leads_back(
    harness: Harness, fake_model: FakeModel, report: Path
) -> None:
    await ask(harness, fake_model, report, "They use 30% less packaging [1, p. 2]. It ends [1, p. 3].")
    assert [stop.name for stop in stops(harness)] == ["[report.epub ch. 2]", "[report.epub ch. 3]"]
    view = harness.transcript
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Down)
    for _ in range(10):
        if view.focused_control and view.focused_control.name == "[report.epub ch. 3]":
            break
        QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Return)
    await harness.until(lambda: chapter(harness) == "3 / 3")
    QTest.keyClick(opened(harness), Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert view.focused_control
    assert view.focused_control.name == "[report.epub ch. 3]"
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.focused_control.name == "[report.epub ch. 2]"


async def test_a_page_that_does_not_exist_is_no_link(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "It was kept [1, p. 9]. See also [3].")
    assert harness.answer() == "It was kept [report.epub ch. 9: no such chapter]. See also [3: no such document]."
    assert stops(harness) == []
    assert harness.transcript.tooltip_at(place(harness, "[report.epub")) == "report.epub ends before ch. 9."
    assert harness.transcript.tooltip_at(place(harness, "[3")) == "This chat has no document 3."


async def test_a_page_that_was_not_sent_is_no_link(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await attach(harness, report)
    (document,) = harness.chat_page.composer.attachments()
    documents = harness.program.chat.attachments.documents
    harness.chat_page.composer.set_attachments([await documents.select(document, "1-2")])
    fake_model.says("It ended [1, p. 3].")
    await harness.ask_and_wait("How did it end?")
    assert harness.answer() == "It ended [report.epub ch. 3: not sent]."
    assert harness.transcript.tooltip_at(place(harness, "[report")) == "report.epub, ch. 3, was not sent to the model."


async def test_half_of_a_citation_is_not_shown(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await attach(harness, report)
    more, end = asyncio.Event(), asyncio.Event()
    fake_model.says("It fell [1, ", more, "p. 2]", end, " and rose.")
    harness.ask("What was promised?")
    await harness.until(lambda: harness.answer().startswith("It fell"))
    assert harness.answer().strip() == "It fell"
    more.set()
    end.set()
    await harness.until(lambda: harness.answer() == "It fell [report.epub ch. 2] and rose.")


async def test_brackets_in_a_chat_without_documents_stay_brackets(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("See [1, p. 2] and 【1†source】.")
    await harness.ask_and_wait("What was promised?")
    assert harness.answer() == "See [1, p. 2] and 【1†source】."


async def test_it_is_found_by_what_it_shows(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "It was 30% [1, p. 2].")
    harness.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QGuiApplication.focusObject(), "report.epub ch")
    finding = harness.transcript._finding()
    await harness.until(lambda: finding._finder.total == 1)


async def test_it_is_copied_with_its_name_and_as_markdown_as_it_was_written(
    harness: Harness, fake_model: FakeModel, report: Path
) -> None:
    await ask(harness, fake_model, report, "It was **30%** [1, p. 2].")
    harness.transcript.copy_last_answer_formatted()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "It was 30% [report.epub ch. 2]."
    assert bytes(data.data("text/markdown").data()).decode() == "It was **30%** [1, p. 2]."
    assert "[report.epub ch. 2]" in data.html()
    assert "citation:" not in data.html()


async def test_an_exported_chat_lists_the_documents_that_it_cites(
    harness: Harness, fake_model: FakeModel, report: Path, tmp_path: Path
) -> None:
    await ask(harness, fake_model, report, "It was **30%** [1, p. 2].")
    path = tmp_path / "chat.md"
    await export(harness, "Markdown…", path)
    await harness.until(lambda: path.name in " ".join(harness.toast()))
    assert path.read_text("utf-8").endswith(
        "It was **30%** [1, p. 2].\n\n## Sources\n\n- [1] [report.epub](chat_files/report.epub)\n"
    )


async def test_its_tooltip_shows_the_beginning_of_the_passage(
    harness: Harness, fake_model: FakeModel, report: Path
) -> None:
    await ask(harness, fake_model, report, "They use 30% less packaging per litre by 2025 [1, p. 2].")
    view, at = harness.transcript, place(harness, "[report.epub")
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QGuiApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text() == "report.epub, ch. 2"
    await harness.until(lambda: " ".join(QToolTip.text().split()) == f"report.epub, ch. 2 {PROMISE}")


async def test_its_menu_opens_and_copies_it(harness: Harness, fake_model: FakeModel, report: Path) -> None:
    await ask(harness, fake_model, report, "They use 30% less packaging per litre by 2025 [1, p. 2].")
    view, at = harness.transcript, place(harness, "[report.epub")
    reason = QContextMenuEvent.Reason.Mouse
    QGuiApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, at, view.viewport().mapToGlobal(at)))
    menu = opened_menu()
    assert [action.text() for action in menu.actions()[:2]] == ["Open document", "Copy citation"]
    choose(menu, "Copy citation")
    assert QGuiApplication.clipboard().text() == "[report.epub ch. 2]"


async def test_a_sheet_is_cited_by_its_title(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    path = tmp_path / "costs.xlsx"
    path.write_bytes(xlsx({"Rent": [["January", 500]], "Travel": [["Trains to Oslo", 7]]}))
    await ask(harness, fake_model, path, "The trains to Oslo cost 7 [1, sheet Travel].")
    assert harness.answer() == "The trains to Oslo cost 7 [costs.xlsx Travel]."
    click(harness, place(harness, "[costs"))
    await harness.until(lambda: chapter(harness) == "2 / 2")
