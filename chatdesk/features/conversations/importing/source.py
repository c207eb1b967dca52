"""Bounded access to what the user chose: a file, a ZIP archive, or a folder. Links, pipes and devices are never opened."""

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from copy import copy
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from chatdesk.features.conversations.importing.json_elements import Readable
from chatdesk.features.conversations.importing.json_outline import outline_of
from chatdesk.features.conversations.importing.read_failures import ReadFailures
from chatdesk.features.presets.importing.archive import Archive, ArchiveLimits, Member
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.importing.foreign_text import as_utf8, decoded, parsed
from chatdesk.features.presets.importing.limits import MAX_TEXT_BYTES, MEGABYTE
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused, unreadable
from chatdesk.kernel.text.regular_file import NotARegularFile, open_regular
from chatdesk.kernel.user_files import user_file_kind

MAX_STREAM_BYTES = 2_000 * MEGABYTE
"""Maximum size of one file that is read in pieces, such as the chats of a large export."""
MAX_ATTACHMENT_BYTES = 64 * MEGABYTE
"""Maximum size of a picture or document."""
MAX_FILES = 100_000
"""Maximum number of files in a folder or an archive."""
_ARCHIVE_LIMITS = ArchiveLimits(MAX_FILES, 64 * MEGABYTE, 20_000 * MEGABYTE)
_MAX_DEPTH = 12
_MOST_CANDIDATES = 20
"""Maximum number of files in an archive or folder in which an export that is one file is looked for."""
_MOST_OUTLINES = 60
"""Maximum number of outlines to keep in memory."""
_MOST_COPIES = 5
"""Maximum number of copies of a database that is being written."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEGINNING = 64


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a source. `name` is its path inside the source, with slashes; `size` may be wrong in an archive."""

    name: str
    size: int

    @property
    def base(self) -> str:
        """The last part of the name."""
        return self.name.rpartition("/")[2]


class Tables(Protocol):
    """The tables of a database of another program (`storage/files/foreign_database.py`)."""

    def columns(self, table: str) -> frozenset[str]:
        """Return the names of the columns of a table; none if there is no such table."""

    def rows(
        self,
        table: str,
        columns: Sequence[str],
        *,
        equal: tuple[str, object] | None = None,
        without: str = "",
        order: Sequence[str] = (),
    ) -> Iterator[Mapping[str, object]]:
        """Yield the rows of a table with those of the columns that exist."""


OpenDatabase = Callable[[Readable, Readable | None], AbstractContextManager[Tables]]
"""Opens a database, given with its write-ahead log if there is one. The caller provides it because this package has no database access."""


