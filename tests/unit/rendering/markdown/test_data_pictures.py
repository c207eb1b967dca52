import random
from itertools import pairwise
from time import process_time

import pytest

from chatdesk.rendering.markdown.blocks import Paragraph, Span
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.markdown import parse

HEAD = "data:image/png;base64,"
LONG = "iVBORw0KGgo" + "AbC9+/" * 60
TEXTS = {
    "alone": f"![a cat]({HEAD}{LONG})\n",
    "in words": f"Here: ![a cat]({HEAD}{LONG} 'Title') and *more*\nwords",
    "two": f"![a]({HEAD}{LONG})\n![b]({HEAD}{LONG}x==)\n\nafter",
    "in a list": f"- one\n- ![a]({HEAD}{LONG})\n- three",
    "in a quote": f"> ![a]({HEAD}{LONG})\n> words",
    "in a table": f"| a | b |\n|---|---|\n| ![a]({HEAD}{LONG}) | c |\n",
    "in a heading": f"# ![a]({HEAD}{LONG}) #\n",
    "never closed": f"words ![a]({HEAD}{LONG}",
    "broken off": f"![a]({HEAD}{LONG}\nnext line",
    "in code": f"`![a]({HEAD}{LONG})` and {HEAD}{LONG}",
    "in a link": f"[![a]({HEAD}{LONG})](https://a.b)",
    "by reference": f"![a][r]\n\n[r]: {HEAD}{LONG}\n",
    "as html": f"words <img alt='a' src=\"{HEAD}{LONG}\" width=3> and *more*\n",
    "as html never closed": f"words <img src='{HEAD}{LONG}",
    "as html that is none": f"<img onload='x' src='{HEAD}{LONG}'> and",
    "in a fence": f"```\n![a]({HEAD}{LONG})\n```",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seed", [0, 1])
def test_it_is_the_same_at_every_prefix_as_the_whole(name: str, seed: int) -> None:
    text, chance = TEXTS[name], random.Random(seed)
    ends = sorted({0, len(text), *(chance.randrange(len(text)) for _ in range(60)), *range(min(60, len(text)))})
    parser = IncrementalParser()
    for begin, end in pairwise(ends):
        parser.feed(text[begin:end])
        assert tuple(parser.blocks) == parse(text[:end]), text[:end]
    parser.finish()
    assert tuple(parser.blocks) == parse(text)


def test_the_source_of_a_picture_is_what_was_written() -> None:
    assert parse(TEXTS["alone"])[0] == Paragraph(
        start=0, end=len(TEXTS["alone"]) - 1, spans=(Span("a cat", image=HEAD + LONG),)
    )


def test_what_is_no_picture_stays_as_it_is_written() -> None:
    block = parse(TEXTS["in code"])[0]
    assert isinstance(block, Paragraph)
    assert "".join(span.text for span in block.spans) == TEXTS["in code"].replace("`", "")


def test_a_picture_that_is_arriving_has_a_source_without_data() -> None:
    block = parse(TEXTS["never closed"])[0]
    assert isinstance(block, Paragraph)
    assert block.spans[-1] == Span("a", image=HEAD)


def test_a_picture_in_html_that_is_arriving_has_a_source_without_data() -> None:
    block = parse(TEXTS["as html never closed"])[0]
    assert isinstance(block, Paragraph)
    assert block.spans[-1] == Span("", image=HEAD)


def test_its_data_is_not_parsed_however_much_of_it_comes() -> None:
    parser = IncrementalParser()
    parser.feed(f"![a]({HEAD}")
    before = parser.characters_parsed
    data = "iVBORw0KGgoAAAANSUhE" * 100_000
    begun = process_time()
    for start in range(0, len(data), 20):
        parser.feed(data[start : start + 20])
    spent = process_time() - begun
    assert parser.characters_parsed == before
    parser.feed(")\n\nafter")
    assert parser.characters_parsed < before + 200
    block = parser.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.spans == (Span("a", image=HEAD + data),)
    # 100,000 pieces: a copy of what came before for each would take minutes.
    assert spent < 20


def test_words_behind_a_picture_cost_no_more_than_without_it() -> None:
    parser = IncrementalParser()
    parser.feed(f"![a]({HEAD}{'A' * 2_000_000}) ")
    before = parser.characters_parsed
    begun = process_time()
    for _ in range(100):
        parser.feed("word ")
    assert parser.characters_parsed - before < 100 * 600
    assert process_time() - begun < 4
