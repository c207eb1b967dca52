"""Printers: what was chosen in the dialog of the system, as values and back, and the format of the paper."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintEngine, QPrinter

from chatdesk.features.conversations.services.files.chat_pdf import PrinterSettings, Printing
from chatdesk.features.conversations.services.files.exported_chat import PageSize
from chatdesk.features.conversations.ui.exporting.page_breaking import UNITS, PageFormat
from chatdesk.kernel.errors.storage_errors import NotPrinted

_MILLIMETRES = 25.4
_POINTS = 72
_CUPS_OPTIONS = 0xFE00
"""Qt's dialog for CUPS notes the options of a printer at this key (`qcups_p.h`)."""


def prints_apart(printer: QPrinter) -> bool:
    """Return whether another process can print with the same choices: into a file, and with CUPS.

    On Windows and macOS, the choices of the system's dialog for a printer are in the printer itself, as nobody else can read them.
    """
    return printer.outputFormat() is QPrinter.OutputFormat.PdfFormat or sys.platform not in {"win32", "darwin"}


def printing_of(printer: QPrinter, *, names_speakers: bool) -> Printing:
    """Return what was chosen as values for another process."""
    paper = printer.paperRect(QPrinter.Unit.Inch)
    layout = printer.pageLayout()
    is_file = printer.outputFormat() is QPrinter.OutputFormat.PdfFormat
    settings = PrinterSettings(
        printer.printerName(),
        printer.docName(),
        layout.pageSize().key(),
        layout.orientation() is QPageLayout.Orientation.Landscape,
        printer.resolution(),
        printer.copyCount(),
        printer.collateCopies(),
        printer.duplex().value,
        printer.pageOrder().value,
        printer.paperSource().value,
        tuple(printer.printEngine().property(QPrintEngine.PrintEnginePropertyKey(_CUPS_OPTIONS)) or ()),
    )
    return Printing(
        paper.width() * _POINTS,
        paper.height() * _POINTS,
        printer.fromPage() or 1,
        printer.toPage() or None,
        names_speakers,
        printer.colorMode() is QPrinter.ColorMode.GrayScale,
        None if is_file else settings,
        Path(printer.outputFileName()),
    )


def printer_of(printing: Printing, settings: PrinterSettings) -> QPrinter:
    """Return a printer with the choices made in another process. Its temporary files are in the folder of the settings.

    Raise `NotPrinted` if the printer is not there any more; Qt would use another one.
    """
    if settings.folder:
        os.environ["TMPDIR"] = settings.folder
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(settings.name)
    if printer.printerName() != settings.name:
        raise NotPrinted
    printer.setDocName(settings.document)
    printer.setCreator("Chatdesk")
    printer.setResolution(settings.resolution)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(printing, settings))
    printer.setCopyCount(settings.copies)
    printer.setCollateCopies(settings.collates)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if printing.is_gray else QPrinter.ColorMode.Color)
    printer.setDuplex(QPrinter.DuplexMode(settings.duplex))
    printer.setPageOrder(QPrinter.PageOrder(settings.order))
    printer.setPaperSource(QPrinter.PaperSource(settings.source))
    if settings.options:
        key = QPrintEngine.PrintEnginePropertyKey(_CUPS_OPTIONS)
        printer.printEngine().setProperty(key, list(settings.options))
    return printer


def _layout(printing: Printing, settings: PrinterSettings) -> QPageLayout:
    size = QSizeF(printing.width, printing.height)
    upright = size.transposed() if settings.is_landscape else size
    named = (each for each in QPageSize.PageSizeId if QPageSize.key(each) == settings.paper)
    paper = next((QPageSize(each) for each in named), QPageSize(upright, QPageSize.Unit.Point))
    orientation = QPageLayout.Orientation.Landscape if settings.is_landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, orientation, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def format_of(printing: Printing, margin: float) -> PageFormat:
    """Return the format of the paper, with a margin in millimetres."""
    factor = UNITS / _POINTS
    return PageFormat(printing.width * factor, printing.height * factor, margin / _MILLIMETRES * UNITS)


def paper_size(key: str, page: PageSize) -> QPageSize:
    """Return the size of paper with a key of Qt; that of the page without one."""
    chosen = QPageSize.PageSizeId.A4 if page is PageSize.A4 else QPageSize.PageSizeId.Letter
    return QPageSize(next((each for each in QPageSize.PageSizeId if key and QPageSize.key(each) == key), chosen))
