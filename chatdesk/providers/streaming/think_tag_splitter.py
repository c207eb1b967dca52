"""Detection of the reasoning that a model writes into its answer as `<think>…</think>`, or in other tags, while the answer streams.

Rules, in the order of an answer:
1. An opening tag counts only at the very start. Anywhere else the model is talking about the tag.
2. A closing tag without an opening one means that the opening tag was in the server's template (DeepSeek-R1): the text so far was
   reasoning. This happens at most once. It does not count inside code, nor if an opening tag occurs in the text before it.
3. Within reasoning, the first closing tag of its pair ends it, as on servers, unless it is inside inline code on its line. A code
   fence does not protect it there: fences in drafts are often left open, and the whole answer would become reasoning.
4. After that, every tag is text.
A tag may arrive in chunks; a chunk that could become one is held back. White space after a tag that counted is dropped.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags, together

# Detection of code in a Markdown text that is still arriving, with as much of CommonMark as is needed for tags.
#
# Inline code is tracked only within its line: across line breaks, a forgotten backtick would hide everything after it.

_MARK = re.compile(r"\n|`+|~+")
_BEFORE_FENCE = " \t>-*+.)0123456789"
"""Characters that may precede a fence on its line: indentation, quote and list markers."""
_MIN_FENCE_LENGTH = 3
_LOOK_AHEAD = 200
"""Number of characters within which inline code must end to count as such."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive backticks or tildes."""

    character: str = ""
    length: int = 0


_NO_RUN = _Run()


