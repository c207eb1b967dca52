"""The sheet of synchronisation: its form while it is off, and its state while it is on."""

import asyncio
from functools import partial

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.sync.services.sync import Sync
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncStatus
from chatdesk.features.sync.ui.credential_forms import PassphraseForm, SignInForm
from chatdesk.features.sync.ui.set_up_form import SetUpForm
from chatdesk.features.sync.ui.sync_texts import problem_text
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.ui_kit.errors.folder_errors import folder_error_text
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import moment_text
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


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
        self._submission: asyncio.Task[None] | None = None
        self._form = SetUpForm(appearance, status.settings, self)
        self._form.location_changed.connect(self._look_into_folder)
        self._form.changed.connect(self._on_edit)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("syncFailure")
        self._failure.hide()
        self._facts = RowCard(appearance, self, fill="page")
        self._credentials: SignInForm | PassphraseForm | None = None
        """What is asked for again while synchronisation is on."""
        self._here = ActionRow(appearance, "syncHere")
        self._now = self._here.add_button("syncNow", "refresh-cw", sync.sync_now)
        self._facts.add_row(self._here)
        self._others_heading = Label(appearance, "label", "text", self)
        self._others = RowCard(appearance, self, fill="page")
        self._other_rows: list[ActionRow] = []
        self._problems = QWidget(self)
        self._problems.hide()
        self._problem_column = QVBoxLayout(self._problems)
        self._problem_column.setContentsMargins(0, 0, 0, 0)
        self._shown_problems: tuple[tuple[str, ProblemKind | None], ...] = ()
        self._solvable: Notice | None = None
        """The first problem with a button that solves it."""
        self._stop = self.add_button("", ButtonKind.PLAIN)
        self._stop.setObjectName("stopSync")
        self._stop.clicked.connect(self._turn_off)
        self._dismiss = self.add_button("")
        self._dismiss.setObjectName("dismissSync")
        self._dismiss.clicked.connect(self._leave)
        self._start = self.add_button("", ButtonKind.FILLED)
        self._start.setObjectName("startSync")
        self._start.clicked.connect(self._submit)
        self.body.setSpacing(appearance.theme.length("m"))
        parts = (self._problems, self._form, self._failure, self._facts, self._others_heading, self._others)
        for part in parts:
            self.body.addWidget(part)
        self.closed.connect(sync.changes.subscribe(self._on_status))
        self.closed.connect(self._cancel_submission)
        self._retranslate()

    def open_ready(self) -> None:
        """Open the sheet with the focus where something is to be done."""
        self._look_into_folder()
        self._tasks.start(self._show_password_state(), "look where the password of a server is kept")
        self.open(self._now if self._status.settings.is_on else self._form.first_field)
        if self._solvable:
            self._solvable.focus(Qt.FocusReason.ShortcutFocusReason)  # as the sheet does

    # The form.

    def _on_edit(self) -> None:
        self.start()
        self._failure.hide()
        self._show()

    def _look_into_folder(self) -> None:
        """Find out whether a folder of this computer is encrypted. A server is asked only when everything was entered."""
        location = self._form.location
        if location.address and not location.is_remote and not self._status.settings.is_on:
            self._tasks.start(self._look_into(location), "look into the folder of synchronisation")

    async def _look_into(self, location: StorageLocation) -> None:
        try:
            is_encrypted = await self._sync.is_encrypted(location)
        except (ChatdeskError, ValueError):
            is_encrypted = False
        if shiboken6.isValid(self) and location == self._form.location:
            self._form.set_encrypted(is_encrypted=is_encrypted)
            self._show()

    async def _show_password_state(self) -> None:
        state = await self._sync.password_state()
        if shiboken6.isValid(self):
            self._form.set_password_state(state)
            if self._credentials:
                self._credentials.set_password_state(state)

    def _submit(self) -> None:
        if self._credentials:
            self._submit_credentials()
        elif not self._is_busy and self._start.isEnabled() and self._form.check():
            self._failure.hide()
            self._set_busy(is_busy=True)
            self._submission = self._tasks.start(self._turn_on(), "begin synchronisation")

    async def _turn_on(self) -> None:
        form = self._form
        needs_passphrase = False
        failed: ChatdeskError | None = None
        try:
            if form.is_remote and await self._sync.is_encrypted(form.location, form.password):
                form.set_encrypted(is_encrypted=True)
                needs_passphrase = not form.passphrase
            if not needs_passphrase:
                await self._sync.turn_on(form.location, form.name, form.passphrase, form.password)
                form.clear_secrets()
        except ChatdeskError as error:
            failed = error
            self._failure.show_text(folder_error_text(error, is_remote=form.is_remote, beside_fields=True))
            self._failure.show()
        self._set_busy(is_busy=False)
        if failed:
            form.focus_cause(failed)
        elif needs_passphrase:
            form.ask_for_passphrase()
        elif self._status.settings.is_on:
            self._now.setFocus()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._form.set_busy(is_busy=is_busy)
        self._show()

    # A refused login, or a key that is not in the keyring.

    def _ask_for_credentials(self, kind: ProblemKind | None) -> None:
        """Show the fields that solve a problem: for the server in use, or for the passphrase of the folder."""
        if self._credentials is None:
            form = self._credentials = (
                SignInForm(self._appearance, self._status.settings, self)
                if kind is ProblemKind.LOGIN
                else PassphraseForm(self._appearance, self)
            )
            form.changed.connect(self._on_edit)
            self.body.insertWidget(self.body.indexOf(self._form), form)
            self._tasks.start(self._show_password_state(), "look where the password of a server is kept")
        self._show()
        self._credentials.focus_first()

    def _submit_credentials(self) -> None:
        if not self._is_busy:
            self._failure.hide()
            self._set_busy(is_busy=True)
            self._submission = self._tasks.start(
                self._use_credentials(), "use a login or passphrase for synchronisation"
            )

    async def _use_credentials(self) -> None:
        failed: ChatdeskError | None = None
        if form := self._credentials:
            try:
                await form.submit(self._sync)
            except ChatdeskError as error:
                failed = error
                is_remote = self._status.settings.location.is_remote
                beside_fields = isinstance(form, SignInForm)
                self._failure.show_text(folder_error_text(error, is_remote=is_remote, beside_fields=beside_fields))
                self._failure.show()
        self._set_busy(is_busy=False)
        if failed and form:
            form.focus_cause(failed)
        elif not failed:
            self._leave_credentials()

    def _leave_credentials(self) -> None:
        if form := self._credentials:
            self._credentials = None
            form.hide()
            form.deleteLater()
        self._failure.hide()
        self._show()
        self._now.setFocus()

    def _cancel_submission(self) -> None:
        if self._submission and self._is_busy:
            self._submission.cancel()

    def _leave(self) -> None:
        """Return from the fields for the server, or close the sheet."""
        if self._credentials and not self._is_busy:
            self._leave_credentials()
        else:
            self.cancel()

    def _turn_off(self) -> None:
        self._failure.hide()
        self._tasks.start(self._end(), "end synchronisation")

    async def _end(self) -> None:
        try:
            await self._sync.turn_off()
        except ChatdeskError as error:
            if not shiboken6.isValid(self):
                raise
            self._failure.show_text(folder_error_text(error, is_remote=False))
            self._failure.show()
            return
        await self._show_password_state()
        if shiboken6.isValid(self):
            self._look_into_folder()
            self._form.first_field.setFocus()

    # The state.

    def _on_status(self, status: SyncStatus) -> None:
        self._status = status
        self._show()

    def _show(self) -> None:
        is_on, asks = self._status.settings.is_on, self._credentials is not None
        self._form.setVisible(not is_on and not asks)
        for part in (self._facts, self._stop, self._others_heading, self._others):
            part.setVisible(is_on and not asks)
        self._here.set_texts(self._state_text(), self._folder_text())
        self._now.setText(self.tr("Sync now"))
        self._show_others()
        self._show_problems(tuple(self._shown_problem(each) for each in self._status.problems))
        self._dismiss.setText(self.tr("Done") if is_on and not asks else self.tr("Cancel"))
        self._start.setVisible(not is_on or asks)
        if form := self._credentials:
            form.setEnabled(not self._is_busy)
            if isinstance(form, SignInForm):
                self._start.setText(self.tr("Signing in…") if self._is_busy else self.tr("Sign in"))
            else:
                self._start.setText(self.tr("Checking…") if self._is_busy else self.tr("Continue"))
            self._start.setEnabled(form.is_complete and not self._is_busy)
        else:
            self._start.setText(self.tr("Starting…") if self._is_busy else self.tr("Start"))
            self._start.setEnabled(self._form.is_complete and not self._is_busy)
        self.foot.fit()

    def _show_others(self) -> None:
        others = self._status.settings.other_computers
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

    def _shown_problem(self, problem: Problem) -> tuple[str, ProblemKind | None]:
        """Return the text of a problem, and its kind if something is asked for to solve it."""
        signs_in = isinstance(self._credentials, SignInForm)
        is_remote = self._status.settings.location.is_remote
        text = problem_text(problem, is_remote=is_remote, beside_fields=signs_in)
        needs = problem.kind is ProblemKind.LOGIN or (problem.kind is ProblemKind.PASSPHRASE and not problem.computer)
        return text, problem.kind if needs and self._credentials is None else None

    def _show_problems(self, problems: tuple[tuple[str, ProblemKind | None], ...]) -> None:
        if problems == self._shown_problems:
            return
        self._shown_problems = problems
        self._problems.setVisible(bool(problems))
        self._solvable = None
        while item := self._problem_column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for text, kind in problems:
            notice = Notice(self._appearance, self._problems, NoticeKind.WARNING)
            notice.setObjectName("syncProblem")
            notice.show_text(text, self._solution_label(kind))
            if kind and self._solvable is None:
                self._solvable = notice
            notice.acted.connect(partial(self._ask_for_credentials, kind))
            self._problem_column.addWidget(notice)
        self._problem_column.setSpacing(self._appearance.theme.length("s"))

    def _solution_label(self, kind: ProblemKind | None) -> str:
        match kind:
            case ProblemKind.LOGIN:
                return self.tr("Sign in…")
            case ProblemKind.PASSPHRASE:
                return self.tr("Enter passphrase…")
            case _:
                return ""

    def _state_text(self) -> str:
        if self._status.is_busy:
            return self.tr("Synchronising…")
        if self._status.synchronised is None:
            kinds = {problem.kind for problem in self._status.problems}
            if ProblemKind.FOLDER in kinds:
                is_remote = self._status.settings.location.is_remote
                return self.tr("Waiting for the server") if is_remote else self.tr("Waiting for the folder")
            return self.tr("Not synchronised yet") if kinds else self.tr("Starting…")
        return self.tr("Synchronised {time}").format(time=moment_text(self._status.synchronised))

    def _folder_text(self) -> str:
        settings = self._status.settings
        encryption = self.tr("encrypted") if settings.public_key else self.tr("not encrypted")
        return " · ".join((plain_line(settings.folder), plain_line(settings.name), encryption))

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Sync with other computers"))
        self._others_heading.set_text(self.tr("Other computers"))
        self._stop.setText(self.tr("Stop"))
        self._show()
