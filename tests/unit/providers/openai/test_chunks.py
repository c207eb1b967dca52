import json
import logging

import pytest

from chatdesk.kernel.chat.answer import MAX_TOOL_CALLS, GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, ToolCallPart
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import NotAChatServer, ServerFailed
from chatdesk.providers.answer_text import AnswerOverflow, AnswerText
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.streaming.framing import Frame
from tests.unit.providers.decoding import decoded, error_of, grown, not_an_api


def events(*frames: object) -> list[StreamEvent]:
    return decoded(
        OpenAIChunkDecoder, [frame if isinstance(frame, str | Frame) else json.dumps(frame) for frame in frames]
    )


def answer(*frames: object) -> GrowingAnswer:
    return grown(events(*frames))


def delta(reason: str | None = None, **fields: object) -> dict:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": reason}]}


def test_text_comes_piece_by_piece():
    assert events(delta(role="assistant", content=""), delta(content="Hi"), delta(content=" there")) == [
        TextDelta("Hi"),
        TextDelta(" there"),
    ]


@pytest.mark.parametrize(
    "chunk",
    [
        {},
        {"choices": []},
        {"choices": None},
        {"choices": {}},
        {"choices": [None]},
        {"choices": [{}]},
        {"choices": [{"delta": None}]},
        {"choices": [{"delta": {}}]},
        {"choices": [{"delta": {"content": None}}]},
        {"choices": [{"delta": {"role": "assistant"}}]},
        {"choices": [{"delta": {"content": 5}}]},
        {"choices": [{"delta": {"content": True}}]},
        {"choices": [{"delta": {"content": {"a": 1}}}]},
        {"choices": [{"delta": {"content": [None, 5, "x", {"type": "image_url"}]}}]},
        {"choices": [{"delta": {"tool_calls": None, "function_call": None, "reasoning_details": {}}}]},
        {"choices": [{"finish_reason": 7, "delta": 3, "index": 0}]},
        {"usage": None, "timings": None, "prompt_progress": None, "error": None, "x_groq": None},
        {"usage": {"prompt_tokens": "many", "completion_tokens": -1}},
        [],
        5,
        "5",
        "null",
        "not json",
        '{"choices":',
        "[" * 100_000,
        '{"choices":[{"index":0,"delta":{"content":' + "9" * 5000 + "}}]}",
    ],
)
def test_a_chunk_that_says_nothing_adds_nothing_and_the_stream_goes_on(chunk: object):
    assert events(chunk, delta(content="on")) == [TextDelta("on")]


@pytest.mark.parametrize(
    ("chunk", "kind"), [({}, "NoneType"), ({"choices": None}, "NoneType"), ({"choices": {}}, "dict")]
)
def test_a_chunk_that_says_nothing_is_noted_for_whoever_looks_into_the_log(
    chunk: object, kind: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG, "chatdesk.providers.openai.chunks")
    events(chunk, delta(content="on"))
    assert [record.getMessage() for record in caplog.records] == [
        f"Ignored a chunk that says nothing: its choices are {kind}"
    ]


@pytest.mark.parametrize("chunk", [{"choices": []}, {"usage": {"prompt_tokens": 1}}, {"prompt_progress": {"total": 2}}])
def test_a_chunk_that_needs_no_choices_is_not_noted(chunk: object, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "chatdesk.providers.openai.chunks")
    events(chunk, delta(content="on"))
    assert caplog.records == []


def test_a_number_without_sense_does_not_cost_the_text_beside_it():
    assert events('{"choices":[{"index":0,"delta":{"content":"on"},"logprob":NaN,"p":1e999}]}') == [TextDelta("on")]


@pytest.mark.parametrize(
    "fields",
    [
        {"reasoning_content": "hm"},
        {"reasoning": "hm"},
        {"thinking": "hm"},
        {"reasoning": {"content": "hm"}},
        {"reasoning": {"text": "hm"}},
        {"reasoning_details": [{"type": "reasoning.text", "text": "h"}, {"type": "reasoning.summary", "summary": "m"}]},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}], "closed": False}]},
        {"content": [{"type": "thinking", "thinking": "hm"}]},
        {"reasoning": "hm", "reasoning_content": "hm"},
        {"reasoning": "hm", "reasoning_details": [{"type": "reasoning.text", "text": "hm"}]},
        {"reasoning_content": "hm", "content": None},
        {"reasoning_content": "", "reasoning": "hm"},
    ],
)
def test_reasoning_is_found_in_every_known_field_and_reported_once(fields: dict):
    result = answer(delta(**fields), delta(content="Yes."))
    assert (result.reasoning, result.text) == ("hm", "Yes.")


