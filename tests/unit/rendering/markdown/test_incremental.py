import random
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Paragraph, Table
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.long_texts import LONG
from chatdesk.rendering.markdown.markdown import parse
from tests.for_all import for_all
from tests.unit.rendering.answers import answer
from tests.unit.rendering.commonmark import Example, examples
from tests.unit.rendering.rich_answers import RICH

pytestmark = pytest.mark.thorough

# What block structure is made of, and pieces whose meaning hangs on what comes before or after them.
_SCRAPS = st.sampled_from(
    [
        *("- ", "* ", "+ ", "1. ", "2) ", "7. ", "> ", ">", "- [ ] ", "- [x] ", "-", "1."),
        *("# ", "### ", "#", "```", "```py\n", "~~~", "---", "***", "===", "=", "    ", "  ", " ", "\t", "   "),
        *("\n", "\n", "\n", "\n\n", "\r\n", "\r", "a", "b c", "text ", "  \n", "\\\n", "中文。", "\\"),
        *("| a | b |\n", "|---|---|\n", "| 1 | 2 |\n", "|", "-|-\n", "a|b\n"),
        *("[a]: /x\n", "[a]: /y 'title'\n", "[a]:", " /z", "'t'", "[a]", "![a]", "[b][a]", "](", "[", "]", "(", ")"),
        *(
            "\\[",
            "\\]",
            "\\(",
            "\\)",
            "$",
            "$$",
            "$$\n",
            "\\[\n",
            "\\]\n",
            "\\begin{align}",
            "\\end{align}",
            "```math\n",
            "x = 1",
        ),
        *(
            "[^a]",
            "[^b]",
            "[^a]: ",
            "[^b]:",
            "[^a]: one\n",
            "> [!NOTE]\n",
            "[!TIP]",
            ": ",
            ": b\n",
            "term\n: a\n",
            "\n    ",
        ),
        *("*", "**", "_", "`", "``", "~~", "&amp;", "<", "<b>", "https://a.b/c ", "www.a.b", "x@y.zz", "\0", "\ud800"),
        *(
            "<details>",
            "<details open>\n",
            "</details>",
            "</details>\n",
            "<summary>",
            "</summary>",
            "\n<details>\n",
            "    <summary>",
        ),
        *(
            "<br>",
            "</b>",
            "<kbd>",
            "</kbd>",
            "<sub>2</sub>",
            "<!--",
            "-->",
            "<!-- c -->\n",
            "<img src='http://a/b' alt=",
            "'>",
            "~",
            "~x~",
        ),
        *("$ x^2 $", " $", "https://a.b/__x__", "中国", "ftp://", "\ufeff"),
    ]
)
_TEXTS = st.lists(_SCRAPS, max_size=24).map("".join)


def _feed(text: str, ends: list[int]) -> IncrementalParser:
    """Feed a text cut at these places, checking the law after every piece."""
    parser = IncrementalParser()
    shown: list[Block] = []
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        first = parser.feed(text[begin:end])
        shown[first:] = parser.blocks[first:]
        assert tuple(parser.blocks) == parse(text[:end]), text[:end]
        assert shown == parser.blocks, "blocks before the first that changed have changed"
    assert parser.finish() == len(parser.blocks)
    assert tuple(parser.blocks) == parse(text)
    return parser


def _every_character(text: str) -> list[int]:
    return list(range(1, len(text)))


def _some_cuts(text: str, chance: random.Random) -> list[int]:
    steps = accumulate(chance.choice((1, 3, 4, 5, 30)) for _ in text)
    return [end for end in steps if end < len(text)]


@for_all(examples(), lambda example: example.number)
def test_an_example_of_the_specification_is_the_same_at_every_prefix(example: Example):
    _feed(example.markdown, _every_character(example.markdown))


@settings(max_examples=200)
@given(_TEXTS)
def test_scraps_of_markdown_are_the_same_at_every_prefix(text: str):
    _feed(text, _every_character(text))


@settings(max_examples=40)
@given(st.lists(st.sampled_from([example.markdown for example in examples()]), min_size=2, max_size=6), st.randoms())
def test_examples_of_the_specification_on_end_are_the_same_however_they_are_cut(
    texts: list[str], chance: random.Random
):
    text = "".join(texts)

    _feed(text, _some_cuts(text, chance))


@pytest.mark.parametrize("seed", range(5))
def test_an_answer_is_the_same_however_it_is_cut(seed: int):
    text = answer(2_000, seed)

    _feed(text, _some_cuts(text, random.Random(seed)))


@pytest.mark.parametrize("text", RICH.values(), ids=RICH)
def test_a_rich_answer_is_the_same_at_every_prefix(text: str):
    _feed(text, _every_character(text))


@pytest.mark.parametrize("seed", range(6))
def test_rich_answers_on_end_are_the_same_however_they_are_cut(seed: int):
    chance = random.Random(seed)
    parts = [*RICH.values(), answer(1_000, seed)]
    chance.shuffle(parts)
    text = "\n\n".join(parts)

    _feed(text, _some_cuts(text, chance))


