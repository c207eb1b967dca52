"""How wide columns are and which hold numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.transcript.blocks.table_layout import TableColumns


def columns(*rows: tuple[str, ...]) -> TableColumns:
    found = TableColumns(len(rows[0]), 1.0)
    for row in rows:
        found.add_row([8.0 * len(text) for text in row], row)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "12,345.67",
        "€16,288.95",
        "5.000%",
        "-3",
        "−3.5",
        "+7",
        "1e5",
        "12 ms",
        "41.8 t/s",
        "1:30",
        "$5",
        "~40 GB",
        "10 %",
    ],
)
def test_numbers_with_signs_and_units_are_numbers(text: str) -> None:
    assert columns(("head",), (text,)).is_numeric(0)


@pytest.mark.parametrize("text", ["one", "3 apples and pears", "v", "2 of my best", "12 Monkeys are here"])
def test_words_are_no_numbers(text: str) -> None:
    assert not columns(("head",), (text,)).is_numeric(0)


def test_a_missing_value_among_numbers_changes_nothing() -> None:
    assert columns(("n",), ("1",), ("–",), ("",), ("n/a",)).is_numeric(0)


def test_one_word_makes_a_column_of_words() -> None:
    assert not columns(("n",), ("1",), ("two",), ("3",)).is_numeric(0)


def test_rows_taken_back_are_forgotten() -> None:
    table = columns(("n",), ("1",))
    widths = table.widths(300)
    table.add_row([500.0], ["words of great length"])
    table.truncate(2)
    assert table.is_numeric(0)
    assert table.widths(300) == widths


@given(st.lists(st.lists(st.integers(1, 900), min_size=3, max_size=3), min_size=1, max_size=6), st.integers(60, 1_500))
def test_the_columns_fill_the_room_unless_they_cannot_be_squeezed_into_it(
    rows: list[list[int]], available: int
) -> None:
    table = TableColumns(3, 1.0)
    for row in rows:
        table.add_row(row, ["x"] * 3)
    widths = table.widths(available)
    least = [min(96, max(row[index] for row in rows) + 1) for index in range(3)]
    if sum(least) <= available:
        assert available - 3 <= sum(widths) <= available
    assert all(width >= low for width, low in zip(widths, least, strict=True))
