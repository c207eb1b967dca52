"""What is put between an unfinished answer and what a model says when it is asked to go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.seam import Join, Repetition, Seam, joined
from chatdesk.rendering.markdown.markdown import parse


def through(join: Join, text: str, size: int) -> str:
    """Send a text through in pieces of so many characters."""
    pieces = [join.join(text[start : start + size]) for start in range(0, len(text), size)]
    return "".join(pieces) + join.rest()


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("a very loving little girl who had", "that is", "a very loving little girl who had that is"),
        ("who had", " a secret", "who had a secret"),
        ("who had ", "a secret", "who had a secret"),
        ("You have", "### 2. The Golden Gate", "You have\n\n### 2. The Golden Gate"),
        ("You have", "\n### 2. The Golden Gate", "You have\n\n### 2. The Golden Gate"),
        ("You have\n\n", "### 2. The Golden Gate", "You have\n\n### 2. The Golden Gate"),
        ("You have ", " ## Next", "You have \n\n## Next"),
        ("It works", ", and well.", "It works, and well."),
        ("It works", ".", "It works."),
        ("It (or", "not) works", "It (or not) works"),
        ("It (", "or not)", "It (or not)"),
        ("It costs $", "5", "It costs $5"),
        ("An encyclopedia. An encyclo", "pedia is", "An encyclopedia. An encyclopedia is"),
        ("An encyclo", "encyclopedia is", "An encyclopedia is"),
        ("I was born in", "1986. Then", "I was born in 1986. Then"),
        ("He said", "- not loudly -", "He said - not loudly -"),
        ("Three things:", "1. Bread", "Three things:\n\n1. Bread"),
        ("Three things:\n\n- Bread", "- Milk", "Three things:\n\n- Bread\n- Milk"),
        ("Three things:\n\n- Bread\n", "- Milk", "Three things:\n\n- Bread\n- Milk"),
        ("Done.", "```python\nprint(1)\n```", "Done.\n\n```python\nprint(1)\n```"),
        ("```python\nprint(1)\n", "print(2)\n```", "```python\nprint(1)\nprint(2)\n```"),
        ("```python\nprint(1)\n", "```python\nprint(2)\n```", "```python\nprint(1)\nprint(2)\n```"),
        ("```python\nprint(1)\n", "```\n\nDone.", "```python\nprint(1)\n```\n\nDone."),
        ("```python\nprint(1)", "```\n\nDone.", "```python\nprint(1)\n```\n\nDone."),
        ("```python\nfor i in", "range(3):", "```python\nfor i in range(3):"),
        ("```python\nprint(", "1)", "```python\nprint(1)"),
        ("```python\n    ", "return", "```python\n    return"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| 3 | 4 |", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"),
        ("| a | b |\n|---|---|\n| 1", "| 2 |", "| a | b |\n|---|---|\n| 1| 2 |"),
        ("天空是", "蓝色的", "天空是蓝色的"),
        ("天空是蓝色的", "。因为", "天空是蓝色的。因为"),
        ("天空", "## 第二", "天空\n\n## 第二"),
        ("", "Hi", "Hi"),
        ("Hi", "", "Hi"),
        ("Hi", " \n", "Hi \n"),
    ],
)
def test_words_are_not_glued_and_blocks_stay_blocks(before: str, after: str, whole: str):
    for size in (1, 2, 3, 7, 100):
        assert before + through(Seam(before), after, size) == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You have", "### 2. The Golden Gate"),
        ("See:", "- one\n- two"),
        ("So", "> a quote"),
        ("So", "```\ncode\n```"),
        ("So", "| a |\n|---|\n| 1 |"),
    ],
)
def test_a_block_that_follows_a_half_sentence_is_shown_as_one(before: str, after: str):
    alone, behind = parse(after), parse(before + joined(before, after))
    assert [(type(block), len(block.containers)) for block in behind[1:]] == [
        (type(block), len(block.containers)) for block in alone
    ]


@given(st.text(max_size=40), st.text(max_size=60), st.integers(1, 9))
def test_no_word_of_either_is_lost_however_it_comes_in_pieces(before: str, after: str, size: int):
    whole = joined(before, after)
    assert through(Seam(before), after, size) == whole
    said, given_on = "".join(after.split()), "".join(whole.split())
    assert said.endswith(given_on)
    repeated = said.removesuffix(given_on)
    assert not repeated or before.endswith(repeated) or repeated.startswith(("```", "~~~"))


@given(st.text(max_size=40), st.text(max_size=60), st.integers(1, 9))
def test_what_a_server_repeats_is_taken_away_and_nothing_else(given_text: str, new: str, size: int):
    assert through(Repetition(given_text, ""), given_text + new, size) == new
    if not new.startswith(given_text):
        assert through(Repetition(given_text, ""), new, size) == new


@pytest.mark.parametrize(
    ("lost", "after", "new"),
    [
        (" ", " a secret", "a secret"),
        (" ", "a secret", "a secret"),
        ("    ", "    return 1", "return 1"),
        ("  ", "\nNext", "\nNext"),
        ("\n\n", "\n\n## Two", "## Two"),
        ("\n\n", "## Two", "## Two"),
        ("", " a secret", " a secret"),
    ],
)
def test_white_space_that_was_there_does_not_come_twice(lost: str, after: str, new: str):
    for size in (1, 2, 5):
        assert through(Repetition("", lost), after, size) == new
