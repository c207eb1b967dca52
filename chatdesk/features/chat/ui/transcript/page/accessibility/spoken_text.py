"""Spoken text: a part of a message with formulas in words, and the conversion between its offsets and those of the page."""

from collections.abc import Iterable

from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import FormulaRange
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16


@dataclass(frozen=True, slots=True)
class SpokenFormula:
    """The ranges (start, end) of a formula in the spoken text and on the page."""

    said: tuple[int, int]
    written: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A spoken text. `formulas` are in order; the text between them is the same as on the page."""

    text: str = ""
    formulas: tuple[SpokenFormula, ...] = ()

    @property
    def length(self) -> int:
        """The length in UTF-16 units."""
        return utf16.units(self.text)

    def written(self, offset: int, *, end: bool = False) -> int:
        """Return the offset on the page; inside a formula its start, or its end with `end`."""
        shift = 0
        for formula in self.formulas:
            if offset <= formula.said[0]:
                break
            if offset < formula.said[1]:
                return formula.written[end]
            shift = formula.written[1] - formula.said[1]
        return offset + shift

    def said(self, offset: int) -> int:
        """Return the offset in the spoken text; inside a formula its start."""
        shift = 0
        for formula in self.formulas:
            if offset <= formula.written[0]:
                break
            if offset < formula.written[1]:
                return formula.said[0]
            shift = formula.said[1] - formula.written[1]
        return offset + shift


NO_TEXT = SpokenText()


def spoken_text(text: str, formulas: Iterable[FormulaRange], words: TranscriptTexts) -> SpokenText:
    """Return a text with its formulas in words."""
    pieces: list[str] = []
    found: list[SpokenFormula] = []
    written = said = 0
    for formula in formulas:
        pieces.append(utf16.cut(text, written, formula.start))
        said += formula.start - written
        pieces.append(words.formula(formula.latex))
        end = said + utf16.units(pieces[-1])
        found.append(SpokenFormula((said, end), (formula.start, formula.end)))
        written, said = formula.end, end
    if not found:
        return SpokenText(text)
    return SpokenText("".join((*pieces, utf16.cut(text, written))), tuple(found))
