"""The settings over real services: files in a folder, a keyring in memory, and a network that says what it is told."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.app.features import settings_sections
from chatdesk.features.chat.feature import ChatFeature
from chatdesk.features.chat.ui.composer.thinking_presenter import ThinkingPresenter
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.models.feature import ModelsFeature
from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_library import ModelLibrary
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.features.servers.domain.finding import Finding
from chatdesk.features.servers.domain.provider_rows import ProviderRow
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.doctor.doctor import Doctor
from chatdesk.features.servers.services.embedders import Embedders
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import Servers, first_servers
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.features.settings.feature import SettingsFeature
from chatdesk.features.settings.ui.settings_page import SettingsPage
from chatdesk.features.updates.feature import UpdatesFeature
from chatdesk.features.updates.services.update_check import Updates
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.storage.files.settings_file import SettingsFile
from chatdesk.system.key_store import KeyStore, SessionKeyStore
from chatdesk.ui_kit.feature import Feature, WindowContext
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from tests.fakes.built_in import built_in_over, scripted_engine
from tests.fakes.scripted_updates import ScriptedUpdates
from tests.gui.features.settings.scripted_connections import ScriptedConnections
from tests.paths import RESOURCES

OLLAMA = "http://127.0.0.1:11434"
DEEPSEEK = "https://api.deepseek.com"
KEY = "sk-canary-0123456789"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
LOGS = RESOURCES.parent / "logs"
VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))


class SettingsHarness:
    """What a test of the settings holds in its hands. `errors` are the failures that went to the window's toasts."""

    def __init__(
        self,
        appearance: Appearance,
        folder: Path,
        servers: Sequence[ServerConfig] = (),
        keyring: KeyStore | None = None,
    ) -> None:
        self.file = ServersFile(folder / "servers.json")
        self.file.read()
        settings_file = SettingsFile(folder / "settings.json")
        settings_file.read()
        self.keyring = keyring or SessionKeyStore(Redactor())
        self.settings = Settings({}, settings_file.write)
        self.servers = Servers(
            servers or first_servers(VENDORS), VENDORS, self.file.write, self.keyring, SessionKeyStore(Redactor())
        )
        self.network = ScriptedConnections(self.servers)
        self.network.answers = {
            OLLAMA: (ServerStatus("0.34.0", None, 6.0), ("qwen3:8b", "gemma3:4b", "llama3.2:3b", "mistral:7b")),
            DEEPSEEK: (ServerStatus(None, None, 412.0), ("deepseek-chat", "deepseek-reasoner")),
            "": (ServerStatus(None, 1, 0.0), ("SmolLM2 135M",)),
        }
        connections = cast("Connections", self.network)
        self.models = Models(self.servers, connections)
        self.built_in = built_in_over(folder, scripted_engine, self.settings)
        self.network.built_in = self.built_in
        self.updates = ScriptedUpdates()
        embedders = Lazy(
            lambda: Embedders(
                self.settings,
                self.servers,
                self.models,
                self.built_in.files,
                connections,
                scripted_engine,
                cast("NetworkThread", None),
                cast("Lazy[HttpClient]", None),
            )
        )
        server_services = ServerServices(
            self.settings,
            self.servers,
            self.built_in,
            connections,
            self.models,
            cast("Lazy[Doctor]", SimpleNamespace(get=lambda: self)),
            embedders,
        )
        model_services = ModelServices(
            self.settings,
            Settings({}, lambda _: None),
            self.servers,
            self.built_in,
            self.models,
            ModelPreferences({}, lambda _: None),
            cast("Contexts", None),
            Reasoning(self.servers, (), self.settings),
            (),
            cast("ModelLibrary", None),
            Lazy(self._make_hubs),
        )
        self.better: dict[str, Finding] = {}
        """What is wrong with an address, and mended with another one."""
        self.used: list[ModelRef] = []
        """The models that were to be used now."""
        self.errors: list[ChatdeskError] = []
        self.opened: list[str] = []
        self.tasks = Tasks(self.errors.append)
        self._loop = asyncio.get_running_loop()
        self.saved: list[tuple[str, str]] = []
        files = SimpleNamespace(ask=lambda name, text: self.saved.append((name, text)))
        window = WindowContext(
            appearance, self.tasks, cast("FileSaver", files), cast("LinkOpener", self), self, self.tell
        )
        features: tuple[Feature, ...] = (
            ChatFeature(
                self.settings,
                window,
                cast("ThinkingPresenter", None),
                cast("LazyTranscript", None),
                embedders,
                list,
                list,
            ),
            ModelsFeature(model_services, window, cast("ModelsPageController", None)),
            UpdatesFeature(
                self.settings,
                cast("Lazy[Updates]", self.updates),
                LOGS,
                RESOURCES / "licences",
                window,
            ),
            SettingsFeature(self.settings, window, lambda: (), lambda: ()),
        )
        self.page = SettingsPage(appearance, settings_sections(features))
        self.providers = ProvidersTab(appearance, server_services, self.tasks, self.open)
        self.providers.view.use_requested.connect(self.used.append)
        self.engine = EngineCard(appearance, model_services, self.tasks, files.ask)
        # As the window does.
        self.servers.changes.subscribe(lambda change: self._refresh(change.server_id))

    def _make_hubs(self) -> Hubs:
        http = Lazy(lambda: HttpClient(lambda: False))
        return Hubs(self.settings, self.servers.secrets, NetworkThread(), http, lambda: NOW, self._loop)

    async def better_address(self, _error: ChatdeskError, server: ServerConfig) -> Finding | None:
        """Be the doctor that looks for an address which works."""
        return self.better.get(server.base_url)

    def tell(self, text: str, undo: object = None) -> None:
        """The window has toasts, pages and a browser."""

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None: ...
    def show_page(self, page: str, *target: str) -> None: ...
    def show_chats(self) -> None: ...
    def show_server(self, server_id: str, part: str) -> None: ...
    def open_link(self, target: str) -> None: ...
    def show_models(self, tab: str = "", item: str = "", part: str = "") -> None: ...

    def open(self, target: str, text: str) -> None:
        """Be the door for links."""
        self.opened.append(target)

    def card(self, name: str) -> ServerCard:
        """Show the card of a provider, by the name in the list, with all its steps."""
        rows = section(self).view.list.rows
        row = next(row for row in listed_rows(self) if rows.name(row) == name)
        view = section(self).view
        if view._current != row.key:
            view.show_card(row.key)
        card = view._presenters[row.key].card
        edit = card.findChild(QAbstractButton, "editServer")
        if edit and edit.isVisibleTo(card):
            edit.click()
        return card

    def names(self) -> list[str]:
        """The names of the configured servers in their order."""
        rows = section(self).view.list.rows
        listed = {row.server.id: rows.name(row) for row in listed_rows(self) if row.server}
        return [listed[server.id] for server in self.servers.all()]

    def state(self, name: str) -> str:
        """The state in a server's row, in words."""
        rows = section(self).view.list.rows
        return next(rows.note(row) for row in listed_rows(self) if rows.name(row) == name)

    def press(self, place: QWidget, name: str) -> None:
        """Click a button, found by its object name."""
        button = part(place, QAbstractButton, name)
        assert is_shown(place, name), name
        assert button.isEnabled(), name
        button.click()

    async def settle(self) -> None:
        """Let everything that was started come to its end."""
        while running := tuple(self.tasks._running):
            await asyncio.wait(running)

    async def close(self) -> None:
        """End as the window does."""
        await self.tasks.finish()
        for widget in (self.page, self.providers, self.engine):
            widget.close()
            widget.deleteLater()
        await self.built_in.close()
        await self.settings.close()

    def _refresh(self, server_id: str) -> None:
        if (server := self.servers.find(server_id)) and server.enabled:
            self.tasks.start(self.models.refresh_server(server), "refresh")


