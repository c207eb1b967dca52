"""Estimates the messages of a long chat that had to wait for its first painting, in slices, and keeps what is being read in its place."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.sliced_work import SlicedWork

_AFTER = 60
"""Milliseconds in which the chat is painted."""


class LateEstimates(QObject):
    """`settle` does what it is given, with what is being read in its place."""

    def __init__(self, document: Document, settle: Callable[[Callable[[], None]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._settle = settle
        self._work = SlicedWork(self)
        self._work.progressed.connect(self._take)
        self._start = QTimer(self, interval=_AFTER, singleShot=True)
        self._start.timeout.connect(self._begin)

    def chat_changed(self) -> None:
        """Take note that there are other messages."""
        self._work.stop()
        if self._document.waiting:
            self._start.start()
        else:
            self._start.stop()

    def _begin(self) -> None:
        self._work.start(self._document.estimate_waiting())

    def _take(self) -> None:
        if not self._work.active:
            self._settle(self._document.take_estimates)
