"""Export actions: copy a chat, and save chats and messages in one of the formats of `services/files/chat_formats.py`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.kernel.settings.declarations import EXPORT_REASONING
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, ExportLabels
    from chatdesk.kernel.chat.message import DocumentPart


class ExportPresenter(QObject):
    """The actions of a window that shows `chat`. `copied`: a chat was copied to the clipboard."""

    copied = Signal()

    def __init__(
        self,
        appearance: Appearance,
        transcript: LazyTranscript,
        services: ConversationServices,
        files: FileSaver,
        tasks: Tasks,
        chat: "ChatPresenter",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._files = files
        self._tasks = tasks
        self._chat = chat
        transcript.when_created(self._connect)

    def _connect(self, transcript: "TranscriptView") -> None:
        transcript.chat_copy_requested.connect(self.copy)
        transcript.chat_save_requested.connect(self.save)
        transcript.message_save_requested.connect(self.save)
        transcript.message_word_requested.connect(self.save_as_word)

    def copy(self, conversation_id: str = "", *, plain: bool = False) -> None:
        """Copy a chat, by default the current one, to the clipboard as Markdown or plain text."""
        self._tasks.start(self._copy(conversation_id or self._chat.conversation_id, plain=plain), "copy chat")

    def save_chat(self, conversation_id: str, chat_format: "ChatFormat") -> None:
        """Save a chat in a format."""
        self._save(conversation_id, formats=(chat_format,))

    def _labels(self) -> "ExportLabels":
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - start-up time
            ExportLabels,
        )

        return ExportLabels(
            self.tr("You"),
            self.tr("Answer"),
            self.tr("Instructions"),
            self.tr("Tool"),
            self.tr("Reasoning"),
            self.tr("Sources"),
        )

    async def _ask_for_files(self, documents: "Sequence[DocumentPart]", chat_format: "ChatFormat") -> bool | None:
        """Ask whether the documents come with the chat; None if the user cancels."""
        from chatdesk.features.conversations.ui.export_documents import DocumentsSheet  # noqa: PLC0415 - start-up time

        sheet = DocumentsSheet(self._appearance, self._files.window, documents, chat_format)
        sheet.open()
        return await sheet.answer

    async def _copy(self, conversation_id: str, *, plain: bool) -> None:
        text = await self._services.exporting.turns(
            conversation_id, self._labels(), reasoning=self._services.settings.get(EXPORT_REASONING), plain=plain
        )
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    def save(self, message_id: str = "") -> None:
        """Save a message of the current chat, or the whole chat if `message_id` is empty."""
        self._save(self._chat.conversation_id, message_id)

    def save_as_word(self, message_id: str) -> None:
        """Save an answer of the current chat as a Word file, without its question and its reasoning."""
        from chatdesk.features.conversations.services.files.chat_word import WORD  # noqa: PLC0415 - start-up time
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            ExportOptions,
            ExportScope,
            Include,
        )

        scope = ExportScope((self._chat.conversation_id,), frozenset({message_id}))
        options = ExportOptions(frozenset({Include.ATTACHMENTS}))

        async def make(_path: Path) -> bytes:
            return await self._services.exporting.file(scope, WORD, options, self._labels())

        self._files.ask_file(f"{self._file_name(self._chat.conversation_id)}.{WORD.ending}", make)

    def _file_name(self, conversation_id: str) -> str:
        conversation = self._services.conversations.find(conversation_id)
        return safe_file_name(conversation.title if conversation else "") or self.tr("Chat")

    def _save(self, conversation_id: str, message_id: str = "", formats: "Sequence[ChatFormat]" = ()) -> None:
        """Save a chat or a message in one of the formats, by default in any."""
        from chatdesk.features.conversations.services.files.chat_formats import (  # noqa: PLC0415 - start-up time
            CHAT_FORMATS,
            format_of,
        )
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - start-up time
            ExportOptions,
            ExportScope,
            Include,
        )

        exporting = self._services.exporting
        scope = ExportScope((conversation_id,), frozenset({message_id} if message_id else ()))
        name = self._file_name(conversation_id)

        async def make(path: Path) -> bytes | None:
            chat_format = format_of(path) or CHAT_FORMATS[0]
            documents = await exporting.documents_of(scope)
            with_files = await self._ask_for_files(documents, chat_format) if documents else False
            if with_files is None:
                return None
            include = {Include.QUESTIONS, *([Include.ATTACHMENTS] if with_files or not documents else [])}
            if self._services.settings.get(EXPORT_REASONING):
                include.add(Include.REASONING)
            options = ExportOptions(frozenset(include))
            return await exporting.file(scope, chat_format, options, self._labels(), copies_at=path)

        kinds = {each.ending: QCoreApplication.translate("ChatFormats", each.label) for each in formats or CHAT_FORMATS}
        self._files.ask_for(name, kinds, make)
