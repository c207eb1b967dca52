"""Chats as pages: a PDF file, pictures for the preview, and print-outs.

Nothing here needs the thread of the window; `PaperTheme` is created on it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, Export
from chatdesk.features.conversations.ui.exporting.page_breaking import (
    UNITS,
    Page,
    PageBreaker,
    PageFormat,
    paint_page,
)
from chatdesk.features.conversations.ui.exporting.page_rows import LAYOUT_SHARE, PageRows
from chatdesk.features.conversations.ui.exporting.pdf_outline import NotAsExpected, OutlineEntry, with_outline
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.style.theme import Theme

_TEXT_SIZE = 11 * UNITS / 72
"""Size of running text in units: 11 points."""
_POINTS = 72 / UNITS


class Pages:
    """The pages of an export. `theme` has the scale of a page."""

    def __init__(self, export: Export, theme: Theme) -> None:
        self._export = export
        self._theme = theme
        self.format = PageFormat.of(export.options)
        self._breaker = PageBreaker(self.format.text_height)
        self._rows = PageRows(export, theme, self.format).create()
        self._complete: Sequence[Page] | None = None

    def page(self, number: int) -> Page | None:
        """Return a page by its number from 0, laying out as much as it needs; None if there are not that many."""
        while self._complete is None and len(self._breaker.pages) <= number:
            row = next(self._rows, None)
            if row is None:
                self._complete = self._breaker.finish()
            else:
                self._breaker.add(row)
        pages = self._breaker.pages
        return pages[number] if number < len(pages) else None

    def all(self) -> Sequence[Page]:
        """Return all pages."""
        if self._complete is None:
            for row in self._rows:
                self._breaker.add(row)
            self._complete = self._breaker.finish()
        return self._complete

    def image(self, number: int, width: int) -> QImage | None:
        """Return the picture of a page on white paper, `width` pixels wide; None if there is no such page."""
        page = self.page(number)
        if page is None:
            return None
        factor = width / self.format.width
        image = QImage(width, round(self.format.height * factor), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(factor, factor)
        self._paint(painter, page, number)
        painter.end()
        return image

    def pdf(self) -> bytes:
        """Return all pages as a PDF file with an outline."""
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(UNITS)
        writer.setTitle(self._export.title)
        writer.setCreator("Chatdesk")
        entries: list[OutlineEntry] = []

        def note(page: Page, number: int) -> None:
            for mark, top in page.marks():
                y = (self.format.height - self.format.margin - top) * _POINTS
                entries.append(OutlineEntry(mark.text, mark.level, number, y))

        self.paint_on(writer, range(len(self.all())), note)
        buffer.close()
        pdf = bytes(written.data())
        try:
            return with_outline(pdf, entries, self._export.labels.language)
        except NotAsExpected:  # by another version of Qt than the tests have; everything else is there
            return pdf

    def paint_on(
        self,
        device: QPagedPaintDevice,
        numbers: Sequence[int],
        note: Callable[[Page, int], None] = lambda _page, _number: None,
    ) -> None:
        """Paint pages on a printer or into a file. `note` is called with each of them."""
        size = QPageSize(QSizeF(self.format.width * _POINTS, self.format.height * _POINTS), QPageSize.Unit.Point)
        device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
        pages = self.all()
        painter = QPainter(device)
        factor = device.logicalDpiX() / UNITS
        try:
            for done, number in enumerate(numbers):
                self._export.report(LAYOUT_SHARE + (1 - LAYOUT_SHARE) * done / len(numbers))
                if done:
                    device.newPage()
                painter.save()
                painter.scale(factor, factor)
                self._paint(painter, pages[number], number)
                painter.restore()
                note(pages[number], number)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, page: Page, number: int) -> None:
        def paint_number(on: QPainter) -> None:
            font = self._theme.font("caption")
            on.setFont(font)
            on.setPen(self._theme.paper_color("textTertiary"))
            words = str(number + 1)
            on.drawText(QPointF(-QFontMetricsF(font).horizontalAdvance(words) / 2, 0), words)

        paint_page(painter, page, self.format, paint_number)


def paper_scale(theme: Theme) -> float:
    """Return the factor from the lengths of tokens to units of a page. `theme` has the scale 1."""
    return _TEXT_SIZE / theme.font("reading").pixelSize()


def pdf_format(theme: Theme) -> ChatFormat:
    """Return the format PDF with the fonts of a theme, which has the scale of a page."""
    return ChatFormat(
        "pdf",
        QT_TRANSLATE_NOOP("ChatFormats", "PDF"),
        QT_TRANSLATE_NOOP("ChatFormats", "Pages to print and to pass on, with an outline"),
        lambda export: Pages(export, theme).pdf(),
        has_pages=True,
        draws_formulas=True,
    )
