"""The folder of downloaded models, `<owner>/<repository>/<file>` like LM Studio's, and its journal.

The journal says where each model came from. A model is entered before its files are moved to their places, and marked as complete
afterwards; until then, nobody uses it. So all files of a model become visible at once, whenever the program is ended.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from chatdesk.kernel.errors.storage_errors import FileUnavailable, StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import force_to_disk, make_private_folder
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.part_file import SUFFIX, PartFile

_log = logging.getLogger(__name__)

_JOURNAL_NAME = ".chatdesk-models.json"
_PARTS_NAME = ".parts"
_MAX_NAME_LENGTH = 200
_MAX_MODELS = 10_000
_MODEL_ENDING = ".gguf"
_PART_NUMBER = re.compile(r"-\d{5}-of-\d{5}$")
_KEY = "models"

# A download as JSON.

_MAX_FILES = 1000
_MAX_TEXT_LENGTH = 1000
_MAX_BYTES = 2**53
_SHA256 = re.compile(r"[0-9a-f]{64}")


def encoded_download(download: ModelDownload) -> dict[str, object]:
    """Return a download from a hub as JSON."""
    return {
        "name": download.name,
        "licence": download.licence,
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in download.files],
        "sources": [_encoded_source(source) for source in download.sources],
    }


def _encoded_source(source: HubRepository) -> dict[str, object]:
    return {"hub": source.hub.value, "name": source.name, "revision": source.revision}


def decoded_download(value: object) -> ModelDownload | None:
    """Return a download read from JSON; None if it is not valid."""
    if not isinstance(value, Mapping):
        return None
    files, sources = _rows(value.get("files"), _file), _rows(value.get("sources"), _source)
    name, licence = value.get("name"), value.get("licence")
    if not (files and sources and _is_text(name) and isinstance(licence, str)):
        return None
    return ModelDownload(str(name), files, sources, licence)


def _rows[Row](values: object, read: Callable[[Mapping[str, object]], Row | None]) -> tuple[Row, ...]:
    """Return the rows of a list; empty if one of them is not valid."""
    if not isinstance(values, list) or len(values) > _MAX_FILES:
        return ()
    rows = tuple(read(value) if isinstance(value, Mapping) else None for value in values)
    return tuple(row for row in rows if row is not None) if None not in rows else ()


def _file(row: Mapping[str, object]) -> DownloadFile | None:
    path, size, sha256 = row.get("path"), row.get("size"), row.get("sha256")
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 < size < _MAX_BYTES
    if not (_is_text(path) and is_size and isinstance(sha256, str) and _SHA256.fullmatch(sha256)):
        return None
    return DownloadFile(str(path), int(str(size)), sha256)


def _source(row: Mapping[str, object]) -> HubRepository | None:
    hub, name, revision = row.get("hub"), row.get("name"), row.get("revision")
    if hub not in set(HubKind) or not _is_text(name) or not isinstance(revision, str):
        return None
    return HubRepository(HubKind(str(hub)), str(name), revision)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_TEXT_LENGTH


# The journal.


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A downloaded model."""

    id: str
    """How the built-in engine identifies it."""
    download: ModelDownload
    """Its files and where they are offered; the first source names its folder."""
    paths: tuple[str, ...]
    """Places of the files, in their order, relative to the folder of models and with `/`."""
    source: HubRepository
    """Where the files came from, with the commit if the hub sent it."""
    downloaded_at: datetime | None = None
    """When it was complete; None until then."""


