"""Wheel and touchpad over the transcript: the page up and down, or what is under the pointer sideways.

A touchpad tells pixels, and the page follows them at once, as it does a wheel that tells parts of a notch. Any other wheel tells
notches: the page glides over a few frames, and what comes while it glides is added. When the fingers let go, macOS tells how the page
runs on; under Wayland nobody does, so it glides from here. X11 and Windows do not tell when they let go.
"""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent

from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface

# How fast fingers on a touchpad go, and where the page would come to rest if it ran on as fast when they let
# go.

_LOOKED_AT = 0.1
"""Seconds before they let go. Fingers that rested by then let the page rest."""
_RUNS_ON = 0.325
"""Seconds of the speed at the end that the page runs on for: as far as on other systems."""
_LEAST, _MOST = 100, 8_000
"""Pixels a second. Slower, nobody meant it; faster, nobody could read where it goes."""
SECONDS_PER_DISTANCE = 3 * _RUNS_ON
"""How long it takes to come to rest: a glide that ends in a cube's curve then begins as fast as the fingers were."""


class FingerSpeed:
    """Times in seconds, distances in pixels."""

    def __init__(self) -> None:
        self._moves: deque[tuple[float, float]] = deque()

    def begin(self) -> None:
        """Take note that fingers come down."""
        self._moves.clear()

    def move(self, now: float, distance: float) -> None:
        """Take note of a move."""
        self._moves.append((now, distance))
        while self._moves and now - self._moves[0][0] > _LOOKED_AT:
            self._moves.popleft()

    def distance_left(self, now: float) -> int:
        """Return how far the page runs on if the fingers let go now."""
        recent = [(moment, distance) for moment, distance in self._moves if now - moment <= _LOOKED_AT]
        if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
            return 0
        # The first tells when the others began.
        speed = sum(distance for _, distance in recent[1:]) / (recent[-1][0] - recent[0][0])
        if abs(speed) < _LEAST:
            return 0
        return round(max(-_MOST, min(speed, _MOST)) * _RUNS_ON)


_FRAME = 8
_NOTCH = 120
_NOTCH_PIXELS = 60
_TOGETHER = 0.2
"""Seconds between two moves of the same fingers, where the system does not tell when they come and go."""
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
        self.runs_on = QGuiApplication.platformName().startswith("wayland")
        """Whether the page has to run on by itself when fingers let go."""
        self._speed = FingerSpeed()
        self._last_move = 0.0
        self._milliseconds = 0
        self._distance = 0
        """How far the page glides, from `_began` on."""
        self._done = 0
        self._began = 0.0
        self._moves = 0
        """The scroller's count: if it goes on without us, somebody goes elsewhere."""
        self._rest = QPointF()
        """Parts of a pixel still to be moved by."""
        self._sideways: bool | None = None
        """Which way the fingers on a touchpad go: decided when they begin, lest a page shakes that is moved a little askew."""
        self._frames = QTimer(self, interval=_FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._glide)

    def turn(self, event: QWheelEvent) -> bool:
        """Scroll by what an event says. False with Ctrl: that is for zooming, which is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        phase = event.phase()
        if phase is Qt.ScrollPhase.ScrollBegin:
            self.stop()
            self._sideways = None
            self._speed.begin()
            self._moves = self._scroller.moves
        elif phase is Qt.ScrollPhase.ScrollEnd:
            self._let_go()
        elif phase is Qt.ScrollPhase.ScrollMomentum and self._moves != self._scroller.moves:
            return True  # it would take back who meanwhile went elsewhere
        pixels, angle = event.pixelDelta(), event.angleDelta()
        notches = pixels.isNull() and not angle.x() % _NOTCH and not angle.y() % _NOTCH
        delta = self._whole(QPointF(angle) * _NOTCH_PIXELS / _NOTCH if pixels.isNull() else QPointF(pixels))
        if self._is_sideways(event, delta, notches=notches):
            self._surface.scroll_sideways(event.position().toPoint(), -(delta.x() or delta.y()))
        elif delta.y() and notches and self._duration():
            self._glide_on(-delta.y(), self._duration())
        elif delta.y():
            self.stop()
            self._scroller.scroll_to(self._scroller.value - delta.y())
            self._moves = self._scroller.moves
            if phase is Qt.ScrollPhase.ScrollUpdate:
                self._speed.move(self._clock(), -delta.y())
        return True

    def stop(self) -> None:
        """Glide no further."""
        self._frames.stop()

    def _whole(self, delta: QPointF) -> QPoint:
        """Return the whole pixels of a move, and keep the rest for the next one."""
        self._rest += delta
        whole = QPoint(int(self._rest.x()), int(self._rest.y()))
        self._rest -= QPointF(whole)
        return whole

    def _let_go(self) -> None:
        """Run on as fast as the fingers were, unless somebody went elsewhere meanwhile."""
        if self.runs_on and self._duration() and self._moves == self._scroller.moves:
            distance = self._speed.distance_left(self._clock())
            if distance:
                self._glide_on(distance, round(1000 * SECONDS_PER_DISTANCE))
        self._speed.begin()

    def _is_sideways(self, event: QWheelEvent, delta: QPoint, *, notches: bool) -> bool:
        sideways = abs(delta.x()) > abs(delta.y())
        if not notches:
            if event.phase() is Qt.ScrollPhase.NoScrollPhase and self._clock() - self._last_move > _TOGETHER:
                self._sideways = None
            self._last_move = self._clock()
            if self._sideways is None and not delta.isNull():
                self._sideways = sideways
            sideways = bool(self._sideways)
        return sideways or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _glide_on(self, distance: int, milliseconds: int) -> None:
        """Glide so much farther than is still to be done. Who turned it back goes back from where the page is."""
        rest = self._distance - self._done if self._frames.isActive() else 0
        self._distance = distance + (rest if rest * distance > 0 else 0)
        self._done = 0
        self._milliseconds = milliseconds
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
        progress = min(1.0, (self._clock() - self._began) * 1000 / max(1, self._milliseconds))
        reached = round(self._distance * _CURVE.valueForProgress(progress))
        # By how much, not where to: heights above may turn out differently on the way.
        step, self._done = reached - self._done, reached
        before = self._scroller.value
        if step or progress >= 1:
            self._scroller.scroll_to(before + step)
            self._moves = self._scroller.moves
        if progress >= 1 or (step and self._scroller.value == before):
            self.stop()
