"""When an answer over chat completions is complete, for servers that tell it in their own ways."""

import time

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.errors.base import AnswerEndedEarly, ServerError, ServerFailed
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import REMOTE, Timeouts
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_server import LAST_CHUNK, Hang, Pause, Reset, ScriptedServer, Step, chunk, head
from tests.own_time import OwnTime
from tests.unit.providers.recordings import recording
from tests.unit.providers.vendor_harness import outcome_of

DONE = chunk("data: [DONE]\n\n")


def says(text: str, reason: str = "") -> bytes:
    finish = f'"{reason}"' if reason else "null"
    return chunk(f'data: {{"choices":[{{"index":0,"delta":{{"content":"{text}"}},"finish_reason":{finish}}}]}}\n\n')


async def answered(
    http: HttpClient, *steps: Step, timeouts: Timeouts = REMOTE
) -> tuple[GrowingAnswer, ServerError | None]:
    async with ScriptedServer(lambda _: [head(), *steps]) as server:
        api = ServerApi(make_endpoint("Test", f"{server.url}/v1", None), http, timeouts)
        came = await outcome_of(OpenAIProvider("s", api))
    return came.answer, came.error


@pytest.mark.parametrize("before", [[], [says("Hi")]], ids=["nothing", "text"])
async def test_without_a_reason_and_without_the_mark_of_the_end_an_answer_may_be_incomplete(
    http: HttpClient, before: list[Step]
):
    answer, error = await answered(http, *before, LAST_CHUNK)
    assert answer.text == ("Hi" if before else "")
    assert isinstance(error, AnswerEndedEarly)


async def test_with_the_mark_of_the_end_an_answer_that_has_text_is_complete(http: HttpClient):
    answer, error = await answered(http, says("Hi"), DONE, LAST_CHUNK)
    assert (answer.text, answer.finish, error) == ("Hi", FinishReason.STOP, None)


async def test_the_mark_of_the_end_alone_is_no_answer(http: HttpClient):
    answer, error = await answered(http, DONE, LAST_CHUNK)
    assert answer.is_empty
    assert isinstance(error, AnswerEndedEarly)


async def test_the_mark_of_the_end_behind_an_error_is_an_error(http: HttpClient):
    failed = chunk('data: {"error":{"message":"EngineCore died","code":500}}\n\n')
    answer, error = await answered(http, says("Half"), failed, DONE, LAST_CHUNK)
    assert answer.text == "Half"
    assert isinstance(error, ServerFailed)


async def test_a_recorded_stream_that_just_ends_when_its_runner_is_killed_is_broken_off(http: HttpClient):
    cut = recording(
        "ollama", "92"
    )  # 92-v1-runner-killed-midstream: neither a reason, nor a mark of the end, nor an error
    answer, error = await answered(http, chunk(cut.body), LAST_CHUNK)
    assert answer.text
    assert isinstance(error, AnswerEndedEarly)


async def test_a_server_that_says_with_every_piece_that_it_has_stopped_is_waited_for(http: HttpClient):
    steps = says("A", "stop") + says("B", "stop"), Pause(0.4), says(" C", "stop"), DONE, LAST_CHUNK
    answer, error = await answered(http, *steps, timeouts=Timeouts(after_finish=0.2))
    assert (answer.text, answer.finish, error) == ("AB C", FinishReason.STOP, None)


@pytest.mark.parametrize("ending", [[DONE, LAST_CHUNK], [LAST_CHUNK], [], [Reset()], [DONE, Hang()]])
async def test_after_a_finish_reason_the_answer_is_complete_however_the_connection_ends(
    http: HttpClient, ending: list[Step]
):
    answer, error = await answered(http, says("Hi"), says("", "stop"), Pause(0.02), *ending)
    assert (answer.text, answer.finish, error) == ("Hi", FinishReason.STOP, None)


async def test_a_connection_left_open_after_the_finish_reason_is_closed_soon(http: HttpClient):
    began = time.monotonic()
    steps = says("Hi"), says("", "stop"), Hang()
    with OwnTime() as waited:
        answer, error = await answered(http, *steps, timeouts=Timeouts(after_finish=0.2))
    assert (answer.text, error) == ("Hi", None)
    assert time.monotonic() - began > 0.15
    assert waited.seconds < 1.0
