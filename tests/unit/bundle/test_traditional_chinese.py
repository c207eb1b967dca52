"""The Traditional Chinese translations are made of the Simplified ones."""

import xml.etree.ElementTree as ET

import pytest

from tests.unit.bundle.modules import module

traditional_chinese = module("traditional_chinese", "")

FILE = """<TS version="2.1" language="zh_CN">
<context><name>Window</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Default &amp; preset</source>
        <translation>默认 &amp; 预设</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
</context>
</TS>
"""


def convert(text: str) -> str:
    """Stands for OpenCC: marks what it was given."""
    return "".join("x" if "\u4e00" <= character <= "\u9fff" else character for character in text)


def translations(text: str) -> list[str]:
    return ["".join(each.itertext()).strip() for each in ET.fromstring(text).iter("translation")]


def test_terms_are_replaced_and_the_rest_is_converted() -> None:
    made = traditional_chinese.convert_file(FILE, convert, {"预设": "預設集", "文件": "檔案"}, {})
    assert translations(made) == ["預設集", "xx & 預設集", "%n x檔案"]
    assert 'language="zh_TW"' in made


def test_the_longest_term_wins() -> None:
    made = traditional_chinese.convert_file(FILE, convert, {"预": "預", "预设": "預設集"}, {})
    assert translations(made)[0] == "預設集"


def test_a_whole_text_is_taken_by_its_english_source() -> None:
    made = traditional_chinese.convert_file(FILE, convert, {}, {"Default & preset": "預設值 & <預設集>"})
    assert translations(made)[1] == "預設值 & <預設集>"


def test_a_text_that_no_longer_exists_is_an_error() -> None:
    with pytest.raises(ValueError, match="Gone"):
        traditional_chinese.convert_file(FILE, convert, {}, {"Gone": "沒有"})
