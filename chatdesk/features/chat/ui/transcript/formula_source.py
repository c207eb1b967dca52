"""Where the transcript gets formulas from, as far as it knows: `services/formulas.py` in the program, nowhere in most tests."""

from typing import TYPE_CHECKING, Protocol

from chatdesk.services.formulas import FormulaKey

if TYPE_CHECKING:
    from chatdesk.rendering.math.outline import SetFormula


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