class Source:
    """What the user chose. Methods raise `ImportRefused` and `OSError`.

    `files` are sorted by name; a single file is the only one. Presets and glossaries that Chatdesk has exported with chats are not among
    them, because no program's chats are there.
    """

    def __init__(
        self,
        name: str,
        size: int,
        files: "_Files",
        open_database: OpenDatabase,
        *,
        failures: ReadFailures,
        is_folder: bool,
        is_archive: bool,
    ) -> None:
        self.name = name
        """The name of the file or folder, for display."""
        self.size = size
        """The size of the file in bytes, packed if it is an archive; that of all files of a folder."""
        self.failures = failures
        """What fails of the disk, and of temporary files. It is raised when the source is closed."""
        self.is_folder = is_folder
        self.is_archive = is_archive
        found = (file for file in files.found if not user_file_kind(file.name))
        self.files = tuple(sorted(found, key=lambda file: file.name))
        self.unreadable = tuple(files.unreadable)
        """Which files and folders inside a folder cannot be read, and why."""
        self._open = files.open
        self._version_of = files.version_of
        self._open_database = open_database
        self._outlines: dict[tuple[str, int], bytes] = {}
        """All programs look at the same files."""

    def with_files(self, files: Sequence["SourceFile"], size: int) -> "Source":
        """Return a source with some of the files of this folder or archive, and another size."""
        part = copy(self)
        part.files = tuple(sorted(files, key=lambda file: file.name))
        part.size = size
        return part

    @property
    def only(self) -> tuple[SourceFile, ...]:
        """The file itself, if the user chose a file that is no archive; otherwise nothing."""
        return () if self.is_folder or self.is_archive else self.files

    def candidates(self, suffix: str) -> tuple[SourceFile, ...]:
        """Return the file itself, or in a small archive or folder, the files whose names end like this: exports are often packed."""
        if self.only or len(self.files) > _MOST_CANDIDATES:
            return self.only
        return tuple(file for file in self.files if file.base.lower().endswith(suffix))

    def find(self, *bases: str) -> SourceFile | None:
        """Return the first file with one of these names in any folder; None if there is none."""
        return next((file for file in self.files if file.base in bases), None)

    def open(self, file: SourceFile, most: int = MAX_STREAM_BYTES) -> AbstractContextManager[Readable]:
        """Open a file of at most `most` bytes, to be read once from its beginning."""
        return self._open(file.name, most)

    def read(self, file: SourceFile, most: int = MAX_ATTACHMENT_BYTES) -> bytes:
        """Return the content of a file of at most `most` bytes."""
        with self.open(file, most) as stream:
            return stream.read()

    def beginning(self, file: SourceFile, length: int = 64 * 1024) -> bytes:
        """Return the first bytes of a file; if it is a text with a byte order mark, as UTF-8 without it."""
        with self.open(file) as stream:
            return as_utf8(stream.read(length))

    def outline(self, file: SourceFile, length: int = 64 * 1024) -> bytes:
        """Return up to `length` bytes: the outline of a JSON file (`json_outline.py`), or the beginning of another file."""
        key = (file.name, length)
        if key not in self._outlines:
            with self.open(file) as stream:
                found = outline_of(stream, length)
            if len(self._outlines) >= _MOST_OUTLINES:
                return found
            self._outlines[key] = found
        return self._outlines[key]

    def json(self, file: SourceFile) -> object:
        """Return the value of a JSON file that fits into memory."""
        return parsed(decoded(self.read(file, MAX_TEXT_BYTES)))

    @contextmanager
    def database(self, file: SourceFile) -> Iterator[Tables]:
        """Open a database. What a running program has not yet moved from its log beside it is read, too.

        If the program moves it just then, the copy is not consistent, and is made again.
        """
        with ExitStack() as stack:
            for _ in range(_MOST_COPIES):
                before = self._version_of(file.name)
                copying = stack.enter_context(ExitStack())
                tables = self._copied(file, copying)
                if self._version_of(file.name) == before:
                    break
                copying.close()
            else:
                raise ImportRefused(ImportProblem.IN_USE, self.name)
            yield tables

    def _copied(self, file: SourceFile, stack: ExitStack) -> Tables:
        main = stack.enter_context(self.open(file))
        log: Readable | None = None
        with suppress(OSError, KeyError):  # usually there is none
            log = stack.enter_context(self._open(f"{file.name}-wal", MAX_STREAM_BYTES))
        return stack.enter_context(self._open_database(main, log))


class _Files(Protocol):
    found: list[SourceFile]
    unreadable: list[ImportRefused]

    def open(self, name: str, most: int) -> AbstractContextManager[Readable]: ...

    def version_of(self, name: str) -> object: ...


class _DiskFiles:
    """Files below a folder, or one file."""

    def __init__(self, folder: Path, found: list[SourceFile], failures: ReadFailures) -> None:
        self._folder = folder
        self._failures = failures
        self.found = found
        self.unreadable: list[ImportRefused] = []

    @contextmanager
    def open(self, name: str, most: int) -> Iterator[Readable]:
        with self._failures.noted():
            file = open_regular(self._folder / name)
        with file:
            yield BoundedStream(self._failures.watched(file), most)

    def version_of(self, name: str) -> object:
        """Return what changes when a file is written."""
        status = (self._folder / name).stat()
        return status.st_size, status.st_mtime_ns


