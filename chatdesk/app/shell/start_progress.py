"""Progress window for a slow start: the chats are migrated after an update, or checked after a crash.

It cannot be cancelled: a migration is one transaction, so killing the program is as safe.
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

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
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
        updating = self._share is not None
        title = self.tr("Updating your chats") if updating else self.tr("Opening your chats")
        self.setWindowTitle("Chatdesk")
        self._title.set_text(title)
        self._details.set_text(
            self.tr("A backup is made first. This is needed only once after an update and can take a few minutes.")
            if updating
            else self.tr(
                "Chatdesk did not close properly, so your chats are being checked. This can take a few minutes."
            )
        )
        self._bar.setAccessibleName(title)
        self._bar.setVisible(updating)
        if layout := self.layout():
            layout.activate()
            self.setFixedHeight(max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ignore attempts to close the window: it closes when the start is complete."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore keys: there is nothing to type before the chats are open."""
        event.accept()

    def _retranslate(self) -> None:
        self._show_text()
