"""Rows of a document, and their distribution over pages.

A row is the smallest part that is never broken: a line of text, of code or of a table. All lengths are in units of `UNITS` per inch, which
is fine enough for whole numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chatdesk.features.conversations.services.files.exported_chat import ExportOptions
from chatdesk.kernel.fast_dataclass import dataclass

UNITS = 1440
"""Units per inch: twentieths of a point."""
HAIRLINE = 10
"""Thickness of a line in units: half a point."""
_MILLIMETRES = 25.4
Paint = Callable[[QPainter], None]
"""Paints a row with the painter's origin at the left margin and the row's top."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """An area behind adjacent rows: the background of a question or of code, or the bar beside a quote. Compared by identity."""

    left: float
    width: float
    fill: QColor | None = None
    border: QColor | None = None
    radius: float = 0
    padding: float = 0
    """Space above and below its rows on a page where it does not begin or end: there are rows of this height where it does."""

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paint the area between two heights on a page."""
        painter.setPen(QPen(self.border, HAIRLINE) if self.border else Qt.PenStyle.NoPen)
        painter.setBrush(self.fill or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.left, top, self.width, bottom - top), self.radius, self.radius)


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """An entry of the outline. `level` begins at 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """An area of a line or row that leads to an address, or to the row with the name `#…`. Relative to its upper left corner."""

    area: QRectF
    target: str


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A part of a page. `space` is above it, and is left out at the top of a page."""

    height: float
    paint: Paint | None = None
    space: float = 0
    keeps_next: bool = False
    """Whether it must be on the same page as the next row, as far as possible."""
    frames: tuple[Frame, ...] = ()
    """The outermost one first."""
    repeated: tuple["Row", ...] = ()
    """What is repeated above it at the top of a page: the header of its table."""
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    names: tuple[str, ...] = ()
    """The targets of links that lead here."""
    begins_page: bool = False
    is_padding: bool = False
    """Whether it is the space where a frame begins or ends."""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page with their tops, relative to the top margin."""

    rows: tuple[tuple[float, Row], ...]


@dataclass(frozen=True, slots=True)
class PageFormat:
    """The size of a page and of its text, in units."""

    width: float
    height: float
    margin: float

    @classmethod
    def of(cls, options: ExportOptions) -> "PageFormat":
        """Return the format that the user has chosen."""
        width, height = (length / _MILLIMETRES * UNITS for length in options.page.millimetres)
        return cls(width, height, options.margins.millimetres / _MILLIMETRES * UNITS)

    @property
    def text_width(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def text_height(self) -> float:
        """Height between the margins."""
        return self.height - 2 * self.margin


class PageBreaker:
    """Distributes rows over pages of a height as they come."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._rows: list[Row] = []
        self._tops: list[float] = []
        self._bottom = 0.0
        self.pages: list[Page] = []
        """The pages that are complete."""

    def add(self, row: Row) -> None:
        """Add the next row."""
        if row.begins_page and self._rows:
            self._close(len(self._rows))
        top = self._bottom + (row.space if self._rows else 0)
        if self._rows and top + row.height > self._height:
            self._close(self._break_before(row))
            top = self._bottom + (row.space if self._rows else 0)
            if self._rows and top + row.height > self._height:  # what had to stay together is too high
                self._close(len(self._rows))
                top = self._bottom
        if not self._rows:
            top = self._repeat(row)
        self._put(row, top)

    def finish(self) -> Sequence[Page]:
        """Return all pages; at least one."""
        if self._rows or not self.pages:
            self._close(len(self._rows))
        return self.pages

    def _put(self, row: Row, top: float) -> None:
        self._rows.append(row)
        self._tops.append(top)
        self._bottom = top + row.height

    def _repeat(self, row: Row) -> float:
        """Put the header of a row's table at the top of a page; return where the row begins."""
        for each in row.repeated:
            self._put(each, self._bottom)
        return self._bottom

    def _break_before(self, row: Row) -> int:
        """Return how many of the rows stay on the page if `row` does not fit."""
        for count in range(len(self._rows), 0, -1):
            following = self._rows[count] if count < len(self._rows) else row
            if not self._rows[count - 1].keeps_next and count > len(following.repeated):
                return count
        return len(self._rows)

    def _close(self, count: int) -> None:
        """Complete a page of the first `count` rows; the others begin the next page."""
        self.pages.append(Page(tuple(zip(self._tops[:count], self._rows[:count], strict=True))))
        moved = self._rows[count:]
        self._rows, self._tops, self._bottom = [], [], 0.0
        for row in moved:
            top = self._bottom + row.space if self._rows else self._repeat(row)
            self._put(row, top)


def page_painter(page: Page, page_format: PageFormat) -> Iterator[Paint]:
    """Yield what paints a page, part by part, with the painter's origin at the corner of the paper."""
    yield lambda painter: _paint_at(painter, page_format, 0, lambda on: _paint_frames(on, page))
    for top, row in page.rows:
        if row.paint:
            yield partial(_paint_at, page_format=page_format, top=top, paint=row.paint)


def _paint_at(painter: QPainter, page_format: PageFormat, top: float, paint: Paint) -> None:
    painter.save()
    painter.translate(page_format.margin, page_format.margin + top)
    paint(painter)
    painter.restore()


def _paint_frames(painter: QPainter, page: Page) -> None:
    """Paint each frame behind its rows, the outer ones first."""
    extents: dict[Frame, tuple[float, float]] = {}
    for top, row in page.rows:
        missing = [0.0 if row.is_padding else frame.padding for frame in row.frames]
        for frame, padding in zip(row.frames, missing, strict=True):
            begin, _ = extents.get(frame, (top - padding, 0.0))
            extents[frame] = begin, top + row.height + padding
    for frame, (begin, end) in extents.items():
        frame.paint(painter, begin, end)
