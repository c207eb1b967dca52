"""Counts as text."""

import pytest

from chatdesk.ui_kit.text.counts import about_tokens, listed, rounded_tokens
from chatdesk.ui_kit.translations import Translations


@pytest.mark.parametrize(
    ("estimated", "shown"), [(0, 0), (4, 0), (235, 240), (2_851, 2_900), (88_823, 88_800), (363_318, 363_000)]
)
def test_an_estimate_is_rounded_to_its_precision(estimated: int, shown: int) -> None:
    assert rounded_tokens(estimated) == shown


def test_few_tokens_are_not_called_none() -> None:
    assert "4" in about_tokens(4)


def test_the_items_of_a_list_are_separated_as_the_language_does_it(translations: Translations) -> None:
    assert listed(("2 chats", "", "1 folder")) == "2 chats, 1 folder"
    translations.use("zh_CN")
    assert listed(("2 个对话", "1 个文件夹")) == "2 个对话、1 个文件夹"
