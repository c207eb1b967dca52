"""The search for chats finds words in documents, says so, and opens the document there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.palette.ui.palette import PaletteRows
from tests.fakes.document_files import epub
from tests.gui.window.harness import Harness
from tests.gui.window.pictures.attach_steps import drop, names

QUESTION = "What is in the book?"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CHAPTERS = ("Nothing yet.", "A quokka lives on Rottnest Island.", "这里说的是短尾矮袋鼠。")


@pytest.fixture
async def asked(harness: Harness, tmp_path: Path) -> None:
    """Another chat than that with the book is shown."""
    (tmp_path / "Animals.epub").write_bytes(epub([f"<p>{text}</p>" for text in CHAPTERS]))
    drop(harness, tmp_path / "Animals.epub")
    await harness.until(lambda: names(harness) == ["Animals.epub"])
    await harness.ask_and_wait(QUESTION)
    harness.click("newChat")
    await harness.ask_and_wait("Something else")


def rows(harness: Harness) -> list[str]:
    """What a screen reader says of the listed rows."""
    model = harness.part("conversationList").model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def opened_document(harness: Harness) -> str:
    view = harness.window.findChild(QWidget, "documentView")
    return view.accessibleName() if view and view.isVisible() else ""


@pytest.mark.usefixtures("asked")
async def test_a_click_on_a_match_in_a_document_opens_the_document_beside_its_question(harness: Harness) -> None:
    harness.press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(harness.part("searchChats"), "quok")
    match = f"{QUESTION}: In Animals.epub, chapter 2: {CHAPTERS[1]}"
    await harness.until(lambda: match in rows(harness))
    view = harness.part("conversationList")
    place = view.visualRect(view.model().index(rows(harness).index(match), 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await harness.until(lambda: harness.messages() and opened_document(harness) == "Document Animals.epub")
    assert QUESTION in harness.messages()[0]


@pytest.mark.usefixtures("asked")
async def test_the_palette_leads_there_too(harness: Harness) -> None:
    harness.press(Qt.Key.Key_P, CONTROL | SHIFT)
    harness.part("paletteField").insert("袋鼠")
    model = harness.part("paletteList").model()
    assert isinstance(model, PaletteRows)

    def lines() -> list[str]:
        entries = (model.entry(model.index(row)) for row in range(model.rowCount()))
        return [entry.more for entry in entries if entry]

    await harness.until(lambda: f"In Animals.epub, chapter 3: {CHAPTERS[2]}" in lines())
    QTest.keyClick(harness.part("paletteField"), Qt.Key.Key_Return)
    await harness.until(lambda: opened_document(harness) == "Document Animals.epub")


@pytest.mark.usefixtures("asked")
async def test_a_document_is_found_by_its_name_too(harness: Harness) -> None:
    harness.press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(harness.part("searchChats"), "anim")
    await harness.until(lambda: f"{QUESTION}: Animals.epub" in rows(harness))
    QTest.keyClick(harness.part("searchChats"), Qt.Key.Key_Down)
    QTest.keyClick(harness.part("conversationList"), Qt.Key.Key_Return)
    await harness.until(lambda: opened_document(harness) == "Document Animals.epub")
