"""The sheet of synchronisation is closed while something that it began is still running."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.kernel.remote_folder import StorageLocation
from tests.fakes.scripted_server import on_thread
from tests.fakes.webdav_server import WebDavServer
from tests.gui.window.harness import Harness
from tests.gui.window.sync.sheet_harness import begin, choose_server, fill, open_sheet, sheet


def close_sheet(harness: Harness) -> None:
    shown = sheet(harness)
    assert shown is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert sheet(harness) is None


def hold_look_into_folder(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Let the look into a folder wait. Return the event that it has begun, and the one that lets it go on."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    sync = harness.program.sync.get()
    look = sync.is_encrypted

    async def is_encrypted(location: StorageLocation, password: str = "") -> bool:
        begun.set()
        await go_on.wait()
        return await look(location, password)

    monkeypatch.setattr(sync, "is_encrypted", is_encrypted)
    return begun, go_on


async def is_on(harness: Harness) -> bool:
    return (await harness.program.sync.get().status()).settings.is_on


async def finish_tasks() -> None:
    """Wait for what closed sheets still do."""
    names = {"begin synchronisation", "end synchronisation", "look into the folder of synchronisation"}
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() in names), return_exceptions=True)


async def test_cancel_while_synchronisation_begins_leaves_it_off(harness: Harness, cloud: Path) -> None:
    await open_sheet(harness)
    fill(harness, "syncFolder", str(cloud))
    fill(harness, "syncName", "Desk")
    harness.click("startSync")
    harness.click("dismissSync")
    assert sheet(harness) is None
    await finish_tasks()
    assert not await is_on(harness)
    assert harness.edit.hasFocus()


async def test_cancel_while_a_server_is_asked_leaves_synchronisation_off(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_look_into_folder(harness, monkeypatch)
    with on_thread(WebDavServer()) as server:
        await open_sheet(harness)
        choose_server(harness, server)
        fill(harness, "syncName", "Desk")
        harness.click("startSync")
        await begun.wait()
        close_sheet(harness)
        go_on.set()
        await finish_tasks()
        assert not await is_on(harness)
        assert server.files == WebDavServer().files


async def test_a_sheet_can_be_closed_while_it_looks_into_the_folder(
    harness: Harness, cloud: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_look_into_folder(harness, monkeypatch)
    await open_sheet(harness)
    fill(harness, "syncFolder", str(cloud))
    await begun.wait()
    close_sheet(harness)
    await asyncio.sleep(0)
    go_on.set()
    await finish_tasks()
    assert harness.edit.hasFocus()


async def test_a_sheet_closed_while_synchronisation_ends_leaves_it_off(harness: Harness, cloud: Path) -> None:
    await begin(harness, cloud)
    harness.click("stopSync")
    close_sheet(harness)
    await finish_tasks()
    assert not await is_on(harness)
    assert harness.edit.hasFocus()
