"""Macros that formulas of a message define: they apply to the formulas after them, streaming or not."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.markdown.blocks import Block, Formula, Paragraph, Table
from chatdesk.rendering.markdown.incremental import IncrementalParser
from chatdesk.rendering.markdown.markdown import parse, parse_where

DEFINED = r"$\newcommand{\R}{\mathbb{R}}$"
DEFINITION = r"\newcommand{\R}{\mathbb{R}}"


def macros(blocks: tuple[Block | None, ...]) -> list[str]:
    """The definitions of each formula, in order."""
    found = []
    for block in blocks:
        match block:
            case Formula():
                found.append(block.macros)
            case Paragraph():
                found += [span.macros for span in block.spans if span.formula]
            case Table():
                found += [
                    span.macros for row in (block.header, *block.rows) for cell in row for span in cell if span.formula
                ]
    return found


def test_a_definition_applies_to_later_formulas_of_the_message() -> None:
    assert macros(parse(f"$\\R$ {DEFINED} $\\R^n$\n\n\\[ \\R \\]\n\n$x$\n")) == ["", "", DEFINITION, DEFINITION, ""]


def test_a_definition_applies_in_tables_and_across_blocks() -> None:
    assert macros(parse(f"{DEFINED}\n\n| $\\R$ | b |\n|-|-|\n| $\\R$ | $y$ |\n")) == ["", DEFINITION, DEFINITION, ""]


def test_a_late_redefinition_changes_nothing_above() -> None:
    again = r"\renewcommand{\R}{\mathbf{R}}"
    text = f"{DEFINED} and\n\n$\\R$\n\n$${again}$$\n\n$\\R$\n"
    assert macros(parse(text)) == ["", DEFINITION, DEFINITION, again]
    parser = IncrementalParser()
    for char in text:
        before = list(parser.blocks)
        first = parser.feed(char)
        assert list(parser.blocks[:first]) == before[:first]
    shown = [
        span for block in parser.blocks if isinstance(block, Paragraph) for span in block.spans if span.formula == r"\R"
    ]
    assert [span.macros for span in shown] == [DEFINITION, again]


def test_at_most_64_macros_are_known_in_a_message() -> None:
    names = [f"\\{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(70)]
    blocks = parse(
        "\n\n".join(f"$\\def{name}{{x}}$" for name in names) + "\n\n" + " ".join(f"${name}$" for name in names)
    )
    assert sum(bool(found) for found in macros(blocks)) == 64


def test_definitions_that_are_too_long_are_not_known() -> None:
    long = "x" * 5_000
    blocks = parse(f"$\\def\\a{{{long}}}$ $\\def\\b{{{long}}}$ $\\def\\c{{y}}$\n\n$\\a$ $\\b$ $\\c$\n")
    assert [bool(found) for found in macros(blocks)[3:]] == [True, False, True]


def test_a_block_that_is_parsed_alone_knows_the_macros_of_the_message() -> None:
    text = f"{DEFINED}\n\nwanted $\\R$\n"
    assert macros(parse_where(text, lambda source: "wanted" in source)) == macros(parse(text))


def test_a_link_definition_that_arrives_late_changes_what_a_formula_defines() -> None:
    text = "[x][y $] \\def\\a{b} $\n\n$\\a$\n\n[y $]: http://example.com\n"
    parser = IncrementalParser()
    for line in text.splitlines(keepends=True):
        parser.feed(line)
    parser.finish()
    assert tuple(parser.blocks) == parse(text)


PIECES = st.lists(
    st.sampled_from(
        [
            "$\\def\\a{b}$",
            "$\\newcommand{\\b}[1]{\\a #1}$",
            "$\\renewcommand{\\a}{c}$",
            "$\\a$",
            "\\(\\b{x}\\)",
            "$$\n\\b{\\a}\n$$",
            "\n\n",
            "\n",
            " text ",
            "- ",
            "| $\\a$ | x |\n|-|-|\n| $\\b y$ | z |\n",
            "[l $][r]",
            "[r]: http://example.com\n",
            "> ",
            "[^1]",
            "[^1]: note $\\a$\n",
        ]
    ),
    max_size=14,
)


@given(PIECES, st.data())
def test_what_arrives_in_pieces_equals_the_whole(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    parser = IncrementalParser()
    position = 0
    while position < len(text):
        size = data.draw(st.integers(1, 12))
        parser.feed(text[position : position + size])
        position += size
        assert tuple(parser.blocks) == parse(text[:position])
    parser.finish()
    assert tuple(parser.blocks) == parse(text)
