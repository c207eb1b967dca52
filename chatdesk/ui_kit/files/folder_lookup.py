"""Folders that are looked at on a thread: one whose disk or server hangs must not block the window."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from threading import enumerate as running_threads

from PySide6.QtCore import QObject, QTimer

_TIMEOUT_MILLISECONDS = 1_000
_POLL_MILLISECONDS = 8
"""Half a frame."""


class FolderLookup(QObject):
    """Finds a folder, or its nearest existing parent, and deletes itself then. Create it on the thread of the window.

    While an earlier lookup of the same folder hangs, no further thread is started: the folder does not respond. The result is polled,
    because a signal of the thread would crash the program if this was deleted at that moment.
    """

    def __init__(self, folder: Path, then: Callable[[Path | None], object], parent: QObject) -> None:
        """Call `then` with what was found, or with None if the folder does not respond within a second."""
        super().__init__(parent)
        self._then = then
        self._found: list[Path] = []
        self._polls_left = _TIMEOUT_MILLISECONDS // _POLL_MILLISECONDS
        self._poll = QTimer(self, interval=_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._look_for_result)
        self._poll.start()
        name = f"look for {folder}"
        if any(thread.name == name for thread in running_threads()):
            self._polls_left = 0
        else:
            Thread(target=_look, args=(folder, self._found), name=name, daemon=True).start()

    def _look_for_result(self) -> None:
        self._polls_left -= 1
        if self._found or self._polls_left < 0:
            self._poll.stop()
            self.deleteLater()
            self._then(next(iter(self._found), None))


def _look(folder: Path, found: list[Path]) -> None:
    """Add what is found. For the thread."""
    found.append(next((each for each in (folder, *folder.parents) if _is_folder(each)), folder))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
