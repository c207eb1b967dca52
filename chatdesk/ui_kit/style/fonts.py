"""Font families, and the fonts created from them. Sizes and weights come from the tokens through Theme."""

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from chatdesk.kernel.languages import LANGUAGES, language_of

CODE_ROLES = frozenset({"code", "codeInline"})
_STEMS = "cff:darkening-parameters=500,140,1000,96,1667,96,2333,0"
"""A third of the default stem darkening of FreeType for CFF fonts such as Noto CJK: widths and the amount added, in thousandths of a px.

On Linux, Qt lets FreeType darken stems and applies a fixed gamma regardless of the background; neither can be changed. At 15 px, Chinese
had 15 % more ink than the plain outline when dark on light, and 43 % more light when light on dark: halfway to bold. With a third of the
darkening, it is 0 and 25 %.
"""
_TABULAR, _LIGATURES, _ALTERNATES = (QFont.Tag(name) for name in ("tnum", "liga", "calt"))


class Fonts:
    """Creates fonts. The bundled monospace family is loaded when the first code font is requested.

    Create it before anything is drawn: FreeType reads the stem darkening when it is initialised. Qt skips families that are not installed,
    so one list contains the names for all three systems, without a search.
    """

    def __init__(self, folder: Path, code_families: tuple[str, ...]) -> None:
        self._folder = folder
        self._code_families = code_families
        self._mono_loaded = False
        if sys.platform == "linux":
            os.environ.setdefault("FREETYPE_PROPERTIES", _STEMS)
        self._system = _system_family()

    def text(self, size: int, weight: int, language: str, family: str = "") -> QFont:
        """Return a UI font of `size` px with tabular figures.

        `language` is the code of the language whose fonts come first; `family`, if given, comes before them.
        """
        first = language_of(language)
        others = (family for other in LANGUAGES if other is not first for family in other.fonts)
        font = self._font((family, *first.fonts, self._system, *others), size, weight)
        font.setFeature(_TABULAR, 1)
        return font

    def code(self, size: int, weight: int, language: str, family: str = "") -> QFont:
        """Return the monospace font, without ligatures so that `!=` does not look like another sign."""
        if not self._mono_loaded:
            self._mono_loaded = True
            for file in sorted(self._folder.glob("*.ttf")):
                QFontDatabase.addApplicationFont(str(file))
        first = language_of(language)
        others = (family for other in LANGUAGES if other is not first for family in other.code_fonts)
        font = self._font((family, *self._code_families, *first.code_fonts, *others), size, weight)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFeature(_LIGATURES, 0)
        font.setFeature(_ALTERNATES, 0)
        return font

    def _font(self, families: tuple[str, ...], size: int, weight: int) -> QFont:
        font = QFont([family for family in families if family])
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(
            QFont.HintingPreference.PreferVerticalHinting
        )  # crisp lines, unmodified letter shapes
        return font


def _system_family() -> str:
    """Return the family of the system's UI font. The reported name may be an alias ("Sans Serif") that a list of families would skip."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return font.family() if QFontDatabase.hasFamily(font.family()) else QFontInfo(font).family()
