import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.text.safe_line import SurrogateJoiner, without_lone_surrogates

HIGH, LOW = "\ud83d", "\ude00"


def joined(*pieces: str) -> str:
    joiner = SurrogateJoiner()
    return "".join([*map(joiner.feed, pieces), joiner.finish()])


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([HIGH, LOW], "😀"),
        (["a" + HIGH, LOW + "b"], "a😀b"),
        (["a" + HIGH, "", LOW + "b"], "a😀b"),
        ([HIGH], "\ufffd"),
        ([HIGH, "x"], "\ufffdx"),
        ([LOW], "\ufffd"),
        ([HIGH, HIGH, LOW], "\ufffd😀"),
        ([HIGH + LOW], "😀"),
        (["plain", " 😀"], "plain 😀"),
    ],
)
def test_halves_of_a_character_are_joined_over_pieces_and_lone_ones_replaced(pieces: list[str], text: str):
    assert joined(*pieces) == text


@given(st.lists(st.text(st.characters(), max_size=8), max_size=8))
def test_what_comes_out_can_always_be_encoded_and_does_not_depend_on_the_pieces(pieces: list[str]):
    text = joined(*pieces)
    text.encode("utf-8")
    assert text == without_lone_surrogates("".join(pieces))


@given(st.text())
def test_sound_text_passes_unchanged(text: str):
    assert joined(*text) == without_lone_surrogates(text) == text
