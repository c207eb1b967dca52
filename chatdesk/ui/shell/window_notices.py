"""What the window says in passing, and what it offers to undo: each a toast. Errors are told by the window itself."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.deletion import Deletion
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.recovery import Recovered
from chatdesk.ui.errors import describe_error
from chatdesk.ui.shell.chat_presenter import ChatPresenter
from chatdesk.ui.shell.late_transcript import LateTranscript
from chatdesk.ui.shell.places import Places
from chatdesk.ui.shell.sidebar_presenter import SidebarPresenter
from chatdesk.ui.theme.toast import ToastHost


class WindowNotices(QObject):
    """Made when all that can be undone is there; what is undone goes back the way it came."""

    def __init__(
        self,
        toasts: ToastHost,
        chat: ChatPresenter,
        transcript: LateTranscript,
        chats: SidebarPresenter,
        places: Places,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._toasts = toasts
        self._chat = chat
        self._transcript = transcript
        self._chats = chats
        places.told.connect(self.tell)
        chats.trashed.connect(self._offer_chats_back)
        chat.deleted.connect(self._offer_messages_back)
        chat.answer_edited.connect(self._offer_to_undo_edit)
        transcript.when_made(lambda view: view.edit_discarded.connect(self._offer_to_edit_again))

    def tell(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say something, and offer to undo it."""
        self._toasts.show_toast(words, "", self.tr("Undo") if undo else "", undo)

    def offer_undo(self, words: str, act: Callable[[], object]) -> None:
        """Say what was done, and offer to undo it."""
        self._toasts.show_toast(words, "", self.tr("Undo"), act)

    def tell_of_crash(self) -> None:
        """Say that something unexpected happened; the log has it."""
        self._toasts.show_toast(
            self.tr("Something unexpected went wrong. Your chats are safe; the log has the details.")
        )

    def tell_of_recovery(self, recovered: Recovered) -> None:
        """Say what there is again, and where the old file is."""
        kept = self.tr("The old file is kept: {name}").format(name=recovered.kept.name) if recovered.kept else ""
        self._toasts.show_toast(self.tr("%n chat(s) are there again", "", recovered.chats), kept)

    def tell_of_damaged_settings(self) -> None:
        """Say that settings could not be read at the start."""
        self._toasts.show_toast(
            self.tr("A settings file was damaged"),
            self.tr("The last good copy is used, or the defaults. The damaged file is kept beside it."),
        )

    def tell_of_failed_backup(self, error: ChatdeskError) -> None:
        """Say that there is no copy of this week."""
        self._toasts.show_toast(
            self.tr("The weekly backup of your chats could not be made"), describe_error(error).sentence
        )

    def tell_saved(self, name: str, folder: str) -> None:
        """Say what was saved, and where."""
        self._toasts.show_toast(self.tr("Saved: {name}").format(name=name), folder)

    def tell_copied(self) -> None:
        """Say that the chat was copied."""
        self._toasts.show_toast(self.tr("The chat is on the clipboard"))

    def _offer_chats_back(self, conversations: tuple[Conversation, ...]) -> None:
        if self._chat.conversation_id in {conversation.id for conversation in conversations}:
            self._chat.new_chat()
        titles = ", ".join(conversation.title or self.tr("New chat") for conversation in conversations)
        self._toasts.show_toast(
            self.tr("Moved to the trash"), titles, self.tr("Undo"), lambda: self._chats.restore(conversations)
        )

    def _offer_messages_back(self, deletion: Deletion) -> None:
        count = len(deletion.gone)
        words = self.tr("Message deleted") if count == 1 else self.tr("%n message(s) deleted", "", count)
        self._toasts.show_toast(words, "", self.tr("Undo"), lambda: self._chat.bring_back(deletion))

    def _offer_to_undo_edit(self, old_id: str, new_id: str) -> None:
        kept = self.tr("The answer as it was stays beside it, as another version")
        undo = self.tr("Undo")
        self._toasts.show_toast(self.tr("Answer changed"), kept, undo, lambda: self._chat.undo_edit(old_id, new_id))

    def _offer_to_edit_again(self, message_id: str, text: str) -> None:
        words, undo = self.tr("Changes discarded"), self.tr("Undo")
        self._toasts.show_toast(words, "", undo, lambda: self._transcript.view.edit_again(message_id, text))
