"""Conversion between page and view coordinates, and repainting of page areas."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea

from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import OVERHANG, painted_band, reading_column


class PageGeometry:
    """The geometry of the page in its view.

    Page coordinates start at the left of the reading column and the top of the page, view coordinates at the
    viewport.
    """

    def __init__(
        self, area: QAbstractScrollArea, document: Document, scroller: PageScroller, appearance: Appearance
    ) -> None:
        self._area = area
        self._document = document
        self._scroller = scroller
        self._appearance = appearance

    @property
    def column(self) -> tuple[int, int]:
        """The left edge in the view and the width of the reading column."""
        return reading_column(self._area.width(), self._appearance.theme)

    @property
    def view_height(self) -> int:
        """The height of the visible part of the page."""
        return self._area.viewport().height()

    @property
    def in_view(self) -> tuple[int, int]:
        """The top and bottom of the visible part in page coordinates."""
        top = self._scroller.value
        return top, top + self.view_height

    def to_page(self, point: QPoint) -> QPoint:
        """Return the page coordinates of a point of the view."""
        return point + QPoint(-self.column[0], self._scroller.value)

    def to_view(self, rect: QRect) -> QRect:
        """Return the view coordinates of a rectangle of the page."""
        return rect.translated(self.column[0], -self._scroller.value)

    def refresh(self, rect: QRect) -> None:
        """Repaint a rectangle of the page including what extends beyond it."""
        if not rect.isEmpty():
            shown = self.to_view(rect).adjusted(-OVERHANG, -OVERHANG, OVERHANG, OVERHANG)
            self._area.viewport().update(shown)

    def refresh_from(self, y: int) -> None:
        """Repaint the page from this y on."""
        if y == NOWHERE:
            return
        top = max(0, y - self._scroller.value)
        if top < self.view_height:
            viewport = self._area.viewport()
            viewport.update(0, top, viewport.width(), self.view_height - top)

    def refresh_growth(self, index: int, y: int, *, moved: bool) -> None:
        """Repaint a grown message from this y on, together with what is below it if that has `moved`."""
        document, value = self._document, self._scroller.value
        end = value + self.view_height
        bottom = end if moved else min(end, document.top(index) + document[index].content_height)
        top = max(y, value)
        if top < bottom:
            left, width = painted_band(self._area.width(), self._appearance.theme)
            self._area.viewport().update(left, top - value, width, bottom - top)

    def refresh_message(self, index: int) -> None:
        """Repaint a message."""
        if index < len(self._document):
            top = self._document.top(index)
            self.refresh(QRect(0, top, self.column[1], self._document.bottom(index) - top))

    def refresh_all(self) -> None:
        """Repaint everything."""
        self._area.viewport().update()
