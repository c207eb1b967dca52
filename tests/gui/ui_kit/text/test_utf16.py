"""Positions in Python's texts and in Qt's."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextLayout

from chatdesk.ui_kit.text import utf16

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
WITH_TAGS = st.text(st.sampled_from("a 中\u0301\u200d👩🏴\U000e0041\U000e007f\0."), max_size=60)


def boundaries(kind: QTextBoundaryFinder.BoundaryType, text: str) -> list[int]:
    finder = QTextBoundaryFinder(kind, text)
    return list(iter(finder.toNextBoundary, -1))


@given(st.text())
def test_a_text_is_as_long_as_qt_says(text: str) -> None:
    assert utf16.units(text) == len(QTextLayout(text).text().encode("utf-16-le")) // 2


@given(st.text(), st.text(), st.text())
def test_what_is_cut_out_is_what_stands_there(before: str, middle: str, after: str) -> None:
    start = utf16.units(before)
    assert utf16.cut(before + middle + after, start, start + utf16.units(middle)) == middle


def test_what_cannot_be_painted_is_replaced_by_as_much() -> None:
    assert utf16.paintable("a\0b\ud83dc\x1bd\x7f\tz\n") == "a\ufffdb\ufffdc\ufffdd\ufffd\tz\n"


def test_the_flag_of_a_region_is_painted_from_its_tags() -> None:
    assert utf16.paintable(f"a{ENGLAND}b") == f"a{ENGLAND}b"


def test_tags_that_belong_to_no_flag_are_not_given_to_qt() -> None:
    assert utf16.paintable("a\U000e0041\U000e007fb") == "a" + "\ufe0b" * 4 + "b"
    assert utf16.paintable("\U0001f3f4" + "\U000e0041" * 40_000) == "\U0001f3f4" + "\ufe0b" * 80_000


@given(WITH_TAGS)
def test_what_is_painted_has_the_length_and_the_boundaries_of_the_text(text: str) -> None:
    shown = utf16.paintable(text)
    assert utf16.units(shown) == utf16.units(text)
    plain = text.replace("\0", "\ufffd")
    for kind in (QTextBoundaryFinder.BoundaryType.Grapheme, QTextBoundaryFinder.BoundaryType.Word):
        assert boundaries(kind, shown) == boundaries(kind, plain)
