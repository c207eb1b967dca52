"""Formulas as they are said."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.formulas.speech import signs
from chatdesk.rendering.formulas.speech.kinds import SAME
from chatdesk.rendering.formulas.speech.speaker import spoken_formula
from chatdesk.rendering.formulas.speech.tokens import MAX_SPOKEN_LENGTH
from chatdesk.rendering.formulas.speech.vocabulary import vocabulary
from tests.formula_corpus import SET, read

ENGLISH = vocabulary(lambda _context, text: text)
MOST_WORDS = 60
"""Characters that are said for one of LaTeX, at most."""


def spoken(latex: str) -> str:
    return spoken_formula(latex, ENGLISH)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"x^2 + \frac{1}{2}", "x squared plus 1 over 2"),
        (r"\sum_{i=1}^{n} i", "sum from i equals 1 to n of i"),
        (r"\sum \vec F_i", "sum of vector F sub i"),
        (r"\lim_{x \to 0} f(x)", "limit as x approaches 0 of f of x"),
        (r"\int_0^1 x\,dx", "integral from 0 to 1 of x d x"),
        (r"\sqrt{2} \sqrt[3]{x+1}", "square root of 2 cube root of x plus 1, end root"),
        (r"\frac{a+b}{2}", "fraction, a plus b, over, 2, end fraction"),
        (r"a_{n-1} a_{ij}", "a sub n minus 1, end sub a sub i j"),
        (r"e^{-x} e^{x+1}", "e to the power of minus x e to the power of x plus 1, end power"),
        (
            r"A^T B^{\top} x^{(n)} 90^\circ",
            "A transpose B transpose x superscript open parenthesis n close parenthesis, end superscript 90 degrees",
        ),
        (r"f'(x) = f(x+1)", "f prime of x equals f of open parenthesis x plus 1 close parenthesis"),
        (r"\sin^2\theta \tan^{-1} x \log_2 8", "sine squared theta inverse tangent x log base 2 of 8"),
        (r"|x-a|", "absolute value of x minus a end absolute value"),
        (r"|b||c|", "absolute value of b end absolute value absolute value of c end absolute value"),
        (r"P(A|B)", "P open parenthesis A vertical bar B close parenthesis"),
        (r"\left|\frac ab\right|", "absolute value of a over b end absolute value"),
        (r"\left. x \right|_0^2", "x evaluated from 0 to 2"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & \end{pmatrix}", "matrix with 2 rows and 2 columns: row 1: 1, 2; row 2: 3, blank; end matrix"),
        (r"\begin{cases} x & \text{if } x>0, \\ 0 \end{cases}", "2 cases: case 1: x, if x is greater than 0; case 2: 0; end cases"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "line 1: a equals b; line 2: equals c"),
        (r"\begin{equation*} a &= b \tag{1} \end{equation*}", "a equals b, number 1"),
        (r"1\,000\,000 + 12{,}345.67", "1000000 plus 12,345.67"),
        (r"\text{for all $x$, } \mathrm{pH} \in \mathbb{R}", "for all x, pH in the real numbers"),
        (r"\mathbf{v} \cdot \hat{n} \quad \overline{AB}", "bold v dot n hat, bar over A B, end"),
        (r"A \xrightarrow[below]{f} B", "A right arrow with f above with b e l o w below B"),
        (r"\ce{2H2 + O2 -> 2H2O}", "2 H sub 2 plus O sub 2 right arrow 2 H sub 2 O"),
        (r"{n \choose k} = \binom{n}{k}", "n choose k equals n choose k"),
        (r"\dv{f}{x} + \dv[2]{y}{t}", "fraction, d f, over, d x, end fraction plus fraction, d squared y, over, d t squared, end fraction"),
        (r"\qty(x) \qty{5}{\meter} \Alpha A^\dag", "open parenthesis x close parenthesis 5 meter A A superscript dagger"),
        (r"\vb{v} \ket{0}", "bold v ket 0"),
        ("α ≤ ∑ x′", "alpha is less than or equal to sum of x prime"),
        ("甲 + 乙 = 10", "甲 plus 乙 equals 10"),
        (r"x \hspace{1em} y \mkern5mu z % a remark", "x y z"),
    ],
)  # fmt: skip
def test_what_is_heard(latex: str, words: str) -> None:
    assert spoken(latex) == words


@pytest.mark.parametrize(
    "latex",
    [
        "", "  ", r"\frac{1}", "{x", "x}", r"\left( x", r"\nosuch{x}", r"\begin{pmatrix} 1", r"\begin{nosuch}\end{nosuch}", "x^",
        r"\begin{matrix}1\end{pmatrix}", r"\def\a{x}", "{" * 100 + "x" + "}" * 100, "x" * (MAX_SPOKEN_LENGTH + 1),
        r"\text{\text", "$", "\\",
    ],
)  # fmt: skip
def test_what_there_are_no_words_for_is_said_as_it_is_written(latex: str) -> None:
    assert spoken(latex) == latex


def corpus() -> list[str]:
    return [formula.latex for formula in read(SET)]


def test_the_corpus_is_said_in_words() -> None:
    unsaid = [latex for latex in corpus() if set("\\{}^_&") & set(spoken(latex))]
    assert unsaid == [r"\rule{1em}{0.5em}"]


def test_all_that_has_another_way_of_writing_has_a_name() -> None:
    assert {sign for sign in SAME.values() if sign not in ENGLISH.signs} == set()


def test_words_of_another_language_go_where_they_belong() -> None:
    texts = {"{a} over {b}": "{b} 分之 {a}", "alpha": "阿尔法"}
    words = vocabulary(lambda _context, text: texts.get(text, text))
    assert spoken_formula(r"\frac{1}{\alpha}", words) == "阿尔法 分之 1"


_PIECES = [
    *(latex for latex in corpus() if len(latex) < 60), *signs.signs(lambda _context, text: text),
    *SAME,
    "{", "}", "^", "_", "'", "&", r"\\", r"\left", r"\right", r"\begin{cases}", r"\end{cases}", r"\text{", "$", r"\ce{", r"\frac",
    r"\sqrt[",     "]", r"\not", r"\over", r"\substack{", r"\mkern", "|", " ", "\ud800", "\0", "12", "f(", r"\xrightarrow[",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join) | st.text(max_size=200))
def test_nothing_is_too_strange_to_be_said_or_shown(latex: str) -> None:
    assert len(spoken(latex)) <= MOST_WORDS * (len(latex) + 1)


def seconds(latex: str) -> float:
    """Of work, at best: the garbage of other tests only ever adds."""

    def once() -> float:
        start = time.thread_time()
        spoken(latex)
        return time.thread_time() - start

    return min(once() for _ in range(3))


def repeated(piece: str, length: int) -> tuple[str, str, str]:
    latex = (piece * length)[:length]
    return latex, latex[: length // 2] + "}" * (length // 2), "{" * 30 + latex[:-60] + "}" * 30


@pytest.mark.parametrize(
    "piece",
    [
        "|", "|+", "f(", "{", r"\ce{", r"\text{$", r"\frac", r"\sqrt[", "^", "_x", "x_",
        r"\left(", r"\begin{cases}", "1,", r"\not", "[", r"\over ", "(|",
        r"\ce{a}", r"\text{a}", r"\sqrt[x]{y}", r"\ce{1}", "&", r"\\[", "{|", "1{", r"\hat{", r"\substack{",
    ],
)  # fmt: skip
def test_time_grows_with_length_only(piece: str) -> None:
    for long, short in zip(repeated(piece, MAX_SPOKEN_LENGTH), repeated(piece, MAX_SPOKEN_LENGTH // 8), strict=True):
        assert seconds(long) < 20 * seconds(short) + 0.05
        assert seconds(long) < 0.25
