import pytest

from chatdesk.rendering.markdown.blocks import Paragraph
from chatdesk.rendering.markdown.markdown import parse


def _formulas(text: str) -> list[str]:
    return [
        span.formula for block in parse(text) if isinstance(block, Paragraph) for span in block.spans if span.formula
    ]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"a \(x^2\) b", ["x^2"]),
        (r"a \[x^2\] b", ["x^2"]),
        ("a $x$, $y$. ($z$)", ["x", "y", "z"]),
        ("a $$x$$ b", ["x"]),
        ("其中$x$是变量，**当$y$时**", ["x", "y"]),
        ("the $n$th and $k$-means, two $x_i$s", ["n", "k", "x_i"]),
        ("a $x\n= y$ b", ["x = y"]),
        ("$2ab$ and $4$ and $3 \\text{ m}$", ["2ab", "4", r"3 \text{ m}"]),
        ("a $`x_1`$ b", ["x_1"]),
        (r"$\$5 + x$", [r"\$5 + x"]),
        (r"$a \text{ if } b$ [c](/d)", [r"a \text{ if } b"]),
        (r"$ \frac{1}{2} $, $ x^2 $ and $ a_1 $", [r"\frac{1}{2}", "x^2", "a_1"]),
        ("so $ x = 1 $ and $ F_{net} = ma $", ["x = 1", "F_{net} = ma"]),
        ("$ PV = nRT $", ["PV = nRT"]),
        (r"$ a = b \text{ for all } c $", [r"a = b \text{ for all } c"]),
        ("$\nE = mc^2\n$", ["E = mc^2"]),
        ("其中 $ x_i $ 是变量", ["x_i"]),
        ("$x^2 $ or $ y^2$", ["x^2", "y^2"]),
        (r"\(a\) \(b", ["a"]),
        (r"*a \(x*y*z\)*", ["x*y*z"]),
        (r"$\{a\}_{1}$ $|x|$", [r"\{a\}_{1}", "|x|"]),
    ],
)
def test_formulas_in_running_text_are_found(text: str, formulas: list[str]):
    assert _formulas(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "US$5, then US$6",
        "$HOME/$PATH",
        "costs $5-$10",
        "costs $5-$",
        "costs $20/$",
        "costs $1.5M – $",
        "costs $10M, US$",
        "in $HOME/$",
        "costs $5–$10 or 10$",
        "($5) and (10$)",
        "from $20/month to 30$",
        "这个$5元，那个10$",
        "$ x $",
        "costs $ 5 and $ 6",
        "it is $ 5 = 4 € and $ 6",
        "between $ 5_000 and $ 6_000",
        "run $ cd my_dir and $ ls",
        "$ pip install a_b $",
        "价格 $ 5 = 36元，或 $ 6",
        "a $ b",
        "PATH = $ A = $",
        "$x $ y$z",
        "$",
        "$$",
        "$$ $$",
        "$$$x$$$",
        r"\$x\$",
        "`$x$`",
        "`\\(x\\)`",
        "$a `b$` c",
        r"\(x",
        r"\( \)",
        r"\\(x\\)",
        "export A=$B; echo $C",
        "a$b$c",
    ],
)
def test_money_code_and_escapes_are_no_formulas(text: str):
    assert _formulas(text) == []


def test_a_formula_keeps_how_it_was_written():
    (block,) = parse(r"a **\( x \)** b")
    assert isinstance(block, Paragraph)

    assert [(span.text, span.formula) for span in block.spans] == [("a ", ""), (r"\( x \)", "x"), (" b", "")]
