"""The row of a server's proxy: the system's, none, or one at an address."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.server_connection import ProxyChoice
from chatdesk.ui.settings.form_row import FormRow
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.segments import Segments
from chatdesk.ui.theme.text_field import TextField


class ProxyRow(FormRow):
    """The address is asked for only where it is used; what was typed there stays."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._choice = Segments(appearance, "", both)
        self._choice.setObjectName("serverProxy")
        self._address = TextField(appearance, "", both, placeholder="http://proxy.example:3128", mono=True)
        self._address.edit.setObjectName("serverProxyAddress")
        self._address.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._column = QVBoxLayout(both)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._choice)
        self._column.addWidget(self._address)
        super().__init__(appearance, both, parent)
        self._retranslate()
        self._choice.chosen.connect(self._on_edited)
        self._address.changed.connect(self._on_edited)
        self._show_parts()

    def choice(self) -> ProxyChoice:
        """Return what is chosen."""
        return ProxyChoice(self._choice.key())

    def address(self) -> str:
        """Return the address as it was typed."""
        return self._address.text().strip()

    def show_values(self, choice: ProxyChoice, address: str) -> None:
        """Show what is saved."""
        self._choice.choose(choice.value)
        self._address.set_text(address)
        self._show_parts()

    def set_address_problem(self, sentence: str) -> None:
        """Say what is wrong with the address; nothing if it is empty."""
        self._address.set_error(sentence)

    def focus_address(self) -> None:
        """Go to the address."""
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        self._address.setVisible(self.choice() is ProxyChoice.ADDRESS)
        self._column.setSpacing(self._appearance.theme.length("xs"))

    def _retranslate(self) -> None:
        self.set_words(self.tr("Proxy"))
        self._choice.setAccessibleName(self.tr("Proxy"))
        self._choice.set_segments(
            [
                (ProxyChoice.SYSTEM.value, self.tr("As the system")),
                (ProxyChoice.NONE.value, self.tr("None")),
                (ProxyChoice.ADDRESS.value, self.tr("This one")),
            ]
        )
        self._address.set_name(self.tr("Address of the proxy"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
