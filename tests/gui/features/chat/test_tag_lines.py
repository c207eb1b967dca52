import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.chat_section import TagLines, parse_tag_lines, tag_text
from chatdesk.kernel.chat.custom_think_tags import OwnTags
from chatdesk.kernel.models.think_tags import TagFault, ThinkTags

_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=12)
_names = _words.filter(lambda word: word == word.strip())
_pairs = st.builds(ThinkTags, _words, _words).filter(lambda pair: pair.fault is None)


def test_lines_are_pairs_for_models():
    assert parse_tag_lines('my-model:8b <musing> </musing>\n\n  *  "my thought:" "my answer:" \n') == TagLines(
        (
            OwnTags("my-model:8b", ThinkTags("<musing>", "</musing>")),
            OwnTags("*", ThinkTags("my thought:", "my answer:")),
        )
    )
    assert parse_tag_lines(" \n") == TagLines()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("my-model <musing>", None),
        ("my-model <musing> </musing> more", None),
        ('my-model "<musing> </musing>', None),
        ('"" <musing> </musing>', None),
        ("my-model <m </musing>", TagFault.EMPTY),
        ("my-model === ===", TagFault.ALIKE),
        ("my-model ```m ```/m", TagFault.BROKEN),
    ],
)
def test_a_line_that_is_not_sound_is_named(line: str, fault: TagFault | None):
    parsed = parse_tag_lines(f"a <musing> </musing>\n{line}")
    assert (parsed.own, parsed.wrong_line, parsed.fault) == ((), line, fault)


def test_there_is_an_end_to_them():
    assert parse_tag_lines("a <musing> </musing>\n" * 51).too_many


@given(st.lists(st.builds(OwnTags, _names, _pairs), max_size=4))
def test_what_is_shown_is_read_back(own: list[OwnTags]):
    assert parse_tag_lines(tag_text(own)).own == tuple(own)
