"""Total and available memory of the computer; None if the system does not report it."""

from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import beginning_as_text

# Reads the memory limit of a container from the root of its cgroups; on a computer without a container, there is no limit.
#
# Sources: the kernel's Documentation/admin-guide/cgroup-v2.rst (`memory.max`, `memory.current`, `memory.stat`) and cgroup-v1/memory.rst.

_ROOT = Path("/sys/fs/cgroup")
_MAX_FILE_BYTES = 16 * 1024
_MAX_LIMIT = 2**60
"""Version 1 writes nearly 2**63 for no limit."""


@dataclass(frozen=True, slots=True)
class MemoryLimit:
    """Bytes; `used` does not count the file cache that the system can reclaim. None: unknown."""

    limit: int | None = None
    used: int | None = None


def memory_limit(root: Path = _ROOT) -> MemoryLimit:
    """Return the limit of the container that this process runs in; `MemoryLimit()` if there is none. Blocks."""
    for folder, limit, used, cache in (
        (root, "memory.max", "memory.current", "inactive_file"),
        (root / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        most = _number(_read(folder / limit))
        if most is not None and 0 < most < _MAX_LIMIT:
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
    return beginning_as_text(path, _MAX_FILE_BYTES)


_MAX_MEMORY = 2**60


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """Bytes. `free` includes memory that the system can reclaim immediately, such as file caches."""

    total: int | None = None
    free: int | None = None


def memory_facts() -> MemoryFacts:
    """Return the memory of this computer, or of the container that this process runs in."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        memory = psutil.virtual_memory()
    except (OSError, RuntimeError, LookupError, ValueError):  # the system reports nothing, or nothing plausible
        return MemoryFacts()
    return within(_plausible(memory.total, memory.available), memory_limit())


def within(facts: MemoryFacts, limit: MemoryLimit) -> MemoryFacts:
    """Apply the limit of a container to the memory of a computer."""
    if facts.total is None or limit.limit is None or limit.limit >= facts.total:
        return facts
    left = None if limit.used is None else max(0, limit.limit - limit.used)
    known = [free for free in (facts.free, left) if free is not None]
    return _plausible(limit.limit, min(known, default=None))


def _plausible(total: int, free: int | None) -> MemoryFacts:
    if not 0 < total < _MAX_MEMORY:
        return MemoryFacts()
    return MemoryFacts(total, None if free is None else min(free, total))
