"""Typeset formulas as pictures in the Enhanced Metafile format: outlines that stay sharp at any size and that every Office program draws.

The records are those of Microsoft's [MS-EMF]. Coordinates are the formula's own units.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chatdesk.rendering.export.office.word_parts import EMU_OF_POINT, OfficePicture
from chatdesk.rendering.export.paper_colors import formula_color
from chatdesk.rendering.formulas.typeset.typeset_formula import UNITS, Glyph, Rule, TypesetFormula, Words

_POINTS = 12.4
"""Size of an em: the math font is a little larger than the text around it, as on the screen."""
_UNITS_OF_MM = 100
"""Of the device: a hundredth of a millimetre, in which the frame of a metafile is given, so that both are equal."""
_EM = _POINTS / 72 * 25.4 * _UNITS_OF_MM
_MARGIN = 40
"""Around a formula: lines may extend slightly beyond its size."""
_GAP = 2 * UNITS
"""Before the number of a formula."""
_STEP = re.compile(r"([MLQCZ])([\d .-]*)")
_NULL_PEN = 0x80000008
_WORDS_FONT = "Microsoft YaHei"

# Numbers of the records.

_HEADER, _POLY_BEZIER_TO, _WINDOW_SIZE, _WINDOW_ORIGIN, _VIEW_SIZE = 1, 5, 9, 10, 11
_END, _MAP_MODE, _BACKGROUND_MODE, _FILL_MODE, _TEXT_ALIGN, _TEXT_COLOR = 14, 17, 18, 19, 22, 24
_MOVE_TO, _SELECT, _CREATE_BRUSH, _DELETE, _LINE_TO = 27, 37, 39, 40, 54
_BEGIN_PATH, _END_PATH, _CLOSE_FIGURE, _FILL_PATH, _CREATE_FONT, _TEXT = 59, 60, 61, 62, 82, 84
_ANISOTROPIC, _TRANSPARENT, _WINDING, _ON_BASELINE = 8, 1, 2, 24
_BRUSH, _FONT = 1, 2
"""Numbers of the objects."""


def formula_picture(formula: TypesetFormula) -> OfficePicture:
    """Return a typeset formula as a picture; its number is behind it."""
    if formula.tag:
        formula = _joined(formula, formula.tag)
    left, top = -_MARGIN, round(-formula.height) - _MARGIN
    width = round(formula.width) + 2 * _MARGIN
    height = round(formula.height + formula.depth) + 2 * _MARGIN
    emu = _POINTS * EMU_OF_POINT / UNITS
    data = _metafile(list(_records(formula)), left, top, width, height)
    return OfficePicture(data, "x-emf", round(width * emu), round(height * emu), round((formula.depth + _MARGIN) * emu))


def _joined(formula: TypesetFormula, tag: TypesetFormula) -> TypesetFormula:
    right = formula.width + _GAP
    return TypesetFormula(
        right + tag.width,
        max(formula.height, tag.height),
        max(formula.depth, tag.depth),
        (*formula.glyphs, *(replace(each, x=each.x + right) for each in tag.glyphs)),
        (*formula.rules, *(replace(each, x=each.x + right) for each in tag.rules)),
        (*formula.words, *(replace(each, x=each.x + right) for each in tag.words)),
    )


def _metafile(records: list[bytes], left: int, top: int, width: int, height: int) -> bytes:
    """Return the records between the head and the end of a file. The numbers are in the formula's units."""
    shown_width, shown_height = (max(1, round(length * _EM / UNITS)) for length in (width, height))
    before = [
        _record(_MAP_MODE, _ANISOTROPIC),
        _record(_WINDOW_ORIGIN, left, top),
        _record(_WINDOW_SIZE, width, height),
        _record(_VIEW_SIZE, shown_width, shown_height),
        _record(_BACKGROUND_MODE, _TRANSPARENT),
        _record(_FILL_MODE, _WINDING),
        _record(_TEXT_ALIGN, _ON_BASELINE),
        _record(_SELECT, _NULL_PEN),
    ]
    content = [*before, *records, _record(_END, 0, 16, 20)]
    size = 88 + sum(map(len, content))
    frame = (0, 0, shown_width, shown_height)
    device = 320 * _UNITS_OF_MM
    head = struct.pack(
        "<II4i4i4sIIIHHIIIiiii",
        *(_HEADER, 88, *frame, *frame, b" EMF", 0x10000),
        *(size, len(content) + 1, 3, 0, 0, 0, 0, device, device, 320, 320),
    )
    return head + b"".join(content)


