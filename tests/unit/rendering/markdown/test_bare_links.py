import pytest

from chatdesk.rendering.markdown.bare_links import find_links


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[begin:end], target) for begin, end, target in find_links(text)]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://example.com/a?b=c#d.", "https://example.com/a?b=c#d"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("https://en.wikipedia.org/wiki/A_(b), and", "https://en.wikipedia.org/wiki/A_(b)"),
        ("请看https://example.com/路径", "https://example.com/"),
        ("访问 https://example.com。然后", "https://example.com"),
        ("“https://example.com”", "https://example.com"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("http://[::1]:11434", "http://[::1]:11434"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("HTTPS://Example.com", "HTTPS://Example.com"),
        ('"https://a.b/c"', "https://a.b/c"),
        ("https://a.b/c*", "https://a.b/c"),
    ],
)
def test_a_web_address_is_found_without_what_belongs_to_the_sentence(text: str, link: str):
    assert _found(text) == [(link, link)]


def test_an_address_without_a_scheme_gets_one():
    assert _found("www.example.com/a, me@example.com.") == [
        ("www.example.com/a", "http://www.example.com/a"),
        ("me@example.com", "mailto:me@example.com"),
    ]


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
        "ftp://a.b",
        "https://k@a.b",
    ],
)
def test_what_only_resembles_an_address_is_left_alone(text: str):
    assert _found(text) == []
