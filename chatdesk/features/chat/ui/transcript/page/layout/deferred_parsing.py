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

_IDLE_MILLISECONDS = 60
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
        self._relayout_after = relayout
        self._work = SlicedWork(area)
        self._work.progressed.connect(self._on_progress)
        self._start = QTimer(area, interval=_IDLE_MILLISECONDS, singleShot=True)
        self._start.timeout.connect(self._begin)
        area.verticalScrollBar().valueChanged.connect(self._postpone)

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

    def _postpone(self) -> None:
        """Wait while the user scrolls. Movements caused by a streaming answer do not count."""
        if self._document.waiting and not self._scroller.is_relayouting:
            self._work.stop()
            self._start.start()

    def _begin(self) -> None:
        self._work.start(self._document.estimate_waiting())

    def _on_progress(self) -> None:
        if not self._work.active:
            self._relayout_after(self._document.apply_estimates)


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
        self._on_relayout = settled
        self._y = NOWHERE
        self._parsed: list[int] = []
        self._restoring: tuple[ReadingPosition, int] | None = None
        """The position to restore and the scroll value at which it was last restored: if that differs, the user has scrolled away."""
        self._callback: tuple[str, Callable[[], None]] | None = None
        self._work = SlicedWork(self)
        self._work.progressed.connect(self._on_progress)
        self._start = QTimer(self, interval=0, singleShot=True)
        self._start.timeout.connect(lambda: self._work.start(self._parse_all()))

    def check(self) -> None:
        """Start if there is something to parse."""
        if not self._work.active and not self._start.isActive() and self._document.is_parsing:
            self._start.start()

    def keep_restoring(self, position: ReadingPosition) -> None:
        """Keep restoring a reading position that may be in a part not parsed yet; the view is as close to it as possible."""
        self._restoring = (position, self._scroller.value) if self._document.is_parsing else None

    def call_when_parsed(self, message_id: str, then: Callable[[], None]) -> None:
        """Call a function when a message has been parsed completely."""
        self._callback = (message_id, then)

    def _parse_all(self) -> Iterator[None]:
        while (found := self._document.parse_more()) is not None:
            index, y = found
            self._y = min(self._y, y)
            item = self._document.loaded_item(index)
            if item is not None and not item.is_parsing:
                self._parsed.append(index)
            yield

    def _on_progress(self) -> None:
        y, self._y = self._y, NOWHERE
        if self._restoring and self._is_still_relevant(*self._restoring):
            position = self._restoring[0]
            self._scroller.restore(position)
            self._restoring = (position, self._scroller.value) if self._document.is_parsing else None
            self._on_relayout(0)
        else:
            self._restoring = None
            self._on_relayout(min(y, self._scroller.relayout(self._scroller.anchor())))
        read, self._parsed = self._parsed, []
        for index in read:
            self.done.emit(index)
            self._run_callback(index)

    def _run_callback(self, index: int) -> None:
        if self._callback and index == self._document.index(self._callback[0]):
            _, then = self._callback
            self._callback = None
            then()

    def _is_still_relevant(self, position: ReadingPosition, value: int) -> bool:
        """Return whether the user has neither scrolled nor changed the chat."""
        return value == self._scroller.value and self._document.index(position.message_id) is not None
