"""Sources: the files of a folder, or of an archive (.zip, .tar and compressed ones), which the user chooses from.

Nothing is unpacked to the disk. Links and devices are left out, so nothing outside of the folder is read.
"""

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterator
from functools import partial
from io import FileIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, cast

from chatdesk.documents.readers.archive import Archive
from chatdesk.documents.readers.ignore_rules import IGNORE_FILE, MAX_IGNORE_BYTES, IgnoreRules, is_generated
from chatdesk.documents.readers.other_texts import notebook_text
from chatdesk.documents.readers.plain_text import decode, guessed
from chatdesk.documents.readers.reading import MAX_CHARACTERS, DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.documents.kinds import DocumentKind, type_by_name
from chatdesk.kernel.documents.sources import SourceFile, SourceUse, path_order
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import read_beginning, read_whole

_MAX_FILE_BYTES = 50 * 1024 * 1024
_MAX_DEPTH = 50
_MAX_NAME = 1_000
_MAX_MEMBERS = 100_000
_MAX_TAR_BYTES = 1024 * 1024 * 1024
"""Maximum size of an unpacked TAR: all of it must be unpacked in memory, in chunks, to find a file in it."""
_TEXTS = frozenset(
    {
        *(DocumentKind.TEXT, DocumentKind.CODE, DocumentKind.TABLE),
        *(DocumentKind.WEB_PAGE, DocumentKind.SUBTITLES, DocumentKind.NOTEBOOK),
    }
)
_BEGINNING = 4096
"""Bytes in which a file that is no text has a NUL."""
_NO_TEXT = "[This file cannot be read as text.]"
"""Sent in place of the content of such a file. Read by the model, so not translated."""
_COMPRESSIONS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))
_IN_CLOUD = 0x400000
"""Attribute of files on Windows (`FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`) that would have to be downloaded first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file before anything is known about its use. `read` is to be called before the next entry is asked for."""

    path: str
    size: int
    read: Callable[[], bytes]


def list_sources(path: Path) -> Iterator[SourceFile]:
    """Yield the files of a folder or an archive, without those that are ignored. Raises `UnreadableDocument`."""
    try:
        yield from _listed_folder(path) if path.is_dir() else _listed_archive(path)
    except OSError as error:
        raise UnreadableDocument(ReadingProblem.UNREADABLE, error.strerror or str(error)) from error


def read_sources(path: Path, files: Collection[str] = ()) -> DocumentReading:
    """Read files of a folder or an archive, one section for each, in the order of their paths."""
    chosen = set(files)
    is_folder = path.is_dir()
    if not chosen:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    sections = _folder_sections(path, chosen) if is_folder else _archive_sections(path, chosen)
    return DocumentReading(sections, DocumentUnit.FILE, len(chosen))


def _listed_folder(path: Path) -> Iterator[SourceFile]:
    for entry in _folder_entries(path, IgnoreRules()):
        yield from _described(entry, with_documents=True)


def _listed_archive(path: Path) -> Iterator[SourceFile]:
    rules, files = IgnoreRules(), list[_Entry]()
    for entry in _archive_entries(path):
        folder, _, name = entry.path.rpartition("/")
        if name == IGNORE_FILE and entry.size <= MAX_IGNORE_BYTES:
            rules.add(folder, entry.read().decode("utf-8", "replace"))
        files.append(entry)
    for entry in sorted(files, key=lambda each: path_order(each.path)):
        if not rules.ignores(entry.path):
            yield from _described(entry, with_documents=False)


def _described(entry: _Entry, *, with_documents: bool) -> Iterator[SourceFile]:
    """Yield a file if there is a use for it."""
    name = PurePosixPath(entry.path).name
    found = type_by_name(name)
    if not 0 < entry.size <= _MAX_FILE_BYTES:
        return
    if found and found.kind in _TEXTS:
        yield SourceFile(entry.path, entry.size, SourceUse.GENERATED if is_generated(name) else SourceUse.TEXT)
    elif found and not found.is_legacy and with_documents:
        yield SourceFile(entry.path, entry.size, SourceUse.DOCUMENT)


def _text(path: str, read: Callable[[], bytes]) -> str:
    """Return the text of a file, whatever is wrong with it: others are read all the same."""
    try:
        data = read()
        if path.endswith(".ipynb"):
            return notebook_text(data)
        if b"\0" in data[:_BEGINNING] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return _NO_TEXT
        return guessed(data)[0].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except (UnreadableDocument, OSError) as error:
        is_fatal = isinstance(error, UnreadableDocument) and error.problem in {
            *(ReadingProblem.UNSAFE, ReadingProblem.ENCRYPTED),
        }
        if is_fatal:
            raise
        return _NO_TEXT


# Folders.


def _folder_entries(top: Path, rules: IgnoreRules, folder: str = "", depth: int = 0) -> Iterator[_Entry]:
    """Yield the files of a folder, then those of its folders."""
    try:
        with os.scandir(top / folder) as found:
            entries = sorted(found, key=lambda each: (each.name.casefold(), each.name))
    except OSError:
        if not depth:
            raise
        return
    inside = f"{folder}/" if folder else ""
    if any(each.name == IGNORE_FILE for each in entries):
        rules.add(folder, _ignore_text(top, f"{inside}{IGNORE_FILE}"))
    folders = []
    for each in entries:
        path = f"{inside}{each.name}"
        if each.is_dir(follow_symlinks=False):
            folders.append(path)
        elif each.is_file(follow_symlinks=False) and not rules.ignores(path) and (size := _size(each)) is not None:
            yield _Entry(path, size, partial(_inside, top, path))
    for path in folders if depth < _MAX_DEPTH else ():
        if not rules.ignores(path, is_folder=True):
            yield from _folder_entries(top, rules, path, depth + 1)


