"""What an answer cost, whatever somebody says it did."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage, count, rate, rate_of

ABSURD = (2**31, 2**53, 2**64, 10**400, -1, float("nan"), float("inf"), -float("inf"), True, "3", None, [1], {"a": 1})
ANYTHING = st.one_of(
    st.sampled_from(ABSURD), st.integers(), st.floats(), st.text(), st.booleans(), st.none(), st.lists(st.integers())
)


@pytest.mark.parametrize("value", ABSURD)
def test_what_is_no_count_counts_as_not_said(value: object) -> None:
    assert count(value) is None
    assert rate(value) is None


@pytest.mark.parametrize("value", [0, 1, 10**6, MAX_PLAUSIBLE])
def test_a_count_stays_as_it_is(value: int) -> None:
    assert count(value) == value
    assert rate(value) == value


def test_a_rate_without_measure_is_none() -> None:
    assert rate_of(MAX_PLAUSIBLE, 5e-324) is None
    assert rate_of(10, 0.0) is None
    assert rate_of(None, 1.0) is None
    assert rate_of(10, 2.0) == 5.0
    assert rate_of(10, 2_000_000_000, 1_000_000_000) == 5.0


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Usage)]), ANYTHING))
def test_a_record_of_anybody_gives_numbers_that_can_be_shown(record: dict[str, object]) -> None:
    usage = Usage.of(record).after(Usage.of(record))
    for field in fields(Usage):
        value = getattr(usage, field.name)
        assert value is None or 0 <= value <= MAX_PLAUSIBLE
