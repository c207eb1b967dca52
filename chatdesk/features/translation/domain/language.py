"""Languages that can be translated. `detection.py` detects the language of a text."""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Language:
    """Language. `code` is its BCP 47 code; `name` its English name, which models get and the user interface translates."""

    code: str
    name: str
    spaced: bool = True
    """Whether its words are separated by spaces."""


LANGUAGES = (
    Language("ar", QT_TRANSLATE_NOOP("Languages", "Arabic")),
    Language("zh-Hans", QT_TRANSLATE_NOOP("Languages", "Chinese (Simplified)"), spaced=False),
    Language("zh-Hant", QT_TRANSLATE_NOOP("Languages", "Chinese (Traditional)"), spaced=False),
    Language("cs", QT_TRANSLATE_NOOP("Languages", "Czech")),
    Language("da", QT_TRANSLATE_NOOP("Languages", "Danish")),
    Language("nl", QT_TRANSLATE_NOOP("Languages", "Dutch")),
    Language("en", QT_TRANSLATE_NOOP("Languages", "English")),
    Language("fi", QT_TRANSLATE_NOOP("Languages", "Finnish")),
    Language("fr", QT_TRANSLATE_NOOP("Languages", "French")),
    Language("de", QT_TRANSLATE_NOOP("Languages", "German")),
    Language("el", QT_TRANSLATE_NOOP("Languages", "Greek")),
    Language("he", QT_TRANSLATE_NOOP("Languages", "Hebrew")),
    Language("hi", QT_TRANSLATE_NOOP("Languages", "Hindi")),
    Language("hu", QT_TRANSLATE_NOOP("Languages", "Hungarian")),
    Language("id", QT_TRANSLATE_NOOP("Languages", "Indonesian")),
    Language("it", QT_TRANSLATE_NOOP("Languages", "Italian")),
    Language("ja", QT_TRANSLATE_NOOP("Languages", "Japanese"), spaced=False),
    Language("ko", QT_TRANSLATE_NOOP("Languages", "Korean")),
    Language("nb", QT_TRANSLATE_NOOP("Languages", "Norwegian")),
    Language("fa", QT_TRANSLATE_NOOP("Languages", "Persian")),
    Language("pl", QT_TRANSLATE_NOOP("Languages", "Polish")),
    Language("pt", QT_TRANSLATE_NOOP("Languages", "Portuguese")),
    Language("ro", QT_TRANSLATE_NOOP("Languages", "Romanian")),
    Language("ru", QT_TRANSLATE_NOOP("Languages", "Russian")),
    Language("es", QT_TRANSLATE_NOOP("Languages", "Spanish")),
    Language("sv", QT_TRANSLATE_NOOP("Languages", "Swedish")),
    Language("th", QT_TRANSLATE_NOOP("Languages", "Thai"), spaced=False),
    Language("tr", QT_TRANSLATE_NOOP("Languages", "Turkish")),
    Language("uk", QT_TRANSLATE_NOOP("Languages", "Ukrainian")),
    Language("vi", QT_TRANSLATE_NOOP("Languages", "Vietnamese")),
)
"""In the order of their English names."""

_BY_CODE = {language.code: language for language in LANGUAGES}
_BY_NAME = {language.name.casefold(): language for language in LANGUAGES} | {
    "chinese": _BY_CODE["zh-Hans"],
    "simplified chinese": _BY_CODE["zh-Hans"],
    "traditional chinese": _BY_CODE["zh-Hant"],
    "中文": _BY_CODE["zh-Hans"],
    "简体中文": _BY_CODE["zh-Hans"],
    "繁体中文": _BY_CODE["zh-Hant"],
    "繁體中文": _BY_CODE["zh-Hant"],
    "英语": _BY_CODE["en"],
    "英文": _BY_CODE["en"],
    "日语": _BY_CODE["ja"],
    "韩语": _BY_CODE["ko"],
    "法语": _BY_CODE["fr"],
    "德语": _BY_CODE["de"],
    "西班牙语": _BY_CODE["es"],
    "俄语": _BY_CODE["ru"],
    "deutsch": _BY_CODE["de"],
    "français": _BY_CODE["fr"],
    "español": _BY_CODE["es"],
}


def language_of(code: str) -> Language | None:
    """Return the language with a code; None if it is not supported."""
    return _BY_CODE.get(code)


def language_named(text: str) -> Language | None:
    """Return the language for a preset's value: a code, or a name in English, Chinese or the language itself; None if unknown."""
    text = text.strip()
    code = text.replace("_", "-")
    code = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}.get(code, code)
    return _BY_CODE.get(code) or _BY_NAME.get(text.casefold())
