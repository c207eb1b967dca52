"""Settings section of the providers."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.cards.providers_view import ProvidersView
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton


class ServersSection(Translated, SectionPage):
    """The section: the `view` of the providers, and buttons for another address and for the models."""

    models_page_requested = Signal()
    """The models page is requested."""

    def __init__(
        self,
        appearance: Appearance,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent, width="providersColumn")
        self.view = ProvidersView(appearance, services, tasks, open_link)
        """The list of providers and the card of the selected one."""
        self.view.moved.connect(self.show_widget)
        self._add = Button(appearance, "", icon="plug")
        self._add.setObjectName("addServer")
        self._add.clicked.connect(self.view.ask_for_address)
        self._manage = IconButton(appearance, "cpu")
        self._manage.setObjectName("manageModelsFromSettings")
        self._manage.clicked.connect(self.models_page_requested)
        self.set_action(self._manage)
        self.set_action(self._add)
        self.column.addWidget(self.view)
        self._retranslate()

    def show_item(self, item: str, part: str) -> None:
        """Show the card of the server with this ID, and focus its `key` or its `address`."""
        self.view.edit(item, part)

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Providers"))
        self._manage.set_name(self.tr("Manage models"))
        self._add.setText(self.tr("Another address…"))
