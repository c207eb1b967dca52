"""The folder of downloaded models: where it is, whether LM Studio uses the same one, and moving it.

An interrupted move leaves some models in each of the two folders. Both are searched until it is continued or undone.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from chatdesk.features.models.services.pulls import Pulls
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.kernel.settings.declarations import ENGINE_MODELS_FOLDER, ENGINE_MODELS_MOVING
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.model_moving import move_models
from chatdesk.storage.files.model_store import ModelStore

_LOOKING_SECONDS = 5.0


class FolderChanged:
    """The folder, or the progress of a move, changed."""


class _CancelledError(Exception):
    """The move is no longer wanted."""


class ModelsFolder:
    """One per program, used on the event loop; `close` it at the end. `refresh` searches for models again.

    Downloads pause while the folder moves. Other programs' folders are looked for below `home`.
    """

    def __init__(
        self,
        files: ModelFiles,
        settings: Settings,
        pulls: Pulls,
        refresh: Callable[[], Awaitable[object]],
        work: RunningWork,
        home: Path | None = None,
    ) -> None:
        self.changes: Announcer[FolderChanged] = Announcer()
        self.progress: tuple[int, int] | None = None
        """Bytes moved so far, and their total, while the folder moves."""
        self.error: StorageError | None = None
        """Why the last move failed."""
        self.lm_studio: Path | None = None
        """LM Studio's folder of models, if it was found by `look`."""
        self._files = files
        self._settings = settings
        self._pulls = pulls
        self._refresh = refresh
        self._work = work
        self._home = home
        self._task: asyncio.Task[None] | None = None
        self._cancelled = False

    @property
    def path(self) -> Path:
        """The folder; it may not exist yet."""
        return self._files.folder

    @property
    def is_default(self) -> bool:
        """Whether it is the default folder."""
        return self.path == self._files.default_folder

    @property
    def is_shared(self) -> bool:
        """Whether it is LM Studio's folder, too."""
        return self.lm_studio is not None and self.path == self.lm_studio

    @property
    def pending(self) -> Path | None:
        """The other folder of a move that is running or was interrupted."""
        return self._files.moving_to

    async def look(self) -> None:
        """Look for LM Studio's folder."""
        try:
            self.lm_studio = await run_in_daemon_thread(self._find_lm_studio, "LM Studio's folder", _LOOKING_SECONDS)
        except TimeoutError:
            return
        self.changes.announce(FolderChanged())

    def move(self, target: Path | None = None) -> None:
        """Begin to move all models to another folder (None: the default one), or continue."""
        target = target or self._files.default_folder
        if self._task is None and (target != self.path or self.pending):
            self._cancelled, self.error, self.progress = False, None, (0, 0)
            self._task = asyncio.get_running_loop().create_task(self._move(target), name="move the models")

    def move_back(self) -> None:
        """Undo an interrupted move: what has been moved returns."""
        if self._task is None and (other := self.pending):
            here = self.path
            self._choose(other)
            self._settings.set(ENGINE_MODELS_MOVING, str(here))
            self.move(here)

    def cancel(self) -> None:
        """Interrupt the move; what has been moved stays in the other folder."""
        self._cancelled = True

    async def close(self) -> None:
        """Interrupt the move, and return when its thread has noticed."""
        self.cancel()
        if self._task:
            await asyncio.wait([self._task])

    async def _move(self, target: Path) -> None:
        paused = [pull.ref for pull in self._pulls.all() if pull.is_active and pull.ref.server_id == BUILT_IN_ID]
        for ref in paused:
            self._pulls.pause(ref)
        self._settings.set(ENGINE_MODELS_MOVING, str(target))
        self.changes.announce(FolderChanged())
        try:
            with self._work.begin(JobKind.MOVE, lambda: target.name) as job:
                await self._run(target, job.report_progress)
            self._choose(target)
            self._settings.set(ENGINE_MODELS_MOVING, "")
        except _CancelledError:
            pass
        except StorageError as error:
            self.error = error
        try:
            for ref in paused:
                self._pulls.resume(ref)
            await self._refresh()
        finally:
            self.progress = self._task = None
            self.changes.announce(FolderChanged())

    async def _run(self, target: Path, report_share: Callable[[float], None]) -> None:
        loop = asyncio.get_running_loop()

        def show(done: int, total: int) -> None:
            self.progress = (done, total)
            report_share(done / total if total else 1.0)
            self.changes.announce(FolderChanged())

        def report(done: int, total: int) -> None:
            if self._cancelled:
                raise _CancelledError
            loop.call_soon_threadsafe(show, done, total)

        move = partial(move_models, self._files.store, ModelStore(lambda: target), report)
        await run_in_daemon_thread(move, "move the models")

    def _choose(self, folder: Path) -> None:
        self._settings.set(ENGINE_MODELS_FOLDER, "" if folder == self._files.default_folder else str(folder))

    def _find_lm_studio(self) -> Path | None:
        from chatdesk.engine.model_folders import usual_folders  # noqa: PLC0415 - start-up time

        folders = usual_folders(os.environ, self._home or Path.home())
        return next((folder.path for folder in folders if folder.origin is ModelOrigin.LM_STUDIO), None)
