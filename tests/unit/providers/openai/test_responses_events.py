"""OpenAI's Responses API: what its events say, one by one, as a real server sent them, and cut anywhere."""

import json

import pytest

from chatdesk.kernel.chat.message import FinishReason, ToolCallPart
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    PictureArrived,
    ReasoningDelta,
    TextDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import NotAChatServer, ServerError, ServerFailed
from chatdesk.kernel.servers.server import WireFormat
from chatdesk.network.http import HttpClient
from chatdesk.providers.openai.responses_events import ResponsesDecoder
from chatdesk.providers.streaming.framing import EventOrWholeFramer, Frame
from tests.fakes.scripted_server import Reset, ScriptedServer, chunk, head
from tests.unit.providers.decoding import decoded, error_of, grown, not_an_api
from tests.unit.providers.recordings import recording
from tests.unit.providers.vendor_harness import outcome_of, provider_of

RECORDED = recording("llama.cpp", "46")
SAID = "Hmmm, hello to"


def event(kind: str, **fields: object) -> str:
    return json.dumps({"type": f"response.{kind}", **fields})


def text(delta: object) -> str:
    return event("output_text.delta", item_id="i", delta=delta)


def completed(**response: object) -> str:
    return event("completed", response={"status": "completed", **response})


def events(*data: str) -> list[object]:
    return decoded(ResponsesDecoder, data)


def test_a_real_server_s_stream_is_understood():
    framer = EventOrWholeFramer()
    frames = [frame for frame in (*framer.feed(RECORDED.body), *framer.finish()) if frame.data is not None]
    stream = decoded(ResponsesDecoder, frames)
    assert grown(stream).text == SAID
    assert Finished(FinishReason.STOP, "completed") in stream
    (usage,) = [event.usage for event in stream if isinstance(event, UsageReported)]
    assert (usage.prompt_tokens, usage.completion_tokens, round(usage.tokens_per_second)) == (31, 6, 112)


def decoded_until(body: bytes) -> tuple[str, bool]:
    """Return the text and whether an end was reported, for a stream that ends after `body`."""
    framer, decoder = EventOrWholeFramer(), ResponsesDecoder(error_of, not_an_api)
    answer = grown([])
    try:
        for frame in (*framer.feed(body), *framer.finish()):
            for happened in decoder.decode(frame) if frame.data is not None else ():
                answer.apply(happened)
    except NotAChatServer:
        assert b"\n" not in body  # the beginning of the first line may be anything
    for happened in decoder.flush():
        answer.apply(happened)
    return answer.text, decoder.is_finished


def said_by(body: bytes) -> str:
    """Return the words of the deltas that came whole, read off in the plainest way."""
    lines = [line.removeprefix("data: ") for line in body.decode().split("\n") if line.endswith("}")]
    values = [json.loads(line) for line in lines if '"type":"response.output_text.delta"' in line]
    return "".join(value["delta"] for value in values)


def test_wherever_the_connection_ends_every_word_that_had_come_is_kept_and_no_end_is_made_up():
    assert decoded_until(RECORDED.body) == (SAID, True)
    for end in range(len(RECORDED.body)):
        body = RECORDED.body[:end]
        is_whole = body.rstrip().endswith(b"}}") and b"response.completed" in body and b"timings" in body
        assert decoded_until(body) == (said_by(body), is_whole), end


def test_however_it_is_cut_into_reads_the_events_are_the_same():
    whole = EventOrWholeFramer()
    expected = decoded(
        ResponsesDecoder, [f for f in (*whole.feed(RECORDED.body), *whole.finish()) if f.data is not None]
    )
    for at in range(len(RECORDED.body)):
        framer = EventOrWholeFramer()
        frames = [*framer.feed(RECORDED.body[:at]), *framer.feed(RECORDED.body[at:]), *framer.finish()]
        assert decoded(ResponsesDecoder, [frame for frame in frames if frame.data is not None]) == expected, at


@pytest.mark.parametrize("ending", [Reset(), None], ids=["reset", "closed"])
async def test_a_socket_that_ends_anywhere_leaves_what_had_come_and_one_of_our_errors(
    ending: Reset | None, http: HttpClient
):
    for end in range(0, len(RECORDED.body), 131):
        body = RECORDED.body[:end]
        steps = [head(), *([chunk(body)] if body else []), *([ending] if ending else [])]
        async with ScriptedServer(lambda _request, steps=steps: steps) as server:
            came = await outcome_of(provider_of("llama-cpp", server.url, http, wire_format=WireFormat.RESPONSES))
        assert isinstance(came.error, ServerError)
        if ending is None:
            assert came.answer.text == said_by(body), end
        else:  # it may overtake what was sent before
            assert said_by(body).startswith(came.answer.text), end


