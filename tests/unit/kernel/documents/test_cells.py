"""Ranges of cells, as people write them."""

import pytest

from chatdesk.kernel.documents.cells import CellRange, column_letters, column_number, parse_range


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A1:I214", CellRange(0, 0, 213, 8)),
        (" $b$2 : $c$3 ", CellRange(1, 1, 2, 2)),
        ("C3:A1", CellRange(0, 0, 2, 2)),
        ("AA10", CellRange(9, 26, 9, 26)),
        ("B:D", CellRange(first_column=1, last_column=3)),
        ("C", CellRange(first_column=2, last_column=2)),
        ("7", CellRange(first_row=6, last_row=6)),
        ("5:20", CellRange(first_row=4, last_row=19)),
    ],
)
def test_a_range_is_understood(text: str, found: CellRange) -> None:
    assert parse_range(text) == found


@pytest.mark.parametrize("text", ["", ":", "A1:", "A1:B", "A0", "A1:B2:C3", "ZZZ1", "A9999999", "一1", "A1;DROP"])
def test_what_is_no_range_is_refused(text: str) -> None:
    assert parse_range(text) is None


@pytest.mark.parametrize("column", [0, 25, 26, 701, 702, 16_383])
def test_columns_have_letters(column: int) -> None:
    assert column_number(column_letters(column)) == column


def test_a_range_is_written_as_it_is_read() -> None:
    assert str(CellRange(0, 0, 213, 8)) == "A1:I214"
    assert str(CellRange(1, 1, 1, 1)) == "B2"
