"""Formulas as equations of Word."""

import unicodedata
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from chatdesk.rendering.export.office.equations import Equation, equation
from chatdesk.rendering.formulas.typeset.conversion import convert, mathml
from tests.for_all import for_all
from tests.formula_corpus import SEEN, SET, CorpusFormula, read
from tests.unit.rendering.export.office.ooxml_rules import violations
from tests.unit.rendering.export.office.word_samples import word_of

CORPUS = [each for each in (*read(SET), *read(SEEN)) if mathml(each.latex, each.displayed)]


def made(latex: str, *, displayed: bool = True) -> Equation:
    found = equation(latex, displayed=displayed)
    assert found is not None
    return found


def tree(latex: str, *, displayed: bool = True) -> ET.Element:
    """The equation without the prefixes of its elements."""
    xml = made(latex, displayed=displayed).xml
    for prefix in ("m:", "w:"):
        xml = xml.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</").replace(f" {prefix}", " ")
    return ET.fromstring(f"<math>{xml.replace(' xml:space="preserve"', '')}</math>")


def shape(element: ET.Element) -> object:
    """The structure: names of elements with what is in them; adjacent runs are one text, without what keeps places from being empty."""
    if element.tag == "r":
        return (element.findtext("t") or "").replace("\u200b", "")
    inside: list[object] = []
    for each in (shape(each) for each in element if not each.tag.endswith("Pr")):
        if isinstance(each, str) and inside and isinstance(inside[-1], str):
            inside[-1] += each
        elif each != "":
            inside.append(each)
    return (element.tag, *inside)


def content(latex: str, *, displayed: bool = True) -> list[object]:
    return list(shape(tree(latex, displayed=displayed))[1:])  # type: ignore[index]


def letters(texts: list[str]) -> Counter[str]:
    """Letters and digits, whichever alphabet they are written in."""
    return Counter(
        char
        for text in texts
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) in {"Lu", "Ll", "Lo", "Nd"}
    )


def _named(formula: CorpusFormula) -> str:
    return formula.latex


@for_all(CORPUS, _named)
def test_every_letter_and_digit_of_a_formula_is_in_its_equation(formula: CorpusFormula) -> None:
    source = convert(formula.latex, displayed=formula.displayed)
    roots = [source.element, *([source.tag] if source.tag is not None else [])]
    written = [each.text or "" for each in tree(formula.latex, displayed=formula.displayed).iter("t")]
    assert letters(written) == letters([each.text or "" for root in roots for each in root.iter()])