class CodeTracker:
    """Tracks whether the current position in a text is in code."""

    def __init__(self, *, fences: bool = True) -> None:
        self._fences = fences
        self._fence = _NO_RUN
        """The current code fence."""
        self._on_fence_line = False
        self._span = 0
        """Number of backticks that may have opened inline code."""
        self._run = _NO_RUN
        self._line_is_bare = True

    def advance(self, text: str) -> None:
        """Process more text. A run of backticks may continue in the next chunk."""
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
        """Return whether the current position, followed by `after`, is in code; None if more text is needed.

        The text at the position must not begin with a backtick or tilde.
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
        may_be_fence = self._line_is_bare and run.length >= _MIN_FENCE_LENGTH
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
            # ```like this``` on one line is inline code
            self._span = 0 if run == self._fence else self._fence.length
            self._fence = _NO_RUN


_MAX_MARGIN = 200
"""Maximum number of white space characters before an opening tag."""
_MAX_UNTRACKED = 500
"""Number of chunks."""

ThinkEvent = TextDelta | ReasoningDelta | TextWasReasoning


class _State(Enum):
    START = auto()
    """Only white space has arrived."""
    REASONING = auto()
    UNDECIDED = auto()
    """A closing tag may still turn the text into reasoning."""
    ANSWER = auto()


class ThinkTagSplitter:
    """Splits one answer. The result does not depend on how the text is split into chunks.

    Only compatible `pairs` are searched for (`kernel/models/think_tags.py`).
    """

    def __init__(self, pairs: Sequence[ThinkTags] = (USUAL_TAGS,)) -> None:
        chosen = together(pairs)
        self._opened_by = {pair.opening: pair for pair in chosen}
        self._closed_by = {pair.closing: pair for pair in chosen}
        self._all = (*self._opened_by, *self._closed_by)
        self._tag = re.compile("|".join(map(re.escape, self._all)))
        self._first_characters = {tag[0] for tag in self._all}
        self._mark = re.compile("|".join(map(re.escape, sorted(self._first_characters))))
        self._longest = max(map(len, self._all))
        self._pair: ThinkTags | None = None
        """The pair whose opening tag started the reasoning."""
        self._state = _State.START
        self._pending = ""
        self._code = CodeTracker()
        self._untracked: list[str] = []
        """Chunks that were not passed to `_code` yet: it is needed only at tags, and joined chunks cost a tenth."""
        self._open_in_text: Counter[ThinkTags] = Counter()
        self._skip_space = False
        self._found = False
        self._muted = False

    @property
    def found_reasoning(self) -> bool:
        """Whether tags have revealed reasoning."""
        return self._found

    def mute(self) -> None:
        """Treat tags as text, because reasoning arrives in a separate field; drop a tagged copy of it at the start."""
        self._muted = True

    def feed(self, chunk: str) -> list[ThinkEvent]:
        """Return the events for `chunk`."""
        if self._passes_whole(chunk):
            return self._pass(chunk)
        self._track()
        self._pending += chunk
        return list(self._drain(final=False))

    def finish(self) -> list[ThinkEvent]:
        """Return the text that was held back."""
        self._track()
        return list(self._drain(final=True))

    def _passes_whole(self, chunk: str) -> bool:
        """Return whether `chunk` can be passed on unchanged, like most chunks: no tag begins in it or has begun before."""
        if not chunk or self._pending or self._skip_space or self._state is _State.START:
            return False
        if self._state is _State.ANSWER:
            return True
        return not (self._muted and self._state is _State.UNDECIDED) and self._mark.search(chunk) is None

    def _pass(self, chunk: str) -> list[ThinkEvent]:
        if self._state is not _State.ANSWER:
            self._untracked.append(chunk)
            if len(self._untracked) >= _MAX_UNTRACKED:
                self._track()
        if self._state is not _State.REASONING:
            return [TextDelta(chunk)]
        self._found |= not self._muted
        return [] if self._muted else [ReasoningDelta(chunk)]

    def _track(self) -> None:
        if self._untracked:
            self._code.advance("".join(self._untracked))
            self._untracked.clear()

    def _drain(self, *, final: bool) -> Iterator[ThinkEvent]:
        """Yield everything that is decided, and keep the rest in `_pending`."""
        if self._state is _State.START:
            self._look_for_start(final=final)
        if self._state is _State.UNDECIDED and self._muted:
            self._state = _State.ANSWER
        while self._state in {_State.REASONING, _State.UNDECIDED} and self._pending:
            match = self._tag.search(self._pending)
            if match is None:
                yield from self._emit(len(self._pending) - (0 if final else self._possible_tag()))
                return
            yield from self._emit(match.start())
            in_code = self._code.is_code(self._pending[len(match[0]) :], final=final)
            if in_code is None:
                return
            yield from self._meet(match[0], in_code=in_code)
        if self._state is _State.ANSWER:
            yield from self._emit(len(self._pending))

    def _look_for_start(self, *, final: bool) -> None:
        text = self._pending.lstrip()
        if len(self._pending) - len(text) > _MAX_MARGIN:
            self._state = _State.UNDECIDED
        elif not text:
            self._pending = "" if final else self._pending
        elif match := self._tag.match(text):
            self._pair = self._opened_by.get(match[0])
            self._enter(_State.REASONING if self._pair else _State.ANSWER, text.removeprefix(match[0]))
            self._code = CodeTracker(fences=False)
        elif final or not self._may_become_tag(text):
            self._state = _State.UNDECIDED

    def _meet(self, tag: str, *, in_code: bool) -> Iterator[ThinkEvent]:
        """Decide about the tag at the start of `_pending`."""
        pair = self._closed_by.get(tag)
        closes = pair is not None and not in_code and self._pair in {None, pair}
        if self._state is _State.UNDECIDED and not in_code:
            partner = pair or self._opened_by[tag]
            closes = closes and not self._open_in_text[partner]
            if not closes:
                self._open_in_text[partner] += -1 if pair else 1
        if not closes:
            yield from self._emit(len(tag))
            return
        if self._state is _State.UNDECIDED:
            self._found = True
            yield TextWasReasoning()
        self._enter(_State.ANSWER, self._pending.removeprefix(tag))

    def _enter(self, state: _State, rest: str) -> None:
        self._state, self._pending, self._skip_space = state, rest, True

    def _emit(self, length: int) -> Iterator[ThinkEvent]:
        text, self._pending = self._pending[:length], self._pending[length:]
        if self._state is not _State.ANSWER:
            self._code.advance(text)
        if self._skip_space:
            text = text.lstrip()
            self._skip_space = not text
        if not text:
            return
        if self._state is not _State.REASONING:
            yield TextDelta(text)
        elif not self._muted:
            self._found = True
            yield ReasoningDelta(text)

    def _possible_tag(self) -> int:
        """Return the length of the end of `_pending` that may be the beginning of a tag."""
        end = self._pending[1 - self._longest :]
        for start, character in enumerate(end):
            if character in self._first_characters and self._may_become_tag(end[start:]):
                return len(end) - start
        return 0

    def _may_become_tag(self, text: str) -> bool:
        return any(tag.startswith(text) for tag in self._all)
