"""The text of a part of a message as it is said, formulas in words, and its offsets brought to those of the page and back."""

from collections.abc import Iterable

from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import FormulaRange
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16


@dataclass(frozen=True, slots=True)
class SpokenFormula:
    """Where a formula stands in what is said, and where on the page: (start, end) each."""

    said: tuple[int, int]
    written: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenText:
    """`formulas` in their order; what is between them is said as it is written."""

    text: str = ""
    formulas: tuple[SpokenFormula, ...] = ()

    @property
    def length(self) -> int:
        """How many of Qt's positions there are."""
        return utf16.units(self.text)

    def written(self, offset: int, *, end: bool = False) -> int:
        """Return the place on the page: of one inside a formula where that begins, or with `end` where it ends."""
        shift = 0
        for formula in self.formulas:
            if offset <= formula.said[0]:
                break
            if offset < formula.said[1]:
                return formula.written[end]
            shift = formula.written[1] - formula.said[1]
        return offset + shift

    def said(self, offset: int) -> int:
        """Return the place in what is said: of one inside a formula where that begins."""
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
