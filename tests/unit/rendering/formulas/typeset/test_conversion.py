"""LaTeX as MathML: what commands mean, that nothing is lost, and what is refused."""

import re
import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.formulas.typeset.conversion import convert, mathml
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason, Refused, TypesetFormula


@pytest.fixture(scope="module", name="setter")
def a_setter() -> FormulaSetter:
    return FormulaSetter()


def text_of(latex: str) -> str:
    """All characters of a formula, in order, without spaces."""
    written = mathml(latex, True)
    assert written, latex
    return re.sub(r"[\s\u2009]", "", "".join(ET.fromstring(written).itertext()))


@pytest.mark.parametrize(
    ("latex", "characters"),
    [
        (r"a \coloneqq b \coloneq c \eqqcolon d", "a≔b≔c≕d"),
        (r"\tilde{x}", "x˜"),
        (r"\wideparen{AB}", "AB⏜"),
        (r"\text{\'e \dots \% \{x\} \ding{55}}", "é …% {x} ✗"),
        (r"\dag\ddag\Alpha\Beta\copyright", "†‡ΑΒ©"),
        (r"x'''^2 + y'^2_3", "x‴2+y3′2"),
        (r"\num{1.5e3} \ang{30} \SI{25}{\degreeCelsius}", "1.5×10330°25°C"),
        (r"\SI{9.81}{\meter\per\second\squared}", "9.81ms−2"),
        (r"\unit{kg.m/s^2}", "kg·m/s2"),
        (r"\textcircled{1}\textsuperscript{st}", "1st"),
        (r"\eqref{eq:1} \ref{a}", "(eq:1)a"),
        (r"\not\in \not\equiv \not=", "∉≢≠"),
        (r"50% x", "50%x"),
        ("50% % a comment\n x", "50%x"),
        (r"\cancelto{0}{x}", "x0"),
        (r"\genfrac{(}{)}{0pt}{}{n}{k}", "(nk)"),
        (r"\nicefrac{1}{2}", "1/2"),
        (r"\prescript{14}{6}{C}", "614C"),
        (r"\bra{a}\ket{b}\braket{a|b}", "⟨a||b⟩⟨a|b⟩"),
        (r"\dv{f}{x}\pdv{f}{x}{y}", "dfdx∂2f∂x∂y"),
        (r"\qty(x) \ev{A} \mqty(a&b)", "(x)⟨A⟩(ab)"),
        (r"\begin{eqnarray} a &=& b \end{eqnarray}", "a=b"),
    ],
)
def test_every_character_of_a_formula_is_there(latex: str, characters: str) -> None:
    assert text_of(latex) == re.sub(r"\s", "", characters)


