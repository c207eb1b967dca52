import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.servers.extra_body import (
    MAX_EXTRA_BODY_LENGTH,
    RESERVED,
    ExtraBody,
    ExtraBodyProblem,
    key_values,
    parse_extra_body,
)
from chatdesk.kernel.servers.server import ServerProtocol

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("text", ["", "  \n ", "{}"])
def test_nothing_adds_nothing(text: str) -> None:
    assert parse_extra_body(text) == ExtraBody()


def test_members_of_any_kind_go_along() -> None:
    text = '{"top_k": 20,\n "provider": {"order": ["a", "b"], "allow_fallbacks": false}, "user": null}'
    assert parse_extra_body(text) == ExtraBody(
        {"top_k": 20, "provider": {"order": ["a", "b"], "allow_fallbacks": False}, "user": None}
    )


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('{"top_k": 20,}', 1, "Illegal trailing comma before end of object"),
        ('{\n "top_k": 20\n "min_p": 0\n}', 3, "Expecting ',' delimiter"),
        ("top_k: 20", 1, "Expecting value"),
        ('{"a": 1} {"b": 2}', 1, "Extra data"),
        ('{"a": NaN}', 0, "NaN"),
        ('{"a": Infinity}', 0, "Infinity"),
    ],
)
def test_what_is_no_json_is_reported_with_its_line(text: str, line: int, word: str) -> None:
    body = parse_extra_body(text)
    assert (body.problem, body.line, body.members) == (ExtraBodyProblem.NOT_JSON, line, {})
    if not word.startswith("Illegal"):  # the parser's word for it differs between versions of Python
        assert body.word == word


def test_a_member_that_stands_twice_is_named_where_it_stands_again() -> None:
    body = parse_extra_body('{"ü": 1,\n"b": {},\n"ü": 2}')
    assert (body.problem, body.word, body.line) == (ExtraBodyProblem.REPEATED, "ü", 3)


@pytest.mark.parametrize("text", ["[]", '"text"', "3", "null", "true"])
def test_only_an_object_has_members(text: str) -> None:
    assert parse_extra_body(text).problem is ExtraBodyProblem.NOT_AN_OBJECT


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_what_is_asked_cannot_be_replaced(name: str) -> None:
    body = parse_extra_body(f'{{"top_k": 1,\n\n"{name}": []}}')
    assert (body.problem, body.word, body.line, body.members) == (ExtraBodyProblem.RESERVED, name, 3, {})


def test_a_name_written_with_escapes_is_the_same_name() -> None:
    assert parse_extra_body(r'{"mess\u0061ges": []}').problem is ExtraBodyProblem.RESERVED


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ' + "[" * 100_000,
        '{"a": "' + "x" * MAX_EXTRA_BODY_LENGTH + '"}',
        '{"a":' + "[" * 60 + "]" * 60 + "}",
        '{"a":' + "[" * 500 + "]" * 500 + "}",
    ],
)
def test_what_no_server_needs_is_too_large(text: str) -> None:
    assert parse_extra_body(text).problem is ExtraBodyProblem.TOO_LARGE


def test_digits_without_measure_are_no_json() -> None:
    assert parse_extra_body('{"a": ' + "9" * 5000 + "}").problem is ExtraBodyProblem.NOT_JSON


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ('"api_key": "x"', "api_key"),
        ('"headers": {"Authorization": "anything"}', "Authorization"),
        ('"upstream": ["sk-proj-abcdefgh12345678"]', "upstream"),
        ('"x": "Bearer abcdefgh12"', "x"),
        ('"x": "0123456789abcdef0123456789abcdef01234567"', "x"),
    ],
)
def test_what_looks_like_a_key_is_named_and_goes_along(member: str, name: str) -> None:
    body = parse_extra_body(f"{{{member}}}")
    assert (body.secret, body.problem) == (name, None)
    assert body.members


@pytest.mark.parametrize(
    "member",
    ['"max_tokens": 5', '"user": "anna"', '"token_budget": "512"', '"key": ""', '"format": "a longer sentence"'],
)
def test_ordinary_members_are_no_keys(member: str) -> None:
    assert parse_extra_body(f"{{{member}}}").secret == ""


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    body = parse_extra_body(text)
    assert not (body.problem and body.members)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_every_other_object_comes_through_whole(members: dict[str, object]) -> None:
    members = {name: value for name, value in members.items() if name not in RESERVED}
    assert parse_extra_body(json.dumps(members)).members == members


@pytest.mark.parametrize("text", ['{"a": 1e999}', '{"a": [-1e999]}'])
def test_a_number_beyond_all_measure_is_none(text: str) -> None:
    assert parse_extra_body(text).problem is ExtraBodyProblem.NOT_JSON


@pytest.mark.parametrize("name", [*sorted(RESERVED), "truncate", "shift"])
def test_with_ollama_what_keeps_a_chat_whole_cannot_be_replaced_either(name: str) -> None:
    body = parse_extra_body(f'{{"keep_alive": 1,\n"{name}": true}}', ServerProtocol.OLLAMA)
    assert (body.problem, body.word, body.line) == (ExtraBodyProblem.RESERVED, name, 2)


def test_with_ollama_the_room_of_a_chat_is_set_elsewhere_and_options_are_an_object() -> None:
    body = parse_extra_body('{"options": {"mirostat": 2,\n"num_ctx": 1}}', ServerProtocol.OLLAMA)
    assert (body.problem, body.word, body.line) == (ExtraBodyProblem.RESERVED, "num_ctx", 2)
    assert parse_extra_body('{"options": [1]}', ServerProtocol.OLLAMA).problem is ExtraBodyProblem.NOT_AN_OBJECT
    assert parse_extra_body('{"options": null}', ServerProtocol.OLLAMA).problem is None
    assert parse_extra_body('{"options": {"num_ctx": 1}, "truncate": true}').problem is None  # another server's affair


def test_what_looks_like_a_key_is_found_wherever_it_stands() -> None:
    text = '{"a": {"api_key": "k-12345678", "n": [{"token": " t-87654321 "}]}, "x": "Bearer abcdefghij", "y": "words"}'
    assert key_values(text) == ("k-12345678", "t-87654321", "Bearer abcdefghij")
    assert key_values("nonsense") == key_values("") == ()
