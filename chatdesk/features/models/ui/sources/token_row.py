"""The row of the token for Hugging Face. A saved token is never shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.errors.keyring_errors import KeyInvalid, KeyringError
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.forms.rows import ActionRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.focus import keeps_focus

_NO_LEARNING = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""Keeps a token out of the dictionaries and suggestions of input methods."""


class TokenRow(Translated, QWidget):
    """The row: where the token is stored, buttons to add, replace and remove it, and a field while it is entered.

    `open_link` opens the page where an account creates tokens.
    """

    def __init__(
        self,
        appearance: Appearance,
        hubs: Hubs,
        tasks: Tasks,
        open_link: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hubs = hubs
        self._tasks = tasks
        self._location: SecretLocation | None = None
        self._problem = ""
        self._state = ActionRow(appearance, "tokenState", self)
        self._create = self._state.add_button("createToken", "external-link", lambda: open_link(Hubs.TOKENS_PAGE))
        self._enter = self._state.add_button("enterToken", "", self._begin)
        self._remove = self._state.add_button("removeToken", "", self._start_removal)
        self._entry = QWidget(self)
        self._field = TextField(appearance, "", self._entry, mono=True, secret=True)
        self._field.edit.setObjectName("token")
        self._field.edit.setInputMethodHints(_NO_LEARNING)
        self._field.changed.connect(self._on_edited)
        self._field.submitted.connect(self._start_saving)
        self._cancel = Button(appearance, "", parent=self._entry)
        self._cancel.setObjectName("cancelToken")
        self._cancel.clicked.connect(self._end)
        self._save = Button(appearance, "", ButtonKind.FILLED, self._entry)
        self._save.setObjectName("saveToken")
        self._save.clicked.connect(self._start_saving)
        self._entry_row = QHBoxLayout(self._entry)
        self._entry_row.addWidget(self._field, 1)
        for button in (self._cancel, self._save):
            self._entry_row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._state)
        column.addWidget(self._entry)
        self._entry.hide()
        appearance.bind(self._restyle)
        self._retranslate()

    def refresh(self) -> None:
        """Show where the token is stored now."""
        self._tasks.start(self._find_location(), "look for the token of Hugging Face")

    async def _find_location(self) -> None:
        self._location = await self._hubs.token_location()
        self._retranslate()

    def event(self, event: QEvent) -> bool:
        """Let Esc close the field instead of the settings."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and self._entry.isVisible() and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._entry.isVisible():
            self._end()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self._entry.show()
        self._state_buttons_enabled(enabled=False)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        """Close the field and forget what was typed, including the undo history."""
        had_focus = any(part.hasFocus() for part in (self._field.edit, self._save, self._cancel))
        self._field.set_text("")
        self._field.set_error("")
        self._entry.hide()
        self._state_buttons_enabled(enabled=True)
        if had_focus:
            self._enter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _state_buttons_enabled(self, *, enabled: bool) -> None:
        for button in (self._enter, self._remove):
            button.setEnabled(enabled)

    def _on_edited(self, text: str) -> None:
        self._field.set_error("")
        self._save.setEnabled(bool(text.strip()))

    def _start_saving(self) -> None:
        if self._field.text().strip():
            self._tasks.start(self._save_token(self._field.text()), "save the token of Hugging Face")

    async def _save_token(self, text: str) -> None:
        try:
            self._location = await self._hubs.save_token(text)
        except KeyInvalid:
            self._field.set_error(self.tr("This is not a token. It is one line that begins with hf_."))
            return
        self._problem = ""
        self._end()
        self._retranslate()

    def _start_removal(self) -> None:
        self._tasks.start(self._remove_token(), "remove the token of Hugging Face")

    async def _remove_token(self) -> None:
        try:
            await self._hubs.remove_token()
        except KeyringError as error:
            self._problem = sentence_and_consequence(describe_error(error))
        else:
            self._problem, self._location = "", None
            if keeps_focus(self):
                self._enter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._entry_row.setContentsMargins(side, 0, side, theme.length("m") + ring_reach(theme))
        self._entry_row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        title = self.tr("Token for Hugging Face")
        self._state.set_texts(title, self._problem or self._state_text())
        is_saved = self._location is not None
        self._create.setText(self.tr("Create one"))
        self._create.setVisible(not is_saved)
        self._enter.setText(self.tr("Replace") if is_saved else self.tr("Add token"))
        self._remove.setText(self.tr("Remove"))
        self._remove.setVisible(is_saved)
        for button in (self._create, self._enter, self._remove):
            button.setAccessibleName(f"{title}: {button.text()}")
        self._field.set_name(title)
        self._field.set_placeholder(self.tr("Paste the token: hf_…"))
        self._save.setText(self.tr("Save"))
        self._save.setEnabled(bool(self._field.text().strip()))
        self._cancel.setText(self.tr("Cancel"))

    def _state_text(self) -> str:
        match self._location:
            case None:
                return self.tr(
                    "Only for models whose page asks for an account. It is kept in the system keyring and sent to huggingface.co only."
                )
            case _ if not self._hubs.is_official(HubKind.HUGGING_FACE):
                return self.tr("Saved, but not used: {host} is a mirror and does not receive it.").format(
                    host=self._hubs.host(HubKind.HUGGING_FACE)
                )
            case SecretLocation.KEYRING:
                return self.tr("Saved in the system keyring. It is sent to huggingface.co only.")
            case _:
                return self.tr("Kept until you quit Chatdesk, because no system keyring was found.")
