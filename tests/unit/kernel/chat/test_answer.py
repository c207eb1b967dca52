"""Stream events folded into parts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import (
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
)
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    CharactersLost,
    Finished,
    PictureAdded,
    ReasoningDelta,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage


def message_of(*parts: Part) -> Message:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Message("m", "c", None, 1, Role.ASSISTANT, parts, MessageState.INTERRUPTED, now)


def test_pieces_join_into_reasoning_then_text() -> None:
    answer = GrowingAnswer()
    for event in (ReasoningDelta("a"), ReasoningDelta("b"), TextDelta("c"), TextDelta("d")):
        answer.apply(event)
    assert answer.parts() == (ReasoningPart("ab"), TextPart("cd"))


def test_a_closing_tag_alone_turns_what_came_before_into_reasoning() -> None:
    answer = GrowingAnswer()
    for event in (TextDelta("hmm "), TextDelta("so"), TextWasReasoning(), TextDelta("42")):
        answer.apply(event)
    assert answer.parts() == (ReasoningPart("hmm so"), TextPart("42"))


def test_lost_characters_are_noted_where_they_stand_also_in_an_answer_that_goes_on() -> None:
    answer = GrowingAnswer()
    for event in (ReasoningDelta("fine"), TextDelta("br\ufffdken"), CharactersLost()):
        answer.apply(event)
    assert answer.parts() == (ReasoningPart("fine"), TextPart("br\ufffdken", damaged=True))
    again = GrowingAnswer.of(message_of(*answer.parts()))
    again.apply(TextDelta(" and more"))
    assert again.parts() == (ReasoningPart("fine"), TextPart("br\ufffdken and more", damaged=True))


def test_a_replacement_character_that_a_model_wrote_itself_is_no_loss() -> None:
    answer = GrowingAnswer()
    answer.apply(TextDelta("\ufffd is U+FFFD"))
    assert answer.parts() == (TextPart("\ufffd is U+FFFD"),)


def test_a_person_who_rewrites_an_answer_has_mended_it() -> None:
    message = message_of(TextPart("br\ufffdken", damaged=True))
    assert message.damaged
    assert not message.with_text("broken").damaged


def test_the_last_usage_counts_and_stages_change_nothing() -> None:
    answer = GrowingAnswer()
    for event in (
        AnswerStageChanged(AnswerStage.THINKING),
        UsageReported(Usage(1, 1)),
        UsageReported(Usage(1, 2)),
        Finished(FinishReason.STOP),
    ):
        answer.apply(event)
    assert answer.is_empty
    assert answer.usage == Usage(1, 2)
    assert answer.finish is FinishReason.STOP


def test_pieces_of_tool_calls_join_by_index() -> None:
    answer = GrowingAnswer()
    for event in (
        ToolCallDelta(1, "b", "two", ""),
        ToolCallDelta(0, "a", "one", '{"x"'),
        ToolCallDelta(0, "", "", ":1}"),
    ):
        answer.apply(event)
    assert answer.parts() == (ToolCallPart("a", "one", '{"x":1}'), ToolCallPart("b", "two", ""))


def test_an_answer_goes_on_with_its_calls_and_pictures_and_new_calls_are_others() -> None:
    cat, dog = ImagePart("a" * 64, "image/png", "cat"), ImagePart("b" * 64, "image/png", "dog")
    before = (TextPart("Half"), cat, ToolCallPart("a", "one", "{}"))
    answer = GrowingAnswer.of(message_of(*before))
    assert answer.parts() == before
    for event in (PictureAdded(dog), ToolCallDelta(0, "b", "two", "{"), ToolCallDelta(0, "b", "two", "}")):
        answer.apply(event)
    assert answer.parts() == (TextPart("Half"), cat, dog, before[2], ToolCallPart("b", "two", "{}"))


@pytest.mark.parametrize("parts", [(ImagePart("a" * 64, "image/png", "x"),), (ToolCallPart("a", "one", "{}"),)])
def test_an_answer_of_a_picture_or_a_call_is_not_empty(parts: tuple) -> None:
    assert not GrowingAnswer.of(message_of(*parts)).is_empty


@given(st.text(), st.text(), st.lists(st.text()))
def test_an_answer_goes_on_from_what_a_message_holds(reasoning: str, text: str, more: list[str]) -> None:
    answer = GrowingAnswer.of(message_of(ReasoningPart(reasoning, 7), TextPart(text)))
    for piece in more:
        answer.apply(TextDelta(piece))
    assert answer.parts() == (ReasoningPart(reasoning, 7), TextPart(text + "".join(more)))


def test_what_is_taken_back_leaves_what_was_there_before_the_answer_went_on() -> None:
    answer = GrowingAnswer()
    for event in (TextDelta("part one"), TextDelta(" wrong"), TextRetracted(len("part one")), TextDelta(" two")):
        answer.apply(event)
    assert answer.text == "part one two"
