"""Models on this computer: the starter model, the user's files, and those of other programs.

`engine/` finds and reads files; `server.py` decides which one is loaded.
"""

import asyncio
import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.engine_errors import StarterModelMissing
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.model_file import FoundModels, ModelFile, ModelHead, ModelOrigin
from chatdesk.kernel.settings.declarations import (
    ENGINE_DELETE_TO_TRASH,
    ENGINE_FIND_MODELS,
    ENGINE_MODEL_PATHS,
    ENGINE_MODELS_FOLDER,
    ENGINE_MODELS_MOVING,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.json_file import JsonFile

if TYPE_CHECKING:
    from chatdesk.engine.gguf.heads import HeadStore
    from chatdesk.storage.files.model_store import ModelStore, StoredModel

_TIMEOUT = 60.0
"""Seconds."""

_log = logging.getLogger(__name__)


class ModelFiles:
    """Finds the model files.

    `cache` is a cache file of model heads; it can be lost. `default_folder` is where downloaded models are stored unless the user chose
    another folder. Other programs' folders are searched below `home`. `trash` moves a file to the trash; it may raise `OSError`.
    """

    def __init__(
        self,
        settings: Settings,
        cache: JsonFile,
        default_folder: Path,
        home: Path | None = None,
        trash: Callable[[Path], object] = Path.unlink,
    ) -> None:
        self._settings = settings
        self._cache = cache
        self.default_folder = default_folder
        self._home = home
        self._trash = trash
        self._search_lock = asyncio.Lock()
        self.timeout = _TIMEOUT
        self.found = FoundModels()
        """Result of the last search."""
        self._store: ModelStore | None = None

    @property
    def folder(self) -> Path:
        """Folder in which downloaded models are stored, as `owner/repository/file`. It may not exist yet."""
        chosen = Path(self._settings.get(ENGINE_MODELS_FOLDER))
        return chosen if chosen.is_absolute() else self.default_folder

    @property
    def moving_to(self) -> Path | None:
        """Another folder that has some of these models, because a move is running or was interrupted; None if there is none."""
        other = Path(self._settings.get(ENGINE_MODELS_MOVING))
        return other if other.is_absolute() and other != self.folder else None

    @property
    def store(self) -> "ModelStore":
        """The downloaded models, with their journal."""
        from chatdesk.storage.files.model_store import ModelStore  # noqa: PLC0415 - start-up time

        self._store = self._store or ModelStore(lambda: self.folder)
        return self._store

    def user_paths(self) -> tuple[Path, ...]:
        """Return the files and folders that the user added, in order; none if the setting was edited by hand and is invalid."""
        try:
            paths = json.loads(self._settings.get(ENGINE_MODEL_PATHS) or "[]")
        except ValueError:
            return ()
        return tuple(Path(path) for path in paths if isinstance(path, str)) if isinstance(paths, list) else ()

    def add(self, paths: Sequence[Path]) -> None:
        """Include files and folders in future searches."""
        self._save_paths((*self.user_paths(), *(path for path in paths if path not in self.user_paths())))

    def remove(self, path: Path) -> None:
        """Exclude a file or folder from future searches. Nothing in it is deleted."""
        self._save_paths(tuple(each for each in self.user_paths() if each != path))

    @property
    def deletes_to_trash(self) -> bool:
        """Whether deleted models go to the trash."""
        return self._settings.get(ENGINE_DELETE_TO_TRASH)

    def can_delete(self, model_id: str) -> bool:
        """Return whether Chatdesk downloaded a model. Files of the user and of other programs are never deleted."""
        file = self.found.find(model_id)
        return file is not None and file.origin is ModelOrigin.DOWNLOADED and self._stored(model_id) is not None

    def freed_by_deleting(self, model_id: str) -> int:
        """Return the size of a downloaded model in bytes, without files that others use, such as a projector."""
        model = self._stored(model_id)
        if model is None:
            return 0
        shared = {path for each in self.store.models if each is not model for path in each.paths}
        files = zip(model.paths, model.download.files, strict=True)
        return sum(file.size for path, file in files if path not in shared)

    async def delete(self, model_id: str) -> None:
        """Delete a downloaded model, or move it to the trash. Raises a `StorageError`; does nothing if it is gone already."""
        remove = self._trash if self.deletes_to_trash else Path.unlink
        with suppress(KeyError):
            await run_in_daemon_thread(lambda: self.store.delete(model_id, remove), "delete a model")

    def _stored(self, model_id: str) -> "StoredModel | None":
        return next((model for model in self.store.models if model.id == model_id), None)

    async def search(self) -> FoundModels:
        """Search for models on a thread, one search at a time.

        If a folder does not respond (on a network drive, for example), the search is abandoned, and only the starter model is found.
        """
        async with self._search_lock:
            search = partial(self._search, self.user_paths(), with_others=self._settings.get(ENGINE_FIND_MODELS))
            try:
                self.found = await run_in_daemon_thread(search, "model search", self.timeout)
            except TimeoutError:
                _log.warning("looking for models took longer than %s s and was abandoned", self.timeout)
                starter = await asyncio.to_thread(self._search, (), with_others=False)
                self.found = replace(starter, is_whole=False)
        return self.found

    async def at(self, path: Path) -> ModelFile | None:
        """Return the model found at a path by the last search, also for another path of the same file, or for one of several parts."""
        files = self.found.files
        try:
            return await run_in_daemon_thread(lambda: _file_at(path, files), "model file", self.timeout)
        except TimeoutError:  # the file is on a drive that does not respond
            return None

    def _save_paths(self, paths: Sequence[Path]) -> None:
        self._settings.set(ENGINE_MODEL_PATHS, json.dumps([str(path) for path in paths]) if paths else "")

    def _search(self, own: Sequence[Path], *, with_others: bool) -> FoundModels:
        from chatdesk.engine.gguf.heads import HeadStore  # noqa: PLC0415 - start-up time
        from chatdesk.engine.model_folders import ModelFolder, usual_folders  # noqa: PLC0415 - likewise
        from chatdesk.engine.model_search import Downloads, ModelSearch  # noqa: PLC0415 - likewise
        from chatdesk.storage.files.model_store import ModelStore, read_or_empty  # noqa: PLC0415 - likewise

        known = self._read_cache()
        head_store = HeadStore(known)
        folders = usual_folders(os.environ, self._home or Path.home()) if with_others else ()
        stores = [self.store, *([ModelStore(lambda: other)] if (other := self.moving_to) else [])]
        for store in stores:
            read_or_empty(store)
        stored = [(store, model) for store in stores for model in store.models]
        titles = {model.id: model.download.name for _store, model in stored}
        count = Counter(titles.values())
        downloads = Downloads(
            {store.paths_of(model)[0]: model.id for store, model in stored},
            {model_id: title for model_id, title in titles.items() if count[title] == 1},
            {path for store, model in stored if not model.downloaded_at for path in store.paths_of(model)},
        )
        here = [ModelFolder(store.folder, ModelOrigin.DOWNLOADED) for store in stores if store.folder.is_dir()]
        found = ModelSearch(head_store, _starter(head_store), downloads).run(own, (*folders, *here))
        if (entries := head_store.entries()) != known:
            self._write_cache(entries)
        return found

    def _read_cache(self) -> dict[str, object]:
        try:
            return self._cache.read()[0]
        except StorageError:
            return {}

    def _write_cache(self, entries: dict[str, object]) -> None:
        try:
            self._cache.write(entries)
        except StorageError as error:
            _log.warning("what was read of model files is not kept: %r", error)


def _file_at(path: Path, files: Sequence[ModelFile]) -> ModelFile | None:
    real = os.path.realpath(path)
    for file in files:
        if os.path.realpath(file.path) == real:
            return file
    together = (file for file in files if file.parts > 1 and file.path.parent == path.parent)
    return next((file for file in together if path.name.startswith(file.path.name.rpartition("-00001-of-")[0])), None)


def _starter(head_store: "HeadStore") -> tuple[ModelFile, ...]:
    """Return the starter model; empty if it is not installed."""
    from chatdesk.engine.installation import find_starter_model  # noqa: PLC0415 - likewise

    try:
        starter = find_starter_model(check=lambda: None)
    except StarterModelMissing:
        return ()
    head = head_store.read(starter.path)
    return (
        ModelFile(
            starter.id,
            starter.path,
            ModelOrigin.STARTER,
            starter.size_bytes,
            head=head if isinstance(head, ModelHead) else None,
            problem=None if isinstance(head, ModelHead) else head,
        ),
    )
