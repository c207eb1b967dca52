"""n8n: what a real one said (tests/data/wire/n8n-1.123.81), and what its documents and reports say it may say."""

import json

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import RemoteAnswer, Session
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, RemoteAnswerStored, StreamEvent
from chatdesk.kernel.errors.application_errors import ApplicationSilent, ApplicationUnavailable
from chatdesk.kernel.errors.base import AnswerEndedEarly, KeyMissing, KeyRejected, ServerError, ServerFailed
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.answer_text import AnswerOverflow
from chatdesk.providers.applications.n8n import N8nProvider, n8n_error
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.framing import Frame
from tests.counted_calls import calls_during
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.paths import DATA
from tests.unit.providers.applications.streams import TextLinesFramer, Wire, heard, lines, n8n, n8n_decoder
from tests.unit.providers.cuts import single

RECORDED = DATA / "wire" / "n8n-1.123.81"
NOT_REGISTERED = {
    "code": 404,
    "message": 'The requested webhook "POST 9/chat" is not registered.',
    "hint": "The workflow must be active for a production URL to run successfully.",
}


def recorded(name: str) -> bytes:
    return (RECORDED / f"{name}.body").read_bytes()


def streamed(body: bytes) -> list[Step]:
    return [head(content_type="application/json; charset=utf-8"), *([chunk(body)] if body else []), LAST_CHUNK]


def provider(http: HttpClient, server: ScriptedServer) -> N8nProvider:
    address = f"{server.url}/webhook/11111111-1111-4111-8111-111111111111/chat"
    return N8nProvider("s", ServerApi(make_endpoint("My workflow", address, None), http, LOCAL, n8n_error))


async def outcome_of(
    http: HttpClient, steps: list[Step], request: ChatRequest | None = None
) -> tuple[GrowingAnswer, list[StreamEvent], ServerError | None, list[Request]]:
    answer, events, error = GrowingAnswer(), [], None
    asked = request or ChatRequest("workflow", (Turn(Role.USER, "Hi"),))
    async with ScriptedServer(lambda _: steps) as server:
        try:
            async for event in provider(http, server).chat(asked):
                answer.apply(event)
                events.append(event)
        except ServerError as raised:
            error = raised
        return answer, events, error, server.requests


async def test_a_streaming_agent_is_heard_as_it_spoke(http: HttpClient) -> None:
    body = recorded("02-agent")
    answer, events, error, (request,) = await outcome_of(http, streamed(body))
    pieces = [json.loads(line).get("content", "") for line in body.decode().splitlines()]
    assert answer.text == "".join(pieces)
    assert (answer.finish, error) == (FinishReason.STOP, None)
    assert AnswerStageChanged(AnswerStage.WORKING, name="AI Agent") in events
    assert len(next(event for event in events if isinstance(event, RemoteAnswerStored)).answer.conversation) == 32
    assert request.path.endswith("/chat")
    assert request.json()["action"] == "sendMessage"


async def test_a_recording_is_heard_the_same_byte_by_byte() -> None:
    body = recorded("02-agent")
    wire = Wire("recorded", body, "", n8n_decoder, TextLinesFramer)
    assert heard(wire, single(body))[0].text == heard(wire, [body])[0].text


async def test_an_answer_that_does_not_stream_is_heard_whole(http: HttpClient) -> None:
    answer, _, error, _ = await outcome_of(http, [reply(recorded("01-whole"))])
    assert (answer.text, error) == ("You said: Name three colours of the rainbow.", None)


async def test_a_workflow_that_says_nothing_is_reported_as_such(http: HttpClient) -> None:
    assert isinstance((await outcome_of(http, streamed(recorded("03-nothing-streams"))))[2], ApplicationSilent)


REFUSED = [
    ("04-workflow-failed", 500, ServerFailed, "Error in workflow"),
    ("05-no-password", 401, KeyMissing, ""),
    ("06-wrong-password", 403, KeyRejected, "Authorization data is wrong!"),
]


