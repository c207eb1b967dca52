import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.context.token_estimate import estimate_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("abcd", 1),
        ("abcde", 2),
        ("季度汇报", 4),
        ("季度 abcd", 4),
        ("한국어", 3),
        ("𠀀", 1),
        ("，。", 2),
        ("ひらがな", 4),
        ("🐍", 1),
        ("Größe — “so”", 3),
    ],
)
def test_four_letters_or_one_chinese_sign_are_a_token(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_an_estimate(text: str) -> None:
    assert 0 <= estimate_tokens(text) <= len(text)


@given(st.text(), st.text())
def test_a_longer_text_is_never_fewer_tokens(text: str, more: str) -> None:
    assert estimate_tokens(text + more) >= estimate_tokens(text)


def test_a_text_without_measure_is_estimated_from_its_beginning():
    assert estimate_tokens("a" * 1_000_000 + "字" * 1_000_000) == 500_000
    assert estimate_tokens("字a" * 2_000_000) == 2_500_000
