import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.ui_kit.text.safe_text import plain_line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Packing list for Norway", "Packing list for Norway"),
        ("two\nlines\tand\x00more", "two lines and more"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2067right\u2069 left", "right left"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("季度汇报提纲", "季度汇报提纲"),
    ],
)
def test_a_title_is_one_line_that_turns_nothing_round(title: str, shown: str) -> None:
    assert plain_line(title) == shown


def test_a_title_of_ten_kilobytes_is_cut() -> None:
    assert plain_line("x" * 10_000) == "x" * 300 + "…"


@given(st.text(max_size=400))
def test_no_title_holds_anything_that_breaks_or_turns_the_line(title: str) -> None:
    shown = plain_line(title)
    assert not any(unicodedata.category(character) == "Cc" for character in shown)
    assert not any(
        unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} for c in shown
    )
