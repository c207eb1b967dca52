"""Child process that makes a PDF file of chats, or prints them. Qt lays out its pages, with the fonts of the system but without a screen.

`features/conversations/services/files/chat_pdf.py` is the program's side.
"""

import gc
import os
from dataclasses import replace
from typing import BinaryIO, NoReturn

from chatdesk.app.plain_imports import load_pyside
from chatdesk.features.conversations.services.files.chat_pdf import Printing, file_lines, read_job, share_line
from chatdesk.features.conversations.services.files.exported_chat import Export
from chatdesk.kernel.aio.child_program import begin_child, exit_with_parent
from chatdesk.system.resources import Resources

_MAX_MEMORY = 4 * 1024 * 1024 * 1024
_LEAST_PROGRESS = 0.005


def main() -> NoReturn:
    """Make a file of the export in standard input, or print it, and exit; exit at once when standard input is closed."""
    gc.disable()  # the process is short-lived
    requests, channel = begin_child(_MAX_MEMORY)
    export, printing = read_job(requests)
    exit_with_parent(requests)
    pdf = _made(replace(export, report=_Reports(channel).report), printing)
    for line in file_lines(pdf):
        channel.write(line)
    channel.flush()
    os._exit(0)  # the watching thread would wait for the program


def _made(export: Export, printing: Printing | None) -> bytes:
    """Return the file; nothing if the pages are printed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    load_pyside()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - Qt reads the platform first

    from chatdesk.features.conversations.ui.exporting.pdf_file import Pages, paper_scale  # noqa: PLC0415 - likewise
    from chatdesk.features.conversations.ui.exporting.sliced_steps import at_once  # noqa: PLC0415 - likewise
    from chatdesk.ui_kit.style.appearance import Appearance  # noqa: PLC0415 - likewise

    appearance = Appearance(QApplication([]), Resources.locate().resources)
    appearance.set_language(export.labels.language.replace("-", "_"))
    theme = appearance.paper_theme(paper_scale(appearance.paper_theme(1)))
    if printing is None:
        return at_once(Pages(export, theme).pdf())
    from chatdesk.features.conversations.ui.exporting.printers import (  # noqa: PLC0415 - a library of its own
        format_of,
        printer_of,
    )

    paper = format_of(printing, export.options.margins.millimetres)
    pages = Pages(export, theme, paper, with_speakers=printing.names_speakers)
    if printing.printer is None:
        return at_once(pages.pdf(printing.first, printing.last, is_gray=printing.is_gray))
    at_once(pages.paint_on(printer_of(printing, printing.printer), printing.first, printing.last))
    return b""


class _Reports:
    """Writes how much is done, if it is enough more than before."""

    def __init__(self, channel: BinaryIO) -> None:
        self._channel = channel
        self._reported = 0.0

    def report(self, share: float) -> None:
        """See `Export.report`."""
        if share >= self._reported + _LEAST_PROGRESS:
            self._reported = share
            self._channel.write(share_line(share))
            self._channel.flush()


if __name__ == "__main__":
    main()
