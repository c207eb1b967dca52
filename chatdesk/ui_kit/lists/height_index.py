"""An index of the heights of stacked items: it finds the position of the n-th item and the item at a position. It does not use Qt."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import sub

NOWHERE = 1 << 30
"""A position below everything: "changed from here on" with this value means that nothing changed."""


class HeightIndex:
    """A Fenwick tree over heights in pixels. Queries, changes, appending and truncation take O(log n) each."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        self._sums = _sums(self._heights)
        """`_sums[i]` is the sum of the `(i + 1) & -(i + 1)` heights that end at `i`."""
        self.total = sum(self._heights)
        """The total height. Read-only."""

    def __len__(self) -> int:
        return len(self._heights)

    def __iter__(self) -> Iterator[int]:
        return iter(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        difference = height - self._heights[index]
        if not difference:
            return
        self._heights[index] = height
        self.total += difference
        node = index + 1
        while node <= len(self._sums):
            self._sums[node - 1] += difference
            node += node & -node

    def append(self, height: int) -> None:
        """Add an item at the end."""
        node = len(self._heights) + 1
        sum_ending_here = height
        step = 1
        while step < node & -node:
            sum_ending_here += self._sums[node - step - 1]
            step <<= 1
        self.total += height
        self._heights.append(height)
        self._sums.append(sum_ending_here)

    def extend(self, heights: Iterable[int]) -> None:
        """Add items at the end. All sums are recalculated, which is faster for thousands of items than adding them one by one."""
        self._heights += heights
        self._sums = _sums(self._heights)
        self.total = sum(self._heights)

    def truncate(self, count: int) -> None:
        """Keep the first `count` items."""
        self.total -= sum(self._heights[count:])
        del self._heights[count:]
        del self._sums[count:]

    def top(self, index: int) -> int:
        """Return the top of the item at `index`; for `len(self)` the end of the last one."""
        if index == len(self._heights):
            return self.total
        total = 0
        node = index
        while node:
            total += self._sums[node - 1]
            node &= node - 1
        return total

    def at(self, y: int) -> int:
        """Return the index of the item at `y`, or the nearest one; -1 if there are no items."""
        sums = self._sums
        count = len(sums)
        if not count:
            return -1
        found = 0
        rest = y
        step = 1 << (count.bit_length() - 1)
        while step:
            node = found + step
            if node <= count and sums[node - 1] <= rest:
                found = node
                rest -= sums[node - 1]
            step >>= 1
        return found if found < count else count - 1


def _sums(heights: list[int]) -> list[int]:
    tops = list(accumulate(heights, initial=0))
    sums = heights.copy()  # of one height each, which is correct for every second entry
    step = 2
    while step < len(tops):
        sums[step - 1 :: 2 * step] = map(sub, tops[step :: 2 * step], tops[:: 2 * step])
        step *= 2
    return sums
