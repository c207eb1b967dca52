import asyncio
import threading
from collections.abc import Iterator

import pytest

from chatdesk.network.network_thread import RemoteTask


@pytest.fixture
def there() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop that runs on another thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


async def test_the_work_runs_on_the_other_thread_and_its_result_comes_here(there: asyncio.AbstractEventLoop):
    async def work() -> int:
        return threading.get_ident()

    assert await RemoteTask(there, work).result() not in {threading.get_ident(), None}


async def test_an_error_over_there_is_raised_here(there: asyncio.AbstractEventLoop):
    async def work() -> None:
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        await RemoteTask(there, work).result()


async def test_cancelling_the_wait_cancels_the_work_and_waits_for_its_end(there: asyncio.AbstractEventLoop):
    log: list[str] = []
    started = threading.Event()

    async def work() -> None:
        try:
            started.set()
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            log.append("closed")

    waiting = asyncio.ensure_future(RemoteTask(there, work).result())
    await asyncio.to_thread(started.wait, 5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert log == ["closed"]


async def test_work_cancelled_before_it_began_never_begins(there: asyncio.AbstractEventLoop):
    began: list[int] = []

    async def work() -> None:
        began.append(1)

    busy = threading.Event()
    there.call_soon_threadsafe(busy.wait, 5)
    task = RemoteTask(there, work)
    cancelling = asyncio.ensure_future(task.cancel())
    await asyncio.sleep(0.01)
    busy.set()
    await cancelling
    assert began == []


async def test_an_error_nobody_wants_any_more_is_not_complained_about(there: asyncio.AbstractEventLoop):
    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise ValueError("while closing")

    task = RemoteTask(there, work)
    await task.cancel()
    await task.cancel()


async def test_work_that_was_cancelled_over_there_looks_cancelled_here(there: asyncio.AbstractEventLoop):
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await RemoteTask(there, work).result()
