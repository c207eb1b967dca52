"""*Providers*: the tab of the models page with all providers."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.cards.providers_view import ProvidersView
from chatdesk.ui_kit.feature import ALL_SERVERS
from chatdesk.ui_kit.forms.section_page import ScrollingColumn
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated


class ProvidersTab(Translated, ScrollingColumn):
    """The tab: the `view` of the providers, which follows the scrolling."""

    def __init__(
        self,
        appearance: Appearance,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent, width="providersColumn")
        self.setObjectName("modelsProviders")
        self.view = ProvidersView(appearance, services, tasks, open_link)
        """The list of providers and the card of the selected one."""
        self.view.shown.connect(self._follow_scrolling)
        self.view.row_selected.connect(self._show_row)
        self.verticalScrollBar().valueChanged.connect(self._follow_scrolling)
        self.column.addWidget(self.view)
        self.column.addStretch(1)
        self._retranslate()

    def show_item(self, item: str, part: str) -> None:
        """Show the card of the server with this ID, and focus its `key` or its `address`; or focus the list for `ALL_SERVERS`."""
        if item == ALL_SERVERS:
            self.view.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.view.edit(item, part)

    def focus_content(self) -> None:
        """Focus the list, or the card if there is space for one of them only."""
        self.view.focus()

    @property
    def _view_top(self) -> int:
        return self.view.mapTo(self._content, QPoint()).y()

    def _follow_scrolling(self) -> None:
        self.view.follow_scrolling(self.verticalScrollBar().value() - self._view_top, self.viewport().height())

    def _show_row(self, top: int, bottom: int) -> None:
        self._layout.activate()
        self.ensureVisible(0, self._view_top + top, 0, 0)
        self.ensureVisible(0, self._view_top + bottom, 0, 0)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Providers"))