class ModelStore:
    """The downloaded models. `folder` returns the folder of models, which the user can change.

    Methods that read or write files block, may be called on any thread, and raise a `StorageError`.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self.models: tuple[StoredModel, ...] = ()
        """Content of the journal when it was last read or written."""

    @property
    def folder(self) -> Path:
        """The folder of models; it need not exist yet."""
        return self._folder()

    def read(self) -> tuple[StoredModel, ...]:
        """Read the journal, and return the models whose files exist."""
        with self._lock:
            rows = self._journal().read()[0].get(_KEY)
            found = map(_decoded, rows[:_MAX_MODELS]) if isinstance(rows, list) else ()
            self.models = tuple(model for model in found if model)
        return tuple(model for model in self.models if all(path.is_file() for path in self.paths_of(model)))

    def find(self, download: ModelDownload) -> StoredModel | None:
        """Return the model with the same content that was in the journal when it was last read; None if there is none."""
        return next((model for model in self.models if model.download.has_same_content(download)), None)

    def paths_of(self, model: StoredModel) -> tuple[Path, ...]:
        """Return the paths of a model's files."""
        return tuple(self.folder / path for path in model.paths)

    def part(self, file: DownloadFile) -> PartFile:
        """Return the part of a file that is being downloaded."""
        return PartFile(self.folder / _PARTS_NAME, file.size, file.sha256)

    def free_id(self, download: ModelDownload, reserved_ids: Iterable[str]) -> str:
        """Return an id for a model: the name of its first file, with that of its repository or a number if it is taken."""
        used = {*reserved_ids, *(model.id for model in self.models)}
        name = _PART_NUMBER.sub("", _stem(download.files[0].path))
        wanted = name if name not in used else f"{name} ({download.sources[0].name.rpartition('/')[2]})"
        number, unique = 2, wanted
        while unique in used:
            unique, number = f"{wanted} {number}", number + 1
        return unique

    def place(self, model_id: str, download: ModelDownload, source: HubRepository, now: datetime) -> StoredModel:
        """Move the parts of a model, which are complete and correct, to their final paths. A repeated call continues an interrupted one."""
        with self._lock:
            self.read()
            model = self.find(download) or StoredModel(model_id, download, self._free_paths(download), source)
            self._write(model)
            for file, path in zip(download.files, self.paths_of(model), strict=True):
                with storage_errors(path, FileUnavailable):
                    make_private_folder(path.parent)
                    part = self.part(file).path
                    if part.exists() or not path.exists():
                        part.replace(path)
                    force_to_disk(path.parent)
            model = replace(model, downloaded_at=now)
            self._write(model)
            return model

    def missing_files(self, download: ModelDownload) -> tuple[DownloadFile, ...]:
        """Return the files of a model that are not at their final paths.

        Some are there already if `place` was interrupted, or if another model of the repository has the same projector.
        """
        with self._lock, storage_errors(self.folder, FileUnavailable):
            self.read()
            known = self.find(download)
            paths = known.paths if known else self._free_paths(download)
            pairs = zip(download.files, (self.folder / path for path in paths), strict=True)
            return tuple(file for file, path in pairs if not (path.is_file() and path.stat().st_size == file.size))

    def receive(
        self, model: StoredModel, old_paths: Iterable[Path], bring: Callable[[Path, Path, DownloadFile], object]
    ) -> None:
        """Add a model from another folder. A repeated call continues an interrupted one.

        `bring` creates a file at its new path from its old path; it may raise `OSError`.
        """
        with self._lock:
            self.read()
            entry = self.find(model.download)
            entry = entry or replace(model, paths=self._free_paths(model.download), downloaded_at=None)
            self._write(entry)
            for old, path, file in zip(old_paths, self.paths_of(entry), model.download.files, strict=True):
                with storage_errors(path, FileUnavailable):
                    make_private_folder(path.parent)
                    if not (path.is_file() and path.stat().st_size == file.size):
                        bring(old, path, file)
            self._write(replace(entry, downloaded_at=model.downloaded_at))

    def part_paths(self) -> tuple[Path, ...]:
        """Return the parts of all unfinished downloads."""
        return tuple(sorted((self.folder / _PARTS_NAME).glob(f"*{SUFFIX}")))

    def delete(self, model_id: str, remove: Callable[[Path], object] = Path.unlink) -> None:
        """Remove the files of a downloaded model, except those that other downloaded models use, and its entry. Raises `KeyError`.

        `remove` removes one file; it may raise `OSError`.
        """
        with self._lock:
            self.read()
            model = next((each for each in self.models if each.id == model_id), None)
            if model is None:
                raise KeyError(model_id)
            shared = {path for each in self.models if each.id != model_id for path in each.paths}
            for path in (self.folder / each for each in model.paths if each not in shared):
                with storage_errors(path, FileUnavailable), suppress(FileNotFoundError):
                    remove(path)
                self._remove_empty_folders(path.parent)
            self._write_all(tuple(each for each in self.models if each.id != model_id))

    def discard_parts(self, kept: Iterable[ModelDownload]) -> None:
        """Delete the parts of all unfinished downloads but these."""
        wanted = {self.part(file).path.name for download in kept for file in download.files}
        folder = self.folder / _PARTS_NAME
        with self._lock, storage_errors(folder, FileUnavailable):
            for path in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def _locations_of(self, file: DownloadFile) -> list[Path]:
        return [
            self.folder / path
            for model in self.models
            for other, path in zip(model.download.files, model.paths, strict=True)
            if other.sha256 == file.sha256
        ]

    def _free_paths(self, download: ModelDownload) -> tuple[str, ...]:
        """Return places for the files. If other files have the names, a folder in between is named after the hash.

        A projector that other models of the repository use is shared.
        """
        owner, _, repository = download.sources[0].name.rpartition("/")
        folder = PurePosixPath(_safe(owner), _safe(repository))
        for inner in (folder, folder / download.files[0].sha256[:12]):
            paths = [inner / (_safe(_stem(file.path)) + _MODEL_ENDING) for file in download.files]
            if len({*map(str, paths)}) == len(paths) and all(
                not (self.folder / path).exists() or self.folder / path in self._locations_of(file)
                for path, file in zip(paths, download.files, strict=True)
            ):
                return tuple(map(str, paths))
        return tuple(str(folder / file.sha256[:12] / f"{file.sha256}{_MODEL_ENDING}") for file in download.files)

    def _remove_empty_folders(self, folder: Path) -> None:
        with suppress(OSError):  # not empty
            while folder != self.folder and self.folder in folder.parents:
                folder.rmdir()
                folder = folder.parent

    def _write(self, model: StoredModel) -> None:
        """Enter a model, or replace the entry of the same id."""
        self._write_all((*(each for each in self.models if each.id != model.id), model))

    def _write_all(self, models: tuple[StoredModel, ...]) -> None:
        self._journal().write({_KEY: [_encoded(model) for model in models]})
        self.models = models

    def _journal(self) -> JsonFile:
        return JsonFile(self.folder / _JOURNAL_NAME)


