"""Values of JSON may be nested as deeply as allowed, and no deeper."""

import pytest

from chatdesk.features.presets.importing.foreign_text import is_too_deep


@pytest.mark.parametrize(
    ("value", "levels"),
    [
        ("word", 0),
        ([], 0),
        ({}, 0),
        ([1, "word"], 1),
        ([{}, []], 1),
        ({"a": {"b": None}}, 2),
        ([1, [2, {"a": [[]]}], 3], 4),
    ],
)
def test_a_value_with_something_below_the_last_allowed_level_is_too_deep(value: object, levels: int) -> None:
    assert [is_too_deep(value, most) for most in range(1, 7)] == [most <= levels for most in range(1, 7)]
