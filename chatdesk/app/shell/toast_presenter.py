"""Toasts for window-level events, and the undo actions they offer. `ChatToasts` handles those about one chat."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from chatdesk.app.shell.page_router import PageRouter
from chatdesk.features.backups.services.maintenance import (
    BackupFailed,
    DailyBackupOverdue,
    DamageFound,
    Finding,
    Maintenance,
)
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.chat_toasts import ChatToasts
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.services.list_editing import Edit, EditKind
from chatdesk.features.conversations.ui.folder_presenter import FolderPresenter
from chatdesk.features.conversations.ui.sidebar_presenter import SidebarPresenter
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.kernel.settings.declarations import SETTINGS
from chatdesk.kernel.settings.store import StartNotice
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.page_stack import PageStack
from chatdesk.ui_kit.widgets.toast_host import ToastAnchor, ToastHost, ToastMessage

if TYPE_CHECKING:
    from chatdesk.features.conversations.services.trash import Trash
    from chatdesk.features.sync.services.live_chats import DeletedElsewhere
    from chatdesk.features.sync.services.sync import Sync
    from chatdesk.kernel.lazy import Lazy
    from chatdesk.kernel.recovery import Moved, Recovered
    from chatdesk.ui_kit.tasks import Tasks

_MAX_TITLES = 20
"""Maximum number of titles in a toast."""

_MAX_SETTINGS = 4
"""Maximum number of settings named in a toast."""

_UNSAVED_SET_ASIDE = "unsaved-set-aside-….sqlite3"
"""Name of a damaged file of unsaved text (`storage/recovery/replacement.py`)."""


def toast_anchor(router: PageRouter, middle: PageStack, page: ChatPage) -> ToastAnchor:
    """Return where to show toasts: over the text being read, above the composer."""
    if router.hides_chats:
        return ToastAnchor(router)
    if middle.shown or not page.isVisible():
        return ToastAnchor(middle)
    if page.shows_start:
        return ToastAnchor(page, reserve_space=page.start_page.reserve_bottom)
    return ToastAnchor(page.composer, page.composer)


class ToastPresenter(ChatToasts):
    """Shows toasts. Undo is passed back to the presenter that made the change."""

    chat_requested = Signal(str)

    def __init__(
        self,
        toasts: ToastHost,
        chat: ChatPresenter,
        transcript: LazyTranscript,
        chats: SidebarPresenter,
        folders: FolderPresenter,
        router: PageRouter,
        parent: QObject,
    ) -> None:
        super().__init__(toasts, chat, transcript, parent)
        self._chats = chats
        self._router = router
        router.currentChanged.connect(toasts.follow)
        folders.edited.connect(self.offer_list_undo)
        folders.chats_deleted.connect(self.close_deleted)
        chats.deleted.connect(self._offer_chats_back)
        chats.undone.connect(self._show_undone)

    def show_error(self, error: ChatdeskError, repair: Callable[[], object] = lambda: None) -> None:
        """Show an error; damage to the database as a lasting toast with a button that runs `repair`."""
        text = describe_error(error)
        if isinstance(error, DatabaseDamaged):
            self._toasts.show_lasting(text.sentence, text.consequence, self.tr("Repair…"), repair)
        else:
            self._toasts.show_toast(text.sentence, text.consequence)

    def show_saved_preset(self, name: str, show: Callable[[], object]) -> None:
        """Report that instructions were saved as a preset."""
        text = self.tr("Saved as preset “{name}”").format(name=plain_line(name))
        self._toasts.show_toast(text, action=self.tr("Show"), act=show)

    def show_crash(self) -> None:
        """Report an unexpected error; the log has the details."""
        self._toasts.show_toast(self.tr("An unexpected error occurred. Your chats are safe. See the log for details."))

    def show_result(self, result: Recovered | Moved) -> None:
        """Report how many chats were recovered, and the name of the old file; or where all data is now."""
        from chatdesk.kernel.recovery import Moved  # noqa: PLC0415 - start-up time

        if isinstance(result, Moved):
            self._toasts.show_toast(self.tr("All data has moved"), plain_line(str(result.folder)))
            return
        details = (
            self.tr("The old file was kept: {name}").format(name=result.set_aside.name) if result.set_aside else ""
        )
        self._toasts.show_toast(self.tr("%n chat(s) recovered", "", result.chats), details)

    def show_start_notices(self, found: Collection[StartNotice]) -> None:
        """Report restored changes from the last run, and damaged or newer settings files."""
        if StartNotice.UNSAVED_RETURNED in found:
            self._toasts.show_toast(
                self.tr("Changes that could not be saved last time have been restored"),
                self.tr("Another program was using or had replaced the chat database."),
            )
        if {StartNotice.UNSAVED_SALVAGED, StartNotice.UNSAVED_LOST} & set(found):
            self._show_damaged_unsaved(is_lost=StartNotice.UNSAVED_LOST in found)
        if StartNotice.FILE_NEWER in found:
            self._toasts.show_lasting(
                self.tr("A newer version of Chatdesk was used before"),
                self.tr(
                    "Its settings cannot be read by this version. They are kept in a separate file, and the defaults are "
                    "used."
                ),
            )
        elif {StartNotice.FILE_RESTORED, StartNotice.FILE_LOST} & set(found):
            self._toasts.show_toast(
                self.tr("A settings file was damaged"),
                self.tr("The last valid copy or the defaults are used. The damaged file is kept in the same folder."),
            )

    def _show_damaged_unsaved(self, *, is_lost: bool) -> None:
        """Report that the file of unsaved text was damaged. Lasting, because text may be missing."""
        sentence = (
            self.tr("Changes that could not be saved last time cannot be read")
            if is_lost
            else self.tr("Changes that could not be saved last time have been restored, but some may be missing")
        )
        details = self.tr("Their file was damaged. It is kept in the data folder: {name}").format(
            name=_UNSAVED_SET_ASIDE
        )
        self._toasts.show_lasting(sentence, details)

    def show_open_folder(self, folder: Path, close: Callable[[], object]) -> None:
        """Report that other users of this computer can read the chats, with a button that runs `close`."""
        self._toasts.show_lasting(
            self.tr("Other users of this computer can read your chats folder"),
            str(folder),
            self.tr("Make private"),
            close,
        )

    def show_unusable_settings(self, keys: Collection[str]) -> None:
        """Report settings with invalid values. Stored state without a title is listed by its key."""
        titles = {setting.key: setting.title for setting in SETTINGS}
        names = [QCoreApplication.translate("Settings", titles[key]) if titles.get(key) else key for key in keys]
        self._toasts.show_lasting(
            self.tr("Some settings could not be used"),
            self.tr("Defaults are used for: {settings}. The old file was kept.").format(
                settings=", ".join(names[:_MAX_SETTINGS]) + (", …" if len(names) > _MAX_SETTINGS else "")
            ),
        )

    def show_skipped_chat(self, chat: Conversation, open_it: Callable[[], object]) -> None:
        """Report that the last chat was not opened, because showing it failed the last time."""
        self._toasts.show_lasting(
            self.tr("“{title}” was not opened").format(title=plain_line(chat.title or self.tr("New chat"))),
            self.tr("An error occurred the last time this chat was shown. The chat is still saved."),
            self.tr("Open anyway"),
            open_it,
        )

    def follow_maintenance(
        self, maintenance: Maintenance, show_damage: Callable[[ChatdeskError], object], show_data: Callable[[], object]
    ) -> Callable[[], None]:
        """Report what the maintenance of the database finds, from now on. Return a function that ends this."""

        def report(finding: Finding) -> None:
            why = describe_error(finding.error).sentence
            match finding:
                case DamageFound():
                    show_damage(finding.error)
                case BackupFailed():
                    self._toasts.show_toast(self.tr("The weekly backup of your chats failed"), why)
                case DailyBackupOverdue():
                    text = self.tr("No backup for %n day(s)", "", finding.days)
                    self._toasts.show_lasting(text, why, self.tr("Show"), show_data)

        return maintenance.findings.subscribe(report)

    def follow_sync(self, sync: Lazy[Sync], trash: Trash, tasks: Tasks) -> Callable[[], None]:
        """Report when another computer deletes the chat being shown, from now on, and settings of synchronisation that were lost.

        Return a function that ends this.
        """
        is_ended = False

        def report(deleted: DeletedElsewhere) -> None:
            if not is_ended and deleted.conversation.id == self._chat.conversation_id:
                self._show_deleted_elsewhere(deleted, trash, tasks)

        def report_loss(_problem: object) -> None:
            if not is_ended:
                self._show_lost_settings()

        def end() -> None:
            nonlocal is_ended
            is_ended = True

        def follow(created: Sync) -> None:
            created.deletions.subscribe(report)
            created.losses.subscribe(report_loss)

        sync.when_created(follow)
        return end

    def _show_lost_settings(self) -> None:
        self._toasts.show_lasting(
            self.tr("Synchronisation is off"),
            self.tr("Its settings could not be read. Set it up again in Settings."),
            self.tr("Show"),
            lambda: self._router.show_settings("data"),
        )

    def _show_deleted_elsewhere(self, deleted: DeletedElsewhere, trash: Trash, tasks: Tasks) -> None:
        self._chat.replace_deleted()
        replacement = self._chat.page_number
        title = plain_line(deleted.conversation.name) or self.tr("New chat")
        computer = plain_line(deleted.computer)
        text = (
            self.tr("“{title}” was deleted on {computer}").format(title=title, computer=computer)
            if computer
            else self.tr("“{title}” was deleted on another computer").format(title=title)
        )

        async def restore() -> None:
            await trash.restore([deleted.conversation.id])
            if not await self._chat.open_restored(deleted.conversation.id, replacement):
                self._toasts.show_toast(self.tr("“{title}” has been permanently deleted").format(title=title))

        self._toasts.show_lasting(
            text,
            self.tr("What you were writing is kept in the new chat.") if self._chat.has_draft else "",
            self.tr("Restore"),
            lambda: tasks.start(restore(), "restore a chat deleted elsewhere"),
        )

    def offer_list_undo(self, text: str, details: str, edit: Edit) -> None:
        """Report a change to the list of chats and offer to undo it. The shortcut undoes the latest change, as in the list."""
        self._toasts.show_message(
            ToastMessage(text, details, self.tr("Undo"), lambda: self._chats.undo(edit), "Ctrl+Z", self._chats.undo)
        )

    def close_deleted(self, conversations: tuple[Conversation, ...]) -> None:
        """Show an empty chat if the displayed one was deleted."""
        if self._chat.conversation_id in {conversation.id for conversation in conversations}:
            self._chat.new_chat()

    def _offer_chats_back(self, conversations: tuple[Conversation, ...], edit: Edit) -> None:
        self.close_deleted(conversations)
        named = conversations[:_MAX_TITLES]
        titles = ", ".join(plain_line(conversation.name) or self.tr("New chat") for conversation in named)
        count = len(conversations)
        text = self.tr("Chat deleted") if count == 1 else self.tr("%n chat(s) deleted", "", count)
        if count == 1 and conversations[0].is_draft:
            text = self.tr("Draft discarded")
        self.offer_list_undo(text, titles, edit)

    def report_deleted_change(self, text: str, name: str, conversation_id: str) -> None:
        """Report a change to deleted items, and offer to open a restored chat."""
        action = self.tr("Open") if conversation_id else ""
        open_it = partial(self.chat_requested.emit, conversation_id) if action else None
        self._toasts.show_toast(text, name, action, open_it)

    def _show_undone(self, kind: EditKind) -> None:
        match kind:
            case EditKind.DELETE:
                self._toasts.show_toast(self.tr("Deletion undone"))
            case EditKind.MOVE:
                self._toasts.show_toast(self.tr("Move undone"))
            case EditKind.RENAME:
                self._toasts.show_toast(self.tr("Renaming undone"))
