"""Every example of two specifications through blocks and their HTML, but for those that show what we do otherwise on purpose."""

import pytest

from chatdesk.rendering.export.html import to_html
from chatdesk.rendering.markdown.markdown import parse
from tests.for_all import for_all
from tests.unit.rendering.commonmark import Example, examples, gfm_examples
from tests.unit.rendering.html_look import look

_COMMENTS = (179, 183)
_OTHERWISE = {
    "HTML other than the closed list is text": {
        *(21, 31, 201, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
        *(number for number in range(148, 192) if number not in _COMMENTS),
        *(613, 614, 615, 616, 617, 623, 626, 627, 628, 629, 630, 631),
    },
    "A web address is a link although nobody marked it (GFM)": {602, 608, 611, 612},
    "A link to nowhere is text": {200, 485, 486, 487, 567},
}


_OTHERWISE_THAN_GFM = {
    "HTML other than the closed list is text": {653},
    "A web address is a link although nobody marked it (this section shows what CommonMark does)": {610, 616, 619},
    "Comments are those of CommonMark 0.31": {645, 646},
}


def _seen(example: Example) -> list[object]:
    return look(to_html(parse(example.markdown), keep_link=lambda _: True, keep_picture=lambda _: True))


def _numbered(example: Example) -> str:
    return f"{example.number} {example.section}"


@for_all(examples(), _numbered)
def test_what_is_seen_is_what_the_specification_says(example: Example):
    otherwise = any(example.number in numbers for numbers in _OTHERWISE.values())

    # An exception that is none any more has to leave the list.
    assert (_seen(example) == look(example.html)) is not otherwise


@for_all(gfm_examples(), _numbered)
def test_what_is_seen_is_what_github_says(example: Example):
    otherwise = any(example.number in numbers for numbers in _OTHERWISE_THAN_GFM.values())

    assert (_seen(example) == look(example.html)) is not otherwise


@for_all(
    [each for each in examples() if each.number in _OTHERWISE["HTML other than the closed list is text"]], _numbered
)
def test_no_html_of_the_text_becomes_html(example: Example):
    ours = {"p", "ul", "ol", "li", "pre", "code", "h1", "h2", "h3", "blockquote", "hr"}

    tags = {event[0] for event in _seen(example) if isinstance(event, tuple) and isinstance(event[1], tuple)}

    assert tags <= ours


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<p><em>a</em> b</p>", "<p><em>a b</em></p>"),
        ("<p>a b</p>", "<p>a<br>b</p>"),
        ('<p><a href="x">a</a></p>', '<p><a href="y">a</a></p>'),
        ("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>"),
        ('<ol start="2"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ],
)
def test_the_comparison_sees_what_a_reader_sees(one: str, other: str):
    assert look(one) != look(other)
