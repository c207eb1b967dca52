"""Texts of the command line in the user's language, without Qt, from the same translation files as the window.

`packaging/console_words.py` extracts a table from `translations/*.ts`. It is read with the first text.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.kernel.languages import ENGLISH, LANGUAGES, language_for_locale
from chatdesk.kernel.settings.declarations import LANGUAGE
from chatdesk.kernel.translatable import TWO_SENTENCES

if TYPE_CHECKING:
    from chatdesk.system.folders import Folders

SETTINGS_NAME = "settings.json"


class ConsoleTexts:
    """Translates texts. `language` returns a code such as `zh_CN`; `folder` has a table for each language."""

    def __init__(self, language: Callable[[], str], folder: Path) -> None:
        self._find_language = language
        self._folder = folder
        self._language = ""
        self._table: Mapping[str, Mapping[str, str]] | None = None

    @property
    def language(self) -> str:
        """The code of the language."""
        if not self._language:
            self._language = self._find_language()
        return self._language

    def render(self, text: str, /, **values: object) -> str:
        """Translate an English source of the context `Console` and fill in its placeholders."""
        return self.translated("Console", text, values)

    def translated(self, context: str, text: str, values: Mapping[str, object]) -> str:
        """Translate an English source of any context and fill in its placeholders."""
        if self._table is None:
            self._table = self._read()
        return self._table.get(context, {}).get(text, text).format_map(values)

    def join(self, first: str, second: str) -> str:
        """Return two sentences, joined as the language joins sentences. Either may be empty."""
        if not (first and second):
            return first or second
        return self.translated("Errors", TWO_SENTENCES, {"first": first, "second": second})

    def _read(self) -> Mapping[str, Mapping[str, str]]:
        if self.language == ENGLISH.code:
            return {}
        try:
            table = json.loads((self._folder / f"chatdesk_{self.language}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # a source tree that is not set up
        return table if isinstance(table, dict) else {}


def chosen_language(folders: "Folders", environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the settings, or else of the system. The settings file is only read."""
    try:
        stored = json.loads((folders.config / SETTINGS_NAME).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        stored = None
    setting = stored.get(LANGUAGE.key) if isinstance(stored, dict) else None
    known = {language.code for language in LANGUAGES}
    return setting if isinstance(setting, str) and setting in known else system_language(environment)


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the system locale if there are translations, otherwise English."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if not locale and sys.platform == "win32":
        locale = _language_of_windows()
    if locale.partition(".")[0] not in {"", "C", "POSIX"}:
        locale = environment.get("LANGUAGE", "").partition(":")[0] or locale
    return (language_for_locale(locale) or ENGLISH).code


def _language_of_windows() -> str:
    import ctypes  # noqa: PLC0415 - Windows only
    import locale  # noqa: PLC0415 - likewise

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")  # type: ignore[attr-defined,unused-ignore]
