"""What the built-in engine reads ahead: only while it is idle with the model in memory, and never for longer than until the next answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from chatdesk.engine.engine import EngineAddress
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.settings.declarations import ENGINE_IDLE_MINUTES, ENGINE_THREADS
from chatdesk.kernel.settings.store import Settings
from tests.fakes.built_in import built_in_over, scripted_engine
from tests.fakes.gguf_files import write_gguf
from tests.own_time import until


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())
    return Settings({}, lambda _values: None)


@pytest.fixture
async def built_in(tmp_path: Path, settings: Settings) -> AsyncIterator[BuiltIn]:
    for name in ("one", "two"):
        write_gguf(tmp_path / "models" / f"{name}.gguf")
    service = built_in_over(tmp_path, scripted_engine, settings)
    service.files.add([tmp_path / "models"])
    await service.search()
    yield service
    await service.close()


class Reader:
    """Reads until it is told to end."""

    def __init__(self) -> None:
        self.addresses: list[EngineAddress] = []
        self.end = asyncio.Event()
        self.was_cancelled = False

    async def read(self, address: EngineAddress) -> None:
        self.addresses.append(address)
        try:
            await self.end.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise


class SlowToEnd(Reader):
    """Needs a while to end when it is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.connection_closed = asyncio.Event()
        self.has_ended = False

    async def read(self, address: EngineAddress) -> None:
        try:
            await super().read(address)
        finally:
            await self.connection_closed.wait()
            self.has_ended = True


async def read_at_once(built_in: BuiltIn, model: str) -> bool:
    reader = Reader()
    reader.end.set()
    done = await built_in.read_ahead(model, reader.read)
    assert done == bool(reader.addresses)
    return done


async def answer(built_in: BuiltIn, model: str) -> EngineAddress:
    async with aclosing(built_in.run_for_answer(model)) as steps:
        async for step in steps:
            if isinstance(step, EngineAddress):
                return step
    raise AssertionError("no address")


async def test_no_model_is_loaded_to_read_ahead(built_in: BuiltIn) -> None:
    assert not await read_at_once(built_in, "one")
    assert built_in.status().state == "stopped"
    await answer(built_in, "two")
    assert not await read_at_once(built_in, "one")
    assert built_in.status().model == "two"


async def test_the_model_in_memory_reads_ahead_at_the_address_of_its_engine(built_in: BuiltIn) -> None:
    address = await answer(built_in, "one")
    reader = Reader()
    reader.end.set()
    assert await built_in.read_ahead("one", reader.read)
    assert reader.addresses == [address]
    assert address.base_url.startswith("http://127.0.0.1:")


async def test_nothing_is_read_ahead_during_an_answer(built_in: BuiltIn) -> None:
    async with aclosing(built_in.run_for_answer("one")) as steps:
        async for step in steps:
            if isinstance(step, EngineAddress):
                assert not await read_at_once(built_in, "one")
    assert await read_at_once(built_in, "one")


async def test_an_answer_does_not_wait_for_what_is_read_ahead(built_in: BuiltIn) -> None:
    await answer(built_in, "one")
    reader = Reader()
    reading = asyncio.create_task(built_in.read_ahead("one", reader.read))
    await until(lambda: reader.addresses)
    assert not await read_at_once(built_in, "one"), "one at a time"
    await answer(built_in, "one")
    assert not await reading
    assert reader.was_cancelled


async def test_reading_ahead_can_be_stopped(built_in: BuiltIn) -> None:
    await answer(built_in, "one")
    reader = Reader()
    reading = asyncio.create_task(built_in.read_ahead("one", reader.read))
    await until(lambda: reader.addresses)
    reading.cancel()
    await asyncio.wait([reading])
    assert reader.was_cancelled
    assert await read_at_once(built_in, "one")


async def test_a_model_that_its_engine_has_unloaded_is_not_loaded_again(
    built_in: BuiltIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.set(ENGINE_IDLE_MINUTES, 1)
    await answer(built_in, "one")
    assert await read_at_once(built_in, "one")
    loop = asyncio.get_running_loop()
    now = loop.time
    monkeypatch.setattr(loop, "time", lambda: now() + 56)
    assert not await read_at_once(built_in, "one")
    monkeypatch.undo()
    settings.set(ENGINE_IDLE_MINUTES, -1)
    await answer(built_in, "one")
    monkeypatch.setattr(loop, "time", lambda: now() + 10_000)
    assert await read_at_once(built_in, "one")


async def test_an_engine_that_the_next_question_restarts_reads_nothing(built_in: BuiltIn, settings: Settings) -> None:
    await answer(built_in, "one")
    settings.set(ENGINE_THREADS, 2)
    assert not await read_at_once(built_in, "one")


async def test_a_reading_that_is_cancelled_twice_leaves_the_engine_idle(built_in: BuiltIn) -> None:
    await answer(built_in, "one")
    reader = SlowToEnd()
    reading = asyncio.create_task(built_in.read_ahead("one", reader.read))
    await until(lambda: reader.addresses)
    reading.cancel()
    await until(lambda: reader.was_cancelled)
    reading.cancel()
    await asyncio.wait([reading])
    assert not await read_at_once(built_in, "one"), "the first has not ended"
    reader.connection_closed.set()
    await until(lambda: reader.has_ended)
    assert await read_at_once(built_in, "one")
