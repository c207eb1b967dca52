"""The window in place of the chats, clicked through over real files."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from chatdesk.app import recovery_options as recovery
from chatdesk.app.recovery_options import Recovery
from chatdesk.app.shell.recovery_window import RecoveryWindow
from chatdesk.kernel.errors.storage_errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseUnavailable,
    DiskFull,
    FolderUnavailable,
    StorageError,
)
from chatdesk.kernel.recovery import Recovered
from chatdesk.storage.database.background import Report
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.settings.marking_translator import MarkingTranslator
from tests.own_time import TIMEOUT
from tests.unit.storage.damaged import copy_of, leaves, overwrite, write_chats

Open = Callable[[StorageError], Awaitable["Seen"]]


class Seen:
    """The window, and what it answered."""

    def __init__(self, window: RecoveryWindow) -> None:
        self.window = window
        self.answers: list[Recovered | str] = []
        window.recovered.connect(self.answers.append)
        window.try_again_requested.connect(lambda: self.answers.append("again"))
        window.rejected.connect(lambda: self.answers.append("quit"))

    def buttons(self) -> dict[str, QAbstractButton]:
        return {
            button.text(): button
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled()
        }

    def texts(self) -> list[str]:
        return [button.text() for button in self.window.findChildren(QAbstractButton) if button.isVisible()]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(Label) if label.isVisible())

    def click(self, text: str) -> None:
        QTest.mouseClick(self.buttons()[text], Qt.MouseButton.LeftButton)

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(TIMEOUT):
            while not condition():
                await asyncio.sleep(0.002)

    async def idle(self) -> None:
        await self.until(lambda: "Quit" in self.buttons() and not self.window._is_searching)


@pytest.fixture
def path(home: Path) -> Path:
    path = home / "chats.sqlite3"
    write_chats(path, 5, 10)
    return path


@pytest.fixture
async def open_problem(appearance: Appearance, path: Path) -> Open:
    async with AsyncExitStack() as stack:

        async def open_one(error: StorageError) -> Seen:
            window = RecoveryWindow(appearance, error, path.parent, Recovery(path))
            stack.push_async_callback(window.end)
            seen = Seen(window)
            window.show()
            window.activateWindow()
            window.begin()
            await asyncio.sleep(0)
            await seen.idle()
            return seen

        yield open_one


def content(path: Path) -> bytes:
    return path.read_bytes()


def spoil(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)


def titles(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {title for (title,) in connection.execute("SELECT title FROM conversations")}


async def test_a_damaged_file_is_repaired_by_a_click_with_the_backup_for_the_gaps(
    open_problem: Open, path: Path
) -> None:
    copy_of(path)
    write_chats(path, 1, 3, first=5)
    overwrite(path, *leaves(path, "conversations"), *leaves(path, "messages")[:1], *leaves(path, "parts")[2:5])
    damaged = content(path)
    seen = await open_problem(DatabaseDamaged(path=str(path), reason="page 3"))
    assert "is damaged" in seen.words()
    assert "Nothing has been overwritten. A usable backup was found: Today, " in seen.words()
    assert "5 chat(s) · newest chat: Title 4 · 24 November, " in seen.words()
    seen.click("Recover")
    await seen.until(lambda: seen.answers)
    (recovered,) = seen.answers
    assert recovered.chats == 6
    assert content(recovered.set_aside) == damaged
    assert {f"Title {number}" for number in range(5)} < titles(path)


async def test_going_back_to_the_backup_takes_its_chats(open_problem: Open, path: Path) -> None:
    copy_of(path)
    write_chats(path, 1, 3, first=5)
    os.truncate(path, 65536)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    seen.click("Restore this backup")
    await seen.until(lambda: seen.answers)
    assert seen.answers[0].chats == 5
    assert titles(path) == {f"Title {number}" for number in range(5)}


async def test_starting_empty_keeps_the_file(open_problem: Open, path: Path) -> None:
    before = content(path)
    seen = await open_problem(DatabaseNewer(path=str(path), found=9, known=1))
    assert set(seen.buttons()) == {"Start empty", "Show in folder", "What happened?", "Quit", "Try again"}
    seen.click("Start empty")
    await seen.until(lambda: seen.answers)
    assert seen.answers == [Recovered(0, seen.answers[0].set_aside)]
    assert content(seen.answers[0].set_aside) == before


@pytest.mark.parametrize("error", [DiskFull(), DatabaseUnavailable(reason="locked"), FolderUnavailable()])
async def test_where_another_file_would_not_help_none_is_offered(open_problem: Open, error: StorageError) -> None:
    seen = await open_problem(error)
    assert set(seen.buttons()) == {"Show in folder", "What happened?", "Quit", "Try again"}


async def test_a_missing_file_can_come_back_from_the_backup(open_problem: Open, path: Path) -> None:
    copy_of(path)
    os.unlink(path)  # noqa: PTH108
    seen = await open_problem(DatabaseMissing(path=str(path)))
    assert "Recover" not in seen.buttons()
    seen.click("Restore this backup")
    await seen.until(lambda: seen.answers)
    assert seen.answers == [Recovered(5, None)]


async def test_enter_uses_the_newest_good_copy(open_problem: Open, path: Path) -> None:
    copy_of(path)
    write_chats(path, 1, 3, first=5)
    copy_of(path)
    spoil(path)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    assert seen.window.focusWidget().text() == "Restore this backup"
    assert [text for text in seen.texts() if text in {"Restore this backup", "Use"}] == ["Restore this backup", "Use"]
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Return)
    await seen.until(lambda: seen.answers)
    assert seen.answers[0].chats == 6


async def test_an_older_copy_can_be_used_instead(open_problem: Open, path: Path) -> None:
    copy_of(path)
    write_chats(path, 1, 3, first=5)
    copy_of(path)
    spoil(path)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    seen.click("Use")
    await seen.until(lambda: seen.answers)
    assert seen.answers[0].chats == 5


async def test_a_damaged_copy_is_not_offered_and_not_more_than_three_good_ones(open_problem: Open, path: Path) -> None:
    copies = [copy_of(path) for _ in range(5)]
    spoil(copies[-1])
    spoil(path)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    assert seen.texts().count("Use") == 2
    assert seen.texts().count("Restore this backup") == 1
    assert seen.words().count("Verified") == 3


async def test_without_a_copy_saving_what_can_be_read_is_the_next_step(open_problem: Open, path: Path) -> None:
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    assert "Nothing has been overwritten. No usable backup was found." in seen.words()
    assert seen.window.focusWidget().text() == "Recover"


async def test_enter_tries_again_where_no_other_file_would_help(open_problem: Open, path: Path) -> None:
    before = content(path)
    seen = await open_problem(DatabaseUnavailable(path=str(path)))
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Return)
    assert seen.answers == ["again"]
    assert content(path) == before


async def test_every_button_is_reached_by_tab(open_problem: Open, path: Path) -> None:
    copy_of(path)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    reached = set()
    for _ in range(20):
        QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Tab)
        if isinstance(focus := seen.window.focusWidget(), QAbstractButton):
            reached.add(focus.text())
    assert (
        reached
        == set(seen.buttons())
        == {"Restore this backup", "Recover", "Start empty", "Show in folder", "What happened?", "Quit"}
    )


async def test_what_cannot_be_repaired_is_reported_and_the_other_ways_stay(open_problem: Open, path: Path) -> None:
    spoil(path)
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    assert "No usable backup was found." in seen.words()
    seen.click("Recover")
    await asyncio.sleep(0)
    await seen.idle()
    assert "No chats could be recovered." in seen.words()
    assert seen.answers == []
    assert "Start empty" in seen.buttons()


async def test_a_repair_can_be_cancelled_and_changes_nothing(
    open_problem: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = await open_problem(DatabaseDamaged(path=str(path)))

    def endless(_path: Path, _backup: Path | None, report: Report) -> None:
        while True:
            report(0.25)

    monkeypatch.setattr(recovery, "salvage", endless)
    seen.click("Recover")
    await seen.until(lambda: "25%" in seen.words())
    assert set(seen.buttons()) == {"Show in folder", "What happened?", "Cancel"}
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Escape)
    await seen.idle()
    assert seen.answers == []
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Escape)
    assert seen.answers == ["quit"]


async def test_what_is_wrong_is_one_click_away_and_can_be_copied(open_problem: Open, path: Path) -> None:
    seen = await open_problem(DatabaseDamaged(path=str(path), reason="page 3"))
    assert "page 3" not in seen.words()
    seen.click("What happened?")
    assert "page 3" in seen.words()
    assert str(path.parent) in seen.words()
    seen.click("Copy")
    assert "page 3" in QGuiApplication.clipboard().text()


async def test_the_folder_opens(open_problem: Open, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(
        "chatdesk.ui_kit.text.open_link.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    seen = await open_problem(DiskFull(path=str(path)))
    seen.click("Show in folder")
    await seen.until(lambda: opened == [str(path.parent)])


async def test_it_follows_the_language(open_problem: Open, path: Path) -> None:
    seen = await open_problem(DatabaseDamaged(path=str(path)))
    translator = MarkingTranslator()
    QApplication.installTranslator(translator)
    await asyncio.sleep(0)  # the event is posted
    try:
        assert all(text.startswith("⟦") for text in seen.buttons())
        assert seen.words().startswith("⟦")
    finally:
        QApplication.removeTranslator(translator)
