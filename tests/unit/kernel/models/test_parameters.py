"""What parameters may be, and that none is lost on the way to disk or a line and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.parameters import (
    NUMBER_RANGES,
    PARAMETER_NAMES,
    Parameters,
    from_record,
    is_format,
    is_keep_alive,
    stop_line,
    stops_of,
    to_record,
)

EVERY = Parameters(0.0, 0.9, 100, -7, 40, 0.05, 1.1, ("###", "\n\n"), 8192, "10m", '{"type":"object"}')
STOPS = st.lists(st.text(alphabet="a ,\\n\n\t\uff0c中", min_size=1, max_size=6), unique=True, max_size=4)


def test_every_parameter_comes_back_from_its_record():
    assert from_record(to_record(EVERY)) == EVERY
    assert to_record(Parameters()) == {}
    assert len(to_record(EVERY)) == len(PARAMETER_NAMES)


@pytest.mark.parametrize(
    "record", [None, [], "x", {"temperature": "hot"}, {"temperature": True}, {"stop": "x"}, {"stop": []}]
)
def test_what_is_odd_is_not_set(record: object):
    assert from_record(record) == Parameters()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", -0.1),
        ("temperature", 5.1),
        ("temperature", math.nan),
        ("temperature", math.inf),
        ("top_p", 1.01),
        ("top_k", -1),
        ("top_k", 1.5),
        ("max_tokens", 0),
        ("seed", 2**53),
        ("num_ctx", 4),
        ("keep_alive", "soon"),
        ("format", "yaml"),
        ("stop", ["x"] * 17),
        ("stop", [""]),
    ],
)
def test_what_is_out_of_range_is_not_set(name: str, value: object):
    assert from_record({name: value}) == Parameters()


@pytest.mark.parametrize("name", NUMBER_RANGES)
def test_the_ends_of_a_range_belong_to_it(name: str):
    allowed = NUMBER_RANGES[name]
    for end in (allowed.least, allowed.most):
        assert getattr(from_record({name: end}), name) == end


@pytest.mark.parametrize("text", ["10m", "1h30m", "0", "-1", "300", "1.5h", "-1m", "200ms"])
def test_spans_of_time_as_ollama_takes_them(text: str):
    assert is_keep_alive(text)


@pytest.mark.parametrize("text", ["", "m", "10 m", "10min", "--1", "1e3", "10m\n", "٣m"])
def test_other_texts_are_no_spans(text: str):
    assert not is_keep_alive(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [("json", True), ('{"type": "object"}', True), ("[1]", False), ("{", False), ("[" * 99_999, False)],
)
def test_a_format_is_json_or_a_schema(text: str, fits: bool):
    assert is_format(text) is fits


def test_what_is_said_goes_before_what_others_say():
    merged = Parameters(temperature=0.0, stop=("x",)).over(Parameters(temperature=1.0, top_p=0.9, stop=("y",)))
    assert merged == Parameters(temperature=0.0, top_p=0.9, stop=("x",))


def test_stops_are_typed_with_commas_between_them():
    assert stops_of(r"###, User:,\n\n,,  , a\,b，终") == ("###", "User:", "\n\n", "a,b", "终")


@given(STOPS)
def test_every_stop_survives_its_line(stops: list[str]):
    assert stops_of(stop_line(stops)) == tuple(stops)
