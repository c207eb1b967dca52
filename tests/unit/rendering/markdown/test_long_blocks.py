"""Very long texts are several blocks, none too long to be set in a moment, and one again for whoever writes them to a file (K7)."""

import random

import pytest

from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.export.to_markdown import markdown_of
from chatdesk.rendering.markdown.blocks import Heading, Paragraph, Table
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.long_texts import MAX_FIRST_BLOCK_LENGTH, joined
from chatdesk.rendering.markdown.markdown import parse

TEXTS = {
    "lines": "a\n" * 40_000,
    "lines of words": "some words of a log, 2026\n" * 4_000,
    "lines in a quote": "> a\n" * 30_000,
    "lines in an item": "- a\n" + "  b\n" * 30_000,
    "an endless line": "words and *more* words " * 4_000,
    "a word": "x" * 90_000,
    "Chinese": "没有尽头的段落，" * 9_000,
    "letters with marks": "Z\u0301\u0323" * 30_000,
    "families": "👨\u200d👩\u200d👧 " * 12_000,
    "tags": "\U000e0041\U000e007f" * 20_000,
    "rare planes": "\U0003ffff\U00020000" * 20_000,
    "a heading": "# " + "x " * 40_000,
    "lines before an underline": "a\n" * 40_000 + "===\nb",
    "lines before a table": "a\n" * 40_000 + "|a|b|\n|-|-|\n|1|2|\n",
    "lines before a description": "a\n" * 40_000 + ": b\n",
    "lines before a bracket": "a\n" * 40_000 + "[a]: b\n",
    "a table": "|a|b|\n|-|-|\n" + "|*1*|2|\n" * 2_000,
    "a wide table": "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n" + ("|" + "b|" * 60 + "\n") * 50,
    "a table in an item": "- |a|b|\n  |-|-|\n" + "  |1|2|\n" * 2_000,
    "a table with a long row": "|a|b|\n|-|-|\n|" + "x" * 40_000 + "|y|\n|1|2|\n",
    "data": f"![x](data:image/png;base64,{'A' * 90_000}) behind it\nand *more*",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_long_text_is_the_same_blocks_however_it_comes(text: str):
    dice = random.Random(7)
    parser, at = IncrementalParser(), 0
    while at < len(text):
        # Small steps where blocks may be cut, as near as makes no difference.
        near = min(abs(at % 8_192 - 8_000), abs(at - MAX_FIRST_BLOCK_LENGTH)) < 200
        end = at + (dice.randint(1, 40) if near else dice.randint(1, 2_000))
        parser.feed(text[at:end])
        at = end
        if near and dice.random() < 0.05:
            assert tuple(parser.blocks) == parse(text[:at])
    parser.finish()
    assert tuple(parser.blocks) == parse(text)


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "data"])
def test_no_block_is_too_long_to_be_set_in_a_moment(name: str):
    for block in parse(TEXTS[name]):
        match block:
            case Paragraph() | Heading():
                assert sum(len(span.text) for span in block.spans) <= MAX_FIRST_BLOCK_LENGTH + 64
            case Table():
                assert len(block.rows) * len(block.alignments) <= 1_500 + len(block.alignments)


@pytest.mark.parametrize("name", ["tags", "rare planes", "families"])
def test_blocks_of_characters_that_take_long_to_set_are_shorter(name: str):
    assert all(len(block.spans[0].text) <= 2_048 + 64 for block in parse(TEXTS[name]))


@pytest.mark.parametrize(
    "name", ["lines of words", "a word", "Chinese", "families", "tags", "rare planes", "a heading"]
)
def test_what_is_cut_is_one_text_again_to_the_letter(name: str):
    text = TEXTS[name]
    blocks = parse(text, breaks=True)
    assert len(blocks) > 1
    (whole,) = joined(blocks)
    words = "".join(span.text for span in whole.spans)
    assert words == text.removeprefix("# ").strip()
    assert to_plain_text(blocks) == words


def test_the_rows_of_a_long_table_are_one_table_where_it_is_written():
    blocks = parse(TEXTS["a table"])
    assert len(blocks) > 1
    assert {block.header for block in blocks} == {blocks[0].header}
    (whole,) = joined(blocks)
    assert len(whole.rows) == 2_000
    assert to_html(blocks).count("<thead>") == 1
    assert markdown_of(blocks[1:], TEXTS["a table"]).count("---") == 2


def test_a_long_paragraph_in_pieces_costs_what_is_new():
    parser = IncrementalParser()
    parser.feed("a line of words\n" * 10_000)
    before = parser.characters_parsed
    for _ in range(1_000):
        parser.feed("a line of words\n")
    assert parser.characters_parsed - before < 1_000
    assert len(parser.blocks[-1].spans[0].text) <= 8_192 + 64
