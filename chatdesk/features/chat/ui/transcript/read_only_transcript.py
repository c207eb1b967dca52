"""A transcript for reading only, outside the chats."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.ui_kit.errors.error_texts import describe_failure
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance


class ReadOnlyTranscript(TranscriptView):
    """Transcript whose messages can only be read and copied."""

    def __init__(
        self, appearance: Appearance, formulas: FormulaSource, pictures: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, describe_failure, parent, formulas=formulas, pictures=pictures)
        self._menus.read_only = True

    def show_answer(self, text: str) -> None:
        """Show a single answer from its beginning; an empty text shows nothing."""
        messages = [Message.new("", None, Role.ASSISTANT, datetime.now(UTC), text)] if text else []
        self.show_path(messages, {message.id: (0, 1) for message in messages})
        self.verticalScrollBar().setValue(0)

    def _new_page(self) -> PageContext:
        return replace(super()._new_page(), read_only=True)
