import pytest

from chatdesk.rendering.markdown.blocks import Alert, AlertKind, Block, Description, Footnote, Paragraph, Quote, Term
from chatdesk.rendering.markdown.markdown import parse


def _references(text: str) -> list[tuple[str, str]]:
    return [
        (span.text, span.footnote)
        for block in parse(text)
        if isinstance(block, Paragraph)
        for span in block.spans
        if span.footnote
    ]


def _numbers(text: str) -> dict[str, int]:
    return {item.label: item.number for block in parse(text) for item in block.containers if isinstance(item, Footnote)}


def _innermost(block: Block) -> type:
    return type(block.containers[-1]) if block.containers else type(None)


def test_footnotes_are_numbered_by_the_order_of_their_first_use():
    text = "a[^b] c[^A] d[^B]\n\n[^a]: one\n[^b]: two\n[^c]: unused"

    assert _references(text) == [("[1]", "b"), ("[2]", "A"), ("[1]", "B")]
    assert _numbers(text) == {"a": 2, "b": 1, "c": 0}


def test_a_reference_to_nowhere_is_text():
    (block,) = parse("a[^b]")

    assert isinstance(block, Paragraph)
    assert block.spans[0].text == "a[^b]"


@pytest.mark.parametrize("text", ["`[^a]`", "\\[^a]", "![[^a]](/b)"])
def test_no_reference_stands_in_code_and_pictures(text: str):
    assert _references(f"{text}\n\n[^a]: b") == []


def test_a_footnote_holds_blocks_that_are_indented():
    blocks = parse("x[^a]\n\n[^a]: one\nlazy\n\n    two\n\n    - three\n\nout")

    assert [any(isinstance(item, Footnote) for item in block.containers) for block in blocks] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_a_footnote_interrupts_a_paragraph_and_stands_in_no_other():
    assert [_innermost(block) for block in parse("a\n[^b]: c\n[^d]: e")] == [type(None), Footnote, Footnote]


def test_a_link_in_a_footnote_refers_to_further_ones():
    assert _numbers("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c") == {"1": 1, "2": 2}


@pytest.mark.parametrize("kind", AlertKind)
def test_a_quote_that_says_so_is_an_alert(kind: AlertKind):
    (block,) = parse(f"> [!{kind.upper()}]\n> a")

    assert block.containers == (Alert(0, kind),)


@pytest.mark.parametrize("text", ["> [!NOTE] a", "> [!OTHER]\n> a", "> a\n> [!NOTE]", "[!NOTE]"])
def test_other_quotes_are_quotes(text: str):
    assert all(not isinstance(item, Alert) for block in parse(text) for item in block.containers)
    assert _innermost(parse(text)[0]) in (Quote, type(None))


def test_terms_have_descriptions():
    blocks = parse("T\n: a\n: b\nU\n: c\n\nV\n: d")

    assert [_innermost(block) for block in blocks] == [
        Term,
        Description,
        Description,
        Term,
        Description,
        Term,
        Description,
    ]
    assert (
        len({item.list_start for block in blocks for item in block.containers if isinstance(item, Term | Description)})
        == 1
    )


def test_only_the_last_line_is_a_term():
    assert [_innermost(block) for block in parse("text\nT\n: a")] == [type(None), Term, Description]


@pytest.mark.parametrize("text", [": a", "a\n:b", "a\n\n: b", "# a\n: b", "a\n:"])
def test_a_colon_alone_describes_nothing(text: str):
    assert all(not isinstance(item, Term) for block in parse(text) for item in block.containers)
