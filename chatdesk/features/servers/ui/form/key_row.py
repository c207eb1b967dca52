"""The row of a server's key: the field, what becomes of a saved key at a new address, and whether it may go unencrypted."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import KeyPlace
from chatdesk.features.servers.ui.cards.card_words import key_name
from chatdesk.features.servers.ui.form.exposure_notice import ExposureNotice
from chatdesk.features.servers.ui.form.key_field import KeyField
from chatdesk.kernel.servers.server import KeyKind, ServerConfig, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.style.appearance import Appearance


class KeyRow(FormRow):
    """`field` is where the key is typed. `edited` comes for the key and for the permission to send it unencrypted."""

    edited = Signal()

    def __init__(
        self, appearance: Appearance, server: ServerConfig, vendor: Vendor, parent: QWidget | None = None
    ) -> None:
        self.field = KeyField(appearance, has_page=bool(vendor.key_page), kind=vendor.key_kind)
        super().__init__(appearance, self.field, parent)
        self._needs_key = vendor.needs_key
        self._refuses_without = False
        self._kind = vendor.key_kind
        self._exposed_origin = ""
        self._moved = False
        self._has_credential = False
        self.key_in_clear_at = server.key_in_clear_at
        """The origin to which the key may go unencrypted."""
        self._exposure = ExposureNotice(appearance, self)
        self._exposure_place = QVBoxLayout()
        self._exposure_place.addWidget(self._exposure)
        self._end_column.addLayout(self._exposure_place)
        self._exposure.allowed.connect(lambda: self._allow(self._exposed_origin))
        self._exposure.disallowed.connect(lambda: self._allow(""))
        self.field.edited.connect(self._on_edited)
        self._show_words()

    def show_saved(self, server: ServerConfig) -> None:
        """Show what was saved, and forget the key that was typed."""
        self.field.forget_text()
        self.key_in_clear_at = server.key_in_clear_at
        self._moved = False
        self._show_words()

    def set_place(self, place: KeyPlace | None) -> None:
        """Say where the server's key is kept."""
        self.field.set_place(place)
        self._show_words()

    def set_destination(self, exposed_origin: str, *, moved: bool, has_credential: bool = False) -> None:
        """Say where the key would go: `exposed_origin` if others could read it on the way; `moved`: not where the saved one belongs.

        `has_credential`: a header works like a key, and goes only where one may.
        """
        self._exposed_origin, self._moved, self._has_credential = exposed_origin, moved, has_credential
        self._show_words()

    def set_refuses_without_key(self, *, refuses: bool) -> None:
        """Say whether the server at its address was seen to refuse what comes without a key, whatever others of its kind do."""
        self._refuses_without = refuses
        self._show_words()

    def focus_exposure(self) -> None:
        """Go to the question whether the key may be sent unencrypted."""
        self._exposure.focus()

    def focus_field(self) -> None:
        """Go to the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, origin: str) -> None:
        self.key_in_clear_at = origin
        self._on_edited()

    def _on_edited(self) -> None:
        self._show_words()
        self.edited.emit()

    def _show_words(self) -> None:
        hint = ""
        if self.field.is_kept and self._moved:
            hint = self.tr("The saved key belongs to the old address. Paste it again to use it here.")
        elif not self.field.is_kept and not self._needs_key and (self._moved or not self._refuses_without):
            hint = self.tr("Only if the server needs one.")
            if self._kind is KeyKind.BASIC:
                hint = self.tr("Only if the workflow asks for them: the name, a colon, the password.")
        elif not self.field.is_kept and self._kind is KeyKind.APP_KEY:
            hint = self.tr("Each application has a key of its own. Add a server for each.")
        self.set_words(key_name(self._kind), hint)
        would_go = self._has_credential or bool(self.field.text()) or (self.field.is_kept and not self._moved)
        self._exposure.set_allowed(is_allowed=self.key_in_clear_at == self._exposed_origin)
        shown = would_go and bool(self._exposed_origin)
        self._exposure.setVisible(shown)
        self._exposure_place.setContentsMargins(0, self._appearance.theme.length("xs") if shown else 0, 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_words()
        super().changeEvent(event)
