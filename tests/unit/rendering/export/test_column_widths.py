"""The widths of the columns of a table."""

import pytest

from chatdesk.rendering.export.column_widths import column_widths


def test_a_table_that_fits_fills_its_width() -> None:
    assert column_widths([100, 200], [50, 50], 600) == [200, 400]


def test_only_the_widest_columns_give_way() -> None:
    assert column_widths([50, 900, 60], [50, 40, 60], 400) == pytest.approx([50, 290, 60], abs=1)


def test_no_column_is_narrower_than_its_longest_word() -> None:
    assert column_widths([500, 500], [300, 40], 400) == pytest.approx([300, 100], abs=1)


def test_words_that_do_not_fit_at_all_are_broken_in_the_widest_columns() -> None:
    assert column_widths([50, 900], [50, 900], 400) == pytest.approx([50, 350], abs=1)
