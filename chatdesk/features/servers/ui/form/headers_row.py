"""The row of a server's extra headers: hidden while they are typed, and once saved never shown again, for any of them may be a key."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import KeyPlace
from chatdesk.features.servers.ui.form.header_lines import KEPT, header_text, parse_header_lines
from chatdesk.features.servers.ui.form.header_mask import HeaderMask
from chatdesk.kernel.servers.server import Header
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.icon_button import IconButton


class HeadersRow(FormRow):
    """What is wrong is said when it is to be saved."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._field = LinesEdit(appearance)
        self._field.edit.setObjectName("serverHeaders")
        self._field.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._mask = HeaderMask(self._field.edit)
        self._show = IconButton(appearance, "eye")
        self._show.setCheckable(True)
        self._show.setObjectName("showHeaders")
        both = QWidget()
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(appearance.theme.length("s"))
        beside.addWidget(self._field, 1)
        beside.addWidget(self._show, 0, Qt.AlignmentFlag.AlignTop)
        both.setFocusProxy(self._field)
        super().__init__(appearance, both, parent)
        self._show.clicked.connect(lambda shown: self._mask.set_shown(shown=shown))
        self._mask.changed.connect(self._offer_to_show)
        self._kept: tuple[Header, ...] = ()
        self._place: KeyPlace | None = None
        self._moved = False
        self._left = False
        self._field.edit.textChanged.connect(self._on_edited)
        self._retranslate()

    def text(self) -> str:
        """Return what stands in it."""
        return self._mask.text()

    def show_saved(self, headers: tuple[Header, ...]) -> None:
        """Show which headers are saved, and forget what was typed, the undo history too."""
        self._kept = headers
        self._moved = False
        self.set_saved_elsewhere(None)
        self._mask.forget()
        self._field.set_text(header_text(headers))
        self._field.edit.document().clearUndoRedoStacks()
        self._show_words()

    def follow(self, before: str, headers: tuple[Header, ...]) -> None:
        """Show which headers are saved now, where what stands there was `before`; what was typed stays."""
        if self.text() == before:
            self.show_saved(headers)
            return
        self._kept = headers
        if header_text(headers) != before:
            self.set_saved_elsewhere(", ".join(header.name for header in headers))
        self._show_words()

    def set_place(self, place: KeyPlace | None) -> None:
        """Say where the values are."""
        self._place = place
        self._show_words()

    def set_left_behind(self, *, left: bool) -> None:
        """Say whether the keyring still has a secret, of a header or of the proxy, that the server has no longer."""
        self._left = left
        self._show_words()

    def set_moved(self, *, moved: bool) -> None:
        """Say whether the form has another address than the values belong to."""
        self._moved = moved
        self._show_words()

    def clear_problem(self) -> None:
        """Say nothing of what was wrong."""
        self.set_problem("")
        self._field.set_invalid(invalid=False)

    def check(self) -> bool:
        """Say what is wrong, go there, and return whether nothing is."""
        wrong_line = parse_header_lines(self.text(), self._kept).wrong_line
        if not wrong_line:
            return True
        name, colon, value = wrong_line.partition(":")
        shown = f"{name}: …" if colon and value.strip("• ") else wrong_line
        self.show_problem(self.tr("Write “Name: value” here, not “{line}”.").format(line=shown))
        return False

    def show_problem(self, words: str) -> None:
        """Say what is wrong, and go there."""
        self.set_problem(words)
        self._field.set_invalid(invalid=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._offer_to_show()
        self._show_words()
        self.edited.emit()

    def _offer_to_show(self) -> None:
        self._show.setVisible(self._mask.has_values)
        self._show.setChecked(self._mask.shown)

    def _show_words(self) -> None:
        hint = self.tr("One per line. The values are kept in the system keyring only, as keys are.")
        warning = ""
        if self._kept and self._place is KeyPlace.THIS_RUN:
            hint = self.tr("The values are kept for this run only: no system keyring was found.")
        elif self._kept and self._place is KeyPlace.FILE:
            warning = self.tr(
                "An earlier version wrote the values into a file, and the system keyring did not take them yet."
                " They work; Chatdesk tries again when it starts."
            )
        if self._left:
            warning = self.tr(
                "The system keyring has not let go of a value that was removed here. Nothing is sent of it any more;"
                " Chatdesk tries to delete it again when it starts."
            )
        if self._moved and KEPT in self.text():
            warning = self.tr("The saved values belong to the old address. Type them again to use them here.")
        self.set_words(self.tr("Headers"), hint)
        self.set_warning(warning)

    def _retranslate(self) -> None:
        self._field.edit.setAccessibleName(self.tr("Extra headers"))
        self._field.edit.setPlaceholderText(self.tr("Name: value"))
        self._show.set_name(self.tr("Show what was typed"))
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
