"""Keeps the preset library as its files are, once the window is seen, and in the window's language.

What the library is: `features/presets/services/presets.py`. What is shown of it follows its announcements.
"""

import asyncio
from contextlib import suppress

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from chatdesk.features.presets.services.presets import Presets
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

_CALM = 200
"""ms. An editor that saves writes, renames and deletes; a copy of many files goes on for a while."""
_MOST_WATCHED = 1_000
"""Files; systems let a program watch so many. What happens to others is seen when the window comes to the front."""
_WATCHED_AT_ONCE = 50


class PresetWatch(QObject):
    """`begin` once the window is seen. Told by the window that the language changed and that it came to the front."""

    def __init__(self, presets: Presets, appearance: Appearance, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._presets = presets
        self._appearance = appearance
        self._tasks = tasks
        self._loading = asyncio.Lock()
        self._loaded = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._timer = QTimer(self, singleShot=True, interval=_CALM)
        self._timer.timeout.connect(self.look_again)

    def begin(self) -> None:
        """Read the library and watch one's own presets."""
        self._loop = asyncio.get_running_loop()
        self._tasks.start(self._begin(), "read the presets")

    def follow_language(self) -> None:
        """Read the built-in presets again if the window speaks another language than they."""
        if self._loaded and self._loaded != self._appearance.language:
            self._tasks.start(self._load(), "read the presets of another language")

    def look_again(self) -> None:
        """Read what changed. Not every file system tells of changes."""
        if self._watcher and self._loop and self._presets.loaded:
            self._loop.call_soon(
                self._start_looking
            )  # Qt may tell of it while the loop does not run: at its very start and end

    def stop(self) -> None:
        """Watch nothing any more."""
        self._timer.stop()
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None

    async def _begin(self) -> None:
        with suppress(FileNotSaved):  # the built-in ones are there; saving one's own will tell what is wrong
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

    def _start_looking(self) -> None:
        if self._watcher:
            self._tasks.start(self._look_again(), "read changed presets")

    async def _look_again(self) -> None:
        await self._presets.look_again()
        await self._watch()

    def _on_change(self) -> None:
        if not self._timer.isActive():  # not put off again and again while a folder is being filled
            self._timer.start()

    async def _watch(self) -> None:
        """Watch the folder, and each file: writing in place does not change a folder, and a replaced file is watched no more."""
        if self._watcher is None:
            return
        watched = {*self._watcher.directories(), *self._watcher.files()}
        wanted = {str(path) for path in (self._presets.folder, *self._presets.files()[: _MOST_WATCHED - 1])}
        new = sorted(wanted - watched)
        if gone := watched - wanted:
            self._watcher.removePaths(list(gone))
        for start in range(0, len(new), _WATCHED_AT_ONCE):
            self._add(new[start : start + _WATCHED_AT_ONCE])
            await asyncio.sleep(0)
        if new:
            self._on_change()  # what was written between being read and being watched

    def _add(self, paths: list[str]) -> None:
        if self._watcher is not None:  # the window may have been closed meanwhile
            self._watcher.addPaths(paths)
