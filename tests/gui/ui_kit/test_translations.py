"""The language of the window, with the translations as they are shipped."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.system.resources import Resources
from chatdesk.ui_kit.translations import ARROW_KEYS, Translated, Translations

FOLDER = Resources.locate().translations


def new_chat() -> str:
    return QCoreApplication.translate("Sidebar", "New chat")


def speak(monkeypatch: pytest.MonkeyPatch, *languages: str) -> None:
    """Have a system that speaks these languages, the one it likes most first."""
    system = QLocale(languages[0])
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: list(languages))
    monkeypatch.setattr(QLocale, "system", lambda: system)


def test_chinese_is_spoken_and_given_up_again(translations: Translations) -> None:
    assert translations.use("zh_CN") == "zh_CN"
    assert new_chat() == "新建对话"
    assert QLocale().name() == "zh_CN"
    assert translations.use("en") == "en"
    assert new_chat() == "New chat"
    assert QLocale().name() == "en_US"


def test_qts_own_words_are_translated_along(translations: Translations) -> None:
    translations.use("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    translations.use("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_arrow_keys_are_arrows_in_chinese(translations: Translations) -> None:
    def name(keys: str) -> str:
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)

    translations.use("zh_CN")
    assert [name(f"Alt+{key}")[-1] for key in ARROW_KEYS] == ["↑", "↓", "←", "→"]
    assert "空格" in name("Ctrl+Space"), "Qt's own names are still used"
    translations.use("en")
    assert [name(f"Alt+{key}") for key in ARROW_KEYS[:2]] == ["Alt+Up", "Alt+Down"]


def test_english_counts_one_and_many(translations: Translations) -> None:
    translations.use("en")
    texts = {QCoreApplication.translate("TranscriptTexts", "%n tokens", None, count) for count in (1, 2)}
    assert texts == {"1 token", "2 tokens"}


def test_a_translated_widget_sets_its_texts_again(translations: Translations, qtbot: QtBot) -> None:
    class NewChat(Translated, QPushButton):
        def _retranslate(self) -> None:
            self.setText(new_chat())

    button = NewChat()
    qtbot.addWidget(button)
    button.setFont(QApplication.font())
    button.setEnabled(False)
    assert button.text() == ""
    translations.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert button.text() == "新建对话"
    translations.use("en")
    QCoreApplication.sendPostedEvents()
    assert button.text() == "New chat"


def test_every_widget_hears_of_it(translations: Translations, qtbot: QtBot) -> None:
    heard: list[str] = []

    class Listener(QWidget):
        def changeEvent(self, event: QEvent) -> None:
            if event.type() is QEvent.Type.LanguageChange:
                heard.append(new_chat())

    widget = Listener()
    qtbot.addWidget(widget)
    translations.use("zh_CN")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert heard[-1] == "新建对话"


def test_a_language_nobody_translated_is_english(translations: Translations) -> None:
    translations.use("zh_CN")
    translations.use("tlh")
    assert new_chat() == "New chat"


def test_it_may_be_chosen_again_and_again_and_leaves_no_translator_behind(
    translations: Translations, qapp: QApplication
) -> None:
    for language in ("zh_CN", "tlh", "zh_CN", "en"):
        translations.use(language)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert qapp.findChildren(QTranslator) == translations._installed


def test_it_goes_on_when_the_one_who_set_it_is_gone(translations: Translations, qapp: QApplication) -> None:
    other = Translations(qapp, FOLDER)
    other.use("zh_CN")
    installed = other._installed
    del other
    assert new_chat() == "新建对话"
    for translator in installed:
        shiboken6.delete(translator)


def test_without_the_files_it_is_english(qapp: QApplication, tmp_path: Path, translations: Translations) -> None:
    assert Translations(qapp, tmp_path).use("zh_CN") == "zh_CN"
    assert new_chat() == "New chat"


@pytest.mark.parametrize(
    ("languages", "used"),
    [
        (("zh-Hans-CN", "zh-CN", "zh"), "zh_CN"),
        (("zh-Hans-SG",), "zh_CN"),
        (("zh-Hant-TW",), "zh_TW"),
        (("zh-Hant-HK",), "zh_TW"),
        (("de-DE", "zh-CN"), "zh_CN"),
        (("de-DE", "en-US", "zh-CN"), "en"),
        (("en-GB",), "en"),
        (("de-DE",), "en"),
    ],
)
def test_the_system_is_followed_where_its_language_is_known(
    translations: Translations, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...], used: str
) -> None:
    speak(monkeypatch, *languages)
    assert translations.use("system") == used
    assert QLocale().name() == QLocale(languages[0]).name()
