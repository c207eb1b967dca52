"""The formulas of an export, and the invisible characters below them, by which a PDF file gets their sources.

Formulas are painted as curves, which cannot be selected. Below each one is a character that Qt paints nothing for, as wide as the formula.
Its colour is the number of the formula, so that it is found again in the file, where the source takes its place (`pdf_additions.py`).
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.ui.exporting.pdf_additions import FormulaSource
from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula, TypesetFormula

BOX = "\ufffc"
"""Stands for a formula. Qt paints nothing for it, and lines may be broken before and after it."""
_FIRST, _LAST = 0xFE0000, 0xFEFFFF
"""Colours that no theme has. Formulas beyond them have no source in the file."""


class PageFormulas:
    """The formulas of an export, typeset."""

    def __init__(self, typeset: Mapping[FormulaKey, SetFormula]) -> None:
        self._typeset = typeset
        self._boxes = 0
        self.sources: dict[int, FormulaSource] = {}
        """The sources of the formulas that are laid out, by the colours of the characters below them: red, green and blue as one number."""

    def find(self, key: FormulaKey) -> TypesetFormula | None:
        """Return a formula; None if it was refused."""
        found = self._typeset.get(key)
        return found if isinstance(found, TypesetFormula) else None

    def new_box(self, source: str) -> "FormulaBox":
        """Return the character below another formula."""
        self._boxes += 1
        return FormulaBox(source, _FIRST + self._boxes - 1, self.sources)


class FormulaBox:
    """The character below a formula."""

    def __init__(self, source: str, number: int, sources: dict[int, FormulaSource]) -> None:
        self._source = source
        self._number = number
        self._sources = sources

    def format(self, width: float) -> QTextCharFormat:
        """Return the format of the character with a width, which the source in the file will have, too."""
        char_format = QTextCharFormat()
        if self._number <= _LAST:
            self._sources[self._number] = FormulaSource(self._source, width)
            char_format.setForeground(QColor(self._number))
        char_format.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        char_format.setFontLetterSpacing(width)
        return char_format

    def painting(self, width: float, font: QFont) -> Callable[[QPainter], None]:
        """Return what paints the character, with the painter's origin at the left end of its baseline."""
        layout = QTextLayout(BOX, font)
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = 0, len(BOX), self.format(width)
        layout.setFormats([found])
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()

        def paint(painter: QPainter) -> None:
            _ = layout  # the line belongs to it
            line.draw(painter, QPointF(0, -line.ascent()))

        return paint
