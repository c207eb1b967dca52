"""Export actions: copy a chat, and open the export sheet for messages, chats, a folder or everything."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.kernel.settings.declarations import EXPORT_CHOICES, EXPORT_REASONING
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.features.conversations.ui.exporting.export_visit import ExportVisit, Subject


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
        self._transcript = transcript
        self._visit: ExportVisit | None = None
        self._copying: asyncio.Task[None] | None = None
        transcript.when_created(self._connect)

    def _connect(self, transcript: "TranscriptView") -> None:
        transcript.chat_copy_requested.connect(self.copy)
        transcript.chat_save_requested.connect(self.open)
        transcript.message_save_requested.connect(self.open_message)
        transcript.message_word_requested.connect(self.save_as_word)

    def copy(self, conversation_id: str = "", *, plain: bool = False) -> None:
        """Copy a chat, by default the current one, to the clipboard as Markdown or plain text. Cancels an earlier copy that still runs."""
        if self._copying:
            self._copying.cancel()
        self._copying = self._tasks.start(
            self._copy(conversation_id or self._chat.conversation_id, plain=plain), "copy chat"
        )

    async def _copy(self, conversation_id: str, *, plain: bool) -> None:
        from chatdesk.features.conversations.ui.exporting.export_visit import (  # noqa: PLC0415 - start-up time
            export_labels,
        )

        text = await self._services.exporting.turns(
            conversation_id,
            export_labels(self._appearance.language),
            reasoning=self._services.settings.get(EXPORT_REASONING),
            plain=plain,
        )
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    def open(self) -> None:
        """Open the sheet for the current chat."""
        self.open_chats((self._chat.conversation_id,))

    def save_as_word(self, message_id: str, heading: str) -> None:
        """Save an answer of the current chat as a Word file, without its question and its reasoning, on the paper last chosen.

        Its name is its first heading, or the title of the chat.
        """
        from chatdesk.features.conversations.services.files.chat_word import WORD  # noqa: PLC0415 - start-up time
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            ExportScope,
            Include,
        )
        from chatdesk.features.conversations.ui.exporting.export_choices import (  # noqa: PLC0415 - likewise
            Choices,
            local_page,
        )
        from chatdesk.features.conversations.ui.exporting.export_visit import (  # noqa: PLC0415 - likewise
            export_labels,
        )

        scope = ExportScope((self._chat.conversation_id,), frozenset({message_id}))
        choices = Choices.read(self._services.settings.get(EXPORT_CHOICES), local_page())
        options = replace(choices.options, include=frozenset({Include.ATTACHMENTS}))

        async def make(_path: Path) -> bytes:
            return await self._services.exporting.file(scope, WORD, options, export_labels(self._appearance.language))

        chat = self._services.conversations.find(self._chat.conversation_id)
        name = safe_file_name(heading) or safe_file_name(chat.title if chat else "") or self.tr("Chat")
        self._files.ask_file(f"{name}.{WORD.ending}", make)

    def open_message(self, message_id: str) -> None:
        """Open the sheet for a message of the current chat."""
        self.open_chats((self._chat.conversation_id,), message_id=message_id)

    def open_chats(self, chats: Sequence[str], ending: str = "", message_id: str = "") -> None:
        """Open the sheet for chats of the list, or a message of the current one, in the format with an ending if one is given."""
        from chatdesk.features.conversations.ui.exporting.export_visit import Subject  # noqa: PLC0415 - start-up time

        is_current = tuple(chats) == (self._chat.conversation_id,)
        selected = self._transcript.selected_ids() if is_current else ()
        self._open(Subject(tuple(chats), message_id, tuple(selected)), ending)

    def open_folder(self, folder_id: str) -> None:
        """Open the sheet for the chats of a folder."""
        from chatdesk.features.conversations.ui.exporting.export_visit import Subject  # noqa: PLC0415 - start-up time

        self._open(Subject(folder_id=folder_id))

    def open_everything(self) -> None:
        """Open the sheet for all chats."""
        from chatdesk.features.conversations.ui.exporting.export_visit import Subject  # noqa: PLC0415 - start-up time

        self._open(Subject())

    def _open(self, subject: "Subject", ending: str = "") -> None:
        from chatdesk.features.conversations.ui.exporting.export_visit import (  # noqa: PLC0415 - start-up time
            ExportVisit,
        )

        if self._visit is None or self._visit.has_ended:
            self._visit = ExportVisit(self._appearance, self._services, self._files, self._tasks, subject, ending, self)
