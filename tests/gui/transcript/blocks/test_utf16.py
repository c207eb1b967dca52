"""Positions in Python's texts and in Qt's."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextLayout

from chatdesk.ui.transcript.blocks import utf16


@given(st.text())
def test_a_text_is_as_long_as_qt_says(text: str) -> None:
    assert utf16.units(text) == len(QTextLayout(text).text().encode("utf-16-le")) // 2


@given(st.text(), st.text(), st.text())
def test_what_is_cut_out_is_what_stands_there(before: str, middle: str, after: str) -> None:
    start = utf16.units(before)
    assert utf16.cut(before + middle + after, start, start + utf16.units(middle)) == middle


def test_what_cannot_be_painted_is_replaced_by_as_much() -> None:
    assert utf16.paintable("a\0b\ud83dc\x1bd\x7f\tz\n") == "a\ufffdb\ufffdc\ufffdd\ufffd\tz\n"
