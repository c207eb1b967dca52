"""Settings section of the servers: a card for each, a button to add one, and a notice to restore a removed one."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.servers.services.models import ModelsChanged, ServerState
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import ServersChanged
from chatdesk.features.servers.ui.cards.built_in_presenter import BuiltInPresenter
from chatdesk.features.servers.ui.cards.finder_presenter import FinderPresenter
from chatdesk.features.servers.ui.cards.server_presenter import ServerPresenter
from chatdesk.features.servers.ui.cards.undo_notice import UndoNotice
from chatdesk.features.servers.ui.cards.vendor_popup import VendorPopup
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton


class ServersSection(Translated, SectionPage):
    """Servers section. It follows the services: changes of a server affect only its card."""

    engine_requested = Signal()
    """The section of the built-in engine is requested."""
    models_requested = Signal()
    """Models are requested for a server without any."""
    models_page_requested = Signal()
    """The models page is requested."""

    def __init__(
        self,
        appearance: Appearance,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._services = services
        self._tasks = tasks
        self._open_link = open_link
        self._presenters: dict[str, ServerPresenter | BuiltInPresenter] = {}
        self._notices: dict[str, UndoNotice] = {}
        self._finder: FinderPresenter | None = None
        self._add = Button(appearance, "", icon="plus")
        self._add.setObjectName("addServer")
        self._add.clicked.connect(self.ask_for_address)
        self._manage = IconButton(appearance, "cpu")
        self._manage.setObjectName("manageModelsFromSettings")
        self._manage.clicked.connect(self.models_page_requested)
        self.set_action(self._manage)
        self.set_action(self._add)
        for server in services.servers.all():
            self._add_server(server)
        self.destroyed.connect(services.servers.changes.subscribe(self._on_servers))
        self.destroyed.connect(services.models.changes.subscribe(self._on_models))
        self._retranslate()

    def ask_for_address(self) -> None:
        """Show the card for finding a server by its address."""
        if self._finder is None:
            self._finder = finder = FinderPresenter(self._appearance, self._services, self._tasks, self)
            finder.chosen.connect(self._add_found)
            finder.known.connect(self._show_known)
            finder.by_hand_requested.connect(self._choose_vendor)
            finder.cancelled.connect(self._close_finder)
            self.column.insertWidget(0, finder.card)
            finder.card.show()
        self.show_widget(self._finder.card)
        self._finder.card.focus()

    def show_item(self, item: str, part: str) -> None:
        """Open the card of the server with this ID, and focus its `key` or its `address`."""
        presenter = self._presenters.get(item)
        if isinstance(presenter, ServerPresenter):
            presenter.edit(part)
            self.show_widget(presenter.card)

    def begin(self, vendor: Vendor) -> None:
        """Open a card for a new server of a vendor."""
        server = self._services.servers.new(vendor)
        if not vendor.is_known:
            server = replace(server, name=self.tr("My provider"))
        self._begin(server)

    def _begin(self, server: ServerConfig, *, requires_key: bool = False) -> None:
        self._remove_finder()
        presenter = self._editor(server, is_new=True, requires_key=requires_key)
        self._add_card(server.id, presenter)
        presenter.begin()
        self.show_widget(presenter.card)

    def _add_found(self, found: Recognised) -> None:
        """Save a found server if nothing else is needed, otherwise open its form."""
        servers = self._services.servers
        vendor = servers.vendors[found.vendor_id]
        server = found.applied_to(servers.new(vendor), vendor)
        taken = {other.name for other in servers.all()}
        if server.name in taken or not vendor.is_known:
            host = urlsplit(server.base_url).netloc
            server = replace(server, name=f"{server.name} ({host})" if vendor.is_known else host)
        if vendor.needs_key or found.needs_key:
            self._begin(server, requires_key=found.needs_key)
        else:
            self._tasks.start(self._save_found(server), "save a server that was found")

    async def _save_found(self, server: ServerConfig) -> None:
        await self._services.servers.save(server)
        self._show_known(server.id)

    def _show_known(self, server_id: str) -> None:
        presenter = self._presenters.get(server_id)
        if presenter is None:
            return
        if self._finder and self._finder.has_more():
            self._finder.refresh()
        else:
            self._remove_finder()
        self.show_widget(presenter.card)
        presenter.card.focus()

    def _close_finder(self) -> None:
        self._remove_finder()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_finder(self) -> None:
        if finder := self._finder:
            self._finder = None
            finder.end()
            self._take(finder.card)
            finder.deleteLater()

    def _choose_vendor(self) -> None:
        """Open the list of vendors."""
        if self._finder:
            popup = VendorPopup(self._appearance, self._services.servers.vendors.values(), self)
            popup.chosen.connect(self.begin)
            popup.open_for(self._finder.card.by_hand_button)

    def _add_server(self, server: ServerConfig) -> None:
        if server.is_built_in:
            built_in = BuiltInPresenter(self._appearance, server, self._services, self._tasks, self)
            built_in.engine_requested.connect(self.engine_requested)
            self._add_card(server.id, built_in)
        else:
            self._add_card(server.id, self._editor(server))
        self._show(server.id)

    def _editor(self, server: ServerConfig, *, is_new: bool = False, requires_key: bool = False) -> ServerPresenter:
        presenter = ServerPresenter(
            self._appearance,
            server,
            self._services,
            self._tasks,
            self._open_link,
            self,
            is_new=is_new,
            requires_key=requires_key,
        )
        presenter.saved.connect(self._show)
        presenter.models_requested.connect(self.models_requested)
        presenter.cancelled.connect(self._remove_card)
        presenter.remove_requested.connect(
            lambda server_id: self._tasks.start(self._remove(server_id), "remove a server")
        )
        return presenter

    def _add_card(self, server_id: str, presenter: ServerPresenter | BuiltInPresenter) -> None:
        self._presenters[server_id] = presenter
        self._put(presenter.card, self._notices.pop(server_id, None))

    def _put(self, widget: QWidget, instead: QWidget | None = None) -> None:
        """Add a widget to the column, at the end or in place of another one."""
        if instead is None:
            self.column.addWidget(widget)
        else:
            self.column.insertWidget(self.column.indexOf(instead), widget)
            self._take(instead)
        # A layout shows new widgets with a delay; until then they cannot be focused.
        widget.show()

    def _remove_card(self, server_id: str) -> None:
        if presenter := self._presenters.pop(server_id, None):
            self._take(presenter.card)
            presenter.deleteLater()

    def _take(self, widget: QWidget) -> None:
        self.column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _show(self, server_id: str) -> None:
        if presenter := self._presenters.get(server_id):
            server = self._services.servers.find(server_id) or presenter.server
            presenter.show(server, self._state_of(server))

    def _state_of(self, server: ServerConfig) -> ServerState | None:
        """Return the state of a server in its current configuration; results for another address do not count."""
        for state in self._services.models.states():
            if state.server.id == server.id:
                return state if state.server == server else ServerState(server)
        return None

    def _on_servers(self, change: ServersChanged) -> None:
        server = self._services.servers.find(change.server_id)
        presenter = self._presenters.get(change.server_id)
        if server is None and presenter and not presenter.is_new:
            self._remove_card(change.server_id)
        elif server and presenter is None:
            self._add_server(server)
        self._show(change.server_id)

    def _on_models(self, change: ModelsChanged) -> None:
        self._show(change.server_id)

    async def _remove(self, server_id: str) -> None:
        """Remove a server; its key is kept while the removal can be undone."""
        servers = self._services.servers
        server, presenter = servers.find(server_id), self._presenters.pop(server_id, None)
        if server is None or presenter is None:
            return
        position = servers.all().index(server)
        notice = UndoNotice(self._appearance, server.name, self)
        notice.acted.connect(lambda: self._tasks.start(self._restore(server, position), "restore a server"))
        notice.expired.connect(lambda: self._tasks.start(self._forget(server), "forget a removed server"))
        self._notices[server_id] = notice
        self._put(notice, presenter.card)
        presenter.deleteLater()
        notice.focus()
        await servers.remove(server_id)

    async def _restore(self, server: ServerConfig, position: int) -> None:
        await self._services.servers.save(server, position)
        if presenter := self._presenters.get(server.id):
            presenter.card.focus()

    async def _forget(self, server: ServerConfig) -> None:
        if notice := self._notices.pop(server.id, None):
            self._take(notice)
        await self._services.servers.forget(server)

    def _retranslate(self) -> None:
        self.set_labels(
            self.tr("Providers"),
            self.tr(
                "Models come from providers. API keys are stored in the system keyring, and each is sent only to its own provider."
            ),
        )
        self._manage.set_name(self.tr("Manage models"))
        self._add.setText(self.tr("Add a provider"))
        for server_id in self._presenters:
            self._show(server_id)
