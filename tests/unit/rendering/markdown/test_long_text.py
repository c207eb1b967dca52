import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.markdown.blocks import Span
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.leaves import Definition, ParsedLines
from chatdesk.rendering.markdown.long_texts import LONG, MAX_LENGTH, MAX_MARKS, LongText
from chatdesk.rendering.markdown.open_blocks.references import References

pytestmark = pytest.mark.thorough

_WORDS = st.sampled_from(
    [
        *(
            "some words ",
            "and more, ",
            "*emphasis* ",
            "**strong** ",
            "`code ` ",
            "[link](/x `y`) ",
            "中文，后面。",
            "**注意：**这里，",
            "https://a.b/c ",
            "me@a.bc ",
        ),
        *(
            "*open ",
            "** ",
            "`",
            "[ ",
            "](/x) ",
            "_a_b_ ",
            "~~struck~~ ",
            "~",
            "<https://a.b> ",
            "<",
            "&amp; ",
            "\\",
            "\n",
            "  \n",
            "![p](x) ",
            "x < 3。",
            "[r] ",
        ),
        *(
            "line\n",
            "\nline",
            "\n- item\n",
            "中\n",
            "\n中",
            "，\n",
            "_，_\n",
            "\n**，**",
            "**a**\n",
            "\n\\",
            "\\\n",
            "<br>",
            "<b>",
            "</b>",
        ),
    ]
)


def _long(references: References, *, breaks: bool = False) -> LongText:
    return LongText(InlineParser(references, breaks=breaks), references)


@settings(max_examples=25)
@given(
    st.lists(_WORDS, min_size=10, max_size=40),
    st.lists(_WORDS, min_size=10, max_size=40),
    st.sampled_from(["filling, filling ", "filling\nfilling\n", "- f\n"]),
    st.booleans(),
    st.randoms(),
)
def test_a_growing_text_is_parsed_as_if_it_had_always_been_whole(
    head: list[str], tail: list[str], filling: str, breaks: bool, chance: random.Random
):
    references = References()
    text, plain = _long(references, breaks=breaks), InlineParser(References(), breaks=breaks)
    # Plain filling between, so that there are places to cut and the text gets long.
    pieces = [piece + filling * chance.randint(0, 12) for piece in head + tail] * 2
    content = ""
    for piece in pieces:
        content += piece
        assert text.parse(content) == plain.parse(content)


def test_a_text_is_cut_only_where_nothing_is_open():
    references = References()
    text = _long(references)
    begin = "**" + "words and words " * 200

    assert text.parse(begin) == (Span(begin),)
    assert text.parse(begin + "end**")[0].text == begin[2:] + "end"


@pytest.mark.parametrize("line", ["word", "- item", "5. five", "it's *here*, and\nthere"])
def test_the_cost_of_another_line_does_not_grow_with_the_lines_before(line: str):
    references = References()
    inline = InlineParser(references)
    text, content, costs = LongText(inline, references), "", []
    for _ in range(1_000):
        before = inline.characters_parsed
        content += f"{line}\n"
        text.parse(content)
        costs.append(inline.characters_parsed - before)

    assert max(costs) <= 4 * LONG


def test_a_changed_definition_needs_a_new_parse():
    references = References()
    text = _long(references)
    content = "[a] " + "words and words " * 300
    text.parse(content)
    references.update(ParsedLines(definitions={"A": Definition("/x")}), ParsedLines())

    text.forget()

    assert text.parse(content + "more")[0] == Span("a", link="/x")


def test_what_the_beginning_asked_for_is_noted_every_time():
    references = References()
    text = _long(references)
    content = "[a](/x) " + "words and words " * 300 + "[b]"
    for _ in range(3):
        references.asked.clear()
        text.parse("![a][c] " + content)
        assert "C" in references.asked


@pytest.mark.parametrize(
    ("mark", "limit"),
    [
        ("[", 512),
        ("![x](/y) ", 513 * 9),
        ("*a ", MAX_MARKS * 3),
        ("`a` ", MAX_LENGTH),
        ("x", MAX_LENGTH),
        ("\n", MAX_MARKS),
    ],
)
def test_beyond_the_limits_a_text_is_as_it_is_written(mark: str, limit: int):
    content = "w" * LONG + mark * 2 * MAX_LENGTH

    spans = _long(References()).parse(content)

    written = "".join(span.text for span in spans)
    assert spans[-1].text == written[-len(spans[-1].text) :] == content[-len(spans[-1].text) :]
    assert len(content) - len(spans[-1].text) <= limit + LONG
