"""Console messages of a page, stored with limits on their number and length. Their text is untrusted."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import Final

from chatdesk.kernel.fast_dataclass import dataclass

_MAX_LINES: Final = 1_000
_MAX_LENGTH: Final = 10_000
_MAX_NAME_LENGTH: Final = 500
_MAX_MESSAGE_LENGTH: Final = 4_000_000
_SHIM_MESSAGE = re.compile("\x01(?:(\\d{1,9}):\\d{1,9})?\x01(.*)", re.DOTALL)
"""Format in which resources/preview/shims.js passes a line and its position."""
_POLICY: Final = "Content Security Policy"
_REFUSED = re.compile(r"'([a-z][a-z0-9+.-]*:[^' ]*)'.*Content Security Policy", re.DOTALL)
"""Message of Chromium about a request that the policy of the page refused."""


class Level(Enum):
    """Severity of a console line."""

    INFO = auto()
    WARNING = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A console line, or several equal ones in a row."""

    level: Level
    text: str
    line: int | None
    """The line number, from 1, in the served page or in `script`; None if unknown."""
    times: int = 1
    script: str = ""
    """The name that a script of the page gave itself; empty for the page."""


class Console:
    """Stores the last 1,000 lines, with equal consecutive lines merged, and detects floods. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float], flood: int = 2_000) -> None:
        self._clock = clock
        self._flood = flood
        self._lines: deque[ConsoleLine] = deque(maxlen=_MAX_LINES)
        self._second = 0.0
        self._in_second = 0
        self.errors = 0
        """The number of lines of level ERROR."""
        self.dropped = 0
        """The number of lines that were discarded because of the limit."""

    @property
    def lines(self) -> tuple[ConsoleLine, ...]:
        """The stored lines, oldest first."""
        return tuple(self._lines)

    def add(self, level: Level, message: str, line: int, script: str = "") -> bool:
        """Store a message. Returns whether the page floods the console: more than `flood` messages per second, or one of several megabytes.

        The injected script limits what the page writes, but not the messages of errors and workers, each megabyte of which blocks the
        window for about 20 ms before it reaches Python.

        Requests refused by the policy become warnings: they are counted elsewhere, and are no errors in the code.
        """
        now = self._clock()
        if now - self._second >= 1:
            self._second, self._in_second = now, 0
        self._in_second += 1
        if level is Level.ERROR and _POLICY in message[:_MAX_LENGTH]:
            level = Level.WARNING
        if level is Level.ERROR:
            self.errors += 1
        entry = _read(level, message, line, script[:_MAX_NAME_LENGTH])
        last = self._lines[-1] if self._lines else None
        if last is not None and replace(last, times=1) == entry:
            self._lines[-1] = replace(last, times=last.times + 1)
        else:
            self.dropped += len(self._lines) == _MAX_LINES
            self._lines.append(entry)
        return self._in_second > self._flood or len(message) > _MAX_MESSAGE_LENGTH

    def clear(self) -> None:
        """Delete all lines."""
        self._lines.clear()
        self.errors = self.dropped = 0


def refused_address(message: str) -> str | None:
    """Return the address that, according to a console message of Chromium, the policy of the page refused; None for other messages."""
    match = _REFUSED.search(message[:_MAX_LENGTH])
    return match[1] if match else None


def _read(level: Level, message: str, line: int, script: str) -> ConsoleLine:
    text = message[:_MAX_LENGTH]
    if match := _SHIM_MESSAGE.fullmatch(text):
        return ConsoleLine(level, match[2], int(match[1]) if match[1] else None)
    return ConsoleLine(level, text.rstrip("\n"), line if line > 0 else None, script=script)
