from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.markdown.line_cursor import LineCursor


def test_indentation_is_counted_in_columns():
    assert LineCursor("  a", 0).indent == 2
    assert LineCursor("\ta", 0).indent == 4
    assert LineCursor("  \ta", 0).indent == 4
    assert LineCursor("a", 0).indent == 0


def test_a_tab_may_be_used_up_in_part():
    cursor = LineCursor("\t\tfoo", 0)

    cursor.skip_columns(2)
    assert (cursor.indent, cursor.rest) == (6, "  \tfoo")
    cursor.skip_columns(4)
    assert (cursor.indent, cursor.rest) == (2, "  foo")
    cursor.skip_columns(9)
    assert (cursor.indent, cursor.rest) == (0, "foo")


def test_offsets_are_those_of_the_source():
    cursor = LineCursor("> \ta  ", 100)

    cursor.skip(1)
    assert cursor.offset == 103
    assert cursor.end == 104


@given(st.text(alphabet=" \ta>", max_size=12), st.lists(st.integers(0, 5), max_size=6))
def test_skipping_columns_one_by_one_is_skipping_them_at_once(text: str, steps: list[int]):
    at_once, one_by_one = LineCursor(text, 0), LineCursor(text, 0)

    at_once.skip_columns(sum(steps))
    for step in steps:
        one_by_one.skip_columns(step)

    assert (at_once.rest, at_once.indent, at_once.offset) == (one_by_one.rest, one_by_one.indent, one_by_one.offset)