def test_reasoning_is_reported_once_whether_as_it_is_or_as_a_summary():
    raw = event("reasoning_text.delta", delta="they greet")
    summary = event("reasoning_summary_text.delta", delta="A greeting.")
    assert grown(events(raw, summary, text("Hi"), completed())).reasoning == "they greet"
    assert grown(events(summary, raw, text("Hi"), completed())).reasoning == "A greeting."


def test_parts_of_a_summary_stand_apart():
    part = event("reasoning_summary_part.added", part={"type": "summary_text", "text": ""})
    one, two = (event("reasoning_summary_text.delta", delta=content) for content in ("One.", "Two."))
    answer = grown(events(part, one, part, two, text("Hi"), completed()))
    assert (answer.reasoning, answer.text) == ("One.\n\nTwo.", "Hi")


def test_a_model_that_thinks_and_does_not_show_it_is_seen_to_think():
    item = event("output_item.added", item={"type": "reasoning", "id": "rs", "summary": []})
    assert events(item, text("Hi"))[0] == AnswerStageChanged(AnswerStage.THINKING)


def test_tags_in_the_text_are_reasoning_here_too():
    answer = grown(events(text("<think>they"), text(" greet</think>"), text("Hi"), completed()))
    assert (answer.reasoning, answer.text) == ("they greet", "Hi")


def test_a_refusal_is_text():
    assert grown(events(event("refusal.delta", delta="I can't."), completed())).text == "I can't."


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("max_output_tokens", FinishReason.LENGTH),
        ("content_filter", FinishReason.CONTENT_FILTER),
        ("new_moon", FinishReason.OTHER),
        (None, FinishReason.OTHER),
    ],
)
def test_why_an_answer_is_not_complete_is_reported(why: str | None, reason: FinishReason):
    response = {"status": "incomplete", "incomplete_details": why and {"reason": why}}
    assert Finished(reason, why or "incomplete") in events(text("Hi"), event("incomplete", response=response))


def test_an_answer_that_has_all_the_tokens_it_may_have_was_cut_off_whatever_the_server_says():
    def ended(limit: int | None) -> FinishReason | None:
        framer, decoder = EventOrWholeFramer(), ResponsesDecoder(error_of, not_an_api, limit=limit)
        frames = [frame for frame in (*framer.feed(RECORDED.body), *framer.finish()) if frame.data is not None]
        return grown([event for frame in frames for event in decoder.decode(frame)]).finish

    assert [ended(limit) for limit in (6, 7, None)] == [FinishReason.LENGTH, FinishReason.STOP, FinishReason.STOP]


def test_usage_is_counted_with_what_was_thought():
    usage = {
        "input_tokens": 36,
        "output_tokens": 87,
        "output_tokens_details": {"reasoning_tokens": 64},
        "total_tokens": 123,
    }
    assert UsageReported(Usage(prompt_tokens=36, completion_tokens=87)) in events(completed(usage=usage))
    assert not any(isinstance(happened, UsageReported) for happened in events(completed(usage=None)))


@pytest.mark.parametrize(
    "data",
    [
        event("failed", response={"status": "failed", "error": {"code": "server_error", "message": "out of order"}}),
        json.dumps({"type": "error", "code": "server_error", "message": "out of order", "sequence_number": 1}),
        json.dumps({"type": "error", "error": {"type": "server_error", "message": "out of order"}}),
        json.dumps({"error": {"message": "out of order"}}),
    ],
)
def test_an_error_is_reported_after_the_words_before_it(data: str):
    decoder = ResponsesDecoder(error_of, not_an_api)
    assert list(decoder.decode(Frame(text("Hi")))) == [TextDelta("Hi")]
    with pytest.raises(ServerFailed, match="out of order"):
        list(decoder.decode(Frame(data)))
    assert not decoder.is_finished


def test_a_call_of_a_tool_is_named_and_the_reason_is_the_call():
    added = event("output_item.added", item={"type": "function_call", "id": "fc", "call_id": "c1", "name": "look"})
    pieces = [event("function_call_arguments.delta", item_id="fc", delta=piece) for piece in ('{"a"', ":1}")]
    stream = events(added, *pieces, completed())
    assert grown(stream).parts() == (ToolCallPart("c1", "look", '{"a":1}'),)  # by which a result is sent back
    assert Finished(FinishReason.TOOL_CALLS, "completed") in stream


