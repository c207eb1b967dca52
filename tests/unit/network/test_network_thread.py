import asyncio
import gc
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, ReasoningDelta, StreamEvent, TextDelta
from chatdesk.kernel.errors.base import ConnectionLost, ServerUnreachable
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, Vendor
from chatdesk.network import event_relay
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.provider import Provider
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer
from tests.own_time import TIMEOUT, OwnTime

REQUEST = ChatRequest("scripted:1b", (Turn(Role.USER, "Hi"),))


@pytest.fixture
async def network() -> AsyncIterator[NetworkThread]:
    async with NetworkThread() as thread:
        yield thread


async def saying(
    *events: StreamEvent, every: float = 0.0, error: Exception | None = None
) -> AsyncGenerator[StreamEvent, None]:
    for event in events:
        yield event
        await asyncio.sleep(every)
    if error:
        raise error


def names_of_threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


async def test_no_thread_is_started_before_it_is_needed_and_none_is_left():
    network = NetworkThread()
    assert "network" not in names_of_threads()

    async def here() -> str:
        return threading.current_thread().name

    assert await network.call(here) == "network"
    await network.aclose()
    assert "network" not in names_of_threads()
    await network.aclose()


async def test_after_its_end_nothing_can_be_asked():
    network = NetworkThread()
    await network.aclose()
    with pytest.raises(RuntimeError):
        await network.call(lambda: asyncio.sleep(0))
    with pytest.raises(RuntimeError):
        await anext(network.stream(saying))


async def test_results_and_errors_of_a_call_travel(network: NetworkThread):
    async def fails() -> None:
        raise ServerUnreachable("S", "a", "refused")

    async def works() -> int:
        return 5

    assert await network.call(works) == 5
    with pytest.raises(ServerUnreachable, match="refused"):
        await network.call(fails)


async def test_the_first_event_comes_at_once_and_the_rest_in_merged_batches(network: NetworkThread):
    words = [TextDelta(str(number % 10)) for number in range(100)]
    began = time.monotonic()
    batches = [batch async for batch in network.stream(lambda: saying(ReasoningDelta("a"), *words, every=0.002))]
    assert batches[0] == (ReasoningDelta("a"),)
    assert "".join(event.text for (event,) in batches[1:] if isinstance(event, TextDelta)) == "0123456789" * 10
    assert len(batches) <= (time.monotonic() - began) / event_relay.PACE_SECONDS + 3


