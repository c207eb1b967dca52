"""Real formulas, each set without complaint, and what they look like as far as numbers describe it."""

import time

import pytest

from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.formulas.typeset.conversion import mathml
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import Refused, TypesetFormula, decode, encode
from chatdesk.rendering.markdown.markdown import parse
from tests.formula_corpus import SEEN, SET, read

pytestmark = pytest.mark.thorough


def formulas() -> list[tuple[str, bool]]:
    return [(formula.latex, formula.displayed) for formula in read(SET)]


@pytest.fixture(scope="module")
def setter() -> FormulaSetter:
    return FormulaSetter()


def outline(setter: FormulaSetter, latex: str, displayed: bool = True) -> TypesetFormula:
    found = setter.set(latex, displayed=displayed)
    assert isinstance(found, TypesetFormula), found
    return found


def test_the_corpus_is_large() -> None:
    assert len(formulas()) >= 300


def test_every_formula_of_the_corpus_is_set_and_survives_the_way_between_processes(setter: FormulaSetter) -> None:
    refused = []
    for latex, displayed in formulas():
        found = setter.set(latex, displayed=displayed)
        assert decode(encode(found)) == found
        if isinstance(found, Refused):
            refused.append((latex, found.reason))
    assert refused == []


def test_of_the_formulas_that_were_looked_at_nearly_all_are_right_and_none_is_silently_wrong() -> None:
    seen = read(SEEN)
    assert len(seen) >= 400
    assert len({(formula.latex, formula.displayed) for formula in seen}) == len(seen)
    assert sum(formula.verdict == "ok" for formula in seen) / len(seen) >= 0.97
    assert [formula.latex for formula in seen if formula.verdict == "wrong"] == []
    assert [formula.latex for formula in seen if (formula.verdict == "refused") != (formula.hash == "-")] == []


def test_no_formula_that_was_looked_at_has_changed_since() -> None:
    changed = [formula.latex for formula in read(SEEN) if formula.hash != formula.hash_now()]
    assert (
        changed == []
    )  # look at them with tests/shots/formula_sheets.py, then accept them with tests/formula_corpus.py


def test_every_formula_that_was_looked_at_is_set_or_refused_as_then(setter: FormulaSetter) -> None:
    for formula in read(SEEN):
        found = setter.set(formula.latex, displayed=formula.displayed)
        assert isinstance(found, Refused) is (formula.verdict == "refused"), formula.latex


def test_every_formula_of_the_corpus_has_mathml() -> None:
    for latex, displayed in formulas():
        written = mathml(latex, displayed)
        assert written.startswith("<math")
        assert "\\" not in written.replace("\\</mi>", "").replace("\\</mo>", "").replace("∖", ""), written


def test_a_tall_fence_is_put_together_from_parts(setter: FormulaSetter) -> None:
    assert len(outline(setter, r"\left|\begin{matrix}1\\2\\3\\4\end{matrix}\right|").glyphs) > 4 + 2


def test_chinese_words_are_left_for_the_screen(setter: FormulaSetter) -> None:
    words = outline(setter, r"\text{若 } x > 0").words
    assert [one.text for one in words] == ["若"]
    assert words[0].width == words[0].size == 1000


def test_a_tag_is_an_outline_of_its_own(setter: FormulaSetter) -> None:
    found = outline(setter, r"E = mc^2 \tag{1}")
    assert found.tag == outline(setter, r"\text{(1)}", displayed=False)
    assert found.width == outline(setter, "E = mc^2").width


def test_several_tags_stay_in_their_rows(setter: FormulaSetter) -> None:
    found = outline(setter, r"\begin{align} x &= 1 \tag{1} \\ y &= 2 \tag{2} \end{align}")
    assert found.tag is None


def test_an_array_has_its_lines(setter: FormulaSetter) -> None:
    assert len(outline(setter, r"\begin{array}{|c|c|} \hline x & y \\ \hline 1 & 2 \\ \hline \end{array}").rules) == 6


def test_a_sign_stands_close_and_an_operation_apart(setter: FormulaSetter) -> None:
    sign = outline(setter, "(-2)").width
    operation = outline(setter, "(2-2)").width - outline(setter, "2").width
    assert operation > sign + 300


def test_what_is_below_a_name_does_not_run_into_what_stands_before(setter: FormulaSetter) -> None:
    lone = outline(setter, r"\lim_{n \to \infty}")
    assert min(glyph.x for glyph in lone.glyphs) >= 0
    assert lone.width > outline(setter, r"\lim").width
    alone, after = outline(setter, "q ="), outline(setter, r"q = \lim_{n \to \infty}")
    assert min(glyph.x for glyph in after.glyphs[2:]) > alone.width
    beside = outline(setter, r"q = \lim_{n \to \infty}", displayed=False)
    assert min(glyph.x for glyph in beside.glyphs[2:]) > alone.width


def test_scripts_are_never_smaller_than_half(setter: FormulaSetter) -> None:
    scales = {glyph.scale for glyph in outline(setter, "x^{y^{z^{w}}}").glyphs}
    assert min(scales) >= 0.5


def test_a_color_is_reported_only_if_it_is_a_color(setter: FormulaSetter) -> None:
    assert {glyph.color for glyph in outline(setter, r"\color{red}{x}").glyphs} == {"red"}
    assert {glyph.color for glyph in outline(setter, r"\color{url(x)}{x}").glyphs} <= {""}


def test_chemistry_is_upright_with_its_numbers_below(setter: FormulaSetter) -> None:
    assert outline(setter, r"\ce{H2O}").glyphs == outline(setter, r"{\mathrm {H}_{2}\mathrm {O}}").glyphs


HOSTILE = {
    "a macro without end": r"\def\a{\a\a}\a",
    "a huge rule": r"\rule{1000000em}{1em}",
    "ten thousand braces": "{" * 10_000 + "x" + "}" * 10_000,
    "open braces": "{" * 500,
    "a closing brace": "x}",
    "nothing": "",
    "a lone surrogate": "\0\ud800",
    "no argument": r"\frac",
    "an unknown command": r"\nosuch x",
    "a wide row": "x+" * 4_900,
    "an environment of its own": r"\newenvironment{x}{}{}",
}


@pytest.mark.parametrize("latex", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_set_is_refused_with_a_reason(setter: FormulaSetter, latex: str) -> None:
    found = setter.set(latex, displayed=True)
    assert isinstance(found, Refused)
    assert found.reason


@pytest.mark.parametrize(
    "command",
    [r"\frac{1}", r"\left(", r"\sqrt", r"\phantom", r"\boxed", r"\hat", r"\underbrace", r"\stackrel{a}", r"\text"],
)
def test_deep_nesting_takes_no_longer_than_its_length(setter: FormulaSetter, command: str) -> None:
    closing = r"\right)" if command == r"\left(" else "}"
    opening = command if command == r"\left(" else command + "{"
    start = time.process_time()
    setter.set(opening * 35 + "x" + closing * 35, displayed=True)
    assert time.process_time() - start < 1


def test_mathml_has_the_tag_and_no_marks_of_ours() -> None:
    written = mathml(r"\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array} \tag{7}", True)
    assert "(7)" in written
    assert "class" not in written
    assert 'columnlines="solid"' in written
    assert 'rowlines="solid"' in written


def test_html_has_formulas_as_mathml_and_the_source_of_those_that_are_not_understood() -> None:
    html = to_html(parse("So $x^2$ and $\\nosuch$.\n\n\\[ y \\]\n"), math=mathml)
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert "$\\nosuch$" in html
    assert 'display="block"' in html
