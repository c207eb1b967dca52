"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.translation.domain.sentences import Span, sentence_at, sentences


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith paid $3.50. He left.", ["Dr. Smith paid $3.50.", "He left."]),
        ("See e.g. the U.S. report.", ["See e.g. the U.S. report."]),
        ("Am 3. mai ist z.B. frei. Gut.", ["Am 3. mai ist z.B. frei.", "Gut."]),
        ("他说：“好。”然后走了。真的？是！", ["他说：“好。”", "然后走了。", "真的？", "是！"]),
        ("今日は晴れです。明日は？", ["今日は晴れです。", "明日は？"]),
        ("Look at example.org/a.b now", ["Look at example.org/a.b now"]),
        ("  \n", []),
    ],
)
def test_sentences_of(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet='aB.!?。！ \n"”3', max_size=40))
def test_nothing_but_blanks_is_left_between_them(text: str) -> None:
    spans = sentences(text)
    rest = text
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.end :]
    assert not rest.strip()
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


def test_a_place_belongs_to_the_sentence_before_it() -> None:
    text = "One. Two."
    assert [sentence_at(text, place) for place in (0, 4, 5, 9)] == [Span(0, 4), Span(0, 4), Span(5, 9), Span(5, 9)]
    assert sentence_at("", 0) is None
