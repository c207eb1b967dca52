import math

import pytest

from chatdesk.kernel.text.json_values import (
    NotJson,
    chunk_of,
    count_of,
    decode,
    elements,
    encode,
    members,
    number_of,
    text_of,
)


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000, '{"a":' * 100_000, "1" * 5000, "\x00"])
def test_what_cannot_be_read_is_refused_and_does_no_harm(text: str):
    with pytest.raises(NotJson):
        decode(text)


def test_constants_that_are_no_json_become_none_and_the_rest_is_kept():
    assert decode('{"text":"hi","speed":NaN,"limit":-Infinity}') == {"text": "hi", "speed": None, "limit": None}


def test_the_last_of_two_equal_names_counts():
    assert decode('{"a":1,"a":2}') == {"a": 2}


def test_a_field_of_the_wrong_type_is_as_good_as_missing():
    assert members([1]) == members(None) == members("x") == {}
    assert elements({"a": 1}) == elements("text") == ()
    assert text_of(5) == text_of(None) == text_of(["a"]) == chunk_of({}) == ""
    assert count_of("5") is count_of(5.0) is count_of(True) is count_of(-1) is count_of(2**63) is None
    assert number_of("5") is number_of(True) is number_of(math.inf) is number_of(10**400) is None


def test_a_field_of_the_right_type_is_read():
    assert members({"a": 1}) == {"a": 1}
    assert elements([1, 2]) == [1, 2]
    assert count_of(0) == 0
    assert count_of(2**53) == 2**53
    assert number_of(5) == 5.0
    assert number_of(decode("1e999")) is None


def test_a_text_to_keep_is_sound_and_a_piece_keeps_its_half_characters():
    value = decode('"a\\ud83d"')
    assert text_of(value) == "a\ufffd"
    assert chunk_of(value) == "a\ud83d"


def test_what_we_send_is_compact_utf_8_and_always_encodable():
    assert encode({"text": "你好 😀", "n": 1}) == '{"text":"你好 😀","n":1}'.encode()
    assert encode({"text": "broken \ud83d paste"}) == '{"text":"broken \ufffd paste"}'.encode()
    with pytest.raises(ValueError, match="JSON compliant"):
        encode(math.nan)
