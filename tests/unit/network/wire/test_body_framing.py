import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.network.wire.transport import BrokenBody, ChunkedBody, body_framer
from tests.unit.providers.cuts import cut, cut_points, single

CHUNKED = [(b"Transfer-Encoding", b"chunked")]
LINE = 16 * 1024


def unwrapped(pieces: list[bytes], headers: list[tuple[bytes, bytes]] = CHUNKED, status: int = 200) -> bytes:
    """Return the body of a reply that ends after `pieces`."""
    framer = body_framer(status, headers)
    body = b"".join([framer.feed(piece) for piece in pieces])
    if not framer.is_complete:
        framer.finish()
    return body


def by_h11(wire: bytes) -> bytes | None:
    """Return what h11 makes of a chunked body; None if it refuses it."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire)
    connection.receive_data(b"")
    body = b""
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            body += event.data if isinstance(event, h11.Data) else b""
    except h11.RemoteProtocolError:
        return None
    return body


chunks = st.lists(st.binary(min_size=1, max_size=40), max_size=20)
ends = st.sampled_from([b"0\r\n\r\n", b"000\r\nX: 1\r\n\r\n", b"0;last\r\n\r\nHTTP/1.1 next", b"0\r\n", b""])


def wrapped(pieces: list[bytes], extension: bytes = b"") -> bytes:
    return b"".join(b"%X%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces)


@given(chunks, ends, st.sampled_from([b"", b";name=value", b" "]), cut_points)
def test_a_chunked_body_is_the_same_however_it_is_cut_and_as_h11_reads_it(
    pieces: list[bytes], end: bytes, extension: bytes, points: tuple[int, ...]
):
    wire = wrapped(pieces, extension) + end
    expected = by_h11(wire)
    for reads in ([wire], cut(wire, points), single(wire)):
        if expected is None:
            with pytest.raises(BrokenBody):
                unwrapped(reads)
        else:
            assert unwrapped(reads) == expected == b"".join(pieces)


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"0", b"2", b"a", b"+", b"x", b";", b" ", b"-"]), max_size=12))
def test_what_h11_refuses_is_refused(tokens: list[bytes]):
    wire = b"".join(tokens)
    expected = by_h11(wire)
    for reads in ([wire], single(wire)):
        try:
            assert unwrapped(reads) == expected
        except BrokenBody:
            assert expected is None or b"\r\n\r\n" not in wire


@pytest.mark.parametrize("line", [b"", b"-1", b"+1", b"0x1", b"1_0", b"g", b" 1", b"1" * 17, b"1\n", b"\xd9\xa1"])
def test_a_size_that_is_none_is_refused(line: bytes):
    with pytest.raises(BrokenBody):
        ChunkedBody().feed(line + b"\r\nx\r\n")


@pytest.mark.parametrize("after", [b"x", b"\n", b"\rx", b"xxxx\r\n"])
def test_a_chunk_longer_than_its_size_is_refused_at_once(after: bytes):
    with pytest.raises(BrokenBody):
        unwrapped(single(b"2\r\nab" + after))


def test_lines_and_trailers_without_measure_are_refused():
    with pytest.raises(BrokenBody):
        unwrapped([b"1" + b" " * LINE])
    with pytest.raises(BrokenBody):
        unwrapped([b"0\r\n", *[b"X: " + b"x" * 1000 + b"\r\n"] * 100])


def test_a_chunk_of_any_announced_size_keeps_nothing_in_memory():
    body = ChunkedBody()
    assert body.feed(b"FFFFFFFFFFFFFFFF\r\nab") == b"ab"
    assert body.feed(b"c") == b"c"
    with pytest.raises(BrokenBody):
        body.finish()


def test_a_body_with_a_length_ends_there_and_not_before():
    headers = [(b"content-length", b"3")]
    assert unwrapped([b"a", b"bcd"], headers) == b"abc"
    with pytest.raises(BrokenBody):
        unwrapped([b"ab"], headers)


def test_chunks_count_more_than_a_length_and_without_both_the_connection_s_end_is_the_end():
    assert unwrapped([b"1\r\na\r\n0\r\n\r\n"], [(b"Content-Length", b"99"), *CHUNKED]) == b"a"
    assert unwrapped([b"a", b"b"], []) == b"ab"


@pytest.mark.parametrize("status", [204, 304])
def test_some_replies_have_no_body_whatever_they_say(status: int):
    assert unwrapped([], CHUNKED, status) == b""


@pytest.mark.parametrize("headers", [[(b"content-length", b"102")], CHUNKED, []])
def test_a_reply_to_head_ends_with_its_head_whatever_length_it_tells(headers: list[tuple[bytes, bytes]]):
    assert body_framer(404, headers, b"HEAD").is_complete


@pytest.mark.parametrize("broken", [b"zz\r\n", b"2\r\nabc\r\n", b"-1\r\n", b"x" * 20_000])
def test_what_came_in_the_same_read_before_a_broken_chunk_is_kept(broken: bytes):
    with pytest.raises(BrokenBody) as caught:
        ChunkedBody().feed(b"5\r\nHello\r\n6\r\n world\r\n" + broken)
    assert caught.value.body.startswith(b"Hello world")
