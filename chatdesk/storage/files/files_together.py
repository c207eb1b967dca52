"""Several files that the user exports to a chosen location, and that appear there together or not at all."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from chatdesk.storage.files.file_writing import force_entries_to_disk, force_to_disk, not_saved
from chatdesk.storage.files.unfinished_exports import remove_abandoned, unfinished_path


class FilesTogether:
    """A new folder or an archive. Raises `FileNotSaved`.

    Write the files into `folder`, which is a temporary one beside `path`, and call `finish`. Call `close` in any case: without `finish`,
    nothing remains then.
    """

    def __init__(self, path: Path, *, is_archive: bool) -> None:
        self._path = path
        self._is_archive = is_archive
        self.folder = unfinished_path(path)
        with not_saved(path):
            remove_abandoned(path.parent)
            self.folder.mkdir()

    def close(self) -> None:
        """Remove what is not finished, as far as that can be done. A later export removes the rest."""
        for _ in range(2):  # an error of a network drive is often over at once
            shutil.rmtree(self.folder, ignore_errors=True)

    def finish(self) -> Path:
        """Put the files where they belong; return the path. A folder that exists is not changed: the new one gets another name."""
        with not_saved(self._path):
            if self._is_archive:
                self._pack()
                return self._path
            path = _free_path(self._path)
            self.folder.rename(path)
            force_entries_to_disk(path.parent)
            return path

    def _pack(self) -> None:
        packed = unfinished_path(self._path)
        try:
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(_files_below(self.folder)):
                    archive.write(file, file.relative_to(self.folder).as_posix())
            force_to_disk(packed)
            packed.replace(self._path)
            force_entries_to_disk(self._path.parent)
        finally:
            with suppress(OSError):  # the reason is that of the error before
                packed.unlink(missing_ok=True)


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the files. Raises `OSError` if a folder cannot be listed, where `Path.rglob` would leave out what is in it."""

    def fail(error: OSError) -> None:
        raise error

    for parent, _, names in os.walk(folder, onerror=fail):
        yield from (Path(parent, name) for name in names)


def _free_path(path: Path) -> Path:
    candidates = chain([path], (path.with_name(f"{path.name} ({number})") for number in count(2)))
    return next(each for each in candidates if not each.exists())
