"""A widget embedded in an answer below its text, which moves with the page: for example the doctor card below a failure.

Messages are painted; this is the only place for a widget between them.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry


class EmbeddedWidget(QObject):
    """Embeds one widget at a time. `relayout_after` runs a function that changes heights and keeps the reading position."""

    lost = Signal()
    """The answer with the widget is no longer shown."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        relayout_after: Callable[[Callable[[], None]], None],
        viewport: QWidget,
    ) -> None:
        super().__init__(viewport)
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._relayout_after = relayout_after
        self._viewport = viewport
        self._widget: QWidget | None = None
        self._message_id = ""
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)

    def receive(self, message_id: str, widget: QWidget) -> bool:
        """Embed a widget in an answer until it is dismissed; its height follows its content.

        Return False if the answer is not shown.
        """
        if self._item(message_id) is None:
            return False
        self._message_id, self._widget = message_id, widget
        widget.setParent(self._viewport)
        widget.installEventFilter(self)
        self.place()
        self._bring_into_view()
        return True

    def dismiss(self) -> None:
        """Remove the widget from the page; its owner deletes it."""
        if widget := self._widget:
            widget.hide()
            widget.removeEventFilter(self)
            self._widget = None
            self._set_item_height(None)
            self._message_id = ""

    def place(self) -> None:
        """Move the widget to its answer, or emit `lost` if that is gone."""
        widget = self._widget
        if widget is None:
            return
        item = self._item(self._message_id)
        if item is None:
            widget.hide()
            self.lost.emit()
            return
        left, width = self._geometry.column
        if widget.width() != width:
            widget.resize(width, widget.height())
        height = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        self._set_item_height(height)
        index = self._document.index(self._message_id) or 0
        top = self._document.top(index) + item.embedded_top - self._geometry.in_view[0]
        widget.setGeometry(left, top, width, height)
        widget.show()

    def _fit(self) -> None:
        """Apply a changed height of the content; the widget stays visible if it was."""
        widget = self._widget
        if widget is None:
            return
        was_whole = self._viewport.rect().contains(widget.geometry())
        self.place()
        if was_whole:
            self._bring_into_view()

    def _bring_into_view(self) -> None:
        widget = self._widget
        if widget is None or self._viewport.rect().contains(widget.geometry()):
            return
        below = widget.geometry().bottom() + 1 - self._viewport.height()
        self._scroller.scroll_to(self._scroller.value + min(below, widget.y()))

    def _set_item_height(self, height: int | None) -> None:
        item, index = self._item(self._message_id), self._document.index(self._message_id)
        if item is None or index is None or item.embedded_height == height:
            return

        def change() -> None:
            item.set_embedded_height(height)
            self._document.update_height(index)

        self._relayout_after(change)

    def _item(self, message_id: str) -> AnswerItem | None:
        index = self._document.index(message_id)
        item = self._document[index] if index is not None else None
        return item if isinstance(item, AnswerItem) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() is QEvent.Type.LayoutRequest:
            self._fitting.start()
        return False
