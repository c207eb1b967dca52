import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.providers.applications.n8n import TextLinesFramer
from chatdesk.providers.streaming.framing import (
    EventFramer,
    EventOrWholeFramer,
    Frame,
    Framer,
    JsonLinesFramer,
    LineSplitter,
    LineTooLong,
)
from tests.unit.providers.cuts import cut, cut_points, single

LINE_ENDS = ["\n", "\r\n", "\r"]


def frames(framer: Framer, *pieces: bytes) -> list[Frame]:
    return [*(frame for piece in pieces for frame in framer.feed(piece)), *framer.finish()]


def events(framer: Framer, *pieces: bytes) -> list[Frame]:
    return [frame for frame in frames(framer, *pieces) if frame.data is not None]


def data(framer: Framer, *pieces: bytes) -> list[str]:
    return [frame.data for frame in events(framer, *pieces)]


@pytest.mark.parametrize("end", LINE_ENDS)
def test_events_are_the_same_with_every_line_end_however_they_are_cut(end: str):
    stream = "data: one\n\n: comment\n\nevent: x\ndata: two\ndata: three\n\ndata: four\n\n".replace("\n", end).encode()
    expected = [Frame("one"), Frame("two\nthree", "x"), Frame("four")]
    assert events(EventFramer(), stream) == expected
    assert events(EventFramer(), *single(stream)) == expected
    for point in range(len(stream)):
        assert events(EventFramer(), stream[:point], stream[point:]) == expected


@pytest.mark.parametrize("end", LINE_ENDS)
def test_json_lines_are_the_same_with_every_line_end_however_they_are_cut(end: str):
    stream = '{"a":1}\n\n{"b":2}\n'.replace("\n", end).encode()
    for point in range(len(stream)):
        assert data(JsonLinesFramer(), stream[:point], stream[point:]) == ['{"a":1}', '{"b":2}']


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1, max_size=6),
    st.sampled_from(LINE_ENDS),
    cut_points,
)
def test_any_text_survives_as_json_in_events_and_lines_however_the_bytes_are_cut(
    texts: list[str], end: str, points: tuple[int, ...]
):
    payloads = [json.dumps(text, ensure_ascii=False) for text in texts]
    as_events = "".join(f"data: {payload}{end}{end}" for payload in payloads).encode()
    as_lines = "".join(payload + end for payload in payloads).encode()
    assert [json.loads(item) for item in data(EventFramer(), *cut(as_events, points))] == texts
    assert [json.loads(item) for item in data(JsonLinesFramer(), *cut(as_lines, points))] == texts
    assert events(EventOrWholeFramer(), *cut(as_events, points)) == events(EventFramer(), as_events)


@given(st.binary(max_size=300), cut_points)
def test_any_bytes_give_the_same_frames_however_they_are_cut(stream: bytes, points: tuple[int, ...]):
    for framer in (EventFramer, JsonLinesFramer, EventOrWholeFramer):
        assert events(framer(), *cut(stream, points)) == events(framer(), stream)


def test_separators_that_only_unicode_knows_stay_inside_the_line():
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg"
    assert data(EventFramer(), f"data: {text}\n\n".encode()) == [text]
    assert data(JsonLinesFramer(), f"{text}\n".encode()) == [text]


def test_an_emoji_cut_between_its_bytes_arrives_whole():
    stream = "data: 😀\n\n".encode()
    for point in range(len(stream)):
        assert data(EventFramer(), stream[:point], stream[point:]) == ["😀"]


def test_bytes_that_are_no_utf_8_become_replacement_characters_and_the_stream_goes_on():
    assert data(EventFramer(), b"data: a\xffb\n\ndata: c\n\n") == ["a\ufffdb", "c"]
    assert data(JsonLinesFramer(), b"a\xf0\x9f") == ["a\ufffd"]


