"""What a person wants of a model, and how it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.model_preference import (
    MAX_NICKNAME_LENGTH,
    NO_PREFERENCE,
    EngineChoices,
    ModelPreference,
    preference_of,
    preference_record,
)
from chatdesk.kernel.models.parameters import Parameters

PREFERENCES = st.builds(
    ModelPreference,
    st.text(max_size=MAX_NICKNAME_LENGTH),
    st.booleans(),
    st.booleans(),
    st.text(max_size=200),
    st.builds(
        Parameters,
        temperature=st.one_of(st.none(), st.floats(0, 5)),
        num_ctx=st.one_of(st.none(), st.integers(128, 99_999)),
    ),
    st.builds(EngineChoices, st.integers(0, 16_777_216), st.integers(0, 4096), st.booleans()),
)


@given(PREFERENCES)
def test_what_is_kept_is_read_again(preference) -> None:
    assert preference_of(preference_record(preference)) == preference


def test_what_is_as_it_comes_is_not_written() -> None:
    assert preference_record(NO_PREFERENCE) == {}


@pytest.mark.parametrize(
    "record",
    [
        {"nickname": 7, "favourite": "yes", "hidden": 1, "system_prompt": [], "parameters": "hot"},
        {"nickname": "n" * 1000, "parameters": {"temperature": 99, "num_ctx": "much"}},
    ],
)
def test_what_is_odd_counts_as_nothing(record) -> None:
    assert preference_of(record) == NO_PREFERENCE
