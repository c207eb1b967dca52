"""Recordings of real servers, the connection ending after every single byte: nothing is lost that had come, nothing is made up, what is
raised is one of our errors, and what has no end is not kept in memory.
"""

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.ollama.line_decoder import OllamaLineDecoder
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.provider_factory import make_provider
from chatdesk.providers.streaming.framing import EventOrWholeFramer, JsonLinesFramer
from tests.fakes.scripted_server import Reset, Script, ScriptedServer, Step, chunk, head, reply
from tests.unit.providers.decoding import error_of, not_an_api
from tests.unit.providers.recordings import Recording, chat_recordings, said_by

pytestmark = pytest.mark.thorough

STREAMS = [
    recorded
    for server, path in (
        ("ollama", "/api/chat"),
        ("ollama", "/v1/chat/completions"),
        ("llama.cpp", "/v1/chat/completions"),
    )
    for recorded in chat_recordings(server, path)
    if recorded.status == 200
]
EVERY_BYTE_UP_TO = 2_000
"""Bytes of a recording that is cut after each of them; a longer one is cut around the end of every line."""
OVER_SOCKETS = [
    recorded for recorded in STREAMS if recorded.name in {"30-think-true", "30-think-stream", "71-v1-think"}
]


def protocol_of(recorded: Recording) -> ServerProtocol:
    return ServerProtocol.OLLAMA if recorded.path == "/api/chat" else ServerProtocol.OPENAI


def kept_of(recorded: Recording, body: bytes) -> str:
    """Return every word of an answer whose connection ends after `body`."""
    is_native = protocol_of(recorded) is ServerProtocol.OLLAMA
    framer = JsonLinesFramer() if is_native else EventOrWholeFramer()
    decoder = (OllamaLineDecoder if is_native else OpenAIChunkDecoder)(error_of, not_an_api)
    answer = GrowingAnswer()
    frames = [*framer.feed(body), *framer.finish()]
    try:
        for frame in frames:
            for event in decoder.decode(frame) if frame.data is not None else ():
                answer.apply(event)
    except ServerError:
        pass
    for event in decoder.flush():
        answer.apply(event)
    return plain(answer.reasoning + answer.text)


def plain(text: str) -> str:
    """Return what must not be lost: everything but tags and the white space around them."""
    return "".join(text.replace("<think>", "").replace("</think>", "").split())


def cuts_of(body: bytes) -> Iterable[int]:
    if len(body) <= EVERY_BYTE_UP_TO:
        return range(len(body) + 1)
    ends = [at for at, byte in enumerate(body) if byte == ord("\n")]
    return sorted({at + near for at in ends for near in (-1, 0, 1, 2) if at + near <= len(body)})


@pytest.mark.parametrize("recorded", STREAMS, ids=str)
def test_wherever_the_connection_ends_every_word_that_had_come_is_kept(recorded: Recording):
    for end in cuts_of(recorded.body):
        body = recorded.body[:end]
        assert kept_of(recorded, body) == plain("".join(said_by(body))), end


@given(st.sampled_from([recorded for recorded in STREAMS if len(recorded.body) > EVERY_BYTE_UP_TO]), st.floats(0, 1))
def test_a_long_recording_may_end_at_any_other_byte_as_well(recorded: Recording, share: float):
    body = recorded.body[: round(share * len(recorded.body))]
    assert kept_of(recorded, body) == plain("".join(said_by(body)))


async def asked(url: str, protocol: ServerProtocol, http: HttpClient) -> tuple[str, ServerError | None]:
    """Return what a server's answer leaves behind, and the error it ended with. Any other exception fails the test."""
    config = ServerConfig("s", "Recorded", "v", protocol, url + ("" if protocol is ServerProtocol.OLLAMA else "/v1"))
    provider = make_provider(config, Vendor("v", "V", protocol, "", False, True), None, http)
    answer = GrowingAnswer()
    try:
        async for event in provider.chat(ChatRequest("m", (Turn(Role.USER, "Hi"),))):
            answer.apply(event)
    except ServerError as error:
        return plain(answer.reasoning + answer.text), error
    return plain(answer.reasoning + answer.text), None


def answering(steps: Iterable[Step]) -> Script:
    return lambda request: steps if request.method == "POST" else [reply(status=404)]


def is_finished(body: bytes) -> bool:
    """Whether the model has said that it stopped. The last line counts only if all of it came."""
    complete = body[: body.rfind(b"}\n") + 1]
    return b'"finish_reason":"' in complete or b'"done":true' in complete


@pytest.mark.parametrize("ending", [Reset(), None], ids=["reset", "closed"])
@pytest.mark.parametrize("recorded", OVER_SOCKETS, ids=str)
async def test_a_socket_that_ends_anywhere_leaves_what_had_come_and_one_of_our_errors(
    recorded: Recording, ending: Step | None, http: HttpClient
):
    for end in range(0, len(recorded.body), 97):
        body = recorded.body[:end]
        begun = [head(200, recorded.headers["content-type"]), *([chunk(body)] if body else [])]
        async with ScriptedServer(answering([*begun, *([ending] if ending else [])])) as server:
            text, error = await asked(server.url, protocol_of(recorded), http)
        said = plain("".join(said_by(body)))
        if ending is None:
            assert (text, error is None) == (said, is_finished(body)), end
        else:  # it may overtake what was sent before
            assert said.startswith(text), end
            assert error is not None or is_finished(body)


def line_without_end(start: bytes) -> Iterator[Step]:
    yield from [head(), chunk(start), *[chunk(b"x" * 65_536)] * 800]


def comments(start: bytes) -> Iterator[Step]:
    yield from [head(), chunk(start + b"\n"), *[chunk(b":" + b"x" * 65_536 + b"\n\n")] * 500]


def padding(start: bytes) -> Iterator[Step]:
    said = {"message": {"content": "w"}, "choices": [{"delta": {"content": "w"}}], "padding": "x" * 65_536}
    yield from [head(), *[chunk(start + json.dumps(said).encode() + b"\n\n")] * 500]


@pytest.mark.parametrize(("protocol", "start"), [(ServerProtocol.OPENAI, b"data: "), (ServerProtocol.OLLAMA, b"")])
@pytest.mark.parametrize(
    ("make", "most"),
    [(line_without_end, 20), (comments, 4), (padding, 4)],
    ids=["a line of 50 MB", "32 MB of comments", "32 MB around five hundred words"],
)
async def test_what_nobody_reads_is_not_kept_in_memory(
    protocol: ServerProtocol, start: bytes, make: Callable[[bytes], Iterator[Step]], most: int, http: HttpClient
):
    steps = list(make(start))
    async with ScriptedServer(answering(steps)) as server:
        tracemalloc.start()
        _, error = await asked(server.url, protocol, http)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert error is not None
    assert peak < most * 1_000_000
