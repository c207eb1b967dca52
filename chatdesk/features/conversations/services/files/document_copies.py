"""Copies of documents in a folder next to an exported file that does not contain them."""

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain, count
from pathlib import Path, PurePath

from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.errors.storage_errors import NameConflict
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole
from chatdesk.storage.files.file_writing import force_to_disk, on_chosen_drive
from chatdesk.storage.files.unfinished_exports import unfinished_path


class DocumentCopies:
    """The copies for the file at `path`. `read` returns the content of a document by its hash, or None; it is called on a thread.

    They are written into an unfinished folder, which is all that remains if the disk is disconnected meanwhile.
    """

    def __init__(self, path: Path, read: Callable[[str], bytes | None]) -> None:
        self._path = path
        self._folder = path.with_name(f"{path.stem}_files")
        self._unfinished = unfinished_path(self._folder)
        self._read = read
        self._written: dict[str, str] = {}
        """The names of the files in the unfinished folder, by those that ignore case."""
        self._created: list[Path] = []
        """What `finish` has put where nothing was before, in order."""

    async def add(self, documents: Iterable[DocumentPart]) -> Mapping[str, str]:
        """Copy documents; return the paths that they will have relative to the file, by hash. Raises `ChatdeskError`."""
        copies: dict[str, str] = {}
        for document in documents:
            if document.sha256 not in copies and (data := await asyncio.to_thread(self._read, document.sha256)):
                name = safe_file_name(document.name) or document.sha256[:8]
                name = await on_chosen_drive(self._path, partial(self._write, name, data))
                copies[document.sha256] = f"{self._folder.name}/{name}"
        return copies

    def finish(self) -> None:
        """Put the copies into their folder. Blocks. Raises `OSError`."""
        if not self._written:
            return
        if not self._folder.exists():
            self._unfinished.rename(self._folder)
            self._created += [self._folder, *(self._folder / name for name in self._written.values())]
            return
        for name in self._written.values():
            if (path := self._folder / name).exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            (self._unfinished / name).rename(path)
            self._created.append(path)
        self._unfinished.rmdir()

    def remove(self) -> None:
        """Remove what was copied, because the file was not written. Blocks."""
        shutil.rmtree(self._unfinished, ignore_errors=True)
        for path in reversed(self._created):
            with suppress(OSError):
                if path == self._folder:
                    path.rmdir()
                else:
                    path.unlink()

    def _write(self, name: str, data: bytes) -> str:
        """Write a copy unless the folder has it already; return its name. Raises `OSError` and `NameConflict`."""
        if self._folder.exists() and not self._folder.is_dir():
            raise NameConflict(name=self._folder.name, reason=os.strerror(errno.EEXIST))
        stem, suffix = PurePath(name).stem, PurePath(name).suffix
        for each in chain([name], (f"{stem} ({number}){suffix}" for number in count(2))):
            if each.casefold() in self._written:
                continue
            if not (self._folder / each).exists():
                break
            if self._holds(each, data):
                return each
        self._unfinished.mkdir(exist_ok=True)
        path = self._unfinished / each
        path.write_bytes(data)
        force_to_disk(path)
        self._written[each.casefold()] = each
        return each

    def _holds(self, name: str, data: bytes) -> bool:
        with suppress(FileTooLarge, NotARegularFile):
            return read_whole(self._folder / name, len(data)) == data
        return False
