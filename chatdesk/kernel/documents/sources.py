"""Sources: files of a folder or an archive that are sent as one document. Their paths are relative, with slashes."""

from collections.abc import Iterable
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass

_BYTES_PER_TOKEN = 3.4
"""Of code and of text in UTF-8, whatever its language."""


class SourceUse(StrEnum):
    """What can be done with a file."""

    TEXT = "text"
    GENERATED = "generated"
    """A text that a program has written, such as a list of locked versions."""
    DOCUMENT = "document"
    """A picture or a document, which can be attached on its own."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be chosen. `size` is in bytes."""

    path: str
    size: int
    use: SourceUse = SourceUse.TEXT

    @property
    def tokens(self) -> int:
        """The tokens of the file, estimated by its size."""
        return round(self.size / _BYTES_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class SourceList:
    """The files of a folder or an archive, each folder's files before its folders."""

    files: tuple[SourceFile, ...] = ()
    is_cut: bool = False
    """Whether there are more files than are listed."""


def path_order(path: str) -> tuple[object, ...]:
    """Return the key by which paths are sorted: the files of a folder before its folders."""
    *folders, name = path.split("/")
    return (*((1, folder.casefold(), folder) for folder in folders), (0, name.casefold(), name))


def file_tree(paths: Iterable[str]) -> str:
    """Return paths as a tree: a line for each folder and each file, indented by its depth."""
    lines: list[str] = []
    before: list[str] = []
    for path in paths:
        *folders, name = path.split("/")
        same = next((at for at, pair in enumerate(zip(folders, before, strict=False)) if pair[0] != pair[1]), None)
        start = min(len(folders), len(before)) if same is None else same
        lines += [f"{'  ' * depth}{folders[depth]}/" for depth in range(start, len(folders))]
        lines.append(f"{'  ' * len(folders)}{name}")
        before = folders
    return "\n".join(lines)
