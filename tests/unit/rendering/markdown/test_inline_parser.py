import pytest

from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.leaves import Definition, ParsedLines
from chatdesk.rendering.markdown.open_blocks.references import References


def _spans(content: str) -> tuple[Span, ...]:
    return InlineParser(References()).parse(content)


def test_looks_nest():
    assert _spans("a *b **c** ~~d~~* `e`") == (
        Span("a "),
        Span("b ", Style.EMPHASIS),
        Span("c", Style.EMPHASIS | Style.STRONG),
        Span(" ", Style.EMPHASIS),
        Span("d", Style.EMPHASIS | Style.STRIKE),
        Span(" "),
        Span("e", Style.CODE),
    )


def test_neighbours_that_look_alike_are_one_span():
    assert _spans("a \\* b &amp; c_d ~ [e]") == (Span("a * b & c_d ~ [e]"),)


@pytest.mark.parametrize("text", ["~a~", "~a b~", "x ~a~ y", "（~a~）", "~*a*~"])
def test_single_tildes_strike(text: str):
    assert any(Style.STRIKE in span.style for span in _spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "10~20元，3~5个",
        "约~3天，最多~5天",
        "a~b~c",
        "~a~b",
        "a~b~",
        "~5 to ~6",
        "cp ~/a,~/b",
        "~ a ~",
        "~~~a~~~",
        "~a~~",
        "中~a~",
        "~a~中",
    ],
)
def test_tildes_between_amounts_and_in_paths_are_text(text: str):
    assert _spans(text) == (Span(text),)


def test_two_spaces_after_a_backslash_break_the_line():
    assert _spans("a\\  \nb") == (Span("a\\\nb"),)
    assert _spans("a\\ \nb") == (Span("a\\ b"),)


def test_a_link_keeps_its_target_and_title_as_written():
    assert _spans('[*a* b](</ä%20"x 中> "T &amp; u")') == (
        Span("a", Style.EMPHASIS, link='/ä%20"x 中', title="T & u"),
        Span(" b", link='/ä%20"x 中', title="T & u"),
    )


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//host",
        "smb://h/s",
        "https:\\\\host",
    ],
)
def test_no_target_is_judged_here(target: str):
    (span,) = _spans(f"[a](<{target}>)")

    assert span == Span("a", link=target.replace("\\\\", "\\"))


def test_a_picture_is_its_description_with_a_source():
    assert _spans('a ![b *c*](x.png "t") d') == (Span("a "), Span("b c", image="x.png", title="t"), Span(" d"))


def test_a_picture_may_be_a_link_and_be_without_words():
    assert _spans("[![](x.png)](/y)") == (Span("", link="/y", image="x.png"),)


def test_two_pictures_side_by_side_are_two():
    assert _spans("![a](x)![a](x)") == (Span("a", image="x"),) * 2


def test_links_in_angle_brackets_and_bare_ones_are_links():
    assert _spans("<https://a.b> https://c.d/e_f_g, *www.h.i*") == (
        Span("https://a.b", link="https://a.b"),
        Span(" "),
        Span("https://c.d/e_f_g", link="https://c.d/e_f_g"),
        Span(", "),
        Span("www.h.i", Style.EMPHASIS, link="http://www.h.i"),
    )


def test_no_bare_link_is_found_in_code_or_in_a_link():
    assert _spans("`https://a.b` [https://c.d](/x)") == (
        Span("https://a.b", Style.CODE),
        Span(" "),
        Span("https://c.d", link="/x"),
    )


def test_references_are_looked_up_and_what_was_asked_for_is_noted():
    references = References()
    references.update(ParsedLines(definitions={"A": Definition("/x", "t")}), ParsedLines())

    spans = InlineParser(references).parse("[b][a] [Missing] ![c][a]")

    assert spans == (Span("b", link="/x", title="t"), Span(" [Missing] "), Span("c", image="/x", title="t"))
    assert {"A", "MISSING"} <= references.asked


def test_a_newline_written_as_an_entity_is_no_line_break():
    assert _spans("a&#10;b") == (Span("a b"),)
