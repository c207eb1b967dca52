"""The program that recognises the text of scanned pages, and the languages that it looks for."""

from collections.abc import Collection

from chatdesk.kernel.fast_dataclass import dataclass

_MAX_LANGUAGES = 3
"""Each further language makes the program slower, and its results worse."""
_USUAL = ("eng", "chi_sim")
_LAYOUT = "osd"
"""Not a language: the data with which the program finds out how a page is turned."""
_BY_LANGUAGE = {
    "ar": "ara",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hi": "hin",
    "hu": "hun",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nb": "nor",
    "nl": "nld",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "th": "tha",
    "tr": "tur",
    "uk": "ukr",
    "vi": "vie",
    "zh": "chi_sim",
    "zh_tw": "chi_tra",
    "zh_hk": "chi_tra",
}
"""Tesseract's names of languages, by the beginning of the names of locales."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract: the path of its program, and its names of the languages to look for, the likeliest first."""

    program: str
    languages: tuple[str, ...]


def languages_to_recognise(installed: Collection[str], locale: str) -> tuple[str, ...]:
    """Return which of the installed languages to look for, for users with a locale such as `de_DE`."""
    name = locale.lower().replace("-", "_")
    own = _BY_LANGUAGE.get(name[:5]) or _BY_LANGUAGE.get(name.split("_")[0])
    wanted = [each for each in dict.fromkeys((own, *_USUAL)) if each in installed]
    others = sorted(each for each in installed if each != _LAYOUT)
    return tuple(each for each in wanted or others if each)[:_MAX_LANGUAGES]
