"""While an answer is written, what is shown of a formula changes once: from its source to the formula."""

from collections.abc import Iterator, Sequence
from itertools import chain

import pytest

from chatdesk.rendering.markdown.blocks import Block, Formula, Heading, Paragraph, Span, Table
from chatdesk.rendering.markdown.incremental import IncrementalParser
from tests.unit.rendering.answers import answer
from tests.unit.rendering.rich_answers import RICH

PRICES = """From $5-$10 to $5–$10, or $20/$30 a month; $5,$6 and US$7.

It costs $5M-$10M, US$5–US$10, ($5)-($10), $1.50 – $2 and 5$.

Set $HOME/$USER, `$HOME` and "$PATH:$HOME" for \\$5$ users; A$5, HK$6/HK$7.
"""
REAL = {
    **RICH,
    "prices": PRICES,
    "displayed": "1. First\n   \\[ a \\].\n2. Then \\[b\\], and $$c$$ too.\n\n$$d$$ where \\(e\\).\n\n\\begin{align}\nf\n\\end{align}\n",
    "prose": answer(4_000, seed=3),
}


def spans_of(block: Block) -> Iterator[Span]:
    match block:
        case Paragraph() | Heading():
            yield from block.spans
        case Table():
            yield from chain.from_iterable(chain.from_iterable((block.header, *block.rows)))
        case _:
            return


def shown(blocks: Sequence[Block]) -> set[str]:
    """Return the formulas that are set, without marks and the full stop that may follow."""
    alone = {block.latex for block in blocks if isinstance(block, Formula) and block.closed}
    inline = {span.formula for block in blocks for span in spans_of(block) if span.formula}
    return {latex.rstrip(" .,;:") for latex in alone | inline}


@pytest.mark.parametrize("name", REAL)
def test_what_was_shown_as_a_formula_stays_one_whatever_follows(name: str) -> None:
    parser, before = IncrementalParser(), set()
    for position, character in enumerate(REAL[name]):
        parser.feed(character)
        now = shown(parser.blocks)
        assert before <= now, REAL[name][max(0, position - 40) : position + 1]
        before = now
    parser.finish()
    assert before <= shown(parser.blocks)
