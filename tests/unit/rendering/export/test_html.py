import pytest

from chatdesk.rendering.export.html import to_html, to_rich_text
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.markdown import parse


def _all(text: str) -> str:
    return to_html(parse(text), keep_link=lambda _: True, keep_picture=lambda _: True)


def test_nesting_is_built_again():
    assert to_html(parse("- a\n\n  > b\n- c\n\n1. d\n")) == (
        "<ul>\n<li><p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</li>\n<li><p>c</p>\n</li>\n</ul>\n<ol>\n<li>d\n</li>\n</ol>\n"
    )


def test_a_part_of_a_list_keeps_its_numbers():
    assert to_html(parse("1. a\n2. b\n3. c\n")[1:]) == '<ol start="2">\n<li>b\n</li>\n<li>c\n</li>\n</ol>\n'


def test_tasks_have_boxes():
    assert to_html(parse("- [x] a\n- [ ] b\n")) == (
        '<ul>\n<li><input type="checkbox" checked disabled> a\n</li>\n<li><input type="checkbox" disabled> b\n</li>\n</ul>\n'
    )


def test_a_table_has_a_head_a_body_and_alignments():
    assert to_html(parse("|a|b|\n|-:|-|\n|*1*|<|\n")) == (
        '<table>\n<thead>\n<tr>\n<th align="right">a</th>\n<th>b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td align="right"><em>1</em></td>\n<td>&lt;</td>\n</tr>\n</tbody>\n</table>\n'
    )


def test_code_names_its_language_and_is_escaped():
    assert to_html(parse('```a"b c\n<&>\n```')) == '<pre><code class="language-a&quot;b">&lt;&amp;&gt;\n</code></pre>\n'


def test_a_link_stays_one_whatever_looks_are_in_it():
    assert to_html(parse("[a *b*](https://c.d)")) == '<p><a href="https://c.d">a <em>b</em></a></p>\n'


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/relative", "https://a@b"]
)
def test_a_link_that_may_not_be_opened_is_words_only(target: str):
    assert to_html(parse(f"[a](<{target}>)")) == "<p>a</p>\n"


def test_a_picture_is_its_description_unless_it_may_be_shown():
    assert to_html(parse("![a](https://b.c/d)")) == "<p>a</p>\n"
    assert (
        _all('![a](x y.png "t")'.replace("x y", "<x y").replace(".png", ".png>"))
        == '<p><img src="x%20y.png" alt="a" title="t"></p>\n'
    )


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ('/a"b', "/a%22b"),
        ("/ä", "/%C3%A4"),
        ("/a&b", "/a&amp;b"),
        ("/'", "/&#x27;"),
        ("/%41", "/%41"),
        ("/[x]", "/%5Bx%5D"),
    ],
)
def test_targets_are_encoded_and_cannot_leave_their_attribute(target: str, written: str):
    assert _all(f"[a](<{target}>)") == f'<p><a href="{written}">a</a></p>\n'


def test_nothing_becomes_nothing():
    nothing: tuple[Block, ...] = ()

    assert to_html(nothing) == ""


def test_footnotes_stand_at_the_end_in_their_order_with_ways_back():
    assert to_html(parse("a[^y]b[^x]c[^y]\n\n[^x]: X\n\n[^y]: Y\n\nend")) == (
        '<p>a<sup><a href="#fn-1" id="fnref-1">1</a></sup>b<sup><a href="#fn-2" id="fnref-2">2</a></sup>'
        'c<sup><a href="#fn-1" id="fnref-1-2">1</a></sup></p>\n<p>end</p>\n'
        '<section class="footnotes">\n<ol>\n<li id="fn-1" value="1"><p>Y</p>\n<a href="#fnref-1">↩</a>\n</li>\n'
        '<li id="fn-2" value="2"><p>X</p>\n<a href="#fnref-2">↩</a>\n</li>\n</ol>\n</section>\n'
    )


def test_a_reference_whose_footnote_is_not_there_leads_nowhere():
    assert to_html(parse("a[^x]\n\n[^x]: X")[:1]) == "<p>a<sup>[1]</sup></p>\n"


def test_an_alert_is_a_quote_with_a_title():
    assert to_html(parse("> [!TIP]\n> a")) == (
        '<blockquote class="alert-tip">\n<p><strong>Tip</strong></p>\n<p>a</p>\n</blockquote>\n'
    )


def test_terms_and_descriptions_are_one_list():
    assert to_html(parse("T\n: a\n\nU\n: b")) == "<dl>\n<dt>T\n</dt>\n<dd>a\n</dd>\n<dt>U\n</dt>\n<dd>b\n</dd>\n</dl>\n"


def test_formulas_are_set_as_requested_or_stay_as_written():
    text = "a $x<y$\n\n\\[z\\]"

    assert to_html(parse(text)) == "<p>a $x&lt;y$</p>\n<p>\\[z\\]</p>\n"
    assert to_html(parse(text), math=lambda latex, displayed: f"<math>{latex[0]}{displayed}</math>") == (
        "<p>a <math>xFalse</math></p>\n<p><math>zTrue</math></p>\n"
    )


def test_rich_text_has_the_looks_that_word_processors_need():
    colors = dict.fromkeys(("codeText", "codeKeyword", "codeNumber", "codePunctuation", "codeFunction"), "#010203")
    html = to_rich_text(parse("|a|\n|-|\n|`b`|\n\n```python\nif 1: <x>\n```\n"), colors)
    assert '<table border="1"' in html
    assert "monospace" in html
    assert '<span style="color:#010203">if</span>' in html
    assert "&lt;" in html
    assert "<x>" not in html


def test_a_formula_is_pasted_as_its_source():
    # LibreOffice shows MathML in HTML as its letters in a row: a fraction of a and b became "ab".
    assert "\\frac{a}{b}" in to_rich_text(parse("\\[ \\frac{a}{b} \\]"), {})


def test_without_colours_code_is_pasted_plain():
    assert "<span" not in to_rich_text(parse("```python\nif 1: x\n```\n"), {})


def test_looks_and_sections_are_elements():
    text = "<u>a</u><mark>b</mark><kbd>c</kbd><sub>d</sub><sup>e</sup>\n\n<details><summary>f</summary>g</details><details>\nh"

    assert to_html(parse(text)) == (
        "<p><u>a</u><mark>b</mark><kbd>c</kbd><sub>d</sub><sup>e</sup></p>\n"
        "<details>\n<summary>f</summary>\n<p>g</p>\n</details>\n"
        "<details>\n<p>h</p>\n</details>\n"
    )
