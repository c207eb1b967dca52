"""Every number of every recorded and documented reply, replaced by absurd ones: nothing fails, and what comes of it can be shown."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage
from chatdesk.kernel.errors.base import ServerError, to_failure
from chatdesk.kernel.errors.registry import from_failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.think_tags import USUAL_TAGS
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.text import json_values
from chatdesk.network.endpoint import Endpoint
from chatdesk.providers.applications.n8n import TextLinesFramer
from chatdesk.providers.errors.error_classifier import ErrorClassifier
from chatdesk.providers.native_models import decode_native_models
from chatdesk.providers.ollama.line_decoder import OllamaLineDecoder
from chatdesk.providers.ollama.models import decode_details, decode_loaded, decode_show, decode_tags
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.openai.models import decode_models
from chatdesk.providers.openai.responses_events import ResponsesDecoder
from chatdesk.providers.streaming.framing import EventOrWholeFramer, JsonLinesFramer
from tests.unit.providers.absurd_numbers import ABSURD, altered, numbers_in, with_numbers
from tests.unit.providers.applications.streams import WIRES, Wire, dify, dify_decoder, heard, n8n_decoder, sse
from tests.unit.providers.decoding import error_of, not_an_api
from tests.unit.providers.recordings import FOLDER, Recording, chat_recordings
from tests.unit.providers.vendor_replies import EVERY

SERVERS = sorted({folder.name.rpartition("-")[0] for folder in FOLDER.iterdir() if folder.is_dir()} - {"n8n"})
PATHS = (
    "/api/chat",
    "/v1/chat/completions",
    "/api/tags",
    "/api/show",
    "/api/ps",
    "/v1/models",
    "/api/pull",
    "/api/create",
    "/api/version",
    "/props",
    "/v1/embeddings",
    "/api/embed",
)
RECORDED = [recorded for server in SERVERS for path in PATHS for recorded in chat_recordings(server, path)]
LARGEST = 2**53
ENDPOINT = Endpoint("S", "http://s", (), Redactor())


def sound(value: object) -> None:
    """Whatever is reported of a reply can be worded: no number without bound."""
    if isinstance(value, Usage):
        for field in fields(value):
            number = getattr(value, field.name)
            assert number is None or 0 <= number <= MAX_PLAUSIBLE, field.name
    elif isinstance(value, bool | str | bytes | datetime | type(None)):
        return
    elif isinstance(value, int):
        assert abs(value) <= LARGEST
    elif isinstance(value, float):
        assert math.isfinite(value)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            sound(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            sound(each)
    elif isinstance(value, Iterable):
        for each in value:
            sound(each)


def decode(recorded: Recording, body: bytes) -> None:
    """Do with a body all that the program does with one of its path."""
    if recorded.status >= 400:
        error = ErrorClassifier(ENDPOINT).of_reply("http://s/x", recorded.status, {}, body, "m")
        sound(error)
        sound(from_failure(to_failure(error)))
        return
    match recorded.path:
        case "/api/chat" | "/v1/chat/completions":
            sound(list(events_of(body, native=recorded.path == "/api/chat")))
        case "/api/tags":
            sound(decode_tags(json_values.decode(body), "s"))
            sound(decode_models(json_values.decode(body), "s"))
        case "/api/show":
            sound(decode_show(json_values.decode(body), ModelRef("s", "m")))
            sound(decode_details(json_values.decode(body)))
        case "/api/ps":
            sound(decode_loaded(json_values.decode(body)))
        case "/v1/models":
            sound(decode_models(json_values.decode(body), "s"))
            sound(decode_native_models(json_values.decode(body), "s"))


def events_of(body: bytes, *, native: bool) -> Iterator[object]:
    framer = JsonLinesFramer() if native else EventOrWholeFramer()
    decoder = (OllamaLineDecoder if native else OpenAIChunkDecoder)(error_of, not_an_api, (USUAL_TAGS,))
    answer = GrowingAnswer()
    try:
        for frame in framer.feed(body) + framer.finish():
            for event in decoder.decode(frame) if frame.data is not None else ():
                answer.apply(event)
                yield event
        yield from decoder.flush()
    except ServerError as error:
        yield error
    yield answer.usage


def failures(body: bytes, use: Callable[[bytes], None]) -> Iterator[str]:
    for name in (None, *sorted(numbers_in(body))):
        for word, value in ABSURD.items():
            try:
                use(altered(body, name, value))
            except Exception as error:  # noqa: BLE001 - reported with its case
                yield f"{name or 'every number'} = {word}: {type(error).__name__}: {error}"


@pytest.mark.thorough
@pytest.mark.parametrize("recorded", RECORDED, ids=str)
def test_no_number_of_a_recording_does_harm(recorded: Recording) -> None:
    assert list(failures(recorded.body, lambda body: decode(recorded, body))) == []


def test_the_recordings_hold_numbers() -> None:
    found = set().union(*(numbers_in(recorded.body) for recorded in RECORDED))
    assert {"eval_count", "completion_tokens", "predicted_n", "n_ctx", "size", "processed", "context_length"} <= found


@pytest.mark.parametrize("documented", EVERY, ids=str)
def test_no_number_of_a_documented_reply_does_harm(documented: object) -> None:
    for value in ABSURD.values():
        sound(decode_models(with_numbers(documented.list, None, value), "s"))
        body = b"\n\n".join(b"data: " + event.encode() for event in documented.stream) + b"\n\n"
        sound(list(events_of(altered(body, None, value), native=False)))
        for status, answer_body, _ in documented.errors:
            reply = (
                answer_body
                if isinstance(answer_body, bytes)
                else json.dumps(with_numbers(answer_body, None, value)).encode()
            )
            sound(ErrorClassifier(ENDPOINT).of_reply("http://s/x", status, {}, reply, "m"))


APPLICATIONS = [
    *WIRES,
    *(
        Wire(file.stem, file.read_bytes(), "", n8n_decoder, TextLinesFramer)
        for file in sorted((FOLDER / "n8n-1.123.81").glob("*.body"))
    ),
    Wire(
        "dify with every number",
        sse(
            dify("message", answer="Hi", created_at=1, position=0),
            dify(
                "message_end",
                metadata={
                    "usage": {
                        "prompt_tokens": 1,
                        "completion_tokens": 2,
                        "total_tokens": 3,
                        "latency": 0.5,
                        "price": 1,
                    },
                    "retriever_resources": [{"position": 1, "score": 0.9, "segment_position": 2, "content": "x"}],
                },
            ),
        ),
        "Hi",
        dify_decoder,
    ),
    Wire(
        "responses",
        next(iter(chat_recordings("llama.cpp", "/v1/responses"))).body,
        "",
        lambda: ResponsesDecoder(error_of, not_an_api),
    ),
]


@pytest.mark.parametrize("wire", APPLICATIONS, ids=lambda wire: wire.name)
def test_no_number_of_an_application_or_of_responses_does_harm(wire: Wire) -> None:
    def use(body: bytes) -> None:
        answer, _, error = heard(replace(wire, body=body), [body])
        sound(answer.usage)
        sound([error] if error else [])
        sound(answer.parts())

    assert list(failures(wire.body, use)) == []
