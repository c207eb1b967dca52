"""A screen that nobody sees, and processors of their own, for the processes that the end-to-end tests start."""

import os
from collections.abc import Iterator

import pytest

from tests.virtual_screen import virtual_screen


@pytest.fixture(scope="session", autouse=True)
def _processors_of_its_own(worker_id: str) -> Iterator[None]:
    """Give each worker of pytest-xdist its share of the processors, if there are enough, and so the programs and engines it starts.

    The threads of an engine wait for each other busily: two engines with two threads each on two processors take several times as long.
    The program itself counts the processors that it may use.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
    if worker_id == "master" or workers > len(before):
        yield
        return
    os.sched_setaffinity(0, sorted(before)[int(worker_id.removeprefix("gw")) :: workers])
    yield
    os.sched_setaffinity(0, before)


@pytest.fixture(scope="session")
def xvfb() -> Iterator[dict[str, str]]:
    """Environment variables that let a started program open windows; the tests' own process has no use for them."""
    with virtual_screen() as environment:
        yield environment
