"""How much memory a container lets us have: what it was given stands in the root of its cgroups, where a whole machine has no limit.

Sources: the kernel's Documentation/admin-guide/cgroup-v2.rst (`memory.max`, `memory.current`, `memory.stat`) and cgroup-v1/memory.rst.
"""

from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass

_ROOT = Path("/sys/fs/cgroup")
_LONGEST_FILE = 16 * 1024
_LARGEST = 2**60
"""Version 1 writes nearly 2**63 for no limit."""


@dataclass(frozen=True, slots=True)
class MemoryLimit:
    """Bytes; `used` without files that are only kept in memory while there is room. None = not known."""

    limit: int | None = None
    used: int | None = None


def memory_limit(root: Path = _ROOT) -> MemoryLimit:
    """Return the limit of the container we are in, if there is one. Blocks."""
    for folder, limit, used, cache in (
        (root, "memory.max", "memory.current", "inactive_file"),
        (root / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        most = _number(_read(folder / limit))
        if most is not None and 0 < most < _LARGEST:
            now = _number(_read(folder / used))
            return MemoryLimit(
                most, None if now is None else max(0, now - _value(_read(folder / "memory.stat"), cache))
            )
    return MemoryLimit()


def _value(stat: str, name: str) -> int:
    for line in stat.splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return _number(value) or 0
    return 0


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_FILE).decode("ascii", "replace")
    except OSError:
        return ""
