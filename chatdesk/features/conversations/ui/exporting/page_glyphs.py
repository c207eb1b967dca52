"""Characters that no font of this computer has, as they are shown on pages: a hollow box for each.

For a whole script without a font, Qt uses boxes of its own. In a PDF file and in print these are filled, and touch each other: a word, with
the spaces and commas after it, becomes a black bar.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from PySide6.QtGui import QFont, QFontMetricsF

_BOX = "□"
_NOTHING = "\u200b"
_MANY_FONTS = re.compile(
    "[^\u0000-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2000-\u206f\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
"""Characters outside the scripts that every system with a screen has fonts for. Most texts have none, and need no search."""
_SHOWN = frozenset({"L", "N", "P", "S"})
_UNASSIGNED = frozenset({"Co", "Cn"})


def with_visible_boxes(text: str, fonts: Iterable[QFont]) -> str:
    """Return the text with a box for each character that none of the fonts, nor another one of the computer, can show.

    The length in Qt's units does not change.
    """
    if not _MANY_FONTS.search(text):
        return text
    metrics = [QFontMetricsF(font) for font in fonts]
    return boxed(text, lambda character: any(each.inFontUcs4(ord(character)) for each in metrics))


def boxed(text: str, is_in_font: Callable[[str], bool]) -> str:
    """Return the text with boxes for the characters that are not in a font, and nothing for the marks that belong to them."""
    missing = {
        character
        for character in set(_MANY_FONTS.findall(text))
        if _is_drawn(character) and not is_in_font(character) and not _is_composed_of(character, is_in_font)
    }
    if not missing:
        return text
    shown, is_hidden = [], False
    for character in text:
        length = 2 if character > "\uffff" else 1
        is_mark = unicodedata.category(character) in {"Mn", "Mc", "Me"}
        is_hidden = character in missing or (is_hidden and is_mark)
        shown.append((_NOTHING if is_mark else _BOX) + _NOTHING * (length - 1) if is_hidden else character)
    return "".join(shown)


def _is_drawn(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in _SHOWN or category in _UNASSIGNED


def _is_composed_of(character: str, is_in_font: Callable[[str], bool]) -> bool:
    """Return whether the character can be shown as others, for example as a letter and an accent."""
    parts = unicodedata.normalize("NFD", character)
    return parts != character and all(is_in_font(part) for part in parts)