def test_a_frame_tells_of_bytes_that_are_no_characters_and_only_of_its_own():
    stream = b"data: a\xffb\n\ndata: c\n\n"
    for point in range(len(stream)):
        decoded = events(EventFramer(), stream[:point], stream[point:])
        assert decoded == [Frame("a\ufffdb", is_damaged=True), Frame("c")]
    assert events(JsonLinesFramer(), b"a\xff\nb\n") == [Frame("a\ufffd", is_damaged=True), Frame("b")]
    assert events(EventOrWholeFramer(), b'{"a":"\xff"}') == [Frame('{"a":"\ufffd"}', whole=True, is_damaged=True)]
    assert events(EventFramer(), "data: \ufffd\n\n".encode()) == [Frame("\ufffd")]


def test_a_byte_order_mark_at_the_start_is_dropped_and_only_there():
    bom = b"\xef\xbb\xbf"
    assert data(EventFramer(), *single(bom + b"data: a\n\n")) == ["a"]
    assert data(JsonLinesFramer(), bom + b"{}") == ["{}"]
    assert data(JsonLinesFramer(), b"{}\n" + bom + b"{}") == ["{}", "\ufeff{}"]


def test_the_space_after_the_colon_is_optional_and_only_one_is_dropped():
    assert data(EventFramer(), b"data:x\n\ndata: x\n\ndata:  x\n\n") == ["x", "x", " x"]


def test_fields_without_meaning_for_us_are_passed_over():
    assert events(EventFramer(), b"id: 7\nretry: 10\nfoo: bar\nevent: execute\ndata: x\n\n") == [Frame("x", "execute")]


def test_a_field_without_a_colon_has_an_empty_value():
    assert data(EventFramer(), b"data\n\n") == [""]


def test_the_name_of_an_event_does_not_stick_to_the_next():
    assert events(EventFramer(), b"event: a\ndata: 1\n\ndata: 2\n\n") == [Frame("1", "a"), Frame("2")]


def test_comments_blank_lines_and_named_events_without_data_are_signs_of_life():
    assert frames(EventFramer(), b": OPENROUTER PROCESSING\n") == [Frame(None)]
    assert frames(EventFramer(), b"event: ping\n\n") == [Frame(None, "ping")]
    assert frames(JsonLinesFramer(), b"\n") == [Frame(None)]


def test_an_event_and_a_line_that_lack_their_end_are_given_all_the_same():
    assert data(EventFramer(), b"data: a\n\ndata: b") == ["a", "b"]
    assert data(EventFramer(), b"data: a\ndata: b\n") == ["a\nb"]
    assert data(JsonLinesFramer(), b'{"done":true}') == ['{"done":true}']


def test_a_line_beyond_the_limit_ends_the_reading():
    with pytest.raises(LineTooLong) as caught:
        JsonLinesFramer(limit=100).feed(b"x" * 101)
    assert caught.value.limit == 100


def test_an_endless_line_in_small_pieces_is_noticed_at_the_limit():
    splitter = LineSplitter(limit=1000)
    for _ in range(100):
        splitter.feed(b"0123456789")
    with pytest.raises(LineTooLong):
        splitter.feed(b"0")


def test_an_event_of_many_lines_is_limited_too():
    with pytest.raises(LineTooLong):
        EventFramer(limit=100).feed(b"data: 0123456789\n" * 11)