def _records(formula: TypesetFormula) -> Iterator[bytes]:
    for color, shapes in _by_color((*formula.rules, *formula.glyphs)):
        yield _record(_CREATE_BRUSH, _BRUSH, 0, color, 0)
        yield _record(_SELECT, _BRUSH)
        for shape in shapes:
            yield from _outline(_rule_steps(shape) if isinstance(shape, Rule) else _glyph_steps(shape))
        yield _record(_DELETE, _BRUSH)
    for words in formula.words:
        yield from _text(words)


def _by_color(shapes: Iterable[Rule | Glyph]) -> Iterable[tuple[int, list[Rule | Glyph]]]:
    found: dict[int, list[Rule | Glyph]] = {}
    for shape in shapes:
        found.setdefault(_color(shape.color), []).append(shape)
    return found.items()


_Point = tuple[float, float]
_Step = tuple[str, list[_Point]]


def _rule_steps(rule: Rule) -> Iterator[_Step]:
    right, bottom = rule.x + rule.width, rule.y + rule.height
    yield "M", [(rule.x, rule.y)]
    for corner in ((right, rule.y), (right, bottom), (rule.x, bottom)):
        yield "L", [corner]
    yield "Z", []


def _glyph_steps(glyph: Glyph) -> Iterator[_Step]:
    for name, given in _STEP.findall(glyph.path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", given)]
        yield (
            name,
            [
                (glyph.x + x * glyph.scale, glyph.y - y * glyph.scale)
                for x, y in zip(numbers[::2], numbers[1::2], strict=True)
            ],
        )


def _outline(steps: Iterable[_Step]) -> Iterator[bytes]:
    """Yield the records that fill a path."""
    yield _record(_BEGIN_PATH)
    at: _Point = (0.0, 0.0)
    for name, points in steps:
        match name:
            case "M":
                yield _record(_MOVE_TO, *_whole(points[0]))
            case "L":
                for point in points:
                    yield _record(_LINE_TO, *_whole(point))
            case "Q":
                middle, end = points
                yield _curve([_between(at, middle), _between(end, middle), end])
            case "C":
                yield _curve(points)
            case _:
                yield _record(_CLOSE_FIGURE)
        at = points[-1] if points else at
    yield _record(_END_PATH)
    yield _record(_FILL_PATH, 0, 0, -1, -1)


def _between(end: _Point, control: _Point) -> _Point:
    """Return the point of a cubic curve for the only one of a quadratic curve."""
    return end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3


def _curve(points: list[_Point]) -> bytes:
    coordinates = [number for point in points for number in _whole(point)]
    return _record(_POLY_BEZIER_TO, 0, 0, -1, -1, len(points), *coordinates)


def _text(words: Words) -> Iterator[bytes]:
    """Yield the records of characters that the math font lacks, spread over the width that is reserved for them."""
    name = _WORDS_FONT.encode("utf-16-le").ljust(64, b"\0")
    weight = 700 if words.bold else 400
    font = struct.pack("<iiiii8B", -round(words.size), 0, 0, 0, weight, 0, 0, 0, 1, 0, 0, 0, 0) + name
    yield struct.pack("<III", _CREATE_FONT, 12 + 320, _FONT) + font.ljust(320, b"\0")
    yield _record(_SELECT, _FONT)
    yield _record(_TEXT_COLOR, _color(words.color))
    encoded = words.text.encode("utf-16-le")
    count = len(encoded) // 2
    padded = encoded + b"\0" * (-len(encoded) % 4)
    advances = [round(words.width * (index + 1) / count) - round(words.width * index / count) for index in range(count)]
    size = 76 + len(padded) + 4 * count
    yield (
        struct.pack("<II4iIff", _TEXT, size, 0, 0, -1, -1, 1, 1.0, 1.0)
        + struct.pack("<iiIII4iI", *_whole((words.x, words.y)), count, 76, 0, 0, 0, -1, -1, 76 + len(padded))
        + padded
        + struct.pack(f"<{count}I", *advances)
    )
    yield _record(_DELETE, _FONT)


def _record(number: int, *values: int) -> bytes:
    return struct.pack(f"<{2 + len(values)}I", number, 8 + 4 * len(values), *(value & 0xFFFFFFFF for value in values))


def _whole(point: _Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _color(name: str) -> int:
    """Return a colour as Windows writes it, with red in the lowest byte."""
    value = int(formula_color(name) or "000000", 16)
    return (value & 0xFF) << 16 | value & 0xFF00 | value >> 16
