"""Folding: the form of a text in which spellings that mean the same to a reader are equal.

Ignored are case, accents, width (ＨＴＭＬ, ﾊﾝｶｸ), ligatures (ﬁ), raised and lowered digits (H₂O), whether a Chinese character is simplified
or traditional, the kind of a quotation mark or dash, and invisible characters. Signs, kana and their voicing are kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_STRIPPED = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"  # Hebrew points, Arabic vowels
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"  # invisible
)
_COMPOSED = "[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
"""Characters that form one letter together: kana with its voicing, and the parts of a Hangul syllable."""
_COMPOSING = "[\u3099\u309a\uff9e\uff9f\u1161-\u1175]"
_SAME_SIGNS = {
    **dict.fromkeys(map(ord, "‘’‚‛′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
_MAX_CACHED = 30_000
"""Size of the cache in characters. A hostile text with more different ones is folded without it."""


class _Folded(dict[int, str]):
    """The folded form of each character, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = _folded_letter(chr(code))
        if len(self) < _MAX_CACHED:
            self[code] = folded
        return folded


@cache
def _table() -> _Folded:
    return _Folded()


@cache
def _simplified() -> dict[int, int]:
    from chatdesk.kernel.finding.han_tables import SIMPLIFIED, TRADITIONAL  # noqa: PLC0415 - start-up time

    return str.maketrans(TRADITIONAL, SIMPLIFIED)


def fold(text: str) -> str:
    """Return the folded form of a text."""
    if text.isascii():
        return text.lower()
    if re.search(_COMPOSING, text):
        text = re.sub(_COMPOSED, lambda letter: unicodedata.normalize("NFKC", letter[0]), text)
    return text.translate(_table())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the folded form, and for each of its characters, and its end, the position in `text`."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    table = _table()
    if re.search(_COMPOSING, text):
        letters: Iterable[tuple[int, str]] = (
            (each.start(), fold(each[0])) for each in re.finditer(f"{_COMPOSED}|.", text, re.DOTALL)
        )
    elif all(len(table[ord(letter)]) == 1 for letter in set(text)):
        return text.translate(table), list(range(len(text) + 1))
    else:
        letters = ((offset, table[ord(letter)]) for offset, letter in enumerate(text))
    parts: list[str] = []
    offsets: list[int] = []
    for offset, folded in letters:
        parts.append(folded)
        offsets += [offset] * len(folded)
    offsets.append(len(text))
    return "".join(parts), offsets


def _folded_letter(letter: str) -> str:
    compatible = unicodedata.normalize("NFKC", letter).casefold()
    apart = re.sub(f"[{_STRIPPED}]", "", unicodedata.normalize("NFD", compatible))
    return unicodedata.normalize("NFC", apart).translate(_simplified()).translate(_SAME_SIGNS)
