"""Chats as pages: a PDF file, pictures for the preview, and print-outs.

Previews are painted on the thread of the window, in the steps of `sliced_steps.py`; files and print-outs in a process of their own
(`services/files/chat_pdf.py`), because Qt compresses a page or embeds the fonts in one step of up to a tenth of a second.
"""

from collections.abc import Callable, Generator, Iterable
from itertools import islice

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from chatdesk.features.conversations.services.files.exported_chat import Export, Include
from chatdesk.features.conversations.ui.exporting.page_breaking import (
    UNITS,
    Page,
    PageBreaker,
    PageFormat,
    Row,
    page_painter,
)
from chatdesk.features.conversations.ui.exporting.page_rows import PageRows
from chatdesk.features.conversations.ui.exporting.pdf_additions import (
    Additions,
    Destination,
    LinkArea,
    NotAsExpected,
    OutlineEntry,
    with_additions,
    xmp_metadata,
)
from chatdesk.features.conversations.ui.exporting.sliced_steps import Work
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.errors.storage_errors import NotPrinted
from chatdesk.ui_kit.style.theme import Theme

_TEXT_SIZE = 11 * UNITS / 72
"""Size of running text in units: 11 points."""
_POINTS = 72 / UNITS
_MAX_KEYWORDS = 50
Steps = Generator[Work | None, object, None]


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
        rows = PageRows(export, theme, self.format, with_speakers=with_speakers)
        self._formulas = rows.formulas
        self._rows = rows.create()
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

    def pdf(
        self, first: int = 1, last: int | None = None, *, is_gray: bool = False
    ) -> Generator[Work | None, object, bytes]:
        """Return pages as a PDF file with an outline and links, as `paint_on` counts them. They are forgotten as they are written."""
        export, labels = self._export, self._export.labels
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(UNITS)
        if is_gray:
            writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
        author, keywords = ", ".join(authors_of(export)), ", ".join(keywords_of(export))
        writer.setTitle(export.title)
        writer.setCreator("Chatdesk")
        writer.setAuthor(author)
        moment = export.now.isoformat(timespec="seconds")
        writer.setDocumentXmpMetadata(xmp_metadata(export.title, author, keywords, labels.language, moment))
        size = QPageSize(QSizeF(self.format.width * _POINTS, self.format.height * _POINTS), QPageSize.Unit.Point)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
        targets = _LinkTargets(self.format)
        yield from self.paint_on(writer, first, last, visit=targets.visit)
        buffer.close()
        pdf = bytes(written.data())
        additions = Additions(labels.language, targets.outline, targets.links(), keywords, self._formulas.sources)

        def complete() -> bytes:
            try:
                return with_additions(pdf, additions)
            except NotAsExpected:  # by another version of Qt than the tests have; everything else is there
                return pdf

        result = yield complete
        return result if isinstance(result, bytes) else pdf

    def paint_on(
        self,
        device: QPagedPaintDevice,
        first: int = 1,
        last: int | None = None,
        *,
        visit: Callable[[int, Page], None] = lambda _number, _page: None,
        abort: Callable[[], object] = lambda: None,
    ) -> Steps:
        """Paint the pages from the first to the last one, both counted from 1, on a printer or into a file, and forget them.

        `visit` is called with each page and its number in the file, from 0, and `abort` before the end of a work that is cancelled: the
        end alone would print what is painted. Raises `NotPrinted`.
        """
        painter = QPainter()
        if not painter.begin(device):
            raise NotPrinted
        factor = device.logicalDpiX() / UNITS
        try:
            number = 0
            while last is None or number < last:
                yield from self.lay_out(number + 1)
                if number >= self.count:
                    break
                if number + 1 >= first:
                    if number + 1 > first:
                        device.newPage()
                    visit(number + 1 - first, self._breaker.pages[number])
                    painter.save()
                    painter.scale(factor, factor)
                    yield from self._paint(painter, number)
                    painter.restore()
                self._breaker.pages[number] = Page(())
                number += 1
        except BaseException:
            abort()
            raise
        finally:
            painter.end()

    def release(self) -> Steps:
        """Forget all pages, in steps: together, those of a long chat would take a tenth of a second."""
        self._rows.close()
        pages, self.is_complete = self._breaker.pages, True
        while pages:
            pages.pop()
            yield None

    def _paint(self, painter: QPainter, number: int) -> Steps:
        page: Page = self._breaker.pages[number]
        for paint in page_painter(page, self.format):
            paint(painter)
            yield None
        if not self._numbered:
            return
        font, text = self._theme.font("caption"), str(number + 1)
        painter.setFont(font)
        painter.setPen(self._theme.color("textTertiary"))
        middle = self.format.width / 2 - QFontMetricsF(font).horizontalAdvance(text) / 2
        painter.drawText(QPointF(middle, self.format.height - self.format.margin / 2), text)


def paper_scale(theme: Theme) -> float:
    """Return the factor from the lengths of tokens to units of a page. `theme` has the scale 1."""
    return _TEXT_SIZE / theme.font("reading").pixelSize()


def authors_of(export: Export) -> Iterable[str]:
    """Return the names of the models that wrote the answers, if the file is to name them."""
    if Include.FACTS not in export.options.include:
        return ()
    turns = (turn for chat in export.chats for turn in chat.turns)
    return dict.fromkeys(turn.speaker for turn in turns if turn.message.role is Role.ASSISTANT and turn.message.model)


def keywords_of(export: Export) -> Iterable[str]:
    """Return the titles of the chats, if there are several."""
    titles = dict.fromkeys(chat.title for chat in export.chats if chat.title)
    return islice(titles, _MAX_KEYWORDS) if len(export.chats) > 1 else ()


class _LinkTargets:
    """Where the entries of the outline, the links and their targets are on the pages of a file."""

    def __init__(self, page_format: PageFormat) -> None:
        self._format = page_format
        self._links: list[tuple[int, tuple[float, float, float, float], str]] = []
        self._targets: dict[str, Destination] = {}
        self.outline: list[OutlineEntry] = []

    def visit(self, number: int, page: Page) -> None:
        """Note what is on a page."""
        for top, row in page.rows:
            here = Destination(number, self._height(top))
            self.outline += [OutlineEntry(mark.text, mark.level, here) for mark in row.marks]
            for name in row.names:
                self._targets.setdefault(name, here)
            for link in row.links:
                area = link.area.translated(self._format.margin, top)
                corners = area.left() * _POINTS, self._height(area.bottom()), area.right() * _POINTS
                self._links.append((number, (*corners, self._height(area.top())), link.target))

    def links(self) -> list[LinkArea]:
        """Return the links, except those to destinations that the file does not have."""
        return [
            LinkArea(page, corners, found)
            for page, corners, target in self._links
            if (found := self._targets.get(target) if target.startswith("#") else target)
        ]

    def _height(self, top: float) -> float:
        """Return a distance from the top margin as points from the bottom of the page."""
        return (self._format.height - self._format.margin - top) * _POINTS
