"""Diagnostics for bug reports: how much is stored and how it is set, from an allow-list.

They contain no text of chats, no titles, no names of models or files, no addresses, no paths and no keys: only numbers, sizes, kinds, and
the values of settings that are chosen from a few.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.settings import declarations as known
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.system.memory import memory_facts

SHOWN_SETTINGS = (
    known.THEME,
    known.CONTRAST,
    known.ZOOM,
    known.LANGUAGE,
    known.TEXT_SIZE,
    known.CODE_SIZE,
    known.READING_WIDTH,
    known.TITLES,
    known.USE_SYSTEM_PROXY,
    known.BACKUP_DAILY,
)
"""Settings whose values reveal nothing about a person."""
_TABLES = ("conversations", "messages", "parts", "folders")
_FOLDERS = ("attachments", "backups", "models", "engines", "presets")
_MB = 1_000_000


class Diagnostics:
    """Describes an installation in English. `server_kinds` returns the protocols of the servers that are set up."""

    def __init__(self, database: Database, settings: Settings, server_kinds: Callable[[], list[str]]) -> None:
        self._database = database
        self._settings = settings
        self._server_kinds = server_kinds

    async def describe(self) -> tuple[str, ...]:
        """Return the lines. A value that cannot be read is reported as unreadable."""
        folder = self._database.path.parent
        try:
            counts = await self._database.run(_counts)
            database = ", ".join(f"{count} {table}" for table, count in counts.items())
        except StorageError as error:
            database = f"cannot be read ({type(error).__name__})"
        sizes = await run_in_background(lambda _report: _sizes(folder, self._database.path))
        memory = memory_facts()
        kinds = Counter(self._server_kinds())
        return (
            f"Database: format {NEWEST}, {database}",
            "Sizes: " + ", ".join(f"{name} {size // _MB} MB" for name, size in sizes.items()),
            f"Disk: {_free(folder) // _MB} MB free",
            f"Memory: {(memory.total or 0) // _MB} MB",
            "Providers: " + (", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none"),
            *(f"{key}: {value}" for key, value in self._values()),
            f"backups: {'encrypted' if self._settings.get(known.BACKUP_KEY) else 'not encrypted'}, {self._destination()}",
        )

    def _values(self) -> Iterator[tuple[str, object]]:
        for setting in SHOWN_SETTINGS:
            value: object = self._settings.get(cast("known.Setting[str]", setting))
            if isinstance(value, str) and value not in {choice.value for choice in setting.choices}:
                value = "another value"  # edited in the file: it could be anything
            yield setting.key, value

    def _destination(self) -> str:
        location = self._settings.get(known.BACKUP_LOCATION)
        if not location:
            return "no destination"
        return "WebDAV" if location.startswith("http") else "a folder"


def _counts(connection: Connection) -> Mapping[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
        for table in _TABLES
    }


def _sizes(folder: Path, database: Path) -> Mapping[str, int]:
    def size_of(path: Path) -> int:
        size = 0
        for parent, _, files in os.walk(path):
            for name in files:
                with suppress(OSError):
                    size += Path(parent, name).lstat().st_size
        return size

    found = {"database": 0}
    with suppress(OSError):
        found["database"] = database.stat().st_size
    return found | {name: size_of(folder / name) for name in _FOLDERS if (folder / name).is_dir()}


def _free(folder: Path) -> int:
    with suppress(OSError):
        return shutil.disk_usage(folder).free
    return 0
