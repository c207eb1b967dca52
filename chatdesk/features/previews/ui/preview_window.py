"""A window of its own for the preview panel, beside the program's. The panel comes as it is and goes as it is: its page runs on."""

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.panel_header import Deed
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel

_LEAST = (360, 320)


class PreviewWindow(QWidget):
    """It has no parent, so that the chat may lie over it. `closed`: a person closed it, and the panel shall go back."""

    closed = Signal()

    def __init__(self, panel: PreviewPanel, geometry: str) -> None:
        """`geometry` is what `shape` returned the last time; empty for the size the panel has now."""
        super().__init__()
        self.setObjectName("previewWindow")
        self._panel = panel
        self.setMinimumSize(*_LEAST)
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore"))):
            self.resize(panel.size().expandedTo(self.minimumSize()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        for keys, act in (
            ("F5", panel.reload),
            ("F11", lambda: panel.deed_wanted.emit(Deed.FULL_SCREEN)),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def shape(self) -> str:
        """Return size and place, to be remembered."""
        return self.saveGeometry().toBase64().toStdString()

    def show_title(self, title: str) -> None:
        """Say what is shown. Titles are somebody else's words, and Qt puts a mark in the place of some."""
        self.setWindowTitle(title.replace("[*]", "[*][*]"))

    def changeEvent(self, event: QEvent) -> None:
        """Freeze the page while the window is minimized."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._panel.set_unseen(unseen=self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the panel back before the window goes."""
        self.closed.emit()
        super().closeEvent(event)
