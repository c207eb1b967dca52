"""Properties of Chinese, Japanese and Korean characters in running text."""

import unicodedata

_FIRST_CJK = "\u1100"


def is_cjk(character: str) -> bool:
    """Return whether a character belongs to a script without spaces between words, or is as wide as one (like emoji)."""
    return character >= _FIRST_CJK and unicodedata.east_asian_width(character) in "WFH"


def joins_lines(before: str, after: str) -> bool:
    """Return whether a line break between two characters stands for nothing instead of a space.

    Korean has spaces between words; full-width punctuation includes its own space.
    """
    if _is_wide_punctuation(before) or _is_wide_punctuation(after):
        return True
    return is_cjk(before) and is_cjk(after) and not _is_hangul(before) and not _is_hangul(after)


def _is_hangul(character: str) -> bool:
    return "\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7af"


def _is_wide_punctuation(character: str) -> bool:
    return is_cjk(character) and unicodedata.category(character).startswith("P")
