"""The colours of a code block's lines, found out as far as somebody looks at them, for a bounded time at once."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chatdesk.ui_kit.code.highlighters import NewHighlighter

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import LineHighlighter, Runs
    from chatdesk.rendering.code.language_guess import LanguageGuess

_SECONDS_A_TURN = 0.004
"""A line can be coloured only once all lines above it are, at some 30 µs each."""


class CodeColors:
    """Asks a highlighter for each line once, in order. The last line is asked for anew each time, since it may grow.

    Without a language it is guessed, from whole lines only. `more` is called when lines remain that another turn will colour.
    """

    def __init__(self, language: str, new_highlighter: NewHighlighter, more: Callable[[], None]) -> None:
        self._language = language
        self._new_highlighter = new_highlighter
        self._more = more
        self._highlighter: LineHighlighter | None = None
        self._guess: LanguageGuess | None = None
        self._guessed_lines = 0
        self._runs: list[Runs] = []
        self._turn_ends: float | None = None
        """By the clock of the thread's work; None until the first line of the turn."""

    def begin_turn(self) -> None:
        """Take the time for another turn: once for all lines that are painted together."""
        self._turn_ends = None

    def of_line(self, lines: Sequence[str], number: int, *, whole: bool) -> "Runs | None":
        """Return a line's coloured runs, none for a plain one; None if they are not known yet: ask again in the next turn.

        `whole` says that the last line will not grow.
        """
        language = self._language or self._guessed(lines, len(lines) if whole else len(lines) - 1)
        if not language:
            return () if self._guess and self._guess.settled else None
        if self._highlighter is None:
            self._highlighter = self._new_highlighter(language)
        return self._colour(self._highlighter, lines, number) if self._highlighter else None

    def _colour(self, highlighter: "LineHighlighter", lines: Sequence[str], number: int) -> "Runs | None":
        if self._turn_ends is None:
            self._turn_ends = time.thread_time() + _SECONDS_A_TURN
        needed = min(number + 1, len(lines) - 1)
        while len(self._runs) < needed:
            if time.thread_time() > self._turn_ends:
                self._more()
                return None
            self._runs.append(highlighter.add(lines[len(self._runs)]))
        return self._runs[number] if number < len(self._runs) else highlighter.peek(lines[number])

    def _guessed(self, lines: Sequence[str], count: int) -> str:
        if self._guess is None:
            if not count:
                return ""
            from chatdesk.rendering.code.language_guess import (  # noqa: PLC0415 - start-up time: many expressions
                LanguageGuess,
            )

            self._guess = LanguageGuess()
        while self._guessed_lines < count and not self._guess.settled:
            self._guess.add(lines[self._guessed_lines])
            self._guessed_lines += 1
        return self._guess.language
