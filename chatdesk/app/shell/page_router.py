"""Shows the chats, or one of the pages in their place. A page is created when it is first shown."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.app.program import Program
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.feature import Page, PageView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from chatdesk.features.models.ui.guide.guide_page import GuidePage

_GUIDE_PARTS = (
    "chatdesk.features.models.services.speed_checks",
    "chatdesk.features.models.ui.guide.guide_words",
    "chatdesk.features.models.ui.downloads.pull_progress",
    "chatdesk.features.models.ui.downloads.pull_actions",
    "chatdesk.features.models.ui.guide.variant_row",
    "chatdesk.features.models.ui.downloads.other_models",
    "chatdesk.features.models.ui.guide.guide_page",
)


class Places(QStackedWidget):
    """`frame` has the sidebar and what is beside it. It is shown first, and again when a page is left that covers it."""

    left = Signal()
    """A page was left: the chats are shown."""
    told = Signal(str, object)
    """Something to say in passing, and what its Undo does; None for nothing to undo."""
    told_more = Signal(str, str, object)
    """The same, with details between."""
    speed_wanted = Signal(ModelRef, bool)
    """How fast a model is, and whether to measure it at once."""
    doctor_wanted = Signal(str)
    """What is wrong with a server; its id."""
    models_wanted = Signal()
    """The page of models."""
    chat_wanted = Signal(ModelRef)
    """A new chat with this model."""

    def __init__(
        self,
        appearance: Appearance,
        frame: QWidget,
        beside: PageStack,
        program: Program,
        links: LinkOpener,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._frame = frame
        self._beside = beside
        self._program = program
        self._links = links
        self._tasks = tasks
        self._pages: dict[str, Page] = {}
        self._views: dict[str, PageView] = {}
        self._titles: dict[QWidget, Callable[[], str]] = {}
        self._guide: GuidePage | None = None
        self._opening_guide = False
        self._returns = False
        self.addWidget(frame)

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Have these pages to show."""
        self._pages.update((page.name, page) for page in pages)

    @property
    def hides_chats(self) -> bool:
        """Whether a page is shown in place of the chats and of what stands beside the sidebar."""
        return self.currentWidget() is not self._frame

    @property
    def title(self) -> str:
        """What the page shown is called; empty for the chats."""
        here = self.currentWidget()
        return self._titles[here]() if here in self._titles else ""

    def show_chats(self) -> None:
        """Show the chats."""
        self.setCurrentWidget(self._frame)
        self.left.emit()

    def show_frame(self) -> None:
        """Show what stands beside the sidebar, whatever that is by now."""
        self.setCurrentWidget(self._frame)

    def show_page(self, page: str, *target: str) -> None:
        """Show the page of this name, with what `target` names on it."""
        view = self._views.get(page) or self._make(self._pages[page])
        if view.header:
            self.show_frame()
            view.header.set_sidebar_open(is_open=self._beside.sidebar_is_open)
            self._beside.show_page(page)
        else:
            self.setCurrentWidget(view.widget)
        view.open(*target)

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, and in it an item, ready to change a part of it."""
        self.show_page("settings", section, item, part)

    def open_link(self, target: str) -> None:
        """Open a page in the browser, or ask first."""
        self._links.open(target)

    def show_server(self, server_id: str, part: str) -> None:
        """Show the settings at a server, ready to change its `key` or its `address`; without a server, those of all."""
        self.show_settings("servers", server_id, part)

    def show_models(self) -> None:
        """Show the page of models."""
        self.models_wanted.emit()

    def show_guide(self, *, for_a_while: bool = False) -> None:
        """Show which of DeepSeek's models suit this machine, and the way to get one; made piece by piece the first time.

        `for_a_while`: what it is shown in place of comes back when it is left, be that the chats or another page.
        """
        self._returns = for_a_while
        if self._guide:
            self.setCurrentWidget(self._guide)
            self._guide.open()
        elif not self._opening_guide:
            self._opening_guide = True
            self._tasks.start(self._open_guide(), "open the guide")

    async def _open_guide(self) -> None:
        await self._program.model_library.prepare()
        guide = self._program.model_library.guide
        for name in _GUIDE_PARTS:  # beside the window's own work
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.other_models import OtherModels  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.guide.guide_page import GuidePage  # noqa: PLC0415 - see above
        from chatdesk.features.models.ui.guide.machine_strip import MachineStrip  # noqa: PLC0415 - likewise

        strip = MachineStrip(self._appearance)
        await asyncio.sleep(0)
        others = OtherModels(self._appearance)
        await asyncio.sleep(0)
        self._guide = GuidePage(self._appearance, guide, self._program.models, self._tasks, strip, others, self)
        self._guide.closed.connect(self._leave_guide)
        self._guide.chat_requested.connect(self.chat_wanted)
        self._guide.servers_requested.connect(lambda: self.show_settings("servers"))
        self._guide.doctor_requested.connect(self.doctor_wanted)
        self._guide.page_requested.connect(self._links.open)
        await asyncio.sleep(0)
        self._add(self._guide, lambda: self.tr("Which model?"))
        self.setCurrentWidget(self._guide)
        await asyncio.sleep(0)
        self._guide.open()

    def show_downloads(self) -> None:
        """Show the models that are downloading."""
        self.show_guide()
        if self._guide:
            self._guide.show_downloads()

    @property
    def shows_downloads(self) -> bool:
        """Whether a person sees the downloads go on, so that their end needs no word."""
        return self._guide is not None and self._guide.isVisible()

    def _leave_guide(self) -> None:
        if self._returns:
            self.show_frame()
        else:
            self.show_chats()

    def end(self) -> None:
        """Let go of the services."""
        if self._guide:
            self._guide.end()
        for name, view in self._views.items():
            if not self._pages[name].beside_sidebar:
                view.end()

    def _make(self, page: Page) -> PageView:
        view = self._views[page.name] = page.make()
        title = partial(QCoreApplication.translate, "Pages", page.title)
        if header := view.header:
            header.sidebar_toggled.connect(self._beside.sidebar_toggled)
            self._beside.sidebar_shown.connect(lambda is_open: header.set_sidebar_open(is_open=is_open))
            self._beside.add_page(page.name, view.widget, title, view.end)
        else:
            self._add(view.widget, title)
        return view

    def _add(self, page: QWidget, title: Callable[[], str]) -> None:
        self._titles[page] = title
        self.addWidget(page)
