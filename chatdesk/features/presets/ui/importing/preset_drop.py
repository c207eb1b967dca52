"""Lets files be dropped on a part of the window, to be read as presets."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


class PresetDrop(QObject):
    """Watches `widget`. Without `pictures`, pictures are left to what lies below: there they are meant to be sent along."""

    dropped = Signal(tuple)
    """The paths."""

    def __init__(self, widget: QWidget, *, pictures: bool) -> None:
        super().__init__(widget)
        self._pictures = pictures
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is dropped, if it is files."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        paths = self._paths(event.mimeData())
        if not paths:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(tuple(paths))
        return True

    def _paths(self, data: QMimeData) -> Sequence[Path]:
        if not data.hasUrls() or not all(url.isLocalFile() for url in data.urls()):
            return ()
        paths = [Path(url.toLocalFile()) for url in data.urls()]
        all_pictures = all(path.suffix.lower() in _PICTURES for path in paths)
        return () if all_pictures and not self._pictures else paths
