"""Sheet that restores chats from a backup: opens it, lists what is in it, and adds some or all, or replaces all chats with it."""

import asyncio
from collections.abc import Coroutine
from typing import Literal

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from chatdesk.features.backups.services.opened_backup import BackupChat, OpenedBackup
from chatdesk.features.backups.services.restoring import Restored, Restoring
from chatdesk.features.backups.ui.backup_row import ListedBackup, shown_time
from chatdesk.kernel.errors.backup_errors import BackupDamaged, BackupNewer, KeyNotKnown, PassphraseWrong
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.folder_errors import folder_error_text
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.lists.check_list import CheckItem, CheckList
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_BESIDE, _INSTEAD = "beside", "instead"
_Step = Literal["opening", "locked", "choosing", "restoring", "failed"]


class RestoreSheet(Sheet):
    """The sheet. Call `begin`; closing it cancels what is running, and nothing has changed then."""

    restored = Signal(str)
    """Chats were added; a sentence that says how many."""
    found_damaged = Signal(object)
    """The `ListedBackup` cannot be opened."""
    found_newer = Signal(object)
    """The `ListedBackup` cannot be opened because a newer version of Chatdesk made it."""
    replacing = Signal(object)
    """A `ClosedWork`, which replaces all chats."""

    def __init__(
        self, appearance: Appearance, window: QWidget, listed: ListedBackup, restoring: Restoring, tasks: Tasks
    ) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self.setObjectName("restoreSheet")
        self._listed = listed
        self._restoring = restoring
        self._is_synchronised = False
        self._tasks = tasks
        self._step: _Step = "opening"
        self._error = ""
        self._backup: OpenedBackup | None = None
        self._chats: tuple[BackupChat, ...] = ()
        self._mode = _BESIDE
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._hint.setObjectName("restoreHint")
        self._passphrase = TextField(appearance, "", self, secret=True)
        self._passphrase.edit.setObjectName("backupPassphrase")
        self._passphrase_row = FormRow(appearance, self._passphrase, self)
        self._modes = Segments(appearance, "", self)
        self._modes.setObjectName("restoreMode")
        self._modes.chosen.connect(self._choose_mode)
        self._list = CheckList(appearance, "restoreChats", self)
        self._list.changed.connect(self._on_choice)
        self._list.search.left.connect(self.cancel)
        self._files = QCheckBox(self)
        self._files.setObjectName("restoreFiles")
        self._files.toggled.connect(self._on_choice)
        self._missing_files = 0
        self._are_files_damaged = False
        self._bar = ProgressBar(appearance, parent=self)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("restoreFailure")
        self._failure.hide()
        self._dismiss = self.add_button("")
        self._dismiss.setObjectName("restoreCancel")
        self._dismiss.clicked.connect(self.cancel)
        self._confirm_button = self.add_button("", ButtonKind.FILLED)
        self._confirm_button.setObjectName("restoreConfirm")
        self._confirm_button.clicked.connect(self._submit)
        self._passphrase.changed.connect(self._on_passphrase)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (self._failure, self._modes, self._hint, self._passphrase_row, self._list, self._files, self._bar):
            self.body.addWidget(part)
        self.closed.connect(self._end)
        self._task: asyncio.Task[object] | None = None
        self._retranslate()

    def begin(self) -> None:
        """Show the sheet and open the backup."""
        self.open()
        self._run(self._open(None), "open a backup")

    def _run(self, work: Coroutine[object, object, None], name: str) -> None:
        async def guarded() -> None:
            try:
                await work
            except ChatdeskError as error:
                self._fail(error)

        self._task = self._tasks.start(guarded(), name)

    async def _open(self, passphrase: str | None) -> None:
        self._move_to("opening")
        try:
            self._backup = await self._restoring.opening.open(self._listed.source, passphrase, self._report)
        except KeyNotKnown:
            self._move_to("locked")
            self._passphrase.setFocus()
            return
        except PassphraseWrong as error:
            self._move_to("locked")
            self._passphrase.set_error(describe_error(error).sentence)
            self._passphrase.setFocus()
            self._passphrase.edit.selectAll()  # so that typing replaces it
            return
        self._chats = await self._restoring.chats(self._backup)
        missing = await self._restoring.missing_files(self._backup)
        self._missing_files, self._are_files_damaged = missing or 0, missing is None
        self._is_synchronised = await self._restoring.is_synchronised()
        self._files.setChecked(self._missing_files > 0)
        self._list.set_items(
            [
                CheckItem(chat.id, plain_line(chat.title[:200]) or self.tr("New chat"), self._facts(chat))
                for chat in self._chats
            ],
            [chat.id for chat in self._chats if not chat.is_here],
        )
        self._move_to("choosing")
        self._list.search.setFocus()

    def _facts(self, chat: BackupChat) -> str:
        moment = QDateTime.fromSecsSinceEpoch(int(chat.updated_at.timestamp()))
        facts = [
            QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat),
            counted(lambda count: self.tr("%n message(s)", "", count), chat.messages),
        ]
        return " · ".join([*facts, self.tr("already here")] if chat.is_here else facts)

    def _submit(self) -> None:
        backup = self._backup
        if self._step == "locked":
            self._run(self._open(self._passphrase.text()), "open a backup")
        elif self._step == "choosing" and backup:
            self.start()
            self._run(self._replace(backup) if self._mode == _INSTEAD else self._restore(backup), "restore chats")

    async def _restore(self, backup: OpenedBackup) -> None:
        self._move_to("restoring")
        files = await self._restore_files(backup)
        text = self._result_text(await self._restoring.restore(backup, self._list.checked, self._report), files)
        self.leave()
        self.restored.emit(text)

    async def _restore_files(self, backup: OpenedBackup) -> int:
        return await self._restoring.restore_files(backup) if self._files.isChecked() else 0

    async def _replace(self, backup: OpenedBackup) -> None:
        self._move_to("restoring")
        await self._restore_files(backup)
        work = await self._restoring.prepare_replacing(backup, self._report)
        self._backup = None  # what replaces the chats still reads it
        self.leave()
        self.replacing.emit(work)

    def _result_text(self, result: Restored, files: int) -> str:
        chats, missing = len(result.chats) + len(result.grown), result.missing_attachments
        counts = (
            (chats, lambda count: self.tr("%n chat(s) restored", "", count)),
            (files, lambda count: self.tr("%n preset(s) and glossaries restored", "", count)),
            (missing, lambda count: self.tr("%n attachment(s) missing", "", count)),
        )
        texts = [counted(text, count) for count, text in counts if count]
        return " · ".join(texts) or self.tr("All of it is here already")

    def _report(self, share: float) -> None:
        self._bar.set_fraction(share)

    def _fail(self, error: ChatdeskError) -> None:
        self._error = folder_error_text(error, is_remote=self._restoring.opening.is_remote(self._listed.source))
        if isinstance(error, BackupDamaged):
            self.found_damaged.emit(self._listed)
        if isinstance(error, BackupNewer):
            self.found_newer.emit(self._listed)
        self._move_to("choosing" if self._step == "restoring" and self._chats else "failed")
        self._failure.show_text(self._error)
        self._failure.show()
        self.scroll_to_top()

    def _end(self) -> None:
        if self._task and not self._task.done() and self._step != "locked":
            self._task.cancel()
        if backup := self._backup:
            self._tasks.start(backup.close(), "close a backup")

    def _choose_mode(self, mode: str) -> None:
        self._mode = mode
        self.start()
        self._show()

    def _on_passphrase(self) -> None:
        self._passphrase.set_error("")
        self._show()

    def _on_choice(self) -> None:
        self.start()
        self._show()

    def _move_to(self, step: _Step) -> None:
        self._step = step
        self._failure.hide()
        self._show()

    def _show(self) -> None:
        step, is_instead = self._step, self._mode == _INSTEAD
        self.set_heading(self.tr("Restore from {time}").format(time=shown_time(self._listed)))
        self._hint.set_text(self._hint_text())
        self._hint.setVisible(bool(self._hint_text()))
        self._passphrase_row.setVisible(step == "locked")
        self._modes.setVisible(step == "choosing")
        self._list.setVisible(step == "choosing" and not is_instead)
        self._files.setVisible(step == "choosing" and self._missing_files > 0)
        self._files.setText(
            counted(
                lambda count: self.tr("Also %n preset(s) and glossaries that are missing here", "", count),
                self._missing_files,
            )
        )
        self._bar.setVisible(step in {"opening", "restoring"})
        self._bar.setAccessibleName(self._hint_text())
        chosen = len(self._list.checked)
        text = {
            "locked": self.tr("Open"),
            "choosing": self.tr("Replace all chats")
            if is_instead
            else counted(lambda count: self.tr("Restore %n chat(s)", "", count), chosen)
            if chosen
            else self.tr("Restore"),
        }.get(step, "")
        self._confirm_button.setText(text)
        self._confirm_button.setVisible(bool(text))
        self._confirm_button.setEnabled(
            bool(self._passphrase.text()) if step == "locked" else is_instead or chosen > 0 or self._files.isChecked()
        )
        self._dismiss.setText(self.tr("Close") if step == "failed" else self.tr("Cancel"))
        self.foot.fit()
        self._arrange()

    def _hint_text(self) -> str:
        match self._step:
            case "opening":
                return self.tr("Opening the backup…")
            case "locked":
                return self.tr("This backup is protected. Enter the passphrase that was set when it was made.")
            case "restoring":
                return self.tr("Restoring…")
            case "choosing" if self._mode == _INSTEAD:
                chats = counted(lambda count: self.tr("%n chat(s)", "", count), len(self._chats))
                text = self.tr(
                    "All current chats are replaced by the {chats} of this backup. The current ones are kept in the data "
                    "folder, in a file named “chats-set-aside-…”. The window closes for a moment, and running "
                    "answers are stopped."
                ).format(chats=chats)
                sync = self.tr(
                    "Sync with other computers is on: the chats in the shared folder are added again. Stop it first to "
                    "have only those of the backup."
                )
                return f"{text}\n\n{sync}" if self._is_synchronised else text
            case "choosing":
                text = self.tr(
                    "Missing chats are restored as they were. Existing chats get back messages that are missing, and keep all others."
                )
                damaged = self.tr(
                    "The presets and glossaries of this backup are damaged. An older backup may have them."
                )
                return f"{text}\n\n{damaged}" if self._are_files_damaged else text
            case _:
                return ""

    def _retranslate(self) -> None:
        super()._retranslate()
        self._passphrase_row.set_labels(self.tr("Passphrase"))
        self._passphrase.set_name(self.tr("Passphrase"))
        self._modes.set_segments(
            [(_BESIDE, self.tr("Next to the current chats")), (_INSTEAD, self.tr("Instead of the current chats"))]
        )
        self._modes.choose(self._mode)
        self._modes.setAccessibleName(self.tr("How to restore"))
        self._show()
