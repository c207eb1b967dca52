"""The files of a server that are really in a folder: they outlive who has written them, and can be replaced below the server."""

from collections.abc import Iterator, MutableMapping
from email.utils import formatdate
from pathlib import Path


class FilesBelow(MutableMapping[str, bytes | None]):
    """The files of a `WebDavServer` by path, below a folder. Paths of folders end in a slash, and have no content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, path: str) -> bytes | None:
        if path not in self:
            raise KeyError(path)
        return None if path.endswith("/") else self._path(path).read_bytes()

    def __setitem__(self, path: str, content: bytes | None) -> None:
        if content is None:
            self._path(path).mkdir()
        else:
            self._path(path).write_bytes(content)

    def __delitem__(self, path: str) -> None:
        if path not in self:
            raise KeyError(path)
        self._path(path).unlink()

    def __contains__(self, path: object) -> bool:
        found = self._path(str(path))
        return found.is_dir() if str(path).endswith("/") else found.is_file()

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self._folder.rglob("*")):
            yield f"/{path.relative_to(self._folder).as_posix()}{'/' * path.is_dir()}"

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changed(self, path: str) -> str:
        """Return when a file was changed last, as a server tells it."""
        return formatdate(self._path(path).stat().st_mtime, usegmt=True)

    def _path(self, path: str) -> Path:
        return self._folder / path.strip("/")
