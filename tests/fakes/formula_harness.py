"""Formulas for tests of the screen: set in this process, when the test says so."""

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason, Refused, SetFormula, TypesetFormula


class FormulaHarness:
    """Every formula is as wide as its LaTeX is long, and twice as high as a line; one with "bad" in it is refused."""

    def __init__(self) -> None:
        self.asked: list[FormulaKey] = []
        self._known: dict[FormulaKey, SetFormula] = {}

    def cached(self, key: FormulaKey) -> SetFormula | None:
        return self._known.get(key)

    def request(self, key: FormulaKey) -> None:
        if key not in self.asked:
            self.asked.append(key)

    def set_all(self) -> None:
        """Set whatever was asked for."""
        for key in self.asked:
            if "bad" in key.latex:
                self._known[key] = Refused(Reason.UNKNOWN, "\\bad")
            else:
                tag = TypesetFormula(1000, 700, 200) if "tag" in key.latex else None
                self._known[key] = TypesetFormula(500 * len(key.latex), 2000, 1000, tag=tag)
