import json

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, ToolCallPart
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, StreamEvent, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import NotAChatServer, ServerFailed
from chatdesk.providers.ollama.line_decoder import OllamaLineDecoder
from tests.unit.providers.decoding import decoded, grown


def events(*lines: object) -> list[StreamEvent]:
    return decoded(OllamaLineDecoder, [line if isinstance(line, str) else json.dumps(line) for line in lines])


def answer(*lines: object) -> GrowingAnswer:
    return grown(events(*lines))


def says(content: object = "", **more: object) -> dict:
    return {"model": "m", "message": {"role": "assistant", "content": content, **more}, "done": False}


def done(**more: object) -> dict:
    return {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", **more}


def test_thinking_and_text_come_in_their_fields():
    assert events(says(thinking="hm"), says("Yes."), done()) == [
        ReasoningDelta("hm"),
        TextDelta("Yes."),
        Finished(FinishReason.STOP, "stop"),
    ]


def test_tags_in_the_text_are_found_where_the_server_does_not_know_thinking():
    result = answer(says("<think>"), says("hm"), says("</think>"), says("\n\nYes."), done())
    assert (result.reasoning, result.text) == ("hm", "Yes.")


def test_the_last_record_brings_counts_and_speed():
    assert answer(done(prompt_eval_count=26, eval_count=298, eval_duration=4_799_921_000)).usage == Usage(
        26, 298, pytest.approx(62.084, abs=0.001)
    )


def test_counts_of_zero_are_left_out_by_the_server():
    assert answer(done(eval_count=5, eval_duration=1_000_000_000)).usage == Usage(0, 5, 5.0)
    assert answer(done(prompt_eval_count=7)).usage == Usage(7, 0)
    assert answer(done()).usage is None


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", FinishReason.STOP),
        ("length", FinishReason.LENGTH),
        ("load", FinishReason.OTHER),
        ("unload", FinishReason.OTHER),
    ],
)
def test_the_reason_for_stopping_is_reported(word: str, reason: FinishReason):
    assert events(done(done_reason=word)) == [Finished(reason, word)]


def test_an_end_without_a_reason_is_a_stop():
    assert events({"done": True}) == [Finished(FinishReason.STOP, "stop")]


def test_the_last_record_may_bring_text():
    assert answer({"message": {"content": "Yes."}, "done": True}).text == "Yes."


def test_a_call_for_a_tool_comes_whole():
    calls = [
        {"id": "c1", "function": {"index": 0, "name": "f", "arguments": {"city": "Paris"}}},
        {"function": {"name": "g"}},
    ]
    result = answer(says(tool_calls=calls), done())
    assert result.parts() == (ToolCallPart("c1", "f", '{"city": "Paris"}'), ToolCallPart("", "g", "null"))
    assert result.finish is FinishReason.TOOL_CALLS


@pytest.mark.parametrize("line", [{"error": "an error was encountered"}, {"error": {"message": "x"}}])
def test_an_error_line_ends_the_stream_at_any_point(line: dict):
    with pytest.raises(ServerFailed):
        events(line)
    with pytest.raises(ServerFailed):
        events(says("Hi"), line)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "{",
        "[" * 100_000,
        "5",
        '"text"',
        "[]",
        "{}",
        {"message": None},
        {"message": 5},
        {"message": {"content": 5, "thinking": [], "tool_calls": 1}},
        {"done": "yes"},
    ],
)
def test_a_line_that_says_nothing_adds_nothing_and_the_stream_goes_on(line: object):
    assert events(says("a"), line, says("b")) == [TextDelta("a"), TextDelta("b")]


def test_a_damaged_first_line_is_passed_over_too():
    assert events('{"message":', says("a")) == [TextDelta("a")]


@pytest.mark.parametrize("body", ["<html>log in</html>", "Ollama is running", '{"ok":true}', "[]"])
def test_a_reply_that_begins_with_something_else_is_not_the_protocol(body: str):
    with pytest.raises(NotAChatServer):
        events(body)


def test_a_number_without_sense_does_not_cost_the_text_beside_it():
    assert events('{"message":{"content":"on"},"eval_count":NaN,"x":1e999}') == [TextDelta("on")]
    assert events(says("a"), done(eval_count=2**70, eval_duration=-1))[-2:] == [
        UsageReported(Usage(0, 0)),
        Finished(FinishReason.STOP, "stop"),
    ]


def test_a_character_in_two_halves_is_put_together():
    assert answer('{"message":{"content":"\\ud83d"}}', '{"message":{"content":"\\ude00"}}', done()).text == "😀"
    assert answer('{"message":{"content":"\\ud83d"}}', done()).text == "\ufffd"
