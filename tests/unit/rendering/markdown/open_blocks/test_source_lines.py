from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.markdown.open_blocks.source_lines import SourceLines


def _lines(pieces: list[str]) -> list[tuple[str, int]]:
    lines = SourceLines()
    complete = [line for piece in pieces for line in lines.feed(piece)]
    return [*complete, (lines.last, lines.last_start)]


def test_all_three_ends_of_lines_end_a_line():
    assert _lines(["a\nb\r\nc\rd"]) == [("a", 0), ("b", 2), ("c", 5), ("d", 7)]


def test_a_carriage_return_at_the_end_waits_for_its_line_feed():
    lines = SourceLines()

    assert list(lines.feed("a\r")) == []
    assert lines.last == "a"
    assert list(lines.feed("\nb")) == [("a", 0)]
    assert (lines.last, lines.last_start) == ("b", 3)


def test_what_no_screen_can_show_is_replaced_one_for_one():
    assert _lines(["a\0b\x1b\ud83d\ufffe\x85c\td"]) == [("a\ufffdb\ufffd\ufffd\ufffd\ufffdc\td", 0)]


@given(st.lists(st.text(alphabet="ab\r\n\0", max_size=6), max_size=8))
def test_lines_are_the_same_however_the_text_is_cut(pieces: list[str]):
    assert _lines(pieces) == _lines(["".join(pieces)])
