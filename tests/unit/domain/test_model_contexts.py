"""How much context is wanted for a model."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.model import ModelRef
from chatdesk.domain.model_contexts import context_in, with_context

A, B = ModelRef("s", "deepseek-r1:8b"), ModelRef("t", "deepseek-r1:8b")


def test_a_wish_is_kept_for_its_model_alone() -> None:
    text = with_context(with_context("", A, 8192), B, 32_768)
    assert (context_in(text, A), context_in(text, B), context_in(text, ModelRef("s", "x"))) == (8192, 32_768, None)
    assert context_in(with_context(text, A, 4096), A) == 4096


def test_the_oldest_wishes_go() -> None:
    text = with_context("", A, 8192)
    for number in range(600):
        text = with_context(text, ModelRef("s", str(number)), 4096)
    assert context_in(text, A) is None
    assert context_in(text, ModelRef("s", "599")) == 4096


@given(st.text())
def test_a_setting_changed_by_hand_says_nothing(text: str) -> None:
    assert context_in(text, A) is None
    assert context_in(with_context(text, A, 8192), A) == 8192


def test_tokens_out_of_range_say_nothing() -> None:
    assert context_in('{"s\\ndeepseek-r1:8b": -1}', A) is None
    assert context_in('{"s\\ndeepseek-r1:8b": "much"}', A) is None
