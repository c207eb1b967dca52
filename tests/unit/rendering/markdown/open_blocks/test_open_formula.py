import pytest

from chatdesk.rendering.markdown.blocks import Block, Formula, Paragraph
from chatdesk.rendering.markdown.markdown import parse


def _kinds(text: str) -> list[str]:
    return [block.latex if isinstance(block, Formula) else type(block).__name__ for block in parse(text)]


def _formula(text: str) -> Formula:
    (block,) = parse(text)
    assert isinstance(block, Formula)
    return block


@pytest.mark.parametrize(
    "text",
    [
        "\\[ x \\]",
        "\\[\nx\n\\]",
        "$$x$$",
        "$$\nx\n$$",
        "$$ x\n$$",
        "  $$\n  x\n  $$",
        "```math\nx\n```",
        "$$\n\nx\n\n$$",
        "\\[x\n\\]",
    ],
)
def test_a_formula_on_lines_of_its_own_is_displayed(text: str):
    assert (_formula(text).latex, _formula(text).closed) == ("x", True)


def test_a_displayed_formula_interrupts_a_paragraph_and_is_followed_by_one():
    assert _kinds("So:\n\\[\nx\n\\]\nwhere") == ["Paragraph", "x", "Paragraph"]
    assert _kinds("So:\n$$x$$\nwhere") == ["Paragraph", "x", "Paragraph"]
    assert _kinds("So $$\nx\n$$ where") == ["Paragraph", "x", "Paragraph"]


def test_a_formula_among_words_is_not_displayed():
    assert _kinds("So $$x$$ where") == _kinds("$$x$$ where") == _kinds("\\[x\\] where") == ["Paragraph"]


def test_a_formula_alone_in_its_paragraph_is_displayed():
    assert _kinds("$$ sin x = 1 $$") == ["sin x = 1"]
    assert _kinds("\\(x\\)") == ["Paragraph"]


def test_an_environment_stays_around_its_formula():
    assert _formula("\\begin{align}\na &= b\n\\end{align}").latex == "\\begin{align}\na &= b\n\\end{align}"
    assert _kinds("\\begin{itemize}\n\\item a\n\\end{itemize}") == ["Paragraph"]


def test_a_full_stop_behind_the_mark_belongs_to_the_formula():
    assert _formula("\\[x\\].").latex == "x."
    assert _formula("\\[x\\].").source == "\\[x\\]."


def test_formulas_stand_in_lists_and_quotes():
    blocks = parse("- \\[\n  x\n  \\]\n- $$y$$\n\n> \\[\n> z\n> \\]")

    assert [block.latex for block in blocks if isinstance(block, Formula)] == ["x", "y", "z"]
    assert all(block.containers for block in blocks)


def test_a_row_break_is_not_the_end():
    assert _formula("\\[\na \\\\[2pt]\nb\n\\]").latex == "a \\\\[2pt]\nb"


@pytest.mark.parametrize("text", ["\\[\nx", "$$x", "$$\nx\n\ny", "\\begin{align}\nx", "```math\nx"])
def test_a_formula_that_is_not_closed_yet_is_one(text: str):
    assert not _formula(text).closed


def test_what_only_looked_like_a_formula_is_text_after_an_empty_line():
    blocks: tuple[Block, ...] = parse("$$ = PID\nof the shell\n\nnext")

    assert all(isinstance(block, Paragraph) for block in blocks)


def test_prose_in_escaped_brackets_is_prose():
    assert _kinds("\\[not a link](/x)") == ["Paragraph"]


def test_a_formula_that_never_ends_does_not_take_everything():
    blocks = parse("$$\n" + "x\n" * 20_000 + "\n# Heading\n")

    assert isinstance(blocks[0], Formula)
    assert len(blocks) > 1
