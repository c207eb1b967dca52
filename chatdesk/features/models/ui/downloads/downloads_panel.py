"""Panel beside the models to download: all downloads, and a field for downloading a model by its name in Ollama's library."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.models.ui.downloads.name_field import NameField
from chatdesk.features.models.ui.downloads.pull_rows import PullRows, ShownPull
from chatdesk.kernel.models.pulls import PullState
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.chip import ToggleChip
from chatdesk.ui_kit.widgets.label import Label


class DownloadsPanel(Translated, QWidget):
    """Downloads panel. `rows` has the signals for actions; `downloads_presenter.py` handles them."""

    named = Signal(str, str)
    """The entered name, and the ID of the server that is to download it."""
    typed = Signal(str, str)
    """The same, for every change of the text."""
    doctor_requested = Signal(str)
    """The ID of a server that does not answer."""
    sources_requested = Signal()
    folder_requested = Signal()
    activity_changed = Signal(bool)
    """Whether downloads are in progress."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._servers: Sequence[tuple[str, str]] = ()
        self._server = ""
        self._answering: Collection[str] = ()
        self._running = 0
        self._title = Label(appearance, "ui", "text", self, strong=True)
        self._count = Label(appearance, "ui", "textSecondary", self)
        self._empty = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._empty.setObjectName("noDownloads")
        self._note = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._sources = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._sources.setObjectName("modelSources")
        self._sources.clicked.connect(self.sources_requested)
        self._folder = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._folder.setObjectName("modelFolder")
        self._folder.clicked.connect(self.folder_requested)
        self._by_name = Label(appearance, "caption", "textSecondary", self)
        self._field = NameField(appearance, self)
        self._field.named.connect(lambda text: self.named.emit(text, self.server))
        self._field.doctor_requested.connect(lambda: self.doctor_requested.emit(self.server))
        self._field.changed.connect(lambda text: self.typed.emit(text, self.server))
        self._server_chip = ToggleChip(appearance, "", "server", self)
        self._server_chip.setObjectName("downloadTo")
        self._server_chip.setCheckable(False)
        self._server_chip.set_opens(opens=True)
        self._server_chip.clicked.connect(self._choose_server)
        self._server_chip.hide()
        self.rows = PullRows(appearance)
        self.rows.hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._count, 1)
        self._links = WrappingRow(appearance)
        self._links.add(self._sources)
        self._links.add(self._folder)
        self._names = QVBoxLayout()
        self._names.addWidget(self._by_name)
        self._names.addWidget(self._field)
        self._names.addWidget(self._server_chip, 0, Qt.AlignmentFlag.AlignLeading)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for part in (self.rows, self._empty, self._note, self._links):
            self._column.addWidget(part)
        self._column.addLayout(self._names)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_servers(self, servers: Sequence[tuple[str, str]], answering: Collection[str]) -> None:
        """Set the servers (ID and name, the best first), and the IDs of those that answer."""
        self._answering = answering
        if servers != self._servers:
            self._servers = servers
            if self._server not in dict(servers):
                self._server = ""
            self._server_chip.setVisible(len(servers) > 1)
            self._by_name.setVisible(bool(servers))
            self._field.setVisible(bool(servers))
            self._retranslate()
        self._field.set_can_get(can_get=self.server in answering)

    @property
    def best(self) -> str:
        """ID of the default server: the one that the guide is about; empty for none."""
        return self._servers[0][0] if self._servers else ""

    @property
    def server(self) -> str:
        """ID of the server that downloads: the one the user chose, otherwise the best."""
        return self._server or self.best

    def show_pulls(self, pulls: Sequence[ShownPull]) -> None:
        """Show the downloads."""
        self.rows.show_pulls(pulls)
        self.rows.setVisible(bool(pulls))
        self._empty.setVisible(not pulls)
        self._running = sum(shown.pull.state is PullState.RUNNING for shown in pulls)
        self.activity_changed.emit(any(shown.pull.is_active for shown in pulls))
        self._show_count()

    @property
    def text(self) -> str:
        return self._field.text

    def show_hint(self, text: str) -> None:
        """Show what is known about the entered name."""
        self._field.show_hint(text)

    def enter_name(self, name: str) -> None:
        """Enter the name of a model, ready to be downloaded."""
        self._field.enter(name)

    def ask_for_name(self, server_id: str) -> None:
        """Let the user enter a model for the given server."""
        self._set_server(server_id)
        self._field.focus()

    def _choose_server(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("downloadToMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for server, name in self._servers:
            action = menu.addAction(plain_line(name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(server == self.server)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, server=server: self._set_server(server))
        menu.popup(self._server_chip.mapToGlobal(QPoint(0, self._server_chip.height())))

    def _set_server(self, server_id: str) -> None:
        if server_id in dict(self._servers):
            self._server = server_id
            self._field.set_can_get(can_get=server_id in self._answering)
            self._retranslate()

    def _show_count(self) -> None:
        self._count.set_text(self.tr("%n running", "", self._running) if self._running else "")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.length("m"))
        self._head.setSpacing(theme.length("s"))
        self._names.setSpacing(theme.length("s"))
        self._names.setContentsMargins(0, theme.length("s"), 0, 0)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Downloads"))
        self._show_count()
        self._empty.set_text(self.tr("Nothing is being downloaded."))
        self._note.set_text(
            self.tr(
                "Downloads resume after a restart, also from another source. Each file is checked against its SHA-256 "
                "before it is used."
            )
        )
        self._sources.setText(self.tr("Sources and mirror…"))
        self._folder.setText(self.tr("Show the folder"))
        self._by_name.set_text(self.tr("Another model from Ollama's library"))
        name = dict(self._servers).get(self.server, "")
        self._server_chip.setText(self.tr("On {server}").format(server=plain_line(name)))
        self._server_chip.setToolTip(self.tr("Provider to download to"))
        self._server_chip.updateGeometry()
        self.rows.setAccessibleName(self.tr("Downloads"))
