import pytest

from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.export.to_markdown import markdown_of
from chatdesk.rendering.markdown.blocks import Block, Code, Details, Heading, Paragraph, Span, Style, Summary, Table
from chatdesk.rendering.markdown.line_parser import MAX_DEPTH
from chatdesk.rendering.markdown.markdown import parse


def _spans(text: str) -> tuple[Span, ...]:
    (block,) = parse(text)
    assert isinstance(block, Paragraph | Heading)
    return block.spans


def _words(block: Block) -> str:
    assert isinstance(block, Paragraph | Heading)
    return "".join(span.text for span in block.spans)


def _outline(text: str) -> list[tuple[str, str]]:
    """The containers and the words of each block."""
    return [
        (
            " ".join(type(item).__name__ for item in block.containers),
            block.text if isinstance(block, Code) else _words(block),
        )
        for block in parse(text)
    ]


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("b", Style.STRONG),
        ("strong", Style.STRONG),
        ("i", Style.EMPHASIS),
        ("em", Style.EMPHASIS),
        ("s", Style.STRIKE),
        ("u", Style.UNDERLINE),
        ("mark", Style.MARK),
        ("kbd", Style.KEY),
        ("sub", Style.SUBSCRIPT),
        ("sup", Style.SUPERSCRIPT),
        ("SUP", Style.SUPERSCRIPT),
    ],
)
def test_a_tag_of_the_list_formats_its_text(tag: str, style: Style):
    assert _spans(f"a <{tag}>b</{tag}> c") == (Span("a "), Span("b", style), Span(" c"))


def test_tags_and_markdown_overlap():
    assert _spans("<b>a *b</b> c* d") == (
        Span("a ", Style.STRONG),
        Span("b", Style.STRONG | Style.EMPHASIS),
        Span(" c", Style.EMPHASIS),
        Span(" d"),
    )
    assert _spans("**<kbd>Ctrl</kbd>**") == (Span("Ctrl", Style.STRONG | Style.KEY),)
    assert _spans("[<u>a</u>](/x)") == (Span("a", Style.UNDERLINE, "/x"),)


@pytest.mark.parametrize(
    "text", ["a <b>b", "a</b> b", "a <b>b</i>", "a <b x>b</b>", "a < b>b</ b>", "a <q>b</q>", "List<u8>", "a <b/>b"]
)
def test_a_tag_without_its_counterpart_and_any_other_is_text(text: str):
    assert _spans(text) == (Span(text),)


def test_keys_side_by_side_are_two_keys():
    keys = (Span("Ctrl", Style.KEY), Span("C", Style.KEY))

    assert _spans("<kbd>Ctrl</kbd><kbd>C</kbd>") == keys
    assert to_html(parse("<kbd>Ctrl</kbd><kbd>C</kbd>")) == "<p><kbd>Ctrl</kbd><kbd>C</kbd></p>\n"
    assert markdown_of(parse("<kbd>Ctrl</kbd><kbd>C</kbd>"), "") == "<kbd>Ctrl</kbd><kbd>C</kbd>"
    assert _spans("<kbd>&uarr;</kbd> <kbd>a\\_b</kbd>")[::2] == (Span("↑", Style.KEY), Span("a_b", Style.KEY))
    assert _spans("<b>a</b><b>b</b>") == (Span("ab", Style.STRONG),)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>", "<kbd>Ctrl</kbd>+<kbd>C</kbd>"),
        (
            "<kbd>press <kbd><kbd>A</kbd> <kbd>B</kbd></kbd></kbd> <kbd>C</kbd>",
            "press <kbd>A</kbd> <kbd>B</kbd> <kbd>C</kbd>",
        ),
        ("<kbd><kbd>A</kbd> <kbd><kbd>B</kbd>+</kbd></kbd>", "<kbd>A</kbd> <kbd>B</kbd>+"),
        ("<kbd><kbd>A</kbd><b>and</b></kbd>", "<kbd>A</kbd>**and**"),
        ("<kbd>open <kbd>A</kbd>", "\\<kbd>open <kbd>A</kbd>"),
    ],
)
def test_a_key_around_keys_is_none_itself(source: str, written: str) -> None:
    assert markdown_of(parse(source), "") == written


def test_tags_do_not_reach_beyond_their_paragraph_or_cell():
    assert [_words(block) for block in parse("<b>a\n\nb</b>")] == ["<b>a", "b</b>"]
    (table,) = parse("| <b>a | b</b> |\n|-|-|")
    assert isinstance(table, Table)
    assert table.header == ((Span("<b>a"),), (Span("b</b>"),))


def test_a_tag_inside_code_stays_code():
    assert _spans("`<b>a</b><br>`") == (Span("<b>a</b><br>", Style.CODE),)
    assert _outline("```\n<details>\n<b>x</b>\n```") == [("", "<details>\n<b>x</b>\n")]


@pytest.mark.parametrize(
    "text", ["a<br>b", "a<br/>b", "a<BR />b", "a<br>\nb", "a  <br>\n  b", "a\n<br>b", "a<br>b<br>"]
)
def test_a_break_breaks_the_line_once(text: str):
    assert _spans(text) == (Span("a\nb"),)


def test_a_break_in_a_cell_makes_it_two_lines():
    (table,) = parse("| a |\n|-|\n| one<br>two |\n| <br> |")
    assert isinstance(table, Table)

    assert table.rows == (((Span("one\ntwo"),),), ((),))


