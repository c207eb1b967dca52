"""Folders that are looked at on a thread: one whose disk or server hangs must not block the window."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

_TIMEOUT_MILLISECONDS = 1_000


class FolderLookup(QObject):
    """Finds a folder, or its nearest existing parent, and deletes itself then. Create it on the thread of the window.

    While an earlier lookup of the same folder hangs, no further thread is started: the folder does not respond.
    """

    _answered = Signal(object)

    def __init__(self, folder: Path, then: Callable[[Path | None], object], parent: QObject) -> None:
        """Call `then` with what was found, or with None if the folder does not respond within a second."""
        super().__init__(parent)
        self._folder = folder
        self._then = then
        self._is_done = False
        self._answered.connect(self._finish)
        name = f"look for {folder}"
        if any(thread.name == name for thread in threading.enumerate()):
            QTimer.singleShot(0, self, self._give_up)
            return
        QTimer.singleShot(_TIMEOUT_MILLISECONDS, self, self._give_up)
        threading.Thread(target=self._look, name=name, daemon=True).start()

    def _look(self) -> None:
        """Look for the folder. For the thread."""
        folder = self._folder
        found = next((each for each in (folder, *folder.parents) if _is_folder(each)), folder)
        with suppress(RuntimeError):  # it has been given up, and deleted
            self._answered.emit(found)

    def _give_up(self) -> None:
        self._finish(None)

    def _finish(self, found: Path | None) -> None:
        if not self._is_done:
            self._is_done = True
            self.deleteLater()
            self._then(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
