"""Each text of the program is translated, and nothing else stands in the files. English needs a file for its plurals alone."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path

import PySide6
import pytest

from tests.architecture.sources import ROOT, name_of, python_files

FOLDER = ROOT / "translations"
CHINESE, TRADITIONAL, ENGLISH = (FOLDER / f"chatdesk_{code}.ts" for code in ("zh_CN", "zh_TW", "en"))
# By context, source and comment.
Messages = dict[tuple[str, str, str], ET.Element]


@cache
def messages(file: Path) -> Messages:
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): message
        for context in ET.parse(file).iter("context")
        for message in context.iter("message")
    }


@pytest.fixture(scope="module")
def in_the_program(tmp_path_factory: pytest.TempPathFactory) -> Messages:
    collected = tmp_path_factory.mktemp("translations") / "collected.ts"
    lupdate = Path(PySide6.__file__).with_name("lupdate")
    subprocess.run([lupdate, "-silent", *python_files(), "-ts", collected], check=True)
    return messages(collected)


def test_the_chinese_file_holds_the_texts_of_the_program(in_the_program: Messages) -> None:
    """`python3 dev.py translate` brings the file up to date."""
    assert messages(CHINESE).keys() == in_the_program.keys()


def test_the_traditional_file_is_converted_from_the_simplified_one(tmp_path: Path) -> None:
    """`python3 dev.py translate` does it, with the corrections in the file of terms."""
    script, converted = ROOT / "packaging/traditional_chinese.py", tmp_path / TRADITIONAL.name
    subprocess.run([sys.executable, script, CHINESE, converted], check=True)
    assert converted.read_text("utf-8") == TRADITIONAL.read_text("utf-8")


def test_the_english_file_holds_the_plurals_of_the_program(in_the_program: Messages) -> None:
    plurals = {text for text, message in in_the_program.items() if message.get("numerus")}
    assert messages(ENGLISH).keys() == plurals


@pytest.mark.parametrize("file", [CHINESE, TRADITIONAL, ENGLISH])
def test_every_text_is_translated(file: Path) -> None:
    for message in messages(file).values():
        translation = message.find("translation")
        assert translation is not None
        assert "type" not in translation.attrib, message.findtext("source")
        forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
        assert all(forms), message.findtext("source")


@pytest.mark.parametrize("file", [CHINESE, TRADITIONAL, ENGLISH])
def test_translations_keep_the_places_of_names_and_numbers(file: Path) -> None:
    places = re.compile(r"\{[^}]*\}|%n|%L?\d")
    for message in messages(file).values():
        source, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        for text in [form.text for form in translation.iter("numerusform")] or [translation.text]:
            assert Counter(places.findall(text or "")) == Counter(places.findall(source)), source


def test_placeholders_have_names(in_the_program: Messages) -> None:
    """Texts are filled in by one call of `str.format`: a value that looks like a placeholder stays as it is."""
    unnamed = re.compile(r"%L?\d|\{\d*[:}]")
    assert [source for _, source, _ in in_the_program if unnamed.search(source)] == []


def test_no_text_is_filled_in_by_replacing_its_placeholders() -> None:
    """Replacements one after the other would also replace what looks like a placeholder in a value."""
    replacing = re.compile(r"""\.replace\(\s*f?["'](?:%\d|\{\w)""")
    files = [
        file for folder in ("app", "features", "rendering", "ui_kit") for file in python_files(f"chatdesk/{folder}")
    ]
    assert [name_of(file) for file in files if replacing.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("other", "ours"), [("您", "你"), ("载入", "加载"), ("开始聊天", "开始对话"), ("返回聊天", "返回对话")]
)
def test_chinese_says_a_thing_in_one_word(other: str, ours: str) -> None:
    assert not [text for text in chinese() if other in text], f"say {ours}"


@pytest.mark.parametrize("source", ["Download model…", "Back to chats"])
def test_a_button_that_leads_to_one_place_is_called_the_same_everywhere(source: str) -> None:
    assert len({text for (_, said, _), text in zip(messages(CHINESE), chinese(), strict=True) if said == source}) == 1


def chinese() -> list[str]:
    """The translations, in the order of `messages`."""
    return ["".join(message.find("translation").itertext()) for message in messages(CHINESE).values()]
