"""What dragged files are, by their names and sizes: they are not opened before the user drops them."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES, MAX_FILE_BYTES, PICTURE_ENDINGS
from chatdesk.kernel.documents.kinds import DocumentKind, is_source_archive, type_by_name
from chatdesk.kernel.fast_dataclass import dataclass

_OPENED_ENDINGS = (".gguf", ".charx", ".cherrybackup", ".sqlite", ".chatdesk.json", ".chatdesk.md")


class Use(Enum):
    """What becomes of a dragged file."""

    TEXT = auto()
    PICTURE = auto()
    OPENED = auto()
    """The program opens it: a model, a saved chat, or presets."""
    LEGACY = auto()
    """An office program has to convert it first."""
    SOURCES = auto()
    """A folder or an archive: the user chooses its files."""
    TOO_LARGE = auto()
    NONE = auto()


USABLE = frozenset({Use.TEXT, Use.PICTURE, Use.OPENED, Use.SOURCES, Use.LEGACY})


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A dragged file. `size` is in bytes, and None for a folder and until it is known; `kind` is None for what is not a document."""

    path: Path
    use: Use
    kind: DocumentKind | None = None
    size: int | None = None

    @property
    def is_usable(self) -> bool:
        """Whether the file can be used."""
        return self.use in USABLE


def by_name(path: Path) -> DroppedFile:
    """Return what the name of a file promises."""
    if path.suffix.lower() in PICTURE_ENDINGS:
        return DroppedFile(path, Use.PICTURE)
    if path.name.lower().endswith(_OPENED_ENDINGS):
        return DroppedFile(path, Use.OPENED)
    if is_source_archive(path.name):
        return DroppedFile(path, Use.SOURCES)
    found = type_by_name(path.name)
    if found is None:
        return DroppedFile(path, Use.NONE)
    return DroppedFile(path, Use.LEGACY if found.is_legacy else Use.TEXT, found.kind)


def with_sizes(files: Sequence[DroppedFile]) -> tuple[DroppedFile, ...]:
    """Return the files with their sizes, and with what these imply for their use. Blocks: a network drive may be slow."""
    return tuple(map(_with_size, files))


def _with_size(file: DroppedFile) -> DroppedFile:
    try:
        found = file.path.stat()
    except OSError:
        return replace(file, use=Use.NONE)
    if S_ISDIR(found.st_mode):
        return replace(file, use=Use.SOURCES, kind=None)
    if not S_ISREG(found.st_mode):
        return replace(file, use=Use.NONE, kind=None)
    most = {Use.PICTURE: MAX_FILE_BYTES, Use.TEXT: MAX_DOCUMENT_BYTES}.get(file.use)
    use = Use.TOO_LARGE if most is not None and found.st_size > most else file.use
    return replace(file, use=use, size=found.st_size)
