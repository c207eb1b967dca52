import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.export.to_markdown import closed_markdown, markdown_of, markdown_of_text
from chatdesk.rendering.markdown.blocks import Block, Code, Paragraph, Span
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.rendering.markdown.open_blocks.shapes import shape
from tests.for_all import for_all
from tests.unit.rendering.answers import answer
from tests.unit.rendering.commonmark import Example, examples
from tests.unit.rendering.rich_answers import RICH


def _anew(blocks: tuple[Block, ...]) -> str:
    """Write blocks without looking at what they were written like."""
    return markdown_of(blocks, "")


_LINK_OF_NOTHING = 487
"""A paragraph with nothing in it."""


@for_all([each for each in examples() if each.number != _LINK_OF_NOTHING], lambda example: example.number)
def test_an_example_of_the_specification_is_written_so_that_it_parses_back(example: Example):
    blocks = parse(example.markdown)

    assert shape(parse(_anew(blocks))) == shape(blocks), _anew(blocks)


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_is_written_so_that_it_parses_back(seed: int):
    blocks = parse(answer(3_000, seed))

    assert shape(parse(_anew(blocks))) == shape(blocks)


@pytest.mark.parametrize("source", RICH.values(), ids=RICH)
def test_a_rich_answer_is_written_so_that_it_parses_back(source: str):
    blocks = parse(source)

    assert shape(parse(_anew(blocks))) == shape(blocks)
    assert shape(parse(markdown_of(blocks, source))) == shape(blocks)


@pytest.mark.parametrize("seed", range(4))
def test_any_run_of_blocks_of_an_answer_parses_back(seed: int):
    source = answer(3_000, seed)
    blocks = parse(source)
    chance = random.Random(seed)
    for _ in range(10):
        first = chance.randrange(len(blocks))
        some = blocks[first : first + chance.randint(1, 6)]
        assert shape(parse(markdown_of(some, source))) == shape(some)


def test_what_means_the_same_alone_is_handed_back_as_it_was_written():
    source = "# A\n\n* one\n* __two__\n\nSee [a].\n\n[a]: /x\n"
    blocks = parse(source)

    assert markdown_of(blocks[:3], source) == "# A\n\n* one\n* __two__"
    assert markdown_of(blocks[3:], source) == "See [a](/x)."


def test_what_is_open_is_closed_so_that_more_may_follow():
    for source, end in (("```py\nx", "```"), ("\\[\nx", "\\]"), ("$$ x", "$$"), ("\\begin{align}\nx", "\\end{align}")):
        assert markdown_of(parse(source), source).split("\n")[-1] == end


def test_two_lists_on_end_stay_two():
    source = "- a\n* b\n\n1. c\n1) d"

    assert _anew(parse(source)) == "- a\n\n* b\n\n1. c\n\n1) d"


def test_all_kinds_of_containers_are_written():
    parts = [
        "> [!NOTE]\n> a",
        "- [x] b",
        "  > c",
        "term\n: d\n: e[^1]",
        "[^1]: f",
        "    g",
        "| a \\| b |\n| :-- |\n| `x \\| y` |",
    ]
    source = "\n\n".join([*parts, "\\[\nx\n\\]"])

    assert _anew(parse(source)) == source


def test_a_block_that_was_cut_is_written_anew():
    source = "a **bold *word*** here"
    (block,) = parse(source)
    assert isinstance(block, Paragraph)
    part = Paragraph(start=0, end=5, spans=(Span("a "), Span("bo", block.spans[1].style)))

    assert markdown_of((part,), source) == "a **bo**"


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("snake_case and 2 * 3 < 4 & $5", "snake_case and 2 * 3 < 4 & $5"),
        ("*a* `b` [c](d)", "\\*a\\* \\`b\\` &#91;c](d)"),
        ("# no\n- no\n1. no\n> no", "\\# no\\\n\\- no\\\n1\\. no\\\n\\> no"),
        ("$x$ and \\(y\\)", "\\$x\\$ and \\\\(y\\\\)"),
        ("one\n\n\ntwo", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_plain_text_is_escaped_only_where_it_must_be(plain: str, markdown: str):
    assert markdown_of_text(plain) == markdown


_PIECES = st.sampled_from(
    [*"*_`~[]()<>&$#!|\\+-=:.1a ", "word ", "中文", "https://a.b/c", "x@y.zz", "&amp;", "\n", "\\(", "$$"]
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_plain_text_stays_what_it_is(plain: str):
    wanted = "\n".join(line for line in plain.split("\n") if line.strip())

    got = to_plain_text(parse(markdown_of_text(plain)))

    assert [line for line in got.split("\n") if line.strip()] == wanted.split("\n") or not wanted


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_running_text_is_written_so_that_it_parses_back(source: str):
    blocks = parse(source)

    assert shape(parse(_anew(blocks))) == shape(blocks)


@pytest.mark.parametrize("source", ["$$`", "$$a", "$$\n`", "\\[`", "```math\na", "~~~~math\n`"])
def test_a_formula_that_is_still_open_is_closed_with_its_own_mark(source: str):
    blocks = parse(source)

    assert shape(parse(_anew(blocks))) == shape(blocks)


def test_a_link_whose_words_are_all_strong_is_one_span():
    (paragraph,) = parse("[**words**](https://a.b/c)")

    assert [span.text for span in paragraph.spans] == ["words"]
    assert shape(parse(_anew(parse("**https://a.b/c**")))) == shape(parse("**https://a.b/c**"))


def test_code_is_fenced_with_more_than_it_holds():
    code = Code(start=0, end=1, text="```\n~~~~\n", info="a`b")

    assert _anew((code,)) == "~~~~~a`b\n```\n~~~~\n~~~~~"


def test_a_section_is_written_with_its_tags():
    source = "<details open><summary>A **b**</summary>\n\nc\n\n<details>\nd</details></details>\n\ne"

    assert _anew(parse(source)) == (
        "<details open>\n<summary>A **b**</summary>\n\nc\n\n<details>\n\nd\n\n</details>\n\n</details>\n\ne"
    )


def test_a_whole_section_is_handed_back_with_its_end():
    source = "a\n\n<details><summary>b</summary>c</details>\n\nd"
    blocks = parse(source)

    assert markdown_of(blocks[1:3], source) == "<details><summary>b</summary>c</details>"
    assert markdown_of(blocks[2:3], source) == "c"


def test_text_may_follow_what_is_closed():
    assert (
        closed_markdown("a\n\n<details>\n<details>\nb\n") == "a\n\n<details>\n<details>\nb\n\n</details>\n\n</details>"
    )
    assert closed_markdown("```py\nx") == "```py\nx\n```"
    for text in ("- <details>\n  b", "<details>\nb</details>", "`<details>`", "a"):
        assert closed_markdown(text) == text


def test_looks_that_markdown_does_not_have_are_written_as_html():
    source = "<u>a</u> <mark>b *c*</mark> <kbd>d</kbd> H<sub>2</sub>O x<sup>2</sup> \\<b> and <br>"

    assert _anew(parse(source)) == "<u>a</u> <mark>b *c*</mark> <kbd>d</kbd> H<sub>2</sub>O x<sup>2</sup> \\<b> and"


def test_a_break_in_a_cell_is_written_as_html():
    source = "| a |\n| --- |\n| b<br>c |"

    assert _anew(parse(source)) == source