def read_or_empty(store: ModelStore) -> tuple[StoredModel, ...]:
    """Return the downloaded models; none if the journal cannot be read, because then only their origin is unknown."""
    try:
        return store.read()
    except StorageError as error:
        _log.warning("The journal of downloaded models cannot be read: %r", error)
        return ()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(_MODEL_ENDING)


def _safe(name: str) -> str:
    return safe_file_name(name, _MAX_NAME_LENGTH) or "_"


def _encoded(model: StoredModel) -> dict[str, object]:
    downloaded_at = model.downloaded_at
    return {
        "id": model.id,
        "paths": list(model.paths),
        "source": _encoded_source(model.source),
        "downloaded_at": downloaded_at.isoformat() if downloaded_at else None,
        "download": encoded_download(model.download),
    }


def _decoded(row: object) -> StoredModel | None:
    if not isinstance(row, Mapping):
        return None
    model_id, paths, moment = row.get("id"), row.get("paths"), row.get("downloaded_at")
    download, source = decoded_download(row.get("download")), row.get("source")
    if not (isinstance(model_id, str) and model_id and isinstance(paths, list) and download):
        return None
    known_source = _source(source) if isinstance(source, Mapping) else None
    if len(paths) != len(download.files) or not all(isinstance(path, str) and _is_inside(path) for path in paths):
        return None
    downloaded_at = None
    if isinstance(moment, str):
        with suppress(ValueError):
            downloaded_at = datetime.fromisoformat(moment)
    return StoredModel(model_id, download, tuple(paths), known_source or download.sources[0], downloaded_at)


def _is_inside(path: str) -> bool:
    """Return whether a place from the journal is inside the folder: it may have been edited by hand, and its files can be deleted."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute() and not {"\\", ":"} & {*path}
