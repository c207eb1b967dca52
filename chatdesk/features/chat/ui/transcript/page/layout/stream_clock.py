"""The timers of streaming answers for seconds and spinners.

They run only while an answer streams and the view is visible.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer

from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry

_SECOND = 1_000
_FRAME = 40


class StreamClock(QObject):
    """Drives the display of a streaming answer.

    `clock` returns monotonic seconds, `spinner_duration` the milliseconds of a spinner rotation; 0 for no animation.
    """

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        clock: Callable[[], float],
        spinner_duration: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._geometry = geometry
        self._clock = clock
        self._spinner_duration = spinner_duration
        self._seconds = QTimer(self, interval=_SECOND)
        self._seconds.timeout.connect(self._tick)
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self._rotate_spinner)

    def rotation(self) -> float:
        """Return the rotation of spinners, 0 to 1."""
        duration = self._spinner_duration()
        return self._clock() * 1000 % duration / duration if duration else 0.0

    def update(self, *, seen: bool) -> None:
        """Start or stop the timers as needed."""
        streaming = self._streaming() if seen else None
        _run(self._seconds, running=streaming is not None)
        turning = streaming is not None and not streaming[1].spinner_rect().isEmpty()
        _run(self._frames, running=turning and self._spinner_duration() > 0)

    def _tick(self) -> None:
        if streaming := self._streaming():
            self._refresh(streaming[0], streaming[1].tick())

    def _rotate_spinner(self) -> None:
        if streaming := self._streaming():
            self._refresh(streaming[0], streaming[1].spinner_rect())

    def _refresh(self, index: int, rect: QRect) -> None:
        if not rect.isEmpty():
            self._geometry.refresh(rect.translated(0, self._document.top(index)))

    def _streaming(self) -> tuple[int, AnswerItem] | None:
        """Return index and item of the streaming answer, which is always the last message."""
        last = self._document.last_answer()
        item = self._document[last] if last is not None else None
        return (last, item) if last is not None and isinstance(item, AnswerItem) and item.streaming else None


def _run(timer: QTimer, *, running: bool) -> None:
    if running and not timer.isActive():
        timer.start()
    elif not running:
        timer.stop()
