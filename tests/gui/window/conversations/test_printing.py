"""Printing chats through the window."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from chatdesk.features.conversations.services.files.exported_chat import Margins, PageSize
from chatdesk.features.conversations.ui.exporting.export_sheet import ExportSheet
from tests.gui.window.chat.test_message_actions import two_turns
from tests.gui.window.conversations.test_export import CONTROL, LONGEST_TURN, SHIFT, words_of
from tests.gui.window.export_steps import button_of, click_on, opened_sheet, shown_sheet
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat


@pytest.fixture
async def chat(harness: Harness, fake_model: FakeModel) -> Harness:
    """A window with a chat of two questions and answers."""
    await two_turns(harness, fake_model)
    return harness


def into_file(path: Path) -> Callable[[QPrinter], object]:
    """Return what makes a printer print into a PDF file."""

    def make_ready(printer: QPrinter) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))

    return make_ready


def names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def print_on(harness: Harness, make_ready: Callable[[QPrinter], object], *, accepts: bool = True) -> ExportSheet:
    """Press *Print…*, and accept the dialog, or not, with a printer that `make_ready` has changed."""
    if shown_sheet(harness) is None:
        harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    harness.click("exportPrint")
    dialog = harness.part("printDialog")
    assert isinstance(dialog, QPrintDialog)
    make_ready(dialog.printer())
    if accepts:
        dialog.accepted.emit(dialog.printer())
    dialog.close()
    harness.window.activateWindow()
    return sheet


async def test_printing_paints_the_pages_on_the_paper_of_the_printer(chat: Harness, tmp_path: Path) -> None:
    def make_ready(printer: QPrinter) -> None:
        into_file(tmp_path / "print.pdf")(printer)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))

    await print_on(chat, make_ready)
    await chat.until(lambda: shown_sheet(chat) is None)
    assert "Second answer." in words_of(tmp_path / "print.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    assert [round(each) for each in document[0].get_size()] == [420, 595]
    document.close()


async def test_only_the_chosen_pages_are_printed_and_the_paper_is_remembered(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("\n\n".join(f"Paragraph {number}" for number in range(150)))
    await harness.ask_and_wait("Long?")

    def make_ready(printer: QPrinter) -> None:
        into_file(tmp_path / "print.pdf")(printer)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
        printer.setFromTo(2, 3)

    await print_on(harness, make_ready)
    await harness.until(lambda: shown_sheet(harness) is None)
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    assert [page.get_textpage().get_text_bounded().split()[-1] for page in document] == ["2", "3"]
    document.close()
    papers: list[str] = []
    sheet = await print_on(harness, lambda printer: papers.append(printer.pageLayout().pageSize().key()), accepts=False)
    assert papers == ["A5"]
    sheet.close()


async def test_the_paper_of_the_sheet_is_that_of_the_printer_and_margins_are_kept(
    chat: Harness, tmp_path: Path
) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    await opened_sheet(chat)
    for name, value in (("exportPageSize", PageSize.LETTER), ("exportMargins", Margins.WIDE)):
        box = chat.part(name)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    await print_on(chat, into_file(tmp_path / "print.pdf"))
    await chat.until(lambda: shown_sheet(chat) is None)
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    assert [round(each) for each in document[0].get_size()] == [612, 792]
    lefts = [each.get_bounds()[0] for each in document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    document.close()
    assert min(lefts) == pytest.approx(Margins.WIDE.millimetres / 25.4 * 72, abs=3)


async def test_a_file_that_cannot_be_written_is_reported_in_the_sheet(chat: Harness, tmp_path: Path) -> None:
    sheet = await print_on(chat, into_file(tmp_path / "nowhere" / "print.pdf"))
    await chat.until(sheet._failure.isVisible)
    assert shown_sheet(chat) is sheet


async def test_the_window_is_not_held_up_while_pages_full_of_formulas_are_printed(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("\n\n".join(rf"$\frac{{a_{number}}}{{b}}$ " * 12 for number in range(40)))
    await harness.ask_and_wait("Long?")
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    click_on(sheet, "PDF")
    place = sheet.preview.findChild(QLabel, "exportPage")
    await harness.until(lambda: " of " in place.text())
    await print_on(harness, lambda _printer: None, accepts=False)  # the library is loaded
    with Heartbeat() as heartbeat:
        await print_on(harness, into_file(tmp_path / "print.pdf"))
        heartbeat.begin_again()  # the dialog is the system's
        await harness.until(lambda: shown_sheet(harness) is None)
    assert heartbeat.longest < LONGEST_TURN
    assert len(words_of(tmp_path / "print.pdf").split()) > 0


async def test_printing_can_be_cancelled_and_leaves_nothing(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("\n\n".join(f"Paragraph {number}" for number in range(2000)))
    await harness.ask_and_wait("Long?")
    sheet = await print_on(harness, into_file(tmp_path / "print.pdf"))
    await harness.until(lambda: not button_of(sheet, "Print…").isEnabled())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    await harness.until(button_of(sheet, "Print…").isEnabled)
    assert shown_sheet(harness) is sheet
    assert names_in(tmp_path) == []
