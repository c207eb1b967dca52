"""What may be passed over without parsing it, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import answer_blocks
from chatdesk.features.chat.ui.transcript.find.finder import SourceFilter
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.rendering.markdown.markdown import parse_where
from tests.gui.features.chat.transcript.sample_chat import ANSWER, CHINESE, EVERYTHING


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("A **bold** word", "bold word"),
        ("A [bold](https://example.org) word", "bold word"),
        ("split **be**tween", "between"),
        ("snake\\_case", "snake_case"),
        ("Q&amp;A", "q&a"),
        ("caf&eacute;", "café"),
        ("> 一个\n> 词", "一个 词"),
        ("ÜBER", "über"),
        ("two\nlines", "two lines"),
        ("`a` `b`", "a b"),
        ("A [link](x).", "link."),
    ],
)
def test_what_is_shown_passes(source: str, words: str) -> None:
    assert SourceFilter(Query(words)).may_contain(source)


def test_what_is_not_there_is_passed_over() -> None:
    assert not any(SourceFilter(Query("nowhere")).may_contain(source) for source in (ANSWER, EVERYTHING, CHINESE))
    assert not SourceFilter(Query("无处")).may_contain(CHINESE)


SHOWN = [text for source in (ANSWER, EVERYTHING, CHINESE) for text in map(text_of, answer_blocks(source)) if text]


@given(st.sampled_from(SHOWN), st.integers(0, 200), st.integers(1, 12))
def test_every_word_shown_of_an_answer_passes(text: str, start: int, length: int) -> None:
    words = text[start % len(text) :][:length]
    if words.strip() and "\ufffc" not in words and "·" not in words:
        assert any(SourceFilter(Query(words)).may_contain(source) for source in (ANSWER, EVERYTHING, CHINESE))


WORDS = ("the", "word", "函数", "a", "2", "none", "nowhere", "É", "code block")


@pytest.mark.parametrize("source", [ANSWER, EVERYTHING, CHINESE, "note[^1] word\n\n[^1]: the note\n\nlast word"])
@pytest.mark.parametrize("words", WORDS)
def test_a_block_that_is_passed_over_says_nothing_of_it_and_the_others_are_as_they_would_be(
    source: str, words: str
) -> None:
    query = Query(words)
    looked_through = parse_where(source, SourceFilter(query).may_contain)
    everything = answer_blocks(source)
    assert len(looked_through) == len(everything)
    for block, whole in zip(looked_through, everything, strict=True):
        assert block == whole if block else not list(query.matches(text_of(whole)))


def test_most_blocks_are_passed_over() -> None:
    blocks = parse_where(EVERYTHING, SourceFilter(Query("nowhere")).may_contain)
    assert not any(blocks)


def test_several_sources_are_looked_at_together() -> None:
    looks = SourceFilter(Query("tulip"))
    assert looks.may_contain("a rose", "a **tu**lip")
    assert not looks.may_contain("a tu", "lip")
