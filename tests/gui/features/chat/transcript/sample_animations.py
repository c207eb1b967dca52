"""Animations as bytes, written by hand: Qt writes none."""

import struct


def gif(
    colors: tuple[tuple[int, int, int], ...] = ((200, 60, 30), (30, 90, 200)), size: int = 8, delay: int = 5
) -> bytes:
    """A GIF that shows one colour after the other, each for `delay` hundredths of a second."""
    palette = [*colors, *[(0, 0, 0)] * (4 - len(colors))]
    head = b"GIF89a" + struct.pack("<HHBBB", size, size, 0x80 | 0x11, 0, 0)
    table = b"".join(bytes(color) for color in palette)
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    frames = b"".join(
        b"\x21\xf9\x04\0"
        + struct.pack("<H", delay)
        + b"\0\0"
        + b"\x2c"
        + struct.pack("<HHHHB", 0, 0, size, size, 0)
        + b"\x02"
        + _blocks(_uncompressed(number, size * size))
        + b"\0"
        for number in range(len(colors))
    )
    return head + table + loop + frames + b"\x3b"


def _uncompressed(pixel: int, count: int) -> bytes:
    """LZW of one colour that never learns a word: a clear code after every two pixels keeps codes three bits wide."""
    clear, end = 4, 5
    repeats, rest = divmod(count, 16)  # 16 pixels take 24 codes, which are nine whole bytes
    pairs, single = divmod(rest, 2)
    last = [*[clear, pixel, pixel] * pairs, *[clear, pixel] * single, end]
    return _packed([clear, pixel, pixel] * 8) * repeats + _packed(last)


def _packed(codes: list[int]) -> bytes:
    """Codes of three bits, one after the other."""
    bits = count = 0
    data = bytearray()
    for code in codes:
        bits |= code << count
        count += 3
        while count >= 8:
            data.append(bits & 0xFF)
            bits >>= 8
            count -= 8
    if count:
        data.append(bits & 0xFF)
    return bytes(data)


def _blocks(data: bytes) -> bytes:
    return b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
