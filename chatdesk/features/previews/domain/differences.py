"""Line differences between two texts, for display. Uses E. W. Myers' "An O(ND) Difference Algorithm".

The search stops after a maximum number of steps, so that no text blocks the program; nobody reads thousands of changed lines.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

MAX_LINES = 20_000
MAX_CHANGED_LINES = 4_000
"""Maximum number of added and removed lines."""
MAX_LINE_LENGTH = 1_000
"""Maximum characters of a line; the remainder is replaced by an ellipsis."""
_MAX_CHARACTERS = 4_000_000
_MAX_STEPS = 1_500_000
_SHORT_TEXT_LINES = 60
_MIN_COMMON_SHARE = 0.1
_LINE_END = re.compile(r"\r\n|\r|\n")


class LineKind(Enum):
    """Whether a line is common, added or removed."""

    SAME = auto()
    ADDED = auto()
    REMOVED = auto()


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A line of a hunk with its number in both texts, from 1; None if it is missing in that text."""

    kind: LineKind
    text: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes close to each other with the unchanged lines around them."""

    lines: tuple[DifferenceLine, ...]

    @property
    def added(self) -> int:
        """The number of added lines."""
        return sum(line.kind is LineKind.ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        """The number of removed lines."""
        return sum(line.kind is LineKind.REMOVED for line in self.lines)


@dataclass(frozen=True, slots=True)
class TooDifferent:
    """The texts are too long, or have too little in common, for a useful comparison."""

    old_lines: int
    new_lines: int


type Differences = tuple[Hunk, ...] | TooDifferent


def differences(old: str, new: str, around: int = 3) -> Differences:
    """Return the changes with `around` unchanged lines before and after; empty if only line endings differ.

    Takes up to a second for the longest texts, so it must not be called on the UI thread.
    """
    before, after = _lines(old), _lines(new)
    too_different = TooDifferent(len(before), len(after))
    if max(len(before), len(after)) > MAX_LINES or max(len(old), len(new)) > _MAX_CHARACTERS:
        return too_different
    pairs = _pairs(before, after)
    if pairs is None:
        return too_different
    both = len(before) + len(after)
    changed = both - 2 * len(pairs)
    if changed > MAX_CHANGED_LINES or (both > _SHORT_TEXT_LINES and 2 * len(pairs) < _MIN_COMMON_SHARE * both):
        return too_different
    return tuple(_hunks(list(_difference_lines(before, after, pairs)), around))


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the index pairs of common lines; None if the search takes too long."""
    begin, least = 0, min(len(old), len(new))
    while begin < least and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < least - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    # Lines that occur in only one text need no search, which leaves few lines to search.
    olds, news = set(old[begin : len(old) - end]), set(new[begin : len(new) - end])
    kept_old = [index for index in range(begin, len(old) - end) if old[index] in news]
    kept_new = [index for index in range(begin, len(new) - end) if new[index] in olds]
    found = _longest_common([old[index] for index in kept_old], [new[index] for index in kept_new])
    if found is None:
        return None
    middle = [(kept_old[left], kept_new[right]) for left, right in found]
    tail = [(len(old) - count, len(new) - count) for count in range(end, 0, -1)]
    return [*((index, index) for index in range(begin)), *middle, *tail]


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the longest common subsequence as index pairs; None if the search takes too long.

    For each number of changes, stores the furthest position in the old text on each diagonal, that is, for each surplus of removed over
    added lines.
    """
    history: list[list[int]] = []
    steps = 0
    for changes in range(len(old) + len(new) + 1):
        before = history[-1] if history else []
        reached = []
        for index in range(changes + 1):
            start, _ = _step(before, index)
            left, right = start, start - (2 * index - changes)
            while left < len(old) and right < len(new) and old[left] == new[right]:
                left, right = left + 1, right + 1
            reached.append(left)
            steps += 1 + left - start
            if (left, right) == (len(old), len(new)):
                return _backtrack([*history, reached], left, right)
        history.append(reached)
        if steps > _MAX_STEPS:
            return None
    raise AssertionError  # reached at the latest by removing and adding all lines


def _step(before: Sequence[int], index: int) -> tuple[int, bool]:
    """Return the position that one more change reaches on a diagonal, and whether it adds a line."""
    if not before:
        return 0, False
    adding = before[index] if index < len(before) else -1
    removing = before[index - 1] + 1 if index else -1
    return max(adding, removing), adding >= removing


def _backtrack(history: Sequence[Sequence[int]], left: int, right: int) -> list[tuple[int, int]]:
    pairs = []
    for changes in range(len(history) - 1, -1, -1):
        start, adds = _step(history[changes - 1] if changes else [], (left - right + changes) // 2)
        while left > start:
            left, right = left - 1, right - 1
            pairs.append((left, right))
        left, right = (left, right - 1) if adds else (left - 1, right)
    return pairs[::-1]


def _difference_lines(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[DifferenceLine]:
    """Yield all lines of both texts in order: between common lines, first the removed lines and then the added ones."""
    left = right = 0
    for stays_left, stays_right in [*pairs, (len(old), len(new))]:
        for index in range(left, stays_left):
            yield DifferenceLine(LineKind.REMOVED, _shortened(old[index]), index + 1, None)
        for index in range(right, stays_right):
            yield DifferenceLine(LineKind.ADDED, _shortened(new[index]), None, index + 1)
        if stays_left < len(old):
            yield DifferenceLine(LineKind.SAME, _shortened(old[stays_left]), stays_left + 1, stays_right + 1)
        left, right = stays_left + 1, stays_right + 1


def _shortened(line: str) -> str:
    return line if len(line) <= MAX_LINE_LENGTH else f"{line[:MAX_LINE_LENGTH]}…"


def _hunks(lines: Sequence[DifferenceLine], around: int) -> Iterator[Hunk]:
    first = end = 0
    for index, line in enumerate(lines):
        if line.kind is LineKind.SAME:
            continue
        if end and index - around > end:
            yield Hunk(tuple(lines[first:end]))
        if not end or index - around > end:
            first = max(0, index - around)
        end = min(len(lines), index + around + 1)
    if end:
        yield Hunk(tuple(lines[first:end]))
