"""Files that macOS hands over: not on the command line, but as events, to the program that runs as well as to one that starts."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileEvents(QObject):
    """Made with the application, as the first events come before there is a window; they wait for `begin`."""

    files_given = Signal(list)
    """Whole paths."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._waiting: list[Path] | None = []
        application.installEventFilter(self)

    def begin(self) -> None:
        """Give what has come so far, and from now on what comes, at once."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            self.files_given.emit(waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the files out of the application's events. An address that is no file is none of ours."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        path = Path(event.file())
        if self._waiting is None:
            self.files_given.emit([path])
        else:
            self._waiting.append(path)
        return True
