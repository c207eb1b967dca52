import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.network.content_decoding import ContentDecoder, UndecodableContent, UnpackedTooLarge
from tests.unit.providers.cuts import cut, cut_points

PIECE = 256 * 1024


def unpacked(encoding: str, *pieces: bytes, limit: int = 10_000_000) -> bytes:
    decoder = ContentDecoder(encoding, limit)
    return b"".join(piece for packed in pieces for piece in decoder.feed(packed))


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


PACKERS = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("", bytes),
    ("identity", bytes),
]


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
@given(data=st.binary(max_size=500), points=cut_points)
def test_a_body_is_unpacked_however_it_is_cut(encoding: str, pack: type[bytes], data: bytes, points: tuple[int, ...]):
    assert unpacked(encoding, *cut(pack(data), points)) == data


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "nonsense"])
def test_an_encoding_we_do_not_know_is_refused(encoding: str):
    with pytest.raises(UndecodableContent):
        ContentDecoder(encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_is_not_what_its_header_says_is_refused(encoding: str):
    with pytest.raises(UndecodableContent):
        unpacked(encoding, b'{"error": "plain text"}')


def test_a_body_that_is_damaged_in_the_middle_is_refused():
    packed = bytearray(gzip.compress(b"".join(b"line %d\n" % number for number in range(2000))))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(UndecodableContent):
        unpacked("gzip", bytes(packed))


def test_a_bomb_is_not_unpacked():
    pieces = ContentDecoder("gzip", 1_000_000).feed(gzip.compress(bytes(50_000_000)))
    sizes: list[int] = []
    with pytest.raises(UnpackedTooLarge) as caught:
        sizes.extend(len(piece) for piece in pieces)
    assert caught.value.limit == 1_000_000
    assert 0 < sum(sizes) <= 1_000_000


def test_what_follows_the_end_of_a_packed_body_is_passed_over():
    assert unpacked("gzip", gzip.compress(b"body") + b"rubbish", b"more") == b"body"


@given(parts=st.lists(st.binary(max_size=60), min_size=1, max_size=4), points=cut_points)
def test_a_body_packed_in_several_members_is_unpacked_as_one(parts: list[bytes], points: tuple[int, ...]):
    packed = b"".join(map(gzip.compress, parts))
    assert unpacked("gzip", *cut(packed, points)) == b"".join(parts)
    assert unpacked("gzip", *cut(packed + b"\x1fgarbage" + gzip.compress(b"no"), points)) == b"".join(parts)


def test_a_bomb_in_many_members_is_not_unpacked():
    bomb = gzip.compress(bytes(1_000_000)) * 20
    with pytest.raises(UnpackedTooLarge):
        unpacked("gzip", bomb)


@pytest.mark.parametrize("size", range(PIECE - 2, PIECE + 300, 7))
def test_the_end_of_a_bare_deflated_body_is_kept_whatever_its_length(size: int):
    assert unpacked("deflate", raw_deflate(b"a" * size)) == b"a" * size


def test_what_came_in_the_same_read_before_the_damage_is_kept():
    packer = zlib.compressobj(wbits=31)
    sound = packer.compress(b"Hello world") + packer.flush(zlib.Z_SYNC_FLUSH)
    pieces = []
    with pytest.raises(UndecodableContent):
        pieces.extend(ContentDecoder("gzip").feed(sound + b"\xff" * 100))
    assert b"".join(pieces) == b"Hello world"
