"""Unpacks an archive of programs without trusting it: nothing is written outside of the folder, and everything is limited.

Of zip and tar archives, only files, folders and links within the folder are unpacked. A folder that contains everything else is left out.
"""

import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from chatdesk.kernel.fast_dataclass import dataclass

_MAX_FILES = 2_000
_MAX_BYTES = 4 * 1024**3
_MAX_NAME_BYTES = 500
_CHUNK = 1024 * 1024


class ArchiveRefused(Exception):
    """The archive is damaged, or contains something that must not be unpacked. The message says what."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: PurePosixPath
    content: IO[bytes] | None = None
    """None for a folder or a link."""
    link: str = ""
    is_executable: bool = True


def unpack(archive: Path, folder: Path, *, max_bytes: int = _MAX_BYTES, max_files: int = _MAX_FILES) -> None:
    """Unpack into an existing folder, accessible only to this user. Existing files are not replaced. Raises `ArchiveRefused`, `OSError`.

    After a failure, the folder may contain a part of the files.
    """
    links: list[_Entry] = []
    written = count = 0
    try:
        entries = _zip_entries(archive) if zipfile.is_zipfile(archive) else _tar_entries(archive)
        for entry in entries:
            count += 1
            if count > max_files:
                raise ArchiveRefused("too many files")
            if entry.link:
                links.append(entry)
            elif entry.content is None:
                _folder_of(folder, entry.path).mkdir(0o700, parents=True, exist_ok=True)
            else:
                written += _write(entry.content, _folder_of(folder, entry.path), max_bytes - written)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise ArchiveRefused(f"damaged: {error}") from error
    except FileExistsError as error:
        raise ArchiveRefused(f"a name occurs twice: {error.filename}") from error
    for link in links:  # last, so that no file is written through one
        _make_link(link, folder)
    for link in links:
        _check_link(_folder_of(folder, link.path), folder.resolve())


def _zip_entries(archive: Path) -> Iterator[_Entry]:
    with zipfile.ZipFile(archive) as file:
        for info in file.infolist():
            path = _checked(info.filename)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
                raise ArchiveRefused(f"not a file: {info.filename!r}")
            if info.is_dir():
                yield _Entry(path)
            else:
                with file.open(info) as content:
                    yield _Entry(path, content)


def _tar_entries(archive: Path) -> Iterator[_Entry]:
    with tarfile.open(archive, "r:gz") as file:
        for member in file:
            path = _checked(member.name)
            if member.isdir():
                yield _Entry(path)
            elif member.issym():
                yield _Entry(path, link=member.linkname)
            elif member.isreg() and (content := file.extractfile(member)):
                yield _Entry(path, content)
            else:
                raise ArchiveRefused(f"not a file: {member.name!r}")


def _checked(name: str) -> PurePosixPath:
    """Return a name inside the archive, if it is relative and stays inside on every system. Raises `ArchiveRefused`."""
    path = PurePosixPath(name)
    if (
        not name
        or len(name.encode("utf-8", "surrogateescape")) > _MAX_NAME_BYTES
        or path.is_absolute()
        or ".." in path.parts
        or any(character in name for character in '\\:\0<>"|?*')
        or any(part != part.rstrip(" .") for part in path.parts)
    ):
        raise ArchiveRefused(f"unsafe name: {name[:100]!r}")
    return path


def _folder_of(folder: Path, path: PurePosixPath) -> Path:
    return folder.joinpath(*path.parts)


def _write(content: IO[bytes], target: Path, most: int) -> int:
    """Write a file and return its size. The size that the archive states is not trusted."""
    target.parent.mkdir(0o700, parents=True, exist_ok=True)
    written = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(target, flags, 0o700), "wb") as file:
        while chunk := content.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise ArchiveRefused("too large")
            file.write(chunk)
    return written


def _make_link(entry: _Entry, folder: Path) -> None:
    target_path = _folder_of(folder, entry.path)
    target = PurePosixPath(entry.link)
    if target.is_absolute() or "\\" in entry.link or ":" in entry.link:
        raise ArchiveRefused(f"link to {entry.link!r}")
    target_path.parent.mkdir(0o700, parents=True, exist_ok=True)
    if not target_path.parent.resolve().is_relative_to(folder.resolve()):
        raise ArchiveRefused(f"link to {entry.link!r}")
    try:
        target_path.symlink_to(target)
    except FileExistsError as error:
        raise ArchiveRefused(f"a name occurs twice: {entry.path}") from error


def _check_link(target_path: Path, root: Path) -> None:
    """Refuse a link that does not lead to a file in the folder, over whatever other links."""
    try:
        real = target_path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise ArchiveRefused(f"link to nothing: {target_path.name!r}") from error
    if not real.is_relative_to(root) or not real.is_file():
        raise ArchiveRefused(f"link out of the folder: {target_path.name!r}")
