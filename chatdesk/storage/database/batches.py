"""Long writes cut into short transactions: how much goes into one of them."""

import time
from collections.abc import Iterator

MOST_ROWS = 100
BATCHES_BEFORE_MERGING = 4
"""After so many the search index is put together a little, while it is quick: see `merge_a_little`."""
_LONGEST_SECONDS = 0.01
"""Committing takes as long again or twice that, and on a slow disk longer: a save that comes meanwhile waits for both."""


def next_batch[Row](rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows of one transaction: as many as are dealt with in some 10 ms, and at most 100. There is always one, if any is left."""
    began = time.perf_counter()
    for count, row in enumerate(rows, start=1):
        yield row
        if count == MOST_ROWS or time.perf_counter() - began > _LONGEST_SECONDS:
            return
