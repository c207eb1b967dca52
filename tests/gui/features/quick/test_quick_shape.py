"""Where the window for quick questions comes up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from chatdesk.features.quick.ui.quick_window import geometry_from_text, geometry_to_text

LAPTOP, BESIDE = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)
USUAL, LEAST = QSize(640, 512), QSize(426, 320)


def placed(text: str, *screens: QRect) -> QRect:
    return geometry_from_text(text, list(screens), usual=USUAL, least=LEAST)


@pytest.mark.parametrize("text", ["", "nonsense", "1,2,3", "1,2,0,4", "1,2,3,4,5", "9999999,0,640,512", "1;2;3;4"])
def test_without_a_place_that_makes_sense_it_stands_in_the_middle_a_fifth_down(text: str) -> None:
    assert placed(text, LAPTOP, BESIDE) == QRect(363, 145, 640, 512)


def test_it_comes_back_where_it_was_on_any_screen() -> None:
    place = QRect(1500, 60, 700, 600)
    assert placed(geometry_to_text(place), LAPTOP, BESIDE) == place


def test_where_its_screen_is_gone_it_keeps_its_size() -> None:
    assert placed("1500,60,700,600", LAPTOP) == QRect(333, 128, 700, 600)


def test_it_is_moved_so_that_all_of_it_is_seen() -> None:
    assert placed("1000,400,640,512", LAPTOP) == QRect(726, 216, 640, 512)


@given(st.tuples(st.integers(), st.integers(), st.integers(), st.integers()))
def test_it_can_always_be_seen_whole(numbers: tuple[int, int, int, int]) -> None:
    place = placed(",".join(map(str, numbers)), LAPTOP, BESIDE)
    assert any(screen.contains(place) for screen in (LAPTOP, BESIDE))