def test_a_long_line_in_small_pieces_costs_as_much_as_its_bytes():
    def seconds(size: int) -> float:
        splitter = LineSplitter()
        began = time.process_time()
        for _ in range(size // 16):
            splitter.feed(b"0123456789abcdef")
        return time.process_time() - began

    seconds(100_000)
    # Eight times the bytes: a splitter that joins its buffer anew for every piece needs sixty-four times as long.
    assert seconds(4_000_000) < 24 * seconds(500_000) + 0.05


def test_a_json_reply_to_a_stream_request_comes_as_one_whole():
    body = b'\n {"choices":\n[]}\n'
    assert frames(EventOrWholeFramer(), *single(body)) == [Frame('{"choices":\n[]}\n', whole=True)]


@pytest.mark.parametrize("body", ["<html>login</html>", "no such path", "[1]", '"text"', "dat", "eventful", "id"])
def test_anything_that_is_no_event_stream_comes_as_one_whole(body: str):
    assert frames(EventOrWholeFramer(), *single(body.encode())) == [Frame(body, whole=True)]


@pytest.mark.parametrize(
    "start", [": ping\n", "\n\n", "event: x\n", "id: 1\n", "retry: 5\n", "data\n", "\ufeff", "  \n"]
)
def test_a_stream_is_known_by_its_first_line_whatever_its_content_type(start: str):
    assert data(EventOrWholeFramer(), *single(f"{start}data: x\n\n".encode()))[-1].endswith("x")


def test_blank_space_before_a_json_reply_is_no_stream_however_long():
    assert frames(EventOrWholeFramer(), *[b"\n" * 50] * 50, b'{"a":1}') == [Frame('{"a":1}', whole=True)]


def test_a_whole_reply_is_limited():
    with pytest.raises(LineTooLong):
        EventOrWholeFramer(whole_limit=100).feed(b"{" + b" " * 100)


def test_an_empty_reply_gives_nothing():
    assert frames(EventOrWholeFramer()) == []
    assert frames(EventFramer()) == []
    assert frames(JsonLinesFramer(), b"") == []


@pytest.mark.parametrize(
    ("framer", "whole", "long"),
    [
        (JsonLinesFramer(limit=100), b'{"a":1}\n{"b":2}\n', b"x" * 101),
        (EventFramer(limit=100), b'data: {"a":1}\n\ndata: {"b":2}\n\n', b"data: " + b"x" * 101),
        (EventFramer(limit=100), b'data: {"a":1}\n\ndata: {"b":2}\n\n', b"data: 0123456789\n" * 11),
        (EventOrWholeFramer(line_limit=100), b'data: {"a":1}\n\ndata: {"b":2}\n\n', b"data: " + b"x" * 101 + b"\n\n"),
        (TextLinesFramer(limit=100), b'{"a":1}\n{"b":2}\n', b"x" * 101 + b"\n"),
    ],
)
def test_what_came_in_the_same_read_before_a_line_that_is_too_long_is_kept(framer: Framer, whole: bytes, long: bytes):
    with pytest.raises(LineTooLong) as caught:
        framer.feed(whole + long)
    assert "".join(frame.data or "" for frame in caught.value.frames).replace("\n", "") == '{"a":1}{"b":2}'
    assert framer.finish() == []


PICTURE = b'data: {"url":"data:image/png;base64,'


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
@pytest.mark.parametrize(
    ("line", "fits"),
    [
        (PICTURE + b"A" * 900, True),
        (PICTURE + b"A" * 1000, False),
        (b'data: {"b64_json":"' + b"A" * 900, True),
        (b"data: " + b"A" * 900, False),
        (b"data: " + b"A" * 100 + PICTURE + b"A" * 700, False),
        (b": " + PICTURE + b"A" * 900, False),
    ],
    ids=["a picture", "too large a picture", "bare base64", "words", "a picture behind many words", "a comment"],
)
def test_only_a_line_with_a_picture_may_be_longer_than_others_however_it_is_cut(line: bytes, fits: bool, size: int):
    stream = b"data: before\n\n" + line + b"\n\ndata: behind\n\n"
    framer = EventFramer(100, 1000)
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    if fits:
        assert data(framer, *pieces) == ["before", line.removeprefix(b"data: ").decode(), "behind"]
    else:
        with pytest.raises(LineTooLong):
            frames(framer, *pieces)


def test_an_event_of_several_lines_may_be_as_long_as_a_picture_only_if_one_of_them_is():
    picture = PICTURE + b"A" * 500 + b"\n"
    assert len(events(EventFramer(100, 1000), picture + b"data: more\n\n")) == 1
    for stream in (picture * 2 + b"\n", (b"data: " + b"A" * 60 + b"\n") * 2 + b"\n"):
        with pytest.raises(LineTooLong):
            frames(EventFramer(100, 1000), stream)
