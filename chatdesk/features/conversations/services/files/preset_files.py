"""The files among those chosen for an import that may have presets, which an import of chats brings along."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

_JAN_ASSISTANTS = "assistants"
_JAN_ASSISTANT = "assistant.json"
_MOST = 1_000
"""Maximum number of assistants in a folder."""


def preset_files(paths: Iterable[Path]) -> Sequence[Path]:
    """Return the files, and of folders the assistants of Jan, each of which is a file. Blocks. Links are not followed."""
    found: list[Path] = []
    for path in paths:
        found += islice(_assistants(path / _JAN_ASSISTANTS), _MOST) if path.is_dir() else [path]
    return found


def _assistants(folder: Path) -> Iterator[Path]:
    try:
        inside = [] if folder.is_symlink() else sorted(folder.iterdir())
    except OSError:
        return
    yield from (file for each in inside if not each.is_symlink() and (file := each / _JAN_ASSISTANT).is_file())
