"""Where a key is typed, and what is said of one that is kept: that it is there and where, never a character of it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import KeyPlace
from chatdesk.features.servers.ui.cards.card_words import key_name
from chatdesk.kernel.servers.server import KeyKind
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton

NO_LEARNING = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""Keeps a key out of dictionaries and suggestions of input methods."""


class KeyField(QWidget):
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
        self._place: KeyPlace | None = None
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
        appearance.changed.connect(self._restyle)
        self._restyle()
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

    def set_place(self, place: KeyPlace | None) -> None:
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
        self._field.set_placeholder(self.tr("name:password") if is_password else self.tr("Paste the key"))
        self._get.setText(self.tr("Get a key"))
        self._keep.set_name(self.tr("Keep the saved key"))
        self._remove.set_name(self.tr("Remove the key"))
        match self._place:
            case KeyPlace.KEYRING:
                words = self.tr("Saved in the system keyring")
            case KeyPlace.THIS_RUN:
                words = self.tr("Kept for this run only: no system keyring was found")
            case _:
                words = ""
        self._kept.show_words(words, self.tr("Replace"))
        self._show_parts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