@pytest.mark.parametrize(("name", "status", "kind", "detail"), REFUSED, ids=[name for name, *_ in REFUSED])
async def test_its_refusals_are_ours(http: HttpClient, name: str, status: int, kind: type, detail: str) -> None:
    _, _, error, _ = await outcome_of(http, [reply(recorded(name), status)])
    assert type(error) is kind
    assert getattr(error, "detail", "") == detail


async def test_an_agent_whose_model_is_away_has_failed_though_it_says_no_word(http: HttpClient) -> None:
    answer, _, error, _ = await outcome_of(http, streamed(recorded("08-model-away")))
    assert (answer.text, type(error), error.detail) == ("", ServerFailed, "")


async def test_a_workflow_that_is_switched_off_is_reported_as_such(http: HttpClient) -> None:
    _, _, error, _ = await outcome_of(http, [reply(NOT_REGISTERED, 404)])
    assert isinstance(error, ApplicationUnavailable)


async def test_looking_whether_it_is_there_runs_nothing(http: HttpClient) -> None:
    async with ScriptedServer(lambda _: [reply(recorded("07-no-earlier-session"))]) as server:
        asked = provider(http, server)
        assert (await asked.probe()).model_count == 1
        (model,) = await asked.list_models()
    assert model.name == "My workflow"
    (request,) = server.requests
    assert request.json()["action"] == "loadPreviousSession"


async def test_a_session_goes_on_with_the_question_alone(http: HttpClient) -> None:
    turns = (Turn(Role.USER, "Hi"), Turn(Role.ASSISTANT, "Hello."), Turn(Role.USER, "Again"))
    request = ChatRequest("workflow", turns, session=Session("s-1"))
    _, events, _, (asked,) = await outcome_of(http, [reply({"output": "Yes."})], request)
    assert (asked.json()["sessionId"], asked.json()["chatInput"]) == ("s-1", "Again")
    assert RemoteAnswerStored(RemoteAnswer("s-1")) in events


async def test_pictures_go_along_as_files_of_a_form(http: HttpClient) -> None:
    picture = Picture("image/jpeg", b"\xff\xd8JPEG")
    request = ChatRequest("workflow", (Turn(Role.USER, "See?", pictures=(picture,)),))
    answer, _, _, (asked,) = await outcome_of(http, [reply({"output": "Yes."})], request)
    assert answer.text == "Yes."
    for part in (b'name="chatInput"\r\n\r\nSee?', b'name="files"; filename="picture.jpg"', b"\xff\xd8JPEG"):
        assert part in asked.body


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"output":"A"}', "A"),
        (b'{"text":"A"}', "A"),
        (b'{"message":"A"}', "A"),
        (b'[{"output":"A"}]', "A"),
        (b'"A"', "A"),
        (b'{"output":{"text":"A"}}', "A"),
        (b'{"output":{"json":{"response":{"text":"A"}}}}', "A"),
        (b'{"output":{"sum":3}}', '```json\n{\n  "sum": 3\n}\n```'),
        (b'{"output":{}}', ""),
        (b'{"sum": 3}', '```json\n{\n  "sum": 3\n}\n```'),
        (b"Plain\n\ntext", "Plain\n\ntext"),
        (b"42", "42"),
    ],
)
async def test_an_answer_is_found_in_whichever_field_it_stands(http: HttpClient, body: bytes, text: str) -> None:
    assert (await outcome_of(http, [reply(body)]))[0].text == text


@pytest.mark.parametrize("depth", [10, 300, 900, 960, 990, 5_000, 100_000])
async def test_fields_in_fields_without_end_are_shown_as_they_are(http: HttpClient, depth: int) -> None:
    body = b'{"output":' * depth + b'"A"' + b"}" * depth
    answer, _, error, _ = await outcome_of(http, [reply(body)])
    assert error is None
    assert '"A"' in answer.text


