"""Cells of CSV tables: no spreadsheet evaluates one, and every text comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.text.csv_cells import guarded_cell, to_csv, unguarded_cell

CELLS = st.text(alphabet="ab1=+-@'\t\r\n ,\";.eE中", max_size=6)


@given(CELLS, st.booleans())
def test_no_cell_starts_like_a_formula_and_every_text_comes_back(text: str, keep_numbers: bool) -> None:
    cell = guarded_cell(text, keep_numbers=keep_numbers)
    assert unguarded_cell(cell) == text
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert keep_numbers
        float(cell)


@pytest.mark.parametrize("number", ["-5", "+1.5", "-1e3"])
def test_numbers_are_guarded_unless_they_are_to_be_kept(number: str) -> None:
    assert guarded_cell(number) == f"'{number}"
    assert guarded_cell(number, keep_numbers=True) == number


@pytest.mark.parametrize("text", ["＝1+1", "＋1", "－1", "＠x", "\n=1", "-inf", "+nan", "-1_000", "-1 %"])
def test_what_only_looks_like_a_number_or_is_wide_is_guarded(text: str) -> None:
    assert guarded_cell(text, keep_numbers=True) == f"'{text}"


@pytest.mark.parametrize("text", ["''tis", "'=1", "'+1", "''=1"])
def test_cells_that_older_versions_guarded_are_read(text: str) -> None:
    assert unguarded_cell(text) == text[1:]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=4))
def test_tables_are_read_back_by_any_reader_of_csv(rows: list[list[str]]) -> None:
    read = csv.reader(io.StringIO(to_csv(rows), newline=""))
    assert [[unguarded_cell(cell) for cell in row] for row in read] == rows
