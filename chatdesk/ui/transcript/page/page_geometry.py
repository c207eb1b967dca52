"""Between the page and the view that shows a part of it: where a point of one is in the other, and what has to be painted again."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.reading_column import reading_column
from chatdesk.ui.transcript.height_index import NOWHERE
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.page_scroller import PageScroller

_OVERHANG = 16
"""Focus rings, hover grounds and icons reach this far beyond the column."""


class PageGeometry:
    """The page's x 0 is the left of the reading column, its y 0 the page's top; the view's are the viewport's."""

    def __init__(
        self, area: QAbstractScrollArea, document: Document, scroller: PageScroller, appearance: Appearance
    ) -> None:
        self._area = area
        self._document = document
        self._scroller = scroller
        self._appearance = appearance

    @property
    def column(self) -> tuple[int, int]:
        """Left edge, in the view, and width of the reading column."""
        return reading_column(self._area.width(), self._appearance.theme)

    @property
    def view_height(self) -> int:
        """How much of the page is shown."""
        return self._area.viewport().height()

    @property
    def in_view(self) -> tuple[int, int]:
        """From where to where the page is shown."""
        return self._scroller.value, self._scroller.value + self.view_height

    def to_page(self, point: QPoint) -> QPoint:
        """Return where a point of the view is on the page."""
        return point + QPoint(-self.column[0], self._scroller.value)

    def to_view(self, rect: QRect) -> QRect:
        """Return where a part of the page is in the view."""
        return rect.translated(self.column[0], -self._scroller.value)

    def refresh(self, rect: QRect) -> None:
        """Paint a part of the page again, with what reaches beyond it."""
        if not rect.isEmpty():
            shown = self.to_view(rect).adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)
            self._area.viewport().update(shown)

    def refresh_from(self, y: int) -> None:
        """Paint the page again from a height on."""
        if y == NOWHERE:
            return
        top = max(0, y - self._scroller.value)
        if top < self.view_height:
            viewport = self._area.viewport()
            viewport.update(0, top, viewport.width(), self.view_height - top)

    def refresh_message(self, index: int) -> None:
        """Paint a message again."""
        if index < len(self._document):
            top = self._document.top(index)
            self.refresh(QRect(0, top, self.column[1], self._document.bottom(index) - top))

    def refresh_all(self) -> None:
        """Paint everything again."""
        self._area.viewport().update()
