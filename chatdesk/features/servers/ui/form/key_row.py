"""Row for a server's key: the field, the state of a saved key after a change of address, and permission to send it unencrypted."""

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.cards.card_texts import key_name
from chatdesk.kernel.servers.server import KeyKind, ServerConfig, Vendor
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.style.style import INVALID_PROPERTY
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton

# Notice that a key would be sent unencrypted, with a button to allow it; or that this is allowed, with a button to revoke it.


class ExposureNotice(Translated, Notice):
    """Exposure notice. `allowed` and `disallowed` are emitted by its button."""

    allowed = Signal()
    disallowed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, NoticeKind.WARNING)
        self._is_allowed = False
        self.acted.connect(self._decide)
        self._retranslate()

    def set_allowed(self, *, is_allowed: bool) -> None:
        """Show the warning, or that sending is allowed."""
        self._is_allowed = is_allowed
        self._retranslate()

    def _decide(self) -> None:
        if self._is_allowed:
            self.disallowed.emit()
        else:
            self.allowed.emit()

    def _retranslate(self) -> None:
        if self._is_allowed:
            self.show_text(
                self.tr("The API key is sent unencrypted, as you allowed."), self.tr("Stop sending"), NoticeKind.PLAIN
            )
        else:
            self.show_text(
                self.tr(
                    "This address is not encrypted (http). Others on the network could read the API key, so it is not "
                    "sent. Use https if the server supports it."
                ),
                self.tr("Send anyway"),
                NoticeKind.WARNING,
            )


# Field for a key. For a saved key, it shows that it exists and where, but never a character of it.

