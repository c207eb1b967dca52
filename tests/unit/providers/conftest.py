"""Fixtures of the providers' tests: real connections over the loopback, nothing beyond."""

from collections.abc import AsyncIterator

import pytest

from chatdesk.providers.http import HttpClient


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client
