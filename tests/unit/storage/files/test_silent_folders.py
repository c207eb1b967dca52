"""A folder whose disk or server hangs: every call waits, and nothing else of the program does."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.kernel.errors.backup_errors import LocationSilent
from chatdesk.storage.files import folder_calls, local_folder
from chatdesk.storage.files.folder_calls import FolderCalls
from chatdesk.storage.files.local_folder import LocalFolder
from tests.fakes.silent_folder import SilentFolder
from tests.own_time import OwnTime, until


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick" / "Chatdesk").mkdir(parents=True)
    (tmp_path / "stick" / "Chatdesk" / "a").write_bytes(b"content")
    return tmp_path / "stick"


@pytest.fixture
def hanging(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SilentFolder]:
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 0.05)
    monkeypatch.setattr(folder_calls, "_LEAVE_SECONDS", 0.05)
    hanging = SilentFolder(stick, monkeypatch)
    hanging.begin()
    yield hanging
    hanging.end()


@pytest.mark.parametrize("name", ["list", "read", "sha256", "write", "delete", "free_bytes"])
async def test_a_folder_that_hangs_is_reported_whatever_is_done_with_it(
    stick: Path, tmp_path: Path, hanging: SilentFolder, name: str
) -> None:
    (tmp_path / "source").write_bytes(b"new")
    folder = LocalFolder(stick / "Chatdesk")
    calls = {
        "list": folder.list,
        "read": lambda: folder.read("a", tmp_path / "target", 100),
        "sha256": lambda: folder.sha256("a", 100),
        "write": lambda: folder.write("a", tmp_path / "source"),
        "delete": lambda: folder.delete("a"),
        "free_bytes": folder.free_bytes,
    }
    with pytest.raises(LocationSilent) as raised:
        await calls[name]()
    assert raised.value.path == str(stick / "Chatdesk")
    assert not (tmp_path / "target").exists()


async def test_attempts_do_not_add_threads_and_the_folder_is_used_again_once_it_responds(
    stick: Path, hanging: SilentFolder
) -> None:
    calls = FolderCalls()
    for _ in range(5):
        with pytest.raises(LocationSilent):
            await LocalFolder(stick / "Chatdesk", calls).list()
    assert hanging.threads == 1
    assert calls.is_waiting(stick / "Chatdesk")
    hanging.end()
    while calls.is_waiting(stick / "Chatdesk"):
        await asyncio.sleep(0)
    assert [entry.name for entry in await LocalFolder(stick / "Chatdesk", calls).list()] == ["a"]


async def test_a_folder_that_hangs_keeps_no_other_from_being_used(
    stick: Path, tmp_path: Path, hanging: SilentFolder
) -> None:
    calls = FolderCalls()
    with pytest.raises(LocationSilent):
        await LocalFolder(stick / "Chatdesk", calls).list()
    assert await LocalFolder(tmp_path / "other", calls).list() == ()


async def test_cancelling_does_not_wait_for_a_copy_that_hangs(
    stick: Path, tmp_path: Path, hanging: SilentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 60.0)
    (tmp_path / "source").write_bytes(b"new")
    folder = LocalFolder(stick / "Chatdesk")
    writing = asyncio.ensure_future(folder.write("b", tmp_path / "source"))
    while not hanging.threads:
        await asyncio.sleep(0)
    writing.cancel()
    with OwnTime() as waited:
        await asyncio.wait([writing])
    assert writing.cancelled()
    assert waited.seconds < 2
    hanging.end()
    assert [entry.name for entry in await folder.list()] == ["a"], "nothing is written once it responds"


@pytest.mark.parametrize("cancellations", [1, 2])
async def test_what_a_cancelled_call_raises_later_is_dropped(tmp_path: Path, cancellations: int) -> None:
    """However often it is cancelled; otherwise asyncio logs an exception that was never retrieved, which fails the test."""
    began, responds = threading.Event(), threading.Event()

    def call(activity: folder_calls.Activity) -> None:
        began.set()
        responds.wait()
        activity.note()

    calls, threads = FolderCalls(), threading.active_count()
    waiting = asyncio.ensure_future(calls.run(tmp_path, call, 60))
    while not began.is_set():
        await asyncio.sleep(0)
    for _ in range(cancellations):
        waiting.cancel()
        await asyncio.sleep(0)
    responds.set()
    await asyncio.wait([waiting])
    await until(lambda: threading.active_count() <= threads)
    await until(lambda: not calls.is_waiting(tmp_path))
    assert waiting.cancelled()
    gc.collect()


async def test_a_call_is_not_given_up_as_long_as_it_makes_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_calls, "monotonic", lambda: 0.0)  # as if it had just noted progress, at each look
    responds, waits = threading.Event(), 0
    wait = asyncio.wait

    async def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal waits
        waits += 1
        if waits == 4:
            responds.set()
        return await wait(*arguments, **options)

    monkeypatch.setattr(folder_calls.asyncio, "wait", counted)
    assert await FolderCalls().run(tmp_path, lambda _activity: responds.wait(), 0.01)
    assert waits >= 4
