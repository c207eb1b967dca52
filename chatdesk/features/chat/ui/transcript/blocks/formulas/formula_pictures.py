"""The formulas of one text: typeset ones as pictures, pending ones, and the reasons why others cannot be typeset."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason, Refused, TypesetFormula
from chatdesk.rendering.markdown.blocks import Span


def refusal_text(refused: Refused) -> str:
    """Return why a formula cannot be typeset, in the current language."""
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
"""The size of formulas relative to the surrounding text: the letters of the math font are slightly smaller."""


class FormulaPictures:
    """Requests all unknown formulas without waiting for them."""

    def __init__(self, source: FormulaSource, keys: Iterable[FormulaKey], font_size: float) -> None:
        self._source = source
        self._pictures: dict[FormulaKey, FormulaPicture] = {}
        self._refused: dict[FormulaKey, Refused] = {}
        self._pending: list[FormulaKey] = []
        for key in dict.fromkeys(keys):
            match source.cached(key):
                case TypesetFormula() as formula:
                    self._pictures[key] = FormulaPicture(formula, font_size * SIZE)
                case Refused() as refused:
                    self._refused[key] = refused
                case None:
                    self._pending.append(key)
                    source.request(key)
                    if substitute := _substitute(key, source):
                        self._pictures[key] = FormulaPicture(substitute, font_size * SIZE)

    @property
    def outdated(self) -> bool:
        """Whether all requested formulas have arrived: the text is laid out again once, not for each of them."""
        return bool(self._pending) and all(self._source.cached(key) is not None for key in self._pending)

    @property
    def widest(self) -> float:
        """The width of the widest typeset formula."""
        return max((picture.width for picture in self._pictures.values()), default=0.0)

    def picture(self, key: FormulaKey) -> FormulaPicture | None:
        """Return a typeset formula, or None."""
        return self._pictures.get(key)

    def reason(self, key: FormulaKey) -> str:
        """Return why a formula cannot be typeset; empty if it is or may be."""
        refused = self._refused.get(key)
        return refusal_text(refused) if refused else ""

    def shrink(self, factor: float) -> None:
        """Scale all formulas by a factor."""
        self._pictures = {key: picture.resized(factor) for key, picture in self._pictures.items()}


def _substitute(key: FormulaKey, source: FormulaSource) -> TypesetFormula | None:
    r"""Return a typeset formula that is nearly the same, so that no formula changes back to its source while an answer streams.

    `\[x\]` alone on its line is displayed until text follows, and a full stop after it arrives when it has been
    typeset.
    """
    for latex in dict.fromkeys((key.latex, key.latex.rstrip(" .,;:"))):
        for displayed in (key.displayed, not key.displayed):
            known = source.cached(FormulaKey(latex, displayed))
            if isinstance(known, TypesetFormula):
                return known
    return None


def inline_key(span: Span) -> FormulaKey:
    """Return the key of a formula in running text."""
    return FormulaKey(span.macros + span.formula, displayed=False)


def inline_keys(spans: Sequence[Span]) -> Iterator[FormulaKey]:
    """Return the keys of the formulas in running text."""
    return (inline_key(span) for span in spans if span.formula)
