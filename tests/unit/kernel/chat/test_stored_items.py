"""What a page may leave behind: read as a stranger's text."""

import json
import re
import time
from collections.abc import Callable
from functools import partial

import pytest

from chatdesk.kernel.chat.stored_items import MAX_BYTES, MAX_ITEMS, MAX_JSON_LENGTH, read_items, write_items


def test_what_was_written_is_read() -> None:
    items = (("best", "31"), ("", ""), ("__proto__", '{"a": 1}'), ("half \ud800", "文\u2028</script>"))
    written = write_items(items)
    assert written.isascii()
    assert read_items(written) == items


@pytest.mark.parametrize(
    "said",
    [
        None,
        1,
        ["a"],
        b"[]",
        "",
        "{}",
        "null",
        '"text"',
        "[1]",
        '[["a"]]',
        '[["a", 1]]',
        '[["a", null]]',
        '[["a", "b", "c"]]',
        '[[["a"], "b"]]',
        '[{"0": "a", "1": "b"}]',
        '["ab"]',
        '[["a", "b"]',
        '[["a", "b"], ["a", "c"]]',
        "[" * 100_000,
        "9" * 10_000,
        '[["a", NaN]]',
    ],
)
def test_anything_else_is_nothing(said: object) -> None:
    assert read_items(said) is None


def test_as_many_and_as_much_as_may_be_and_no_more() -> None:
    assert read_items(json.dumps([[str(number), ""] for number in range(MAX_ITEMS)]))
    assert read_items(json.dumps([[str(number), ""] for number in range(MAX_ITEMS + 1)])) is None
    assert read_items(json.dumps([["a", "x" * (MAX_BYTES - 1)]]))
    assert read_items(json.dumps([["a", "x" * MAX_BYTES]])) is None
    assert read_items(json.dumps([["a", "文" * (MAX_BYTES // 3 + 1)]], ensure_ascii=False)) is None


def test_a_text_that_is_too_long_is_not_even_read() -> None:
    escaped = "\\u0061" * (MAX_JSON_LENGTH // 6 - 10)
    assert read_items(f'[["a","{escaped}"]]')
    assert read_items(f'[["a","{escaped}{"x" * 100}"]]') is None


def seconds(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def least_share(work: Callable[[], object], floor: Callable[[], object]) -> float:
    """Return how many times as long as `floor` the work takes, at best: both right after each other, so that what slows one slows both."""
    return min(seconds(work) / seconds(floor) for _ in range(5))


def test_what_was_made_to_take_long_takes_hardly_longer_than_looking_at_each_character() -> None:
    """Ten milliseconds on a good machine: less than a frame."""
    escapes = '\\"' * 900_000
    look_at_each = partial(re.fullmatch, r"(?:\\.)*+", escapes)
    many = [
        '["a","b"],' * 190_000,
        "{}," * 600_000,
        "[" * 1_900_000,
        '"' * 1_900_000,
        "\\" * 1_900_000,
        f'["a","{escapes}',
    ]
    for start in many:
        assert read_items(f"[{start}") is None
        assert least_share(partial(read_items, f"[{start}"), look_at_each) < 3


def test_any_text_goes_round() -> None:
    for text in ("\\", '"', '\\"', "\\\\", "]],[[", "\0\x1f\x7f", "\u2028", "\ud83e", "[]", '","'):
        items = ((text, text), (f"{text}x", f"x{text}"))
        assert read_items(write_items(items)) == items
