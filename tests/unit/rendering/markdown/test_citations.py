"""Citations in Markdown: where they are recognised, and where brackets stay brackets."""

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.export.to_markdown import markdown_of
from chatdesk.rendering.markdown.blocks import Block, Heading, Paragraph, Span, Style, Table
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.long_texts import LONG
from chatdesk.rendering.markdown.markdown import parse
from tests.for_all import for_all
from tests.unit.rendering.rich_answers import RICH


def cite(inside: str, is_attached: bool) -> tuple[Span, ...]:
    """Cite pages, such as `[3]` or `[3; 4]`; an index is none."""
    if is_attached or not re.fullmatch(r"\d+(?:; \d+)*", inside):
        return ()
    return tuple(
        Span(f"[page {number}]", link=f"citation:{number}", citation=f"[{number}]") for number in inside.split("; ")
    )


def spans(blocks: Iterator[Block] | tuple[Block, ...]) -> Iterator[Span]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from block.spans
            case Table():
                yield from (span for row in (block.header, *block.rows) for cell in row for span in cell)


def cited(text: str) -> list[str]:
    return [span.text for span in spans(parse(text, cite=cite)) if span.citation]


FOUND = {
    "It fell [3].": ["[page 3]"],
    "It fell [3][4].": ["[page 3]", "[page 4]"],
    "It fell [3; 4].": ["[page 3]", "[page 4]"],
    "**It fell [3].**": ["[page 3]"],
    "It fell【3】。": ["[page 3]"],
    "It fell ［3］.": ["[page 3]"],
    "# Packaging [3]": ["[page 3]"],
    "- It fell [3]\n- It rose [4]": ["[page 3]", "[page 4]"],
    "| a | b |\n|---|---|\n| 26% [3] | c |": ["[page 3]"],
    "> It fell [3]": ["[page 3]"],
    "[3] says so": ["[page 3]"],
    "[3] (see there)": ["[page 3]"],
    "[a [3] b]": ["[page 3]"],
}
LEFT = [
    *(
        "`[3]`",
        "```\n[3]\n```",
        "    [3]",
        "$x[3]$",
        r"\([3]\)",
        "[3](https://a.example)",
        "[a [3] b](https://a.example)",
    ),
    *(
        "[3]: https://a.example",
        "[3]\n\n[3]: https://a.example",
        "list[3]",
        "[ ] [3\n]",
        r"\[3\]",
        "<https://a.example/[3]>",
    ),
    *("[^3]\n\n[^3]: A note", "[x] [three]", "[3](see there)", "【3", "[3"),
]


@for_all(FOUND)
def test_a_citation_is_found(text: str) -> None:
    assert cited(text) == FOUND[text]


@for_all(LEFT, repr)
def test_other_brackets_stay_as_they_are(text: str) -> None:
    assert cited(text) == []


@for_all(LEFT, repr)
def test_they_are_parsed_as_without_citations(text: str) -> None:
    assert parse(text, cite=cite) == parse(text)


@for_all(RICH)
def test_an_answer_without_citations_is_the_same_in_a_chat_with_documents(text: str) -> None:
    assert parse(text, cite=lambda _inside, _is_attached: ()) == parse(text)


def test_a_citation_keeps_the_style_around_it() -> None:
    assert [span.style for span in spans(parse("**It fell [3]**", cite=cite))] == [Style.STRONG, Style.STRONG]


def test_places_in_one_pair_of_brackets_are_apart() -> None:
    assert "".join(span.text for span in spans(parse("[3; 4].", cite=cite))) == "[page 3] [page 4]."


def test_it_is_written_as_the_model_wrote_it() -> None:
    source = "It fell by **26%** [3], as [4] says."
    assert markdown_of(parse(source, cite=cite), source) == source


_SCRAPS = st.sampled_from(
    [
        *(
            "[3]",
            "[3; 4]",
            "【3】",
            "[",
            "]",
            "【",
            "】",
            "［",
            "3",
            "; ",
            "(",
            ")",
            "](",
            ": ",
            "[3]: /x\n",
            "`",
            "**",
            "$",
            "\\",
        ),
        *(
            " ",
            "\n",
            "\n\n",
            "words ",
            "中文",
            "。",
            "- ",
            "| a | b |\n|---|---|\n",
            "|",
            "https://a.b/",
            "[^3]",
            "[^3]: a\n",
            "!",
        ),
    ]
)


@settings(max_examples=300)
@given(st.lists(_SCRAPS, max_size=25).map("".join))
def test_cut_anywhere_it_is_the_same_in_the_end(text: str) -> None:
    parser = IncrementalParser(cite=cite)
    for at, character in enumerate(text, 1):
        parser.feed(character)
        assert list(parser.blocks) == list(parse(text[:at], cite=cite))
    parser.finish()
    assert list(parser.blocks) == list(parse(text, cite=cite))


def test_a_long_paragraph_of_citations_costs_little_for_each_piece() -> None:
    sentence = (
        "The promise was kept in most of the plants, as the board has seen in every quarter [3] and again 【4】. "
    )
    parser = IncrementalParser(cite=cite)
    costs = []
    for _ in range(60):
        before = parser.characters_parsed
        for piece in re.findall(r".{1,8}", sentence):
            parser.feed(piece)
        costs.append(parser.characters_parsed - before)
    assert max(costs[-20:]) <= 14 * 4 * LONG
    assert sum(costs[-20:]) <= 1.5 * sum(costs[20:40])
