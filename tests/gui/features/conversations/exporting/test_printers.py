"""What was chosen for a printer, sent to another process."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from chatdesk.features.conversations.ui.exporting.page_breaking import UNITS
from chatdesk.features.conversations.ui.exporting.printers import format_of, printing_of


@pytest.fixture
def printer(qapp: object, tmp_path: Path) -> QPrinter:
    """A printer whose choices are known without a queue."""
    found = QPrinter(QPrinter.PrinterMode.HighResolution)
    found.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    found.setOutputFileName(str(tmp_path / "print.pdf"))
    found.setFullPage(True)
    return found


@pytest.mark.parametrize("orientation", QPageLayout.Orientation)
@pytest.mark.parametrize(
    "size", [QPageSize(QPageSize.PageSizeId.A5), QPageSize(QPageSize.PageSizeId.Letter)], ids=lambda size: size.key()
)
def test_paper_is_the_same_in_the_other_process(
    printer: QPrinter, size: QPageSize, orientation: QPageLayout.Orientation
) -> None:
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF()))
    printing = printing_of(printer, names_speakers=False)
    points = size.size(QPageSize.Unit.Point)
    upright = points.width() < points.height()
    assert upright
    is_landscape = orientation is QPageLayout.Orientation.Landscape
    assert (printing.width > printing.height) is is_landscape
    assert format_of(printing, 25.4).margin == UNITS
    assert format_of(printing, 25.4).width == pytest.approx(printing.width * 20)


def test_a_file_has_no_printer_and_chosen_pages_are_kept(printer: QPrinter) -> None:
    printer.setFromTo(2, 5)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printing = printing_of(printer, names_speakers=True)
    assert (printing.first, printing.last, printing.is_gray, printing.names_speakers) == (2, 5, True, True)
    assert printing.printer is None