@settings(max_examples=100)
@given(st.text(max_size=40), st.data())
def test_any_text_at_all_is_the_same_however_it_is_cut(text: str, data: st.DataObject):
    ends = data.draw(st.lists(st.integers(0, len(text)), max_size=5).map(sorted))

    _feed(text, ends)


@pytest.mark.parametrize(
    "text",
    [
        "See [a] and [b].\n\n- [a]\n\n| [a] |\n|---|\n| [b] |\n\n[a]: /x\n[b]: /y\n",
        "[a]\n\n[a]: /x\n'not\na title\n",
        "- a\n#hashtag\n",
        "Title\n---\nTitle\n===\n",
        "- a\n- b\n- c\n\n- d\n",
        "- a\n- b\n\n--\n",
        "- a\n  - b\n\n    c\n- d\n",
        "```py\na\n``\n````\nb",
        "| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |\ntext\n\nafter",
        "> a\nlazy\n\n> b\n- c\nlazy too\n",
        "    code\n\n\n    more\n",
        "-\n\n  a\n-\n  b\n",
        "Text \\(x\\) and \\[ y \\] more:\n\\[\nx\n\\], where $z$ is $5\n",
        "so $$\nx = 1\n$$\n\n- \\[ a\n  = b \\]\n- $$ c\n\n  d\n> \\[\n> e\n\nf $$g$$",
        "$$ PID\n- a\n\n\\begin{align} a \\begin{align} b \\end{align}\n\\end{align}. end\n```math\nx\n```\n",
        "a[^1] b[^x] | c[^2]\n\n|[^2]|\n|-|\n|[^1]|\n\n[^x]: X\n[^1]: One[^2]\n    more\n\n    - deep\n\nout\n\n[^2]: Two\n",
        "[^1]: Early\n\n- `[^1]` a\n- [^1] b\n\n- c[^2]\n\n[^2]:\n\n[^1]: again\n",
        "> [!NOTE]\n> a\n\n> [!WARNING] b\n\n- > [!tip]\n  > c\nlazy\n",
        "<details>\n<summary>A *b*</summary>\n\ntext\n\n- item\n</details>\nafter\n",
        "- a\n  <details open><summary>S</summary>x</details>\n\n- b\n",
        "> <details>\n> x\n\n<details>\n    <summary>\n    Two\n    lines\n    </summary>\n    one\n        two\n</details>\n",
        "<details>\n<details>\n\n```\n</details>\n```\nb</details></details></details>\n\n[a]: /x\n<details>\n[a]\n",
        "a\n<!-- b\n\n# c\n-->d\n- <!-- e\n\n  f --> g\n",
        "H<sub>2</sub>O <b>x **y</b> z** a<br>\nb\n<br>c<!-- d --> <kbd>Ctrl</kbd>\n",
        "T\n: a\n: b\nU\n: c\n\nV\nW\n: d\n\n: e\n\n  f\n\nX\n",
    ],
)
def test_what_later_lines_change_is_changed(text: str):
    _feed(text, _every_character(text))


def test_a_late_definition_changes_the_paragraphs_that_ask_for_it_and_no_other():
    parser = IncrementalParser()
    parser.feed("first\n\n[a] second\n\nthird [b]\n\n")
    before = list(parser.blocks)

    first = parser.feed("[a]: /x\n")

    assert first == 1
    assert parser.blocks[1].spans[0].link == "/x"
    assert [new is old for new, old in zip(parser.blocks, before, strict=True)] == [True, False, True]


def test_a_definition_that_is_still_being_written_leads_where_it_leads_so_far():
    parser = IncrementalParser()
    parser.feed("[a]\n\n")
    links = []
    for piece in ("[a]: /x", "y", "\nand"):
        parser.feed(piece)
        links.append(parser.blocks[0].spans[0].link)

    assert links == ["/x", "/xy", "/xy"]


def test_a_list_that_turns_loose_changes_from_its_first_item_on():
    parser = IncrementalParser()
    parser.feed("before\n\n- a\n- b\n")

    assert parser.feed("\n- c") == 1
    assert not any(block.containers[0].tight for block in parser.blocks[1:])


def test_a_list_that_only_seemed_to_turn_loose_is_tight_again():
    parser = IncrementalParser()
    parser.feed("- a\n- b\n\n-")
    assert not parser.blocks[0].containers[0].tight

    assert parser.feed("-x") == 0
    assert parser.blocks[0].containers[0].tight


def test_nothing_changes_when_nothing_visible_comes():
    parser = IncrementalParser()
    parser.feed("a paragraph")

    assert parser.feed("\n\n") == 1
    assert parser.feed("") == 1


