"""Models to download on the page *Get more*: the catalogue for this computer, or instead the results of a search on a hub."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.models.services.hub_search import HubSearch
from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.services.model_catalogue import ModelCatalogue, Offer
from chatdesk.features.models.ui.catalogue.catalogue_list import CatalogueList
from chatdesk.features.models.ui.catalogue.hub_results import HubResults
from chatdesk.features.models.ui.catalogue.model_card import ModelCard
from chatdesk.features.models.ui.catalogue.search_bar import SearchBar
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

_UPDATE_DELAY = 100
"""Milliseconds from a change until it is shown: downloads report every received chunk."""


class CatalogueView(QWidget):
    """The catalogue and the search, connected with their services. Downloads continue while it is not shown."""

    chat_requested = Signal(ModelRef)
    page_requested = Signal(str)
    """A URL to open in the browser."""
    sources_requested = Signal()
    """The settings of the hubs are to be shown."""

    def __init__(
        self,
        appearance: Appearance,
        catalogue: ModelCatalogue,
        search: HubSearch,
        hubs: Hubs,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._catalogue = catalogue
        self._hubs = hubs
        self._tasks = tasks
        self._bar = SearchBar(appearance, hubs.host, self)
        self._bar.set_hub(hubs.preferred(appearance.language))
        self._bar.changed.connect(self._change_query)
        self._results = HubResults(appearance, search, catalogue, tasks, hubs.host, self)
        self._results.chat_requested.connect(self.chat_requested)
        self._results.page_requested.connect(self.page_requested)
        self._results.sources_requested.connect(self.sources_requested)
        self._results.hide()
        self._bar.confirmed.connect(self._results.search_again)
        self._bar.down_pressed.connect(self.focus_first)
        self._list = CatalogueList(appearance, self)
        self._list.card_created.connect(self._connect_card)
        self._update_timer = QTimer(self, singleShot=True, interval=_UPDATE_DELAY)
        self._update_timer.timeout.connect(self._show)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._bar, self._results, self._list):
            self._column.addWidget(part)
        appearance.bind(self._restyle)
        self._end_listening = catalogue.changes.subscribe(lambda _change: self._schedule_update())

    def refresh(self) -> None:
        """Inspect the machine again."""
        self._tasks.start(self._catalogue.refresh(), "look at the machine")

    def focus(self) -> None:
        """Focus the search field."""
        self._bar.focus()

    def focus_first(self) -> None:
        """Focus the first card, or the first result of a search."""
        (self._results if self._bar.text else self._list).focus_first()

    def enter(self, text: str) -> None:
        """Search for a text, ready to be changed."""
        self._bar.enter(text)

    def end(self) -> None:
        """Stop listening for changes."""
        self._update_timer.stop()
        self._results.end()
        self._end_listening()

    def _schedule_update(self) -> None:
        if self.isVisible() and not self._update_timer.isActive():
            self._update_timer.start()

    def _show(self) -> None:
        self._list.show_state(self._catalogue.state(self._appearance.language))
        self._results.update_downloads()

    def _change_query(self) -> None:
        text = self._bar.text
        self._list.setVisible(not text)
        self._results.setVisible(bool(text))
        self._tasks.start(self._check_token(), "look for a token")
        self._results.set_query(self._bar.hub, text)

    async def _check_token(self) -> None:
        self._results.has_token = await self._hubs.token_location() is not None

    def _connect_card(self, card: ModelCard) -> None:
        card.get_requested.connect(self._get)
        card.get_anyway_requested.connect(lambda offer, source: self._get(offer, source, ignore_disk_space=True))
        card.chat_requested.connect(self._chat)
        card.choices.files_requested.connect(self._show_files)
        card.choices.page_requested.connect(self.page_requested)

    def _show_files(self, repository: str) -> None:
        self._bar.set_hub(HubKind.HUGGING_FACE)
        self._bar.enter(f"hf.co/{repository}")

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _get(self, offer: Offer, source: HubKind | None, *, ignore_disk_space: bool = False) -> None:
        self._catalogue.get(offer, source, ignore_disk_space=ignore_disk_space)

    def _chat(self, offer: Offer) -> None:
        if offer.ref:
            self.chat_requested.emit(offer.ref)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the current state, which may have changed while hidden."""
        super().showEvent(event)
        self._show()

    def event(self, event: QEvent) -> bool:
        """Refresh when the window is activated: models can also be changed in a terminal."""
        if event.type() is QEvent.Type.WindowActivate and self.isVisible():
            self.refresh()
            self._tasks.start(self._catalogue.refresh_ollama(), "refresh Ollama")
        return super().event(event)