def test_comments_are_hidden():
    assert _spans("a<!-- b\nc -->d <!--> e <!---> f") == (Span("ad e f"),)
    assert _outline("<!-- a\n\n# b\n--> c\n\n<!-- d -->\ne") == [("", "c"), ("", "e")]
    assert _outline("- a\n- b\n\n<!-- -->\n\n- c")[2] == ("ListItem", "c")


def test_a_comment_that_is_not_closed_is_text():
    assert _outline("a <!-- b") == [("", "a <!-- b")]
    assert _outline("<!-- a\n\nb") == [("", "<!-- a"), ("", "b")]
    assert _outline("<!-- a\n" + "b\n" * 200 + "\n# c")[-1] == ("", "c")


def test_a_picture_of_the_web_is_one_that_is_shown_when_asked():
    assert _spans("""<img src="https://a.b/c.png?x=1&amp;y=2" alt='A "b"' width=30 title="t"/>""") == (
        Span('A "b"', image="https://a.b/c.png?x=1&y=2", title="t"),
    )
    assert _spans("[<img src=http://a.b/c>](/x)")[0].link == "/x"


def test_a_picture_in_the_text_may_have_megabytes():
    data = "data:image/png;base64," + "A" * 100_000
    (span,) = _spans(f'<img alt="x" src="{data}">')

    assert (span.text, span.image) == ("x", data)


def test_a_section_has_a_head_and_content():
    assert _outline("<details>\n<summary>A <b>b</b></summary>\n\nc\n\n- d\n\n```\ne\n```\n\n</details>\n\nf") == [
        ("Details Summary", "A b"),
        ("Details", "c"),
        ("Details ListItem", "d"),
        ("Details", "e\n"),
        ("", "f"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>A</summary>b</details>",
        "<details>\n<summary>A</summary>\nb\n</details>",
        "<details>\n  <summary>A</summary>\n  b\n</details>",
        "<details>\n    <summary>A</summary>\n    b\n</details>",
        "<details>\n<summary>\nA\n</summary>\n\nb</details>",
        "<details>\n\n<summary>A</summary>\n\nb",
        "<DETAILS>\n<Summary>A</Summary>\nb",
        "<details>\n<summary>A\n\nb",
        "<details>\n<summary>A</summary>\nb\n    </details>",
        "<details><summary>A</summary>b</details> ",
    ],
)
def test_a_section_is_recognised_as_models_write_it(text: str):
    assert _outline(text) == [("Details Summary", "A"), ("Details", "b")]


def test_text_and_sections_may_follow_the_end_of_a_section_in_its_line():
    assert _outline("<details><summary>A</summary>b</details><details>\nc</details> d `</details>`\ne") == [
        ("Details Summary", "A"),
        ("Details", "b"),
        ("Details Summary", ""),
        ("Details", "c"),
        ("", "d </details> e"),
    ]
    assert _outline("<details>\na `</details>` b") == [("Details Summary", ""), ("Details", "a </details> b")]
    assert _outline("a</details>b") == [("", "a</details>b")]
    assert _outline("see <details> a </details> b") == [("", "see <details> a </details> b")]
    assert _outline("- <details>a</details>b\n\n1. > <details>c</details>") == [
        ("ListItem Details Summary", ""),
        ("ListItem Details", "a"),
        ("ListItem", "b"),
        ("ListItem Quote Details Summary", ""),
        ("ListItem Quote Details", "c"),
    ]


def test_a_section_may_be_open_at_first():
    opened = [
        block.containers[0]
        for text in ("<details>", "<details open>", '<details open="">', "<details  OPEN >")
        for block in parse(text)
    ]

    assert [isinstance(item, Details) and item.open for item in opened] == [False, True, True, True]


def test_a_section_without_a_head_has_an_empty_one():
    assert _outline("<details>\na\n</details>\nb") == [("Details Summary", ""), ("Details", "a"), ("", "b")]


def test_sections_nest_in_each_other_and_in_lists_and_quotes():
    assert _outline("<details><summary>A</summary>\n<details><summary>B</summary>b</details>\na\n</details>c") == [
        ("Details Summary", "A"),
        ("Details Details Summary", "B"),
        ("Details Details", "b"),
        ("Details", "a"),
        ("", "c"),
    ]
    assert _outline("- <details><summary>A</summary>\n  b\n\n  c\n  </details>\n\n  d\n- e") == [
        ("ListItem Details Summary", "A"),
        ("ListItem Details", "b"),
        ("ListItem Details", "c"),
        ("ListItem", "d"),
        ("ListItem", "e"),
    ]
    assert _outline("> <details>\n> a\n\nb</details>")[-1] == ("", "b</details>")


def test_the_end_of_a_section_closes_the_lists_and_paragraphs_in_it():
    assert _outline("<details>\n<summary>A</summary>\n\n- b\n  - c\n</details>\nd")[-1] == ("", "d")
    assert _outline("- <details>\n  <summary>A</summary>\n  b\n</details>\nc")[-1] == ("", "c")


def test_nesting_is_bounded():
    text = "<details>" * 1_000 + "a"

    depths = {len(block.containers) for block in parse(text)}

    assert max(depths) == MAX_DEPTH
    assert _words(parse(text)[-1]).startswith("<details>")


def test_a_long_summary_ends_somewhere():
    head, content, *_ = parse("<details>\n<summary>" + "a " * 5_000)

    assert len(_words(head)) <= 1_000
    assert not any(isinstance(item, Summary) for item in content.containers)
