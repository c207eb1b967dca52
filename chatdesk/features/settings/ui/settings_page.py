"""The settings, in place of the chats: the sections at the left, the chosen one at the right."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from chatdesk.app.program import Program
from chatdesk.features.chat.ui.chat_section import ChatSection
from chatdesk.features.models.ui.engine.engine_section import EngineSection
from chatdesk.features.servers.ui.cards.servers_section import ServersSection
from chatdesk.features.settings.ui.keyboard_section import KeyboardSection
from chatdesk.features.settings.ui.section_list import SectionList
from chatdesk.features.updates.ui.about_section import AboutSection
from chatdesk.kernel.settings.declarations import LANGUAGE, THEME, USE_SYSTEM_PROXY, ZOOM
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated

# The section General: how the program looks and speaks, and how it reaches the network.


class GeneralSection(Translated, SectionPage):
    """Declared settings alone."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        look, network = SettingsCard(appearance, settings, self), SettingsCard(appearance, settings, self)
        look.add(LANGUAGE)
        look.add(THEME)
        look.add(ZOOM)
        network.add(USE_SYSTEM_PROXY)
        self.column.addWidget(look)
        self.column.addWidget(network)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_words(self.tr("General"))


class Links(Protocol):
    """The one door for links."""

    def open(self, target: str, words: str) -> object:
        """Open a link, or ask first; `words` are those it stands behind."""


class SettingsPage(QWidget):
    """A narrow window shows the sections as icons. `save` asks where a text is to be saved, with a name to begin with."""

    closed = Signal()
    models_page_wanted = Signal()
    models_wanted = Signal()
    """Models are to be got for a server."""

    def __init__(
        self,
        appearance: Appearance,
        program: Program,
        tasks: Tasks,
        links: Links,
        save: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._list = SectionList(appearance, self)
        servers = ServersSection(appearance, program, tasks, links.open)
        servers.engine_requested.connect(lambda: self._list.choose("engine"))
        servers.models_wanted.connect(self.models_wanted)
        self._servers = servers
        servers.models_page_wanted.connect(self.models_page_wanted)
        self._sections: dict[str, SectionPage] = {
            "general": GeneralSection(appearance, program.settings),
            "chat": ChatSection(appearance, program.settings),
            "servers": servers,
            "engine": EngineSection(appearance, program, tasks, save),
            "keyboard": KeyboardSection(appearance),
            "about": AboutSection(appearance, program, tasks, links.open),
        }
        self._pages = QStackedWidget(self)
        for page in self._sections.values():
            self._pages.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._pages, 1)
        self.setAutoFillBackground(True)
        self._list.back_requested.connect(self.closed)
        self._list.section_chosen.connect(lambda name: self._pages.setCurrentWidget(self._sections[name]))
        appearance.bind(self._arrange)
        self._list.choose("general")

    def show_section(self, name: str) -> None:
        """Show a section, "servers"; an empty name is the one that was shown last. The keyboard goes to its row."""
        self._list.choose(name or self._list.current())
        self._list.focus()

    def show_server(self, server_id: str, part: str) -> None:
        """Show a server in its section, ready to change its `key` or its `address`."""
        self._list.choose("servers")
        self._servers.edit(server_id, part)

    def _arrange(self) -> None:
        self._list.set_compact(compact=self.width() < self._appearance.theme.length("sidebarOverlaysBelow"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between words and icons at the left."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
