"""The area next to the sidebar: the chats, or a page in their place."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """A stack of pages. `left` is emitted when the chats should be shown again. Pages are added when they are first shown."""

    left = Signal()
    entered = Signal()
    """A page was requested."""
    sidebar_toggled = Signal()
    sidebar_shown = Signal(bool)
    """Whether the sidebar is visible now."""

    def __init__(self, chats: QWidget) -> None:
        super().__init__()
        self.sidebar_is_open = True
        self._ends: list[Callable[[], object]] = []
        self._pages: dict[str, tuple[QWidget, Callable[[], str]]] = {}
        self.chats = chats
        """The widget for shortcuts that must be disabled while a page is shown."""
        self.addWidget(chats)

    @property
    def title(self) -> str:
        """The title of the current page; empty for the chats."""
        shown = self.shown
        return self._pages[shown][1]() if shown else ""

    @property
    def shown(self) -> str:
        """The name of the current page; empty for the chats."""
        here = self.currentWidget()
        return next((name for name, (page, _title) in self._pages.items() if page is here), "")

    def add_page(self, name: str, page: QWidget, title: Callable[[], str], end: Callable[[], object]) -> None:
        """Add a page. `end` is called when the window is closed."""
        self._pages[name] = page, title
        self._ends.append(end)
        self.addWidget(page)

    def at_end(self, end: Callable[[], object]) -> None:
        """Register a function to call when the window is closed."""
        self._ends.append(end)

    def show_page(self, name: str) -> None:
        """Show a page in place of the chats."""
        self.setCurrentWidget(self._pages[name][0])
        self.entered.emit()

    def show_chats(self) -> None:
        """Show the chats."""
        self.setCurrentIndex(0)

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Update the sidebar buttons of the pages."""
        self.sidebar_is_open = is_open
        self.sidebar_shown.emit(is_open)

    def end(self) -> None:
        """Let the pages save unsaved input and release their services."""
        for end in self._ends:
            end()
