"""A start whose chats take long to open: it says so, and nothing can be typed before they are there."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.app import window
from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.shell.start_progress import StartProgress
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage import migrations
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from tests.own_time import until


@pytest.fixture
def look(appearance: Appearance) -> SimpleNamespace:
    return SimpleNamespace(appearance=appearance, translations=SimpleNamespace(use=lambda _: "en"))


@pytest.fixture
def folders(home: Path) -> Folders:
    """Folders with a database of an earlier version."""
    folders = Folders.locate()
    folders.make()
    with closing(sqlite3.connect(folders.data / DATABASE_NAME, isolation_level=None)) as connection:
        for number, migration in enumerate(MIGRATIONS[:5], start=1):
            migration(connection)
            connection.execute(f"PRAGMA user_version = {number}")
    return folders


@pytest.fixture
def slow_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The last step of the migration ends when this is set."""
    goes_on = threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        goes_on.wait()
        MIGRATIONS[-1](connection)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS[:-1], slow))
    yield goes_on
    goes_on.set()


def shown() -> list[StartProgress]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, StartProgress) and each.isVisible()]


def text_of(progress: StartProgress) -> str:
    return "\n".join(label.text() for label in progress.findChildren(Label) if label.isVisible())


async def test_a_long_migration_shows_how_far_it_is_and_goes_before_the_window_comes(
    look: SimpleNamespace, folders: Folders, slow_step: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "_SLOW_START_SECONDS", 0.0)
    closed: list[bool] = []
    QApplication.instance().lastWindowClosed.connect(lambda: closed.append(True))

    async def release() -> None:
        await until(shown)
        (progress,) = shown()
        await until(lambda: "Updating your chats" in text_of(progress))
        await until(lambda: progress.findChild(ProgressBar).value() > 900)
        QTest.keyClicks(progress, "words")
        QTest.keyClick(progress, Qt.Key.Key_Escape)
        progress.close()
        assert progress.isVisible(), "it cannot be broken off"
        slow_step.set()

    async with AsyncExitStack() as stack:
        with window._SlowStart(look, folders) as opening:
            task = stack.enter_async_context(open_program(folders, Resources.locate(), Redactor(), opening.on_progress))
            program, _ = await asyncio.gather(task, release())
        assert shown() == []
        assert program.chat.conversations.all() == ()
    assert closed == []


async def test_a_short_one_shows_nothing(look: SimpleNamespace, folders: Folders) -> None:
    async with AsyncExitStack() as stack:
        with window._SlowStart(look, folders) as opening:
            await stack.enter_async_context(open_program(folders, Resources.locate(), Redactor(), opening.on_progress))
            assert shown() == []


async def test_one_that_fails_leaves_nothing_on_the_screen(
    look: SimpleNamespace, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "_SLOW_START_SECONDS", 0.0)
    (folders.data / DATABASE_NAME).write_bytes(b"no database" * 20)
    with pytest.raises(StorageError), window._SlowStart(look, folders) as opening:
        async with open_program(folders, Resources.locate(), Redactor(), opening.on_progress):
            pass
    assert shown() == []
