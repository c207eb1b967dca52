"""How a text becomes blocks. That CommonMark is followed is the business of test_commonmark.py."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.markdown.blocks import (
    Alignment,
    Block,
    Code,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
)
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.line_parser import MAX_DEPTH, LineParser
from chatdesk.rendering.markdown.markdown import parse
from tests.unit.rendering.answers import answer
from tests.unit.rendering.html_look import look


def _words(block: Block) -> str:
    assert isinstance(block, Paragraph | Heading)
    return "".join(span.text for span in block.spans)


def _items(text: str) -> list[ListItem]:
    items = [block.containers[-1] for block in parse(text)]
    assert all(isinstance(item, ListItem) for item in items)
    return items


def test_a_text_becomes_flat_leaves_that_know_where_they_stand():
    text = "# Title\n\n> quoted\n> - item\n\n```py\ncode\n```\n---"

    heading, quoted, item, code, rule = parse(text)

    assert heading == Heading(start=0, end=7, level=1, spans=(Span("Title"),))
    assert quoted == Paragraph(start=11, end=17, containers=(Quote(9),), spans=(Span("quoted"),))
    assert item == Paragraph(
        start=22, end=26, containers=(Quote(9), ListItem(20, 20, None, tight=True)), spans=(Span("item"),)
    )
    assert code == Code(start=28, end=42, text="code\n", info="py")
    assert rule == Rule(start=43, end=46)


def test_offsets_are_those_of_the_source_with_its_own_line_ends():
    text = "a\r\n\r\n- b\r\n\r\n  c\r"

    assert [text[block.start : block.end] for block in parse(text)] == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(4))
def test_blocks_lie_in_the_source_one_behind_the_other(seed: int):
    text = answer(4_000, seed)
    blocks = parse(text)

    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))


def test_an_empty_text_has_no_blocks():
    assert parse("") == parse(" \n\t\n") == ()


def test_ordered_items_count_from_the_first_number_whatever_the_others_say():
    assert [item.number for item in _items("3. a\n3. b\n9. c\n")] == [3, 4, 5]


def test_bullet_items_have_no_number():
    assert [item.number for item in _items("- a\n- b\n")] == [None, None]


def test_another_mark_begins_another_list():
    lists = [item.list_start for item in _items("- a\n- b\n* c\n1. d\n1) e\n")]

    assert lists == [0, 0, 8, 12, 17]


def test_a_list_is_loose_for_all_its_items_or_for_none():
    assert [item.tight for item in _items("- a\n- b\n\n- c\n")] == [False] * 3
    assert [item.tight for item in _items("- a\n- b\n")] == [True] * 2


def test_the_list_inside_may_be_loose_while_the_one_outside_is_tight():
    outer, inner, inner_again, last = parse("- a\n  - b\n\n  - c\n- d\n")

    assert [item.tight for item in outer.containers] == [True]
    assert [item.tight for item in inner.containers] == [item.tight for item in inner_again.containers] == [True, False]
    assert [item.tight for item in last.containers] == [True]


def test_a_task_has_its_box_and_not_its_brackets():
    blocks = parse("- [ ] open\n- [x] done\n- [X] also\n- [y] none\n- [x]none\n1. [x] numbered\n")

    assert [block.containers[-1].checked for block in blocks] == [False, True, True, None, None, True]
    assert [_words(block) for block in blocks] == ["open", "done", "also", "[y] none", "[x]none", "numbered"]


def test_an_empty_item_or_quote_is_a_paragraph_without_spans():
    item, next_item, quote = parse("-\n- a\n\n>\n")

    assert isinstance(item, Paragraph)
    assert item.spans == ()
    assert item.containers[0].start == 0
    assert _words(next_item) == "a"
    assert isinstance(quote, Paragraph)
    assert (quote.spans, quote.containers) == ((), (Quote(7),))


def test_an_item_with_a_definition_only_is_still_there():
    (item,) = parse("- [a]: /x\n")

    assert isinstance(item, Paragraph)
    assert item.spans == ()


def test_every_row_of_a_table_has_as_many_cells_as_there_are_columns():
    (table,) = parse("| a | b | c |\n|:--|:-:|--:|\n| 1 |\n| 1 | 2 | 3 | 4 |\n| `x \\| y` || z |\n")

    assert isinstance(table, Table)
    assert table.alignments == (Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT)
    assert [[bool(cell) for cell in row] for row in table.rows] == [
        [True, False, False],
        [True] * 3,
        [True, False, True],
    ]
    assert table.rows[2][0] == (Span("x | y", Style.CODE),)


def test_a_table_ends_at_an_empty_line_or_another_block():
    assert [type(block) for block in parse("|a|\n|-|\n|1|\n\ntext\n")] == [Table, Paragraph]
    assert [type(block) for block in parse("|a|\n|-|\n|1|\n- b\n")] == [Table, Paragraph]
    assert [type(block) for block in parse("|a|\n|-|\n|1|\n# b\n")] == [Table, Heading]


def test_a_table_may_follow_text_at_once():
    text, table = parse("text\n| a | b |\n|---|---|\n")

    assert _words(text) == "text"
    assert isinstance(table, Table)


def test_a_line_of_dashes_below_a_lone_cell_is_no_table_unless_it_says_so():
    assert [type(block) for block in parse("a\n---\n")] == [Heading]
    assert [type(block) for block in parse("a | b\n---\n")] == [Heading]
    assert [type(block) for block in parse("| a |\n| - |\n")] == [Table]


def test_code_knows_its_language_and_whether_it_is_closed():
    closed, opened = parse("```C++ title='x'\na\n```\n\n~~~\n```\n")

    assert isinstance(closed, Code)
    assert isinstance(opened, Code)
    assert (closed.language, closed.info, closed.text, closed.closed) == ("c++", "C++ title='x'", "a\n", True)
    assert (opened.language, opened.text, opened.closed) == ("", "```\n", False)


def test_code_that_ends_with_its_quote_was_never_closed():
    code, after = parse("> ```\n> a\n\nb\n")

    assert isinstance(code, Code)
    assert (code.text, code.closed) == ("a\n", False)
    assert _words(after) == "b"


def test_code_keeps_its_text_as_it_is():
    (code,) = parse("```\n  <b>*a*</b> &amp; \\n\t\n\n```\n")

    assert isinstance(code, Code)
    assert code.text == "  <b>*a*</b> &amp; \\n\t\n\n"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<iframe src='x'></iframe>",
        "<!-- comment",
        "<![CDATA[ x ]]>",
        '<a onclick="x()">y</a>',
        "<?php x ?>",
        "<b>bold",
        '<b class="x">bold</b>',
        "<div>a</div>",
        "</details>",
        "<summary>a</summary>",
        '<img src="file:///etc/passwd">',
        '<img src="https://a.b/c.png" onerror="x()">',
        '<img src="javascript:x()">',
    ],
)
def test_html_is_shown_as_it_is_written(html: str):
    (block,) = parse(html)

    assert _words(block) == html


def test_a_single_newline_is_a_space_or_a_line_break_as_asked():
    assert _words(parse("a\nb")[0]) == "a b"
    assert _words(parse("a\nb", breaks=True)[0]) == "a\nb"
    assert _words(parse("a  \nb\\\nc")[0]) == "a\nb\nc"


def test_a_single_newline_between_chinese_is_nothing():
    assert _words(parse("中文\n中文。\nabc")[0]) == "中文中文。abc"
    assert _words(parse("한국\n한국")[0]) == "한국 한국"


def test_characters_that_cannot_be_shown_are_replaced_visibly():
    (paragraph, code) = parse("a\0b \ud800 &#0;\n```\n\x1b[0m\n```")

    assert _words(paragraph) == "a\ufffdb \ufffd \ufffd"
    assert isinstance(code, Code)
    assert code.text == "\ufffd[0m\n"


def test_the_first_definition_of_a_label_counts_wherever_it_stands():
    (before, after) = parse("[Ab]\n\n[AB]: /first\n[ab]: /second 'no'\n\n> [ab]: /third\n\n[aB]")[:1] + parse(
        "[ab]: /x 't'\n\n[ab]"
    )

    assert before.spans[0].link == "/first"
    assert (after.spans[0].link, after.spans[0].title) == ("/x", "t")


def test_nesting_is_capped_and_the_rest_is_text():
    (quote,) = parse(">" * 5_000 + " x")
    deepest = parse("".join("  " * depth + "- a\n" for depth in range(1_000)))[-1]

    assert len(quote.containers) == MAX_DEPTH
    assert _words(quote).startswith(">>>>")
    assert len(deepest.containers) == MAX_DEPTH


_STRUCTURE = st.lists(
    st.sampled_from(
        [
            *(
                "- ",
                "* ",
                "1. ",
                "2. ",
                "> ",
                "  ",
                "   ",
                "\t",
                "a",
                "b c",
                "#",
                " ",
                "\n",
                "\n",
                "\n\n",
                "- x\n",
                "+ y\n",
            ),
            *(
                "```\n",
                "~~~\n",
                "---\n",
                "===\n",
                "***\n",
                "*a*",
                "**b",
                "`c`",
                "para\n",
                "text\n\n",
            ),
        ]
    ),
    max_size=14,
).map(lambda scraps: "".join(scraps) + "\n")


@given(_STRUCTURE)
def test_another_parser_of_commonmark_sees_the_same(text: str):
    other = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})

    assert look(to_html(parse(text))) == look(other.render(text))


def test_the_block_model_is_there_without_the_parser():
    script = (
        "import sys, chatdesk.rendering.markdown.blocks; print('markdown_it' in sys.modules, 'pygments' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


def test_the_parser_is_there_without_the_highlighter():
    script = "import sys, chatdesk.rendering.markdown.incremental; print('pygments' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False"]


@pytest.mark.parametrize(
    "text",
    [
        "```\na\n```\nb",
        "```\na\n   ```` \t\nb\n```",
        "````\na\n```\nb\n`````",
        "~~~\n```\na ~~~\n~~~ b\n ~~~\nc",
        "```\na\n    ```\n\t```\nb  \n",
        "```\na  \nb",
        "```\na\n``",
        "```\na\n```",
        "```\n```\n```\n\n\n",
        "```\n```a\n``` ```\n```",
        "```math\nx\n```\ny",
        "- ```\n  a\n  ```\n\n```\nb\n```",
        " ```\n  a\n b\n ```\nc",
        "```\n",
        "```",
        "```\n\x00\x01```\n\ud800\n```",
    ],
)
def test_code_is_the_same_whether_it_is_read_at_once_or_line_by_line(text: str):
    read = IncrementalParser()
    for character in text:
        read.feed(character)
    read.finish()
    assert tuple(read.blocks) == parse(text)


def test_a_hundred_thousand_lines_of_code_are_read_at_once(monkeypatch: pytest.MonkeyPatch):
    read = []
    add = LineParser.add
    monkeypatch.setattr(LineParser, "add", lambda parser, *line: read.append(line) or add(parser, *line))
    (words, code, more) = parse("Words\n\n```py\n" + "line = `1`\n" * 100_000 + "```\n\nMore")
    assert isinstance(code, Code)
    assert code.text.count("\n") == 100_000
    assert (_words(words), _words(more)) == ("Words", "More")
    assert len(read) < 10


def test_a_byte_order_mark_hides_no_block():
    for text, kind in (("\ufeff# a", Heading), ("\ufeff```\na\n```", Code), ("\ufeff- a", Paragraph)):
        (block,) = parse(text)
        assert isinstance(block, kind)
        assert block.start == 1 or block.containers

    assert parse("\ufeff") == ()
