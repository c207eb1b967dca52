"""What waits to be sent, above the composer: one row a message, to be edited or taken back."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.card import Card
from chatdesk.ui.theme.icon_button import IconButton, IconButtonSize
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import ring_reach


class QueueRows(QWidget):
    """Oldest first. Indices are those of the queue."""

    edit_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._texts: tuple[str, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show what waits; nothing hides the rows."""
        if texts == self._texts:
            return
        self._texts = texts
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._layout.setSpacing(self._appearance.theme.length("xs"))
        for index, text in enumerate(texts):
            row = _QueueRow(self._appearance, text, self)
            row.edit_requested.connect(lambda index=index: self.edit_requested.emit(index))
            row.remove_requested.connect(lambda index=index: self.remove_requested.emit(index))
            self._layout.addWidget(row)
        self.setVisible(bool(texts))


class _QueueRow(Card):
    edit_requested = Signal()
    remove_requested = Signal()

    def __init__(self, appearance: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(appearance, parent, radius="radius.control", fill="page")
        self._word = Label(appearance, "ui", "textTertiary", self)
        self._text = Label(appearance, "ui", "text", self, text=" ".join(text.split()), elide=True)
        self._edit = IconButton(appearance, "pencil", self, size=IconButtonSize.ROW)
        self._edit.setObjectName("editQueued")
        self._edit.clicked.connect(self.edit_requested)
        self._remove = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._remove.setObjectName("removeQueued")
        self._remove.clicked.connect(self.remove_requested)
        layout = QHBoxLayout(self)
        reach = ring_reach(appearance.theme)
        layout.setContentsMargins(appearance.theme.length("m"), reach, appearance.theme.length("s"), reach)
        layout.setSpacing(appearance.theme.length("s"))
        layout.addWidget(self._word)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._edit)
        layout.addWidget(self._remove)
        self._retranslate()

    def _retranslate(self) -> None:
        self._word.set_text(self.tr("Queued"))
        self._edit.set_name(self.tr("Edit the queued message"))
        self._remove.set_name(self.tr("Remove the queued message"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
