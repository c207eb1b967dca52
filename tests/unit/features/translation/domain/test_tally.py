"""Counting rows."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.translation.domain.document import Document, TranslationRow
from chatdesk.features.translation.domain.segments import Segment, SegmentKind
from chatdesk.features.translation.domain.tally import RowStatistics

ROWS = st.builds(
    TranslationRow,
    st.integers(0, 3),
    st.builds(Segment, st.sampled_from(["a", "b", ""]), st.sampled_from(list(SegmentKind))),
    st.sampled_from(["", "x"]),
    st.sampled_from(["a", "b"]),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(ROWS, max_size=12))
def test_counting_row_by_row_is_counting_all_at_the_end(changes: list[TranslationRow]) -> None:
    tally = RowStatistics()
    rows: dict[int, TranslationRow] = {}
    for row in changes:
        tally.update([row])
        rows[row.number] = row
    assert (tally.done, tally.translatable) == Document(tuple(rows.values())).progress
    assert tally.has_work == any(row.waits for row in rows.values())
    assert tally.has_results == any(row.result for row in rows.values())
