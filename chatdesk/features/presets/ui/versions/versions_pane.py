"""Pane with the versions of a user preset, in place of its editor: differences, and restoring an old version."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.previews.ui.versions.versions_view import VersionsView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label


class VersionsPane(Translated, QWidget):
    """`view` contains the list and the differences. `left`: return to the editor (button or Esc)."""

    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = ""
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("leaveVersions")
        self._back.clicked.connect(self.left)
        self._title = Label(appearance, "panelTitle", "text", self, elide=True)
        self.view = VersionsView(appearance, self, can_show=False)
        self._row = QHBoxLayout()
        self._row.addWidget(self._back)
        self._row.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._row)
        layout.addWidget(self.view, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_name(self, name: str) -> None:
        """Set the name of the preset."""
        self._name = name
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._row.setContentsMargins(theme.length("m"), theme.length("m"), theme.length("xl"), theme.length("s"))
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._back.set_name(self.tr("Back to preset"))
        self._title.set_text(self.tr("Versions of {name}").format(name=self._name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
