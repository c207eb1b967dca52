"""How fast fingers on a touchpad go, and where the page would come to rest if it ran on as fast when they let go."""

from collections import deque

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
