"""Rows of a batch run and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass

MAX_ROWS = 20_000
_TITLE_LENGTH = 80
_TITLE_SCAN = 400
"""Characters of a text from which its title is made."""


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table to read inputs from: the names of its columns, and its rows, which may be shorter or longer than the head."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which columns of a table are used, by number. Variables that are not in `values` have one value for all rows."""

    text: int | None = None
    """The column that is the text; None: all columns that are not used otherwise, with their names."""
    values: Mapping[str, int] = field(default_factory=dict)
    """Columns by the name of the variable they fill in."""


_SAMPLE_ROWS = 50


def suggested_mapping(table: Table, variables: Mapping[str, str]) -> ColumnMapping:
    """Return the likely mapping for variables, given as titles by name: columns of the same name, and the longest other one as the text."""
    numbers = {name.strip().casefold(): number for number, name in reversed(list(enumerate(table.columns)))}
    values = {}
    for name, title in variables.items():
        number = numbers.get(name.casefold(), numbers.get(title.strip().casefold()))
        if number is not None:
            values[name] = number
    free = [number for number in range(len(table.columns)) if number not in values.values()]
    sample = table.rows[:_SAMPLE_ROWS]

    def length(number: int) -> int:
        return sum(len(row[number].strip()) for row in sample if number < len(row))

    return ColumnMapping(max(free, key=length, default=None), values)


def inputs_of_table(table: Table, mapping: ColumnMapping) -> list[BatchInput]:
    """Return an input for each row that is not empty."""
    inputs = []
    for number, row in enumerate(table.rows, 1):
        cells = dict(enumerate(row[: len(table.columns)]))
        values = {name: cells.get(column, "") for name, column in mapping.values.items()}
        if mapping.text is None:
            used = set(mapping.values.values())
            rest = [(table.columns[at].strip(), cell) for at, cell in cells.items() if at not in used and cell.strip()]
            text = rest[0][1] if len(rest) == 1 else "\n".join(f"{name}: {cell}" for name, cell in rest)
        else:
            text = cells.get(mapping.text, "")
        title = next((cell for cell in (text, *cells.values()) if cell.strip()), "")
        inputs.append(
            BatchInput(" ".join(title[:_TITLE_SCAN].split())[:_TITLE_LENGTH] or str(number), text, values=values)
        )
    return [each for each in inputs if each.text.strip() or any(value.strip() for value in each.values.values())]
