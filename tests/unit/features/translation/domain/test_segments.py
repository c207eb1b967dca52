"""Cutting a text into segments and putting it together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.translation.domain.segments import MAX_SEGMENT_LENGTH, Segment, SegmentKind, cut, join

MARKDOWN = """---
title: Notes
---
# Getting started

First line of a paragraph
that goes on here.

- one
  and more of one
- [ ] two {x}
1. three

| Name | Size |
|------|-----:|
| Disk | 10 |

> quoted
> twice

```python
print("not translated")
```
Title
=====
$$
a + b
$$
[id]: https://example.org
    indented code
"""
MARKS = ("\n", "\r\n", "\r", " ", "\u3000", "\t", "a. B", "word ", "1", "中文。")
STRUCTURE = (
    "# h",
    "- i",
    "```",
    "> q",
    "|a|b|",
    "|-|-|",
    "---",
    "$$",
    "==",
    "<b>",
    "    x",
    "00:00:01,000 --> 00:00:02,000",
)
PIECES = st.lists(st.sampled_from(MARKS + STRUCTURE), max_size=24).map("".join)


def texts(text: str) -> list[tuple[str, str]]:
    return [(segment.kind.value, segment.text) for segment in cut(text)]


@given(PIECES | st.text(max_size=60))
def test_untouched_segments_make_the_text_again(text: str) -> None:
    segments = cut(text)
    assert join(segments, [None] * len(segments)) == text
    assert join(segments, [segment.text for segment in segments]) == text or "\r" in text


@given(st.integers(1, 5 * MAX_SEGMENT_LENGTH), st.sampled_from(["x", "word ", "Sentence. ", "一句话。"]))
def test_no_segment_is_longer_than_the_bound(length: int, piece: str) -> None:
    text = (piece * length)[:length]
    segments = cut(text)
    assert join(segments, [None] * len(segments)) == text
    assert max((len(segment.text) for segment in segments), default=0) <= MAX_SEGMENT_LENGTH


def test_the_structure_of_markdown_stays_outside() -> None:
    assert texts(MARKDOWN) == [
        ("kept", "---\ntitle: Notes\n---"),
        ("heading", "Getting started"),
        ("paragraph", "First line of a paragraph\nthat goes on here."),
        ("item", "one\n  and more of one"),
        ("item", "two {x}"),
        ("item", "three"),
        ("table-row", "| Name | Size |"),
        ("kept", "|------|-----:|"),
        ("table-row", "| Disk | 10 |"),
        ("quote", "quoted\n> twice"),
        ("kept", '```python\nprint("not translated")\n```'),
        ("heading", "Title"),
        ("kept", "$$\na + b\n$$"),
        ("kept", "[id]: https://example.org"),
        ("kept", "indented code"),
    ]


def test_what_is_put_in_keeps_the_layout() -> None:
    text = "# Hello\r\n\r\n- one\r\n- two\r\n"
    assert join(cut(text), ["Hallo", "eins", "zwei\nmehr"]) == "# Hallo\r\n\r\n- eins\r\n- zwei\r\nmehr\r\n"


def test_subtitles_keep_their_time_codes() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,500\nHello\nthere.\n\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n"
    segments = cut(text)
    assert [segment.text for segment in segments] == ["Hello\nthere.", "Bye."]
    assert all(segment.kind is SegmentKind.CAPTION for segment in segments)
    assert join(segments, ["Hallo.", "Tschüss."]).startswith("1\n00:00:01,000 --> 00:00:02,500\nHallo.\n\n2\n")


def test_webvtt_keeps_its_head() -> None:
    text = "WEBVTT\n\nNOTE by hand\n\n00:01.000 --> 00:02.000 align:start\nHi.\n"
    assert [segment.text for segment in cut(text)] == ["Hi."]


def test_long_lines_and_chinese_lines_are_paragraphs_of_their_own() -> None:
    long = "word " * 30 + "end."
    assert len(cut(f"{long}\n{long}\n")) == 2
    assert [segment.text for segment in cut("第一段。\n第二段。\n　　第三段")] == ["第一段。", "第二段。", "第三段"]
    assert len(cut("wrapped by\nhand at\nforty columns")) == 1


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (Segment("word"), True),
        (Segment("中文"), True),
        (Segment("12 %"), False),
        (Segment("code()", SegmentKind.VERBATIM), False),
    ],
)
def test_only_words_are_translated(segment: Segment, expected: bool) -> None:
    assert segment.translatable is expected
