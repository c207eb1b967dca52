"""Differences between two versions as rows for display: added, removed and folded unchanged lines. Does not use Qt.

Rows can be created on any thread. `features/previews/domain/differences.py` finds the differences, `versions_view.py` paints them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from chatdesk.features.previews.domain.differences import Hunk, LineKind, TooDifferent, differences
from chatdesk.features.previews.domain.preview_item import CodeFile
from chatdesk.kernel.fast_dataclass import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")
_MAX_UNFOLDED = 400
"""Maximum number of lines that one click unfolds."""


class RowKind(Enum):
    """Kind of a row."""

    FILE = auto()
    FOLDED = auto()
    """Unchanged lines that are hidden."""
    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    TOO_DIFFERENT = auto()
    """Placeholder for lines if there are too many."""


_KINDS = {LineKind.SAME: RowKind.SAME, LineKind.ADDED: RowKind.ADDED, LineKind.REMOVED: RowKind.REMOVED}
SIGNS = {RowKind.SAME: " ", RowKind.ADDED: "+", RowKind.REMOVED: "−"}
"""Signs in front of lines, so that the meaning does not depend on color alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of code or a file name (`text`). A folded row hides `count` lines, starting at lines `old` and `new`."""

    kind: RowKind
    text: str = ""
    old: int | None = None
    new: int | None = None
    count: int = 0
    file: int = 0


@dataclass(frozen=True, slots=True)
class DifferenceRows:
    """All rows of a comparison. `texts` are the lines of the newer files, for unfolding."""

    rows: tuple[Row, ...]
    added: int
    removed: int
    texts: tuple[tuple[str, ...], ...]

    def unfolded(self, row: Row) -> tuple[Row, ...]:
        """Return the rows that replace a folded row when it is opened: its first lines, and a folded row for the remaining ones."""
        shown = min(row.count, _MAX_UNFOLDED)
        old, new = row.old or 1, row.new or 1
        lines = self.texts[row.file][new - 1 : new - 1 + shown]
        rows = [Row(RowKind.SAME, line, old + index, new + index, file=row.file) for index, line in enumerate(lines)]
        if row.count > shown:
            rows.append(Row(RowKind.FOLDED, "", old + shown, new + shown, row.count - shown, row.file))
        return tuple(rows)


def rows_of(old: Sequence[CodeFile], new: Sequence[CodeFile]) -> DifferenceRows:
    """Compare the files of two versions. This may take a second, so it must not be called on the UI thread."""
    rows: list[Row] = []
    texts: list[tuple[str, ...]] = []
    added = removed = 0
    several = len(old) > 1 or len(new) > 1
    for number, (name, before, after) in enumerate(_paired(old, new)):
        lines = _lines(after)
        texts.append(lines)
        found = differences(before, after)
        if found and several:
            rows.append(Row(RowKind.FILE, name, file=number))
        match found:
            case TooDifferent(old_lines, new_lines):
                rows.append(Row(RowKind.TOO_DIFFERENT, name, old_lines, new_lines, file=number))
            case hunks:
                added += sum(hunk.added for hunk in hunks)
                removed += sum(hunk.removed for hunk in hunks)
                rows += _rows(hunks, len(lines), number)
    return DifferenceRows(tuple(rows), added, removed, tuple(texts))


def as_patch(rows: Iterable[Row]) -> str:
    """Return rows as patch text: each line after its sign, with a hyphen for removed lines."""
    lines = []
    for row in rows:
        match row.kind:
            case RowKind.FILE:
                lines.append(f"--- {row.text}")
            case RowKind.FOLDED | RowKind.TOO_DIFFERENT:
                lines.append("@@")
            case kind:
                lines.append(f"{'-' if kind is RowKind.REMOVED else SIGNS[kind]}{row.text}")
    return "\n".join(lines)


def _paired(old: Sequence[CodeFile], new: Sequence[CodeFile]) -> Iterator[tuple[str, str, str]]:
    """Yield the files of both versions paired by name; the main files are paired whatever their names are."""
    before = {file.name: file.text for file in old[1:]}
    for index, file in enumerate(new):
        yield file.name, before.pop(file.name, "") if index else old[0].text, file.text
    for name, text in before.items():
        yield name, text, ""


def _rows(hunks: Sequence[Hunk], new_lines: int, file: int) -> Iterator[Row]:
    old = new = 1
    for hunk in hunks:
        first = next(line for line in hunk.lines if line.old or line.new)
        skipped = (first.new - new) if first.new else ((first.old or old) - old)
        if skipped:
            yield Row(RowKind.FOLDED, "", old, new, skipped, file)
        old, new = old + skipped, new + skipped
        for line in hunk.lines:
            yield Row(_KINDS[line.kind], line.text, line.old, line.new, file=file)
            old += line.old is not None
            new += line.new is not None
    if hunks and new <= new_lines:
        yield Row(RowKind.FOLDED, "", old, new, new_lines - new + 1, file)


def _lines(text: str) -> tuple[str, ...]:
    lines = _LINE_END.split(text)
    return tuple(lines if lines[-1] else lines[:-1])
