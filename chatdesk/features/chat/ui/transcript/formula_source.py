"""The interface of the transcript for formulas.

The program uses `features/chat/services/request/formulas.py`, most tests use none.
"""

from typing import TYPE_CHECKING, Protocol

from chatdesk.features.chat.services.request.formulas import FormulaKey

if TYPE_CHECKING:
    from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula


class FormulaSource(Protocol):
    """Provides typeset formulas and typesets missing ones."""

    def cached(self, key: FormulaKey) -> "SetFormula | None":
        """Return a typeset formula, or None."""

    def request(self, key: FormulaKey) -> None:
        """Request a formula to be typeset; the caller queries it again later."""


class NoFormulas:
    """A source without formulas: all of them are shown as LaTeX."""

    def cached(self, key: FormulaKey) -> "SetFormula | None":  # noqa: ARG002
        """See `FormulaSource`."""
        return None

    def request(self, key: FormulaKey) -> None:
        """See `FormulaSource`."""