class BoundedStream:
    """Reads at most `most` bytes; more is refused."""

    def __init__(self, file: Readable, most: int = MAX_STREAM_BYTES) -> None:
        self._file = file
        self._most = self._left = most

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end. Raise `ImportRefused` beyond the limit."""
        data = self._file.read(self._left + 1 if size < 0 else size)
        self._left -= len(data)
        if self._left < 0:
            raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(self._most // MEGABYTE))
        return data


class _ArchiveFiles:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.unreadable: list[ImportRefused] = []
        self.found = [SourceFile(member.name, member.size) for member in archive.members()]

    def open(self, name: str, most: int) -> AbstractContextManager[Readable]:
        return self._archive.open(Member(name, 0), most)

    def version_of(self, name: str) -> object:
        """Return a constant: nobody writes in an archive."""
        return name


@contextmanager
def open_source(path: Path, open_database: OpenDatabase) -> Iterator[Source]:
    """Open a file, archive or folder. Raises `ImportRefused` for anything that cannot be read.

    If the disk has failed in the block, or a temporary file, this is raised at its end, even if a reader has treated that as damage.
    """
    name, failures = shown_name(path.name), ReadFailures()
    try:
        with ExitStack() as stack:
            yield _opened(path, name, open_database, failures, stack)
    except NotARegularFile as error:
        raise ImportRefused(ImportProblem.NOT_A_FILE, name) from error
    except OSError as error:
        raise unreadable(failures.first or error, name) from error
    except ImportRefused as error:
        if failures.first:
            raise unreadable(failures.first, name) from error
        if failures.of_temporary_files:
            raise failures.of_temporary_files from error
        raise
    if failures.first:
        raise unreadable(failures.first, name)
    if failures.of_temporary_files:
        raise failures.of_temporary_files


def _opened(path: Path, name: str, open_database: OpenDatabase, failures: ReadFailures, stack: ExitStack) -> Source:
    if path.is_dir():
        files = _files_in(path, failures)
        size = sum(each.size for each in files.found)
        return Source(name, size, files, open_database, failures=failures, is_folder=True, is_archive=False)
    file = stack.enter_context(open_regular(path))
    size = os.fstat(file.fileno()).st_size
    watched = failures.watched(file)
    if watched.peek(_BEGINNING).startswith(_ZIP):
        archive = _ArchiveFiles(Archive(watched, _ARCHIVE_LIMITS))
        return Source(name, size, archive, open_database, failures=failures, is_folder=False, is_archive=True)
    alone = _DiskFiles(path.parent, [SourceFile(path.name, size)], failures)
    return Source(name, size, alone, open_database, failures=failures, is_folder=False, is_archive=False)


def _files_in(folder: Path, failures: ReadFailures) -> _DiskFiles:
    """Return the regular files in a folder, without following links.

    Raises `OSError` if the folder itself cannot be listed, and `ImportRefused` if it contains too many files.
    """
    files = _DiskFiles(folder, [], failures)

    def leave_out(error: OSError) -> None:
        if error.filename == str(folder):
            raise error
        files.unreadable.append(unreadable(error, shown_name(Path(error.filename or folder).name)))

    for parent, folders, names in os.walk(folder, onerror=leave_out):
        depth = len(Path(parent).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if depth < _MAX_DEPTH and not Path(parent, each).is_symlink())
        for name in names:
            path = Path(parent, name)
            try:
                status = path.lstat()
            except OSError as error:
                leave_out(error)
                continue
            if not S_ISREG(status.st_mode):
                continue
            if not os.access(path, os.R_OK):
                leave_out(PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path)))
                continue
            if len(files.found) >= MAX_FILES:
                raise ImportRefused(ImportProblem.TOO_MANY)
            files.found.append(SourceFile(path.relative_to(folder).as_posix(), status.st_size))
    return files