def test_the_equations_of_all_formulas_keep_the_rules_of_the_standard() -> None:
    lines = [f"$$\n{each.latex}\n$$" if each.displayed else f"${each.latex}$" for each in CORPUS]
    assert violations(word_of("\n\n".join(lines))) == []


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{a}{b}", [("f", ("num", "a"), ("den", "b"))]),
        (r"\sqrt{x}", [("rad", ("deg",), ("e", "x"))]),
        (r"\sqrt[3]{x}", [("rad", ("deg", "3"), ("e", "x"))]),
        ("x_i^2", [("sSubSup", ("e", "x"), ("sub", "i"), ("sup", "2"))]),
        (r"\sum_{i=1}^n i + 1", [("nary", ("sub", "i=1"), ("sup", "n"), ("e", "i")), "+1"]),
        (r"\int_0^1 f\,dx", [("nary", ("sub", "0"), ("sup", "1"), ("e", "f\u2009dx"))]),
        (r"\sin x + \cos^2 y", [
            ("func", ("fName", "sin"), ("e", "x")),
            "+",
            ("func", ("fName", ("sSup", ("e", "cos"), ("sup", "2"))), ("e", "y")),
        ]),
        (r"\lim_{n \to 0} a_n", [
            ("func", ("fName", ("limLow", ("e", "lim"), ("lim", "n→0"))), ("e", ("sSub", ("e", "a"), ("sub", "n")))),
        ]),
        (r"\left( \frac{a}{b} \right)^2", [
            ("sSup", ("e", ("d", ("e", ("f", ("num", "a"), ("den", "b"))))), ("sup", "2")),
        ]),
        (r"\left. f \right|_0", [("sSub", ("e", ("d", ("e", "f"))), ("sub", "0"))]),
        (r"\left\{ x \middle| y \right\}", [("d", ("e", "x"), ("e", "y"))]),
        (r"|x|^2 + |y|", [("sSup", ("e", ("d", ("e", "x"))), ("sup", "2")), "+", ("d", ("e", "y"))]),
        (r"P(A|B)", ["P", ("d", ("e", "A∣B"))]),
        (r"[0, 1)^2", [("sSup", ("e", ("d", ("e", "0,1"))), ("sup", "2"))]),
        (r"\hat{x}\,\overline{ab}", [("acc", ("e", "x")), "\u2009", ("bar", ("e", "ab"))]),
        (r"\underbrace{a+b}_{n}", [("limLow", ("e", ("groupChr", ("e", "a+b"))), ("lim", "n"))]),
        (r"a \xrightarrow{f} b", ["a", ("box", ("e", ("groupChr", ("e", "f")))), "b"]),
        (r"\boxed{x}", [("borderBox", ("e", "x"))]),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", [
            ("d", ("e", ("m", ("mr", ("e", "a"), ("e", "b")), ("mr", ("e", "c"), ("e", "d"))))),
        ]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", [
            ("m", ("mr", ("e", "a"), ("e", "=b")), ("mr", ("e",), ("e", "=c"))),
        ]),
        (r"\mathbb{R} \cup \mathcal{A}", ["ℝ∪𝒜"]),
    ],
)  # fmt: skip
def test_what_a_formula_is_made_of(latex: str, expected: list[object]) -> None:
    assert content(latex) == expected


def test_sides_of_aligned_equations_are_aligned_at_their_sign() -> None:
    alignments = [each.get("val") for each in tree(r"\begin{aligned} a &= b \end{aligned}").iter("mcJc")]
    assert alignments == ["right", "left"]


def test_delimiters_are_those_of_the_formula() -> None:
    properties = tree(r"\left\lfloor x \right\rceil").find("d/dPr")
    assert properties is not None
    assert [each.get("val") for each in properties] == ["⌊", "⌉"]


def test_words_and_names_are_upright_and_letters_are_not() -> None:
    runs = {run.findtext("t"): run.find("rPr/nor") is not None for run in tree(r"x \text{if} \sin y").iter("r")}
    assert runs == {"x": False, "if": True, "sin": True, "y": False}


def test_a_colour_is_that_of_the_formula() -> None:
    assert [each.get("val") for each in tree(r"a + {\color{red} b} + \textcolor{#00aa00}{c}").iter("color")] == [
        "FF0000",
        "00AA00",
    ]


@pytest.mark.parametrize("latex", [r"\begin{array}{c|c} a & b \end{array}", r"\textcircled{1}", r"\rule{1em}{1em}"])
def test_what_word_cannot_draw_is_not_exact(latex: str) -> None:
    assert not made(latex).exact


@pytest.mark.parametrize("latex", [r"\frac{a}{b}", r"\begin{bmatrix} a \\ b \end{bmatrix}", r"\cancel{x}"])
def test_what_word_can_draw_is_exact(latex: str) -> None:
    assert made(latex).exact


@pytest.mark.parametrize("latex", [r"\nonsense", r"\frac{a", "{" * 500, "x" * 20_000])
def test_what_is_not_understood_is_no_equation(latex: str) -> None:
    assert equation(latex, displayed=True) is None


def test_a_formula_that_only_defines_macros_is_empty() -> None:
    assert made(r"\newcommand{\R}{\mathbb{R}}").xml == ""


@pytest.mark.parametrize(
    "latex", ["|" * 4_000, "x|(" * 3_000, r"\sum " * 1_500, r"\sin " * 2_000, "^{" * 140 + "x" + "}" * 140]
)
def test_a_hostile_formula_takes_no_longer_than_others(latex: str) -> None:
    found = equation(latex, displayed=True)
    assert found is None or found.xml
