"""What the tests of the core share: a database in memory with today's tables and one on disk, a client for HTTP, a dead port."""

import gc
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.network.http import HttpClient
from chatdesk.storage.database.database import Database
from tests.ready_databases import ready_databases
from tests.unit.storage.samples import connect_in_memory

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


@pytest.fixture(scope="session", autouse=True)
def _new_databases_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ready_databases(tmp_path_factory.mktemp("database")):
        yield


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


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(connect_in_memory()) as connection:
        yield connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chatdesk.sqlite3"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(path)
    await database.open(expected=False)
    yield database
    await database.close()
