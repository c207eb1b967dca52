"""Question whether the documents of a chat come with its file."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from chatdesk.features.conversations.services.files.exported_chat import ChatFormat
from chatdesk.features.conversations.services.files.exporting import MAX_DOCUMENT_BYTES
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_SI = QLocale.DataSizeFormat.DataSizeSIFormat
_NAMES_SHOWN = 3


class DocumentsSheet(Sheet):
    """Open it and await `answer`: whether to include the files, None if the user cancels."""

    def __init__(
        self, appearance: Appearance, window: QWidget, documents: Sequence[DocumentPart], chat_format: ChatFormat
    ) -> None:
        super().__init__(appearance, window, SheetKind.QUESTION)
        self.setObjectName("exportDocuments")
        self._documents = documents
        self._embeds = chat_format.embeds_documents
        self.answer: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
        self._facts = Label(appearance, "label", "text", self, wrap=True)
        self._facts.setObjectName("exportDocumentsFacts")
        self._what = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self.body.setSpacing(appearance.theme.length("s"))
        for part in (self._facts, self._what):
            self.body.addWidget(part)
        self._cancel = self.add_button("", ButtonKind.PLAIN)
        self._names = self.add_button("")
        self._names.setObjectName("exportNames")
        self._files = self.add_button("", ButtonKind.FILLED)
        self._files.setObjectName("exportFiles")
        self._cancel.clicked.connect(self.cancel)
        self._names.clicked.connect(lambda: self._decide(with_files=False))
        self._files.clicked.connect(lambda: self._decide(with_files=True))
        self.closed.connect(self._end)
        self._retranslate()

    def _decide(self, *, with_files: bool) -> None:
        self.answer.set_result(with_files)
        self.leave()

    def _end(self) -> None:
        if not self.answer.done():
            self.answer.set_result(None)

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Include the documents?"))
        size = QLocale().formattedDataSize(sum(each.size for each in self._documents), 1, _SI)
        count = self.tr("%n document(s)", "", len(self._documents))
        names = [plain_line(each.name) for each in self._documents[:_NAMES_SHOWN]]
        self._facts.set_text(
            " · ".join((", ".join(names), *([count] if len(names) < len(self._documents) else []), size))
        )
        self._what.set_text(self._meaning())
        self._cancel.setText(self.tr("Cancel"))
        self._names.setText(self.tr("Names and text only") if self._embeds else self.tr("Names only"))
        self._files.setText(self.tr("Include the files"))
        self.foot.fit()

    def _meaning(self) -> str:
        if not self._embeds:
            return self.tr("The files are copied into a folder next to the chat, and their names become links to them.")
        lines = [self.tr("With the files, the documents can be opened wherever the chat is imported.")]
        if sum(each.size for each in self._documents) > MAX_DOCUMENT_BYTES:
            limit = QLocale().formattedDataSize(MAX_DOCUMENT_BYTES, 0, _SI)
            lines.append(
                self.tr("Only {size} fit into one file; of the others, it has the names and the text.").format(
                    size=limit
                )
            )
        return "\n".join(lines)
