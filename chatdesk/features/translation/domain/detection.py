"""Which language a text is in: by its script, and where several share one, by frequent words and letters."""

import re
import unicodedata
from collections import Counter

from chatdesk.features.translation.domain.frequent_words import LETTERS, SIMPLIFIED, TRADITIONAL, WORDS

_LOOKED_AT = 6_000
"""Characters; more say nothing new."""
_ENOUGH = 0.08
"""Share of words that must be known before a guess is made."""
_LETTER_WEIGHT = 0.7

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_WORDS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\n]*>|\w+://\S+|\{[^{}\n]*\}|%\w", re.DOTALL)
_SCRIPTS = (
    ("HANGUL", "ko"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("CJK", "zh"),
    ("CYRILLIC", "ru"),
    ("ARABIC", "ar"),
    ("GREEK", "el"),
    ("HEBREW", "he"),
    ("THAI", "th"),
    ("DEVANAGARI", "hi"),
    ("LATIN", "latin"),
)
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_PERSIAN = frozenset("پچژگکی")
_KANA_SHARE = 0.05
"""Japanese is mostly Han characters in some texts, but never without kana; a Chinese text may name a Japanese thing."""
_WIDE = 2
"""A character of these scripts says as much as so many Latin letters."""


DETECTABLE = frozenset({*WORDS, "ru", "uk", "zh-Hans", "zh-Hant", "ja", "ko", "ar", "fa", "el", "he", "th", "hi"})
"""Codes of languages that are told apart; a text in another one may be taken for one of these."""


def detect_language(text: str) -> str:
    """Return the code of the language most of a text is in; empty if it cannot be told."""
    text = _NOT_WORDS.sub(" ", text[:_LOOKED_AT])
    letters = [sign for sign in text.lower() if sign.isalpha()]
    scripts = Counter(_script(sign) for sign in letters)
    wide = scripts["ja"] + scripts["zh"] + scripts["ko"]
    scripts.pop("", None)
    if not scripts:
        return ""
    if wide * _WIDE >= sum(scripts.values()) - wide:
        return _east_asian(letters, scripts)
    match scripts.most_common(1)[0][0]:
        case "latin":
            return _latin(text.lower())
        case "ru":
            found = Counter(letters)
            ukrainian, russian = (sum(found[sign] for sign in signs) for signs in (_UKRAINIAN, _RUSSIAN))
            return "uk" if ukrainian > russian else "ru"
        case "ar":
            return "fa" if len(_PERSIAN & set(letters)) >= 2 else "ar"
        case other:
            return other


def _script(sign: str) -> str:
    if sign.isascii():
        return "latin"
    name = unicodedata.name(sign, "")
    return next((code for script, code in _SCRIPTS if name.startswith(script)), "")


def _east_asian(letters: list[str], scripts: Counter[str]) -> str:
    if scripts["ko"] > scripts["zh"] + scripts["ja"]:
        return "ko"
    if scripts["ja"] > _KANA_SHARE * (scripts["ja"] + scripts["zh"]):
        return "ja"
    simplified = sum(sign in SIMPLIFIED for sign in letters)
    traditional = sum(sign in TRADITIONAL for sign in letters)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _latin(text: str) -> str:
    words = _WORD.findall(text.replace("’", "'"))
    if not words:
        return ""
    letters = Counter(text)
    scores = {
        code: (
            sum(word in known for word in words)
            + _LETTER_WEIGHT * sum(letters[sign] for sign in LETTERS.get(code, "")) / len(LETTERS.get(code, "x")) ** 0.5
        )
        / len(words)
        for code, known in WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= _ENOUGH else ""
