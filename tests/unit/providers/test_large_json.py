"""JSON that is decoded in steps gives what it gives decoded at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.text.json_values import NotJson, decode
from chatdesk.providers.large_json import TooMuchJson, decode_large

LONG = "iVBORw0KGgo+/" * 8_000
TEXTS = st.sampled_from(
    ["", "a", 'say "hi"', "back\\slash", "\ue0000:0", "\ue000", "\n", "é😀", LONG, LONG + '"', "x" * 70_000 + "\\"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


@given(VALUES, st.booleans())
def test_it_is_the_same_value(value: object, escaped: bool):
    text = json.dumps(value, ensure_ascii=escaped)
    assert decode_large(text, len(text)) == decode(text)


@pytest.mark.parametrize(
    "text", ["", '"', '{"a":"' + LONG, LONG, '["' + LONG + '"', "[" * 100_000, '"\\', '{"a":' + '"' * 500_000]
)
def test_what_cannot_be_read_is_refused(text: str):
    with pytest.raises(NotJson):
        decode_large(text, len(text))


def test_only_what_is_beside_the_long_strings_counts():
    picture = json.dumps({"url": "data:image/png;base64," + LONG * 20})
    assert decode_large(picture, 100) == {"url": "data:image/png;base64," + LONG * 20}
    with pytest.raises(TooMuchJson):
        decode_large(json.dumps([{}] * 100), 100)


def test_strings_without_end_are_not_looked_at_one_by_one():
    with pytest.raises(TooMuchJson):
        decode_large("[" + '"",' * 200_000 + '"' + LONG + '"]', 200_000)
