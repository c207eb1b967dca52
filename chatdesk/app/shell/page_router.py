"""Router for the pages that replace the chats. A page is created when it is first shown."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.ui_kit.feature import ALL_SERVERS, ModelsTab, Page, PageView
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.page_stack import PageStack


class PageRouter(QStackedWidget):
    """Shows the chats or a page. `frame` contains the sidebar and what is beside it; it is shown first and after a page that covers it."""

    left = Signal()
    """A page was left, and the chats are shown."""

    def __init__(self, frame: QWidget, beside: PageStack, links: LinkOpener, tasks: Tasks) -> None:
        super().__init__()
        self._frame = frame
        self._beside = beside
        self._links = links
        self._tasks = tasks
        self._pages: dict[str, Page] = {}
        self._views: dict[str, PageView] = {}
        self._titles: dict[QWidget, Callable[[], str]] = {}
        self._requested: tuple[str, tuple[str, ...]] | None = None
        """The requested page and its target; None for the chats."""
        self._opening: set[str] = set()
        """Pages that are being created or prepared."""
        self.addWidget(frame)

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Register pages."""
        self._pages.update((page.name, page) for page in pages)

    @property
    def hides_chats(self) -> bool:
        """Whether a page covers both the sidebar and the chats."""
        return self.currentWidget() is not self._frame

    @property
    def title(self) -> str:
        """Title of the displayed page; empty for the chats."""
        here = self.currentWidget()
        return self._titles[here]() if here in self._titles else ""

    @property
    def marked(self) -> str:
        """Name of the page that the sidebar marks: the one shown next to it, or its parent; empty for the chats."""
        shown = self._beside.shown
        return self._pages[shown].parent or shown if shown else ""

    def show_chats(self) -> None:
        """Show the chats."""
        self._requested = None
        self.setCurrentWidget(self._frame)
        self.left.emit()

    def show_frame(self) -> None:
        """Show the frame with its current content."""
        self.setCurrentWidget(self._frame)

    def show_page(self, page: str, *target: str) -> None:
        """Show a page and the item on it that `target` names.

        A page whose creation takes several turns of the event loop is shown afterwards, unless the user has gone elsewhere meanwhile.
        """
        self._requested = page, target
        if page in self._opening:
            return
        if page not in self._views:
            created = self._pages[page].make()
            if not isinstance(created, PageView):
                self._start(page, self._add_when_made(page, created))
                return
            self._add_view(page, created)
        if preparation := self._views[page].prepare(*target):
            self._start(page, preparation)
        else:
            self._show(self._views[page], page, target)

    def _start(self, page: str, preparation: Awaitable[None]) -> None:
        async def open_page() -> None:
            try:
                await preparation
            finally:
                self._opening.discard(page)
            if self._requested and self._requested[0] == page:
                self.show_page(page, *self._requested[1])

        self._opening.add(page)
        self._tasks.start(open_page(), f"open the page {page}")

    async def _add_when_made(self, page: str, view: Awaitable[PageView]) -> None:
        self._add_view(page, await view)

    def _show(self, view: PageView, page: str, target: tuple[str, ...]) -> None:
        if view.header:
            self.show_frame()
            view.header.set_sidebar_open(is_open=self._beside.sidebar_is_open)
            self._beside.show_page(page)
        else:
            self.setCurrentWidget(view.widget)
        view.open(*target)

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, an item in it, and the part of it to edit."""
        self.show_page("settings", section, item, part)

    def open_link(self, target: str) -> None:
        """Open a link in the browser, after a question if necessary."""
        self._links.open(target)

    def show_server(self, server_id: str, part: str) -> None:
        """Show a provider for editing its `key` or `address`; all of them for an empty ID."""
        self.show_models(ModelsTab.PROVIDERS, server_id or ALL_SERVERS, part)

    def show_models(self, tab: str = "", item: str = "", part: str = "") -> None:
        """Show a tab of the models page, by default the last one, an item in it, and a part of that."""
        self.show_page("models", tab, item, part)

    def end(self) -> None:
        """End the pages that cover the sidebar."""
        for name, view in self._views.items():
            if not self._pages[name].beside_sidebar:
                view.end()

    def _add_view(self, name: str, view: PageView) -> None:
        self._views[name] = view
        title = partial(QCoreApplication.translate, "Pages", self._pages[name].title)
        if header := view.header:
            header.sidebar_toggled.connect(self._beside.sidebar_toggled)
            self._beside.sidebar_shown.connect(lambda is_open: header.set_sidebar_open(is_open=is_open))
            self._beside.add_page(name, view.widget, title, view.end)
        else:
            self._titles[view.widget] = title
            self.addWidget(view.widget)
