"""Watcher that keeps the preset library up to date with its files and with the language of the window.

`features/presets/services/presets.py` is the library. Views follow its announcements.
"""

import asyncio
from contextlib import suppress

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from chatdesk.features.presets.services.presets import Presets
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

_DELAY = 200
"""Milliseconds to wait after a change: editors save in several steps, and copying many files takes a while."""
_MAX_WATCHED = 1_000
"""Maximum number of watched files, which systems limit. Changes to other files are noticed when the window is activated."""
_BATCH_SIZE = 50


class PresetWatch(QObject):
    """Call `begin` once the window is shown. The window calls `follow_language` and `reload_changed`."""

    def __init__(self, presets: Presets, appearance: Appearance, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._presets = presets
        self._appearance = appearance
        self._tasks = tasks
        self._loading = asyncio.Lock()
        self._loaded = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self.reload_changed)

    def begin(self) -> None:
        """Load the library and watch the user presets."""
        self._loop = asyncio.get_running_loop()
        self._tasks.start(self._begin(), "read the presets")

    def follow_language(self) -> None:
        """Reload the built-in presets if the language of the window has changed."""
        if self._loaded and self._loaded != self._appearance.language:
            self._tasks.start(self._load(), "read the presets of another language")

    def reload_changed(self) -> None:
        """Read changed files. Needed because not every file system reports changes."""
        if self._watcher and self._loop and self._presets.loaded:
            # Qt may call this while the loop is not running: at its start and end.
            self._loop.call_soon(self._start_reload)

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None

    async def _begin(self) -> None:
        with suppress(FileNotSaved):  # built-in presets are available; saving a preset will report the error
            await self._presets.make_folder()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_change)
        self._watcher.fileChanged.connect(self._on_change)
        await self._load()
        await self._watch()

    async def _load(self) -> None:
        async with self._loading:
            self._loaded = self._appearance.language
            await self._presets.load(self._loaded)

    def _start_reload(self) -> None:
        if self._watcher:
            self._tasks.start(self._reload(), "read changed presets")

    async def _reload(self) -> None:
        await self._presets.reload_changed()
        await self._watch()

    def _on_change(self) -> None:
        if not self._timer.isActive():  # not restarted, so that continuous changes cannot delay it
            self._timer.start()

    async def _watch(self) -> None:
        """Watch the folder and each file: writing in place does not change the folder, and a replaced file is no longer watched."""
        if self._watcher is None:
            return
        watched = {*self._watcher.directories(), *self._watcher.files()}
        wanted = {str(path) for path in (self._presets.folder, *self._presets.files()[: _MAX_WATCHED - 1])}
        new = sorted(wanted - watched)
        if removed := watched - wanted:
            self._watcher.removePaths(list(removed))
        for start in range(0, len(new), _BATCH_SIZE):
            self._add(new[start : start + _BATCH_SIZE])
            await asyncio.sleep(0)
        if new:
            self._on_change()  # catches changes between reading and watching

    def _add(self, paths: list[str]) -> None:
        if self._watcher is not None:  # the window may have been closed in the meantime
            self._watcher.addPaths(paths)
