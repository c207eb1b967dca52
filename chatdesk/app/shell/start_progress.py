"""Progress window while the main window is closed: the chats are migrated after an update, checked after a crash, replaced or moved.

It cannot be cancelled: each of these happens completely or not at all, so killing the program is as safe.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class StartProgress(Translated, QWidget):
    """Progress window. Show it, call `set_share` if the share is known, and `end` before the main window is shown."""

    def __init__(self, appearance: Appearance, work: str = "") -> None:
        """`work` is the name of a `ClosedWork`; empty for a start."""
        super().__init__()
        self._work = work
        self._appearance = appearance
        self._share: float | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        self._title = Label(appearance, "title", "text", self, wrap=True)
        self._details = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._bar = ProgressBar(appearance, parent=self)
        layout = QVBoxLayout(self)
        margin = appearance.theme.length("page")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(appearance.theme.length("l"))
        for part in (self._title, self._details, self._bar):
            layout.addWidget(part)
        self.setFixedWidth(appearance.theme.length("settingsColumn"))
        appearance.bind(self._show_text)

    def set_share(self, share: float) -> None:
        """Show the completed share of the migration, from 0 to 1."""
        is_new, self._share = self._share is None, share
        if is_new:
            self._show_text()
        self._bar.set_fraction(share)

    def end(self) -> None:
        """Close the window."""
        self.hide()
        self.deleteLater()

    def _show_text(self) -> None:
        title, details = self._texts()
        self.setWindowTitle("Chatdesk")
        self._title.set_text(title)
        self._details.set_text(details)
        self._bar.setAccessibleName(title)
        self._bar.setVisible(self._share is not None)
        if layout := self.layout():
            layout.activate()
            self.setFixedHeight(max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()))

    def _texts(self) -> tuple[str, str]:
        match self._work:
            case "restore":
                return self.tr("Restoring your chats"), self.tr("The current chats are kept in a file next to them.")
            case "move":
                return (
                    self.tr("Moving your data"),
                    self.tr("Everything is copied and checked before the old folder is emptied."),
                )
        if self._share is not None:
            return (
                self.tr("Updating your chats"),
                self.tr("A backup is made first. This is needed only once after an update and can take a few minutes."),
            )
        return (
            self.tr("Opening your chats"),
            self.tr("Chatdesk did not close properly, so your chats are being checked. This can take a few minutes."),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ignore attempts to close the window: it closes when the start is complete."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore keys: there is nothing to type before the chats are open."""
        event.accept()

    def _retranslate(self) -> None:
        self._show_text()
