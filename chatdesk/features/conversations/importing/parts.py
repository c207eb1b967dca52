"""The parts of an archive or a folder that has the exports of several programs.

Each of its folders, and each of its own files, is recognised alone. Only if that finds several programs is it divided: otherwise what a
program has written in one folder may belong to what is in another one.
"""

from collections.abc import Mapping, Sequence
from posixpath import commonpath

from chatdesk.features.conversations.importing.foreign_chat import NO_PROGRAM, Program
from chatdesk.features.conversations.importing.programs import ChatReader, reader_of
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_MOST_GROUPS = 50
"""Maximum number of folders and files that are recognised alone. What has more is the folder of one program, or no export."""


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one program, and the reader for them."""

    source: Source
    reader: ChatReader


def parts_of(source: Source) -> Sequence[Part]:
    """Return the parts of a source, one for each program; none if no program is recognised. Raises `ImportRefused` and `OSError`."""
    groups = () if source.only else _groups(source.files)
    if 1 < len(groups) <= _MOST_GROUPS and len(divided := _divided(source, groups)) > 1:
        return divided
    reader = reader_of(source)
    return (Part(source, reader),) if reader else ()


def _groups(files: Sequence[SourceFile]) -> Sequence[Sequence[SourceFile]]:
    """Return the files of each folder, and each file beside the folders, below what holds all of them."""
    folders = [file.name.rpartition("/")[0] for file in files]
    above = commonpath(folders) if folders and all(folders) else ""
    groups: dict[str, list[SourceFile]] = {}
    for file in files:
        groups.setdefault(file.name.removeprefix(above).strip("/").partition("/")[0], []).append(file)
    return tuple(groups.values())


def _divided(source: Source, groups: Sequence[Sequence[SourceFile]]) -> Sequence[Part]:
    """Return a part for each program. Files in which none is recognised, such as pictures, are in all parts."""
    readers: dict[Program, ChatReader] = {}
    own: dict[Program, list[SourceFile]] = {}
    shared: list[SourceFile] = []
    for group in groups:
        if reader := _reader_of(source.with_files(group, source.size)):
            readers.setdefault(reader.program, reader)
            own.setdefault(reader.program, []).extend(group)
        else:
            shared += group
    sizes = _sizes(source, own)
    return tuple(
        Part(source.with_files([*files, *shared], sizes[program]), readers[program]) for program, files in own.items()
    )


def _reader_of(source: Source) -> ChatReader | None:
    try:
        reader = reader_of(source)
    except ImportRefused:
        return None
    return reader if reader and reader.program not in NO_PROGRAM else None


def _sizes(source: Source, own: Mapping[Program, Sequence[SourceFile]]) -> Mapping[Program, int]:
    """Return the share of each program in the size of the source, which is packed if that is an archive."""
    bytes_of = {program: sum(file.size for file in files) for program, files in own.items()}
    total = max(sum(bytes_of.values()), 1)
    return {program: source.size * size // total for program, size in bytes_of.items()}
