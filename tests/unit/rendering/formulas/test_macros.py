r"""Macros of formulas: what \newcommand, \def and their relatives define, and what they stand for."""

import time

import pytest

from chatdesk.rendering.formulas.macros import definitions_for, definitions_in, expanded
from chatdesk.rendering.formulas.speech.speaker import spoken_formula
from chatdesk.rendering.formulas.speech.vocabulary import vocabulary
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason


@pytest.mark.parametrize(
    ("latex", "meaning"),
    [
        (r"\newcommand{\R}{\mathbb{R}}\R^n", r"\mathbb{R}^n"),
        (r"\newcommand\R{\mathbb R} \R", r" \mathbb R"),
        (r"\newcommand{\norm}[1]{\|#1\|}\norm{x}+\norm y", r"\|x\|+\|y\|"),
        (r"\newcommand{\p}[2][t]{\frac{d #2}{d #1}}\p{x}+\p[s]{y}", r"\frac{d x}{d t}+\frac{d y}{d s}"),
        (r"\def\f#1#2{#1/#2}\f{a}{b}", "a/b"),
        (r"\def\a{\b c}\def\b{d}\a", "d c"),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}}\vec{v}", r"\mathbf{v}"),
        (r"\providecommand{\x}{1}\providecommand{\x}{2}\x", "1"),
        (r"\DeclareMathOperator{\rank}{rank}\rank A", r"\operatorname{rank} A"),
        (r"\DeclareMathOperator*{\amax}{arg\,max}\amax_x", r"\operatorname*{arg\,max}_x"),
        (r"\DeclarePairedDelimiter{\abs}{|}{|}\abs{x}\abs*{y}", r"| x| \left| y\right| "),
        (r"\let\old\phi\renewcommand{\phi}{\varphi}\phi\old", r"\varphi \phi "),
        (r"\def\eps{\varepsilon}\eps x", r"\varepsilon  x"),
        (r"x^2 \ne \alpha", r"x^2 \ne \alpha"),
    ],
)
def test_a_macro_stands_for_its_definition(latex: str, meaning: str) -> None:
    assert expanded(latex) == meaning


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\def\a{\a}\a", Reason.TOO_LARGE),
        (r"\def\a{\b\b}\def\b{\a}\a", Reason.TOO_LARGE),
        (
            r"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c\c\c}\d",
            Reason.TOO_LARGE,
        ),
        ("".join(rf"\def\{chr(97 + n // 26)}{chr(97 + n % 26)}{{x}}" for n in range(65)), Reason.TOO_LARGE),
        (r"\csname x\endcsname", Reason.FORBIDDEN),
        (r"\input{file}", Reason.FORBIDDEN),
        (r"\loop x \repeat", Reason.FORBIDDEN),
        (r"\edef\a{b}", Reason.FORBIDDEN),
        (r"\def\a(#1){b}\a(x)", Reason.FORBIDDEN),
        (r"\newcommand{\a}[1]{#2}\a{x}", Reason.NOT_UNDERSTOOD),
    ],
)
def test_what_goes_too_far_is_refused_at_once(latex: str, reason: Reason) -> None:
    start = time.process_time()
    with pytest.raises(NotSettable) as refused:
        expanded(latex)
    assert refused.value.reason is reason
    assert time.process_time() - start < 1


def test_a_formula_gets_the_definitions_that_it_needs_and_no_others() -> None:
    known = dict(definitions_in(r"\def\a{\b}\newcommand{\b}{1}\newcommand{\c}[1]{#1}"))
    assert definitions_for(r"\a + x", known) == r"\def\a{\b}\newcommand{\b}{1}"
    assert definitions_for(r"\c{y}", known) == r"\newcommand{\c}[1]{#1}"
    assert definitions_for(r"\alpha", known) == ""


def test_a_definition_that_is_still_being_written_is_none() -> None:
    assert list(definitions_in(r"\newcommand{\R}{\mathbb{R")) == []


def test_macros_are_spoken_as_what_they_stand_for() -> None:
    english = vocabulary(lambda _context, text: text)
    assert spoken_formula(r"\newcommand{\half}{\frac{1}{2}}\half x^2", english) == "1 over 2 x squared"
