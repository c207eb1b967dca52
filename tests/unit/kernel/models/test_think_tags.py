import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.think_tags import USUAL_TAGS, TagFault, ThinkTags, together


@pytest.mark.parametrize(
    ("opening", "closing", "fault"),
    [
        ("<think>", "</think>", None),
        ("◁think▷", "◁/think▷", None),
        ("Here is my thought process:", "Here is my response:", None),
        ("", "</think>", TagFault.EMPTY),
        ("<t", "</t>", TagFault.EMPTY),
        ("<" + "t" * 80, "</think>", TagFault.TOO_LONG),
        (" <think>", "</think>", TagFault.BROKEN),
        ("<think>", "</thi\nnk>", TagFault.BROKEN),
        ("```think", "</think>", TagFault.BROKEN),
        ("===", "===", TagFault.ALIKE),
        ("[[think]]", "[think]", TagFault.ALIKE),
    ],
)
def test_a_pair_says_why_it_cannot_be_distinguished_from_other_text(opening: str, closing: str, fault: TagFault | None):
    assert ThinkTags(opening, closing).fault is fault


def test_of_pairs_that_clash_the_first_is_kept():
    own = ThinkTags("<think>", "</thought>")
    assert together([own, USUAL_TAGS]) == (own,)
    assert together([USUAL_TAGS, own]) == (USUAL_TAGS,)
    assert together([ThinkTags("", ""), ThinkTags("==", "==")]) == (USUAL_TAGS,)


@given(st.lists(st.builds(ThinkTags, st.text("<>ab/", max_size=5), st.text("<>ab/", max_size=5)), max_size=6))
def test_no_tag_stands_inside_another_of_those_looked_for_together(pairs: list[ThinkTags]):
    tags = [tag for pair in together(pairs) for tag in (pair.opening, pair.closing)]
    assert not any(first is not second and first in second for first in tags for second in tags)
