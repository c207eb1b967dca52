"""The messages queued above the composer while an answer is being written."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_LENGTH = 300
"""Characters of a queued message shown in its row."""


class QueueRows(QWidget):
    """The rows of queued messages, in sending order."""

    edit_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[QueueRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        appearance.bind(self._restyle)
        self.hide()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these messages."""
        for row in self._rows[len(texts) :]:
            row.hide()
            row.deleteLater()
        del self._rows[len(texts) :]
        for index in range(len(self._rows), len(texts)):
            self._add(index)
        for row, text in zip(self._rows, texts, strict=True):
            row.set_message(text)
        self.setVisible(bool(texts))

    def _add(self, index: int) -> None:
        row = QueueRow(self._appearance, self)
        row.edit_requested.connect(lambda: self.edit_requested.emit(index))
        row.remove_requested.connect(lambda: self.remove_requested.emit(index))
        self._layout.addWidget(row)
        self._rows.append(row)

    def _restyle(self) -> None:
        self._layout.setSpacing(self._appearance.theme.length("xs"))


class QueueRow(Translated, Card):
    """The row of a queued message."""

    edit_requested = Signal()
    remove_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken", radius="radius.control")
        self.setObjectName("queuedMessage")
        self._queued = Label(appearance, "ui", "textSecondary", self)
        self._message = Label(appearance, "ui", "text", self, elide=True)
        self._edit = IconButton(appearance, "pencil", self, size=IconButtonSize.ROW)
        self._edit.clicked.connect(self.edit_requested)
        self._remove = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._remove.clicked.connect(self.remove_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(appearance, "clock", "textSecondary", self))
        self._row.addWidget(self._queued)
        self._row.addWidget(self._message, 1)
        self._row.addWidget(self._edit)
        self._row.addWidget(self._remove)
        appearance.bind(self._arrange)
        self._retranslate()

    def set_message(self, text: str) -> None:
        """Show the beginning of a message."""
        self._message.set_text(" ".join(text[:_MAX_LENGTH].split()))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self._row.setContentsMargins(theme.length("m"), 0, theme.length("xs"), 0)
        self._row.setSpacing(theme.length("s"))
        self.setFixedHeight(theme.length("codeHeader"))

    def _retranslate(self) -> None:
        self._queued.set_text(self.tr("Queued"))
        self._edit.set_name(self.tr("Edit the queued message"))
        self._remove.set_name(self.tr("Remove the queued message"))