NO_LEARNING = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""Keeps a key out of the dictionaries and suggestions of input methods."""


class KeyField(Translated, QWidget):
    """Either a text field, or the state of the saved key with buttons for replacing and removing it."""

    edited = Signal()
    submitted = Signal()
    removed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        kind: KeyKind = KeyKind.KEY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._appearance = appearance
        self._location: SecretLocation | None = None
        self._replacing = False
        self._field = TextField(appearance, "", mono=True, secret=True)
        self._field.edit.setObjectName("serverKey")
        self._field.edit.setInputMethodHints(NO_LEARNING)
        self._field.changed.connect(self._on_edited)
        self._field.submitted.connect(self.submitted)
        self._saved_notice = Notice(appearance, kind=NoticeKind.KEY, slim=True)
        self._saved_notice.acted.connect(self.replace)
        self._keep_button = IconButton(appearance, "undo-2")
        self._keep_button.clicked.connect(self._show_saved)
        self._remove = Button(appearance, "", ButtonKind.PLAIN, small=True)
        self._remove.setObjectName("removeKey")
        self._remove.clicked.connect(self.removed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._saved_notice, 1)
        self._row.addWidget(self._field, 1)
        for button in (self._keep_button, self._remove):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)
        self.setFocusProxy(self._field)
        appearance.bind(self._restyle)
        self._retranslate()

    def text(self) -> str:
        """Return the typed key; empty while the saved key is shown."""
        return self._field.text().strip()

    def set_text(self, text: str) -> None:
        """Set the key as if it were typed."""
        self._field.set_text(text)

    def forget_text(self) -> None:
        """Discard the typed key, including the undo history, which `clear` would keep."""
        self._field.set_text("")
        self._field.set_error("")
        self._replacing = False
        self._show_parts()

    def set_location(self, location: SecretLocation | None) -> None:
        """Set where the key is stored; None if there is none."""
        self._location = location
        self._retranslate()

    def set_error(self, sentence: str) -> None:
        """Show an error of the typed key."""
        self._field.set_error(sentence)

    def mark_rejected(self) -> None:
        """Let the user correct a key that the server rejected: it is selected, so that typing replaces it."""
        if self._location is not None and not self._field.text():
            self._replacing = True
            self._show_parts()
        self._field.edit.setProperty(INVALID_PROPERTY, True)
        self._field.edit.update()
        if self.isVisible():  # not if the user has left the page during the test
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.edit.selectAll()

    @property
    def is_saved(self) -> bool:
        """Whether a key is stored for the saved address."""
        return self._location is not None

    @property
    def is_for_this_run(self) -> bool:
        """Whether the key is stored only until Chatdesk quits."""
        return self._location is SecretLocation.THIS_RUN

    def replace(self) -> None:
        """Let the user type another key; the saved one stays until then."""
        self._replacing = True
        self._show_parts()
        if self.isVisible():  # not if the user has left the page while the server was being saved
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_saved(self) -> None:
        self.forget_text()
        self.edited.emit()

    def _on_edited(self) -> None:
        self._field.set_error("")
        self.edited.emit()

    def _show_parts(self) -> None:
        is_stored = self._location is not None and not self._replacing
        was_typing = self._field.edit.hasFocus()
        had_focus = self._saved_notice.has_focus() or self._remove.hasFocus()
        self._saved_notice.setVisible(is_stored)
        self._remove.setVisible(is_stored)
        self._field.setVisible(not is_stored)
        self._keep_button.setVisible(self._replacing and self._location is not None)
        self._restyle()
        if was_typing and is_stored:
            self._saved_notice.focus()
        elif had_focus and not is_stored:
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._row.setSpacing(theme.length("s"))
        # A button at the end needs space for its focus ring; a field alone is aligned with the others.
        buttons = (self._keep_button, self._remove)
        alone = all(button.isHidden() for button in buttons)
        self._row.setContentsMargins(0, 0, 0 if alone else ring_reach(theme), 0)

    def _retranslate(self) -> None:
        self._field.set_name(key_name(self._kind))
        is_password = self._kind is KeyKind.BASIC
        self._field.set_placeholder(self.tr("name:password") if is_password else self.tr("Paste the API key"))
        self._keep_button.set_name(self.tr("Keep saved key"))
        self._remove.setText(self.tr("Forget key"))
        match self._location:
            case SecretLocation.KEYRING:
                text = self.tr("Saved in the system keyring")
            case SecretLocation.THIS_RUN:
                text = self.tr("Kept until you quit Chatdesk, because no system keyring was found")
            case _:
                text = ""
        self._saved_notice.show_text(text, self.tr("Replace"))
        self._show_parts()


class KeyRow(Translated, FormRow):
    """Key row. `field` is for the key. `edited` covers the key and the permission to send it unencrypted."""

    edited = Signal()

    def __init__(
        self, appearance: Appearance, server: ServerConfig, vendor: Vendor, parent: QWidget | None = None
    ) -> None:
        self.field = KeyField(appearance, vendor.key_kind)
        super().__init__(appearance, self.field, parent)
        self.hide_label()
        self._needs_key = vendor.needs_key
        self._requires_key = False
        self._is_rejected = False
        self._keyring_found = True
        self._kind = vendor.key_kind
        self._exposed_origin = ""
        self._moved = False
        self._has_credential = False
        self.unencrypted_key_origin = server.unencrypted_key_origin
        """Origin to which the key may be sent unencrypted; empty for none."""
        self._exposure = ExposureNotice(appearance, self)
        self._exposure_layout = QVBoxLayout()
        self._exposure_layout.addWidget(self._exposure)
        self._end_column.addLayout(self._exposure_layout)
        self._exposure.allowed.connect(lambda: self._allow(self._exposed_origin))
        self._exposure.disallowed.connect(lambda: self._allow(""))
        self.field.edited.connect(self._on_edited)
        self._show_text()

    def show_saved(self, server: ServerConfig) -> None:
        """Show the saved state, and discard the typed key."""
        self.field.forget_text()
        self.unencrypted_key_origin = server.unencrypted_key_origin
        self._moved = False
        self._show_text()

    def set_keyring_found(self, *, found: bool) -> None:
        """Set whether the system has a keyring. Otherwise the row says that a key is stored only until Chatdesk quits."""
        self._keyring_found = found
        self._show_text()

    def set_location(self, location: SecretLocation | None) -> None:
        """Set where the server's key is stored."""
        self.field.set_location(location)
        self._show_text()

    def set_destination(self, exposed_origin: str, *, moved: bool, has_credential: bool = False) -> None:
        """Set where the key would be sent: `exposed_origin` if it could be read on the way; `moved` if its address has changed.

        `has_credential`: a header works like a key, and is subject to the same rules.
        """
        self._exposed_origin, self._moved, self._has_credential = exposed_origin, moved, has_credential
        self._show_text()

    def set_requires_key(self, *, refuses: bool) -> None:
        """Set whether the server at its address was seen to reject requests without a key, unlike others of its vendor."""
        self._requires_key = refuses
        self._show_text()

    def set_rejected(self, *, is_rejected: bool) -> None:
        """Set whether the server rejected the current input, which is then marked and selected."""
        self._is_rejected = is_rejected
        self._show_text()
        if is_rejected:
            self.field.mark_rejected()

    def focus_exposure(self) -> None:
        """Focus the button for sending the key unencrypted."""
        self._exposure.focus()

    def focus_field(self) -> None:
        """Focus the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_key(self) -> bool:
        """Whether a key would be sent with the current input."""
        return bool(self.field.text()) or (self.field.is_saved and not self._moved)

    @property
    def requires_key(self) -> bool:
        """Whether the server cannot be used without a key, as far as is known."""
        return self._needs_key or self._is_rejected or (self._requires_key and not self._moved)

    def _allow(self, origin: str) -> None:
        self.unencrypted_key_origin = origin
        self._on_edited()

    def _on_edited(self) -> None:
        self._show_text()
        self.edited.emit()

    def _show_text(self) -> None:
        hint = ""
        if self.field.is_saved and self._moved:
            hint = self.tr("The saved API key belongs to the old address. Paste it again to use it here.")
        elif self.field.is_for_this_run:
            hint = self._advice()
        elif not self.field.is_saved and not self._keyring_found and (self.requires_key or self.field.text()):
            hint = joined(
                self.tr("No system keyring was found. The API key is kept only until you quit Chatdesk."),
                self._advice(),
            )
        elif not self.field.is_saved and not self.requires_key:
            hint = self.tr("Only if the server requires one.")
            if self._kind is KeyKind.BASIC:
                hint = self.tr("Only if the workflow requires them, in the form name:password.")
        elif not self.field.is_saved and self._kind is KeyKind.APP_KEY:
            hint = self.tr("Each application has its own API key. Add a provider for each one.")
        self.set_labels(key_name(self._kind), hint)
        sends_credential = self._has_credential or self.has_key
        self._exposure.set_allowed(is_allowed=self.unencrypted_key_origin == self._exposed_origin)
        shown = sends_credential and bool(self._exposed_origin)
        self._exposure.setVisible(shown)
        self._exposure_layout.setContentsMargins(0, self._appearance.theme.length("xs") if shown else 0, 0, 0)

    def _advice(self) -> str:
        """Return how to get a keyring, where that is known."""
        is_linux = sys.platform == "linux"
        return self.tr("To keep it, install GNOME Keyring or KWallet, and log in again.") if is_linux else ""

    def _retranslate(self) -> None:
        self._show_text()
