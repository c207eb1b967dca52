"""Wheel and touchpad scrolling: the page vertically, or the block under the pointer horizontally.

Touchpads and high-resolution wheels report pixels or parts of a notch, and the page follows at once. Other wheels
report whole notches: the page glides over several frames, and further notches are added to the glide. After a
touchpad is released, macOS sends momentum events; Wayland does not, so the page glides on its own. X11 and Windows do
not report the release.
"""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent

from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface

_SAMPLE_SECONDS = 0.1
"""Seconds before the release that are taken into account. Fingers resting during that time stop the page."""
_GLIDE_SECONDS = 0.325
"""Seconds of the final speed that the page continues for, matching other systems."""
_MIN_SPEED, _MAX_SPEED = 100, 8_000
"""Pixels per second. Slower movements are not intended as a flick; faster ones would be unreadable."""
SECONDS_PER_DISTANCE = 3 * _GLIDE_SECONDS
"""The duration of the glide: with the cubic easing curve it starts at the speed of the fingers."""


class FingerSpeed:
    """The speed of a touchpad movement and the distance of the glide after it. Times in seconds, distances in pixels."""

    def __init__(self) -> None:
        self._moves: deque[tuple[float, float]] = deque()

    def begin(self) -> None:
        """Start a new movement."""
        self._moves.clear()

    def move(self, now: float, distance: float) -> None:
        """Add a move."""
        self._moves.append((now, distance))
        while self._moves and now - self._moves[0][0] > _SAMPLE_SECONDS:
            self._moves.popleft()

    def glide_distance(self, now: float) -> int:
        """Return the glide distance if the touchpad is released now."""
        recent = [(moment, distance) for moment, distance in self._moves if now - moment <= _SAMPLE_SECONDS]
        if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
            return 0
        # The first move only marks the start time of the others.
        speed = sum(distance for _, distance in recent[1:]) / (recent[-1][0] - recent[0][0])
        if abs(speed) < _MIN_SPEED:
            return 0
        return round(max(-_MAX_SPEED, min(speed, _MAX_SPEED)) * _GLIDE_SECONDS)


_FRAME = 8
_NOTCH = 120
_NOTCH_PIXELS = 60
_GESTURE_GAP_SECONDS = 0.2
"""Seconds between two moves of the same gesture on systems that do not report its start and end."""
_CURVE = QEasingCurve(QEasingCurve.Type.OutCubic)


class PageWheel(QObject):
    """Handles the wheel. `duration` returns the milliseconds of a notch, 0 for no animation; `clock` returns seconds."""

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
        self.glides = QGuiApplication.platformName().startswith("wayland")
        """Whether the page must glide on its own after a touchpad release."""
        self._speed = FingerSpeed()
        self._last_move = 0.0
        self._milliseconds = 0
        self._distance = 0
        """The distance of the glide that started at `_glide_start`."""
        self._glided = 0
        self._glide_start = 0.0
        self._moves = 0
        """The scroller's move count at the last step of the glide: if it changes otherwise, the glide ends."""
        self._fraction = QPointF()
        """The fraction of a pixel that has not been scrolled yet."""
        self._is_horizontal: bool | None = None
        """The direction of the touchpad gesture, fixed at its start so that slightly slanted movements do not shake the page."""
        self._frames = QTimer(self, interval=_FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._glide_step)

    def handle(self, event: QWheelEvent) -> bool:
        """Scroll according to a wheel event. Return False with Ctrl, which is for zooming by the window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        phase = event.phase()
        if phase is Qt.ScrollPhase.ScrollBegin:
            self.stop()
            self._is_horizontal = None
            self._speed.begin()
            self._moves = self._scroller.moves
        elif phase is Qt.ScrollPhase.ScrollEnd:
            self._on_release()
        elif phase is Qt.ScrollPhase.ScrollMomentum and self._moves != self._scroller.moves:
            return True  # the momentum would undo another scroll movement
        pixels, angle = event.pixelDelta(), event.angleDelta()
        notches = pixels.isNull() and not angle.x() % _NOTCH and not angle.y() % _NOTCH
        delta = self._whole_pixels(QPointF(angle) * _NOTCH_PIXELS / _NOTCH if pixels.isNull() else QPointF(pixels))
        if self._scrolls_horizontally(event, delta, notches=notches):
            self._surface.scroll_horizontally(event.position().toPoint(), -(delta.x() or delta.y()))
        elif delta.y() and notches and self._duration():
            self._extend_glide(-delta.y(), self._duration())
        elif delta.y():
            self.stop()
            self._scroller.scroll_to(self._scroller.value - delta.y())
            self._moves = self._scroller.moves
            if phase is Qt.ScrollPhase.ScrollUpdate:
                self._speed.move(self._clock(), -delta.y())
        return True

    def stop(self) -> None:
        """Stop gliding."""
        self._frames.stop()

    def _whole_pixels(self, delta: QPointF) -> QPoint:
        """Return the whole pixels of a move and keep the fraction for the next one."""
        self._fraction += delta
        whole = QPoint(int(self._fraction.x()), int(self._fraction.y()))
        self._fraction -= QPointF(whole)
        return whole

    def _on_release(self) -> None:
        """Glide on at the speed of the fingers, unless the page was scrolled otherwise in the meantime."""
        if self.glides and self._duration() and self._moves == self._scroller.moves:
            distance = self._speed.glide_distance(self._clock())
            if distance:
                self._extend_glide(distance, round(1000 * SECONDS_PER_DISTANCE))
        self._speed.begin()

    def _scrolls_horizontally(self, event: QWheelEvent, delta: QPoint, *, notches: bool) -> bool:
        is_horizontal = abs(delta.x()) > abs(delta.y())
        if not notches:
            if event.phase() is Qt.ScrollPhase.NoScrollPhase and self._clock() - self._last_move > _GESTURE_GAP_SECONDS:
                self._is_horizontal = None
            self._last_move = self._clock()
            if self._is_horizontal is None and not delta.isNull():
                self._is_horizontal = is_horizontal
            is_horizontal = bool(self._is_horizontal)
        return is_horizontal or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _extend_glide(self, distance: int, milliseconds: int) -> None:
        """Extend the glide by a distance. Turning the wheel back starts from the current position."""
        rest = self._distance - self._glided if self._frames.isActive() else 0
        self._distance = distance + (rest if rest * distance > 0 else 0)
        self._glided = 0
        self._milliseconds = milliseconds
        self._glide_start = self._clock()
        if distance < 0:
            self._scroller.following.stop()
        self._moves = self._scroller.moves
        if not self._frames.isActive():
            self._frames.start()

    def _glide_step(self) -> None:
        if self._moves != self._scroller.moves:
            self.stop()
            return
        progress = min(1.0, (self._clock() - self._glide_start) * 1000 / max(1, self._milliseconds))
        reached = round(self._distance * _CURVE.valueForProgress(progress))
        # A relative step, because heights above may change during the glide.
        step, self._glided = reached - self._glided, reached
        before = self._scroller.value
        if step or progress >= 1:
            self._scroller.scroll_to(before + step)
            self._moves = self._scroller.moves
        if progress >= 1 or (step and self._scroller.value == before):
            self.stop()
