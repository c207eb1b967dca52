"""Estimates the messages of a long chat that had to wait for its first painting, in slices, and keeps what is being read in its place.

Somebody who scrolls comes first: the slices go on when the page has been still for a moment.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_STILL = 60
"""Milliseconds in which the chat is painted, and somebody who scrolls scrolls on."""


class LateEstimates:
    """For the page in `area`. `settle` does what it is given, with what is being read in its place."""

    def __init__(
        self,
        document: Document,
        scroller: PageScroller,
        settle: Callable[[Callable[[], None]], None],
        area: QAbstractScrollArea,
    ) -> None:
        self._document = document
        self._scroller = scroller
        self._settle = settle
        self._work = SlicedWork(area)
        self._work.progressed.connect(self._take)
        self._start = QTimer(area, interval=_STILL, singleShot=True)
        self._start.timeout.connect(self._begin)
        area.verticalScrollBar().valueChanged.connect(self._wait)

    @property
    def active(self) -> bool:
        """Whether messages are being estimated at the moment."""
        return self._work.active

    def chat_changed(self) -> None:
        """Take note that there are other messages."""
        self._work.stop()
        if self._document.waiting:
            self._start.start()
        else:
            self._start.stop()

    def _wait(self) -> None:
        """Let whoever scrolls do so. An answer that streams moves the page as well: that is no reason to wait."""
        if self._document.waiting and not self._scroller.settling:
            self._work.stop()
            self._start.start()

    def _begin(self) -> None:
        self._work.start(self._document.estimate_waiting())

    def _take(self) -> None:
        if not self._work.active:
            self._settle(self._document.take_estimates)
