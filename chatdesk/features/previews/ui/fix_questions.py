"""Puts the question that asks for a fix into the chat the page is from, which need not be the one that is shown.

Its words are `features/previews/domain/fix.py`'s.
"""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.kernel.chat.question import joined
from chatdesk.kernel.settings.declarations import FIX_AT_ONCE
from chatdesk.kernel.settings.store import Settings


class FixQuestions(QObject):
    """A question for another chat waits until that is shown; if it is not, the question is forgotten."""

    chat_wanted = Signal(str)

    def __init__(self, page: ChatPage, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._waiting = ("", "")
        """A chat, and the question for it."""
        page.transcript.chat_changed.connect(self._chat_changed)

    def ask(self, question: str, chat: str) -> None:
        """Ask in a chat: under what is typed there, or at once if a person has chosen that."""
        if chat == self._shown():
            self._put(question)
        else:
            self._waiting = (chat, question)
            self.chat_wanted.emit(chat)

    def _shown(self) -> str:
        document = self._page.transcript.document
        return document.message(0).conversation_id if len(document) else ""

    def _chat_changed(self) -> None:
        (chat, question), self._waiting = self._waiting, ("", "")
        if chat and chat == self._shown():
            self._put(question)

    def _put(self, question: str) -> None:
        composer = self._page.composer
        if self._settings.get(FIX_AT_ONCE):
            composer.send_requested.emit(question)
        else:
            composer.set_text(joined(composer.text(), question))
        composer.focus()
