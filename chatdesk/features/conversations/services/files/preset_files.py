"""The files among those chosen for an import that may have presets, which an import of chats brings along."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

_JAN_ASSISTANTS = "assistants"
_JAN_ASSISTANT = "assistant.json"
_MOST = 1_000
"""Maximum number of assistants in a folder."""
_CHERRY_DATABASES = ("Data/cherrystudio.sqlite", "cherrystudio.sqlite")
"""Where the data folder of Cherry Studio, or its folder `Data`, has the database with the assistants."""


def preset_files(paths: Iterable[Path]) -> Sequence[Path]:
    """Return the files, and of folders the assistants of Jan, each of which is a file, and the database of Cherry Studio.

    Blocks. Links are not followed.
    """
    found: list[Path] = []
    for path in paths:
        if _is_folder(path):
            found += islice(_assistants(path / _JAN_ASSISTANTS), _MOST)
            found += [file for name in _CHERRY_DATABASES if _is_inside(path, file := path / name)]
        else:
            found.append(path)
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reading it reports the reason
        return False


def _is_inside(folder: Path, file: Path) -> bool:
    """Return whether a regular file is there, and not by way of a link."""
    try:
        return not file.is_symlink() and (file.parent == folder or not file.parent.is_symlink()) and file.is_file()
    except OSError:
        return False


def _assistants(folder: Path) -> Iterator[Path]:
    try:
        inside = [] if folder.is_symlink() else sorted(folder.iterdir())
    except OSError:
        return
    yield from (file for each in inside if _is_inside(folder, file := each / _JAN_ASSISTANT))
