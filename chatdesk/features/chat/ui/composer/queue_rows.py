"""The messages queued above the composer while an answer is being written."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.chat.conversation import Draft
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_LENGTH = 300
"""Characters of a queued message shown in its row."""
_FILES = 180
"""Width of the name of an attachment, in pixels at 100 %."""


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

    def set_questions(self, questions: Sequence[Draft]) -> None:
        """Show these messages."""
        for row in self._rows[len(questions) :]:
            row.hide()
            row.deleteLater()
        del self._rows[len(questions) :]
        for index in range(len(self._rows), len(questions)):
            self._add(index)
        for row, question in zip(self._rows, questions, strict=True):
            row.set_question(question)
        self.setVisible(bool(questions))

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
        self._question = Draft()
        self._clip = IconLabel(appearance, "paperclip", "textTertiary", self, size="icon.small")
        self._files = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._edit = IconButton(appearance, "pencil", self, size=IconButtonSize.ROW)
        self._edit.clicked.connect(self.edit_requested)
        self._remove = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._remove.clicked.connect(self.remove_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(appearance, "clock", "textSecondary", self))
        self._row.addWidget(self._queued)
        self._row.addWidget(self._message, 1)
        self._row.addWidget(self._clip)
        self._row.addWidget(self._files)
        self._row.addWidget(self._edit)
        self._row.addWidget(self._remove)
        appearance.bind(self._arrange)
        self._retranslate()

    def set_question(self, question: Draft) -> None:
        """Show the beginning of a message, and its attachments."""
        self._question = question
        self._message.set_text(" ".join(question.title[:_MAX_LENGTH].split()))
        self._show_files()

    def _show_files(self) -> None:
        """Show the name of the attachment, or how many there are. Without a text, the names are shown instead."""
        attachments = self._question.attachments
        is_shown = bool(attachments and self._question.text.strip())
        name = plain_line(attachments[0].name) if len(attachments) == 1 else ""
        count = counted(lambda number: self.tr("%n attachment(s)", "", number), len(attachments))
        self._files.set_text(name or count)
        self._clip.setVisible(is_shown)
        self._files.setVisible(is_shown)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self._row.setContentsMargins(theme.length("m"), 0, theme.length("xs"), 0)
        self._row.setSpacing(theme.length("s"))
        self._files.setMaximumWidth(round(_FILES * theme.scale))
        self.setFixedHeight(theme.length("codeHeader"))

    def _retranslate(self) -> None:
        self._queued.set_text(self.tr("Queued"))
        self._show_files()
        self._edit.set_name(self.tr("Edit the queued message"))
        self._remove.set_name(self.tr("Remove the queued message"))