def test_reasoning_that_is_hidden_is_reported_as_a_stage():
    hidden = delta(reasoning_details=[{"type": "reasoning.encrypted", "data": "x"}])
    assert events(hidden, hidden, delta(content="Yes.")) == [
        AnswerStageChanged(AnswerStage.THINKING),
        TextDelta("Yes."),
    ]


def test_text_in_a_list_of_parts_is_joined():
    assert answer(delta(content=[{"type": "text", "text": "a"}, {"type": "text", "text": "b"}])).text == "ab"


def test_a_refusal_is_shown_as_text():
    assert answer(delta(refusal="I will not.")).text == "I will not."


def test_only_the_first_of_several_answers_is_reported():
    both = {"choices": [{"index": 1, "delta": {"content": "second"}}, {"index": 0, "delta": {"content": "first"}}]}
    only = {"choices": [{"index": 1, "delta": {"content": "second"}}]}
    assert answer(both, only).text == "first"


def test_a_character_in_two_halves_is_put_together():
    assert (
        answer('{"choices":[{"delta":{"content":"\\ud83d"}}]}', '{"choices":[{"delta":{"content":"\\ude00!"}}]}').text
        == "😀!"
    )


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", FinishReason.STOP),
        ("length", FinishReason.LENGTH),
        ("content_filter", FinishReason.CONTENT_FILTER),
        ("tool_calls", FinishReason.TOOL_CALLS),
        ("function_call", FinishReason.TOOL_CALLS),
        ("abort", FinishReason.ABORTED),
        ("insufficient_system_resource", FinishReason.ABORTED),
        ("parse_error", FinishReason.STOP),
        ("sensitive", FinishReason.CONTENT_FILTER),
        ("something_new", FinishReason.OTHER),
    ],
)
def test_the_reason_for_stopping_is_folded_and_its_word_kept(word: str, reason: FinishReason):
    assert events(delta(word, content="x")) == [TextDelta("x"), Finished(reason, word)]


@pytest.mark.parametrize("reason", [None, "", 5])
def test_no_reason_is_no_end(reason: object):
    decoder = OpenAIChunkDecoder(error_of, not_an_api)
    assert list(decoder.decode(Frame(json.dumps(delta(reason, content="x"))))) == [TextDelta("x")]  # type: ignore[arg-type]
    assert not decoder.is_finished


def test_what_was_held_back_comes_before_the_end():
    assert events(delta(content="a </thi"), delta("stop")) == [
        TextDelta("a "),
        TextDelta("</thi"),
        Finished(FinishReason.STOP, "stop"),
    ]


def test_done_is_the_end_and_is_not_taken_for_json():
    decoder = OpenAIChunkDecoder(error_of, not_an_api)
    assert list(decoder.decode(Frame(" [DONE] "))) == []
    assert decoder.is_over
    assert not decoder.is_finished


def test_usage_is_the_latest_wherever_it_stands():
    first = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 1}}
    last = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}}
    assert answer(first, last, last).usage == Usage(9, 2)
    assert events(last, last) == [UsageReported(Usage(9, 2))]
    assert answer(
        {"x_groq": {"usage": {"prompt_tokens": 9, "completion_tokens": 20, "completion_time": 0.5}}}
    ).usage == Usage(9, 20, 40.0)
    in_choice = {
        "choices": [
            {"index": 0, "delta": {}, "finish_reason": "stop", "usage": {"prompt_tokens": 3, "completion_tokens": 4}}
        ]
    }
    assert answer(in_choice).usage == Usage(3, 4)


