"""What could not be written is written later, and one that cannot be by a fault of ours holds up no other."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from chatdesk.features.chat.services.store import save_retry_queue as late_saving
from chatdesk.features.chat.services.store.save_retry_queue import SaveRetryQueue
from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.errors.storage_errors import DiskFull
from tests.own_time import until


def answer(name: str) -> Message:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Message(name, "chat", None, 1, Role.ASSISTANT, (TextPart(name),), MessageState.COMPLETE, moment)


class Disk:
    """Fails as it is told to, by the id of a message."""

    def __init__(self, **faults: Exception) -> None:
        self.faults = faults
        self.written: list[str] = []

    async def save(self, message: Message) -> None:
        if fault := self.faults.get(message.id):
            raise fault
        self.written.append(message.id)


async def test_an_answer_that_fails_by_a_fault_of_ours_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(late_saving, "RETRY_SECONDS", 0.01)
    disk = Disk(odd=ValueError("odd"))
    saving = SaveRetryQueue(disk.save)
    saving.add(answer("odd"))
    saving.add(answer("one"))
    await until(lambda: disk.written)
    await asyncio.sleep(0.05)
    assert disk.written == ["one"]
    assert [record.exc_info is not None for record in caplog.records] == [True]
    disk.faults.clear()
    await until(lambda: disk.written == ["one", "odd"])
    await saving.close()


async def test_what_is_forgotten_while_another_is_written_is_not_written_any_more() -> None:
    written: list[str] = []

    async def save(message: Message) -> None:
        written.append(message.id)
        saving.forget("two")

    saving = SaveRetryQueue(save)
    saving.add(answer("one"))
    saving.add(answer("two"))
    await saving.close()
    assert written == ["one"]


async def test_the_last_try_writes_what_it_can_and_raises_nothing(caplog: pytest.LogCaptureFixture) -> None:
    disk = Disk(odd=ValueError("odd"))
    saving = SaveRetryQueue(disk.save)
    saving.add(answer("odd"))
    saving.add(answer("one"))
    await saving.close()
    assert disk.written == ["one"]
    assert caplog.records[-1].levelno == logging.ERROR
    assert "1" in caplog.records[-1].getMessage()


@pytest.mark.usefixtures("caplog")
async def test_a_full_disk_is_asked_once_in_a_round() -> None:
    disk = Disk(one=DiskFull("/data"))
    saving = SaveRetryQueue(disk.save)
    saving.add(answer("one"))
    saving.add(answer("three"))
    await saving.close()
    assert disk.written == []


async def test_a_file_is_written_again_after_a_write_that_failed_by_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("chatdesk.kernel.aio.debounced_writer._AFTER_SECONDS", 0.0)
    contents: list[object] = [ValueError("odd"), "second", "third"]
    written: list[object] = []

    def write() -> None:
        content = contents.pop(0)
        if isinstance(content, Exception):
            raise content
        written.append(content)

    file = DebouncedWriter(lambda: write)
    file.soon()
    await until(lambda: caplog.records)
    file.soon()
    await until(lambda: written == ["second"])
    file.soon()
    await file.close()
    assert written == ["second", "third"]


async def test_what_fails_after_the_last_try_starts_no_task(caplog: pytest.LogCaptureFixture) -> None:
    saving = SaveRetryQueue(Disk().save)
    await saving.close()
    before = asyncio.all_tasks()
    saving.add(answer("one"))
    assert asyncio.all_tasks() == before
    assert caplog.records[-1].levelno == logging.WARNING
