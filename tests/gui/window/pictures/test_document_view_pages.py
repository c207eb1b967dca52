"""The pages of a PDF beside its text."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from chatdesk.features.chat.ui.documents.page_column import PageColumn
from chatdesk.kernel.chat.message import DocumentPart, PassageRange, SentAs
from chatdesk.ui_kit.style.focus_ring import FocusRing
from chatdesk.ui_kit.text.counts import token_count
from tests.fakes.document_files import drawn_pdf
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import drop

_WORDS = "".join(f"(Line {number} of the page) Tj 0 -20 Td " for number in range(1, 30))
_RED = QColor("red")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Twelve pages with a line of big words, the lower half red."""
    pages = [
        f"1 0 0 rg 0 0 612 396 re f 0 0 0 rg BT /F1 12 Tf 72 760 Td (Part {chr(64 + number)} begins here) Tj 0 -20 Td {_WORDS} ET"
        for number in range(1, 13)
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn_pdf(pages))
    return path


@pytest.fixture
async def document(harness: Harness, report: Path) -> DocumentPart:
    harness.window.resize(1640, 880)
    drop(harness, report)
    await harness.until(harness.chat_page.composer.attachments)
    (document,) = harness.chat_page.composer.attachments()
    assert isinstance(document, DocumentPart)
    return document


def pages(harness: Harness) -> PageColumn:
    return harness.part("documentPages")


def text(harness: Harness) -> QPlainTextEdit:
    return harness.part("documentText")


def place(harness: Harness) -> str:
    return harness.part("documentPlace").text()


