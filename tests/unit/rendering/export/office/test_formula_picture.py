"""Formulas as metafiles: every record is there, and the numbers in the head are right."""

import struct
from collections.abc import Iterator

import pytest

from chatdesk.rendering.export.office.formula_picture import formula_picture
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula, Words

_HEADER, _END, _FILL, _BRUSH, _TEXT = 1, 14, 62, 39, 84


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<II", data, at)
        assert size % 4 == 0
        assert size >= 8
        yield number, data[at + 8 : at + size]
        at += size
    assert at == len(data)


@pytest.fixture(scope="module")
def setter() -> FormulaSetter:
    return FormulaSetter()


def typeset(setter: FormulaSetter, latex: str) -> TypesetFormula:
    formula = setter.set(latex, displayed=True)
    assert isinstance(formula, TypesetFormula)
    return formula


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{array}{|c|} \hline \text{中文} \\\\ \hline \end{array}",
        r"\textcircled{1}",
        r"x \tag{3}",
        r"\color{red} y",
    ],
)
def test_the_file_is_complete(setter: FormulaSetter, latex: str) -> None:
    data = formula_picture(typeset(setter, latex)).data
    found = list(records(data))
    assert found[0][0] == _HEADER
    assert found[-1][0] == _END
    size, count = struct.unpack_from("<II", data, 48)
    assert (size, count) == (len(data), len(found))


def test_each_shape_is_filled_and_each_word_written(setter: FormulaSetter) -> None:
    formula = typeset(setter, r"\frac{a}{b} \text{中文}")
    found = [number for number, _ in records(formula_picture(formula).data)]
    assert found.count(_FILL) == len(formula.glyphs) + len(formula.rules)
    assert found.count(_TEXT) == len(formula.words) == 1


def test_characters_beyond_the_first_plane_are_written_as_windows_counts_them() -> None:
    formula = TypesetFormula(1000, 800, 200, words=(Words("𠀀x", 0, 0, 1000, 1000),))
    (text,) = [content for number, content in records(formula_picture(formula).data) if number == _TEXT]
    (count,) = struct.unpack_from("<I", text, 36)
    assert count == 3
    assert text[68 : 68 + 6].decode("utf-16-le") == "𠀀x"


def test_colours_are_those_of_the_formula(setter: FormulaSetter) -> None:
    data = formula_picture(typeset(setter, r"a {\color{red} b} \textcolor{#00aa00}{c}")).data
    colors = [struct.unpack_from("<II", content, 4)[1] for number, content in records(data) if number == _BRUSH]
    assert sorted(colors) == [0x000000, 0x0000FF, 0x00AA00]


def test_the_number_of_a_formula_stands_behind_it(setter: FormulaSetter) -> None:
    plain, tagged = (formula_picture(typeset(setter, latex)) for latex in ("x", r"x \tag{3}"))
    assert tagged.width > plain.width * 3
    assert plain.depth < plain.height
