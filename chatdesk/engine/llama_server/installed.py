"""Builds of llama.cpp that were downloaded: each in its folder, with a record of the hashes of all its files.

The record is compared with the files before every start: a library that was changed or added would be loaded.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from chatdesk.engine.llama_server.archives import PinnedBuild
from chatdesk.engine.llama_server.search import NAME
from chatdesk.engine.llama_server.unpacking import unpack
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import read_whole

_MAX_RECORD_BYTES = 1024 * 1024


class BuildChanged(Exception):
    """A file of an installed build is missing, new or different. The message names it."""


@dataclass(frozen=True, slots=True)
class InstalledBuild:
    """A build in its folder."""

    id: str
    """Such as `b11600-vulkan`."""
    tag: str
    folder: Path
    program: Path
    sha256: str
    """Hash of its (first) archive, as the release of Chatdesk states it."""
    installed_at: str
    """ISO 8601, with a time zone."""
    architectures: frozenset[str] = frozenset()
    """Architectures of models that it can run; empty: unknown."""


def install(
    build: PinnedBuild, files: Sequence[Path], engines: Path, now: datetime, architectures: Iterable[str] = ()
) -> InstalledBuild:
    """Unpack the verified archives of a build and record its files. Raises `ArchiveRefused`, `BuildChanged` or `OSError`. Blocks."""
    engines.mkdir(0o700, parents=True, exist_ok=True)
    folder, new = engines / build.id, engines / f"{build.id}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(0o700)
    try:
        for file in files:
            unpack(file, new)
        record = {
            "tag": build.tag,
            "program": _program_in(new).relative_to(new).as_posix(),
            "sha256": build.archives[0].sha256,
            "installed_at": now.isoformat(timespec="seconds"),
            "architectures": sorted(architectures),
            "files": _contents(new),
        }
        _record_of(engines, build.id).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        _record_of(engines, build.id).write_text(json.dumps(record, indent=1), "utf-8")
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    found = find_installed(engines, build.id)
    if found is None:
        raise BuildChanged(build.id)
    return found


def _program_in(folder: Path) -> Path:
    for path in sorted(folder.rglob(NAME)):
        if path.is_file():
            return path
    raise BuildChanged(f"no {NAME}")


def find_installed(engines: Path, build_id: str) -> InstalledBuild | None:
    """Return an installed build, without verifying its files; None if it is not installed."""
    record = _read_record(engines, build_id)
    names = record.get("architectures")
    architectures = frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    match record:
        case {"tag": str(tag), "program": str(program), "sha256": str(sha256), "installed_at": str(at)} if (
            ".." not in Path(program).parts
        ):
            folder = engines / build_id
            return InstalledBuild(build_id, tag, folder, folder / program, sha256, at, frozenset(architectures))
        case _:
            return None


def verify(engines: Path, build_id: str) -> None:
    """Compare all files of an installed build with their recorded hashes. Raises `BuildChanged`. Blocks: 0.1 s for 100 MB."""
    recorded = _read_record(engines, build_id).get("files")
    if not isinstance(recorded, dict) or not recorded:
        raise BuildChanged(build_id)
    try:
        contents = _contents(engines / build_id)
    except OSError as error:
        raise BuildChanged(str(error)) from error
    different = {name for name in recorded.keys() | contents.keys() if recorded.get(name) != contents.get(name)}
    if different:
        raise BuildChanged(min(different))


def remove(engines: Path, build_id: str) -> None:
    """Delete an installed build. Raises `OSError`. Blocks."""
    _record_of(engines, build_id).unlink(missing_ok=True)
    if (engines / build_id).exists():
        shutil.rmtree(engines / build_id)


def remove_others(engines: Path, build_id: str) -> None:
    """Delete all installed builds but one, as far as the system allows it: one of them may still be running. Blocks."""
    for record in engines.glob("b*.json"):
        if record.stem != build_id:
            with suppress(OSError):
                remove(engines, record.stem)


def _record_of(engines: Path, build_id: str) -> Path:
    return engines / f"{build_id}.json"


def _read_record(engines: Path, build_id: str) -> Mapping[str, Any]:
    try:
        record = json.loads(read_whole(_record_of(engines, build_id), _MAX_RECORD_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _contents(folder: Path) -> dict[str, str]:
    """Return the hashes of all files, and the targets of all links, by their path in the folder."""
    contents = {}
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent) / name
            key = path.relative_to(folder).as_posix()
            if path.is_symlink():
                contents[key] = f"-> {path.readlink().as_posix()}"
            elif name in files:
                with path.open("rb") as file:
                    contents[key] = hashlib.file_digest(file, "sha256").hexdigest()
    return contents
