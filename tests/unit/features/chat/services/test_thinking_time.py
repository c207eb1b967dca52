from chatdesk.features.chat.services.answer_stream import ThinkingTime
from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta, TextWasReasoning

THOUGHT, WORD = ReasoningDelta("hm"), TextDelta("Yes")


def measured(*happened: tuple[float, StreamEvent], before: int = 0, at: float | None = None) -> int:
    """Return the milliseconds after events at these seconds; `at` is when it is asked for."""
    clock = [0.0]
    thinking = ThinkingTime(before, lambda: clock[0])
    for clock[0], event in happened:
        thinking.note(event)
    clock[0] = clock[0] if at is None else at
    return thinking.milliseconds


def test_it_thinks_from_its_first_thought_to_its_first_word():
    assert measured((3, THOUGHT), (5, THOUGHT), (7.25, WORD), (9, WORD)) == 4250


def test_what_it_has_thought_is_known_while_it_thinks():
    assert measured((3, THOUGHT), at=8) == 5000


def test_every_stretch_of_thinking_counts():
    assert measured((1, THOUGHT), (2, WORD), (10, THOUGHT), (13, WORD), at=20) == 4000


def test_a_continued_answer_goes_on_from_what_it_had():
    assert measured((1, THOUGHT), (2, WORD), before=12_000) == 13_000


def test_where_only_a_closing_tag_comes_it_has_thought_since_its_first_word():
    assert measured((1, WORD), (2, WORD), (4, TextWasReasoning()), (5, WORD)) == 3000


def test_a_word_alone_is_no_thinking():
    assert measured((1, WORD), (4, WORD)) == 0
