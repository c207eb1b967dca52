"""Sheet that asks whether to add the chat of a file: shows its content, or why it cannot be read.

The sheet itself does not read or save anything; its opener does.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.conversations.services.files.chat_import import OfferedChat
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class ChatImportSheet(Sheet):
    """Open it, then call `show_chat` or `show_failure`. Closing it cancels a running operation."""

    add_requested = Signal()

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(appearance, window, SheetKind.QUESTION)
        self._chat: OfferedChat | None = None
        self._failure = ""
        self._working = True
        self.setObjectName("chatImportSheet")
        self._name = Label(appearance, "label", "text", self, wrap=True)
        self._name.setObjectName("chatImportTitle")
        self._facts = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._facts.setObjectName("chatImportFacts")
        self._notice = Notice(appearance, self, NoticeKind.DANGER)
        self._notice.setObjectName("chatImportFailure")
        self._dismiss = self.add_button("")
        self._dismiss.setObjectName("chatImportCancel")
        self._dismiss.clicked.connect(self.cancel)
        self._add = self.add_button("", ButtonKind.FILLED)
        self._add.setObjectName("chatImportAdd")
        self._add.clicked.connect(self._ask)
        self.body.setSpacing(appearance.theme.length("s"))
        for part in (self._name, self._facts, self._notice):
            self.body.addWidget(part)
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
        self._dismiss.setFocus()

    def _ask(self) -> None:
        self._working, self._failure = True, ""
        self._show()
        self.add_requested.emit()

    def _show(self) -> None:
        chat = self._chat
        reading = self._working and chat is None
        if self._failure and chat is None:
            self.set_heading(self.tr("The chat cannot be added"))
        else:
            self.set_heading(self.tr("Reading the file…") if reading else self.tr("Add this chat?"))
        self._name.set_text((plain_line(chat.title) or self.tr("Untitled chat")) if chat else "")
        self._facts.set_text(self._description(chat) if chat else "")
        for part in (self._name, self._facts):
            part.setVisible(chat is not None)
        self._notice.show_text(self._failure)
        self._notice.setVisible(bool(self._failure))
        self._dismiss.setText(self.tr("Cancel") if chat or self._working else self.tr("Close"))
        self._add.setText(self.tr("Adding…") if self._working and chat else self.tr("Add chat"))
        self._add.setVisible(chat is not None)
        self._add.setEnabled(not self._working)
        self.foot.fit()

    def _description(self, chat: OfferedChat) -> str:
        facts = [self.tr("%n message(s)", "", len(chat.messages))]
        if chat.pictures:
            facts.append(self.tr("%n picture(s)", "", chat.pictures))
        if chat.documents:
            facts.append(self.tr("%n document(s)", "", chat.documents))
        lines = [" · ".join((*facts, plain_line(chat.file)))]
        if chat.left_out:
            lines.append(self.tr("%n item(s) are damaged or missing and will be skipped.", "", chat.left_out))
        if chat.settings.instructions or chat.settings.preset:
            lines.append(self.tr("It contains instructions for the model. You can find them in the chat settings."))
        lines.append(self.tr("It is added as a separate chat. Nothing is sent until you write a message in it."))
        return "\n".join(lines)

    def _retranslate(self) -> None:
        super()._retranslate()
        self._show()
