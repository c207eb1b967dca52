import pytest

from chatdesk.rendering.markdown.blocks import Paragraph, Style
from chatdesk.rendering.markdown.markdown import parse


def _links(text: str) -> list[tuple[str, str]]:
    (block,) = parse(text)
    assert isinstance(block, Paragraph)
    return [(span.text, span.link) for span in block.spans if span.link]


def _text(text: str) -> str:
    (block,) = parse(text)
    assert isinstance(block, Paragraph)
    return "".join(span.text for span in block.spans)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://example.com/a?b=c#d.", "https://example.com/a?b=c#d"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("https://en.wikipedia.org/wiki/A_(b), and", "https://en.wikipedia.org/wiki/A_(b)"),
        ("(see https://en.wikipedia.org/wiki/A_(b))", "https://en.wikipedia.org/wiki/A_(b)"),
        ("“https://example.com”", "https://example.com"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("http://[::1]:11434", "http://[::1]:11434"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("HTTPS://Example.com", "HTTPS://Example.com"),
        ('"https://a.b/c"', "https://a.b/c"),
        ("https://a.b/c*", "https://a.b/c"),
        ("ftp://a.b/c and", "ftp://a.b/c"),
        ("http://intranet/x", "http://intranet/x"),
        ("https://a.b/?x=1;", "https://a.b/?x=1"),
        ("[see https://a.b/c]", "https://a.b/c"),
        ("see:https://a.b/c", "https://a.b/c"),
        ("https://a.b(the site)", "https://a.b"),
        ("https://a.b:8080/c", "https://a.b:8080/c"),
        ("https://a.b/x[1]", "https://a.b/x[1]"),
    ],
)
def test_a_web_address_is_found_without_what_belongs_to_the_sentence(text: str, link: str):
    assert _links(text) == [(link, link)]


@pytest.mark.parametrize(
    "link",
    [
        "https://github.com/a/b/blob/main/__init__.py",
        "https://a.b/__future__/x",
        "https://a.b/_next_/x",
        "https://a.b/*/x/*",
        "https://a.b/*x*/y",
        "https://a.b/`x`/y",
        "https://a.b/~x~/y",
        "https://a.b/a_b_c",
        "https://a.b/?q=$x$",
        r"https://a.b/a\_b",
        "www.a.b/__x__/y",
    ],
)
def test_nothing_in_an_address_is_markdown(link: str):
    assert [words for words, _ in _links(f"in {link} and *more*")] == [link.rstrip("*")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://zh.wikipedia.org/wiki/中国", "https://zh.wikipedia.org/wiki/中国"),
        ("https://zh.wikipedia.org/wiki/C语言", "https://zh.wikipedia.org/wiki/C语言"),
        ("https://a.b/s?wd=中文&x=1", "https://a.b/s?wd=中文&x=1"),
        ("请看https://example.com/路径", "https://example.com/路径"),
        ("见 https://a.b/中国，然后", "https://a.b/中国"),
        ("见 https://a.b/中国。", "https://a.b/中国"),
        ("（https://a.b/中国）", "https://a.b/中国"),
        ("「https://a.b/中国」", "https://a.b/中国"),
        ("官网:https://a.b/c(中文)。", "https://a.b/c(中文)"),
        ("https://a.b(官网)", "https://a.b"),
        ("https://a.b/c，https", "https://a.b/c"),
        ("https://a.b/中国、https", "https://a.b/中国"),
        ("访问 https://example.com。然后", "https://example.com"),
        ("访问https://example.com的网站", "https://example.com"),
        ("请打开https://example.com/login进行登录", "https://example.com/login"),
        ("https://a.b/史蒂夫·乔布斯", "https://a.b/史蒂夫·乔布斯"),
        ("https://ja.wikipedia.org/wiki/東京タワー", "https://ja.wikipedia.org/wiki/東京タワー"),
        ("https://ko.wikipedia.org/wiki/한국", "https://ko.wikipedia.org/wiki/한국"),
        ("https://a.b/docs를 보세요", "https://a.b/docs"),
        ("https://例子.中国/路径", "https://例子.中国/路径"),
        ("**https://a.b/c**的网站", "https://a.b/c"),
    ],
)
def test_chinese_belongs_to_the_path_but_its_punctuation_does_not(text: str, link: str):
    assert _links(text) == [(link, link)]


def test_an_address_can_stand_in_emphasis():
    (block,) = parse("**https://a.b/c_d** and _https://a.b/e_ and ~~www.a.b~~")
    assert isinstance(block, Paragraph)

    assert [(span.text, span.style) for span in block.spans if span.link] == [
        ("https://a.b/c_d", Style.STRONG),
        ("https://a.b/e", Style.EMPHASIS),
        ("www.a.b", Style.STRIKE),
    ]


def test_an_address_without_a_scheme_gets_one():
    assert _links("www.example.com/a, me@example.com. mailto:you@example.com") == [
        ("www.example.com/a", "http://www.example.com/a"),
        ("me@example.com", "mailto:me@example.com"),
        ("mailto:you@example.com", "mailto:you@example.com"),
    ]


def test_short_and_underscored_mail_addresses_are_found():
    assert [words for words, _ in _links("a@b.c and first_last+tag@mail.example.com")] == [
        "a@b.c",
        "first_last+tag@mail.example.com",
    ]


def test_character_references_in_an_address_are_replaced_but_parameters_are_kept():
    assert _links("https://a.b/?x=1&amp;y=2&copy=3") == [("https://a.b/?x=1&y=2&copy=3",) * 2]


def test_an_address_as_the_text_of_a_link_leads_where_the_link_leads():
    assert _links("[https://a.b/__x__](https://c.d/e)") == [("https://a.b/__x__", "https://c.d/e")]


@pytest.mark.parametrize(
    "text",
    [
        "README.md and main.py",
        "asyncio.gather",
        "example.com",
        "https://",
        "http://x",
        "www.",
        "xhttps://a.b",
        "a@b",
        "@user",
        "`https://a.b`",
        "https://k@a.b",
        "a.b-c_d@a.b-",
        "user:name@a.b",
    ],
)
def test_what_only_resembles_an_address_is_left_alone(text: str):
    assert _links(text) == []
    assert _text(text) == text.strip("`")
