"""Batches: long writes divided into short transactions."""

import time
from collections.abc import Iterator

MAX_BATCH_ROWS = 100
BATCHES_BEFORE_MERGING = 4
"""Number of batches after which the search index is partly merged, see `merge_some`."""
_MAX_SECONDS = 0.01
"""The commit takes up to twice this time in addition, more on a slow disk; a save that arrives meanwhile waits for both."""


def next_batch[Row](rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows of one transaction: as many as can be processed in about 10 ms, at least one, and at most 100."""
    began = time.perf_counter()
    for count, row in enumerate(rows, start=1):
        yield row
        if count == MAX_BATCH_ROWS or time.perf_counter() - began > _MAX_SECONDS:
            return