def test_timings_of_llama_cpp_tell_the_speed_and_stand_in_for_usage():
    timings = {"cache_n": 10, "prompt_n": 5, "predicted_n": 20, "predicted_per_second": 81.5}
    assert answer({"choices": [], "timings": timings}).usage == Usage(15, 20, 81.5, cached_prompt_tokens=10)
    assert answer(
        {"choices": [], "timings": timings, "usage": {"prompt_tokens": 14, "completion_tokens": 21}}
    ).usage == Usage(14, 21, 81.5, cached_prompt_tokens=10)
    assert answer({"choices": [], "timings": {**timings, "predicted_n": 0}}).usage is None


@pytest.mark.parametrize(
    "reported",
    [{"prompt_tokens_details": {"cached_tokens": 12}}, {"prompt_cache_hit_tokens": 12, "prompt_cache_miss_tokens": 2}],
    ids=["OpenAI", "DeepSeek"],
)
def test_tokens_from_the_prompt_cache_are_counted(reported: dict[str, object]):
    usage = {"prompt_tokens": 14, "completion_tokens": 21, **reported}
    assert answer({"choices": [], "usage": usage}).usage == Usage(14, 21, cached_prompt_tokens=12)


def test_progress_in_reading_the_prompt_is_a_stage():
    chunk = {
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}],
        "prompt_progress": {"total": 631, "cache": 0, "processed": 256},
    }
    assert events(chunk) == [AnswerStageChanged(AnswerStage.READING_PROMPT, 256, 631)]


def call(index: object = None, call_id: object = None, name: object = None, arguments: object = None) -> dict:
    return {"index": index, "id": call_id, "function": {"name": name, "arguments": arguments}}


def test_a_call_for_a_tool_is_reported_in_its_pieces_beside_the_text():
    result = answer(
        delta(content="Let me see.", tool_calls=[call(0, "c1", "get_time", "")]),
        delta(tool_calls=[call(0, None, None, '{"tz":')]),
        delta(tool_calls=[call(0, "", "", '"UTC"}')]),
        delta("tool_calls"),
    )
    assert result.text == "Let me see."
    assert result.parts()[1:] == (ToolCallPart("c1", "get_time", '{"tz":"UTC"}'),)
    assert result.finish is FinishReason.TOOL_CALLS


def test_calls_without_an_index_are_distinguished_by_id_or_belong_to_the_last():
    result = answer(
        delta(tool_calls=[call(None, "a", "f", "1")]),
        delta(tool_calls=[call(None, "b", "g", "2")]),
        delta(tool_calls=[call(None, None, None, "3")]),
        delta(tool_calls=[call(None, "a", None, "4")]),
    )
    assert result.parts() == (ToolCallPart("a", "f", "14"), ToolCallPart("b", "g", "23"))


def test_a_whole_call_with_its_arguments_as_an_object_is_understood():
    assert events(delta(tool_calls=[call(0, "a", "f", {"x": "é"})])) == [ToolCallDelta(0, "a", "f", '{"x": "é"}')]
    assert events(delta(function_call={"name": "f", "arguments": "{}"})) == [ToolCallDelta(0, "", "f", "{}")]


def test_a_stop_after_a_call_is_a_call():
    assert answer(delta(tool_calls=[call(0, "a", "f", "{}")]), delta("stop")).finish is FinishReason.TOOL_CALLS


