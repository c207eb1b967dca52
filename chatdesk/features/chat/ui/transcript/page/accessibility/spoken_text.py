"""Spoken text: a part of a message with formulas in words, and the conversion between its offsets and those of the page."""

from collections.abc import Iterable

from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import FormulaRange
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16


@dataclass(frozen=True, slots=True)
class SpokenFormula:
    """The ranges (start, end) of a formula in the spoken text and on the page."""

    spoken: tuple[int, int]
    page: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A spoken text. `formulas` are in order; the text between them is the same as on the page."""

    text: str = ""
    formulas: tuple[SpokenFormula, ...] = ()

    @property
    def length(self) -> int:
        """The length in UTF-16 units."""
        return utf16.units(self.text)

    def to_page(self, offset: int, *, end: bool = False) -> int:
        """Return the offset on the page; inside a formula its start, or its end with `end`."""
        shift = 0
        for formula in self.formulas:
            if offset <= formula.spoken[0]:
                break
            if offset < formula.spoken[1]:
                return formula.page[end]
            shift = formula.page[1] - formula.spoken[1]
        return offset + shift

    def to_spoken(self, offset: int) -> int:
        """Return the offset in the spoken text; inside a formula its start."""
        shift = 0
        for formula in self.formulas:
            if offset <= formula.page[0]:
                break
            if offset < formula.page[1]:
                return formula.spoken[0]
            shift = formula.spoken[1] - formula.page[1]
        return offset + shift


NO_TEXT = SpokenText()


def spoken_text(text: str, formulas: Iterable[FormulaRange], texts: TranscriptTexts) -> SpokenText:
    """Return a text with its formulas in words."""
    parts: list[str] = []
    found: list[SpokenFormula] = []
    page_offset = spoken_offset = 0
    for formula in formulas:
        parts.append(utf16.cut(text, page_offset, formula.start))
        spoken_offset += formula.start - page_offset
        parts.append(texts.formula(formula.latex))
        end = spoken_offset + utf16.units(parts[-1])
        found.append(SpokenFormula((spoken_offset, end), (formula.start, formula.end)))
        page_offset, spoken_offset = formula.end, end
    if not found:
        return SpokenText(text)
    return SpokenText("".join((*parts, utf16.cut(text, page_offset))), tuple(found))
