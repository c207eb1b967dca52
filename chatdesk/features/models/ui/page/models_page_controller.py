"""Controller of the models page: creates the page and connects its parts.

`_make` is where parts of the program add actions for models (see `features/models/ui/page/actions.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.feature import PageView, WindowContext
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
    from chatdesk.features.models.ui.downloads.downloads_presenter import DownloadsPresenter
    from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener
    from chatdesk.features.models.ui.guide.recommendations import Recommendations
    from chatdesk.features.models.ui.page.models_page import ModelsPage
    from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter

_FROM_LIST = "list"
_NAMED = "name:"
"""Prefix of the name of a model to download."""
_USUAL_FACTS = 10
"""Number of facts usually known about an Ollama model."""
_PARTS = (
    "chatdesk.features.models.services.model_management",
    "chatdesk.features.models.services.speed_checks",
    "chatdesk.features.models.ui.guide.guide_texts",
    "chatdesk.features.models.ui.downloads.name_field",
    "chatdesk.features.models.ui.downloads.pull_rows",
    "chatdesk.features.models.ui.downloads.downloads_panel",
    "chatdesk.features.models.ui.downloads.downloads_presenter",
    "chatdesk.features.models.ui.page.details.own_settings",
    "chatdesk.features.models.ui.page.actions",
    "chatdesk.features.models.ui.page.details.model_pane",
    "chatdesk.features.models.ui.page.models_column",
    "chatdesk.features.models.ui.page.models_page",
    "chatdesk.features.models.ui.page.models_presenter",
    "chatdesk.features.models.ui.management.new_model_sheet",
    "chatdesk.features.models.ui.management.model_actions",
)
_RECOMMENDATION_PARTS = (
    "chatdesk.features.models.ui.downloads.pull_progress",
    "chatdesk.features.models.ui.downloads.pull_actions",
    "chatdesk.features.models.ui.guide.variant_row",
    "chatdesk.features.models.ui.downloads.other_models",
    "chatdesk.features.models.ui.guide.machine_strip",
    "chatdesk.features.models.ui.guide.recommendations",
)


@dataclass(frozen=True, slots=True)
class ModelRequests:
    """Requests of the models page to features above it."""

    chat_with: Callable[[ModelRef], object]
    """Shows a new chat with a model."""
    measure: Callable[[ModelRef, bool], object]
    """Shows the speed of a model, and measures it at once if True."""
    troubleshoot: Callable[[str], object]
    """Diagnoses the server with an ID."""
    tell: Callable[[str, str, Callable[[], object] | None], object]
    """Shows a toast with a sentence and details, and an undo action unless it is None."""
    shown_chat: Callable[[], object]
    """Returns an ID of the displayed chat."""


class ModelsPageController(QObject):
    """Creates the models page. It also opens model files, including those for the chat's `picker`. `parent` is the window."""

    def __init__(
        self,
        services: ModelServices,
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
        self._picker = picker
        self._toasts = toasts
        self._parent = parent
        self._opener: ModelFileOpener | None = None
        self._ends: list[Callable[[], object]] = []
        self._recommendations: Recommendations | None = None
        self.presenter: ModelsPresenter | None = None
        """The page's presenter; None until the page is created."""
        self._panel: DownloadsPanel | None = None
        self._downloads: DownloadsPresenter | None = None
        picker.more_requested.connect(self._get_more)
        picker.add_file_requested.connect(lambda: self._file_opener().ask_for_picker())

    @property
    def shows_recommendations(self) -> bool:
        """Whether the recommendations are visible, which show the progress and the end of downloads themselves."""
        return self._recommendations is not None and self._recommendations.isVisible()

    def open_file(self, path: Path) -> None:
        """Add the model of a file, and select it for the chat."""
        self._file_opener().open_for_picker(path)

    async def make(self) -> PageView:
        """Create the page. Its targets are `recommended` and `downloads`, both with `list` if leaving them leads back to the list."""
        presenter = await self._make_page()
        page = presenter.page
        self._ends.append(presenter.end)

        def open_page(section: str = "", origin: str = "") -> None:
            if section and self._recommendations:
                page.show_recommendations(from_list=origin == _FROM_LIST)
                if section == "downloads":
                    self._recommendations.show_downloads()
                elif origin.startswith(_NAMED):
                    self._recommendations.enter_name(origin.removeprefix(_NAMED))
            else:
                page.begin()
                presenter.open()
            if self._downloads is None and self._panel:
                self._tasks.start(self._show_downloads(presenter, self._panel), "show downloads")

        def prepare(section: str = "", _origin: str = "") -> Awaitable[None] | None:
            return self._make_recommendations(page) if section and self._recommendations is None else None

        return PageView(page, open_page, self._end, page.header, prepare)

    def _end(self) -> None:
        for end in self._ends:
            end()

    async def _make_page(self) -> "ModelsPresenter":
        for name in _PARTS:  # imported in a thread, so that the window stays responsive
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.page.details.fact_grid import FactGrid  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.page.details.model_pane import (  # noqa: PLC0415 - start-up time: made when opened
            ModelPane,
        )
        from chatdesk.features.models.ui.page.details.own_settings import OwnSettings  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.page.details.speed_section import SpeedSection  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.page.models_column import ModelsColumn  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.page.models_page import ModelsPage  # noqa: PLC0415 - see below

        column = ModelsColumn(self._appearance)
        await asyncio.sleep(0)
        self._panel = DownloadsPanel(self._appearance)
        column.add_below(self._panel)
        await asyncio.sleep(0)
        facts, speed = FactGrid(self._appearance, usual=_USUAL_FACTS), SpeedSection(self._appearance)
        await asyncio.sleep(0)
        own = OwnSettings(self._appearance)
        await asyncio.sleep(0)
        pane = ModelPane(self._appearance, facts, speed, own)
        await asyncio.sleep(0)
        page = ModelsPage(self._appearance, column, pane)
        await asyncio.sleep(0)
        presenter = self.presenter = self._make(page)
        await asyncio.sleep(0)
        return presenter

    async def _make_recommendations(self, page: "ModelsPage") -> None:
        await self._services.library.prepare()
        for name in _RECOMMENDATION_PARTS:  # imported in a thread, so that the window stays responsive
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.other_models import OtherModels  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.guide.machine_strip import MachineStrip  # noqa: PLC0415 - see below
        from chatdesk.features.models.ui.guide.recommendations import Recommendations  # noqa: PLC0415 - see below

        strip = MachineStrip(self._appearance)
        await asyncio.sleep(0)
        others = OtherModels(self._appearance)
        await asyncio.sleep(0)
        library, requests = self._services.library, self._requests
        recommendations = Recommendations(
            self._appearance, library.guide, self._services.models, self._tasks, strip, others
        )
        recommendations.chat_requested.connect(requests.chat_with)
        recommendations.servers_requested.connect(lambda: self._navigation.show_server("", ""))
        recommendations.doctor_requested.connect(requests.troubleshoot)
        recommendations.page_requested.connect(self._navigation.open_link)
        self._ends.append(recommendations.end)
        await asyncio.sleep(0)
        page.add_recommendations(recommendations)
        await asyncio.sleep(0)
        self._recommendations = recommendations

    async def _show_downloads(self, presenter: "ModelsPresenter", panel: "DownloadsPanel") -> None:
        from chatdesk.features.models.ui.downloads.downloads_presenter import (  # noqa: PLC0415 - see below
            DownloadsPresenter,
        )

        await self._services.library.prepare()
        guide = self._services.library.guide
        page = presenter.page
        downloads = self._downloads = DownloadsPresenter(panel, guide, self._services.models, page.isVisible)
        panel.rows.page_requested.connect(self._navigation.open_link)
        panel.doctor_requested.connect(self._requests.troubleshoot)
        page.seen.connect(lambda seen: downloads.show() if seen else None)
        downloads.arrived.connect(lambda ref: self._show_arrived(presenter, ref))
        self._ends.append(downloads.end)
        downloads.show()

    def _show_arrived(self, presenter: "ModelsPresenter", ref: ModelRef) -> None:
        """Select a downloaded model, unless the user is working in the details of another one."""
        if not any(part.hasFocus() for part in presenter.page.model_pane.findChildren(QWidget)):
            presenter.select_model(ref)

    def _make(self, page: "ModelsPage") -> "ModelsPresenter":
        from chatdesk.features.models.ui.management.model_actions import (  # noqa: PLC0415 - start-up time: made when opened
            ModelActions,
        )
        from chatdesk.features.models.ui.page.actions import (  # noqa: PLC0415 - the same
            CheckActions,
            OwnActions,
            PageActions,
            ServerActions,
        )
        from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter  # noqa: PLC0415 - see below

        actions = PageActions()
        own = OwnActions(self._services.preferences, self._services.settings, page)
        actions.offer_for_models(own.for_model)
        actions.offer_for_servers(own.for_server)
        model_actions = ModelActions(self._appearance, self._services, self._tasks, page.window())
        model_actions.notified.connect(self._requests.tell)
        model_actions.model_created.connect(self._added)
        at_servers = ServerActions(self._services.servers, model_actions, lambda: page.menu_place, page)
        at_servers.get_requested.connect(self._get_at)
        actions.offer_for_models(at_servers.for_model)
        actions.offer_for_servers(at_servers.for_server)
        checks = CheckActions(page)
        actions.offer_for_models(checks.for_model)
        actions.offer_for_servers(checks.for_server)
        checks.speed_requested.connect(lambda ref: self._requests.measure(ref, False))
        page.model_pane.measure_requested.connect(lambda ref: self._requests.measure(ref, True))
        checks.doctor_requested.connect(self._requests.troubleshoot)
        presenter = ModelsPresenter(self._appearance, self._services, page, actions, own, self._tasks)
        own.chat_requested.connect(self._requests.chat_with)
        own.settings_requested.connect(self._show_settings)
        own.undo_offered.connect(self._window.tell)
        page.closed.connect(self._navigation.show_chats)
        page.header.guide_requested.connect(self._recommend_from_list)
        page.header.file_requested.connect(lambda: self._file_opener().ask(self._added))
        page.column.step_requested.connect(self._take)
        self._ends.append(model_actions.end)
        return presenter

    def _get_more(self, name: str) -> None:
        """Show the recommendations, and the name of a model that the user typed in the field for downloading it."""
        self._navigation.show_page("models", "recommended", *((_NAMED + name,) if name else ()))

    def _recommend_from_list(self) -> None:
        self._navigation.show_page("models", "recommended", _FROM_LIST)

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
        if self.presenter:
            self.presenter.select_model(ref)

    def _show_settings(self, server_id: str) -> None:
        if server_id == BUILT_IN_ID:
            self._navigation.show_settings("engine")
        else:
            self._navigation.show_server(server_id, "address")

    def _get_at(self, server_id: str) -> None:
        """Let the user choose a model for a server: from the recommendations if they are for this server, otherwise by name."""
        panel = self._panel
        if panel is None or panel.best in {"", server_id}:
            self._recommend_from_list()
        elif self.presenter:
            self.presenter.page.show_list()
            panel.ask_for_name(server_id)

    def _take(self, step: str) -> None:
        if step == "servers":
            self._navigation.show_settings("servers")
        elif self.presenter:
            column = self.presenter.page.column
            if step == "get" and self._panel:
                self._panel.named.emit(column.search.text(), self._panel.server)
            column.clear_filter()
