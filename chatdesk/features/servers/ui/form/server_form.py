"""Form for a server: name, address, key, advanced options, and buttons. Only widgets and signals."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.cards.card_texts import address_hint
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.form.advanced_fields import AdvancedFields
from chatdesk.features.servers.ui.form.key_row import KeyRow
from chatdesk.features.servers.ui.form.option_rows import WRITTEN_ONLY, NamesRow
from chatdesk.features.servers.ui.form.server_draft import ServerDraft
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.tab_order import set_tab_order


class ServerForm(Translated, QWidget):
    """Server form. Input stays until it is saved or cancelled. A new server cannot be removed, but saved or cancelled at once."""

    edited = Signal()
    save_requested = Signal()
    test_requested = Signal()
    test_cancelled = Signal()
    cancelled = Signal()
    remove_requested = Signal()
    key_removed = Signal()
    key_page_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        server: ServerConfig,
        vendor: Vendor,
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self._is_new = is_new
        self._saved = ServerDraft.of(server)
        self._saved_server = server
        self._needs_key = vendor.needs_key
        self._vendor = vendor
        self._name = TextField(appearance, "", text=server.name)
        self._name.edit.setObjectName("serverName")
        example = f"https://{vendor.hosts[0].replace('*', '…')}" if vendor.hosts and not vendor.base_url else "https://"
        self._address = TextField(appearance, "", text=server.base_url, placeholder=example, mono=True)
        self._address.edit.setObjectName("serverAddress")
        self._address.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._names = NamesRow(appearance, vendor)
        names_are_usual = WRITTEN_ONLY not in vendor.quirks
        self.advanced = AdvancedFields(appearance, vendor, self._names if names_are_usual else None)
        """Advanced options, collapsed."""
        self._show_advanced()
        self._test = Button(appearance, "")
        self.result = ResultStrip(appearance, self._test, self)
        """Result of a test."""
        self._name_row = FormRow(appearance, self._name)
        self._address_row = FormRow(appearance, self._address)
        self._key_row = KeyRow(appearance, server, vendor)
        self._key = self._key_row.field

        self._remove = Button(appearance, "", ButtonKind.PLAIN, icon="trash-2")
        self._cancel_button = Button(appearance, "", ButtonKind.PLAIN)
        self._save = Button(appearance, "", ButtonKind.FILLED)
        for button, name in (
            (self._test, "testServer"),
            (self._remove, "removeServer"),
            (self._cancel_button, "cancelServer"),
            (self._save, "saveServer"),
        ):
            button.setObjectName(name)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._test)
        self._buttons.addWidget(self._remove)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._cancel_button)
        self._buttons.addWidget(self._save)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        names = () if names_are_usual else (self._names,)
        rows = (self._name_row, self._address_row, *names, self._key_row, self.advanced, self.result)
        for row in rows:
            self._layout.addWidget(row)
        self._layout.addLayout(self._buttons)
        set_tab_order((*rows, self._test, self._remove, self._cancel_button, self._save))
        self._connect()
        appearance.bind(self._restyle)
        self._retranslate()
        self._show_buttons()

    def draft(self) -> ServerDraft:
        """Return the current input."""
        return ServerDraft(
            self._name.text().strip(),
            self._address.text().strip(),
            replace(self.advanced.draft(), models=self._names.names(), api_version=self._names.version()),
            self._key_row.unencrypted_key_origin,
            self._key.text(),
        )

    def show_saved(self, server: ServerConfig) -> None:
        """Show the saved server, and discard the typed key."""
        self._is_new = False
        self._saved = ServerDraft.of(server)
        self._saved_server = server
        self._key_row.show_saved(server)
        self._name.set_text(self._saved.name)
        self._address.set_text(self._saved.address)
        for row in (self._name_row, self._address_row):
            row.set_saved_elsewhere(None)
        self._show_advanced()
        self.clear_problems()
        self._show_buttons()

    def follow(self, server: ServerConfig) -> None:
        """Show the server after a change elsewhere. Input stays; only unchanged fields are updated."""
        before, now = self._saved, ServerDraft.of(server)
        if now == before:
            return
        if not self.is_changed:
            self.show_saved(server)
            return
        typed = self.draft()
        self._saved, self._saved_server = now, server
        if typed.name == before.name:
            self._name.set_text(now.name)
        elif now.name != before.name:
            self._name_row.set_saved_elsewhere(now.name)
        if typed.address == before.address:
            self._address.set_text(now.address)
        elif now.address != before.address:
            self._address_row.set_saved_elsewhere(now.address)
        self.advanced.follow(before.advanced, now.advanced, server)
        self._names.follow(
            (before.advanced.models, before.advanced.api_version), (now.advanced.models, now.advanced.api_version)
        )
        self._show_buttons()

    def set_key_location(self, location: SecretLocation | None) -> None:
        """Set where the server's key is stored."""
        self._key_row.set_location(location)

    def set_destination(self, exposed_origin: str, *, moved: bool, has_credential: bool = False) -> None:
        """Set where the key would be sent with the current input; see `KeyRow`."""
        self._key_row.set_destination(exposed_origin, moved=moved, has_credential=has_credential)
        self.advanced.headers.set_moved(moved=moved)

    def set_requires_key(self, *, refuses: bool) -> None:
        """Set whether the server was seen to reject requests without a key."""
        self._needs_key = self._vendor.needs_key or refuses
        self._key_row.set_requires_key(refuses=refuses)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Disable the form while it is being saved, since input would be lost."""
        self.setEnabled(False)
        try:
            yield
        finally:
            self.setEnabled(True)

    def set_address(self, address: str) -> None:
        """Set the address as if it were typed."""
        self._address.set_text(address)
        self._on_edited()

    def clear_problems(self) -> None:
        """Remove all error messages."""
        self._address.set_error("")
        self._key.set_error("")
        self._names.clear_problem()
        self.advanced.clear_problems()

    def check(self) -> bool:
        """Show errors that can be detected here; return whether there are none."""
        return self._names.check() and self.advanced.check()

    def show_address_problem(self, sentence: str) -> None:
        """Show an error of the address, and focus it."""
        self._address.set_error(sentence)
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_key_problem(self, sentence: str) -> None:
        """Show an error of the key, and focus it."""
        self._key.set_error(sentence)
        self._key_row.focus_field()

    def replace_key(self) -> None:
        """Focus the key for typing another one."""
        self._key.replace()

    def focus_exposure(self) -> None:
        """Focus the button for sending the key unencrypted."""
        self._key_row.focus_exposure()

    def insert_doctor_card(self, card: QWidget) -> None:
        """Insert a card below the test result."""
        self._layout.insertWidget(self._layout.indexOf(self.result) + 1, card)
        card.show()

    def focus_address(self) -> None:
        """Focus the address."""
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self) -> None:
        """Focus the key if that is all that is missing, otherwise the address."""
        if self._needs_key and self._address.text():
            self._key_row.focus_field()
        else:
            self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_advanced(self) -> None:
        saved = self._saved.advanced
        self.advanced.show_saved(saved, self._saved_server)
        self._names.show_values(saved.models, saved.api_version)

    def _connect(self) -> None:
        for changed in (
            self._name.changed,
            self._address.changed,
            self._names.edited,
            self.advanced.edited,
            self._key_row.edited,
        ):
            changed.connect(self._on_edited)
        for submitted in (self._name.submitted, self._address.submitted, self._key.submitted):
            submitted.connect(self._submit)
        self._key.removed.connect(self.key_removed)
        self._key.page_requested.connect(self.key_page_requested)
        self._save.clicked.connect(self.save_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._cancel_button.clicked.connect(self.cancelled)
        self.result.test_requested.connect(self.test_requested)
        self.result.cancelled.connect(self.test_cancelled)

    @property
    def is_changed(self) -> bool:
        """Whether there is unsaved input."""
        return self._is_new or self.draft() != self._saved

    def _on_edited(self) -> None:
        self.clear_problems()
        if not self.result.is_running:
            self.result.clear()
        self._show_buttons()
        self.edited.emit()

    def _submit(self) -> None:
        if self.is_changed and self._save.isEnabled():
            self.save_requested.emit()

    def _show_buttons(self) -> None:
        self._save.setVisible(self.is_changed)
        self._cancel_button.setVisible(self.is_changed)
        self._remove.setVisible(not self._is_new)

    def _restyle(self) -> None:
        theme = self.appearance.theme
        self._layout.setSpacing(theme.length("m"))
        self._buttons.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._name.set_name(self.tr("Name"))
        self._name_row.set_labels(self.tr("Name"))
        self._address.set_name(self.tr("Address"))
        self._address_row.set_labels(self.tr("Address"), address_hint(self._vendor))
        self._test.setText(self.tr("Test"))
        self._remove.setText(self.tr("Remove"))
        self._cancel_button.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save"))