def text_of(*events: dict) -> str:
    body = lines(*events)
    return heard(Wire("", body, "", n8n_decoder, TextLinesFramer), [body])[0].text


def test_runs_that_interleave_are_heard_one_after_the_other() -> None:
    assert (
        text_of(
            n8n("begin", node="a"),
            n8n("item", "one ", node="a"),
            n8n("begin", node="b"),
            n8n("item", "three", node="b"),
            n8n("item", "two", node="a"),
            n8n("end", node="b"),
            n8n("end", node="a"),
        )
        == "one two\n\nthree"
    )


def test_a_node_that_answers_at_once_has_its_value_in_one_piece() -> None:
    assert text_of(n8n("begin"), n8n("item", '{"output":"Hello"}'), n8n("end")) == "Hello"


def test_blank_pieces_are_kept_and_a_line_that_is_no_event_is_not_lost() -> None:
    assert text_of(n8n("begin"), n8n("item", "a"), n8n("item", "\n\n"), n8n("item", "b"), n8n("end")) == "a\n\nb"


async def test_a_run_without_its_end_is_reported_as_such(http: HttpClient) -> None:
    answer, _, error, _ = await outcome_of(http, streamed(lines(n8n("begin"), n8n("item", "Half"))))
    assert (answer.text, type(error)) == ("Half", AnswerEndedEarly)


async def test_an_error_in_the_middle_keeps_what_came(http: HttpClient) -> None:
    body = lines(n8n("begin"), n8n("item", "Half"), n8n("error", "It broke"))
    answer, _, error, _ = await outcome_of(http, streamed(body))
    assert (answer.text, type(error), error.detail) == ("Half", ServerFailed, "It broke")


def test_a_list_of_several_is_shown_whole_and_a_number_as_it_was_written() -> None:
    said = text_of(n8n("begin"), n8n("item", '["apple",'), n8n("item", ' "banana"]'), n8n("end"))
    assert "apple" in said
    assert "banana" in said
    assert text_of(n8n("begin"), n8n("item", "42"), n8n("end")) == "42"


def test_what_is_held_back_has_a_measure() -> None:
    decoder = n8n_decoder()
    piece = Frame(json.dumps(n8n("item", "{" + " " * 1_000_000)))
    with pytest.raises(AnswerOverflow):
        _ = [[*decoder.decode(piece)] for _ in range(40)]


@pytest.mark.parametrize("line", [b"\n", b"\r\n", b" \t\n", b"a\n", b"{\n"])
def test_a_million_lines_that_are_no_events_cost_what_their_bytes_do(line: bytes) -> None:
    """Counted: calls of Python for each read of 64 KB, whatever is in it; one for each line took five seconds of the network's thread."""
    flood, framer, decoder, frames = line * 1_000_000, TextLinesFramer(), n8n_decoder(), []
    reads = [flood[start : start + 65_536] for start in range(0, len(flood), 65_536)]

    def read() -> None:
        for piece in reads:
            frames.extend(framer.feed(piece))
        for frame in frames:
            assert [*decoder.decode(frame)] == []

    assert calls_during(read) < 100 * len(reads)
    assert len(frames) <= len(reads)
    assert "".join(f"{frame.data}\n" for frame in frames) == flood.decode().replace("\r\n", "\n")


def test_blank_lines_are_kept_where_they_part_paragraphs_and_count_towards_the_limit() -> None:
    body = b"One\n\n\n```\na\n\n\n\nb\n```"
    assert heard(Wire("", body, "", n8n_decoder, TextLinesFramer), single(body))[0].text == body.decode()
    decoder = n8n_decoder()
    (blank,) = TextLinesFramer().feed(b"\n" * 1_000_000)
    with pytest.raises(AnswerOverflow):
        _ = [[*decoder.decode(blank)] for _ in range(40)]
