"""Shows the chats, or one of the pages in their place. A page is created when it is first shown."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.feature import Page, PageView
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.page_stack import PageStack


class PageRouter(QStackedWidget):
    """`frame` has the sidebar and what is beside it. It is shown first, and again when a page is left that covers it."""

    left = Signal()
    """A page was left: the chats are shown."""
    notified = Signal(str, object)
    """A sentence for a toast, and what its Undo does; None if there is nothing to undo."""
    notified_with_details = Signal(str, str, object)
    """The same, with details between."""
    speed_requested = Signal(ModelRef, bool)
    """How fast a model is, and whether to measure it at once."""
    doctor_requested = Signal(str)
    """What is wrong with a server; its id."""
    models_requested = Signal(str)
    """The page of models, at a section: empty for the list, `recommended`, or `downloads`."""
    chat_requested = Signal(ModelRef)
    """A new chat with this model."""

    def __init__(self, frame: QWidget, beside: PageStack, links: LinkOpener) -> None:
        super().__init__()
        self._frame = frame
        self._beside = beside
        self._links = links
        self._pages: dict[str, Page] = {}
        self._views: dict[str, PageView] = {}
        self._titles: dict[QWidget, Callable[[], str]] = {}
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

    def show_models(self, section: str = "") -> None:
        """Show the page of models: the list, or the section `recommended` or `downloads`."""
        self.models_requested.emit(section)

    def end(self) -> None:
        """Let go of the services."""
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
