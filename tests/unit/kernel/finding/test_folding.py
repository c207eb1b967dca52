import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.finding.folding import fold, fold_with_offsets


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("HTML", "html"),
        ("ＨＴＭＬ", "html"),
        ("ﬁle", "file"),
        ("H₂O and x²", "h2o and x2"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("ﾊﾞﾅﾅ", "バナナ"),
        ("Straße", "strasse"),
        ("İstanbul ÀÉî", "istanbul aei"),
        ("龍與學習", "龙与学习"),
        ("“it’s” – so", '"it\'s" - so'),
        ("a\u00a0b soft\u00adly", "a b softly"),
        ("❤️", "❤"),
        ("C++ __init__ 50%", "c++ __init__ 50%"),
    ],
)
def test_spellings_that_mean_the_same_are_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["é", "ＨＴＭＬ", "バナナ", "한국어", "ﬁancé", "Straße", "がパ"])
def test_composed_and_decomposed_texts_are_equal(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_kana_and_their_voicing_differ() -> None:
    assert fold("がパ") != fold("かハ")


@given(st.text())
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
