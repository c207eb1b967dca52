"""Toasts about the chat being shown, some with an undo button."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.kernel.chat.message_trees import Deletion
from chatdesk.ui_kit.text.open_link import open_file, open_folder
from chatdesk.ui_kit.widgets.toast_host import ToastHost, ToastMessage

_SHOWN_BY_OTHERS = frozenset({".docx", ".xlsx", ".csv", ".pdf"})
"""Endings of files that are shown by programs that run nothing in them."""


class ChatToasts(QObject):
    """Shows toasts for the chat; undo calls the presenter that made the change."""

    def __init__(self, toasts: ToastHost, chat: ChatPresenter, transcript: LazyTranscript, parent: QObject) -> None:
        super().__init__(parent)
        self._toasts = toasts
        self._chat = chat
        self._transcript = transcript
        chat.deleted.connect(self._offer_to_restore)
        chat.answer_edited.connect(self._offer_to_undo_edit)
        chat.undo_offered.connect(self.show)
        transcript.when_created(lambda view: view.edit_discarded.connect(self._offer_to_edit_again))

    def show(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a message. With `undo` it has an undo button, and the undo shortcut works while it is visible."""
        self.show_with_details(text, "", undo)

    def show_with_details(self, text: str, details: str, undo: Callable[[], object] | None = None) -> None:
        """Show a message with details; see `show`."""
        message = ToastMessage(text, details, self.tr("Undo"), undo, "Ctrl+Z") if undo else ToastMessage(text, details)
        self._toasts.show_message(message)

    def show_saved(self, name: str, folder: str) -> None:
        """Show what was saved and where, with buttons for the folder and for a file that another program shows without running it."""
        text, path = self.tr("Saved: {name}").format(name=name), Path(folder, name)
        message = ToastMessage(text, folder, self.tr("Show in folder"), lambda: open_folder(path.parent))
        if path.suffix.lower() in _SHOWN_BY_OTHERS:
            message = replace(message, other=self.tr("Open"), other_act=lambda: open_file(path))
        self._toasts.show_message(message)

    def show_copied(self) -> None:
        """Show that the chat was copied."""
        self._toasts.show_toast(self.tr("Chat copied to the clipboard"))

    def _offer_to_restore(self, deletion: Deletion) -> None:
        count = len(deletion.deleted)
        text = self.tr("Message deleted") if count == 1 else self.tr("%n message(s) deleted", "", count)
        self.show(text, lambda: self._chat.restore_deleted(deletion))

    def _offer_to_undo_edit(self, old_id: str, new_id: str) -> None:
        details = self.tr("The original answer is kept as another version")
        self.show_with_details(self.tr("Answer changed"), details, lambda: self._chat.undo_edit(old_id, new_id))

    def _offer_to_edit_again(self, message_id: str, text: str) -> None:
        self.show(self.tr("Changes discarded"), lambda: self._transcript.view.edit_again(message_id, text))
