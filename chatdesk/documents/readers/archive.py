"""Files in ZIP archives, as office formats and e-books are: read in memory, within limits, never unpacked.

The directory of an archive is checked before anything is read, and each member is read through a counter, because the directory can lie.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

from chatdesk.documents.readers.reading import ReadingProblem, UnreadableDocument

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_MAX_RATIO = 200
"""Maximum ratio of a member to its compressed size; real documents have about 30."""
_MIN_SUSPECT_BYTES = 1024 * 1024
"""Smaller members may have any ratio."""
_MAX_MEMBERS = 10_000
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_MAX_XML_DEPTH = 1_000


class Archive:
    """An open archive. Its members are read at most once each in total size `MAX_UNPACKED_BYTES`."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._left = MAX_UNPACKED_BYTES
        self._names = {_normal(info.filename): info for info in file.infolist()}

    def names(self) -> list[str]:
        """Return the paths of all members."""
        return list(self._names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _normal(name) in self._names

    def size(self, name: str) -> int:
        """Return the size of a member as its directory says. Raises `KeyError` if there is none."""
        return self._names[_normal(name)].file_size

    def read(self, name: str) -> bytes:
        """Return a member. Raises `UnreadableDocument`, and `KeyError` if there is none."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member in chunks. Raises `UnreadableDocument`, and `KeyError` if there is none."""
        yield from self._chunks(self._names[_normal(name)])

    def read_member(self, info: zipfile.ZipInfo) -> bytes:
        """Return a member that has been found in the directory. Raises `UnreadableDocument`."""
        return b"".join(self._chunks(info))

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableDocument(ReadingProblem.ENCRYPTED)
        with self._file.open(info) as member:
            while chunk := member.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise UnreadableDocument(ReadingProblem.UNSAFE, info.filename)
                yield chunk

    def xml(self, name: str) -> "Element":
        """Return the root of a member in XML. Raises `UnreadableDocument`, and `KeyError` if there is none."""
        return parse_xml(self.read(name))


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an archive after checking its directory. Raises `UnreadableDocument`."""
    try:
        file = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    with file:
        _check(file.infolist())
        yield Archive(file)


def parse_xml(data: bytes) -> "Element":
    """Return the root of XML. A document type declaration is refused: no document of these formats has one, and it can expand without end.

    Raises `UnreadableDocument`.
    """
    parser = XMLParser(target=_BoundedBuilder())  # noqa: S314 - declarations are refused, so no entity can be defined
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    return root


class _BoundedBuilder(TreeBuilder):
    """Builds a tree, and refuses what no document contains."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> "Element":
        self._depth += 1
        if self._depth > _MAX_XML_DEPTH:
            raise UnreadableDocument(ReadingProblem.UNSAFE, "nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> "Element":
        self._depth -= 1
        return super().end(tag)

    def doctype(self, *_declaration: object) -> None:
        """Refuse a document type declaration."""
        raise UnreadableDocument(ReadingProblem.UNSAFE, "a document type declaration")


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableDocument(ReadingProblem.UNSAFE, "too large unpacked")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise UnreadableDocument(ReadingProblem.UNSAFE, "a path that leads out of the archive")
        if member.file_size > _MIN_SUSPECT_BYTES and member.file_size > _MAX_RATIO * max(1, member.compress_size):
            raise UnreadableDocument(ReadingProblem.UNSAFE, "expands too much")


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
