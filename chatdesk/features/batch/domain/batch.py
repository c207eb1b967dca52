"""Rows of a batch run and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass

MAX_ROWS = 20_000


class RowState(StrEnum):
    """State of a row."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class BatchState(StrEnum):
    """State of a run."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    """Rows in progress are completed, but no others are started."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class BatchInput:
    """Input of one answer: a text or a file, and values of variables."""

    title: str
    text: str = ""
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Input and its result."""

    input: BatchInput
    state: RowState = RowState.WAITING
    answer: str = ""
    failure: Failure | None = None
    seconds: float | None = None
    tokens: int | None = None
    """Number of tokens written by the model."""


def inputs_of_table(header: Sequence[str], rows: Sequence[Sequence[str]], variables: Sequence[str]) -> list[BatchInput]:
    """Return an input for each row of a table. Columns with a variable's name provide its value; the others form the text.

    A single other column is used unchanged; several are written below each other with their names.
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
