"""The sheet of synchronisation: its form while it is off, and its state while it is on."""

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.sync.services.sync import Sync, SyncStatus
from chatdesk.features.sync.ui.sync_texts import problem_text
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import moment_text
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind
from chatdesk.ui_kit.widgets.switch import Switch

_MIN_PASSPHRASE = 10
_MAX_NAME = 100


class _SetUpForm(QWidget):
    """The folder, the name of this computer, and the passphrase."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self.folder = TextField(appearance, "", self)
        self.folder.edit.setObjectName("syncFolder")
        self.choose = Button(appearance, "", icon="folder-open")
        self.choose.setObjectName("chooseSyncFolder")
        place = QWidget(self)
        self._place = QHBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self.folder, 1)
        self._place.addWidget(self.choose)
        self.name = TextField(appearance, "", self)
        self.name.edit.setObjectName("syncName")
        self.name.edit.setMaxLength(_MAX_NAME)
        self.encrypts = Switch(appearance, "", self)
        self.encrypts.setObjectName("syncEncrypts")
        self.first = TextField(appearance, "", self, secret=True)
        self.first.edit.setObjectName("syncPassphrase")
        self.second = TextField(appearance, "", self, secret=True)
        self.second.edit.setObjectName("syncPassphraseAgain")
        self.folder_row, self.name_row, self.encrypts_row, self.first_row, self.second_row = (
            FormRow(appearance, field, self) for field in (place, self.name, self.encrypts, self.first, self.second)
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.hint, self.folder_row, self.name_row, self.encrypts_row, self.first_row, self.second_row):
            self._column.addWidget(part)
        self._appearance = appearance
        appearance.bind(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))
        self._place.setSpacing(self._appearance.theme.length("s"))


class SyncSheet(Sheet):
    """The sheet. It follows the state of synchronisation as long as it is open."""

    def __init__(self, appearance: Appearance, window: QWidget, sync: Sync, status: SyncStatus, tasks: Tasks) -> None:
        super().__init__(appearance, window, SheetKind.REPORT)
        self.setObjectName("syncSheet")
        self._appearance = appearance
        self._sync = sync
        self._status = status
        self._tasks = tasks
        self._is_busy = False
        self._is_existing = False
        """Whether the chosen folder is encrypted already, so that its passphrase is asked for once."""
        self._form = _SetUpForm(appearance, self)
        self._form.folder.set_text(status.settings.folder)
        self._form.name.set_text(status.settings.name)
        self._form.encrypts.setChecked(bool(status.settings.public_key))
        self._form.folder.changed.connect(self._on_folder)
        for field in (self._form.name, self._form.first, self._form.second):
            field.changed.connect(self._on_edit)
        self._form.encrypts.toggled.connect(self._on_edit)
        self._form.choose.clicked.connect(self._choose_folder)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("syncFailure")
        self._failure.hide()
        self._facts = RowCard(appearance, self)
        self._here = ActionRow(appearance, "syncHere")
        self._now = self._here.add_button("syncNow", "refresh-cw", sync.sync_now)
        self._facts.add_row(self._here)
        self._others_heading = Label(appearance, "label", "text", self)
        self._others = RowCard(appearance, self)
        self._other_rows: list[ActionRow] = []
        self._problems = QWidget(self)
        self._problem_column = QVBoxLayout(self._problems)
        self._problem_column.setContentsMargins(0, 0, 0, 0)
        self._shown_problems: tuple[str, ...] = ()
        self._stop = self.add_button("", ButtonKind.PLAIN)
        self._stop.setObjectName("stopSync")
        self._stop.clicked.connect(self._turn_off)
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._start = self.add_button("", ButtonKind.FILLED)
        self._start.setObjectName("startSync")
        self._start.clicked.connect(self._submit)
        self.body.setSpacing(appearance.theme.length("m"))
        parts = (self._form, self._failure, self._problems, self._facts, self._others_heading, self._others)
        for part in parts:
            self.body.addWidget(part)
        self.closed.connect(sync.changes.subscribe(self._on_status))
        self._retranslate()

    def open_ready(self) -> None:
        """Open the sheet with the focus where something is to be done."""
        self._on_folder()
        self.open(self._now if self._status.settings.is_on else self._form.folder.edit)

    # The form.

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder that all computers can see"), self._form.folder.text())
        dialog.setObjectName("syncFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._form.folder.set_text)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_edit(self) -> None:
        self.start()
        self._failure.hide()
        for field in (self._form.folder, self._form.first, self._form.second):
            field.set_error("")
        self._show()

    def _on_folder(self) -> None:
        self._on_edit()
        folder = self._form.folder.text().strip()
        if folder and not self._status.settings.is_on:
            self._tasks.start(self._look_into(folder), "look into the folder of synchronisation")

    async def _look_into(self, folder: str) -> None:
        try:
            is_existing = await self._sync.is_encrypted(folder)
        except (ChatdeskError, ValueError):
            is_existing = False
        if folder == self._form.folder.text().strip():
            self._is_existing = is_existing
            if is_existing:
                self._form.encrypts.setChecked(True)
            self._show()

    def _submit(self) -> None:
        form = self._form
        if self._is_busy or not self._start.isEnabled():
            return
        passphrase = form.first.text() if form.encrypts.isChecked() else ""
        if form.encrypts.isChecked() and not self._is_existing and len(passphrase) < _MIN_PASSPHRASE:
            form.first.set_error(self.tr("Use at least %n character(s).", "", _MIN_PASSPHRASE))
            form.first.setFocus()
        elif form.encrypts.isChecked() and not self._is_existing and passphrase != form.second.text():
            form.second.set_error(self.tr("The two are not the same."))
            form.second.setFocus()
        else:
            self._is_busy = True
            self._show()
            self._tasks.start(self._turn_on(passphrase), "begin synchronisation")

    async def _turn_on(self, passphrase: str) -> None:
        form = self._form
        try:
            await self._sync.turn_on(form.folder.text().strip(), form.name.text().strip(), passphrase)
        except ChatdeskError as error:
            self._failure.show_text(in_one_piece(describe_error(error)))
            self._failure.show()
        else:
            form.first.set_text("")
            form.second.set_text("")
        self._is_busy = False
        self._show()
        if self._status.settings.is_on:
            self._now.setFocus()

    def _turn_off(self) -> None:
        self._tasks.start(self._end(), "end synchronisation")

    async def _end(self) -> None:
        await self._sync.turn_off()
        self._on_folder()
        self._form.folder.setFocus()

    # The state.

    def _on_status(self, status: SyncStatus) -> None:
        self._status = status
        self._show()

    def _show(self) -> None:
        is_on = self._status.settings.is_on
        self._form.setVisible(not is_on)
        for part in (self._facts, self._stop, self._problems):
            part.setVisible(is_on)
        others = sorted(self._status.settings.others.values(), key=lambda each: each.name.casefold()) if is_on else []
        self._others_heading.setVisible(is_on)
        self._others.setVisible(is_on)
        self._show_form()
        self._here.set_texts(self._state_text(), self._folder_text())
        self._now.setText(self.tr("Sync now"))
        rows = [
            (plain_line(each.name), self.tr("Last change seen {time}").format(time=moment_text(each.seen)))
            for each in others
        ]
        if not rows:
            rows = [
                (self.tr("None yet"), self.tr("Start Chatdesk on another computer, and choose the same folder there."))
            ]
        while len(self._other_rows) < len(rows):
            row = ActionRow(self._appearance, f"otherComputer{len(self._other_rows)}")
            self._other_rows.append(row)
            self._others.add_row(row)
        for position, row in enumerate(self._other_rows):
            row.setVisible(position < len(rows))
            if position < len(rows):
                row.set_texts(*rows[position])
        self._show_problems(tuple(map(problem_text, self._status.problems)) if is_on else ())
        self._dismiss.setText(self.tr("Done") if is_on else self.tr("Cancel"))
        self._start.setVisible(not is_on)
        self._start.setText(self.tr("Starting…") if self._is_busy else self.tr("Start"))
        self.foot.fit()

    def _show_form(self) -> None:
        form = self._form
        encrypts = form.encrypts.isChecked()
        form.first_row.setVisible(encrypts)
        form.second_row.setVisible(encrypts and not self._is_existing)
        form.encrypts.setEnabled(not self._is_busy and not self._is_existing)
        for part in (form.folder, form.choose, form.name, form.first, form.second):
            part.setEnabled(not self._is_busy)
        is_complete = form.folder.text().strip() and form.name.text().strip() and (form.first.text() or not encrypts)
        self._start.setEnabled(bool(is_complete) and not self._is_busy)
        form.encrypts_row.set_labels(self.tr("Encryption"), self._encryption_hint())
        form.first_row.set_labels(
            self.tr("Passphrase"),
            self.tr("The passphrase that was chosen on the first computer.")
            if self._is_existing
            else self.tr("It cannot be recovered. You need it on every other computer."),
        )

    def _encryption_hint(self) -> str:
        if self._is_existing:
            return self.tr("This folder is encrypted.")
        if self._form.encrypts.isChecked():
            return self.tr("Whoever hosts the folder sees only when something changes, and how much.")
        return self.tr("Without it, whoever hosts the folder can read your chats.")

    def _show_problems(self, texts: tuple[str, ...]) -> None:
        if texts == self._shown_problems:
            return
        self._shown_problems = texts
        while item := self._problem_column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for text in texts:
            notice = Notice(self._appearance, self._problems, NoticeKind.WARNING)
            notice.setObjectName("syncProblem")
            notice.show_text(text)
            self._problem_column.addWidget(notice)
        self._problem_column.setSpacing(self._appearance.theme.length("s"))

    def _state_text(self) -> str:
        if self._status.is_busy:
            return self.tr("Synchronising…")
        if self._status.synchronised is None:
            return self.tr("Waiting for the folder") if self._status.problems else self.tr("Starting…")
        return self.tr("Synchronised {time}").format(time=moment_text(self._status.synchronised))

    def _folder_text(self) -> str:
        settings = self._status.settings
        encryption = self.tr("encrypted") if settings.public_key else self.tr("not encrypted")
        return " · ".join((plain_line(settings.folder), plain_line(settings.name), encryption))

    def _retranslate(self) -> None:
        super()._retranslate()
        form = self._form
        self.set_heading(self.tr("Sync with other computers"))
        form.hint.set_text(
            self.tr(
                "Chatdesk writes its changes into a folder that all your computers can see, and reads those of the others there. "
                "Syncthing, iCloud, OneDrive, Nutstore or a network drive keep the folder the same. Keys and settings are not shared."
            )
        )
        form.folder_row.set_labels(self.tr("Folder"), self.tr("A folder “Chatdesk Sync” is made in it."))
        form.folder.set_name(self.tr("Folder"))
        form.choose.setText(self.tr("Choose…"))
        form.name_row.set_labels(self.tr("This computer"), self.tr("How the other computers list it."))
        form.name.set_name(self.tr("This computer"))
        form.encrypts.setAccessibleName(self.tr("Encryption"))
        form.first.set_name(self.tr("Passphrase"))
        form.second_row.set_labels(self.tr("Again"))
        form.second.set_name(self.tr("Again"))
        self._others_heading.set_text(self.tr("Other computers"))
        self._stop.setText(self.tr("Stop"))
        self._show()
