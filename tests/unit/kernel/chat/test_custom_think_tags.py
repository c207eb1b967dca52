import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.custom_think_tags import (
    MAX_CUSTOM_TAGS,
    OwnTags,
    from_record,
    own_tags_for,
    to_record,
)
from chatdesk.kernel.models.think_tags import ThinkTags

MUSING = ThinkTags("<musing>", "</musing>")

_names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda name: name == name.strip())
_pairs = st.builds(ThinkTags, _names, _names).filter(lambda pair: pair.fault is None)


@given(st.lists(st.builds(OwnTags, _names.filter(bool), _pairs), max_size=5))
def test_what_is_kept_is_read_back(own: list[OwnTags]):
    assert from_record(to_record(own)) == tuple(own)


@pytest.mark.parametrize(
    "record",
    [
        "",
        "not json",
        "{}",
        "3",
        '[["m", "<a>"]]',
        '[["m", "<a>", 3]]',
        '[["", "<a>", "</a>"]]',
        '[["m", "==", "=="]]',
        "[" * 9999,
    ],
)
def test_what_cannot_be_used_is_left_out(record: str):
    assert from_record(record) == ()


def test_there_is_an_end_to_them():
    assert len(from_record(json.dumps([["m", "<musing>", "</musing>"]] * 500))) == MAX_CUSTOM_TAGS


def test_they_are_for_the_models_they_name():
    own = (OwnTags("my-model:*", MUSING), OwnTags("*", ThinkTags("<a:b>", "</a:b>")))
    assert own_tags_for(own, "MY-model:8b") == (MUSING, ThinkTags("<a:b>", "</a:b>"))
    assert own_tags_for(own, "other") == (ThinkTags("<a:b>", "</a:b>"),)