@pytest.mark.parametrize(
    ("latex", "meaning"),
    [
        (
            r"\ce{Na+(aq) + Cl-(aq) -> NaCl(s)}",
            r"\mathrm{Na}^{+}\mathrm{(aq)}+\mathrm{Cl}^{-}\mathrm{(aq)}\xrightarrow{}\mathrm{NaCl}\mathrm{(s)}",
        ),
        (r"\ce{SO4^2-}", r"\mathrm{SO}_{4}{}^{2-}"),
        (r"\ce{Fe^{3+}}", r"\mathrm{Fe}^{3+}"),
        (r"\ce{Fe^3+}", r"\ce{Fe^{3+}}"),
        (r"\ce{[Cu(NH3)4]^2+}", r"[\mathrm{Cu}(\mathrm{NH}_{3})_{4}]^{2+}"),
        (r"\ce{A ->[x][y] B}", r"\mathrm{A}\xrightarrow[\mathrm y]{\mathrm x}\mathrm{B}"),
        (r"\ce{MnO4-}", r"\mathrm{MnO}_{4}{}^{-}"),
        (r"\ce{CH3-CH3}", r"\mathrm{CH}_{3}{-}\mathrm{CH}_{3}"),
        (r"\ce{[-CH2-CH2-]_n}", r"[{-}\mathrm{CH}_{2}{-}\mathrm{CH}_{2}{-}]_{\mathrm{n}}"),
        (r"\ce{^{14}_{6}C}", r"{}^{14}_{6}\mathrm{C}"),
        (r"\ce{AgCl v}", r"\mathrm{AgCl}\,\downarrow"),
        (r"\ce{CuSO4.5H2O}", r"\mathrm{CuSO}_{4}\,{\cdot}\,5\,\mathrm{H}_{2}\mathrm{O}"),
        (r"\ce{e-}", r"\mathrm{e}^{-}"),
        (r"\ce{1/2 O2}", r"\frac{1}{2}\,\mathrm{O}_{2}"),
        (r"\ce{x + 2}", r"\ce{x +2}"),
        (r"\ce{\beta +}", r"\beta^{+}"),
        (r"\ce{\eta^2-C2}", r"\eta ^{2}{-}\mathrm{C}_{2}"),
        (r"\ce{M^{..}_i}", r"\mathrm{M}^{\bullet\bullet}_{\mathrm i}"),
        (r"\ce{\frac{[Hg^2+]}{[Hg2]}}", r"\frac{[\mathrm{Hg}^{2+}]}{[\mathrm{Hg}_{2}]}"),
        (r"\ce{1s^2}", r"\mathrm{1s}^{2}"),
        (r"\ce{A \cdot 2B}", r"\mathrm{A}\ \cdot 2\,\mathrm{B}"),
        (r"\pu{1.5 \pm 0.5 nm}", r"1.5 \pm 0.5\,\mathrm{nm}"),
        (r"\pu{3 kJ//mol}", r"3\,\tfrac{\mathrm{kJ}}{\mathrm{mol}}"),
        (r"\pu{5 mol^-1}", r"5\,\mathrm{mol}^{-1}"),
        (r"\mathop{\lim}_{x}", r"\lim_{x}"),
        (r"\mathop{\lim}\limits_{x}", r"\lim_{x}"),
        (r"{a \over b}", r"\frac{a}{b}"),
        (r"\begin{array}{c} a \over b \end{array}", r"\begin{array}{c} \frac{a}{b} \end{array}"),
        (r"{n \choose k}", r"\binom{n}{k}"),
        (r"\mathnormal{x}", "x"),
        (r"\sum_{i \\ j}", r"\sum_{\substack{i \\ j}}"),
        (
            r"\begin{empheq}[left=\empheqlbrace]{aligned} a \end{empheq}",
            r"\left\{\begin{aligned} a \end{aligned}\right.",
        ),
        (r"\SI{5}{\kilo\gram}", r"5\,\mathrm{kg}"),
        (r"\norm{x}", r"\left\| x \right\|"),
    ],
)
def test_a_command_means_what_its_package_says(setter: FormulaSetter, latex: str, meaning: str) -> None:
    found, expected = (setter.set(one, displayed=True) for one in (latex, meaning))
    assert isinstance(found, TypesetFormula)
    assert found == expected


def test_a_row_of_a_multline_is_at_its_side(setter: FormulaSetter) -> None:
    found = setter.set(r"\begin{multline} a + b \\ c \\ d + e \end{multline}", displayed=True)
    assert isinstance(found, TypesetFormula)
    first, last = found.glyphs[0], found.glyphs[-3]
    assert first.x < 500
    assert last.x > 1500


def test_lines_of_tables_are_drawn(setter: FormulaSetter) -> None:
    def lines(latex: str) -> int:
        found = setter.set(latex, displayed=True)
        assert isinstance(found, TypesetFormula)
        return len(found.rules)

    assert lines(r"\begin{aligned} \hline a &= b \\ \hline \end{aligned}") == 2
    assert lines(r"\begin{array}{||c|} a \end{array}") == 3
    assert lines(r"\begin{array}{cc} a & b \\ \cline{2-2} c & d \end{array}") == 1
    assert lines(r"\begin{array}{c} a \\ \hdashline b \end{array}") > 1
    assert lines(r"\begin{array}{c|c} \multicolumn{2}{c}{ab} \\ c & d \end{array}") == 1
    assert lines(r"\fcolorbox{red}{yellow}{x}") == 5
    assert lines(r"\angl{n}") == 2


