"""What real servers said, decoded byte for byte: cut anywhere, and served again over a real socket."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent
from chatdesk.kernel.errors.base import (
    AccessDenied,
    AnswerEndedEarly,
    ContextTooLong,
    KeyRejected,
    MemoryExceeded,
    ModelNotFound,
    ModelProcessEnded,
    PicturesRefused,
    RequestRefused,
    ServerError,
    ServerFailed,
    ServerLoading,
    to_failure,
)
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import Capability, ModelLoad, ModelRef
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags, together
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.catalogue.model_rules import load_model_rules
from chatdesk.providers.ollama.line_decoder import OllamaLineDecoder
from chatdesk.providers.ollama.models import decode_loaded, decode_show, decode_tags
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.openai.models import decode_models
from chatdesk.providers.provider_factory import make_provider
from chatdesk.providers.streaming.framing import EventOrWholeFramer, JsonLinesFramer
from tests.fakes.scripted_server import LAST_CHUNK, ScriptedServer, Step, chunk, head, reply
from tests.paths import RESOURCES
from tests.unit.providers.cuts import cut
from tests.unit.providers.decoding import error_of, grown, not_an_api
from tests.unit.providers.recordings import Recording, chat_recordings, recording, said_by

NATIVE = chat_recordings("ollama", "/api/chat")
COMPATIBLE = chat_recordings("ollama", "/v1/chat/completions") + chat_recordings("llama.cpp", "/v1/chat/completions")
CORS = {"80-cors-evil", "47-cors-preflight"}
"""Questions of a browser, not of ours."""
FRANCE = "The capital of France is Paris."
WHERE = ("Recorded", "")
OUT_OF_MEMORY = (
    "llama-server process has terminated: exit status 1: ggml_aligned_malloc: insufficient memory (attempted to allocate 184320.00 MB)\n"
    "ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 193273528320\n"
    "alloc_tensor_range: failed to allocate CPU buffer of size 193273528320\n"
    "llama_init_from_model: failed to initialize the context: failed to allocate buffer for kv cache"
)

OVERFLOW = "request ({} tokens) exceeds the available context size ({} tokens), try increasing it"
ENDS = {
    "14-chat-unknown-model": ModelNotFound(*WHERE, "nope"),
    "15-chat-bad-json": RequestRefused(*WHERE, 400, "unexpected EOF"),
    "16-chat-no-body": RequestRefused(*WHERE, 400, "missing request body"),
    "18-chat-image-refused": PicturesRefused(
        *WHERE, "nope", "Multimodal data provided, but model does not support multimodal requests."
    ),
    "19-chat-image-bad-base64": RequestRefused(
        *WHERE,
        400,
        "json: cannot unmarshal string into Alias.images.0 of type api.ImageData: illegal base64 data at input byte 0",
    ),
    "19b-chat-options-wrong-type": ServerFailed(*WHERE, 500, 'option "temperature" must be of type float32'),
    "20-cancel-midstream": AnswerEndedEarly(*WHERE),
    "23-context-overflow-truncate-false": ContextTooLong(*WHERE, 810, 256, OVERFLOW.format(810, 256)),
    "26-context-out-of-memory": MemoryExceeded(*WHERE, "nope", OUT_OF_MEMORY),
    "33-think-true-unsupported": RequestRefused(*WHERE, 400, '"smollm2" does not support thinking'),
    "36-think-bad-level": RequestRefused(
        *WHERE, 400, 'invalid think value: "enormous" (must be "high", "medium", "low", "max", true, or false)'
    ),
    "39c-jinja-overflow": ContextTooLong(*WHERE, 936, 256, OVERFLOW.format(936, 256)),
    "39d-jinja-image-refused": PicturesRefused(
        *WHERE, "nope", "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"
    ),
    "58-chat-on-embedding-model": RequestRefused(*WHERE, 400, '"smollm2-embed" does not support chat'),
    "66-tools-unsupported": RequestRefused(
        *WHERE, 400, "registry.ollama.ai/library/smollm2:latest does not support tools"
    ),
    "81-cors-evil-post": AccessDenied(*WHERE),
    "90-runner-killed-midstream": ModelProcessEnded(
        *WHERE, "nope", "an error was encountered while running the model: unexpected EOF"
    ),
    "93-server-stopped-midstream": AnswerEndedEarly(*WHERE),
    "72-v1-unknown-model": ModelNotFound(*WHERE, "nope"),
    "73-v1-bad-json": RequestRefused(*WHERE, 400, "unexpected EOF"),
    "74-v1-image": PicturesRefused(
        *WHERE, "nope", "Multimodal data provided, but model does not support multimodal requests."
    ),
    "92-v1-runner-killed-midstream": AnswerEndedEarly(*WHERE),
    "14-chat-bad-json": RequestRefused(
        *WHERE,
        400,
        "[json.exception.parse_error.101] parse error at line 1, column 10: syntax error while parsing value - unexpected end of input; "
        "expected '[', '{', or a literal",
    ),
    "15-chat-no-messages": RequestRefused(*WHERE, 400, "'messages' is required"),
    "17-chat-image-refused": PicturesRefused(
        *WHERE, "nope", "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"
    ),
    "18-context-overflow": ContextTooLong(*WHERE, 1531, 1024, OVERFLOW.format(1531, 1024)),
    "19-context-overflow-stream": ContextTooLong(*WHERE, 1531, 1024, OVERFLOW.format(1531, 1024)),
    "21-cancel-midstream": AnswerEndedEarly(*WHERE),
    "43-wrong-type": RequestRefused(*WHERE, 400, "Expected 'messages' to be an array"),
    "51-no-key": KeyRejected(*WHERE, "Invalid API Key"),
    "52-wrong-key": KeyRejected(*WHERE, "Invalid API Key"),
    "60-loading": ServerLoading(*WHERE),
}
"""How the recordings end that do not end well. The others end with a finish reason."""

WITH_TAGS = {
    "31-think-false": (f"{FRANCE}\n", FRANCE),
    "33-think-format-none": (f"{FRANCE}\n", "It is Paris."),
    "35-think-cut": ("", ""),
    "76-v1-think-default": (f"{FRANCE}\n", "The capital of France."),
}
"""Reasoning and text of the recordings whose reasoning stands in the text."""


def expected_words(recorded: Recording) -> tuple[str, str]:
    reasoning, text = said_by(recorded.body)
    if "<think>" in text:
        return WITH_TAGS[recorded.name]
    return reasoning, text


def pieces(
    recorded: Recording, points: tuple[int, ...] = (), tags: tuple[ThinkTags, ...] = (USUAL_TAGS,)
) -> list[StreamEvent]:
    """Return the events of a recording whose bytes are cut at `points`, up to the error, if one stands in it."""
    native = recorded.path == "/api/chat"
    framer = JsonLinesFramer() if native else EventOrWholeFramer()
    frames = [frame for piece in cut(recorded.body, points) for frame in framer.feed(piece)] + framer.finish()
    decoder = (OllamaLineDecoder if native else OpenAIChunkDecoder)(error_of, not_an_api, tags)
    events: list[StreamEvent] = []
    try:
        for frame in frames:
            if frame.data is not None:
                events.extend(decoder.decode(frame))
    except ServerError:
        events.extend(decoder.flush())
        return events
    return [*events, *decoder.flush()]


STREAMS = [recorded for recorded in NATIVE + COMPATIBLE if recorded.status == 200 and recorded.name not in CORS]


@pytest.mark.parametrize("recorded", STREAMS, ids=str)
def test_the_tags_of_all_models_we_know_change_nothing_in_what_others_say(recorded: Recording):
    rules = load_model_rules((RESOURCES / "models.toml").read_text("utf-8"))
    every = together([*(pair for rule in rules for pair in rule.tags), USUAL_TAGS])
    assert len(every) > 5
    assert words_in(pieces(recorded, tags=every)) == words_in(pieces(recorded))


def words_in(events: list[StreamEvent]) -> tuple[str, str]:
    answer = GrowingAnswer()
    for event in events:
        answer.apply(event)
    return answer.reasoning, answer.text


@given(
    st.sampled_from(STREAMS),
    st.lists(st.integers(0, 30_000), max_size=200).map(lambda points: tuple(sorted(set(points)))),
)
def test_a_recording_gives_the_same_events_however_its_bytes_are_cut(recorded: Recording, points: tuple[int, ...]):
    assert pieces(recorded, points) == pieces(recorded)


@pytest.mark.parametrize("recorded", STREAMS, ids=str)
def test_a_recording_gives_the_same_events_byte_by_byte(recorded: Recording):
    assert pieces(recorded, tuple(range(len(recorded.body)))) == pieces(recorded)


def replay(recorded: Recording, size: int = 61) -> Iterator[Step]:
    yield head(recorded.status, recorded.headers.get("content-type", "text/plain"))
    for start in range(0, len(recorded.body), size):
        yield chunk(recorded.body[start : start + size])
    yield LAST_CHUNK


async def asked_again(recorded: Recording, http: HttpClient) -> tuple[GrowingAnswer, ServerError | None]:
    """Return what a provider makes of the recording, served over a socket, and the error it ended with."""
    protocol = ServerProtocol.OLLAMA if recorded.path == "/api/chat" else ServerProtocol.OPENAI

    def script(request: object) -> Iterator[Step]:
        return iter([reply(status=404)]) if request.path == "/api/ps" else replay(recorded)  # type: ignore[attr-defined]

    async with ScriptedServer(script) as server:
        address = server.url + ("" if protocol is ServerProtocol.OLLAMA else "/v1")
        config = ServerConfig("s", "Recorded", "v", protocol, address)
        provider = make_provider(config, Vendor("v", "V", protocol, "", False, True), "secret-key-123", http)
        answer, error = GrowingAnswer(), None
        try:
            async for event in provider.chat(ChatRequest("nope", (Turn(Role.USER, "Hi"),))):
                answer.apply(event)
        except ServerError as failure:
            failure.address = ""
            error = failure
    return answer, error


@pytest.mark.parametrize(
    "recorded", [recorded for recorded in NATIVE + COMPATIBLE if recorded.name not in CORS], ids=str
)
async def test_a_recording_served_again_gives_its_words_and_ends_as_it_did(recorded: Recording, http: HttpClient):
    answer, error = await asked_again(recorded, http)
    if recorded.status == 200:
        assert (answer.reasoning, answer.text) == expected_words(recorded)
    else:
        assert answer.is_empty
    if recorded.name in ENDS:
        assert error is not None
        assert to_failure(error) == to_failure(ENDS[recorded.name])
        assert answer.finish is None
    else:
        assert error is None
        assert answer.finish is not None


@pytest.mark.parametrize(
    ("server", "number", "finish"),
    [
        ("ollama", "10", FinishReason.STOP),
        ("ollama", "11", FinishReason.LENGTH),
        ("ollama", "17", FinishReason.OTHER),
        ("ollama", "24", FinishReason.LENGTH),
        ("ollama", "37", FinishReason.LENGTH),
        ("ollama", "70", FinishReason.LENGTH),
        ("llama.cpp", "12", FinishReason.LENGTH),
        ("llama.cpp", "30", FinishReason.STOP),
        ("llama.cpp", "35", FinishReason.LENGTH),
    ],
)
def test_a_recording_ends_for_its_reason(server: str, number: str, finish: FinishReason):
    assert grown(pieces(recording(server, number))).finish is finish


def test_counts_and_speed_are_those_of_the_recordings():
    ollama = grown(pieces(recording("ollama", "10"))).usage
    assert ollama is not None
    assert (ollama.prompt_tokens, ollama.completion_tokens) == (13, 12)
    assert ollama.tokens_per_second == pytest.approx(157.7, abs=0.1)
    llama = grown(pieces(recording("llama.cpp", "10"))).usage
    assert llama is not None
    assert (llama.prompt_tokens, llama.completion_tokens) == (34, 11)
    assert llama.tokens_per_second == pytest.approx(80.13, abs=0.01)


def test_progress_of_the_prompt_is_reported_as_it_was_recorded():
    stages = [event for event in pieces(recording("llama.cpp", "23")) if isinstance(event, AnswerStageChanged)]
    assert stages == [
        AnswerStageChanged(AnswerStage.READING_PROMPT, 0, 631),
        AnswerStageChanged(AnswerStage.READING_PROMPT, 631, 631),
    ]


def test_lists_of_models_are_those_of_the_recordings():
    tags = decode_tags(json.loads(recording("ollama", "03").body), "s") or ()
    assert [(model.ref.model_id, model.can_think, model.context_length) for model in tags] == [
        ("smollm2:latest", False, 8192),
        ("smollm2-think:latest", True, 8192),
    ]
    (listed,) = decode_models(json.loads(recording("llama.cpp", "01").body), "s") or ()
    assert (listed.name, listed.context_length, listed.quantization, listed.can_chat) == (
        "smollm2-135m-instruct",
        1024,
        "Q4_1",
        True,
    )
    compatible = decode_models(json.loads(recording("ollama", "08").body), "s") or ()
    assert [model.ref.model_id for model in compatible] == ["smollm2:latest", "smollm2-think:latest"]


def test_descriptions_and_loaded_models_are_those_of_the_recordings():
    shown = decode_show(json.loads(recording("ollama", "05").body), ModelRef("s", "smollm2-think:latest"))
    assert shown.capabilities == {Capability.CHAT, Capability.THINKING}
    assert (shown.context_length, shown.family, shown.parameters) == (8192, "llama", "134.52M")
    assert (shown.own_context, shown.architecture) == (2048, Architecture(30, 3, 64, 64))
    assert decode_loaded(json.loads(recording("ollama", "07").body)) == {}
    until = datetime(2026, 11, 24, 14, 0, 49, 125151, UTC)
    assert decode_loaded(json.loads(recording("ollama", "13").body)) == {
        "smollm2:latest": ModelLoad(2048, until, 160222411, 0)
    }
    loaded = decode_loaded(json.loads(recording("ollama", "63").body)) or {}
    assert loaded["smollm2:latest"].expires_at is None
    assert (decode_loaded(json.loads(recording("ollama", "84").body)) or {}).keys() == {
        "smollm2-embed:latest",
        "smollm2-jinja-think:latest",
    }
