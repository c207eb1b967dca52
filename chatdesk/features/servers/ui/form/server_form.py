"""Form for a server in numbered steps, from the vendor to the first chat, and its advanced options. Only widgets and signals."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.cards.card_texts import address_hint, key_name, vendor_name
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.form.advanced_fields import AdvancedFields
from chatdesk.features.servers.ui.form.key_row import KeyRow
from chatdesk.features.servers.ui.form.option_rows import WRITTEN_ONLY, NamesRow
from chatdesk.features.servers.ui.form.server_draft import ServerDraft
from chatdesk.features.servers.ui.form.steps import Step, StepState
from chatdesk.features.servers.ui.form.use_row import UseRow
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.focus import set_tab_order
from chatdesk.ui_kit.widgets.label import Label


class ServerForm(Translated, QWidget):
    """Server form. Input stays until it is saved or cancelled. `advanced` is placed by the owner.

    A server that works shows only its last step, until `expand` shows the others.
    """

    edited = Signal()
    save_requested = Signal()
    test_requested = Signal()
    test_cancelled = Signal()
    cancelled = Signal()
    another_requested = Signal()
    """Another server of the same vendor is to be added."""
    key_removed = Signal()
    key_page_requested = Signal()
    use_requested = Signal(ModelRef)
    """A model of the server is to be used now; what was entered is to be saved first."""

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
        self._is_folded = False
        self._is_tested = False
        """Whether the server is known to work with the current input."""
        self._is_rejected = False
        """Whether it rejected the current key."""
        self._saved = ServerDraft.of(server)
        self._saved_server = server
        self._vendor = vendor
        self._name = TextField(appearance, "", text=server.name)
        self._name.edit.setObjectName("serverName")
        example = f"https://{vendor.hosts[0].replace('*', '…')}" if vendor.hosts and not vendor.base_url else "https://"
        self._address = TextField(appearance, "", text=server.base_url, placeholder=example, mono=True)
        self._address.edit.setObjectName("serverAddress")
        self._address.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._names = NamesRow(appearance, vendor)
        self._name_row = FormRow(appearance, self._name)
        self._address_row = FormRow(appearance, self._address)
        self._asks_address = vendor.local or not vendor.base_url or vendor.protocol.is_application
        names: tuple[QWidget, ...] = (self._names,) if vendor.protocol.lists_may_be_incomplete else ()
        rows: tuple[QWidget, ...] = (self._name_row, self._address_row)
        needs_names = WRITTEN_ONLY in vendor.quirks  # without names there is nothing to use
        in_step = () if not self._asks_address else (*rows, *names) if needs_names else rows
        hidden = [row for row in (*rows, *names) if row not in in_step]
        self.advanced = AdvancedFields(appearance, vendor, hidden)
        """Advanced options, collapsed."""
        if not names:
            self._names.setParent(self.advanced)
            self._names.hide()
        self._test = Button(appearance, "")
        self._test.setObjectName("testServer")
        self.result = ResultStrip(appearance, self._test, self)
        """The test and its result."""
        self._key_row = KeyRow(appearance, server, vendor)
        self._key = self._key_row.field
        self.use = UseRow(appearance, vendor)
        """The last step."""
        self._vendor_label = Label(appearance, "ui", "textSecondary", wrap=True)
        self._expand = Button(appearance, "", ButtonKind.PLAIN, icon="pencil", small=True)
        self._expand.setObjectName("editServer")
        self._another = Button(appearance, "", ButtonKind.PLAIN, icon="plus", small=True)
        self._another.setObjectName("anotherServer")
        parts: dict[str, QWidget] = {"vendor": self._vendor_label}
        if self._asks_address:
            parts["address"] = _column(appearance, in_step)
        if vendor.key_page:
            page = parts["page"] = _KeyPage(appearance, vendor)
            page.page_requested.connect(self.key_page_requested)
        parts |= {"key": self._key_row, "test": self.result, "use": self.use}
        self._steps = {
            name: Step(appearance, number, part, is_last=name == "use")
            for number, (name, part) in enumerate(parts.items(), 1)
        }
        self._links = QHBoxLayout()
        self._links.addWidget(self._expand)
        self._links.addWidget(self._another)
        self._links.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for step in self._steps.values():
            self._layout.addWidget(step)
        self._layout.addLayout(self._links)
        set_tab_order((*self._steps.values(), self._expand, self._another))
        self._show_advanced()
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

    def show_connection(self, models: Iterable[Model], last: str, *, works: bool, rejected: bool) -> None:
        """Show whether the saved server works, its models, and the one used last; a test of unsaved input counts more."""
        if self.is_changed:
            return
        self._is_tested, self._is_rejected = works, rejected
        self.use.set_models(models if works else (), last)
        self._update_steps()

    def show_tested(self, models: Iterable[Model]) -> None:
        """Show that the server works with the current input, and the models to choose from."""
        self._is_tested, self._is_rejected = True, False
        self.use.set_models(models)
        self._update_steps()
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.use.focus()

    def show_rejected(self) -> None:
        """Show that the server rejected the current key, and let the user correct it."""
        self._is_tested, self._is_rejected = False, True
        self._key_row.set_rejected(is_rejected=True)
        self._update_steps()

    def fold(self) -> None:
        """Show only the last step if the saved server works."""
        self._is_folded = self._is_tested and self.use.has_models and not self.is_changed
        self._update_steps()

    def expand(self) -> None:
        """Show all steps."""
        self._is_folded = False
        self._update_steps()

    @property
    def key_text(self) -> str:
        """The typed key."""
        return self._key.text()

    def set_key_text(self, text: str) -> None:
        """Set the key as if it were typed."""
        self._key.set_text(text)

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

    def set_keyring_found(self, *, found: bool) -> None:
        """Set whether the system has a keyring; otherwise a key is stored only until Chatdesk quits."""
        self._key_row.set_keyring_found(found=found)

    def set_key_location(self, location: SecretLocation | None) -> None:
        """Set where the server's key is stored."""
        self._key_row.set_location(location)
        self._update_steps()

    def set_destination(self, exposed_origin: str, *, moved: bool, has_credential: bool = False) -> None:
        """Set where the key would be sent with the current input; see `KeyRow`."""
        self._key_row.set_destination(exposed_origin, moved=moved, has_credential=has_credential)
        self.advanced.headers.set_moved(moved=moved)

    def set_requires_key(self, *, refuses: bool) -> None:
        """Set whether the server was seen to reject requests without a key."""
        self._key_row.set_requires_key(refuses=refuses)
        self._update_steps()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Disable the form while it is being saved, since input would be lost. It may be deleted meanwhile."""
        self._set_enabled(on=False)
        try:
            yield
        finally:
            self._set_enabled(on=True)

    def _set_enabled(self, *, on: bool) -> None:
        for part in (self, self.advanced):
            if shiboken6.isValid(part):
                part.setEnabled(on)

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
        self.focus_address()
        self._address.set_error(sentence)

    def show_key_problem(self, sentence: str) -> None:
        """Show an error of the key, and focus it."""
        self._key.set_error(sentence)
        self._key_row.focus_field()

    def replace_key(self) -> None:
        """Focus the key for typing another one."""
        self.expand()
        self._key.replace()

    def focus_exposure(self) -> None:
        """Focus the button for sending the key unencrypted."""
        self.expand()
        self._key_row.focus_exposure()

    def insert_doctor_card(self, card: QWidget) -> None:
        """Insert a card below the test."""
        self.expand()
        self._layout.insertWidget(self._layout.indexOf(self._steps["test"]) + 1, card)
        card.show()

    def focus_address(self) -> None:
        """Focus the address, which may be among the advanced options."""
        self.expand()
        if not self._asks_address:
            self.advanced.open_for_problem()
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self) -> None:
        """Focus the control of the step that is due."""
        match self._due:
            case "address":
                self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            case "key":
                self._key_row.focus_field()
            case "test":
                self._test.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                self.use.focus()

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
        self._name.submitted.connect(self._submit)
        for submitted in (self._address.submitted, self._key.submitted):
            submitted.connect(self._ask_for_test)
        self._key.removed.connect(self.key_removed)
        self._expand.clicked.connect(self._on_expand)
        self._another.clicked.connect(self.another_requested)
        self.use.save_requested.connect(self.save_requested)
        self.use.cancelled.connect(self.cancelled)
        self.use.use_requested.connect(self.use_requested)
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
        self._is_tested = self._is_rejected = False
        self._key_row.set_rejected(is_rejected=False)
        self._show_buttons()
        self.edited.emit()

    def _submit(self) -> None:
        if self.is_changed:
            self.save_requested.emit()

    def _ask_for_test(self) -> None:
        if not self.result.is_running:
            self.test_requested.emit()

    def _on_expand(self) -> None:
        self.expand()
        if self._asks_address:
            self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._key_row.focus_field()

    def _show_buttons(self) -> None:
        self.use.set_changed(is_changed=self.is_changed, is_new=self._is_new)
        self._another.setVisible(not self._is_new and self._vendor.is_known)
        self._update_steps()

    @property
    def _due(self) -> str:
        """The name of the step that is the user's next one."""
        if self._asks_address and not self._address.text().strip():
            return "address"
        if self._is_rejected or (self._key_row.requires_key and not self._key_row.has_key):
            return "key"
        return "use" if self._is_tested else "test"

    def _update_steps(self) -> None:
        due = self._due
        has_key = self._key_row.has_key and not self._is_rejected
        done = {
            "vendor": True,
            "address": bool(self._address.text().strip()),
            "page": has_key,
            "key": has_key or self._is_tested,
            "test": self._is_tested,
            "use": False,
        }
        for name, step in self._steps.items():
            step.set_state(StepState.DUE if name == due else StepState.DONE if done[name] else StepState.LATER)
            step.setVisible(not self._is_folded or name == "use")
        self._expand.setVisible(self._is_folded)
        self._test.set_kind(ButtonKind.FILLED if due == "test" else ButtonKind.OUTLINED)

    def _restyle(self) -> None:
        theme = self.appearance.theme
        indent = theme.length("xxl") + theme.length("l") - theme.length("s")
        self._links.setContentsMargins(indent, theme.length("s"), 0, 0)
        self._links.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._name.set_name(self.tr("Name"))
        self._name_row.set_labels(self.tr("Name"))
        self._address.set_name(self.tr("Address"))
        self._address_row.set_labels(self.tr("Address"), address_hint(self._vendor))
        self._vendor_label.set_text(vendor_name(self._vendor))
        titles = {
            "vendor": self.tr("Choose a provider"),
            "address": self.tr("Enter its address"),
            "page": self.tr("Create an API key"),
            "key": key_name(self._vendor.key_kind) if self._asks_address else self.tr("Paste the API key"),
            "test": self.tr("Test the connection"),
            "use": self.tr("Use it"),
        }
        for name, step in self._steps.items():
            step.set_title(titles[name])
        self._expand.setText(self.tr("Edit connection"))
        self._another.setText(self.tr("Add another"))


class _KeyPage(Translated, QWidget):
    """Where the user gets a key, with a button that opens the page."""

    page_requested = Signal()

    def __init__(self, appearance: Appearance, vendor: Vendor) -> None:
        super().__init__()
        self._host = urlsplit(vendor.key_page).hostname or ""
        self._words = Label(appearance, "ui", "textSecondary", elide=True)
        self._open = Button(appearance, "", ButtonKind.PLAIN, icon="external-link", small=True, ink="accentText")
        self._open.setObjectName("getKey")
        self._open.clicked.connect(self.page_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._open)
        self._retranslate()

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("At {host}, with your account there.").format(host=self._host))
        self._open.setText(self.tr("Open the page"))


def _column(appearance: Appearance, rows: Iterable[QWidget]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(appearance.theme.length("s"))
    for row in rows:
        layout.addWidget(row)
    return column
