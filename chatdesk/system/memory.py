"""How much memory the machine has, and how much of it is free; None where the system does not say."""

from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import beginning_as_text

# How much memory a container lets us have: what it was given stands in the root of its cgroups, where a whole
# machine has no limit.
#
# Sources: the kernel's Documentation/admin-guide/cgroup-v2.rst (`memory.max`, `memory.current`,
# `memory.stat`) and cgroup-v1/memory.rst.

_ROOT = Path("/sys/fs/cgroup")
_LONGEST_FILE = 16 * 1024
_MEMORY_LIMIT_LARGEST = 2**60
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
        if most is not None and 0 < most < _MEMORY_LIMIT_LARGEST:
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
    return beginning_as_text(path, _LONGEST_FILE)


_LARGEST = 2**60


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """Bytes. `free` counts what the system gives up at once: caches of files."""

    total: int | None = None
    free: int | None = None


def memory_facts() -> MemoryFacts:
    """Return those of this machine, or of the container that we are in."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        memory = psutil.virtual_memory()
    except (OSError, RuntimeError, LookupError, ValueError):  # what the system tells is missing, or makes no sense
        return MemoryFacts()
    return within(_sane(memory.total, memory.available), memory_limit())


def within(facts: MemoryFacts, limit: MemoryLimit) -> MemoryFacts:
    """Return what is left of a machine's memory inside a container."""
    if facts.total is None or limit.limit is None or limit.limit >= facts.total:
        return facts
    left = None if limit.used is None else max(0, limit.limit - limit.used)
    known = [free for free in (facts.free, left) if free is not None]
    return _sane(limit.limit, min(known, default=None))


def _sane(total: int, free: int | None) -> MemoryFacts:
    if not 0 < total < _LARGEST:
        return MemoryFacts()
    return MemoryFacts(total, None if free is None else min(free, total))
