"""A database in memory with today's tables, and one on disk."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.storage.database import Database
from tests.unit.storage.samples import connect_in_memory


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
