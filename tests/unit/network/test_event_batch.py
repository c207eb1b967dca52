from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Source
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    PictureArrived,
    ReasoningDelta,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextWasReasoning,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.network.event_relay import EventBatch


def batch(*events: StreamEvent) -> tuple[StreamEvent, ...]:
    collected = EventBatch()
    for event in events:
        collected.add(event)
    return collected.pop(10_000)


def test_neighbouring_pieces_of_one_kind_become_one():
    events = (ReasoningDelta("a"), ReasoningDelta("b"), TextDelta("c"), TextDelta("d"), ReasoningDelta("e"))
    assert batch(*events) == (ReasoningDelta("ab"), TextDelta("cd"), ReasoningDelta("e"))


def test_what_was_left_and_what_came_after_it_become_one_piece():
    collected = EventBatch()
    collected.add(TextDelta("abc"))
    assert collected.pop(2) == (TextDelta("ab"),)
    collected.add(TextDelta("d"))
    collected.add(ReasoningDelta("r"))
    assert collected.pop(10_000) == (TextDelta("cd"), ReasoningDelta("r"))
    collected.add(TextDelta("ef"))
    assert collected.pop(1) == (TextDelta("e"),)
    collected.add(ReasoningDelta("r"))
    assert collected.pop(10_000) == (TextDelta("f"), ReasoningDelta("r"))


def test_pieces_are_not_joined_over_what_lies_between():
    assert batch(TextDelta("a"), TextWasReasoning(), TextDelta("b")) == (
        TextDelta("a"),
        TextWasReasoning(),
        TextDelta("b"),
    )


def test_only_the_latest_of_neighbouring_stages_and_usages_is_reported():
    first, last = (
        AnswerStageChanged(AnswerStage.READING_PROMPT, 1, 9),
        AnswerStageChanged(AnswerStage.READING_PROMPT, 9, 9),
    )
    assert batch(AnswerStageChanged(AnswerStage.WAITING), first, last, TextDelta("a"), first) == (
        last,
        TextDelta("a"),
        first,
    )
    assert batch(UsageReported(Usage(1)), UsageReported(Usage(2))) == (UsageReported(Usage(2)),)


def test_a_batch_is_empty_again_once_it_is_taken():
    collected = EventBatch()
    assert not collected
    collected.add(TextDelta("abc"))
    assert collected
    assert collected.weight >= 3
    assert collected.pop(10_000) == (TextDelta("abc"),)
    assert not collected
    assert collected.weight == 0
    assert collected.pop(10_000) == ()


EVENTS = st.one_of(
    st.builds(TextDelta, st.text(max_size=3)),
    st.builds(ReasoningDelta, st.text(max_size=3)),
    st.just(TextWasReasoning()),
    st.builds(ToolCallDelta, st.integers(0, 2), st.text(max_size=2), st.text(max_size=2), st.text(max_size=2)),
    st.builds(UsageReported, st.builds(Usage, st.integers(0, 9))),
    st.builds(AnswerStageChanged, st.sampled_from(AnswerStage)),
    st.builds(Finished, st.sampled_from(FinishReason)),
)


DELTAS = st.one_of(st.builds(TextDelta, st.text(max_size=9)), st.builds(ReasoningDelta, st.text(max_size=9)))


@given(st.lists(st.one_of(DELTAS, st.just(TextWasReasoning()), st.integers(1, 7)), max_size=30))
def test_however_it_is_taken_nothing_is_lost_and_no_batch_is_too_long(steps: list[StreamEvent | int]):
    """A number takes so many characters."""
    collected, popped, given_events = EventBatch(), list[StreamEvent](), list[StreamEvent]()
    for step in [*steps, *[5] * 60]:
        if not isinstance(step, int):
            collected.add(step)
            given_events.append(step)
            continue
        some = collected.pop(step)
        assert sum(len(event.text) for event in some if not isinstance(event, TextWasReasoning)) <= step
        assert all(type(one) is not type(other) for one, other in pairwise(some) if one != TextWasReasoning())
        popped += some
    assert not collected
    assert collected.weight == 0
    assert batch(*popped) == batch(*given_events)


@given(st.lists(EVENTS, max_size=30))
def test_an_answer_made_of_a_batch_is_the_answer_made_of_its_events(events: list[StreamEvent]):
    by_event, by_batch = GrowingAnswer(), GrowingAnswer()
    for event in events:
        by_event.apply(event)
    for event in batch(*events):
        by_batch.apply(event)
    assert by_batch.parts() == by_event.parts()
    assert (by_batch.usage, by_batch.finish) == (by_event.usage, by_event.finish)


@given(st.lists(st.sampled_from("abcde"), max_size=40), st.integers(1, 7))
def test_taken_in_parts_it_is_the_same_answer(letters: list[str], most: int):
    collected = EventBatch()
    kinds = {"a": TextDelta("aa"), "b": ReasoningDelta("bbb"), "c": TextWasReasoning(), "d": TextDelta("ddddddddd")}
    events = [kinds.get(letter, AnswerStageChanged(AnswerStage.WAITING)) for letter in letters]
    for event in events:
        collected.add(event)
    parts = []
    while collected:
        parts.append(collected.pop(most))
    texts = [[event.text for event in part if isinstance(event, TextDelta | ReasoningDelta)] for part in parts]
    assert all(sum(map(len, part)) <= most for part in texts)
    whole = EventBatch()
    for event in (event for part in parts for event in part):
        whole.add(event)
    assert whole.pop(10_000) == batch(*events)
    assert collected.weight == 0


def test_what_holds_much_weighs_much_whatever_it_is():
    collected = EventBatch()
    collected.add(ToolCallDelta(0, "c", "f", "x" * 10_000))
    collected.add(SourcesFound((Source(1, "t", "p" * 4_000),)))
    collected.add(PictureArrived("data:image/png;base64," + "A" * 50_000, "name"))
    assert collected.weight >= 64_000
    collected.pop(1)
    assert collected.weight == 0
