"""Sheet with the documents of all chats, the largest first, and a button for each that opens it in its chat."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.attachments.services.stored_documents import StoredDocument
from chatdesk.kernel.chat.conversation import DocumentLocation, SearchHit
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_SI = QLocale.DataSizeFormat.DataSizeSIFormat
_MAX_ROWS = 100


class StoredDocumentsSheet(Sheet):
    """Sheet with documents. `title_of` returns the title of a chat."""

    opened = Signal(SearchHit)
    """The user wants to see a document in its chat."""

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        documents: Sequence[StoredDocument],
        title_of: Callable[[str], str],
    ) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self.setObjectName("storedDocumentsSheet")
        self._documents = documents
        self._title_of = title_of
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._rest = Label(appearance, "caption", "textTertiary", self, wrap=True)
        card = RowCard(appearance, self, fill="page")
        self._rows = [self._row(appearance, each) for each in documents[:_MAX_ROWS]]
        for row, _, _ in self._rows:
            card.add_row(row)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (self._hint, card, self._rest):
            self.body.addWidget(part)
        self._done = self.add_button("")
        self._done.clicked.connect(self.cancel)
        self._retranslate()

    def _row(self, appearance: Appearance, stored: StoredDocument) -> tuple[ActionRow, Button | None, StoredDocument]:
        row = ActionRow(appearance, "storedDocument")
        button = row.add_button("openStoredDocument", "", lambda: self._open(stored)) if stored.messages else None
        return row, button, stored

    def _open(self, stored: StoredDocument) -> None:
        first = stored.messages[0]
        location = DocumentLocation(first.document)
        self.leave()
        self.opened.emit(SearchHit(first.conversation_id, first.message_id, "", (), first.number, location))

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Documents in chats"))
        self._hint.set_text(
            self.tr(
                "Each document is stored once, with the text that was read from it. It is removed when no chat uses it any "
                "more: delete the question with it, or the chat, and then empty Recently deleted."
            )
        )
        for row, button, stored in self._rows:
            name = plain_line(stored.document.name)
            size = QLocale().formattedDataSize(stored.size, 1, _SI)
            row.set_texts(name, f"{size} · {self._where(stored)}")
            if button:
                button.setText(self.tr("Open"))
                button.setAccessibleName(self.tr("Open {name}").format(name=name))
        left = len(self._documents) - len(self._rows)
        self._rest.set_text(self.tr("%n smaller one(s)", "", left))
        self._rest.setVisible(left > 0)
        self._done.setText(self.tr("Close"))
        self.foot.fit()

    def _where(self, stored: StoredDocument) -> str:
        if not stored.messages:
            return self.tr("in Recently deleted")
        title = plain_line(self._title_of(stored.messages[0].conversation_id)) or self.tr("New chat")
        others = len(stored.messages) - 1
        return self.tr("in {chat} and %n other chat(s)", "", others).format(chat=title) if others else title
