"""Heights stacked one below the other, against the plain sums."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.ui_kit.lists.height_index import HeightIndex

HEIGHTS = st.lists(st.integers(0, 500), max_size=60)


@given(HEIGHTS)
def test_each_begins_where_the_ones_before_it_end(heights: list[int]) -> None:
    index = HeightIndex(heights)
    assert [index.top(i) for i in range(len(heights) + 1)] == [sum(heights[:i]) for i in range(len(heights) + 1)]
    assert index.total == sum(heights)


@given(HEIGHTS.filter(bool), st.data())
def test_a_changed_height_moves_what_is_below_it(heights: list[int], data: st.DataObject) -> None:
    index = HeightIndex(heights)
    changed = data.draw(st.integers(0, len(heights) - 1))
    heights[changed] = index[changed] + 7
    index[changed] = heights[changed]
    assert [index.top(i) for i in range(len(heights) + 1)] == [sum(heights[:i]) for i in range(len(heights) + 1)]


@given(HEIGHTS, HEIGHTS, st.data())
def test_cutting_off_the_end_and_adding_again_is_like_never_having_been_longer(
    heights: list[int], more: list[int], data: st.DataObject
) -> None:
    remaining = data.draw(st.integers(0, len(heights)))
    index = HeightIndex(heights)
    index.truncate(remaining)
    for height in more:
        index.append(height)
    expected = heights[:remaining] + more
    assert [index.top(i) for i in range(len(expected) + 1)] == [sum(expected[:i]) for i in range(len(expected) + 1)]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.integers(-50, 40_000))
def test_the_one_found_at_a_height_spans_it(heights: list[int], y: int) -> None:
    index = HeightIndex(heights)
    found = index.at(y)
    if 0 <= y < index.total:
        assert index.top(found) <= y < index.top(found + 1)
    else:
        assert found == (0 if y < 0 else len(heights) - 1)


def test_nothing_is_found_where_nothing_is() -> None:
    assert HeightIndex().at(0) == -1
