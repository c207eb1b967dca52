"""Files passed by macOS, which sends events to running and starting programs instead of command line arguments."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileEvents(QObject):
    """Collects file events. Create it with the application, since the first events arrive before the window; they wait for `begin`."""

    files_received = Signal(list)
    """Absolute paths."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._waiting: list[Path] | None = []
        application.installEventFilter(self)

    def begin(self) -> None:
        """Emit the collected paths, and from now on each new one at once."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            self.files_received.emit(waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Filter file events from the application's events. URLs that are not files are ignored."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        path = Path(event.file())
        if self._waiting is None:
            self.files_received.emit([path])
        else:
            self._waiting.append(path)
        return True
