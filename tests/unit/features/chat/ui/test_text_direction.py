"""Which way a text runs."""

import pytest

from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import is_mixed, runs_from_the_right


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("", False),
        ("plain", False),
        ("中文", False),
        ("שלום", True),
        ("مرحبا بالعالم", True),
        ("123 – שלום", True),
        ("A word in שלום Hebrew", False),
        ("שלום and English", True),
        ("1. 2. 3.", False),
    ],
)
def test_the_first_letter_with_a_direction_decides(text: str, from_right: bool) -> None:
    assert runs_from_the_right(text) is from_right


def test_only_a_text_with_letters_from_the_right_is_mixed() -> None:
    assert is_mixed("abc שלום")
    assert not is_mixed("abc 中文 é")
