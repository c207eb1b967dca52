"""Ranges of cells of a sheet in the notation of spreadsheet programs, such as `A1:I214`."""

import re

from chatdesk.kernel.fast_dataclass import dataclass

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Size of the largest sheets."""
_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CellRange:
    """Rows and columns from the first to the last one, both included, counted from 0."""

    first_row: int = 0
    first_column: int = 0
    last_row: int = MAX_ROWS - 1
    last_column: int = MAX_COLUMNS - 1

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        """The number of columns."""
        return self.last_column - self.first_column + 1

    def contains(self, row: int, column: int) -> bool:
        """Return whether a cell is in the range."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def within(self, other: "CellRange") -> "CellRange | None":
        """Return the cells that are in `other`, too; None if there are none."""
        found = CellRange(
            max(self.first_row, other.first_row),
            max(self.first_column, other.first_column),
            min(self.last_row, other.last_row),
            min(self.last_column, other.last_column),
        )
        return found if found.rows > 0 and found.columns > 0 else None

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row + 1}"
        last = f"{column_letters(self.last_column)}{self.last_row + 1}"
        return first if first == last else f"{first}:{last}"


def parse_range(text: str) -> CellRange | None:
    """Return the range that a text such as `A1:I214`, `C7`, `B:D`, `B`, `5:20` or `5` means; None if it means none."""
    found = _RANGE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    start_letters, start_digits, end_letters, end_digits = (part or "" for part in found.groups())
    if found[3] is None and found[4] is None:
        end_letters, end_digits = start_letters, start_digits
    if bool(start_letters) != bool(end_letters) or bool(start_digits) != bool(end_digits):
        return None
    if not start_letters and not start_digits:
        return None
    rows = sorted((int(start_digits) - 1, int(end_digits) - 1)) if start_digits else [0, MAX_ROWS - 1]
    columns = (
        sorted((column_number(start_letters), column_number(end_letters))) if start_letters else [0, MAX_COLUMNS - 1]
    )
    if rows[0] < 0 or rows[1] >= MAX_ROWS or columns[1] >= MAX_COLUMNS:
        return None
    return CellRange(rows[0], columns[0], rows[1], columns[1])


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0, by its upper-case letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