def test_arguments_that_come_only_at_the_end_of_a_call_are_not_lost():
    item = {"type": "function_call", "id": "fc", "call_id": "c1", "name": "look", "arguments": '{"a":1}'}
    added = event("output_item.added", item={**item, "arguments": ""})
    whole = event("function_call_arguments.done", item_id="fc", arguments='{"a":1}')
    expected = (ToolCallPart("c1", "look", '{"a":1}'),)
    assert grown(events(added, whole, completed(output=[item]))).parts() == expected
    assert grown(events(added, completed(output=[item]))).parts() == expected
    assert grown(events(completed(output=[item]))).parts() == expected


OUTPUT = [
    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "A greeting."}]},
    {"type": "message", "content": [{"type": "output_text", "text": "Hello"}, {"type": "refusal", "refusal": "!"}]},
]


def test_an_answer_that_comes_only_at_the_end_is_not_lost_and_one_that_came_is_not_repeated():
    assert grown(events(completed(output=OUTPUT))).text == "Hello!"
    assert grown(events(completed(output=OUTPUT))).reasoning == "A greeting."
    assert grown(events(text("Hello!"), completed(output=OUTPUT))).text == "Hello!"


def test_a_whole_reply_instead_of_a_stream_is_understood():
    whole = {"object": "response", "status": "completed", "output": OUTPUT, "error": None, "usage": {"input_tokens": 3}}
    stream = decoded(ResponsesDecoder, [Frame(json.dumps(whole), whole=True)])
    assert grown(stream).text == "Hello!"
    assert Finished(FinishReason.STOP, "completed") in stream


@pytest.mark.parametrize("body", ["<html>", "{}", "[]", '{"choices": []}', '{"output": {}}'])
def test_a_whole_reply_that_is_none_is_not_taken_for_an_answer(body: str):
    with pytest.raises(NotAChatServer):
        decoded(ResponsesDecoder, [Frame(body, whole=True)])


@pytest.mark.parametrize(
    "data",
    [
        "not json",
        "3",
        "null",
        "[]",
        "{}",
        '{"type": 3}',
        event("output_text.delta"),
        text(None),
        text(["x"]),
        event("output_item.added", item="x"),
        event("sang.a.song", verse=1),
        event("output_text.done", text="other words"),
        "[" * 100_000,
    ],
)
def test_what_makes_no_sense_does_no_harm(data: str):
    assert grown(events(data, text("Hi"), completed())).text == "Hi"


def test_nothing_after_the_end_counts():
    assert grown(events(text("Hi"), completed(), text(" there"), "[DONE]")).text == "Hi"


def test_half_a_character_finds_its_other_half():
    assert (
        grown(events('{"type":"response.output_text.delta","delta":"\\ud83d"}', text("\ude00"), completed())).text
        == "😀"
    )


def test_reasoning_comes_before_the_text_it_is_about():
    stream = events(event("reasoning_text.delta", delta="they greet"), text("Hi"))
    assert [type(happened) for happened in stream] == [ReasoningDelta, TextDelta]


def test_an_emoji_in_the_arguments_of_a_tool_may_come_in_halves():
    halves = [event("function_call_arguments.delta", item_id="t", delta=half) for half in ("{\ud83e", "\udd89}\ud83d")]
    (part,) = grown(events(*halves)).parts()
    assert part == ToolCallPart("t", "", "{🦉}")


@pytest.mark.parametrize("kind", ["audio.transcript", "output_audio_transcript"])
def test_what_is_spoken_is_the_text(kind: str):
    assert (
        grown(events(event(f"{kind}.delta", delta="Good "), event(f"{kind}.delta", delta="day."))).text == "Good day."
    )


def test_pictures_come_once_and_in_their_order_whether_their_items_have_ids_or_not():
    def item(number: int, **more: str) -> dict:
        return {
            "type": "image_generation_call",
            "result": f"aW1hZ2U{number}",
            "revised_prompt": f"Cat {number}",
            **more,
        }

    named, unnamed = item(1, id="ig_1"), [item(2), item(3)]
    done = [event("output_item.done", item=each) for each in (named, *unnamed)]
    arrived = [
        happened for happened in events(*done, completed(output=[named])) if isinstance(happened, PictureArrived)
    ]
    assert [(each.source[-8:], each.name) for each in arrived] == [(f"aW1hZ2U{n}", f"Cat {n}") for n in (1, 2, 3)]
    whole = [happened for happened in events(completed(output=[named])) if isinstance(happened, PictureArrived)]
    assert whole == [arrived[0]]
