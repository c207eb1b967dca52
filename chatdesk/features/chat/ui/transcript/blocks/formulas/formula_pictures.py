"""The formulas of one text: those that are set as pictures, those still wanted, and why some will never be set."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason, Refused, TypesetFormula
from chatdesk.rendering.markdown.blocks import Span

# Why a formula is shown as it was written, in words. Looked up when they are needed, so they are in the
# language of the moment.


def why_not_set(refused: Refused) -> str:
    """Return a sentence."""
    translate = QCoreApplication.translate
    match refused.reason:
        case Reason.UNKNOWN:
            return translate("Formulas", "This formula contains an unknown command: {command}").format(
                command=refused.detail
            )
        case Reason.FORBIDDEN:
            return translate("Formulas", "Formulas cannot use {command}").format(command=refused.detail)
        case Reason.UNBALANCED:
            return translate("Formulas", "This formula has unclosed braces or environments")
        case Reason.INCOMPLETE:
            return translate("Formulas", "This formula is incomplete")
        case Reason.TOO_LARGE:
            return translate("Formulas", "This formula is too large")
        case Reason.TOO_SLOW:
            return translate("Formulas", "This formula takes too long to display")
        case Reason.EMPTY:
            return translate("Formulas", "This formula is empty")
        case Reason.NOT_UNDERSTOOD:
            return translate("Formulas", "This formula cannot be displayed")
        case _:
            assert_never(refused.reason)


SIZE = 1.1
"""The size of formulas beside that of the words around them: the letters of the math font are a little smaller."""


class FormulaPictures:
    """Asks for all that is not known, and does not wait for it."""

    def __init__(self, source: FormulaSource, keys: Iterable[FormulaKey], font_size: float) -> None:
        self._source = source
        self._pictures: dict[FormulaKey, FormulaPicture] = {}
        self._refused: dict[FormulaKey, Refused] = {}
        self._wanted: list[FormulaKey] = []
        for key in dict.fromkeys(keys):
            match source.known(key):
                case TypesetFormula() as outline:
                    self._pictures[key] = FormulaPicture(outline, font_size * SIZE)
                case Refused() as refused:
                    self._refused[key] = refused
                case None:
                    self._wanted.append(key)
                    source.ask(key)
                    if stand_in := _stand_in(key, source):
                        self._pictures[key] = FormulaPicture(stand_in, font_size * SIZE)

    @property
    def outdated(self) -> bool:
        """Whether all that was wanted is known by now: a text is set again once, not for each of its formulas."""
        return bool(self._wanted) and all(self._source.known(key) is not None for key in self._wanted)

    @property
    def widest(self) -> float:
        """The width of the widest of those that are set."""
        return max((picture.width for picture in self._pictures.values()), default=0.0)

    def picture(self, key: FormulaKey) -> FormulaPicture | None:
        """Return a formula that is set."""
        return self._pictures.get(key)

    def reason(self, key: FormulaKey) -> str:
        """Say why a formula will not be set; empty if it is, or may be."""
        refused = self._refused.get(key)
        return why_not_set(refused) if refused else ""

    def shrink(self, factor: float) -> None:
        """Make all of them smaller."""
        self._pictures = {key: picture.resized(factor) for key, picture in self._pictures.items()}


def _stand_in(key: FormulaKey, source: FormulaSource) -> TypesetFormula | None:
    r"""Return what is as good as shown already, so that no formula becomes its source again while an answer is written.

    `\[x\]` alone in its line is displayed until words follow, and the full stop behind it comes after it was set.
    """
    for latex in dict.fromkeys((key.latex, key.latex.rstrip(" .,;:"))):
        for displayed in (key.displayed, not key.displayed):
            known = source.known(FormulaKey(latex, displayed))
            if isinstance(known, TypesetFormula):
                return known
    return None


def inline_key(span: Span) -> FormulaKey:
    """Return what a formula in running text is known by."""
    return FormulaKey(span.formula, displayed=False)


def inline_keys(spans: Sequence[Span]) -> Iterator[FormulaKey]:
    """Yield the formulas in running text."""
    return (inline_key(span) for span in spans if span.formula)
