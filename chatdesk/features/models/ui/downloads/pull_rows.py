"""Downloads below each other, each with its buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.models.ui.downloads.pull_row import PullRow, ShownPull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance


class PullRows(QWidget):
    """Signals carry the download they are about; `near_wanted` also the name to get in its place."""

    insisted = Signal(ModelRef)
    resumed = Signal(ModelRef)
    paused = Signal(ModelRef)
    cancelled = Signal(ModelRef)
    chat_requested = Signal(ModelRef)
    repaired = Signal(ModelRef)
    near_wanted = Signal(ModelRef, str)
    page_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pulls: Sequence[ShownPull] = ()
        self._rows: list[PullRow] = []
        self._more = QTimer(self, singleShot=True, interval=0)
        """One row at a time: many at once would hold the window up."""
        self._more.timeout.connect(self._add_row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.theme.length("s"))

    def show_pulls(self, pulls: Sequence[ShownPull]) -> None:
        """Show these."""
        self._pulls = pulls
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(pulls))
            if place < len(pulls):
                row.show_pull(pulls[place])
        if not self._more.isActive():
            self._add_row()

    def _add_row(self) -> None:
        place = len(self._rows)
        if place >= len(self._pulls):
            return
        row = PullRow(self._appearance, self)
        row.buttons.get_requested.connect(lambda: self.resumed.emit(row.ref))
        row.buttons.pause_requested.connect(lambda: self.paused.emit(row.ref))
        row.buttons.cancel_requested.connect(lambda: self.cancelled.emit(row.ref))
        row.buttons.chat_requested.connect(lambda: self.chat_requested.emit(row.ref))
        row.buttons.anyway_requested.connect(lambda: self.insisted.emit(row.ref))
        row.buttons.repair_requested.connect(lambda: self.repaired.emit(row.ref))
        row.page_requested.connect(self.page_requested)
        row.near_requested.connect(lambda near: self.near_wanted.emit(row.ref, near))
        self._rows.append(row)
        row.show_pull(self._pulls[place])
        self._column.addWidget(row)
        row.show()
        if len(self._rows) < len(self._pulls):
            self._more.start()
