"""What changed from one text to another, line by line, as it can be shown. The search is E. W. Myers' "An O(ND) Difference Algorithm".

Its work is counted and ends when it is not worth it any more: no text keeps a program busy, and nobody reads thousands of changed lines.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

MOST_LINES = 20_000
MOST_CHANGED = 4_000
"""Lines that are added or removed."""
LONGEST_LINE = 1_000
"""Characters of a line that are shown; the rest is an ellipsis."""
_MOST_CHARACTERS = 4_000_000
_MOST_STEPS = 1_500_000
_SHORT = 60
_LEAST_COMMON = 0.1
_LINE_END = re.compile(r"\r\n|\r|\n")


class LineKind(Enum):
    """Where a line stands."""

    SAME = auto()
    ADDED = auto()
    REMOVED = auto()


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A line of a hunk, with its number in both texts from 1; None where it is not there."""

    kind: LineKind
    text: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes that stand close together, with some unchanged lines around them."""

    lines: tuple[DifferenceLine, ...]

    @property
    def added(self) -> int:
        """The number of lines that are new."""
        return sum(line.kind is LineKind.ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        """The number of lines that are gone."""
        return sum(line.kind is LineKind.REMOVED for line in self.lines)


@dataclass(frozen=True, slots=True)
class TooDifferent:
    """The texts are too long, or have too little in common, for their differences to say anything."""

    old_lines: int
    new_lines: int


type Differences = tuple[Hunk, ...] | TooDifferent


def differences(old: str, new: str, around: int = 3) -> Differences:
    """Return what changed, with `around` unchanged lines before and after; an empty tuple if nothing did but the ends of lines.

    It takes up to a second for the longest texts: not for the screen's thread.
    """
    before, after = _lines(old), _lines(new)
    too_different = TooDifferent(len(before), len(after))
    if max(len(before), len(after)) > MOST_LINES or max(len(old), len(new)) > _MOST_CHARACTERS:
        return too_different
    pairs = _pairs(before, after)
    if pairs is None:
        return too_different
    both = len(before) + len(after)
    changed = both - 2 * len(pairs)
    if changed > MOST_CHANGED or (both > _SHORT and 2 * len(pairs) < _LEAST_COMMON * both):
        return too_different
    return tuple(_hunks(list(_told(before, after, pairs)), around))


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return which lines stay, as their places in both texts; None if that takes too long to find out."""
    begin, least = 0, min(len(old), len(new))
    while begin < least and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < least - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    # A line that the other text does not have at all is settled. Without those little is left to be searched.
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
    """Return the longest list of pairs of equal lines, both in order; None if the search is long.

    For each number of changes it keeps how far into the old text they can lead on every diagonal, that is, for every surplus of removed
    lines over added ones.
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
                return _way_back([*history, reached], left, right)
        history.append(reached)
        if steps > _MOST_STEPS:
            return None
    raise AssertionError  # all lines removed and added lead there


def _step(before: Sequence[int], index: int) -> tuple[int, bool]:
    """Return where one more change leads to on a diagonal, and whether it adds a line."""
    if not before:
        return 0, False
    adding = before[index] if index < len(before) else -1
    removing = before[index - 1] + 1 if index else -1
    return max(adding, removing), adding >= removing


def _way_back(history: Sequence[Sequence[int]], left: int, right: int) -> list[tuple[int, int]]:
    pairs = []
    for changes in range(len(history) - 1, -1, -1):
        start, adds = _step(history[changes - 1] if changes else [], (left - right + changes) // 2)
        while left > start:
            left, right = left - 1, right - 1
            pairs.append((left, right))
        left, right = (left, right - 1) if adds else (left - 1, right)
    return pairs[::-1]


def _told(old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Iterator[DifferenceLine]:
    """Give all lines of both texts in an order: between lines that stay those that are gone, then those that are new."""
    left = right = 0
    for stays_left, stays_right in [*pairs, (len(old), len(new))]:
        for index in range(left, stays_left):
            yield DifferenceLine(LineKind.REMOVED, _shown(old[index]), index + 1, None)
        for index in range(right, stays_right):
            yield DifferenceLine(LineKind.ADDED, _shown(new[index]), None, index + 1)
        if stays_left < len(old):
            yield DifferenceLine(LineKind.SAME, _shown(old[stays_left]), stays_left + 1, stays_right + 1)
        left, right = stays_left + 1, stays_right + 1


def _shown(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


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
