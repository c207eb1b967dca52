"""Which families text is set in, and the fonts made of them. Sizes and weights come from the tokens through Theme."""

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from chatdesk.ui_kit.style.tokens import Families

CODE_ROLES = frozenset({"code", "codeInline"})
_STEMS = "cff:darkening-parameters=500,140,1000,96,1667,96,2333,0"
"""A third of what FreeType adds to the stems of CFF fonts, as those of Noto CJK are: widths and what is added, in thousandths of a px.

On Linux Qt has FreeType thicken them and blends them with a gamma, whatever the letters stand on, and lets neither be changed. Against
the bare outline, at 15 px, Chinese had 15 % more ink dark on light, and 43 % more light on dark: half way to bold. With a third of it
that is 0 and 25 %.
"""
_TABULAR, _LIGATURES, _ALTERNATES = (QFont.Tag(name) for name in ("tnum", "liga", "calt"))


class Fonts:
    """Makes fonts. The bundled monospace family is loaded when the first code font is asked for.

    Make it before anything is drawn: FreeType asks how thick stems shall be when it begins.
    Qt passes over families that are not installed: one list holds the names for all three systems, and nothing is searched.
    """

    def __init__(self, folder: Path, families: Families) -> None:
        self._folder = folder
        self._families = families
        self._mono_loaded = False
        if sys.platform == "linux":
            os.environ.setdefault("FREETYPE_PROPERTIES", _STEMS)
        self._system = _system_family()

    def text(self, size: int, weight: int, *, chinese_first: bool) -> QFont:
        """Return a font of the interface, `size` px high, whose figures are all equally wide."""
        chinese = self._families.chinese
        font = self._font((*chinese, self._system) if chinese_first else (self._system, *chinese), size, weight)
        font.setFeature(_TABULAR, 1)
        return font

    def code(self, size: int, weight: int) -> QFont:
        """Return the monospace font: no ligatures, for `!=` must not look like another sign."""
        if not self._mono_loaded:
            self._mono_loaded = True
            for file in sorted(self._folder.glob("*.ttf")):
                QFontDatabase.addApplicationFont(str(file))
        font = self._font((*self._families.mono, *self._families.mono_chinese), size, weight)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFeature(_LIGATURES, 0)
        font.setFeature(_ALTERNATES, 0)
        return font

    def _font(self, families: tuple[str, ...], size: int, weight: int) -> QFont:
        font = QFont(list(families))
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(
            QFont.HintingPreference.PreferVerticalHinting
        )  # crisp lines, letters as they were drawn
        return font


def _system_family() -> str:
    """Return the family of the system's UI font; the name may be an alias ("Sans Serif") that a list of families would pass over."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return font.family() if QFontDatabase.hasFamily(font.family()) else QFontInfo(font).family()
