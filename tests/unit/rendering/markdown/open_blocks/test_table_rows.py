import pytest

from chatdesk.rendering.markdown.blocks import Alignment
from chatdesk.rendering.markdown.open_blocks.open_blocks import (
    MAX_COLUMNS,
    fit_row,
    parse_delimiter_row,
    split_row,
)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a|b", ("a", "b")),
        ("|a\\|b|", ("a|b",)),
        ("| a ||", ("a", "")),
        ("||", ("",)),
        ("|", ()),
        ("", ()),
    ],
)
def test_a_line_is_cut_at_its_pipes(line: str, cells: tuple[str, ...]):
    assert split_row(line) == cells


def test_a_row_is_made_as_long_as_the_table_is_wide():
    assert fit_row(("a",), 3) == ("a", "", "")
    assert fit_row(("a", "b", "c"), 2) == ("a", "b")


def test_a_delimiter_row_gives_the_alignments():
    assert parse_delimiter_row("|:-|-:|:-:|---|") == (Alignment.LEFT, Alignment.RIGHT, Alignment.CENTER, Alignment.NONE)


@pytest.mark.parametrize("line", ["-", "| a |", "- | -", "|--||--|", "|:|", "|- -|", "|" + "-|" * (MAX_COLUMNS + 1)])
def test_another_line_is_no_delimiter_row(line: str):
    assert parse_delimiter_row(line) is None
