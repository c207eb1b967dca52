r"""The corpora of formulas.

`formulas.txt` has one formula a line: "i" inline or "d" displayed, then LaTeX; ⏎ is a newline. `formula_corpus.txt` has, between the two,
the verdict of somebody who looked at the picture, and a hash of the MathML, so that none changes without being looked at again.
`python -m tests.formula_corpus` lists the formulas whose hash differs; with `--accept` it stores the new hashes of those that
`tests/shots/formula_sheets.py` has shown to be right.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.typeset.conversion import mathml
from tests.paths import DATA

SET = DATA / "formulas.txt"
"""Formulas that are all set."""
SEEN = DATA / "formula_corpus.txt"
"""Formulas with the verdict on each: "ok", "refused" or "wrong"."""


@dataclass(frozen=True, slots=True)
class CorpusFormula:
    """A formula of a corpus."""

    latex: str
    displayed: bool
    verdict: str = "ok"
    hash: str = ""

    @property
    def line(self) -> str:
        """The formula as a line of `SEEN`, with the hash of the MathML that it has now."""
        return " ".join(("d" if self.displayed else "i", self.verdict, self.hash_now(), self.latex.replace("\n", "⏎")))

    def hash_now(self) -> str:
        """Return the hash of the MathML that the formula has now; "-" if it is refused."""
        written = mathml(self.latex, self.displayed)
        return hashlib.sha256(written.encode()).hexdigest()[:8] if written else "-"


def read(file: Path) -> Sequence[CorpusFormula]:
    """Return the formulas of a file of either kind."""
    return [formula for line in file.read_text("utf-8").splitlines() if (formula := _formula(line))]


def _formula(line: str) -> CorpusFormula | None:
    if line[:2] not in {"d ", "i "}:
        return None
    parts = line.split(" ", 3)
    if len(parts) == 4 and parts[1] in {"ok", "refused", "wrong"}:
        return CorpusFormula(parts[3].replace("⏎", "\n"), line[0] == "d", parts[1], parts[2])
    return CorpusFormula(line[2:].replace("⏎", "\n"), line[0] == "d")


def main() -> None:
    """List the formulas that changed, and store their hashes if that is wanted."""
    lines = SEEN.read_text("utf-8").splitlines()
    for index, line in enumerate(lines):
        formula = _formula(line)
        if formula and formula.hash != formula.hash_now():
            sys.stdout.write(f"{index + 1}: {formula.latex}\n")
            lines[index] = formula.line
    if "--accept" in sys.argv:
        SEEN.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
