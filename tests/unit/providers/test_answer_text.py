import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.providers.answer_text import AnswerOverflow, AnswerText


def decoded(*pieces: tuple[str, str]) -> tuple[str, str]:
    """Return reasoning and text of an answer whose fields brought `pieces`, each ("reasoning" or "content", text)."""
    answer, growing = AnswerText(), GrowingAnswer()
    events: list[StreamEvent] = []
    for field, piece in pieces:
        events += answer.reasoning(piece) if field == "reasoning" else answer.content(piece)
    for event in [*events, *answer.finish()]:
        growing.apply(event)
    return growing.reasoning, growing.text


def test_each_field_brings_its_own():
    assert decoded(("reasoning", "a"), ("content", "b"), ("content", "c")) == ("a", "bc")


def test_tags_are_found_where_no_field_brings_reasoning():
    assert decoded(("content", "<think>a</thi"), ("content", "nk>b")) == ("a", "b")


def test_reasoning_that_comes_in_its_field_and_in_tags_is_reported_once():
    both = [("reasoning", "a"), ("content", "<think>a"), ("reasoning", "b"), ("content", "b</think>c")]
    assert decoded(*both) == ("ab", "c")
    tags_first = [("content", "<think>a"), ("reasoning", "a"), ("content", "b</think>c"), ("reasoning", "b")]
    assert decoded(*tags_first) == ("ab", "c")


def test_a_closing_tag_takes_nothing_back_once_reasoning_came_in_its_field():
    assert decoded(("reasoning", "a"), ("content", "b</think>c")) == ("a", "b</think>c")


def test_half_characters_find_their_other_half_within_their_field():
    assert decoded(("reasoning", "\ud83d"), ("content", "x\ud83d"), ("reasoning", "\ude00"), ("content", "\ude00")) == (
        "😀",
        "x😀",
    )
    assert decoded(("content", "x\ud83d")) == ("", "x\ufffd")


def test_control_characters_pass_unchanged():
    assert decoded(("content", "a\0b\x1bc")) == ("", "a\0b\x1bc")


def test_an_answer_without_end_is_ended():
    answer = AnswerText(limit=10)
    answer.content("12345")
    answer.reasoning("12345")
    with pytest.raises(AnswerOverflow):
        answer.content("1")
