from itertools import product

import pytest

from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.markdown import parse

# What may still become something else, or looks like it.
_BEGINNINGS = (
    *(
        "",
        "a",
        "A word",
        "a, ",
        "a.",
        "a. ",
        "1",
        "12",
        "12. a",
        "1. ",
        "- ",
        "- a",
        "-",
        "> a",
        "# a",
        "#",
        "# a #",
        "    a",
    ),
    *(
        "a\n",
        "a\nb",
        "a\n\nb",
        "a  \nb",
        "a\\",
        "a\\\nb",
        "=",
        "a\n=",
        "a\n-",
        "| a | b |\n|---|---|\n| c",
        "a | b",
        "term\n: a",
    ),
    *(
        "*a",
        "*a*",
        "**a",
        "**a** b",
        "_a",
        "a_b",
        "~~a",
        "`a",
        "``a` b",
        "[a",
        "[a]",
        "[a](",
        "[a](b",
        "[a](b c",
        "[a](中",
        "[a](\nb",
    ),
    *(
        "[a]: ",
        "[a]: /x",
        "[a]: /x\n'a",
        '[a]: /x\n"a',
        "[a]:\na",
        "[a]: /x\n\n[a",
        "[^a]: b",
        "a[^a",
        "![a](b",
        "![a](data:image/png;base64,AA",
    ),
    *(
        "$n$t",
        "$n$",
        "$a",
        "$5 or",
        "a $$",
        "$$ a",
        "\\[ a",
        "\\( a",
        "\\[\na",
        "\\begin{align} a",
        "a \\[",
        "&am",
        "&amp",
        "<b",
        "<https://a",
    ),
    *(
        "www",
        "www.a",
        "see www.a.b",
        "http",
        "https://a.b",
        "https://a.b/中",
        "a@b",
        "a@b.c",
        "x.y",
        "“www.a",
        "中文",
        "**中**文",
        "中*文",
    ),
    *(
        "```",
        "```py",
        "```py\n",
        "```py\na",
        "```py\n`",
        "```py\n``",
        "```py\n  ",
        "```py\na  ",
        "~~~\na",
        "- ```py\n  a",
        "> ```py\n> a",
        "```math\na",
    ),
    *(
        "```py\na\n```",
        "- a\n\n  b",
        "- a\n- b",
        "a\r",
        "\ta",
        "a\t",
        "[ ",
        "- [ ",
        "- [x] a",
        "> [!NOTE",
        "> [!NOTE]\n> a",
        "[^a]\n\n[^a]: b",
    ),
)
_PIECES = (
    "a",
    " a",
    "a ",
    "  ",
    ". a",
    "a.",
    "a. b",
    "-b",
    "h ",
    "中",
    "，",
    "'",
    '"',
    "a' b",
    "c)",
    ", (a",
    "1",
    ") a",
    "a\tb",
    "；a",
)


@pytest.mark.parametrize("beginning", _BEGINNINGS)
def test_words_that_follow_mean_what_they_mean_in_the_whole(beginning: str) -> None:
    for pieces in product(_PIECES, ("d", ")")):
        parser = IncrementalParser()
        text = ""
        for piece in (beginning, *pieces):
            text += piece
            parser.feed(piece)
            assert tuple(parser.blocks) == parse(text), text
        parser.feed("\n- x")
        assert tuple(parser.blocks) == parse(text + "\n- x"), text


@pytest.mark.parametrize("beginning", ["Words", "- Words", "# Words", "> **Words** and", "我们", "```py\nwords"])
def test_plain_words_are_not_parsed_with_what_stands_before_them(beginning: str) -> None:
    parser = IncrementalParser()
    parser.feed(beginning)
    parsed = parser.characters_parsed
    for piece in (" that go", " on, and", " on. And", " on", "，很好"):
        parser.feed(piece)
    assert parser.characters_parsed == parsed
    assert tuple(parser.blocks) == parse(beginning + " that go on, and on. And on，很好")


def test_a_parse_of_a_paragraph_is_taken_up_again_after_plain_words() -> None:
    parser = IncrementalParser()
    for piece in ("Some", " words", " and", " *more", " of", " them*", " here"):
        parser.feed(piece)
    assert tuple(parser.blocks) == parse("Some words and *more of them* here")