@pytest.mark.parametrize(
    ("latex", "reason", "detail"),
    [
        (r"\nosuch{x}", Reason.UNKNOWN, r"\nosuch"),
        (r"\text{\nosuch}", Reason.UNKNOWN, r"\nosuch"),
        (r"\begin{tikzcd} A \end{tikzcd}", Reason.UNKNOWN, r"\begin{tikzcd}"),
        (r"\SI{1}{\parsnip}", Reason.UNKNOWN, r"\parsnip"),
        (r"\ce{A \nosuch B}", Reason.UNKNOWN, r"\nosuch"),
        (r"\enclose{heart}{x}", Reason.UNKNOWN, "heart"),
        (r"\text{\ding{999}}", Reason.UNKNOWN, r"\ding{999}"),
        (r"\begin{empheq}[left=\star]{align} a \end{empheq}", Reason.NOT_UNDERSTOOD, r"left=\star"),
        (r"\input{x}", Reason.FORBIDDEN, r"\input"),
        ("x^2^3", Reason.NOT_UNDERSTOOD, "^"),
        (r"\sqrt{a & b}", Reason.UNBALANCED, ""),
        (r"\frac{a}", Reason.INCOMPLETE, ""),
        (r"\left( x", Reason.INCOMPLETE, ""),
        (r"\left x \right)", Reason.NOT_UNDERSTOOD, "x"),
        (r"\hspace{1000em} x", Reason.TOO_LARGE, ""),
        (r"\begin{array}{*{99}{ccc}} a \end{array}", Reason.TOO_LARGE, ""),
        (r"\sqrt" * 3_000 + "x", Reason.TOO_LARGE, ""),
    ],
)
def test_what_is_not_understood_is_refused_with_the_place(latex: str, reason: Reason, detail: str) -> None:
    with pytest.raises(NotSettable) as refused:
        convert(latex, displayed=True)
    assert (refused.value.reason, refused.value.detail) == (reason, detail)


@pytest.mark.parametrize("name", ["equation", "aligned", "array}{c"])
def test_nested_rows_take_no_longer_than_their_length(name: str) -> None:
    start = time.process_time()
    assert mathml(rf"\begin{{{name}}} a \\ " * 20 + "x" + rf"\end{{{name.partition('}')[0]}}}" * 20, True)
    assert time.process_time() - start < 1


def test_a_formula_that_only_defines_macros_shows_nothing(setter: FormulaSetter) -> None:
    assert setter.set(r"\newcommand{\R}{\mathbb{R}}", displayed=True) == TypesetFormula(0, 0, 0)
    assert setter.set("  ", displayed=True) == Refused(Reason.EMPTY)


TEMPLATES = [
    r"\frac{%}{%}",
    r"{% \over %}",
    r"%^{%}_{%}",
    r"\sqrt[%]{%}",
    r"\left(%\right]",
    r"\begin{pmatrix}%&%\\%&%\end{pmatrix}",
    r"\begin{aligned}%&=%\\%\end{aligned}",
    r"\begin{cases}%&\text{%}\\%&%\end{cases}",
    r"\text{% $%$ %}",
    r"\overset{%}{%}",
    r"\underbrace{%}_{%}",
    r"\xrightarrow[%]{%}",
    r"\sum_{%}^{%}",
    r"\hat{%}",
    r"\mathbf{%}",
    r"\boxed{%}",
    r"\cancel{%}",
    r"\color{red}{%}",
    r"\operatorname*{lim}_{%}",
    r"\binom{%}{%}",
    r"\ce{% + %}",
    r"\qty(%)",
    r"\dv{%}{%}",
    r"\not{%}",
    r"\mathop{%}\limits^{%}",
    r"\big(%\big)",
    r"\stackrel{%}{%}",
    r"\textcolor{blue}{%}",
    r"% \quad \! % \,",
    r"\sideset{_%}{^%}\sum",
    r"\begin{array}{c|c}\hline%&\multicolumn{1}{r}{%}\\\cline{1-1}%\end{array}",
    r"\smash{%}\phantom{}%",
]


@given(st.data())
def test_no_letter_is_lost_however_commands_are_nested(data: st.DataObject) -> None:
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    latex = "%"
    for template in data.draw(st.lists(st.sampled_from(TEMPLATES), max_size=5)):
        spots = [found.start() for found in re.finditer("%", latex)]
        spot = data.draw(st.sampled_from(spots))
        latex = latex[:spot] + "{" + template + "}" + latex[spot + 1 :]
    count = latex.count("%")
    latex = re.sub("%", lambda _: next(letters), latex)
    written = mathml(latex, True)
    if written:
        characters = text_of(latex)
        expected = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[:count]
        assert all(characters.count(letter) >= 1 for letter in expected), latex
    else:
        with pytest.raises(NotSettable):
            convert(latex, displayed=True)


@given(st.text(alphabet=r"\{}[]^_&%$#~'abce12+-=<>|().,/ \n", max_size=60))
def test_any_text_is_converted_or_refused(latex: str) -> None:
    assert mathml(latex, True)[:5] in {"", "<math"}
