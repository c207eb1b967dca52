import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from chatdesk.kernel.errors.base import AnswerTooLarge, ConnectionLost, ServerTimedOut
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers.streaming import frame_reader
from chatdesk.providers.streaming.frame_reader import FrameReader
from chatdesk.providers.streaming.framing import EventFramer
from tests.fakes.scripted_server import LAST_CHUNK, Hang, Pause, Reset, ScriptedServer, Step, chunk, head
from tests.own_time import TIMEOUT, OwnTime

PATIENT = Timeouts(connect=TIMEOUT, first_event=TIMEOUT, idle=TIMEOUT, after_finish=TIMEOUT)
"""What is to be over in a test is made short there: on a busy machine any short time may be over."""


@asynccontextmanager
async def reading(http: HttpClient, *steps: Step, timeouts: Timeouts = PATIENT) -> AsyncIterator[FrameReader]:
    async with ScriptedServer(lambda _: [head(), *steps]) as server:
        endpoint = make_endpoint("Test", server.url, None)
        async with http.stream(endpoint, "POST", "/x", {}, accept="*/*", timeouts=timeouts) as stream:
            yield FrameReader(stream, EventFramer(), endpoint, timeouts)


async def test_frames_are_read_to_the_end_and_signs_of_life_are_not_among_them(http: HttpClient):
    async with reading(http, chunk(": hi\n\ndata: a\n\n"), chunk("data: b\n\ndata: c\n"), LAST_CHUNK) as frames:
        assert [frame.data async for frame in frames] == ["a", "b", "c"]
        with pytest.raises(StopAsyncIteration):
            await anext(frames)


async def test_silence_before_the_first_event_may_last_longer_than_silence_after_it(http: HttpClient):
    steps = Pause(0.2), chunk("data: a\n\n"), Hang()
    async with reading(http, *steps, timeouts=replace(PATIENT, idle=0.1)) as frames:
        assert (await anext(frames)).data == "a"
        with OwnTime() as waited, pytest.raises(ServerTimedOut) as caught:
            await anext(frames)
    assert waited.seconds < 0.25
    assert caught.value.seconds == 0.1


async def test_a_server_that_sends_nothing_after_its_headers_is_given_up(http: HttpClient):
    with pytest.raises(ServerTimedOut) as caught:
        async with reading(http, Hang(), timeouts=replace(PATIENT, connect=0.3, first_event=0.3)) as frames:
            await anext(frames)
    assert caught.value.seconds == 0.3


async def test_bytes_that_complete_no_event_do_not_keep_a_stream_alive(http: HttpClient):
    steps = chunk("data: a\n\n"), *[chunk("d"), Pause(0.03)] * 1000
    async with reading(http, *steps, timeouts=replace(PATIENT, idle=0.15)) as frames:
        await anext(frames)
        with pytest.raises(ServerTimedOut):
            await anext(frames)


async def test_comments_keep_a_stream_alive_for_a_while_and_not_for_ever(http: HttpClient):
    comments = [chunk(": still here\n\n"), Pause(0.02)]
    times = replace(PATIENT, idle=0.5, comments_only=0.8)
    async with reading(http, *comments * 30, chunk("data: a\n\n"), *comments * 1000, timeouts=times) as frames:
        assert (await anext(frames)).data == "a"
        began = time.monotonic()
        with OwnTime() as waited, pytest.raises(ServerTimedOut):
            await anext(frames)
    assert time.monotonic() - began > times.idle
    assert waited.seconds < times.comments_only + 0.3


async def test_a_slow_reader_is_not_taken_for_a_silent_server(http: HttpClient):
    async with reading(
        http, chunk("data: a\n\n"), chunk("data: b\n\n"), Pause(0.3), chunk("data: c\n\n"), LAST_CHUNK
    ) as frames:
        assert (await anext(frames)).data == "a"
        await asyncio.sleep(0.3)
        assert [frame.data async for frame in frames] == ["b", "c"]


@pytest.mark.parametrize("ending", [[Hang()], [Reset()], [], [*[chunk(": x\n\n"), Pause(0.02)] * 100]])
async def test_once_the_answer_is_complete_a_connection_that_stays_or_breaks_is_no_error(
    http: HttpClient, ending: list[Step]
):
    async with reading(http, chunk("data: a\n\n"), *ending, timeouts=replace(PATIENT, after_finish=0.1)) as frames:
        await anext(frames)
        frames.answer_is_complete()
        with OwnTime() as waited, pytest.raises(StopAsyncIteration):
            await anext(frames)
    assert waited.seconds < 0.5


async def test_what_still_comes_soon_after_the_answer_is_taken(http: HttpClient):
    async with reading(http, chunk("data: a\n\n"), Pause(0.02), chunk("data: usage\n\n"), LAST_CHUNK) as frames:
        await anext(frames)
        frames.answer_is_complete()
        assert [frame.data async for frame in frames] == ["usage"]


async def test_a_connection_that_breaks_before_is_lost_after_what_had_come(http: HttpClient):
    async with reading(http, chunk("data: a\n\n"), Pause(0.05), Reset()) as frames:
        assert (await anext(frames)).data == "a"
        with pytest.raises(ConnectionLost):
            await anext(frames)


async def test_a_line_of_fifty_megabytes_is_given_up_at_eight(http: HttpClient):
    async with reading(http, *[chunk(b"x" * 1_000_000)] * 50) as frames:
        with pytest.raises(AnswerTooLarge) as caught:
            await anext(frames)
    assert caught.value.limit_bytes == 8 * 1024 * 1024
    assert caught.value.server == "Test"


async def test_events_that_come_one_by_one_are_fetched_some_at_a_time_but_not_the_first(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(frame_reader, "READ_EVERY_SECONDS", 0.2)  # a busy machine says less in a thirtieth of a second

    async def counted(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for piece in pieces:
            reads.append(piece.count(b"data"))
            yield piece

    reads: list[int] = []
    steps = [step for number in range(60) for step in (chunk(f"data: {number}\n\n"), Pause(0.005))]
    async with reading(http, *steps, LAST_CHUNK) as frames:
        frames._chunks = counted(frames._chunks)
        assert [frame.data async for frame in frames] == [str(number) for number in range(60)]
    assert len(reads) < 30
    assert sum(reads[:3]) < 10
