"""Whether a place in a markdown text that is still arriving lies in code. Enough of CommonMark to judge a tag, no more.

Inline code is followed within its line only: over a line break, a forgotten backtick would hide everything after it.
"""

import re

_MARK = re.compile(r"\n|`+|~+")
_BEFORE_FENCE = " \t>-*+.)0123456789"
"""What may stand before a fence on its line: indentation, quote and list markers."""
_SHORTEST_FENCE = 3
_LOOK_AHEAD = 200
"""Characters within which inline code must end to count as such."""


class CodeTracker:
    """Is told the text piece by piece and asked about the place where it then stands."""

    def __init__(self, *, fences: bool = True) -> None:
        self._fences = fences
        self._fence = ""
        """The run that opened the fence we are in."""
        self._on_fence_line = False
        self._span = 0
        """How many backticks opened the inline code we may be in."""
        self._run = ""
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
                if self._run and self._run[0] != mark[0][0]:
                    self._end_run()
                self._run += mark[0]
            position = mark.end()
        self._plain(text[position:])

    def is_code(self, after: str, *, final: bool) -> bool | None:
        """Return whether something standing here, with `after` behind it, is code; None if more text must come to tell.

        The something must not begin with a backtick or tilde.
        """
        self._end_run()
        if self._fence:
            return True
        if not self._span:
            return False
        line, line_break, _ = after[:_LOOK_AHEAD].partition("\n")
        runs = [run for run in _MARK.finditer(line) if run[0][0] == "`"]
        is_whole = bool(line_break) or len(after) >= _LOOK_AHEAD or final
        settled = [len(run[0]) for run in runs if is_whole or run.end() < len(line)]
        if self._span in settled:
            return True
        return False if is_whole else None

    def _plain(self, text: str) -> None:
        if text:
            self._end_run()
            if self._line_is_bare and text.strip(_BEFORE_FENCE):
                self._line_is_bare = False

    def _end_run(self) -> None:
        run, self._run = self._run, ""
        if not run:
            return
        may_be_fence = self._line_is_bare and len(run) >= _SHORTEST_FENCE
        self._line_is_bare = False
        if self._fence:
            if may_be_fence and run.startswith(self._fence):
                self._fence = ""
            elif self._on_fence_line and run[0] == "`" == self._fence[0]:
                # ```like this``` on one line is inline code after all
                self._span = 0 if len(run) == len(self._fence) else len(self._fence)
                self._fence = ""
        elif may_be_fence and self._fences:
            self._fence, self._on_fence_line = run, True
        elif run[0] == "`":
            self._span = 0 if self._span == len(run) else self._span or len(run)
