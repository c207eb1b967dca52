"""How much memory the machine has, and how much of it is free. Texts of the system in, numbers out; None where it does not say."""

import re
import sys
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


_PAGE_SIZE = re.compile(r"page size of (\d{1,9}) bytes")
_COUNTED = frozenset({"Pages free", "Pages inactive", "Pages speculative", "Pages purgeable"})
_LARGEST = 2**60


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """Bytes. `free` counts what the system gives up at once: caches of files."""

    total: int | None = None
    free: int | None = None


def parse_meminfo(text: str) -> MemoryFacts:
    """Read Linux's /proc/meminfo (proc(5)): lines of `Name:   number kB`."""
    values: dict[str, int] = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        words = rest.split()
        if words and words[0].isascii() and words[0].isdigit() and len(words[0]) < 16:
            values.setdefault(name, int(words[0]) * 1024)
    total = values.get("MemTotal") or None
    free = values.get("MemAvailable", values.get("MemFree"))
    return _sane(total, free)


def parse_vm_stat(text: str, total: int | None) -> MemoryFacts:
    """Read macOS's `vm_stat`: the size of a page in its head, then lines of `Name:   pages.`, with the full stop."""
    size = _PAGE_SIZE.search(text)
    if size is None:
        return _sane(total, None)
    pages, found = 0, False
    for line in text.splitlines():
        name, _, count = line.partition(":")
        count = count.strip().rstrip(".")
        if name in _COUNTED and count.isascii() and count.isdigit() and len(count) < 16:
            pages, found = pages + int(count), True
    return _sane(total, pages * int(size[1]) if found else None)


def within(facts: MemoryFacts, limit: MemoryLimit) -> MemoryFacts:
    """Return what is left of a machine's memory inside a container."""
    if facts.total is None or limit.limit is None or limit.limit >= facts.total:
        return facts
    left = None if limit.used is None else max(0, limit.limit - limit.used)
    known = [free for free in (facts.free, left) if free is not None]
    return _sane(limit.limit, min(known, default=None))


def _sane(total: int | None, free: int | None) -> MemoryFacts:
    if total is None or not 0 < total < _LARGEST:
        return MemoryFacts()
    return MemoryFacts(total, None if free is None else min(free, total))


if sys.platform == "linux":

    def memory_facts() -> MemoryFacts:
        """Return those of this machine, or of the container we are in."""
        try:
            text = Path("/proc/meminfo").read_text(encoding="ascii", errors="replace")
        except OSError:
            return MemoryFacts()
        return within(parse_meminfo(text), memory_limit())

elif sys.platform == "darwin":
    from chatdesk.system.short_command import output_of
    from chatdesk.system.sysctl import sysctl_number

    def memory_facts() -> MemoryFacts:
        """Return those of this machine."""
        return parse_vm_stat(output_of(["/usr/bin/vm_stat"]), sysctl_number(b"hw.memsize"))

elif sys.platform == "win32":
    import ctypes

    class _MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "page", "page_free", "virtual", "v_free", "ext")
            ),
        )

    def memory_facts() -> MemoryFacts:
        """Return those of this machine."""
        status = _MemoryStatus()
        status.length = ctypes.sizeof(status)
        if not ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status)):
            return MemoryFacts()
        return _sane(int(status.total), int(status.free))
