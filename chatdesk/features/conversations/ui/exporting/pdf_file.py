"""Chats as pages: a PDF file, pictures for the preview, and print-outs.

Everything is done on the thread of the window, in the steps of `sliced_steps.py`.
"""

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, Export
from chatdesk.features.conversations.ui.exporting.page_breaking import (
    UNITS,
    Page,
    PageBreaker,
    PageFormat,
    Row,
    page_painter,
)
from chatdesk.features.conversations.ui.exporting.page_rows import LAYOUT_SHARE, PageRows
from chatdesk.features.conversations.ui.exporting.pdf_outline import NotAsExpected, OutlineEntry, with_outline
from chatdesk.features.conversations.ui.exporting.sliced_steps import Work, at_once, in_slices
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.style.theme import Theme

_TEXT_SIZE = 11 * UNITS / 72
"""Size of running text in units: 11 points."""
_POINTS = 72 / UNITS
Steps = Generator[Work | None, object, None]


class DeviceRefused(Exception):
    """A printer cannot be used."""


class Pages:
    """The pages of an export. `theme` has the scale of a page. Without a format, pages are as the options of the export say."""

    def __init__(
        self,
        export: Export,
        theme: Theme,
        page_format: PageFormat | None = None,
        *,
        numbered: bool = True,
        with_speakers: bool = False,
    ) -> None:
        self._numbered = numbered
        self._export = export
        self._theme = theme
        self.format = page_format or PageFormat.of(export.options)
        self._breaker = PageBreaker(self.format.text_height)
        self._rows = PageRows(export, theme, self.format, with_speakers=with_speakers).create()
        self.is_complete = False
        """Whether all pages are laid out."""

    @property
    def count(self) -> int:
        """Number of the pages that are laid out."""
        return len(self._breaker.pages)

    def lay_out(self, count: int | None = None) -> Steps:
        """Lay out the first pages, or all of them. Only one may be doing this at a time."""
        answer: object = None
        while not self.is_complete and (count is None or self.count < count):
            try:
                step = self._rows.send(answer)
            except StopIteration:
                self._breaker.finish()
                self.is_complete = True
                return
            answer = None
            if isinstance(step, Row):
                self._breaker.add(step)
                yield None
            else:
                answer = yield step

    def image(self, number: int, width: int) -> Generator[Work | None, object, QImage | None]:
        """Return the picture of a page, `width` pixels wide; None if there is no such page."""
        yield from self.lay_out(number + 1)
        if number >= self.count:
            return None
        factor = width / self.format.width
        image = QImage(width, round(self.format.height * factor), QImage.Format.Format_RGB32)
        image.fill(self._theme.color("page"))
        painter = QPainter(image)
        try:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            painter.scale(factor, factor)
            yield from self._paint(painter, number)
        finally:
            painter.end()
        return image

    def pdf(self) -> Generator[Work | None, object, bytes]:
        """Return all pages as a PDF file with an outline."""
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(UNITS)
        writer.setTitle(self._export.title)
        writer.setCreator("Chatdesk")
        size = QPageSize(QSizeF(self.format.width * _POINTS, self.format.height * _POINTS), QPageSize.Unit.Point)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
        yield from self.paint_on(writer, range)
        buffer.close()
        pdf, entries = bytes(written.data()), self._outline()

        def complete() -> bytes:
            try:
                return with_outline(pdf, entries, self._export.labels.language)
            except NotAsExpected:  # by another version of Qt than the tests have; everything else is there
                return pdf

        result = yield complete
        return result if isinstance(result, bytes) else pdf

    def paint_on(self, device: QPagedPaintDevice, choose: Callable[[int], Sequence[int]]) -> Steps:
        """Paint pages on a printer or into a file. `choose` returns their numbers, given how many there are.

        Raises `DeviceRefused`.
        """
        yield from self.lay_out()
        numbers = choose(self.count)
        painter = QPainter()
        if not painter.begin(device):
            raise DeviceRefused
        factor = device.logicalDpiX() / UNITS
        try:
            for done, number in enumerate(numbers):
                self._export.report(LAYOUT_SHARE + (1 - LAYOUT_SHARE) * done / len(numbers))
                if done:
                    device.newPage()
                painter.save()
                painter.scale(factor, factor)
                yield from self._paint(painter, number)
                painter.restore()
        finally:
            painter.end()

    def _outline(self) -> list[OutlineEntry]:
        height = self.format.height - self.format.margin
        return [
            OutlineEntry(mark.text, mark.level, number, (height - top) * _POINTS)
            for number, page in enumerate(self._breaker.pages)
            for mark, top in page.marks()
        ]

    def _paint(self, painter: QPainter, number: int) -> Steps:
        page: Page = self._breaker.pages[number]
        for paint in page_painter(page, self.format):
            paint(painter)
            yield None
        if not self._numbered:
            return
        font, words = self._theme.font("caption"), str(number + 1)
        painter.setFont(font)
        painter.setPen(self._theme.color("textTertiary"))
        middle = self.format.width / 2 - QFontMetricsF(font).horizontalAdvance(words) / 2
        painter.drawText(QPointF(middle, self.format.height - self.format.margin / 2), words)


def paper_scale(theme: Theme) -> float:
    """Return the factor from the lengths of tokens to units of a page. `theme` has the scale 1."""
    return _TEXT_SIZE / theme.font("reading").pixelSize()


def pdf_format(theme: Theme) -> ChatFormat:
    """Return the format PDF with the fonts of a theme, which has the scale of a page."""
    return ChatFormat(
        "pdf",
        QT_TRANSLATE_NOOP("ChatFormats", "PDF"),
        QT_TRANSLATE_NOOP("ChatFormats", "Pages to print or share, with an outline"),
        lambda export: at_once(Pages(export, theme).pdf()),
        has_pages=True,
        draws_formulas=True,
        paint=lambda export: in_slices(Pages(export, theme).pdf()),
    )
