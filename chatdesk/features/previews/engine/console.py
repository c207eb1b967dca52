"""What a page writes on its console, as lines that are kept: few enough, short enough, and none of them trusted."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import Final

from chatdesk.kernel.fast_dataclass import dataclass

_MOST_LINES: Final = 1_000
_LONGEST: Final = 10_000
_LONGEST_NAME: Final = 500
_MOST_AT_ONCE: Final = 4_000_000
_MARKED = re.compile("\x01(?:(\\d{1,9}):\\d{1,9})?\x01(.*)", re.DOTALL)
"""How resources/preview/shims.js hands over a line and its place."""
_POLICY: Final = "Content Security Policy"
_REFUSED = re.compile(r"'([a-z][a-z0-9+.-]*:[^' ]*)'.*Content Security Policy", re.DOTALL)
"""Chromium's words for what the page's policy refused."""


class Level(Enum):
    """How grave a line is."""

    INFO = auto()
    WARNING = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """One line, or several equal ones in a row."""

    level: Level
    text: str
    line: int | None
    """Where in the page that was served, or in `script`, it was written, counted from 1."""
    times: int = 1
    script: str = ""
    """The name that a script of the page gave itself; empty for the page."""


class Console:
    """Keeps the last 1,000 lines, equal neighbours as one, and tells when a page writes more than anyone could want."""

    def __init__(self, clock: Callable[[], float], flood: int = 2_000) -> None:
        self._clock = clock
        self._flood = flood
        self._lines: deque[ConsoleLine] = deque(maxlen=_MOST_LINES)
        self._second = 0.0
        self._in_second = 0
        self.errors = 0
        """Lines of level ERROR since the beginning."""
        self.dropped = 0
        """Lines that are not kept any more."""

    @property
    def lines(self) -> tuple[ConsoleLine, ...]:
        """What is kept, oldest first."""
        return tuple(self._lines)

    def add(self, level: Level, message: str, line: int, script: str = "") -> bool:
        """Keep a message. Returns whether the page floods: more than `flood` messages within a second, or one of megabytes.

        Our script at the beginning of a page bounds what the page itself writes; errors and workers go past it, and each megabyte of
        theirs holds the window up for some 20 ms before Python sees it.

        What the policy refused is a warning: it is counted elsewhere, and nothing in the code to mend.
        """
        now = self._clock()
        if now - self._second >= 1:
            self._second, self._in_second = now, 0
        self._in_second += 1
        if level is Level.ERROR and _POLICY in message[:_LONGEST]:
            level = Level.WARNING
        if level is Level.ERROR:
            self.errors += 1
        entry = _read(level, message, line, script[:_LONGEST_NAME])
        last = self._lines[-1] if self._lines else None
        if last is not None and replace(last, times=1) == entry:
            self._lines[-1] = replace(last, times=last.times + 1)
        else:
            self.dropped += len(self._lines) == _MOST_LINES
            self._lines.append(entry)
        return self._in_second > self._flood or len(message) > _MOST_AT_ONCE

    def clear(self) -> None:
        """Forget all lines."""
        self._lines.clear()
        self.errors = self.dropped = 0


def refused_address(message: str) -> str | None:
    """Return the address that a console message of Chromium says the page's policy refused."""
    match = _REFUSED.search(message[:_LONGEST])
    return match[1] if match else None


def _read(level: Level, message: str, line: int, script: str) -> ConsoleLine:
    text = message[:_LONGEST]
    if match := _MARKED.fullmatch(text):
        return ConsoleLine(level, match[2], int(match[1]) if match[1] else None)
    return ConsoleLine(level, text.rstrip("\n"), line if line > 0 else None, script=script)
