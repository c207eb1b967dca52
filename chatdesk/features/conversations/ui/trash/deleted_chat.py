"""View of a deleted chat: its messages, and above them the days left and buttons to restore or delete it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.features.chat.ui.transcript.read_only_transcript import ReadOnlyTranscript
from chatdesk.features.conversations.ui.trash.deleted_rows import DeletedTexts
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.trash import Trashed
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import reading_column
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label


class DeletedChat(Translated, QWidget):
    """Signals carry the shown `item`."""

    restore_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(
        self, appearance: Appearance, formulas: FormulaSource, pictures: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._item: Trashed | None = None
        self._days = ""
        self._strip = Card(appearance, self, fill="warningSoft", border="", radius="radius.control")
        self._label = Label(appearance, "ui", "text", self._strip, elide=True)
        self._delete = Button(appearance, "", ButtonKind.PLAIN, self._strip, small=True, ink="danger")
        self._delete.setObjectName("deleteRead")
        self._delete.clicked.connect(lambda: self.delete_requested.emit(self._item))
        self._restore = Button(appearance, "", ButtonKind.OUTLINED, self._strip, icon="archive-restore", small=True)
        self._restore.setObjectName("restoreRead")
        self._restore.clicked.connect(lambda: self.restore_requested.emit(self._item))
        self.transcript = ReadOnlyTranscript(appearance, formulas, pictures, self)
        self._row = QHBoxLayout(self._strip)
        self._row.addWidget(self._label, 1)
        for button in (self._delete, self._restore):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._row.addWidget(button)
        self._strip_layout = QHBoxLayout()
        self._strip_layout.addWidget(self._strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strip_layout)
        column.addWidget(self.transcript, 1)
        appearance.bind(self._arrange)

    @property
    def item(self) -> Trashed | None:
        """The shown chat; None if there is none."""
        return self._item

    def show_chat(self, item: Trashed, messages: Sequence[Message], now: datetime) -> None:
        """Show a chat, scrolled to the top."""
        self._item = item
        self._days = DeletedTexts(self).days(item, now)
        self.transcript.show_path(messages, {message.id: (0, 1) for message in messages})
        self.transcript.verticalScrollBar().setValue(0)
        self._retranslate()
        self.transcript.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Clear the view."""
        self._item = None
        self.transcript.clear()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, _ = reading_column(self.width(), theme)
        gap, tight = theme.length("s"), theme.length("xs")
        self._strip_layout.setContentsMargins(side, gap, side, gap)
        self._row.setContentsMargins(theme.length("m"), tight, gap, tight)
        self._row.setSpacing(gap)

    def _retranslate(self) -> None:
        self._label.set_text(self.tr("This chat was deleted. {days}.").format(days=self._days))
        self._delete.setText(self.tr("Delete permanently"))
        self._restore.setText(self.tr("Restore"))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()
