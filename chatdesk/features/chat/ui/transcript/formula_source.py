"""Where the transcript gets formulas from.

In the program this is `features/chat/services/request/formulas.py`, in most tests nothing.
"""

from typing import TYPE_CHECKING, Protocol

from chatdesk.features.chat.services.request.formulas import FormulaKey

if TYPE_CHECKING:
    from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula


class FormulaSource(Protocol):
    """Hands out what is set, and has set what is not."""

    def known(self, key: FormulaKey) -> "SetFormula | None":
        """Return a formula that has been set."""

    def ask(self, key: FormulaKey) -> None:
        """Have a formula set. Who asks looks again later."""


class NoFormulas:
    """Every formula stays as it was written."""

    def known(self, key: FormulaKey) -> "SetFormula | None":  # noqa: ARG002
        """See `FormulaSource`."""
        return None

    def ask(self, key: FormulaKey) -> None:
        """See `FormulaSource`."""