async def test_the_first_word_does_not_wait_behind_a_stage(network: NetworkThread, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(event_relay, "PACE_SECONDS", 4 * TIMEOUT)

    async def quickly() -> AsyncGenerator[StreamEvent, None]:
        yield AnswerStageChanged(AnswerStage.WAITING)
        await asyncio.sleep(0.002)
        yield TextDelta("a")
        await asyncio.sleep(4 * TIMEOUT)

    async with aclosing(network.stream(quickly)) as stream, asyncio.timeout(TIMEOUT):
        while TextDelta("a") not in await anext(stream):
            pass


async def test_what_had_come_is_delivered_before_an_error(network: NetworkThread):
    async def read() -> None:
        async for batch in network.stream(
            lambda: saying(TextDelta("a"), TextDelta("b"), error=ConnectionLost("S", "a", "reset"))
        ):
            got.extend(event.text for event in batch if isinstance(event, TextDelta))

    got: list[str] = []
    with pytest.raises(ConnectionLost, match="reset"):
        await read()
    assert "".join(got) == "ab"


async def test_the_loop_gets_its_turn_between_two_batches_also_when_both_have_come(network: NetworkThread):
    def turn() -> None:
        turns.append(batches)
        if not ended:
            loop.call_soon(turn)

    loop, turns, batches, ended = asyncio.get_running_loop(), [], 0, []
    loop.call_soon(turn)
    async for _ in network.stream(lambda: saying(TextDelta("x" * 50 * event_relay.MAX_BATCH_LENGTH))):
        batches += 1
    ended.append(True)
    assert set(turns) >= set(range(1, 50))


async def test_an_empty_stream_ends(network: NetworkThread):
    assert [batch async for batch in network.stream(saying)] == []


@pytest.mark.parametrize("how", ["close", "cancel", "break"])
async def test_stopping_closes_the_stream_over_there_before_it_returns(network: NetworkThread, how: str):
    log: list[str] = []

    async def endless() -> AsyncGenerator[StreamEvent, None]:
        try:
            while True:
                yield TextDelta("x")
                await asyncio.sleep(0.001)
        finally:
            await asyncio.sleep(0.05)
            log.append("closed")

    async def read() -> None:
        async with aclosing(network.stream(endless)) as stream:
            async for _ in stream:
                begun.set()
                if how == "break":
                    break

    begun = asyncio.Event()
    if how == "close":
        stream = network.stream(endless)
        await anext(stream)
        await stream.aclose()
    else:
        task = asyncio.ensure_future(read())
        await begun.wait()
        if how == "cancel":
            task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() is (how == "cancel")
    assert log == ["closed"]


async def test_a_reader_that_falls_behind_slows_the_stream_and_loses_nothing(
    network: NetworkThread, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(event_relay, "MAX_PENDING_BYTES", 10_000)
    made = 0

    async def fast() -> AsyncGenerator[StreamEvent, None]:
        nonlocal made
        for number in range(1500):
            made += 1
            yield TextDelta(f"{number:07}|")

    stream = network.stream(fast)
    text = "".join(event.text for event in await anext(stream) if isinstance(event, TextDelta))
    await asyncio.sleep(0.2)
    assert made < 400
    async for batch in stream:
        text += "".join(event.text for event in batch if isinstance(event, TextDelta))
    assert text == "".join(f"{number:07}|" for number in range(1500))


async def test_a_long_piece_comes_whole_though_nothing_follows_it(network: NetworkThread):
    """Servers that do not stream say everything at once; some then take their time to end."""
    forever = asyncio.Event()

    async def at_once() -> AsyncGenerator[StreamEvent, None]:
        yield TextDelta("x" * 50_000)
        await forever.wait()

    characters = 0
    async with asyncio.timeout(TIMEOUT), aclosing(network.stream(at_once)) as stream:
        async for batch in stream:
            characters += sum(len(event.text) for event in batch if isinstance(event, TextDelta))
            if characters == 50_000:
                break


async def test_pieces_longer_than_a_batch_and_more_than_may_wait_all_come(network: NetworkThread):
    pieces = [TextDelta(f"{number:02}" * 11_000) for number in range(50)]
    stream = network.stream(lambda: saying(*pieces))
    async with asyncio.timeout(TIMEOUT):
        text = "".join([event.text async for batch in stream for event in batch if isinstance(event, TextDelta)])
    assert text == "".join(piece.text for piece in pieces)


async def test_two_streams_share_the_thread_and_stopping_one_leaves_the_other(network: NetworkThread):
    async def count(stream: AsyncGenerator[tuple[StreamEvent, ...], None]) -> str:
        async with aclosing(stream):
            return "".join([event.text async for batch in stream for event in batch if isinstance(event, TextDelta)])

    words = [TextDelta("x")] * 50
    stopped = asyncio.ensure_future(count(network.stream(lambda: saying(*words * 100, every=0.01))))
    whole = asyncio.ensure_future(count(network.stream(lambda: saying(*words, every=0.002))))
    await asyncio.sleep(0.03)
    stopped.cancel()
    assert await whole == "x" * 50
    with pytest.raises(asyncio.CancelledError):
        await stopped


async def test_ending_the_thread_ends_what_runs_on_it():
    log: list[str] = []

    async def endless() -> AsyncGenerator[StreamEvent, None]:
        try:
            while True:
                yield TextDelta("x")
                await asyncio.sleep(0.001)
        finally:
            log.append("closed")

    network = NetworkThread()
    stream = network.stream(endless)
    await anext(stream)
    waiting = asyncio.ensure_future(network.call(lambda: asyncio.sleep(60)))
    await asyncio.sleep(0.01)
    await network.aclose()
    assert log == ["closed"]
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(asyncio.CancelledError):
        async for _ in stream:
            pass


def test_a_caller_s_loop_that_has_ended_does_no_harm():
    network = NetworkThread()

    async def leave() -> None:
        stream = network.stream(lambda: saying(*[TextDelta("x")] * 10_000, every=0.001))
        await anext(stream)
        await stream.aclose()

    asyncio.run(leave())
    asyncio.run(network.call(lambda: asyncio.sleep(0)))
    asyncio.run(network.aclose())
    gc.collect()


def ollama(server: ScriptedServer, http: HttpClient) -> Provider:
    config = ServerConfig("s", "Test", "ollama", ServerProtocol.OLLAMA, server.url)
    return make_provider(
        config, Vendor("ollama", "Ollama", ServerProtocol.OLLAMA, "", needs_key=False, local=True), None, http
    )


async def test_a_provider_is_asked_and_stopped_through_the_thread(network: NetworkThread):
    http = HttpClient()
    async with scripted_ollama(ScriptedAnswer(("x",), delay=0.002, endless=True)) as server:
        provider = ollama(server, http)
        assert [model.name for model in await network.call(provider.list_models)] == ["scripted:1b"]
        text = ""
        async with aclosing(network.stream(lambda: provider.chat(REQUEST))) as stream:
            async for batch in stream:
                text += "".join(event.text for event in batch if isinstance(event, TextDelta))
                if len(text) > 20:
                    break
            with OwnTime() as waited:
                await stream.aclose()
                await server.until(lambda: server.disconnects)
        await network.call(http.aclose)
    assert waited.seconds < 0.5


async def test_an_error_of_a_provider_arrives_as_it_was_raised(network: NetworkThread):
    http = HttpClient()
    async with scripted_ollama() as server:
        provider = ollama(server, http)
    with pytest.raises(ServerUnreachable):
        await network.call(provider.probe)
    with pytest.raises(ServerUnreachable):
        await anext(
            batch
            async for batch in network.stream(lambda: provider.chat(REQUEST))
            if AnswerStageChanged(AnswerStage.WAITING) not in batch
        )
    await network.call(http.aclose)
