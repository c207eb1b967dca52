"""The servers that came with an import. They are switched off; the key of each is copied on request."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label


class ImportedServersCard(Translated, QWidget):
    """The card. `with_keys` are the IDs of the servers whose key is in the file."""

    key_requested = Signal(object)
    """Copy the key of this `ServerConfig`."""

    def __init__(
        self,
        appearance: Appearance,
        servers: Sequence[ServerConfig],
        with_keys: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._with_keys = frozenset(with_keys)
        self._states: dict[str, SecretLocation | None] = {}
        """Where the copied keys are stored; None for one that could not be read."""
        self._heading = Label(appearance, "label", "text", self)
        self._card = RowCard(appearance, self, fill="page")
        self._rows: list[tuple[ServerConfig, ActionRow, Button | None]] = []
        for server in servers:
            row = ActionRow(appearance, "importedServer", icon="server")
            button = None
            if server.id in self._with_keys:
                button = row.add_button("takeServerKey", "key-round", lambda *_, server=server: self._copy_key(server))
            self._card.add_row(row)
            self._rows.append((server, row, button))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._card)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_key(self, server_id: str, location: SecretLocation | None) -> None:
        """Show where a key is now; None if it could not be read."""
        self._states[server_id] = location
        self._retranslate()

    def _copy_key(self, server: ServerConfig) -> None:
        for each, _, button in self._rows:
            if each.id == server.id and button:
                button.setEnabled(False)
        self.key_requested.emit(server)

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("s"))

    def _retranslate(self) -> None:
        count = len(self._rows)
        self._heading.set_text(counted(lambda number: self.tr("%n provider(s), switched off", "", number), count))
        for server, row, button in self._rows:
            name = plain_line(server.name)
            state = self._state(server.id)
            row.set_texts(name, f"{plain_line(server.base_url)} · {state}" if state else plain_line(server.base_url))
            if button:
                button.setText(self.tr("Import its API key"))
                button.setAccessibleName(self.tr("Import the API key of {name}").format(name=name))
                button.setVisible(self._states.get(server.id) is None)
                button.setEnabled(server.id not in self._states)

    def _state(self, server_id: str) -> str:
        if server_id not in self._states:
            return ""
        match self._states[server_id]:
            case SecretLocation.KEYRING:
                return self.tr("its key is in the keyring")
            case None:
                return self.tr("its key could not be read")
            case _:
                return self.tr("its key is kept until Chatdesk is closed, because there is no keyring")
