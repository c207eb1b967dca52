"""What is shown of a text without measure: the same part of it however it came, and as much again when somebody asks."""

import random

import pytest

from chatdesk.rendering.markdown.bounded_parser import BLOCKS, CHARACTERS, CHECK, BoundedParser
from chatdesk.rendering.markdown.markdown import parse

TEXTS = {
    "words": "Some *words* of text here. " * (CHARACTERS // 20),
    "paragraphs": "a\n\n" * 2 * BLOCKS,
    "items": "- `item`\n" * 2 * BLOCKS,
    "code": "```\n" + "x = 1\n" * (CHARACTERS // 4),
}


def read(parser: BoundedParser) -> None:
    while parser.is_parsing:
        parser.parse_more()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_same_part_is_shown_however_the_text_came(text: str):
    whole, pieces, dice, at = BoundedParser(), BoundedParser(), random.Random(3), 0
    whole.add(text)
    whole.end()
    read(whole)
    while at < len(text):
        length = dice.randint(1, 9_000)
        pieces.add(text[at : at + length])
        pieces.parse_more(length)
        at += length
    pieces.end()
    read(pieces)
    assert 0 < whole.hidden == pieces.hidden
    assert whole.blocks == pieces.blocks
    assert tuple(whole.blocks) == parse(text[: whole.read])
    assert whole.read <= CHARACTERS
    assert len(whole.blocks) <= BLOCKS + CHECK
    assert not whole.done


@pytest.mark.parametrize("name", ["words", "paragraphs"])
def test_more_is_read_when_it_is_allowed_and_at_last_all(name: str):
    parser, text = BoundedParser(), TEXTS[name]
    parser.add(text)
    parser.end()
    read(parser)
    before = parser.hidden
    parser.allow_more()
    read(parser)
    assert parser.hidden < before
    while parser.hidden:
        parser.allow_more()
        read(parser)
    assert parser.done
    assert tuple(parser.blocks) == parse(text)


def test_a_text_that_is_not_too_long_is_read_to_its_end():
    parser = BoundedParser()
    parser.add("Words.\n\n- a\n- b")
    assert not parser.done
    parser.end()
    read(parser)
    assert parser.done
    assert parser.hidden == parser.waiting == 0
    assert tuple(parser.blocks) == parse("Words.\n\n- a\n- b")


def test_the_data_of_a_picture_does_not_count():
    text = f"![x](data:image/png;base64,{'A' * 3 * CHARACTERS})\n\nbehind it"
    parser = BoundedParser()
    parser.add(text)
    parser.end()
    read(parser)
    assert parser.done
    assert tuple(parser.blocks) == parse(text)


def test_a_word_as_long_as_data_counts():
    parser = BoundedParser()
    parser.add("A" * 3 * CHARACTERS)
    parser.end()
    read(parser)
    assert parser.hidden == 2 * CHARACTERS


def test_no_step_reads_more_than_it_is_allowed():
    parser = BoundedParser()
    parser.add("Some words. " * 2_000)
    parser.parse_more(100)
    assert parser.read == 100
    parser.parse_more()
    assert parser.read < 5_000
