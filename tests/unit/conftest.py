"""What the tests of the core share."""

import gc
from collections.abc import Iterator

import pytest

_MADE_BEFORE_A_SEARCH = 10_000
"""Objects; Python's own 700 are for small programs."""


@pytest.fixture(scope="session", autouse=True)
def _what_was_loaded_is_taken_to_stay() -> Iterator[None]:
    """Look for garbage among what tests make, not among thousands of tests and all they import: a sixth of their time went there."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE_BEFORE_A_SEARCH, *before[1:])
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
