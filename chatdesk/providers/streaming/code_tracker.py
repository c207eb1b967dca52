"""Whether a place in a markdown text that is still arriving lies in code. Enough of CommonMark to judge a tag, no more.

Inline code is followed within its line only: over a line break, a forgotten backtick would hide everything after it.
"""

import re

from chatdesk.kernel.fast_dataclass import dataclass

_MARK = re.compile(r"\n|`+|~+")
_BEFORE_FENCE = " \t>-*+.)0123456789"
"""What may stand before a fence on its line: indentation, quote and list markers."""
_SHORTEST_FENCE = 3
_LOOK_AHEAD = 200
"""Characters within which inline code must end to count as such."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring backticks, or tildes."""

    character: str = ""
    length: int = 0


_NO_RUN = _Run()


class CodeTracker:
    """Is told the text piece by piece and asked about the place where it then stands."""

    def __init__(self, *, fences: bool = True) -> None:
        self._fences = fences
        self._fence = _NO_RUN
        """What opened the fence we are in."""
        self._on_fence_line = False
        self._span = 0
        """How many backticks opened the inline code we may be in."""
        self._run = _NO_RUN
        self._line_is_bare = True

    def advance(self, text: str) -> None:
        """Take in more of the text. A run of backticks may go on in the next piece."""
        position = 0
        for mark in _MARK.finditer(text):
            self._plain(text[position : mark.start()])
            if mark[0] == "\n":
                self._end_run()
                self._span, self._line_is_bare, self._on_fence_line = 0, True, False
            else:
                self._extend_run(mark[0])
            position = mark.end()
        self._plain(text[position:])

    def is_code(self, after: str, *, final: bool) -> bool | None:
        """Return whether something standing here, with `after` behind it, is code; None if more text must come to tell.

        The something must not begin with a backtick or tilde.
        """
        self._end_run()
        if self._fence.length:
            return True
        if not self._span:
            return False
        line, line_break, _ = after[:_LOOK_AHEAD].partition("\n")
        is_whole = bool(line_break) or len(after) >= _LOOK_AHEAD or final
        runs = (run for run in _MARK.finditer(line) if run[0][0] == "`" and (is_whole or run.end() < len(line)))
        if any(len(run[0]) == self._span for run in runs):
            return True
        return False if is_whole else None

    def _plain(self, text: str) -> None:
        if text:
            self._end_run()
            if self._line_is_bare and text.strip(_BEFORE_FENCE):
                self._line_is_bare = False

    def _extend_run(self, marks: str) -> None:
        if self._run.length and self._run.character != marks[0]:
            self._end_run()
        self._run = _Run(marks[0], self._run.length + len(marks))

    def _end_run(self) -> None:
        run, self._run = self._run, _NO_RUN
        if not run.length:
            return
        may_be_fence = self._line_is_bare and run.length >= _SHORTEST_FENCE
        self._line_is_bare = False
        if self._fence.length:
            self._meet_in_fence(run, may_be_fence=may_be_fence)
        elif may_be_fence and self._fences:
            self._fence, self._on_fence_line = run, True
        elif run.character == "`":
            self._span = 0 if self._span == run.length else self._span or run.length

    def _meet_in_fence(self, run: _Run, *, may_be_fence: bool) -> None:
        if run.character != self._fence.character:
            return
        if may_be_fence and run.length >= self._fence.length:
            self._fence = _NO_RUN
        elif self._on_fence_line and run.character == "`":
            # ```like this``` on one line is inline code after all
            self._span = 0 if run == self._fence else self._fence.length
            self._fence = _NO_RUN
