"""The text that a PNG picture carries beside its picture: where SillyTavern and others keep a character. No pixel is decoded."""

import base64
import binascii
import zlib
from collections.abc import Iterator

from chatdesk.features.presets.importing.limits import LARGEST_CHUNK, WORST_RATIO
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_KEYWORDS = (b"ccv3", b"chara")
"""The best first."""
_MOST_CHUNKS = 100_000
_LONGEST_KEYWORD = 79


def card_in(picture: bytes) -> bytes:
    """Return the card of a picture, as JSON. Raises `ImportRefused`."""
    found: dict[bytes, bytes] = {}
    for kind, data in _chunks(picture):
        keyword, *_ = data[: _LONGEST_KEYWORD + 1].split(b"\0", 1)
        if keyword.lower() in _KEYWORDS and keyword.lower() not in found:
            found[keyword.lower()] = _text_of(kind, data[len(keyword) + 1 :])
    card = next((found[keyword] for keyword in _KEYWORDS if keyword in found), None)
    if card is None:
        raise ImportRefused(ImportProblem.NO_CARD)
    if card.lstrip().startswith(b"{"):  # some write it as it is
        return card
    try:
        return base64.b64decode(card, validate=False)
    except binascii.Error as error:
        raise _damaged() from error


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        length, kind = int.from_bytes(picture[place : place + 4], "big"), picture[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(picture):
            raise _damaged()
        if kind in _TEXTS:
            if length > LARGEST_CHUNK:
                raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(LARGEST_CHUNK // 1024 // 1024))
            if zlib.crc32(picture[place + 4 : end - 4]) != int.from_bytes(picture[end - 4 : end], "big"):
                raise _damaged()
            yield kind, picture[place + 8 : end - 4]
        if kind == b"IEND":
            return
        place = end
    raise ImportRefused(ImportProblem.UNSAFE)


def _text_of(kind: bytes, data: bytes) -> bytes:
    """Return what stands behind the keyword."""
    match kind:
        case b"zTXt":
            return _unpacked(data[1:])
        case b"iTXt":
            is_packed, rest = data[:1] == b"\x01", data[2:].split(b"\0", 2)
            return _unpacked(rest[-1]) if is_packed else rest[-1]
        case _:
            return data


def _unpacked(data: bytes) -> bytes:
    most = min(LARGEST_CHUNK, max(1, len(data)) * WORST_RATIO)
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, most)
    except zlib.error as error:
        raise _damaged() from error
    if not unpacker.eof:
        raise ImportRefused(ImportProblem.UNSAFE)
    return text


def _damaged() -> ImportRefused:
    return ImportRefused(ImportProblem.DAMAGED)
