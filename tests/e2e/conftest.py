"""A screen that nobody sees, for the processes that the end-to-end tests start."""

from collections.abc import Iterator

import pytest

from tests.virtual_screen import virtual_screen


@pytest.fixture(scope="session")
def xvfb() -> Iterator[dict[str, str]]:
    """Environment variables that let a started program open windows; the tests' own process has no use for them."""
    with virtual_screen() as environment:
        yield environment