def _size(entry: "os.DirEntry[str]") -> int | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return None if getattr(found, "st_file_attributes", 0) & _IN_CLOUD else found.st_size


def _ignore_text(top: Path, path: str) -> str:
    try:
        return _inside(top, path, MAX_IGNORE_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _inside(top: Path, path: str, most: int = _MAX_FILE_BYTES) -> bytes:
    """Return a file of a folder. Raises `OSError`, also if the path leads out of the folder, or through a link."""
    absolute = Path(os.path.realpath(top)) / path
    if not _is_inner(path) or os.path.realpath(absolute) != str(absolute):
        raise OSError("a path that leads out of the folder")
    return read_whole(absolute, most)


def _folder_sections(top: Path, chosen: Collection[str]) -> Iterator[Section]:
    for path in sorted(chosen, key=path_order):
        yield Section(_text(path, partial(_inside, top, path)), path)


# Archives.


def _archive_sections(path: Path, chosen: Collection[str]) -> Iterator[Section]:
    sections, length = list[Section](), 0
    for entry in _archive_entries(path):
        if entry.path in chosen:
            text = _text(entry.path, entry.read)
            length += len(text)
            if length > MAX_CHARACTERS:
                raise UnreadableDocument(ReadingProblem.TOO_LONG)
            sections.append(Section(text, entry.path))
    if not sections:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    yield from sorted(sections, key=lambda each: path_order(each.title))


def _archive_entries(path: Path) -> Iterator[_Entry]:
    """Yield the regular files of an archive. Raises `UnreadableDocument` for one that no program makes."""
    beginning = read_beginning(path, _BEGINNING)  # refuses pipes and devices
    if zipfile.is_zipfile(path):
        yield from _zip_entries(path)
    else:
        yield from _tar_entries(
            path, next((each for mark, each in _COMPRESSIONS if beginning.startswith(mark)), FileIO)
        )


def _zip_entries(path: Path) -> Iterator[_Entry]:
    try:
        file = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    with file:
        members = file.infolist()
        if len(members) > _MAX_MEMBERS:
            raise UnreadableDocument(ReadingProblem.UNSAFE, "too many files")
        archive, names = Archive(file), _zip_names(members)
        for info, name in zip(members, names, strict=True):
            _require_inner(name)
            mode = info.external_attr >> 16
            if not info.is_dir() and (stat.S_ISREG(mode) or not stat.S_IFMT(mode)):
                yield _Entry(name, info.file_size, partial(archive.read_member, info))


def _zip_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Return the paths of the members. Windows writes them in the encoding of its language, and does not say which."""
    old = [each for each in members if not each.flag_bits & 0x800 and not each.filename.isascii()]
    try:
        data = b"\n".join(each.filename.encode("cp437") for each in old)
        encoding = decode(data)[1] if old else ""
    except (UnicodeError, UnreadableDocument):
        encoding = ""
    names = []
    for each in members:
        name = each.filename
        if encoding and not each.flag_bits & 0x800 and not name.isascii():
            name = name.encode("cp437", "replace").decode(encoding, "replace")
        names.append(name.replace("\\", "/"))
    return names


def _tar_entries(path: Path, unpack: "Callable[[Path], object]") -> Iterator[_Entry]:
    try:
        with cast("IO[bytes]", unpack(path)) as file:
            stream = _Counted(file)
            with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
                for number, member in enumerate(archive):
                    if number >= _MAX_MEMBERS:
                        raise UnreadableDocument(ReadingProblem.UNSAFE, "too many files")
                    _require_inner(member.name.rstrip("/"))
                    if member.isreg():
                        yield _Entry(_plain(member.name), member.size, partial(_tar_member, archive, member))
    except (tarfile.TarError, OSError, EOFError, lzma.LZMAError) as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size > _MAX_FILE_BYTES:
        raise UnreadableDocument(ReadingProblem.TOO_LONG)
    opened = archive.extractfile(member)
    return opened.read(_MAX_FILE_BYTES) if opened else b""


class _Counted:
    """A file that is unpacked while it is read, and refused when it has become too large."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = _MAX_TAR_BYTES

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises `UnreadableDocument`."""
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableDocument(ReadingProblem.UNSAFE, "too large unpacked")
        return data


def _plain(name: str) -> str:
    """Return a path without the `./` that some programs write before it."""
    return name.removeprefix("./")


def _require_inner(name: str) -> None:
    if not _is_inner(_plain(name)):
        raise UnreadableDocument(ReadingProblem.UNSAFE, "a path that leads out of the archive")


def _is_inner(path: str) -> bool:
    """Return whether a path stays in its folder, and is one that a system could have written."""
    pure = PureWindowsPath(path)
    return not (pure.anchor or pure.drive or ".." in pure.parts or "\0" in path or len(path) > _MAX_NAME)