def shows(harness: Harness, *wanted: QColor) -> bool:
    """Whether the pages in view show these colours where the first words of their lines are."""
    image = pages(harness).viewport().grab().toImage()
    across = range(image.width() // 7, image.width() // 5)
    seen = {image.pixel(x, y) for x in across for y in range(image.height())}
    return all(any(_is_near(QColor(each), color) for each in seen) for color in wanted)


def _is_near(one: QColor, other: QColor) -> bool:
    """Whether two colours differ by no more than pictures of JPEG do."""
    return all(abs(a - b) <= 12 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


async def open_whole(harness: Harness, document: DocumentPart) -> None:
    harness.chat_page.open_document(document)
    await harness.until(lambda: "Part L" in text(harness).toPlainText())


async def test_pages_are_drawn_beside_the_text(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    assert pages(harness).isVisible()
    assert text(harness).isVisible()
    await harness.until(lambda: shows(harness, _RED))


async def test_text_and_pages_scroll_in_step(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    bar = text(harness).verticalScrollBar()
    bar.setValue(bar.maximum())
    assert place(harness) == "12 / 12"
    assert pages(harness).page_at_top()[0] >= 10
    pages(harness).verticalScrollBar().setValue(0)
    assert place(harness) == "1 / 12"
    assert text(harness).firstVisibleBlock().text() == "Page 1"


async def test_pages_are_turned_with_buttons_and_keys(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    QTest.keyClick(pages(harness), Qt.Key.Key_PageDown)
    QTest.keyClick(text(harness), Qt.Key.Key_PageDown)
    assert place(harness) == "3 / 12"
    assert pages(harness).page_at_top()[0] in {1, 2}
    assert "Page 3" in text(harness).firstVisibleBlock().text()
    QTest.keyClick(pages(harness), Qt.Key.Key_PageUp)
    assert place(harness) == "2 / 12"


async def test_found_words_are_marked_on_the_page(harness: Harness, document: DocumentPart) -> None:
    hit, current = (harness.chat_page._appearance.theme.paper_color(each) for each in ("findHit", "findCurrent"))
    harness.chat_page.open_document(document, words=("line",))
    await harness.until(lambda: shows(harness, hit, current))


async def test_an_open_passage_is_marked_on_its_page(harness: Harness, document: DocumentPart) -> None:
    current = harness.chat_page._appearance.theme.paper_color("findCurrent")
    harness.chat_page.open_document(document, PassageRange(7, 0, 20))
    await harness.until(lambda: shows(harness, current))
    assert place(harness) == "7 / 12"


async def test_pages_become_larger_with_the_wheel_and_buttons(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    middle = QPointF(pages(harness).viewport().rect().center())
    up = QWheelEvent(
        middle,
        pages(harness).viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pages(harness).viewport(), up)
    assert pages(harness).zoom == pytest.approx(1.1)
    assert pages(harness).horizontalScrollBar().maximum() > 0
    QTest.keyClick(pages(harness), Qt.Key.Key_Minus)
    assert pages(harness).zoom == pytest.approx(1.0)


async def test_a_narrow_view_shows_pages_instead_of_the_text(harness: Harness, document: DocumentPart) -> None:
    harness.window.resize(560, 820)
    await open_whole(harness, document)
    assert not pages(harness).isVisible()
    harness.part("documentViews").choose("page")
    harness.part("documentViews").chosen.emit("page")
    assert pages(harness).isVisible()
    assert not text(harness).isVisible()


async def test_another_view_shows_the_page_of_the_open_passage(harness: Harness, document: DocumentPart) -> None:
    harness.chat_page.open_document(document, PassageRange(12, 0, 20))
    await harness.until(lambda: place(harness) == "12 / 12")
    for view in ("text", "page"):
        harness.part("documentViews").choose(view)
        harness.part("documentViews").chosen.emit(view)
    assert place(harness) == "12 / 12"
    assert pages(harness).page_at_top()[0] >= 10


async def test_lines_that_the_page_broke_flow_and_passages_keep_their_places(harness: Harness, tmp_path: Path) -> None:
    lines = (
        "The promise of the year concerns the packaging of all the",
        "bottles, and it was made to everybody who has bought them.",
    )
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    path = tmp_path / "flow.pdf"
    await asyncio.to_thread(path.write_bytes, drawn_pdf([f"BT /F1 12 Tf 72 760 Td {shown} ET"] * 2))
    drop(harness, path)
    await harness.until(harness.chat_page.composer.attachments)
    (document,) = harness.chat_page.composer.attachments()
    start = len(lines[0]) + 1
    harness.chat_page.open_document(document, PassageRange(2, start, start + 7))
    await harness.until(lambda: place(harness) == "2 / 2")
    assert " ".join(lines) in text(harness).toPlainText()
    assert [(mark.section, mark.start, mark.end) for mark in text(harness).marks_in_view()] == [(1, start, start + 7)]


async def test_pages_without_text_and_pages_as_pictures_are_distinguished(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    await asyncio.to_thread(
        path.write_bytes, drawn_pdf(["1 0 0 rg 0 0 612 792 re f", "BT /F1 12 Tf 72 760 Td (Words) Tj ET"])
    )
    drop(harness, path)
    await harness.until(harness.chat_page.composer.attachments)
    (document,) = harness.chat_page.composer.attachments()
    assert isinstance(document, DocumentPart)
    harness.chat_page.open_document(document)
    await harness.until(lambda: "Words" in text(harness).toPlainText())
    notes = [text(harness).note(page).text for page in range(2)]
    assert notes == ["no text", f"sent, {token_count(2)}"]
    harness.chat_page.open_document(replace(document, sent_as=SentAs.PICTURES, selected="2"))
    assert [text(harness).note(page).text for page in range(2)] == ["not sent", "sent as a picture"]


async def test_passages_that_went_along_are_counted_with_their_pages(
    harness: Harness, fake_model: FakeModel, document: DocumentPart
) -> None:
    sent = replace(
        document,
        sent_as=SentAs.PASSAGES,
        passages=(PassageRange(2, 0, 40), PassageRange(2, 60, 90), PassageRange(9, 0, 20)),
        passage_count=30,
        tokens=45,
    )
    await open_whole(harness, sent)
    assert harness.part("documentSent").text() == "3 of 30 passages, on 2 page(s)"


async def test_pages_that_get_the_focus_by_a_key_have_a_ring(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    harness.part("changeSent").setFocus()
    QTest.keyClick(harness.part("changeSent"), Qt.Key.Key_Tab)
    assert pages(harness).hasFocus()
    rings = [ring for ring in harness.window.findChildren(FocusRing) if ring.isVisible()]
    assert len(rings) == 1
    inside = rings[0].geometry().translated(rings[0].parentWidget().mapTo(harness.window, QPoint()))
    assert inside.center() == pages(harness).mapTo(harness.window, pages(harness).rect().center())


async def test_copied_text_names_its_pages(harness: Harness, document: DocumentPart) -> None:
    await open_whole(harness, document)
    whole, cursor = text(harness).toPlainText(), text(harness).textCursor()
    for end, source in (("Part C begins", "[report.pdf p. 3]"), ("Part D", "[report.pdf pp. 3\N{EN DASH}4]")):
        cursor.setPosition(whole.index("Part C"))
        cursor.setPosition(whole.index(end) + len(end), cursor.MoveMode.KeepAnchor)
        text(harness).setTextCursor(cursor)
        text(harness).copy()
        assert QGuiApplication.clipboard().text().endswith(f"\n{source}")
