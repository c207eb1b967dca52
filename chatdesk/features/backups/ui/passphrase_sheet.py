"""Sheet that asks for a new passphrase, twice."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QWidget

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_MIN_LENGTH = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""
_GROUPS, _GROUP_LENGTH = 5, 5


def suggested_passphrase() -> str:
    """Return a random passphrase that nobody guesses: 123 bits, in groups that can be copied from paper."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))


class PassphraseSheet(Sheet):
    """Asks for a passphrase and calls `use` with it, which takes some seconds; closing the sheet cancels that.

    With `is_change`, there is a passphrase already.
    """

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        use: Callable[[str], Awaitable[None]],
        tasks: Tasks,
        *,
        is_change: bool = False,
    ) -> None:
        super().__init__(appearance, window, SheetKind.REPORT)
        self.setObjectName("passphraseSheet")
        self._use = use
        self._tasks = tasks
        self._is_change = is_change
        self._is_busy = False
        self._task: asyncio.Task[object] | None = None
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._first = TextField(appearance, "", self, secret=True)
        self._first.edit.setObjectName("newPassphrase")
        self._second = TextField(appearance, "", self, secret=True)
        self._second.edit.setObjectName("passphraseAgain")
        self._rows = FormRow(appearance, self._first, self), FormRow(appearance, self._second, self)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.hide()
        self._suggest = self.add_button("", ButtonKind.PLAIN)
        self._suggest.setObjectName("suggestPassphrase")
        self._suggest.clicked.connect(self._fill_in)
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._protect = self.add_button("", ButtonKind.FILLED)
        self._protect.setObjectName("usePassphrase")
        self._protect.clicked.connect(self._submit)
        for field in (self._first, self._second):
            field.changed.connect(self._on_edit)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (self._hint, *self._rows, self._failure):
            self.body.addWidget(part)
        self.closed.connect(self._stop)
        self._retranslate()

    def open_with_fields(self) -> None:
        """Open the sheet with the cursor in the first field."""
        self.open(self._first.edit)

    def _on_edit(self) -> None:
        self.start()
        self._second.set_error("")
        self._first.set_error("")
        self._show()

    def _fill_in(self) -> None:
        """Fill in a random passphrase, readable, because it has to be written down."""
        passphrase = suggested_passphrase()
        for field in (self._first, self._second):
            field.edit.setEchoMode(field.edit.EchoMode.Normal)
            field.set_text(passphrase)
        self._first.edit.selectAll()
        self._first.setFocus()

    def _submit(self) -> None:
        text = self._first.text()
        if self._is_busy:
            return
        if len(text) < _MIN_LENGTH:
            self._first.set_error(self.tr("Use at least %n character(s).", "", _MIN_LENGTH))
            self._first.setFocus()
        elif text != self._second.text():
            self._second.set_error(self.tr("The passphrases do not match."))
            self._second.setFocus()
        else:
            self._is_busy = True
            self._failure.hide()
            self._dismiss.setFocus()  # the fields are disabled meanwhile
            self._show()
            self._task = self._tasks.start(self._finish(text), "use a passphrase")

    async def _finish(self, passphrase: str) -> None:
        try:
            await self._use(passphrase)
        except ChatdeskError as error:
            self._failure.show_text(sentence_and_consequence(describe_error(error)))
            self._failure.show()
        else:
            self._is_busy = False
            self.leave()
            return
        self._is_busy = False
        self._show()
        self._first.setFocus()

    def _stop(self) -> None:
        if self._task and self._is_busy:
            self._task.cancel()

    def _show(self) -> None:
        action = self.tr("Change passphrase") if self._is_change else self.tr("Protect backups")
        self._protect.setText(self.tr("Protecting…") if self._is_busy else action)
        self._protect.setEnabled(not self._is_busy and bool(self._first.text()))
        for part in (self._first, self._second, self._suggest):
            part.setEnabled(not self._is_busy)
        self.foot.fit()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(
            self.tr("Change the passphrase of backups")
            if self._is_change
            else self.tr("Protect backups with a passphrase")
        )
        self._hint.set_text(
            self.tr(
                "New backups open only with the new passphrase. It cannot be recovered: write it down, or keep it in a "
                "password manager. Backups made before still need the earlier one, so keep that, too."
            )
            if self._is_change
            else self.tr(
                "From now on, backups open only with this passphrase, also on another computer. It cannot be recovered: "
                "write it down, or keep it in a password manager. Backups made before stay as they are."
            )
        )
        for row, field, label in zip(
            self._rows, (self._first, self._second), (self.tr("Passphrase"), self.tr("Repeat passphrase")), strict=True
        ):
            row.set_labels(label)
            field.set_name(label)
        self._suggest.setText(self.tr("Suggest one"))
        self._dismiss.setText(self.tr("Cancel"))
        self._show()
