"""The pages of a document as pictures, one below the other. They are requested as they come into view, and only a few are kept."""

import asyncio
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QWidget

from chatdesk.kernel.documents.document_text import PageArea
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, ring_reach
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize

LoadPage = Callable[[int, int], Awaitable[bytes | None]]
"""Returns the picture of a page, given its index and the length of its longest side in pixels; None if there is none."""
LoadMarks = Callable[[int], Awaitable[Sequence["PageMark"]]]
"""Returns the marks on a page, given its index."""
_A4 = 297 / 210
_AHEAD = 2
"""Number of pages drawn before they come into view."""
_MAX_PICTURES = 6
_MAX_BYTES = 24 * 1024 * 1024
"""Size of the pictures that are kept besides those in view."""
_MAX_SIDE = 3_000
"""Longest side of a picture in pixels."""
_DIMMED = 0.07
_ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
"""Width of a page as a share of that of the column."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """A marked area of a page."""

    area: PageArea
    is_current: bool


class PageColumn(Translated, QAbstractScrollArea):
    """The pages. They are numbered from 0 here; `scrolled` says that the user moved them."""

    scrolled = Signal()

    def __init__(self, appearance: Appearance, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tasks = tasks
        self._name = ""
        self._count = 0
        self._load: LoadPage | None = None
        self._load_marks: LoadMarks | None = None
        self._round = 0
        """Changes with each document."""
        self._loading = False
        self._zoom = 1.0
        self._heights: dict[int, float] = {}
        """Height of pages as a share of their width, as far as it is known."""
        self._tops: list[float] = [0.0]
        """Where the pages begin, and where one after the last would."""
        self._pictures: dict[int, QImage] = {}
        self._sides: dict[int, int] = {}
        """The longest side that was requested for each picture, or for each page that has none."""
        self._marks: dict[int, Sequence[PageMark]] = {}
        self._target: int | None = None
        """The page whose current mark is to be shown once it is known."""
        self._moving = False
        """Whether the view moves the pages, and not the user."""
        self.setObjectName("documentPages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._controls = Card(appearance, self)
        self._smaller = IconButton(appearance, "minus", self._controls, size=IconButtonSize.ROW)
        self._fit = IconButton(appearance, "maximize", self._controls, size=IconButtonSize.ROW)
        self._larger = IconButton(appearance, "plus", self._controls, size=IconButtonSize.ROW)
        self._smaller.clicked.connect(lambda: self.step_zoom(-1))
        self._fit.clicked.connect(lambda: self.set_zoom(1.0))
        self._larger.clicked.connect(lambda: self.step_zoom(1))
        self._row = QHBoxLayout(self._controls)
        self._row.setSpacing(0)
        for button in (self._smaller, self._fit, self._larger):
            self._row.addWidget(button)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def zoom(self) -> float:
        """Width of a page as a share of that of the column."""
        return self._zoom

    def show_pages(self, name: str, count: int, load: LoadPage, load_marks: LoadMarks) -> None:
        """Show the pages of another document, from the first one."""
        self._round += 1
        self._name, self._count, self._load, self._load_marks = name, count, load, load_marks
        for known in (self._heights, self._pictures, self._sides, self._marks):
            known.clear()
        self._retranslate()
        self._arrange()
        self._move(0)
        self._load_next()

    def clear(self) -> None:
        """Show no pages, and forget the pictures."""
        self._round += 1
        self._count, self._load, self._load_marks = 0, None, None
        for known in (self._heights, self._pictures, self._sides, self._marks):
            known.clear()
        self._arrange()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline for the focus ring, which is inside, and the radius of its corners."""
        theme = self._appearance.theme
        reach = ring_reach(theme)
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), theme.length("radius.small")

    def marks_changed(self) -> None:
        """Ask for the marks of the pages in view again."""
        self._marks.clear()
        self.viewport().update()
        self._load_next()

    def page_at_top(self) -> tuple[int, float]:
        """Return the page at the top, and the share of it that is above the view."""
        y = self.verticalScrollBar().value()
        page = self._page_at(y)
        if not self._count:
            return 0, 0.0
        top, below = self._tops[page : page + 2]
        return page, min(1.0, max(0.0, (y - top) / (below - self._gap - top)))

    def scroll_to(self, page: int, share: float = 0.0) -> None:
        """Scroll a page to the top, or a part of it."""
        if 0 <= page < self._count:
            self._move(round(self._tops[page] + share * self._height(page)) - (0 if share else self._gap))

    def show_page(self, page: int) -> None:
        """Scroll to a page, and to its current mark once that is known."""
        self._target = page
        if page not in self._in_view():
            self.scroll_to(page)
        self._show_target()

    def _show_target(self) -> None:
        """Scroll to the current mark of the page that is to be shown."""
        page = self._target
        mark = self._current_mark(page) if page is not None and page < self._count else None
        if page is None or mark is None:
            return
        self._target = None
        top = self._tops[page] + mark.area.top * self._height(page)
        bar, viewport = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() + self._gap <= top <= bar.value() + viewport * 3 // 4:
            self._move(round(top) - viewport // 3)

    def step_zoom(self, step: int) -> None:
        """Make the pages larger or smaller by one step."""
        at = bisect_right(_ZOOMS, self._zoom + 1e-6) - 1
        if step < 0 and self._zoom > _ZOOMS[at]:
            at += 1
        self.set_zoom(_ZOOMS[min(max(at + step, 0), len(_ZOOMS) - 1)])

    def set_zoom(self, zoom: float) -> None:
        """Set the width of a page as a share of that of the column, keeping the position at the top."""
        zoom = min(max(zoom, _ZOOMS[0]), _ZOOMS[-1])
        if zoom != self._zoom:
            self._zoom = zoom
            self._rearrange()
            self._retranslate()

    # Places

    @property
    def _gap(self) -> int:
        return self._appearance.theme.length("l")

    @property
    def _page_width(self) -> float:
        return max(1.0, (self.viewport().width() - 2 * self._gap) * self._zoom)

    def _height(self, page: int) -> float:
        usual = next(iter(self._heights.values()), _A4)
        return self._page_width * self._heights.get(page, usual)

    def _page_at(self, y: float) -> int:
        return max(0, bisect_right(self._tops, y, hi=self._count) - 1)

    def _rearrange(self) -> None:
        """Arrange the pages again, with the same position at the top."""
        page, share = self.page_at_top()
        self._arrange()
        self.scroll_to(page, share)
        self._load_next()

    def _arrange(self) -> None:
        gap = self._gap
        self._tops = list(accumulate((self._height(page) + gap for page in range(self._count)), initial=float(gap)))
        viewport, bar, across = self.viewport(), self.verticalScrollBar(), self.horizontalScrollBar()
        self._moving = True
        bar.setRange(0, max(0, round(self._tops[-1]) - viewport.height()))
        bar.setPageStep(viewport.height())
        bar.setSingleStep(3 * self._appearance.theme.line("ui"))
        across.setRange(0, max(0, round(self._page_width) + 2 * gap - viewport.width()))
        across.setPageStep(viewport.width())
        self._moving = False
        size = self._controls.sizeHint()
        self._controls.setGeometry(
            gap, self.height() - size.height() - gap - (across.height() if across.isVisible() else 0), *size.toTuple()
        )
        self._smaller.setEnabled(self._zoom > _ZOOMS[0])
        self._larger.setEnabled(self._zoom < _ZOOMS[-1])
        self._fit.setEnabled(self._zoom != 1.0)
        viewport.update()

    def _move(self, y: int) -> None:
        self._moving = True
        self.verticalScrollBar().setValue(y)
        self._moving = False

    def _in_view(self) -> range:
        if not self._count:
            return range(0)
        y = self.verticalScrollBar().value()
        return range(self._page_at(y), self._page_at(y + self.viewport().height()) + 1)

    def _current_mark(self, page: int) -> PageMark | None:
        return next((mark for mark in self._marks.get(page, ()) if mark.is_current), None)

    def _rect(self, page: int) -> QRectF:
        """Return where a page is in the viewport."""
        width = self._page_width
        left = max(self._gap, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
        top = round(self._tops[page]) - self.verticalScrollBar().value()
        return QRectF(round(left), top, round(width), round(self._height(page)))  # sharp edges

    # Pictures

    def _load_next(self) -> None:
        if not self._loading and self._load and self.isVisible() and self._next_request() is not None:
            self._loading = True
            self._tasks.start(self._load_all(), "draw pages of a document")

    async def _load_all(self) -> None:
        """Draw pages one after the other until all that is wanted is there; what is wanted may change meanwhile."""
        try:
            while (request := self._next_request()) and self._load:
                page, side = request
                began = self._round
                if side:
                    data = await self._load(page, side)
                    image = await asyncio.to_thread(QImage.fromData, data) if data else QImage()
                    if began == self._round:
                        self._keep(page, side, image)
                elif self._load_marks:
                    marks = self._marks[page] = ()
                    found = await self._load_marks(page)
                    if began == self._round and self._marks.get(page) is marks:
                        self._marks[page] = found
                        self._show_target()
                        self.viewport().update()
        finally:
            self._loading = False

    def _next_request(self) -> tuple[int, int] | None:
        """Return the next page to draw and the side of its picture, or a page whose marks are wanted and 0."""
        seen = self._in_view()
        for page in (*seen, *range(seen.stop, min(self._count, seen.stop + _AHEAD))):
            side = self._wanted_side(page)
            has_none = page in self._sides and page not in self._pictures
            if self._sides.get(page) != side and not has_none:
                return page, side
            if page in seen and page not in self._marks:
                return page, 0
        return None

    def _wanted_side(self, page: int) -> int:
        return min(_MAX_SIDE, round(max(self._page_width, self._height(page)) * self.devicePixelRatioF()))

    def _keep(self, page: int, side: int, image: QImage) -> None:
        self._sides[page] = side
        if not image.isNull() and image.width():
            self._pictures[page] = image
            self._forget_far_pictures(page)
            height = image.height() / image.width()
            if self._heights.get(page) != height:
                self._heights[page] = height
                self._rearrange()
        self.viewport().update()

    def _forget_far_pictures(self, latest: int) -> None:
        """Forget the pictures that are farthest from the view."""
        seen = self._in_view()
        near = sorted(self._pictures, key=lambda page: max(seen.start - page, page - seen.stop + 1, 0))
        size = 0
        for rank, page in enumerate(near):
            size += self._pictures[page].sizeInBytes()
            if page not in seen and page != latest and (rank >= _MAX_PICTURES or size > _MAX_BYTES):
                del self._pictures[page]
                self._sides.pop(page, None)

    # Events

    def _on_scroll(self) -> None:
        self.viewport().update()
        self._load_next()
        if not self._moving:
            self._target = None
            self.scrolled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_view():
            rect = self._rect(page)
            if not rect.intersects(QRectF(event.rect())):
                continue
            picture = self._pictures.get(page)
            if picture is None:
                draw_box(painter, rect, 0, theme.color("header"), theme.color("borderDefault"))
                self._paint_reason(painter, page, rect)
                continue
            painter.drawImage(rect, picture)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            for mark in self._marks.get(page, ()):
                color = theme.paper_color("findCurrent" if mark.is_current else "findHit")
                painter.fillRect(_placed(mark.area, rect), color)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if theme.scheme.dark:
                painter.fillRect(rect, QColor.fromRgbF(0, 0, 0, _DIMMED))
            draw_box(painter, rect, 0, None, theme.color("borderDefault"))

    def _paint_reason(self, painter: QPainter, page: int, rect: QRectF) -> None:
        """Say on the grey sheet that there is no picture."""
        if page in self._sides:
            painter.setFont(self._appearance.theme.font("caption"))
            text = self.tr("No picture of page {number}").format(number=QLocale().toString(page + 1))
            draw_text(painter, rect, text, self._appearance.theme.color("textTertiary"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def event(self, event: QEvent) -> bool:
        """Request the pictures when the pages are shown."""
        if event.type() is QEvent.Type.Show:
            self._rearrange()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Change the zoom by pinching."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self._zoom * (1 + event.value()))
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if steps := event.angleDelta().y():
                self.step_zoom(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the arrow keys; leave the other keys to the view."""
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up as key:
                bar.setValue(bar.value() + (1 if key == Qt.Key.Key_Down else -1) * bar.singleStep())
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                across.setValue(across.value() + (1 if key == Qt.Key.Key_Right else -1) * bar.singleStep())
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Plus | Qt.Key.Key_Minus as key if not event.modifiers():
                self.step_zoom(1 if key == Qt.Key.Key_Plus else -1)
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sunken"))
        inset = theme.length("hair")
        self._row.setContentsMargins(inset, inset, inset, inset)
        self._rearrange()

    def _retranslate(self) -> None:
        percent = QLocale().toString(round(self._zoom * 100))
        self.setAccessibleName(self.tr("Pages of {name}").format(name=self._name))
        self._smaller.set_name(self.tr("Smaller pages"), shortcut="-")
        self._larger.set_name(self.tr("Larger pages"), shortcut="+")
        self._fit.set_name(self.tr("Fit to width, now {percent}%").format(percent=percent))


def _placed(area: PageArea, page: QRectF) -> QRectF:
    return QRectF(
        QPointF(page.left() + area.left * page.width(), page.top() + area.top * page.height()),
        QPointF(page.left() + area.right * page.width(), page.top() + area.bottom * page.height()),
    )
