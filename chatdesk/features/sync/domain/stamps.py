"""Stamps of a hybrid logical clock, which order the changes of all computers.

A counter is the largest one seen so far plus one, or the time in milliseconds if that is larger. A change that was made with knowledge of
another one is therefore always later, even if a computer's clock is wrong; among independent changes, the later one is later on the clock.
"""

import re
from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass

MACHINE = re.compile(r"[0-9a-f]{16}")
"""The id of a computer."""
MAX_AHEAD = 10 * 366 * 24 * 3600 * 1000
"""Counters that are further ahead of the time, in milliseconds, are refused: they would leave no room for later ones."""


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """A counter and the id of the computer that made the change, which decides between equal counters."""

    counter: int
    machine: str


NEVER = Stamp(0, "")
"""Earlier than every change."""


def to_milliseconds(moment: datetime) -> int:
    """Return an aware time in milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def next_counter(seen: int, milliseconds: int) -> int:
    """Return the counter of the next change. `seen` is the largest known counter, `milliseconds` the time since 1970."""
    return max(seen + 1, milliseconds)


def is_plausible(counter: int, milliseconds: int) -> bool:
    """Return whether a counter of another computer can be accepted at this time."""
    return 0 < counter <= milliseconds + MAX_AHEAD
