"""A Dify app is told to stop whenever it is left, and never when it has ended by itself."""

import asyncio
import json

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Picture, Turn
from chatdesk.kernel.chat.stream_events import RemoteAnswerStored
from chatdesk.network.http import HttpClient
from chatdesk.providers.applications import stopping
from tests.fakes.scripted_applications import ScriptedDify, dify_answer, dify_event, event_stream
from tests.fakes.scripted_server import Hang, Reset, Step, Until, chunk, head
from tests.own_time import OwnTime, cancelled
from tests.unit.providers.applications.dify_questions import USER, asking, outcome_of, provider

PICTURE = Picture("image/png", b"\x89PNG")
FIRST = chunk(f"data: {json.dumps(dify_event('workflow_started', data={'id': 'r-1'}))}\n\n")


async def test_stopping_asks_the_app_to_stop_within_a_second_for_the_same_user(http: HttpClient) -> None:
    dify = ScriptedDify(
        answers=[[head(), chunk(f"data: {json.dumps(dify_event('message', answer='Ci'))}\n\n"), Hang()]],
        on_stop=[Hang()],
    )
    async with dify.server as server:
        stream = provider(http, server.url).chat(asking())
        async for event in stream:
            if isinstance(event, RemoteAnswerStored):
                break
        await stream.aclose()  # the app never says that it has stopped, and nobody waits for that
        with OwnTime() as waited:
            await server.until(dify.stopped)
        assert waited.seconds < 1
        await server.until(lambda: server.disconnects)
    (stop,) = dify.stopped()
    assert (stop.path, stop.json()) == ("/v1/chat-messages/t-1/stop", {"user": USER})
    assert dify.asked()[0]["user"] == USER


async def test_what_is_finished_or_failed_by_itself_is_not_stopped(http: HttpClient) -> None:
    dify = ScriptedDify()
    dify.says(*dify_answer("Yes."))
    dify.says(
        dify_event("message", answer="Y"), {"event": "error", "code": "invalid_param", "message": "bad", "status": 400}
    )
    async with dify.server as server:
        asked = provider(http, server.url)
        await outcome_of(asked, asking())
        await outcome_of(asked, asking())
        await asyncio.sleep(0.05)
    assert dify.stopped() == []


async def leave(http: HttpClient, dify: ScriptedDify) -> None:
    """Ask, and give the answer up a little after the app was asked."""

    async def ask() -> None:
        async for _ in provider(http, dify.server.url).chat(asking()):
            pass

    asked = asyncio.create_task(ask())
    await dify.server.until(dify.asked)
    await asyncio.sleep(0.2)
    assert await cancelled(asked) < 0.5


@pytest.mark.parametrize(
    ("before", "after"),
    [([head()], []), ([], [head()]), ([head(), chunk(": ping\n\n")], [])],
    ids=["after the head", "before the head", "after a sign of life"],
)
async def test_an_app_left_before_its_first_event_is_stopped_once_it_names_its_task(
    http: HttpClient, before: list[Step], after: list[Step]
) -> None:
    is_left = asyncio.Event()
    dify = ScriptedDify(answers=[[*before, Until(is_left), *after, FIRST, Hang()]])
    async with dify.server as server:
        await leave(http, dify)
        assert dify.stopped() == []
        is_left.set()
        with OwnTime() as waited:
            await server.until(dify.stopped)
            await server.until(lambda: server.disconnects)
        assert waited.seconds < 2
    (stop,) = dify.stopped()
    assert (stop.path, stop.json()) == ("/v1/chat-messages/t-1/stop", {"user": USER})


async def test_one_that_never_names_its_task_is_left_after_a_moment(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "MAX_WAIT_FOR_ID", 0.4)
    dify = ScriptedDify(answers=[[head(), Hang()]])
    async with dify.server as server:
        await leave(http, dify)
        with OwnTime() as waited:
            await server.until(lambda: server.disconnects)
        assert waited.seconds < 2
    assert dify.stopped() == []


@pytest.mark.parametrize(
    "rest",
    [
        [chunk('data: {"event": "error", "code": "invalid_param", "message": "no", "status": 400}\n\n'), Hang()],
        [Reset()],
        [*event_stream(*dify_answer("Yes."))[1:]],
    ],
    ids=["fails", "breaks off", "is quick"],
)
async def test_one_that_ends_by_itself_after_it_was_left_is_not_stopped(http: HttpClient, rest: list[Step]) -> None:
    is_left = asyncio.Event()
    dify = ScriptedDify(answers=[[head(), Until(is_left), *rest]])
    async with dify.server:
        await leave(http, dify)
        is_left.set()
        await asyncio.sleep(0.2)
    assert dify.stopped() == []


async def test_the_end_of_the_program_does_not_wait_for_an_app_that_keeps_silent() -> None:
    dify = ScriptedDify(answers=[[head(), Hang()]])
    async with dify.server as server:
        http = HttpClient()
        await leave(http, dify)
        with OwnTime() as waited:
            await http.aclose()
        assert waited.seconds < 1.5
        with OwnTime() as waited:
            await server.until(lambda: server.disconnects)
        assert waited.seconds < 1


async def test_what_the_app_has_not_got_yet_is_not_sent_any_more(http: HttpClient) -> None:
    """Left while its pictures are still being sent, nothing is asked."""
    dify = ScriptedDify()
    script = dify.server.script
    dify.server.script = lambda request: [Hang()] if request.path.endswith("/upload") else script(request)
    async with dify.server as server:
        asked = asyncio.create_task(
            outcome_of(provider(http, server.url), asking(Turn(Role.USER, "See?", pictures=(PICTURE,))))
        )
        await server.until(lambda: any(request.path.endswith("/upload") for request in server.requests))
        asked.cancel()
        await asyncio.wait([asked])
        await asyncio.sleep(0.1)
    assert dify.asked() == []
