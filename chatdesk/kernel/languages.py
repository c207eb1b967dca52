"""The languages of the user interface, in one table.

To add a language, add a row here, its texts in `packaging/linux` and `packaging/windows`, and `translations/chatdesk_CODE.ts`.
"""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class InterfaceLanguage:
    """A language of the user interface."""

    code: str
    """Code in the settings, in the names of translation files and of Qt's own translations: `zh_CN`."""
    name: str
    """Its name in the language itself."""
    english_name: str
    """Its name in instructions for models."""
    locales: tuple[str, ...] = ()
    """Other locales of its speakers, `zh_HK`. A locale in no list gets the first row of its language."""
    presets: str = ""
    """Code of the language of its built-in presets, if it has none of its own."""
    fonts: tuple[str, ...] = ()
    """Families placed before the system's UI font, which may draw its characters in the style of another language."""
    code_fonts: tuple[str, ...] = ()
    """Families for characters that the monospace font lacks."""
    apple_code: str = ""
    """Name of the localization on macOS, if it differs from `code`."""

    @property
    def preset_language(self) -> str:
        """Code of the language of its built-in presets: their folder in `resources/presets`."""
        return self.presets or self.code


ENGLISH = InterfaceLanguage("en", "English", "English")
"""The language of the texts in the source code."""
LANGUAGES = (
    ENGLISH,
    InterfaceLanguage(
        "zh_CN",
        "简体中文",
        "Simplified Chinese",
        locales=("zh_Hans", "zh_SG", "zh_MY"),
        fonts=("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC"),
        code_fonts=("Noto Sans Mono CJK SC", "Sarasa Mono SC"),
        apple_code="zh-Hans",
    ),
    InterfaceLanguage(
        "zh_TW",
        "繁體中文",
        "Traditional Chinese",
        locales=("zh_HK", "zh_MO", "zh_Hant"),
        presets="zh_CN",
        fonts=("PingFang TC", "Microsoft JhengHei UI", "Noto Sans CJK TC"),
        code_fonts=("Noto Sans Mono CJK TC", "Sarasa Mono TC"),
        apple_code="zh-Hant",
    ),
)
_SCRIPT_LENGTH = 4
"""Of the name of a script in a locale: `Hant`."""


def language_of(code: str) -> InterfaceLanguage:
    """Return the row of a code, or English if there is none."""
    return next((language for language in LANGUAGES if language.code == code), ENGLISH)


def language_for_locale(locale: str) -> InterfaceLanguage | None:
    """Return the language for a locale such as `zh_HK.UTF-8`, `zh-Hant-TW` or `de`; None if it is not translated.

    A script decides before a region: `zh-Hant-SG` is Traditional Chinese.
    """
    language, *parts = locale.partition(".")[0].partition("@")[0].replace("-", "_").split("_")
    of_language = [row for row in LANGUAGES if row.code.partition("_")[0] == language.lower()]
    for part in sorted(parts, key=len, reverse=True):
        name = f"{language.lower()}_{part.title() if len(part) == _SCRIPT_LENGTH else part.upper()}"
        for row in of_language:
            if name == row.code or name in row.locales:
                return row
    return of_language[0] if of_language else None
