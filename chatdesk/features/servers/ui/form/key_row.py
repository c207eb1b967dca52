"""The row of a server's key: the field, what becomes of a saved key at a new address, and whether it may go unencrypted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.cards.card_texts import key_name
from chatdesk.kernel.servers.server import KeyKind, ServerConfig, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton

# Says that a key would go unencrypted, and lets the user allow that; or says that it was allowed, and lets it
# be taken back.


class ExposureNotice(Translated, Notice):
    """`allowed` and `disallowed` are its button."""

    allowed = Signal()
    disallowed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, NoticeKind.WARNING)
        self._is_allowed = False
        self.acted.connect(self._decide)
        self._retranslate()

    def set_allowed(self, *, is_allowed: bool) -> None:
        """Warn, or say that the user knows."""
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


# Where a key is typed, and what is said of one that is kept: that it is there and where, never a character of
# it.

NO_LEARNING = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""Keeps a key out of dictionaries and suggestions of input methods."""


class KeyField(Translated, QWidget):
    """Either a field to type in, or the line about the key that is kept with Replace and Remove."""

    edited = Signal()
    submitted = Signal()
    removed = Signal()
    page_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        *,
        has_page: bool,
        kind: KeyKind = KeyKind.KEY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._appearance = appearance
        self._place: SecretLocation | None = None
        self._replacing = False
        self._field = TextField(appearance, "", mono=True, secret=True)
        self._field.edit.setObjectName("serverKey")
        self._field.edit.setInputMethodHints(NO_LEARNING)
        self._field.changed.connect(self._on_edited)
        self._field.submitted.connect(self.submitted)
        self._kept = Notice(appearance, kind=NoticeKind.KEY, slim=True)
        self._kept.acted.connect(self.replace)
        self._get = Button(appearance, "", icon="external-link")
        self._get.setObjectName("getKey")
        self._get.setVisible(has_page)
        self._has_page = has_page
        self._get.clicked.connect(self.page_requested)
        self._keep = IconButton(appearance, "undo-2")
        self._keep.clicked.connect(self._keep_old)
        self._remove = IconButton(appearance, "trash-2")
        self._remove.setObjectName("removeKey")
        self._remove.clicked.connect(self.removed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._kept, 1)
        self._row.addWidget(self._field, 1)
        for button in (self._keep, self._remove, self._get):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)
        self.setFocusProxy(self._field)
        appearance.bind(self._restyle)
        self._retranslate()

    def text(self) -> str:
        """Return what is typed; nothing while the key that is kept is shown."""
        return self._field.text().strip()

    def forget_text(self) -> None:
        """Wipe out what was typed, from the undo history too: `clear` would keep it there."""
        self._field.set_text("")
        self._field.set_error("")
        self._replacing = False
        self._show_parts()

    def set_place(self, place: SecretLocation | None) -> None:
        """Say where the key is kept; None = there is none."""
        self._place = place
        self._retranslate()

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with what was typed."""
        self._field.set_error(sentence)

    @property
    def is_kept(self) -> bool:
        """Whether a key is kept, at the address that is saved."""
        return self._place is not None

    def replace(self) -> None:
        """Let another key be typed; the one that is kept stays until it is saved."""
        self._replacing = True
        self._show_parts()
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_old(self) -> None:
        self.forget_text()
        self.edited.emit()

    def _on_edited(self) -> None:
        self._field.set_error("")
        self.edited.emit()

    def _show_parts(self) -> None:
        kept = self._place is not None and not self._replacing
        was_typing = self._field.edit.hasFocus()
        was_at_kept = self._kept.has_focus() or self._remove.hasFocus()
        self._kept.setVisible(kept)
        self._remove.setVisible(kept)
        self._field.setVisible(not kept)
        self._keep.setVisible(self._replacing and self._place is not None)
        self._get.setVisible(not kept and self._has_page)
        self._restyle()
        if was_typing and kept:
            self._kept.focus()
        elif was_at_kept and not kept:
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._row.setSpacing(theme.length("s"))
        # A button at the end needs room for its focus ring; a field alone ends where the others do.
        buttons = (self._keep, self._remove, self._get)
        alone = all(button.isHidden() for button in buttons)
        self._row.setContentsMargins(0, 0, 0 if alone else ring_reach(theme), 0)

    def _retranslate(self) -> None:
        self._field.set_name(key_name(self._kind))
        is_password = self._kind is KeyKind.BASIC
        self._field.set_placeholder(self.tr("name:password") if is_password else self.tr("Paste the API key"))
        self._get.setText(self.tr("Get an API key"))
        self._keep.set_name(self.tr("Keep saved key"))
        self._remove.set_name(self.tr("Remove key"))
        match self._place:
            case SecretLocation.KEYRING:
                words = self.tr("Saved in the system keyring")
            case SecretLocation.THIS_RUN:
                words = self.tr("Kept until you quit Chatdesk, because no system keyring was found")
            case _:
                words = ""
        self._kept.show_text(words, self.tr("Replace"))
        self._show_parts()


class KeyRow(Translated, FormRow):
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
        self.unencrypted_key_origin = server.unencrypted_key_origin
        """The origin to which the key may go unencrypted."""
        self._exposure = ExposureNotice(appearance, self)
        self._exposure_place = QVBoxLayout()
        self._exposure_place.addWidget(self._exposure)
        self._end_column.addLayout(self._exposure_place)
        self._exposure.allowed.connect(lambda: self._allow(self._exposed_origin))
        self._exposure.disallowed.connect(lambda: self._allow(""))
        self.field.edited.connect(self._on_edited)
        self._show_text()

    def show_saved(self, server: ServerConfig) -> None:
        """Show what was saved, and forget the key that was typed."""
        self.field.forget_text()
        self.unencrypted_key_origin = server.unencrypted_key_origin
        self._moved = False
        self._show_text()

    def set_place(self, place: SecretLocation | None) -> None:
        """Say where the server's key is kept."""
        self.field.set_place(place)
        self._show_text()

    def set_destination(self, exposed_origin: str, *, moved: bool, has_credential: bool = False) -> None:
        """Say where the key would go: `exposed_origin` if others could read it on the way; `moved`: not where the saved one belongs.

        `has_credential`: a header works like a key, and goes only where one may.
        """
        self._exposed_origin, self._moved, self._has_credential = exposed_origin, moved, has_credential
        self._show_text()

    def set_refuses_without_key(self, *, refuses: bool) -> None:
        """Say whether the server at its address was seen to refuse what comes without a key, whatever others of its kind do."""
        self._refuses_without = refuses
        self._show_text()

    def focus_exposure(self) -> None:
        """Go to the question whether the key may be sent unencrypted."""
        self._exposure.focus()

    def focus_field(self) -> None:
        """Go to the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, origin: str) -> None:
        self.unencrypted_key_origin = origin
        self._on_edited()

    def _on_edited(self) -> None:
        self._show_text()
        self.edited.emit()

    def _show_text(self) -> None:
        hint = ""
        if self.field.is_kept and self._moved:
            hint = self.tr("The saved API key belongs to the old address. Paste it again to use it here.")
        elif not self.field.is_kept and not self._needs_key and (self._moved or not self._refuses_without):
            hint = self.tr("Only if the server requires one.")
            if self._kind is KeyKind.BASIC:
                hint = self.tr("Only if the workflow requires them, in the form name:password.")
        elif not self.field.is_kept and self._kind is KeyKind.APP_KEY:
            hint = self.tr("Each application has its own API key. Add a server for each one.")
        self.set_labels(key_name(self._kind), hint)
        would_go = self._has_credential or bool(self.field.text()) or (self.field.is_kept and not self._moved)
        self._exposure.set_allowed(is_allowed=self.unencrypted_key_origin == self._exposed_origin)
        shown = would_go and bool(self._exposed_origin)
        self._exposure.setVisible(shown)
        self._exposure_place.setContentsMargins(0, self._appearance.theme.length("xs") if shown else 0, 0, 0)

    def _retranslate(self) -> None:
        self._show_text()
