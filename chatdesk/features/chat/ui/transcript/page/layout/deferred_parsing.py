"""Deferred parsing of long messages in slices: what is visible is parsed first, and no frame waits for the rest.

The reading position is kept meanwhile, even if it is in a part that has not been parsed yet.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from chatdesk.features.chat.ui.transcript.page.layout.anchor import ReadingPosition
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.text.sliced_work import SlicedWork

# Scrolling takes precedence: the slices continue when the page has been still for a moment.

_STILL = 60
"""Milliseconds for painting the chat and for scrolling to continue."""


class DeferredEstimates:
    """Estimates the heights of a long chat's messages after its first paint, in slices, keeping the reading position.

    `area` shows the page; `relayout` runs a function that changes heights and keeps the reading position.
    """

    def __init__(
        self,
        document: Document,
        scroller: PageScroller,
        relayout: Callable[[Callable[[], None]], None],
        area: QAbstractScrollArea,
    ) -> None:
        self._document = document
        self._scroller = scroller
        self._settle = relayout
        self._work = SlicedWork(area)
        self._work.progressed.connect(self._take)
        self._start = QTimer(area, interval=_STILL, singleShot=True)
        self._start.timeout.connect(self._begin)
        area.verticalScrollBar().valueChanged.connect(self._wait)

    @property
    def active(self) -> bool:
        """Whether heights are being estimated now."""
        return self._work.active

    def chat_changed(self) -> None:
        """Restart for the current messages."""
        self._work.stop()
        if self._document.waiting:
            self._start.start()
        else:
            self._start.stop()

    def _wait(self) -> None:
        """Wait while the user scrolls. Movements caused by a streaming answer do not count."""
        if self._document.waiting and not self._scroller.settling:
            self._work.stop()
            self._start.start()

    def _begin(self) -> None:
        self._work.start(self._document.estimate_waiting())

    def _take(self) -> None:
        if not self._work.active:
            self._settle(self._document.take_estimates)


class DeferredParsing(QObject):
    """Parses messages in slices.

    `settled` is called with the y from which the page has changed; `done` carries a parsed message's index.
    """

    done = Signal(int)

    def __init__(
        self, document: Document, scroller: PageScroller, settled: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._scroller = scroller
        self._settled = settled
        self._y = NOWHERE
        self._read: list[int] = []
        self._sought: tuple[ReadingPosition, int] | None = None
        """The position to restore and the scroll value at which it was last restored: if that differs, the user has scrolled away."""
        self._awaited: tuple[str, Callable[[], None]] | None = None
        self._work = SlicedWork(self)
        self._work.progressed.connect(self._take)
        self._start = QTimer(self, interval=0, singleShot=True)
        self._start.timeout.connect(lambda: self._work.start(self._read_all()))

    def look(self) -> None:
        """Start if there is something to parse."""
        if not self._work.active and not self._start.isActive() and self._document.reading:
            self._start.start()

    def seek(self, position: ReadingPosition) -> None:
        """Keep restoring a reading position that may be in a part not parsed yet; the view is as close to it as possible."""
        self._sought = (position, self._scroller.value) if self._document.reading else None

    def once_read(self, message_id: str, then: Callable[[], None]) -> None:
        """Call a function when a message has been parsed completely."""
        self._awaited = (message_id, then)

    def _read_all(self) -> Iterator[None]:
        while (found := self._document.read_on()) is not None:
            index, y = found
            self._y = min(self._y, y)
            item = self._document.known(index)
            if item is not None and not item.reading:
                self._read.append(index)
            yield

    def _take(self) -> None:
        y, self._y = self._y, NOWHERE
        if self._sought and self._is_sought(*self._sought):
            position = self._sought[0]
            self._scroller.restore(position)
            self._sought = (position, self._scroller.value) if self._document.reading else None
            self._settled(0)
        else:
            self._sought = None
            self._settled(min(y, self._scroller.relayout(self._scroller.anchor())))
        read, self._read = self._read, []
        for index in read:
            self.done.emit(index)
            self._tell(index)

    def _tell(self, index: int) -> None:
        if self._awaited and index == self._document.index(self._awaited[0]):
            _, then = self._awaited
            self._awaited = None
            then()

    def _is_sought(self, position: ReadingPosition, value: int) -> bool:
        """Return whether the user has neither scrolled nor changed the chat."""
        return value == self._scroller.value and self._document.index(position.message_id) is not None