def test_blocks_that_are_gone_are_reported():
    parser = IncrementalParser()
    parser.feed("a\n\n[b]:")
    assert len(parser.blocks) == 2

    assert parser.feed(" /a-definition-is-not-shown") == 1
    assert len(parser.blocks) == 1


def test_a_block_that_did_not_change_stays_the_same_object():
    parser = IncrementalParser()
    parser.feed("# a\n\nb\n\n```\ncode\n```\n")
    before = list(parser.blocks)

    parser.feed("\nnext\n\n- item\n- item")

    assert all(new is old for new, old in zip(parser.blocks, before, strict=False))


@pytest.mark.parametrize(
    ("kind", "head", "line", "tail"),
    [
        ("open code", "```py\n", "x = 1\n", "y = 2"),
        ("code in a list", "- a\n\n  ```\n", "  x = 1\n", "  y"),
        ("list", "", "- item *a* here\n", "- item"),
        ("loose list", "", "- item *a*\n\n", "- item"),
        ("table", "|a|b|\n|-|-|\n", "| *1* | 2 |\n", "| 1 | 2"),
        ("quote", "", "> a *b*\n>\n", "> c"),
        ("paragraphs", "", "some *text*\n\n", "more"),
        ("nested list", "- a\n", "  - b *c*\n", "  - d"),
        ("footnotes", "a[^1]\n\n", "[^1]: b *c*\n", "[^1]: d"),
        ("descriptions", "a\n", ": b *c*\n", ": d"),
        ("formulas", "", "$$x$$\n\n\\[\ny\n\\]\n\n", "\\[ z"),
        ("text with formulas", "", "a $x$ and \\(y\\)\n\n", "$z$ x"),
    ],
)
def test_a_piece_costs_the_same_however_long_the_block_it_is_in(kind: str, head: str, line: str, tail: str):
    work = []
    for lines in (10, 1_000):
        parser = IncrementalParser()
        parser.feed(head + line * lines)
        before = parser.characters_parsed
        for character in tail:
            parser.feed(character)
        work.append(parser.characters_parsed - before)

    assert work[0] == work[1], kind


def test_a_long_paragraph_is_not_parsed_from_its_beginning_again():
    parser = IncrementalParser()
    parser.feed("Some *emphasis* and `code` in a sentence. " * 500)
    before = parser.characters_parsed

    for word in ["and", "a", "few", "more", "words", "for", "the", "end", "of", "this", "paragraph"]:
        parser.feed(" " + word)

    assert parser.characters_parsed - before < 10 * 2 * LONG


def test_code_grows_line_by_line_and_is_closed_by_its_fence():
    parser = IncrementalParser()
    seen = []
    for piece in ("```p", "y\nx", " = 1\n", "``", "`"):
        parser.feed(piece)
        (code,) = parser.blocks
        assert isinstance(code, Code)
        seen.append((code.info, code.text, code.closed))

    assert seen == [
        ("p", "", False),
        ("py", "x\n", False),
        ("py", "x = 1\n", False),
        ("py", "x = 1\n``\n", False),
        ("py", "x = 1\n", True),
    ]


def test_a_table_grows_row_by_row():
    parser = IncrementalParser()
    parser.feed("| a | b |\n| - | - |\n")
    rows = []
    for piece in ("| 1", " | 2 |", "\n", "| 3 |\n", "\nend"):
        parser.feed(piece)
        assert isinstance(parser.blocks[0], Table)
        rows.append([["".join(span.text for span in cell) for cell in row] for row in parser.blocks[0].rows])

    assert rows == [[["1", ""]], [["1", "2"]], [["1", "2"]], [["1", "2"], ["3", ""]], [["1", "2"], ["3", ""]]]


def test_an_open_formula_does_not_flicker():
    parser = IncrementalParser()
    seen = []
    for character in "\\[\nx = 1\n\\]":
        parser.feed(character)
        (block,) = parser.blocks
        seen.append(isinstance(block, Formula))

    assert seen[1:] == [True] * (len(seen) - 1)


def test_a_formula_in_the_line_is_text_until_it_is_closed():
    parser = IncrementalParser()
    seen = []
    for piece in ("a \\(x", " + y", "\\)", " b"):
        parser.feed(piece)
        (block,) = parser.blocks
        assert isinstance(block, Paragraph)
        seen.append([span.formula for span in block.spans])

    assert seen == [[""], [""], ["", "x + y"], ["", "x + y", ""]]


def test_footnotes_that_come_late_change_what_refers_to_them_and_no_other_block():
    parser = IncrementalParser()
    parser.feed("a[^1]\n\nb\n\nc[^2]\n\n[^2]: two\n\nd\n\n")
    before = list(parser.blocks)

    first = parser.feed("[^1]: one\n")

    assert first == 0
    assert [new is old for new, old in zip(parser.blocks, before, strict=False)] == [False, True, False, False, True]
    assert [span.text for block in parser.blocks for span in getattr(block, "spans", ()) if span.footnote] == [
        "[1]",
        "[2]",
    ]
