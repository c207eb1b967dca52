"""Counts as text."""

import pytest

from chatdesk.ui_kit.text.counts import about_tokens, rounded_tokens


@pytest.mark.parametrize(
    ("estimated", "shown"), [(0, 0), (4, 0), (235, 240), (2_851, 2_900), (88_823, 88_800), (363_318, 363_000)]
)
def test_an_estimate_is_rounded_to_its_precision(estimated: int, shown: int) -> None:
    assert rounded_tokens(estimated) == shown


def test_few_tokens_are_not_called_none() -> None:
    assert "4" in about_tokens(4)
