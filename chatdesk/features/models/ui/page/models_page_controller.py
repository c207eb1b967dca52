"""Controller of the models page: creates the page and each of its tabs, and connects their parts.

`_connect_here` is where parts of the program add actions for models (see `features/models/ui/page/actions.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import MODELS_TAB
from chatdesk.ui_kit.feature import ModelsTab, PageView, WindowContext
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
    from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
    from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener
    from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab
    from chatdesk.features.models.ui.page.here_tab import HereTab
    from chatdesk.features.models.ui.page.models_page import ModelsPage, PageTab
    from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter
    from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab

HERE, GET_MORE, PROVIDERS = ModelsTab
_NAMED = "name:"
"""Prefix of the name of a model to download."""
_USUAL_FACTS = 10
"""Number of facts usually known about an Ollama model."""
_HERE_PARTS = (
    "chatdesk.features.models.services.model_management",
    "chatdesk.features.models.services.speed_checks",
    "chatdesk.features.models.ui.judgement_texts",
    "chatdesk.features.models.ui.page.details.own_settings",
    "chatdesk.features.models.ui.page.actions",
    "chatdesk.features.models.ui.page.details.model_pane",
    "chatdesk.features.models.ui.page.models_column",
    "chatdesk.features.models.ui.engine.model_folder_row",
    "chatdesk.features.models.ui.engine.runners",
    "chatdesk.features.models.ui.page.here_tab",
    "chatdesk.features.models.ui.page.models_presenter",
    "chatdesk.features.models.ui.management.new_model_sheet",
    "chatdesk.features.models.ui.management.model_actions",
)
_GET_MORE_PARTS = (
    "chatdesk.features.models.ui.downloads.name_field",
    "chatdesk.features.models.ui.downloads.pull_rows",
    "chatdesk.features.models.ui.downloads.downloads_panel",
    "chatdesk.features.models.ui.downloads.downloads_presenter",
    "chatdesk.features.models.services.hub_search",
    "chatdesk.features.models.ui.catalogue.card_choices",
    "chatdesk.features.models.ui.catalogue.model_card",
    "chatdesk.features.models.ui.catalogue.hub_results",
    "chatdesk.features.models.ui.catalogue.catalogue_view",
    "chatdesk.features.models.ui.page.get_more_tab",
)
_PROVIDER_PARTS = (
    "chatdesk.features.servers.ui.cards.providers_view",
    "chatdesk.features.servers.ui.cards.providers_tab",
)


@dataclass(frozen=True, slots=True)
class ModelRequests:
    """Requests of the models page to features above it."""

    chat_with: Callable[[ModelRef], object]
    """Shows a new chat with a model."""
    use: Callable[[ModelRef], object]
    """Shows the chat, and answers its next question with a model."""
    measure: Callable[[ModelRef, bool], object]
    """Shows the speed of a model, and measures it at once if True."""
    troubleshoot: Callable[[str], object]
    """Diagnoses the server with an ID."""
    start: Callable[[str], object]
    """Starts the server with an ID on this computer."""
    show_notice: Callable[[str, str, Callable[[], object] | None], object]
    """Shows a toast with a sentence and details, and an undo action unless it is None."""
    shown_chat: Callable[[], object]
    """Returns an ID of the displayed chat."""


class ModelsPageController(QObject):
    """Creates the models page. It also opens model files, including those for the chat's `picker`. `parent` is the window."""

    def __init__(
        self,
        services: ModelServices,
        servers: ServerServices,
        window: WindowContext,
        requests: ModelRequests,
        picker: ModelPicker,
        toasts: ToastHost,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._appearance = window.appearance
        self._navigation = window.navigation
        self._tasks = window.tasks
        self._window = window
        self._requests = requests
        self._services = services
        self._servers = servers
        self._picker = picker
        self._toasts = toasts
        self._parent = parent
        self._opener: ModelFileOpener | None = None
        self._ends: list[Callable[[], object]] = []
        self._page: ModelsPage | None = None
        self.presenter: ModelsPresenter | None = None
        """Presenter of the tab *On this computer*; None until it is created."""
        self._get_more: GetMoreTab | None = None
        self._panel: DownloadsPanel | None = None
        self._offers: CatalogueView | None = None
        self._providers: ProvidersTab | None = None
        picker.more_requested.connect(self._show_get_more)
        picker.add_file_requested.connect(lambda: self._file_opener().ask_for_picker())

    @property
    def shows_downloads(self) -> bool:
        """Whether the user sees the progress and the end of downloads on the page."""
        return self._get_more is not None and self._get_more.isVisible()

    def open_file(self, path: Path) -> None:
        """Add the model of a file, and select it for the chat."""
        self._file_opener().open_for_picker(path)

    # The page and its tabs.

    async def make(self) -> PageView:
        """Create the page. Its targets are a tab and an item in it; without a tab, the one that was shown last."""
        await _load(("chatdesk.features.models.ui.page.models_page",))
        from chatdesk.features.models.ui.page.models_page import ModelsPage  # noqa: PLC0415 - start-up time

        page = self._page = ModelsPage(self._appearance)
        page.closed.connect(self._navigation.show_chats)
        page.header.tab_chosen.connect(lambda tab: self._navigation.show_page("models", tab))
        page.header.file_requested.connect(lambda: self._file_opener().ask(self._added))
        page.header.refresh_requested.connect(self._refresh)
        page.header.address_requested.connect(self._ask_for_address)

        def open_page(tab: str = "", item: str = "", part: str = "") -> None:
            name = self._target(tab)
            self._services.window_state.set(MODELS_TAB, str(name))
            page.show_tab(name)
            self._open_tab(name, item, part)

        def prepare(tab: str = "", *_item: str) -> Awaitable[None] | None:
            name = self._target(tab)
            return None if page.has_tab(name) else self._make_tab(page, name)

        return PageView(page, open_page, self._end, page.header, prepare)

    def _target(self, tab: str) -> str:
        """Return a tab, or for an empty name the one that was shown last."""
        name = tab or self._services.window_state.get(MODELS_TAB)
        return name if name in set(ModelsTab) else HERE

    async def _make_tab(self, page: "ModelsPage", name: str) -> None:
        made = {HERE: self._make_here, GET_MORE: self._make_get_more, PROVIDERS: self._make_providers}
        tab = await made[ModelsTab(name)]()
        if not page.has_tab(name):
            page.add_tab(name, tab)

    def _open_tab(self, tab: str, item: str, part: str) -> None:
        """Show an item of a tab, and bring the tab up to date."""
        if tab == HERE and self.presenter:
            self.presenter.open()
            self._open_here(self.presenter.page, item, part)
        elif tab == GET_MORE and self._get_more and self._panel and self._offers:
            self._offers.refresh()
            self._tasks.start(self._services.models.refresh(), "refresh models")
            if item == "downloads":
                self._get_more.show_downloads()
            elif item.startswith(_NAMED):
                self._panel.enter_name(item.removeprefix(_NAMED))
        elif tab == PROVIDERS and self._providers and item:
            self._providers.show_item(item, part)

    def _open_here(self, tab: "HereTab", item: str, part: str) -> None:
        if item == "engine":
            tab.show_engine(part)
        else:
            tab.show_list()

    def _end(self) -> None:
        for end in self._ends:
            end()

    def _refresh(self) -> None:
        self._tasks.start(self._services.models.refresh(), "refresh models")
        if self._offers:
            self._offers.refresh()

    # On this computer.

    async def _make_here(self) -> "PageTab":
        await _load(_HERE_PARTS)
        from chatdesk.features.models.ui.engine.engine_card import EngineCard  # noqa: PLC0415 - start-up time
        from chatdesk.features.models.ui.engine.model_folder_row import ModelFolderRow  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.engine.runners import Runners  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.fact_grid import FactGrid  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.model_pane import ModelPane  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.own_settings import OwnSettings  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.speed_section import SpeedSection  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.here_tab import HereTab  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.models_column import ModelsColumn  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.models_page import PageTab  # noqa: PLC0415 - likewise

        column = ModelsColumn(self._appearance)
        column.foot.addWidget(ModelFolderRow(self._appearance, self._services.library.folder, self._tasks))
        await asyncio.sleep(0)
        facts, speed = FactGrid(self._appearance, usual=_USUAL_FACTS), SpeedSection(self._appearance)
        await asyncio.sleep(0)
        own = OwnSettings(self._appearance)
        await asyncio.sleep(0)
        pane = ModelPane(self._appearance, facts, speed, own)
        await asyncio.sleep(0)
        engine = EngineCard(self._appearance, self._services, self._tasks, self._window.files.ask)
        runners = Runners(self._appearance, engine)
        await asyncio.sleep(0)
        tab = HereTab(self._appearance, column, pane, runners)
        await asyncio.sleep(0)
        self.presenter = self._connect_here(tab)
        await asyncio.sleep(0)
        return PageTab(tab, tab.focus_content, tab.leave, tab.search)

    def _connect_here(self, tab: "HereTab") -> "ModelsPresenter":
        from chatdesk.features.models.ui.management.model_actions import (  # noqa: PLC0415 - start-up time: made when opened
            ModelActions,
        )
        from chatdesk.features.models.ui.page.actions import (  # noqa: PLC0415 - the same
            CheckActions,
            OwnActions,
            PageActions,
            ServerActions,
        )
        from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter  # noqa: PLC0415 - the same

        actions = PageActions()
        own = OwnActions(self._services.preferences, self._services.settings, tab)
        actions.offer_for_models(own.for_model)
        actions.offer_for_servers(own.for_server)
        model_actions = ModelActions(self._appearance, self._services, self._tasks, self._parent)
        model_actions.notified.connect(self._requests.show_notice)
        model_actions.model_created.connect(self._added)
        at_servers = ServerActions(self._services.servers, model_actions, lambda: tab.menu_position, tab)
        at_servers.get_requested.connect(self._get_at)
        actions.offer_for_models(at_servers.for_model)
        actions.offer_for_servers(at_servers.for_server)
        checks = CheckActions(tab)
        actions.offer_for_models(checks.for_model)
        actions.offer_for_servers(checks.for_server)
        checks.speed_requested.connect(lambda ref: self._requests.measure(ref, False))
        tab.model_pane.measure_requested.connect(lambda ref: self._requests.measure(ref, True))
        checks.doctor_requested.connect(self._requests.troubleshoot)
        presenter = ModelsPresenter(self._appearance, self._services, tab, actions, own, self._tasks)
        own.chat_requested.connect(self._requests.chat_with)
        own.settings_requested.connect(self._show_settings)
        own.undo_offered.connect(self._window.show_toast)
        tab.models.step_requested.connect(self._perform)
        tab.models.get_more_requested.connect(self._show_get_more)
        tab.runners.step_requested.connect(self._help_runner)
        self._ends += (presenter.end, model_actions.end)
        return presenter

    def _help_runner(self, server_id: str, step: str) -> None:
        from chatdesk.features.servers.domain.advice import DOWNLOAD_PAGE  # noqa: PLC0415 - start-up time

        match step:
            case "start":
                self._requests.start(server_id)
            case "get":
                self._navigation.open_link(DOWNLOAD_PAGE)
            case _:
                self._requests.troubleshoot(server_id)

    # Get more.

    async def _make_get_more(self) -> "PageTab":
        await self._services.library.prepare()
        await _load(_GET_MORE_PARTS)
        from chatdesk.features.models.ui.catalogue.card_texts import speed_text  # noqa: PLC0415 - start-up time
        from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.downloads.downloads_presenter import (  # noqa: PLC0415 - likewise
            DownloadsPresenter,
        )
        from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.models_page import PageTab  # noqa: PLC0415 - likewise

        library, requests = self._services.library, self._requests
        panel = self._panel = DownloadsPanel(self._appearance)
        await asyncio.sleep(0)
        offers = self._offers = CatalogueView(
            self._appearance, library.catalogue, library.hub_search, self._services.hubs.get(), self._tasks
        )
        offers.chat_requested.connect(requests.chat_with)
        offers.page_requested.connect(self._navigation.open_link)
        offers.sources_requested.connect(lambda: self._navigation.show_settings("model-sources"))
        await asyncio.sleep(0)
        tab = self._get_more = GetMoreTab(self._appearance, offers, panel)
        await asyncio.sleep(0)
        downloads = DownloadsPresenter(panel, library.catalogue, self._services.models, tab.isVisible)
        downloads.arrived.connect(self._show_arrived)
        panel.rows.page_requested.connect(self._navigation.open_link)
        panel.rows.sources_requested.connect(lambda: self._navigation.show_settings("model-sources"))
        panel.rows.folder_requested.connect(lambda: self._navigation.show_models(ModelsTab.HERE))
        panel.rows.chat_requested.connect(requests.chat_with)
        panel.doctor_requested.connect(requests.troubleshoot)
        panel.sources_requested.connect(lambda: self._navigation.show_settings("model-sources"))
        panel.folder_requested.connect(lambda: open_folder(self._services.built_in.files.folder))
        panel.activity_changed.connect(lambda active: tab.set_downloads_first(first=active))

        def show_machine(_change: object = None) -> None:
            tab.strip.show_machine(library.fits.machine)
            tab.strip.show_line(speed_text(library.catalogue.line_speed))

        self._ends += (offers.end, downloads.end, library.fits.changes.subscribe(show_machine))
        show_machine()
        downloads.show()
        return PageTab(tab, offers.focus)

    def _show_arrived(self, ref: ModelRef) -> None:
        """Select a downloaded model, unless the user is working in the details of another one."""
        presenter = self.presenter
        if presenter and not any(part.hasFocus() for part in presenter.page.model_pane.findChildren(QWidget)):
            presenter.select_model(ref)

    def _show_get_more(self, name: str = "") -> None:
        """Show *Get more*, with the name of a model that the user typed in the field for downloading it."""
        self._navigation.show_page("models", GET_MORE, *((_NAMED + name,) if name else ()))

    def _get_at(self, server_id: str) -> None:
        """Let the user choose a model for a server."""

        async def ask() -> None:
            if self._panel is None and self._page:
                await self._make_tab(self._page, GET_MORE)
            self._show_get_more()
            if self._panel and self._panel.best != server_id:
                self._panel.ask_for_name(server_id)

        self._tasks.start(ask(), "choose a model for a server")

    # Providers.

    async def _make_providers(self) -> "PageTab":
        await _load(_PROVIDER_PARTS)
        from chatdesk.features.models.ui.page.models_page import PageTab  # noqa: PLC0415 - start-up time
        from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab  # noqa: PLC0415 - likewise

        tab = self._providers = ProvidersTab(self._appearance, self._servers, self._tasks, self._window.links.open)
        show = self._navigation.show_models
        tab.view.engine_requested.connect(lambda: show(HERE, "engine"))
        tab.view.models_requested.connect(lambda: show(GET_MORE))
        tab.view.use_requested.connect(self._requests.use)
        return PageTab(tab, tab.focus_content, tab.view.leave)

    def _ask_for_address(self) -> None:
        if self._providers:
            self._providers.view.ask_for_address()

    def _file_opener(self) -> "ModelFileOpener":
        if self._opener is None:
            from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener  # noqa: PLC0415 - see below

            self._opener = ModelFileOpener(
                self._picker,
                self._services,
                self._tasks,
                self._toasts.show_toast,
                self._requests.shown_chat,
                self._parent,
            )
        return self._opener

    def _added(self, ref: ModelRef) -> None:
        """Show a model that was added to this computer."""
        self._navigation.show_models(HERE)
        if self.presenter:
            self.presenter.select_model(ref)

    def _show_settings(self, server_id: str) -> None:
        if server_id == BUILT_IN_ID:
            self._navigation.show_models(HERE, "engine")
        else:
            self._navigation.show_server(server_id, "address")

    def _perform(self, step: str) -> None:
        if step == "servers":
            self._navigation.show_models(PROVIDERS)
        elif self.presenter:
            column = self.presenter.page.models
            if step == "get":
                self._show_get_more(column.search.text())
            column.clear_filter()


async def _load(modules: Iterable[str]) -> None:
    """Import modules in a thread, so that the window stays responsive."""
    for name in modules:
        await asyncio.to_thread(import_module, name)
