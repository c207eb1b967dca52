"""Formulas as MathML for browsers."""

import re
from xml.etree import ElementTree as ET

import pytest

from chatdesk.rendering.export.math_core import math_core
from chatdesk.rendering.formulas.typeset.conversion import convert
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable
from tests.formula_corpus import SEEN, SET, read

CORE = frozenset(
    {
        "annotation",
        "math",
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
        "semantics",
    }
)
"""The elements of MathML Core (https://www.w3.org/TR/mathml-core/) that formulas need."""
ATTRIBUTES = frozenset(
    {
        "accent",
        "accentunder",
        "columnspan",
        "depth",
        "display",
        "displaystyle",
        "encoding",
        "fence",
        "form",
        "height",
        "largeop",
        "linethickness",
        "lspace",
        "mathbackground",
        "mathcolor",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "rspace",
        "scriptlevel",
        "stretchy",
        "style",
        "voffset",
        "width",
    }
)


def written(latex: str, displayed: bool = True) -> str:
    """The formula without its annotation."""
    return re.sub("<annotation.*?</annotation>", "", math_core(latex, displayed), flags=re.DOTALL)


def test_a_formula_is_mathml_with_its_latex() -> None:
    found = ET.fromstring(math_core(r"\frac{a}{b} < 1", False))
    assert (found.tag, found.get("display")) == ("math", "inline")
    (semantics,) = found
    assert [child.tag for child in semantics] == ["mrow", "annotation"]
    assert (semantics[1].get("encoding"), semantics[1].text) == ("application/x-tex", r"\frac{a}{b} < 1")
    assert [each.text for each in found.iter("mi")] == ["a", "b"]


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbb{A}", "𝔸"),
        (r"\mathcal{L}", "ℒ"),
        (r"\mathfrak{g}", "𝔤"),
        (r"\mathbf{x}", "𝐱"),
        (r"\boldsymbol{\alpha}", "𝜶"),
        (r"\mathsf{S}", "𝖲"),
        (r"\mathtt{c}", "𝚌"),
        (r"\mathbb{1}", "𝟙"),
    ],
)
def test_letters_of_fonts_are_characters_of_their_own(latex: str, letters: str) -> None:
    assert f">{letters}<" in written(latex)


def test_every_formula_that_can_be_set_is_mathml_core_or_needs_a_picture() -> None:
    pictures = []
    for formula in (*read(SET), *read(SEEN)):
        try:
            convert(formula.latex, displayed=formula.displayed)
        except NotSettable:
            assert math_core(formula.latex, formula.displayed) == ""
            continue
        found = math_core(formula.latex, formula.displayed)
        if not found:
            pictures.append(formula.latex)
            continue
        for element in ET.fromstring(f"<all>{found}</all>").iter():
            assert element.tag in CORE | {"all", "span"}, (formula.latex, element.tag)
            assert element.tag == "span" or element.attrib.keys() <= ATTRIBUTES, (formula.latex, element.attrib)
            assert element.get("mathvariant") in {None, "normal"}
    assert [each for each in pictures if "cancelto" not in each] == []


def test_lines_of_a_table_are_borders_of_its_cells() -> None:
    cells = re.findall('<mtd[^>]*style="([^"]*)"', written(r"\begin{array}{r|l} a & b \\ \hline c & d \end{array}"))
    edges = [sorted(re.findall("border-([a-z]+)", cell)) for cell in cells]
    assert edges == [["bottom", "right"], ["bottom"], ["right"], []]
    assert ["text-align:right" in cell for cell in cells] == [True, False, True, False]


@pytest.mark.parametrize(
    ("latex", "style"),
    [
        (r"\boxed{x}", "border-top:1px solid"),
        (r"\cancel{x}", "linear-gradient(to bottom right"),
        (r"\textcircled{1}", "50%"),
    ],
)
def test_lines_around_and_through_a_formula_are_drawn(latex: str, style: str) -> None:
    assert style in written(latex)


def test_a_tag_stands_behind_the_formula() -> None:
    formula, tag = math_core(r"x = 1 \tag{7}", True).split('<span class="tag">')
    assert ">7<" not in formula
    assert ">(7)<" in tag


@pytest.mark.parametrize(
    "latex", ["\x00", "\ud800", "<script>", "]]>", "\"'&", r"\text{</math><script>}", r"\color{url(x)}y"]
)
def test_hostile_formulas_stay_text(latex: str) -> None:
    found = math_core(latex, False)
    if found:
        ET.fromstring(found)
        assert "<script" not in found


@pytest.mark.parametrize("latex", [r"\nonsense{x}", r"\frac{a", r"\cancelto{0}{x}"])
def test_what_a_browser_cannot_show_is_left_to_others(latex: str) -> None:
    assert math_core(latex, True) == ""
