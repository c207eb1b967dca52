"""The archives of llama.cpp's releases that this version of Chatdesk may download, with their sizes and hashes.

`packaging/pin_engine_archives.py` writes `resources/engine_archives.toml` before a release. An archive without complete data is ignored;
without any, none is offered.
"""

import platform
import re
import sys
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import read_whole

HOST = "https://github.com"
_RELEASES = "/ggml-org/llama.cpp/releases/download"
_TAG = re.compile(r"b\d{4,6}")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,100}\.(?:zip|tar\.gz)")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_LIST_BYTES = 1024 * 1024
_MAX_SIZE = 2 * 1024**3
_MACHINES = {"amd64": "x64", "x86_64": "x64", "arm64": "arm64", "aarch64": "arm64"}
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


class Variant(StrEnum):
    """What a build computes on, besides the processor."""

    CPU = "cpu"
    VULKAN = "vulkan"
    CUDA = "cuda"
    METAL = "metal"


@dataclass(frozen=True, slots=True)
class PinnedArchive:
    """An archive of a release. `size` is in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PinnedBuild:
    """A build for one kind of computer: one archive, or several that are unpacked into the same folder."""

    tag: str
    variant: Variant
    archives: tuple[PinnedArchive, ...]

    @property
    def id(self) -> str:
        """Name of its folder, such as `b11600-vulkan`."""
        return f"{self.tag}-{self.variant}"

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(archive.size for archive in self.archives)

    def path(self, archive: PinnedArchive) -> str:
        """Return the path of one of its archives on its host."""
        return f"{_RELEASES}/{self.tag}/{archive.name}"


@dataclass(frozen=True, slots=True)
class PinnedRelease:
    """The builds of one release for this kind of computer, and the architectures of models that it can run."""

    tag: str = ""
    builds: tuple[PinnedBuild, ...] = ()
    architectures: frozenset[str] = frozenset()

    def build(self, variant: Variant) -> PinnedBuild | None:
        """Return the build of a variant, or None."""
        return next((build for build in self.builds if build.variant is variant), None)

    def best_build(self, card_names: Sequence[str]) -> PinnedBuild | None:
        """Return the build for these graphics cards; None if there is none. Without a card, it is the one for the processor."""
        wanted = [Variant.CUDA] if any("nvidia" in name.lower() for name in card_names) else []
        wanted += [Variant.METAL, Variant.VULKAN] if card_names else [Variant.CPU]
        return next(filter(None, map(self.build, wanted)), None)


def this_computer() -> tuple[str, str]:
    """Return the names of this system and processor in the list; empty if there are no builds for it."""
    return _SYSTEMS.get(sys.platform, ""), _MACHINES.get(platform.machine().lower(), "")


def read_release(path: Path, computer: tuple[str, str]) -> PinnedRelease:
    """Return the release in a list. Incomplete rows are left out; a missing or damaged list is an empty release."""
    try:
        content = tomllib.loads(read_whole(path, _MAX_LIST_BYTES).decode())
    except (OSError, ValueError):
        return PinnedRelease()
    tag = content.get("tag")
    if not isinstance(tag, str) or not _TAG.fullmatch(tag):
        return PinnedRelease()
    found: dict[Variant, list[PinnedArchive]] = {}
    incomplete = set()
    rows = content.get("archives")
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or (row.get("system"), row.get("machine")) != computer:
            continue
        if row.get("variant") not in set(Variant):
            continue
        if archive := _archive(row):
            found.setdefault(Variant(row["variant"]), []).append(archive)
        else:
            incomplete.add(Variant(row["variant"]))
    builds = (PinnedBuild(tag, variant, tuple(archives)) for variant, archives in found.items())
    names = content.get("architectures")
    architectures = frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return PinnedRelease(
        tag, tuple(build for build in builds if build.variant not in incomplete), frozenset(architectures)
    )


def _archive(row: dict[str, Any]) -> PinnedArchive | None:
    match row:
        case {"name": str(name), "size": int(size), "sha256": str(sha256)} if (
            _NAME.fullmatch(name) and 0 < size <= _MAX_SIZE and _SHA256.fullmatch(sha256)
        ):
            return PinnedArchive(name, size, sha256)
        case _:
            return None
