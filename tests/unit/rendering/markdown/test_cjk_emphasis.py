import pytest

from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.open_blocks.references import References


def _strong(content: str) -> list[str]:
    return [
        span.text for span in InlineParser(References()).parse(content) if span.style & (Style.STRONG | Style.EMPHASIS)
    ]


@pytest.mark.parametrize(
    ("content", "strong"),
    [
        ("**中文。**后", "中文。"),
        ("前**「中文」**后", "「中文」"),
        ("**注意：**这里", "注意："),
        ("**注意:**这里", "注意:"),
        ("**（括号）**内容", "（括号）"),
        ("**(bracket)**内容", "(bracket)"),
        ("内容**“引号”**内容", "“引号”"),
        ("**`code`**是", "code"),
        ("*日本語。*です", "日本語。"),
        ("これは**「すごい」**です。", "「すごい」"),
        ("**100%**的", "100%"),
        ("**한국어(Korean)**는", "한국어(Korean)"),
        ("用**A**和", "A"),
        ("**完成！**🎉", "完成！"),
    ],
)
def test_punctuation_beside_chinese_japanese_and_korean_does_not_hinder(content: str, strong: str):
    assert _strong(content) == [strong]


@pytest.mark.parametrize("content", ["a * b * c", "snake_case_name", "**a:**b", "2 ** 3 ** 4", "中 ** 文 ** 字"])
def test_elsewhere_commonmark_holds(content: str):
    assert _strong(content) == []


def test_strikethrough_follows_the_same_rule():
    assert InlineParser(References()).parse("~~删除。~~后") == (Span("删除。", Style.STRIKE), Span("后"))
