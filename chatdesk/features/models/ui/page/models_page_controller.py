"""The page of models in its place beside the sidebar, made when it is first opened: put together here, wired to the window.

`_make` is where parts of the program add what they can do with models (how: `features/models/ui/page/actions.py`).
"""

import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.app.shell.page_router import PageRouter
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.page_stack import PageStack
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
    from chatdesk.features.models.ui.downloads.downloads_presenter import DownloadsPresenter
    from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener
    from chatdesk.features.models.ui.guide.recommendations import Recommendations
    from chatdesk.features.models.ui.page.models_page import ModelsPage
    from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter

_USUAL_FACTS = 10
"""That are known of a model of Ollama's."""
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
    "chatdesk.features.models.ui.management.new_model_dialog",
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


class ModelsPageController(QObject):
    """`middle` is where the page stands, beside the sidebar; `router` leads to the settings.

    Model files are opened from here, also for the `picker` of the chat; `shown_chat` identifies the chat on screen.
    """

    def __init__(
        self,
        appearance: Appearance,
        services: ModelServices,
        middle: PageStack,
        router: PageRouter,
        picker: ModelPicker,
        shown_chat: Callable[[], object],
        toasts: ToastHost,
        tasks: Tasks,
    ) -> None:
        super().__init__(middle)
        self._appearance = appearance
        self._middle = middle
        self._router = router
        self._services = services
        self._picker = picker
        self._shown_chat = shown_chat
        self._toasts = toasts
        self._tasks = tasks
        self._opener: ModelFileOpener | None = None
        self._opening = False
        self._left = False
        """Whether the user has gone elsewhere while the page was being created."""
        self._section = ""
        """The section to show: empty for the list, `recommended`, or `downloads`."""
        self._from_list = False
        """Whether the recommendations were opened from the list."""
        self._recommendations: Recommendations | None = None
        self._presenter: ModelsPresenter | None = None
        self._panel: DownloadsPanel | None = None
        self._downloads: DownloadsPresenter | None = None
        picker.manage_requested.connect(router.show_models)
        router.models_requested.connect(self.show)
        router.left.connect(self._leave)
        middle.entered.connect(self._leave)
        picker.add_file_requested.connect(lambda: self._file_opener().ask_for_picker())

    @property
    def shows_recommendations(self) -> bool:
        """Whether the user sees the recommendations, which show the progress and the end of downloads."""
        return self._recommendations is not None and self._recommendations.isVisible()

    def show(self, section: str = "", *, from_list: bool = False) -> None:
        """Show the page in place of the chats, at a section; what it needs is made piece by piece the first time.

        `from_list`: leaving the recommendations leads back to the list, otherwise to the chats.
        """
        self._section, self._from_list, self._left = section, from_list, False
        if self._presenter and (self._recommendations or not section):
            self._show(self._presenter)
        elif not self._opening:
            self._opening = True
            self._tasks.start(self._open(), "open the page of models")

    def open_file(self, path: Path) -> None:
        """Add a model that lies in a file, and choose it for the chat."""
        self._file_opener().open_for_picker(path)

    def _leave(self) -> None:
        self._left = True

    async def _open(self) -> None:
        try:
            is_new = self._presenter is None
            presenter = self._presenter or await self._make_page()
            if self._section and not self._recommendations:
                self._recommendations = await self._make_recommendations(presenter.page)
        finally:
            self._opening = False
        if not self._left:
            self._show(presenter)
        if is_new and self._panel:
            await self._show_downloads(presenter, self._panel)

    async def _make_page(self) -> "ModelsPresenter":
        for name in _PARTS:  # beside the window's own work
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.fact_grid import FactGrid  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.model_pane import (  # noqa: PLC0415 - start-up time: made when opened
            ModelPane,
        )
        from chatdesk.features.models.ui.page.details.own_settings import OwnSettings  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.details.speed_section import SpeedSection  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.models_column import ModelsColumn  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.page.models_page import ModelsPage  # noqa: PLC0415 - likewise

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
        presenter = self._presenter = self._make(page)
        await asyncio.sleep(0)
        return presenter

    async def _make_recommendations(self, page: "ModelsPage") -> "Recommendations":
        await self._services.library.prepare()
        for name in _RECOMMENDATION_PARTS:  # beside the window's own work
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.other_models import OtherModels  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.guide.machine_strip import MachineStrip  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.guide.recommendations import Recommendations  # noqa: PLC0415 - likewise

        strip = MachineStrip(self._appearance)
        await asyncio.sleep(0)
        others = OtherModels(self._appearance)
        await asyncio.sleep(0)
        library, router = self._services.library, self._router
        made = Recommendations(self._appearance, library.guide, self._services.models, self._tasks, strip, others)
        made.chat_requested.connect(router.chat_requested)
        made.servers_requested.connect(lambda: router.show_settings("servers"))
        made.doctor_requested.connect(router.doctor_requested)
        made.page_requested.connect(router.open_link)
        self._middle.at_end(made.end)
        await asyncio.sleep(0)
        page.add_recommendations(made)
        await asyncio.sleep(0)
        return made

    async def _show_downloads(self, presenter: "ModelsPresenter", panel: "DownloadsPanel") -> None:
        from chatdesk.features.models.ui.downloads.downloads_presenter import (  # noqa: PLC0415 - likewise
            DownloadsPresenter,
        )

        await self._services.library.prepare()
        guide = self._services.library.guide
        page = presenter.page
        downloads = self._downloads = DownloadsPresenter(panel, guide, self._services.models, page.isVisible)
        panel.rows.page_requested.connect(self._router.open_link)
        page.seen.connect(lambda seen: downloads.show() if seen else None)
        downloads.arrived.connect(lambda ref: self._show_arrived(presenter, ref))
        self._middle.at_end(downloads.end)
        downloads.show()

    def _show_arrived(self, presenter: "ModelsPresenter", ref: ModelRef) -> None:
        """Look at a model that came, unless the user is at work with another one."""
        if not any(part.hasFocus() for part in presenter.page.model_pane.findChildren(QWidget)):
            presenter.look_at(ref)

    def _show(self, presenter: "ModelsPresenter") -> None:
        self._router.show_frame()
        presenter.page.header.set_sidebar_open(is_open=self._middle.sidebar_is_open)
        self._middle.show_page("models")
        if self._section and self._recommendations:
            presenter.page.show_recommendations(from_list=self._from_list)
            if self._section == "downloads":
                self._recommendations.show_downloads()
        else:
            presenter.page.begin()
            presenter.open()

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
        from chatdesk.features.models.ui.page.models_presenter import ModelsPresenter  # noqa: PLC0415 - likewise

        actions = PageActions()
        own = OwnActions(self._services.preferences, self._services.settings, page)
        actions.offer_for_models(own.for_model)
        actions.offer_for_servers(own.for_server)
        model_actions = ModelActions(self._appearance, self._services, self._tasks, self._middle.window())
        model_actions.notified.connect(self._router.notified_with_details)
        model_actions.made.connect(self._added)
        at_servers = ServerActions(self._services.servers, model_actions, lambda: page.menu_place, page)
        at_servers.get_requested.connect(self._get_at)
        actions.offer_for_models(at_servers.for_model)
        actions.offer_for_servers(at_servers.for_server)
        checks = CheckActions(page)
        actions.offer_for_models(checks.for_model)
        actions.offer_for_servers(checks.for_server)
        checks.speed_requested.connect(lambda ref: self._router.speed_requested.emit(ref, False))
        page.model_pane.measure_requested.connect(lambda ref: self._router.speed_requested.emit(ref, True))
        checks.doctor_requested.connect(self._router.doctor_requested)
        presenter = ModelsPresenter(self._appearance, self._services, page, actions, own, self._tasks)
        own.chat_requested.connect(self._router.chat_requested)
        own.settings_requested.connect(self._show_settings)
        own.undo_offered.connect(self._router.notified)
        page.closed.connect(self._middle.left)
        page.header.sidebar_toggled.connect(self._middle.sidebar_toggled)
        page.header.guide_requested.connect(lambda: self.show("recommended", from_list=True))
        page.header.file_requested.connect(lambda: self._file_opener().ask(self._added))
        page.column.step_requested.connect(self._take)
        self._middle.sidebar_shown.connect(lambda is_open: page.header.set_sidebar_open(is_open=is_open))
        self._middle.add_page("models", page, lambda: self.tr("Models"), presenter.end)
        self._middle.at_end(model_actions.end)
        return presenter

    def _file_opener(self) -> "ModelFileOpener":
        if self._opener is None:
            from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener  # noqa: PLC0415 - likewise

            self._opener = ModelFileOpener(
                self._picker,
                self._services,
                self._tasks,
                self._toasts.show_toast,
                self._shown_chat,
                self._middle,
            )
        return self._opener

    def _added(self, ref: ModelRef) -> None:
        if self._presenter:
            self._presenter.look_at(ref)

    def _show_settings(self, server_id: str) -> None:
        if server_id == BUILT_IN_ID:
            self._router.show_settings("engine")
        else:
            self._router.show_server(server_id, "address")

    def _get_at(self, server_id: str) -> None:
        """Have a model chosen for a server: among the recommendations if they are about this server, else by its name."""
        panel = self._panel
        if panel is None or panel.best in {"", server_id}:
            self.show("recommended", from_list=True)
        elif self._presenter:
            self._presenter.page.show_list()
            panel.ask_for_name(server_id)

    def _take(self, step: str) -> None:
        if step == "servers":
            self._router.show_settings("servers")
        elif self._presenter:
            column = self._presenter.page.column
            if step == "get" and self._panel:
                self._panel.named.emit(column.search.text(), self._panel.server)
            column.clear_filter()
