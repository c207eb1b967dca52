"""What a page may leave behind: read as a stranger's text."""

import json

import pytest

from chatdesk.domain.kept_items import MOST_BYTES, MOST_ITEMS, MOST_WRITTEN, read_items, write_items


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
    assert read_items(json.dumps([[str(number), ""] for number in range(MOST_ITEMS)]))
    assert read_items(json.dumps([[str(number), ""] for number in range(MOST_ITEMS + 1)])) is None
    assert read_items(json.dumps([["a", "x" * (MOST_BYTES - 1)]]))
    assert read_items(json.dumps([["a", "x" * MOST_BYTES]])) is None
    assert read_items(json.dumps([["a", "文" * (MOST_BYTES // 3 + 1)]], ensure_ascii=False)) is None


def test_a_text_that_is_too_long_is_not_even_read() -> None:
    assert read_items("[]" + " " * (MOST_WRITTEN - 2)) == ()
    assert read_items("[]" + " " * (MOST_WRITTEN - 1)) is None
