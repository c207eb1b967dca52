"""The colours of a code block's lines, found out as far as somebody looks at them, a bounded number of lines at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.rendering.highlight import LineHighlighter, Runs

_LINES_AT_A_TIME = 500
"""A line can be coloured only once all lines above it are, at some 30 µs each."""


class CodeColors:
    """Asks a highlighter for each line once, in order. The last line is asked for anew each time, since it may grow."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._highlighter: LineHighlighter | None = None
        self._runs: list[Runs] = []

    def of_line(self, lines: Sequence[str], number: int) -> "Runs | None":
        """Return a line's coloured runs; None if too many lines above it have to be coloured first: ask again then."""
        if not self._language:
            return ()
        if self._highlighter is None:
            # Highlighting is a heavy library: not before there is code to be seen.
            from chatdesk.rendering.highlight import LineHighlighter  # noqa: PLC0415

            self._highlighter = LineHighlighter(self._language)
        needed = min(number + 1, len(lines) - 1)
        for _ in range(min(_LINES_AT_A_TIME, needed - len(self._runs))):
            self._runs.append(self._highlighter.add(lines[len(self._runs)]))
        if number < len(self._runs):
            return self._runs[number]
        return self._highlighter.peek(lines[number]) if len(self._runs) == number else None
