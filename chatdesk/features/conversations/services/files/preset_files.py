"""The files among those chosen for an import that may have presets or glossaries, which an import of chats brings along."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from chatdesk.features.presets.services.preset_sharing import ImportPreview
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.user_files import SUFFIXES, USER_FILES

_JAN_ASSISTANTS = "assistants"
_JAN_ASSISTANT = "assistant.json"
_MAX_EXPORTED = 6_000
_MAX_SUBFOLDERS = 1_000
_MOST = 1_000
"""Maximum number of assistants in a folder."""
_SILENT_SECONDS = 60.0
_CHERRY_DATABASES = ("Data/cherrystudio.sqlite", "cherrystudio.sqlite")
"""Where the data folder of Cherry Studio, or its folder `Data`, has the database with the assistants."""


async def find_preset_files(paths: Sequence[Path]) -> Sequence[Path]:
    """Return what `preset_files` does, on a thread that the end of the program does not wait for: a disk may not respond.

    If it does not for a minute, there are none.
    """
    try:
        return await run_in_daemon_thread(lambda: preset_files(paths), "look for presets", _SILENT_SECONDS)
    except TimeoutError:
        return ()


def preset_files(paths: Iterable[Path]) -> Sequence[Path]:
    """Return the files, and of folders those exported with chats, the assistants of Jan, and the database of Cherry Studio.

    Blocks. Links are not followed.
    """
    found: list[Path] = []
    for path in paths:
        if _is_folder(path):
            found += islice(_exported(path), _MAX_EXPORTED)
            found += islice(_assistants(path / _JAN_ASSISTANTS), _MOST)
            found += [file for name in _CHERRY_DATABASES if _is_inside(path, file := path / name)]
        else:
            found.append(path)
    return found


def refused_by_both(
    paths: Sequence[Path], chats: Sequence[ImportRefused], presets: ImportPreview
) -> tuple[ImportRefused, ...]:
    """Return why files have neither chats nor presets nor glossaries.

    A file that is no known chat may be a damaged preset, which says more.
    """
    if len(paths) == 1 and (presets.offers or presets.glossaries):  # a folder is not named after one of its files
        chats = [each for each in chats if each.problem is not ImportProblem.UNKNOWN]
    with_presets = {offer.candidate.file for offer in presets.offers}
    as_presets = {each.file: each for each in presets.refused}
    return tuple(
        as_presets.get(each.file, each) if each.problem is ImportProblem.UNKNOWN else each
        for each in chats
        if each.problem is not ImportProblem.UNKNOWN or each.file not in with_presets
    )


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


def _exported(folder: Path) -> Iterator[Path]:
    """Yield the presets and glossaries in an export of everything, which is the folder itself or directly inside it."""
    exports = [folder, *islice((each for each in _inside(folder) if _is_folder(each)), _MAX_SUBFOLDERS)]
    for export in exports:
        folders = {each.name: each for each in _inside(export / USER_FILES)}
        for kind, suffix in SUFFIXES.items():
            for file in _inside(folders[kind]) if kind in folders else ():
                if (
                    file.name.lower().endswith(suffix)
                    and not file.name.startswith(".")
                    and _is_inside(file.parent, file)
                ):
                    yield file


def _inside(folder: Path) -> Sequence[Path]:
    """Return what is in a folder, sorted, without links; nothing if it is a link or cannot be read."""
    try:
        inside = [] if folder.is_symlink() else sorted(folder.iterdir())
    except OSError:
        return ()
    return [each for each in inside if not _is_link(each)]


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # it may be one; reading it reports the reason
        return True


def _assistants(folder: Path) -> Iterator[Path]:
    yield from (file for each in _inside(folder) if _is_inside(folder, file := each / _JAN_ASSISTANT))