class PageBesideField:
    """A window with the providers, and a field beside them that the user can go on with."""

    def __init__(self, harness: SettingsHarness) -> None:
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.field = QLineEdit()
        layout.addWidget(self.field)
        layout.addWidget(harness.providers)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def leave(self, harness: SettingsHarness) -> None:
        harness.providers.hide()
        self.field.setFocus()

    def close(self, harness: SettingsHarness) -> None:
        harness.providers.setParent(None)
        self.window.deleteLater()


def part[Part: QWidget](place: QWidget, kind: type[Part], name: str) -> Part:
    """A widget by its object name."""
    found = place.findChild(kind, name)
    assert found is not None, name
    return found


def is_shown(place: QWidget, name: str) -> bool:
    """Whether a widget can be seen once `place` can."""
    return part(place, QWidget, name).isVisibleTo(place)


def type_into(place: QWidget, name: str, text: str) -> None:
    """Put a text into a field."""
    part(place, QLineEdit, name).setText(text)


def all_texts(place: QWidget) -> list[str]:
    """Every text that is drawn, shown as a tooltip, or announced to a screen reader, seen or not."""
    texts = []
    for widget in (place, *place.findChildren(QWidget)):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        match widget:
            case QLabel() | QLineEdit() | QAbstractButton():
                texts.append(widget.text())
            case QPlainTextEdit():
                texts.append(widget.toPlainText())
    return texts


def section(harness: SettingsHarness) -> ProvidersTab:
    return harness.providers


def listed_rows(harness: SettingsHarness) -> list[ProviderRow]:
    """The rows of the list without the headings of its groups."""
    rows = section(harness).view.list.rows
    listed = (rows.row(rows.index(place)) for place in range(rows.rowCount()))
    return [row for row in listed if isinstance(row, ProviderRow)]


def shown(harness: SettingsHarness) -> ServerCard:
    """The card that is shown."""
    (card,) = [card for card in section(harness).findChildren(ServerCard) if card.isVisibleTo(section(harness))]
    return card


def begin(harness: SettingsHarness, vendor: str) -> ServerCard:
    """Begin a new server of a vendor; returns its card."""
    view = section(harness).view
    view.begin(harness.servers.vendors[vendor])
    return view._presenters[f"vendor:{vendor}"].card


async def add_deepseek(harness: SettingsHarness) -> QWidget:
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    await harness.settle()
    return card


def show(harness: SettingsHarness) -> None:
    harness.providers.show()
    harness.providers.activateWindow()
    assert QTest.qWaitForWindowActive(harness.providers)


def result(card: QWidget) -> str:
    return part(card, Notice, "testResult").text()
