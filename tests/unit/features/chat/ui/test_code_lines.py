"""Lines of code that grow."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.transcript.blocks.code.code_lines import CodeLines
from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import MAX_RUN_LENGTH
from chatdesk.ui_kit.text import utf16

CODE = st.lists(st.sampled_from(["a", "\n", "🙂", "x" * 3_000, " = ", "\t"]), max_size=30).map("".join)


def shown(lines: CodeLines) -> tuple[list[str], list[str], list[int]]:
    return lines.lines, lines.rows, [lines.start(row) for row in range(len(lines.rows))]


@given(CODE, CODE)
def test_code_that_grew_is_shown_like_code_that_was_there_at_once(before: str, more: str) -> None:
    grown = CodeLines(before)
    first = grown.grow(before + more)
    whole = CodeLines(before + more)
    assert shown(grown) == shown(whole)
    old = CodeLines(before)
    assert first is not None
    assert old.rows[:first] == whole.rows[:first]


@given(CODE)
def test_a_row_begins_where_its_text_stands_in_the_code(text: str) -> None:
    lines = CodeLines(text)
    for number, row in enumerate(lines.rows):
        start = lines.start(number)
        assert utf16.cut(text, start, start + utf16.units(row)) == row
        if row:
            assert lines.at(start) == number


def test_other_code_is_not_taken_for_growth() -> None:
    assert CodeLines("def one").grow("def two") is None


def test_an_endless_line_takes_several_rows_and_is_none_of_them_as_a_whole() -> None:
    lines = CodeLines("short\n" + "x" * (2 * MAX_RUN_LENGTH + 1))
    assert [len(row) for row in lines.rows] == [5, MAX_RUN_LENGTH, MAX_RUN_LENGTH, 1]
    assert [lines.whole_line(row) for row in range(4)] == [0, None, None, None]
