"""How wide the columns of a table are, and which of them hold numbers. Knows measured widths and texts, no fonts and no painting."""

import re
from collections.abc import Sequence
from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass

_WIDEST = 400
"""A column wants no more than this at 100 % zoom before its text wraps."""
_NARROWEST = 96
"""Nor is it squeezed below this."""

_NUMBER = re.compile(
    r"[-+−±~≈<>≤≥]*\s*[€$£¥₹]?\s*[-+−]?\d[\d\s.,:'’·×/-]*(?:e[-+]?\d+)?"  # 1,234.5 · 1:30 · 1e5
    r"\s*(?:[%‰°€$£¥₹]|[^\W\d_]{1,5})?(?:/[^\W\d_]{1,4})?"  # % · ms · GB/s
)
_NOTHING = re.compile(r"[-–—/.?]*|n/a", re.IGNORECASE)


@dataclass(slots=True)
class TableColumns:
    """Grows row by row. What it knows after each row is kept, so that rows can be taken back while a table streams in."""

    count: int
    zoom: float
    _wanted: list[tuple[int, ...]] = field(default_factory=list)
    _numbers: list[tuple[bool | None, ...]] = field(default_factory=list)
    """Per row: whether a column holds numbers so far; None while it holds nothing."""

    def add_row(self, widths: Sequence[float], texts: Sequence[str]) -> None:
        """Take one more row: the widths its cells would have without wrapping. The first row is the head, which may be words."""
        before = self._wanted[-1] if self._wanted else (0,) * self.count
        self._wanted.append(tuple(max(wanted, int(width) + 1) for wanted, width in zip(before, widths, strict=True)))
        if not self._numbers:
            self._numbers.append((None,) * self.count)
            return
        self._numbers.append(
            tuple(_still_numbers(so_far, text) for so_far, text in zip(self._numbers[-1], texts, strict=True))
        )

    def truncate(self, rows: int) -> None:
        """Keep the first rows."""
        del self._wanted[rows:]
        del self._numbers[rows:]

    def holds_numbers(self, column: int) -> bool:
        """Say whether all cells of a column that hold anything hold numbers."""
        return self._numbers[-1][column] is True

    def widths(self, available: int) -> tuple[int, ...]:
        """Return the widths for all columns together; their sum is larger than `available` only if they cannot be squeezed into it."""
        wanted = [min(width, round(_WIDEST * self.zoom)) for width in self._wanted[-1]]
        spare = available - sum(wanted)
        if spare >= 0:
            share, rest = divmod(spare, self.count)
            return tuple(width + share + (index < rest) for index, width in enumerate(wanted))
        least = [min(width, round(_NARROWEST * self.zoom)) for width in wanted]
        room = available - sum(least)
        if room <= 0:
            return tuple(least)
        give = sum(wanted) - sum(least)
        return tuple(low + (width - low) * room // give for low, width in zip(least, wanted, strict=True))


def _still_numbers(so_far: bool | None, text: str) -> bool | None:
    words = text.strip()
    if _NOTHING.fullmatch(words):
        return so_far
    return so_far is not False and _NUMBER.fullmatch(words) is not None
