"""A preset over many inputs: the rows of such a run, and what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass

MOST_ROWS = 20_000


class RowState(StrEnum):
    """How far a row is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class BatchState(StrEnum):
    """What the whole run does."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    """Rows that were begun come to their end, no other begins."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class BatchInput:
    """What one answer is made from: a text, or the file it stands in, and values of variables."""

    title: str
    text: str = ""
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An input and what came of it."""

    input: BatchInput
    state: RowState = RowState.WAITING
    answer: str = ""
    failure: Failure | None = None
    seconds: float | None = None
    tokens: int | None = None
    """Written by the model."""


def inputs_of_table(header: Sequence[str], rows: Sequence[Sequence[str]], variables: Sequence[str]) -> list[BatchInput]:
    """Return an input for each row of a table. A column called as a variable is fills it in; the others together are the text.

    A single such column is the text as it stands; several are written one under the other with their names.
    """
    names = [name.strip() for name in header]
    inputs = []
    for number, row in enumerate(rows, 1):
        cells = list(zip(names, row, strict=False))
        values = {name: cell for name, cell in cells if name in variables}
        rest = [(name, cell) for name, cell in cells if name not in variables and cell.strip()]
        text = rest[0][1] if len(rest) == 1 else "\n".join(f"{name}: {cell}" for name, cell in rest)
        first = next((cell.strip() for cell in row if cell.strip()), "")
        inputs.append(BatchInput(" ".join(first.split())[:80] or str(number), text, values=values))
    return [each for each in inputs if each.text or any(value.strip() for value in each.values.values())]
