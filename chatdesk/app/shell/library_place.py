"""What stands beside the sidebar: the chats, or in their place the library of presets, made when it is opened first, or another page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.app.program import Program
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.presets.ui.library.library_presenter import LibraryPresenter


class LibraryPlace(QStackedWidget):
    """`left` when the chats shall be back, `used` with the key of a preset to begin one with."""

    left = Signal()
    entered = Signal()
    """A page was asked for."""
    used = Signal(str)
    made = Signal(QWidget)
    """The library's page, when it is made."""
    import_requested = Signal()
    export_requested = Signal(list)
    batch_requested = Signal(str)
    """With the key of a preset that shall run over many inputs."""
    sidebar_toggled = Signal()
    sidebar_shown = Signal(bool)
    """Whether it can be seen now."""
    undo_offered = Signal(str, object)

    def __init__(self, appearance: Appearance, chats: QWidget, program: Program, tasks: Tasks) -> None:
        super().__init__()
        self._appearance = appearance
        self._program = program
        self._tasks = tasks
        self._presenter: LibraryPresenter | None = None
        self.sidebar_is_open = True
        self._ends: list[Callable[[], object]] = []
        self._pages: dict[str, tuple[QWidget, Callable[[], str]]] = {}
        self.chats = chats
        """What makes no sense while the library is shown can have its keys there."""
        self.addWidget(chats)

    @property
    def title(self) -> str:
        """What is shown is called; empty for the chats."""
        shown = self.shown
        return self.tr("Presets") if shown == "presets" else self._pages[shown][1]() if shown else ""

    @property
    def shown(self) -> str:
        """What is in the place of the chats: "presets", or the name of another page; empty for the chats."""
        here = self.currentWidget()
        named = next((name for name, (page, _title) in self._pages.items() if page is here), "presets")
        return "" if self.currentIndex() == 0 else named

    def add_page(self, name: str, page: QWidget, title: Callable[[], str], end: Callable[[], object]) -> None:
        """Have another page that can stand in the place of the chats. `end` is called when the window ends."""
        self._pages[name] = page, title
        self._ends.append(end)
        self.addWidget(page)

    def at_end(self, end: Callable[[], object]) -> None:
        """Call `end` when the window ends, too."""
        self._ends.append(end)

    def show_page(self, name: str) -> None:
        """Show it."""
        self.setCurrentWidget(self._pages[name][0])
        self.entered.emit()

    def show_library(self, key: str = "") -> None:
        """Show the library, with a preset if there is one of this key."""
        if self._presenter is None:
            self._presenter = self._make()
        self._presenter.page.header.set_sidebar_open(is_open=self.sidebar_is_open)
        self.setCurrentWidget(self._presenter.page)
        self.entered.emit()
        self._presenter.page.begin()
        if key:
            self._presenter.look_at(key)

    def show_chats(self) -> None:
        """Show the chats again."""
        self.setCurrentIndex(0)

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the sidebar's toggle will do."""
        self.sidebar_is_open = is_open
        self.sidebar_shown.emit(is_open)
        if self._presenter:
            self._presenter.page.header.set_sidebar_open(is_open=is_open)

    def end(self) -> None:
        """Keep what is typed in the library, and let the other pages go."""
        if self._presenter:
            self._presenter.end()
        for end in self._ends:
            end()

    def _make(self) -> "LibraryPresenter":
        from chatdesk.features.presets.ui.library.library import (  # noqa: PLC0415 - start-up time: made when opened
            make_library,
        )

        presenter = make_library(self._appearance, self._program, self._tasks)
        self.addWidget(presenter.page)
        presenter.page.closed.connect(self.left)
        presenter.page.header.sidebar_toggled.connect(self.sidebar_toggled)
        presenter.used.connect(self.used)
        presenter.undo_offered.connect(self.undo_offered)
        presenter.batch_requested.connect(self.batch_requested)
        presenter.export_requested.connect(self.export_requested)
        presenter.page.header.import_requested.connect(self.import_requested)
        self.made.emit(presenter.page)
        return presenter
