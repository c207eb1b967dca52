"""Characters without a font are boxes on a page, and everything else stays as it is."""

import pytest

from chatdesk.features.conversations.ui.exporting.page_glyphs import boxed
from chatdesk.ui_kit.text import utf16

_LETTERS = "\u0928\u092e\u0938\u094d\u0924\u0947"


def has_latin_and_marks(character: str) -> bool:
    return character < "\u0370" or character == "\U0001f600"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, 中文 and “quotes” – as they are", "plain, 中文 and “quotes” – as they are"),
        (f"Hindi {_LETTERS}, then", "Hindi □□□\u200b□\u200b, then"),
        ("\U00013000!", "□\u200b!"),
        ("\U0001f600 \ue000", "\U0001f600 □"),
        ("o\u0302\u0301 and \u1ed1", "o\u0302\u0301 and \u1ed1"),
        ("family \U0001f600\u200d\U0001f600\ufe0f", "family \U0001f600\u200d\U0001f600\ufe0f"),
    ],
)
def test_only_missing_characters_become_boxes(text: str, shown: str) -> None:
    assert boxed(text, has_latin_and_marks) == shown
    assert utf16.units(shown) == utf16.units(text)