@pytest.mark.parametrize(
    "frame",
    [
        {"error": {"message": "boom", "code": 500}},
        {"error": "boom"},
        {"choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}], "error": {"message": "boom"}},
        {"x_groq": {"error": "boom"}},
        {"object": "error", "message": "boom", "code": 400},
        {"detail": "boom"},
        {"code": 20012, "message": "boom", "data": None},
        Frame('{"message":"boom"}', "error"),
        Frame("boom", "error"),
        Frame('"boom"', "error"),
        Frame('{"error":{"message":"boom"}}', whole=True),
    ],
)
def test_an_error_in_any_shape_ends_the_stream(frame: object):
    with pytest.raises(ServerFailed, match="boom"):
        events(delta(content="Hi"), frame)


def test_an_error_reported_as_the_reason_for_stopping_ends_the_stream():
    with pytest.raises(ServerFailed, match="error"):
        events(delta("error", content="x"))


def test_named_events_we_do_not_know_are_read_like_any_other_and_do_nothing_else():
    assert events(Frame(json.dumps(delta(content="x")), "execute")) == [TextDelta("x")]


def test_a_whole_reply_is_decoded_like_a_stream():
    message = {"role": "assistant", "content": "Yes.", "reasoning_content": "hm"}
    body = {
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
    }
    result = answer(Frame(json.dumps(body), whole=True))
    assert (result.reasoning, result.text, result.finish, result.usage) == (
        "hm",
        "Yes.",
        FinishReason.STOP,
        Usage(1, 2),
    )


@pytest.mark.parametrize(
    "body", ["<html>log in</html>", "{}", '{"ok":true}', '{"choices":[]}', "[]", "5", "Unexpected endpoint"]
)
def test_a_whole_reply_that_is_no_answer_is_not_the_protocol(body: str):
    with pytest.raises(NotAChatServer):
        events(Frame(body, whole=True))


@pytest.mark.parametrize("word", ["stop", "null", "NULL", "None"])
def test_a_reason_for_stopping_in_every_piece_cuts_nothing_off(word: str):
    result = answer(
        delta(word, content="a <th"),
        delta(word, content="ink> b"),
        delta("length"),
        delta("stop"),
        {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}},
    )
    assert (result.text, result.finish, result.usage) == ("a <think> b", FinishReason.LENGTH, Usage(1, 1))


def test_a_reason_that_means_nothing_is_no_end():
    decoder = OpenAIChunkDecoder(error_of, not_an_api)
    finished = []
    for piece in ("a", "b", ""):
        list(decoder.decode(Frame(json.dumps(delta("stop", content=piece)))))
        finished.append(decoder.is_finished)
    assert finished == [True, False, False]
    list(decoder.flush())
    assert decoder.is_finished


@pytest.mark.parametrize("index", [[], {}, "0", None])
def test_an_index_of_another_kind_does_no_harm(index: object):
    assert answer({"choices": [{"index": index, "delta": {"content": "Hi"}}]}).text in {"Hi", ""}
    assert answer(delta(content=[{"type": index, "text": "Hi"}])).text in {"Hi", ""}


def test_calls_of_tools_without_end_are_cut_off_and_few_are_kept():
    decoder = OpenAIChunkDecoder(error_of, not_an_api)
    decoder._answer = AnswerText(limit=100_000)
    growing = GrowingAnswer()

    def never_end() -> None:
        for number in range(10_000):
            call = {"index": number, "id": f"c{number}", "function": {"name": "f"}}
            for event in decoder.decode(Frame(json.dumps(delta(tool_calls=[call])))):
                growing.apply(event)

    with pytest.raises(AnswerOverflow):
        never_end()
    assert len(growing.parts()) == MAX_TOOL_CALLS


@pytest.mark.parametrize("depth", range(900, 1000, 3))
def test_arguments_nested_as_deeply_as_can_be_decoded_do_no_harm(depth: int):
    nested = '{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":' + "[" * depth + "]" * depth + "}}]}}]}"
    events(nested, delta(content="Hi"))


def test_arguments_that_are_values_are_read_as_they_are_written():
    call = {"function": {"name": "f", "arguments": {"city": "北京", "bad": "\ud83d"}}}
    (part,) = answer(delta(tool_calls=[call])).parts()
    assert part == ToolCallPart("", "f", '{"city": "北京", "bad": "\ufffd"}')


@pytest.mark.parametrize(
    "chunk",
    [
        {"choices": [{"index": "0", "delta": {"content": "Hi"}, "finish_reason": "stop"}]},
        {"choices": [{"index": 0.0, "delta": {"content": "Hi"}, "finish_reason": "stop"}]},
        {"choices": [{"index": 0, "text": "Hi", "finish_reason": "stop"}]},
        {"choices": [{"index": 0, "delta": {"content": "Hi", "finish_reason": "stop"}}]},
    ],
    ids=["a number as text", "a number with a point", "in the field of older servers", "its end beside its words"],
)
def test_words_of_an_odd_gateway_are_not_lost(chunk: dict):
    assert (answer(chunk).text, answer(chunk).finish) == ("Hi", FinishReason.STOP)
