"""Dialog that asks whether to add the chat of a file: shows its content, or why it cannot be read.

The dialog itself does not read or save anything; its opener does.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.conversations.services.files.chat_import import OfferedChat
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label


class ChatImportDialog(Translated, QDialog):
    """Open it, then call `show_chat` or `show_failure`. Closing it cancels a running operation. Deletes itself on close."""

    add_requested = Signal()

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._chat: OfferedChat | None = None
        self._failure = ""
        self._working = True
        self.setObjectName("chatImportDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Label(appearance, "title", "text", self, wrap=True)
        self._name = Label(appearance, "label", "text", self, wrap=True)
        self._name.setObjectName("chatImportTitle")
        self._facts = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._facts.setObjectName("chatImportFacts")
        self._notice = Notice(appearance, self, NoticeKind.DANGER)
        self._notice.setObjectName("chatImportFailure")
        self._cancel = Button(appearance, "", parent=self)
        self._cancel.setObjectName("chatImportCancel")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._add = Button(appearance, "", ButtonKind.FILLED, self)
        self._add.setObjectName("chatImportAdd")
        self._add.setDefault(True)
        self._add.clicked.connect(self._ask)
        theme = appearance.theme
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.length("s"))
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.length("xxl")] * 4)
        column.setSpacing(theme.length("s"))
        for part in (self._title, self._name, self._facts, self._notice):
            column.addWidget(part)
        column.addSpacing(theme.length("s"))
        column.addLayout(buttons)
        self.setMinimumWidth(min(theme.length("paletteWidth"), window.width() - theme.length("page")))
        self._show()

    def show_chat(self, chat: OfferedChat) -> None:
        """Ask whether to add the chat."""
        self._chat, self._working = chat, False
        self._show()
        self._add.setFocus()

    def show_failure(self, text: str) -> None:
        """Show why it failed; nothing has changed."""
        self._failure, self._working = text, False
        self._show()
        self._cancel.setFocus()

    def _ask(self) -> None:
        self._working, self._failure = True, ""
        self._show()
        self.add_requested.emit()

    def _show(self) -> None:
        chat = self._chat
        reading = self._working and chat is None
        self._title.set_text(self.tr("Reading the file…") if reading else self.tr("Add this chat?"))
        self._title.setVisible(chat is not None or reading)
        self._name.set_text((plain_line(chat.title) or self.tr("Untitled chat")) if chat else "")
        self._facts.set_text(self._description(chat) if chat else "")
        for part in (self._name, self._facts):
            part.setVisible(chat is not None)
        self._notice.show_text(self._failure)
        self._notice.setVisible(bool(self._failure))
        self._cancel.setText(self.tr("Cancel") if chat or self._working else self.tr("Close"))
        self._add.setText(self.tr("Adding…") if self._working and chat else self.tr("Add chat"))
        self._add.setVisible(chat is not None)
        self._add.setEnabled(not self._working)
        self.setWindowTitle(self.tr("Add chat"))
        self._fit()

    def _fit(self) -> None:
        """Fit the height to the content, and center the dialog in the window."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        if self.isVisible():
            self.move(self._window.mapToGlobal(self._window.rect().center()) - self.rect().center())

    def _description(self, chat: OfferedChat) -> str:
        facts = [self.tr("%n message(s)", "", len(chat.messages))]
        if chat.pictures:
            facts.append(self.tr("%n picture(s)", "", chat.pictures))
        lines = [" · ".join((*facts, plain_line(chat.file)))]
        if chat.left_out:
            lines.append(self.tr("%n item(s) are damaged or missing and will be skipped.", "", chat.left_out))
        if chat.settings.instructions or chat.settings.preset:
            lines.append(self.tr("It contains instructions for the model. You can find them in the chat settings."))
        lines.append(self.tr("It is added as a separate chat. Nothing is sent until you write a message in it."))
        return "\n".join(lines)

    def _retranslate(self) -> None:
        self._show()
