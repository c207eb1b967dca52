"""Texts made to hang a renderer (cases 70-74, 78, 86), whole and streamed. Bounded by counted work and generous times."""

import time

import pytest

from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.line_parser import MAX_DEPTH
from chatdesk.rendering.markdown.long_texts import joined
from chatdesk.rendering.markdown.markdown import parse

pytestmark = pytest.mark.thorough

_SECONDS_WHOLE = 5.0
_SECONDS_A_PIECE = 2.0
"""A hundred times what was measured: a slow machine passes, a cost that grows with the square does not."""

_TEXTS = {
    "quotes": ">" * 5_000 + " x",
    "lists in lists": "".join("  " * depth + "- a\n" for depth in range(1_000)),
    "lists in a line": "- " * 25_000 + "x",
    "backticks": "`" * 100_000,
    "runs of backticks": "".join("`" * length + " " for length in range(1, 400)),
    "an open fence": "```\n" + "x\n" * 25_000,
    "fences": "```\na\n```\n" * 10_000,
    "fences in a fence": "`````\n" + "```\n" * 10_000,
    "opening brackets": "[" * 25_000,
    "opening pictures": "![" * 25_000,
    "links": "[a](b) " * 10_000,
    "links cut off": "[a](" * 10_000,
    "links in links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "pictures in pictures": "![" * 1_000 + "a" + "](b)" * 1_000,
    "emphasis": "*a* " * 10_000,
    "open emphasis": "*a **b __c _d ~~e " * 5_000,
    "marks": "*_" * 25_000 + "a" + "_*" * 25_000,
    "angle brackets": "<a " * 10_000,
    "entities": "&a;" * 10_000,
    "backslashes": "\\" * 25_000,
    "a long word": "x" * 1_000_000,
    "a long Chinese word": "中" * 500_000,
    "a long address": "https://a.b/" + "(" * 100_000,
    "addresses": "www.a." * 40_000,
    "mail": "a.b+c@" * 30_000,
    "spaces": " " * 100_000 + "x",
    "tabs": "\t" * 100_000 + "x",
    "a heading of spaces": "# " + " " * 100_000 + "#" * 100_000 + " " * 100_000 + "x",
    "a rule that is none": "* " * 25_000 + "x",
    "a wide table": "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + ("|" + "x|" * 50 + "\n") * 500,
    "a long table": "|a|b|c|d|e|\n|-|-|-|-|-|\n" + "|1|2|3|4|5|\n" * 5_000,
    "a table of nothing": "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + "x\n" * 10_000,
    "a table too wide": "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "x\n" * 1_000,
    "definitions": "".join(f"[a{index}]: b\n" for index in range(10_000)),
    "definitions that are none": '[a]: b "x\n' * 5_000,
    "a label without end": "[" + "a\n" * 10_000,
    "lines": "\n" * 100_000,
    "lazy lines": "> a\n" + "b\n" * 30_000,
    "lines before an underline": "a\n" * 5_000 + "===",
    "a list that turns loose": "- a\n" * 5_000 + "\n- b",
    "empty items": "-\n" * 10_000,
    "no characters": "\0\ud800\ufffe\x1b" * 25_000,
    "html": "<script>alert(1)</script><!-- <iframe> -->" * 5_000,
    "a megabyte of angle brackets": "<" * 1_000_000,
    "tags": "<b>" * 300_000,
    "ends of tags": "</b>" * 250_000,
    "tags in lines": "<b>\n" * 50_000,
    "breaks": "<br>" * 250_000,
    "comments": "<!-- -->" * 50_000,
    "open comments": "<!--" * 250_000,
    "open comments in lines": "<!--\n" * 20_000,
    "pictures without end": "<img src='" * 50_000,
    "pictures with attributes": "<img alt='a' alt='b' " * 20_000,
    "a picture of attributes": "<img " + "alt='a' " * 50_000,
    "sections": "<details>" * 50_000,
    "sections in lines": "<details>\n" * 20_000,
    "empty sections": "<details></details>" * 20_000,
    "empty sections in lines": "<details>\n</details>\n" * 10_000,
    "ends of sections": "<details>\n" + "</details>" * 50_000,
    "spaces before ends of sections": "<details>\na " + "</details> " * 20_000 + "b",
    "summaries": "<details>" + "<summary>" * 50_000,
    "a long summary": "<details><summary>" + "a" * 1_000_000,
    "tildes": "~a~ " * 50_000,
    "open tildes": "~a " * 50_000,
    "spaced dollars": "$ a^2 $ b " * 20_000,
    "open schemes": "https://" * 50_000,
    "Chinese addresses": "https://a.b/中" * 20_000,
    "one long Chinese address": "https://a.b/" + "中a" * 100_000,
    "brackets of addresses": "https://a.b/[" * 20_000,
    "braces in math": "$" + "{" * 10_000 + "x" + "}" * 10_000 + "$",
    "open dollars": "$x " * 10_000,
    "dollars": "$" * 50_000,
    "pairs of dollars": "$$ a " * 10_000,
    "lines of dollars": "$$ a\n" * 10_000,
    "open brackets of math": "\\( a " * 10_000,
    "open display of math": "a \\[\n" * 5_000,
    "display never closed": "\\[\n" + "x\n" * 50_000,
    "display with empty lines": "$$\n" + "x\n\n" * 20_000,
    "environments": "\\begin{align}\n" * 5_000,
    "environments in a line": "\\begin{align}" * 5_000,
    "prices": "$5 and $10, " * 5_000,
    "backticks and dollars": "`$ " * 10_000,
    "footnotes": "".join(f"a[^{index}]\n\n" for index in range(2_000))
    + "".join(f"[^{index}]: b\n" for index in range(2_000)),
    "footnotes the other way": "".join(f"[^{index}]: b[^{index + 1}]\n" for index in range(3_000)),
    "one footnote": "[^1]" * 5_000 + "\n\n[^1]: a",
    "alerts": "> [!NOTE]\n" * 5_000,
    "descriptions": "a\n: b\n" * 5_000,
    "descriptions in descriptions": ": " * 10_000 + "a",
    "combining marks": "a" + "\u0301" * 100_000,
}


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_a_hostile_text_takes_bounded_time_at_once_and_for_every_piece(text: str):
    begin = time.process_time()

    blocks = parse(text)

    assert time.process_time() - begin < _SECONDS_WHOLE
    assert all(len(block.containers) <= MAX_DEPTH for block in blocks)

    parser = IncrementalParser()
    step = len(text) // 8 + 1
    for start in range(0, len(text), step):
        started = time.process_time()
        parser.feed(text[start : start + step])
        assert time.process_time() - started < _SECONDS_A_PIECE

    assert tuple(parser.blocks) == blocks


def test_ten_megabytes_of_one_paragraph_are_parsed():
    text = "Some words of text here. " * 400_000

    (paragraph,) = joined(parse(text))

    assert paragraph.end == 10_000_000 - 1
    assert "".join(span.text for span in paragraph.spans) == text.rstrip()
