"""Wheel and touchpad over the transcript: the page up and down, or what is under the pointer sideways.

A touchpad tells pixels, and the page follows them at once. A wheel tells notches: the page glides over a few frames, and what comes while
it glides is added.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent

from chatdesk.ui.transcript.page.page_scroller import PageScroller
from chatdesk.ui.transcript.page.page_surface import PageSurface

_FRAME = 8
_CURVE = QEasingCurve(QEasingCurve.Type.OutCubic)


class PageWheel(QObject):
    """`duration` gives the milliseconds a notch takes, 0 if nothing may move by itself; `clock` gives seconds."""

    def __init__(
        self,
        surface: PageSurface,
        scroller: PageScroller,
        duration: Callable[[], int],
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._surface = surface
        self._scroller = scroller
        self._duration = duration
        self._clock = clock
        self._distance = 0
        """How far the page glides, from `_began` on."""
        self._done = 0
        self._began = 0.0
        self._moves = 0
        """The scroller's count: if it goes on without us, somebody goes elsewhere."""
        self._frames = QTimer(self, interval=_FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._glide)

    def turn(self, event: QWheelEvent) -> bool:
        """Scroll by what an event says. False with Ctrl: that is for zooming, which is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        # A wheel tells eighths of a degree, 120 for a notch: 60 px.
        pixels = event.pixelDelta()
        delta = pixels if not pixels.isNull() else event.angleDelta() / 2
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift or abs(delta.x()) > abs(delta.y()):
            self._surface.scroll_sideways(event.position().toPoint(), -(delta.x() or delta.y()))
        elif delta.y() and (not pixels.isNull() or not self._duration()):
            self.stop()
            self._scroller.scroll_to(self._scroller.value - delta.y())
        elif delta.y():
            self._glide_on(-delta.y())
        return True

    def stop(self) -> None:
        """Glide no further."""
        self._frames.stop()

    def _glide_on(self, distance: int) -> None:
        """Glide so much farther than is still to be done. Who turned it back goes back from where the page is."""
        rest = self._distance - self._done if self._frames.isActive() else 0
        self._distance = distance + (rest if rest * distance > 0 else 0)
        self._done = 0
        self._began = self._clock()
        if distance < 0:
            self._scroller.following.let_go()
        self._moves = self._scroller.moves
        if not self._frames.isActive():
            self._frames.start()

    def _glide(self) -> None:
        if self._moves != self._scroller.moves:
            self.stop()
            return
        duration = max(1, self._duration())
        progress = min(1.0, (self._clock() - self._began) * 1000 / duration)
        reached = round(self._distance * _CURVE.valueForProgress(progress))
        # By how much, not where to: heights above may turn out differently on the way.
        step, self._done = reached - self._done, reached
        before = self._scroller.value
        if step or progress >= 1:
            self._scroller.scroll_to(before + step)
            self._moves = self._scroller.moves
        if progress >= 1 or (step and self._scroller.value == before):
            self.stop()
