"""The language of the interface: loads compiled translations, and updates the widgets after a change."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from chatdesk.kernel.languages import ENGLISH, language_for_locale
from chatdesk.kernel.settings.declarations import LANGUAGE
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object  # a class cannot inherit from two Qt classes

ARROW_KEYS = (
    QT_TRANSLATE_NOOP("QShortcut", "Up"),
    QT_TRANSLATE_NOOP("QShortcut", "Down"),
    QT_TRANSLATE_NOOP("QShortcut", "Left"),
    QT_TRANSLATE_NOOP("QShortcut", "Right"),
)
"""Texts of Qt that Chatdesk translates itself: in Chinese the arrow keys are arrows, not words."""


class Translations:
    """Installs translations. `folder` contains `chatdesk_<language>.qm`."""

    def __init__(self, application: QCoreApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._installed: list[QTranslator] = []

    def use(self, setting: str) -> str:
        """Install the language of the setting `LANGUAGE` and return it.

        "system" selects the system's language if available, otherwise English.
        """
        language = self._language(setting)
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed.clear()
        QLocale.setDefault(QLocale.system() if setting == LANGUAGE.default else QLocale(language))
        if language != ENGLISH.code:
            qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._install(qt / f"qtbase_{language}.qm")
        self._install(self._folder / f"chatdesk_{language}.qm")  # last, so that it comes before Qt's own
        return language

    def _language(self, setting: str) -> str:
        if setting != LANGUAGE.default:
            return setting
        languages = map(language_for_locale, QLocale.system().uiLanguages())
        return next(filter(None, languages), ENGLISH).code

    def _install(self, file: Path) -> None:
        translator = QTranslator(self._application)  # must outlive this object
        if translator.load(str(file)):
            self._application.installTranslator(translator)
            self._installed.append(translator)
        else:
            translator.deleteLater()


class Translated(QWidget):
    """Mixin for widgets that set their texts in `_retranslate`: `class Panel(Translated, QWidget)`."""

    def _retranslate(self) -> None:
        """Set all texts in the current language. Constructors call it too, once the children exist."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts again after another translation was installed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
