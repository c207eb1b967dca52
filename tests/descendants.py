"""Finds the processes that a process has started, however deep (Linux)."""

from contextlib import suppress
from pathlib import Path


def descendants(process: int) -> set[int]:
    """Return the process IDs of its children, their children and so on."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            fields = entry.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            parents[int(entry.parent.name)] = int(fields[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}
