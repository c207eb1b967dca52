"""Copies of documents in a folder next to an exported file that does not contain them."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path, PurePath

from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole
from chatdesk.storage.files.file_writing import not_saved, save_bytes


class DocumentCopies:
    """The copies for the file at `path`. `read` returns the content of a document by its hash, or None; it is called on a thread."""

    def __init__(self, path: Path, read: Callable[[str], bytes | None]) -> None:
        self._folder = path.with_name(f"{path.stem}_files")
        self._read = read
        self._created: list[Path] = []
        """What was not there before, in order."""

    async def add(self, documents: Iterable[DocumentPart]) -> Mapping[str, str]:
        """Copy documents; return their paths relative to the file, by hash. Raises `ChatdeskError`."""
        copies: dict[str, str] = {}
        for document in documents:
            if document.sha256 not in copies and (data := await asyncio.to_thread(self._read, document.sha256)):
                name = safe_file_name(document.name) or document.sha256[:8]
                copy = await asyncio.to_thread(self._free_path, name, data)
                await save_bytes(copy, data)
                copies[document.sha256] = f"{self._folder.name}/{copy.name}"
        return copies

    def remove(self) -> None:
        """Remove what was copied, because the file was not written."""
        for path in reversed(self._created):
            with suppress(OSError):
                if path == self._folder:
                    path.rmdir()
                else:
                    path.unlink()

    def _free_path(self, name: str, data: bytes) -> Path:
        """Create the folder, and return a path in it that is free or has the same content."""
        with not_saved(self._folder):
            if not self._folder.is_dir():
                self._folder.mkdir()
                self._created.append(self._folder)
            stem, suffix = PurePath(name).stem, PurePath(name).suffix
            names = chain([name], (f"{stem} ({number}){suffix}" for number in count(2)))
            free = next(each for each in names if not (self._folder / each).exists() or self._holds(each, data))
            path = self._folder / free
            if not path.exists():
                self._created.append(path)
            return path

    def _holds(self, name: str, data: bytes) -> bool:
        with suppress(FileTooLarge, NotARegularFile):
            return read_whole(self._folder / name, len(data)) == data
        return False
