"""Fixtures of the providers' tests: real connections over the loopback, nothing beyond."""

import socket
from collections.abc import AsyncIterator, Iterator

import pytest

from chatdesk.providers.http import HttpClient


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port on which nothing answers: bound, not listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
