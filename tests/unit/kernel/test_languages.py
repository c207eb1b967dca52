import re

import pytest

from chatdesk.kernel.languages import LANGUAGES, language_for_locale, language_of
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh-Hans-SG", "zh_CN"),
        ("zh_TW", "zh_TW"),
        ("zh_HK.UTF-8", "zh_TW"),
        ("zh-MO", "zh_TW"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-SG", "zh_TW"),
        ("ZH_tw", "zh_TW"),
        ("zh_XX", "zh_CN"),
        ("en_GB@euro", "en"),
        ("en", "en"),
    ],
)
def test_a_locale_selects_the_language_of_its_speakers(locale: str, code: str) -> None:
    language = language_for_locale(locale)
    assert language is not None
    assert language.code == code


@pytest.mark.parametrize("locale", ["de_DE.UTF-8", "zha", "", "C", "POSIX", "_", "zz-ZZ-zz-ZZ"])
def test_a_locale_without_translations_selects_none(locale: str) -> None:
    assert language_for_locale(locale) is None


def test_an_unknown_code_is_english() -> None:
    assert language_of("tlh").code == "en"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_language_has_its_files(language) -> None:
    assert (ROOT / f"translations/chatdesk_{language.code}.ts").is_file()
    assert (ROOT / "resources/presets" / language.preset_language).is_dir()


def test_desktop_files_have_the_texts_of_each_language() -> None:
    desktop = (ROOT / "packaging/linux/chatdesk.desktop").read_text(encoding="utf-8")
    keys = re.findall(r"^(\w+)\[zh_CN\]=", desktop, re.MULTILINE)
    for language in LANGUAGES[1:]:
        assert re.findall(rf"^(\w+)\[{language.code}\]=", desktop, re.MULTILINE) == keys
