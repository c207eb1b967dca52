"""The model of a page that has its own, independent of the chats: what its picker shows, and the choice."""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.services.model_choice import choose_model
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.model_texts import server_group, server_state
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.settings.declarations import LAST_MODEL, LAST_SERVER, Setting
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.tasks import Tasks


class PageModel(QObject):
    """The choice is stored in two settings; until one is made, the model used last in the chats is used."""

    changed = Signal()

    def __init__(
        self,
        picker: ModelPicker,
        models: Models,
        servers: Servers,
        settings: Settings,
        choice: tuple[Setting[str], Setting[str]],
        tasks: Tasks,
    ) -> None:
        """`choice` are the settings for the server and the model."""
        super().__init__(picker)
        self._picker = picker
        self._models = models
        self._servers = servers
        self._settings = settings
        self._server_setting, self._model_setting = choice
        self.chosen: Model | None = None
        """The model to use; None if none is available."""
        self._end_listening = (
            models.changes.subscribe(lambda _change: self.show()),
            servers.changes.subscribe(lambda _change: self.show()),
        )
        picker.model_chosen.connect(self.choose)
        picker.refresh_requested.connect(lambda: tasks.start(models.refresh(), "refresh models"))
        self.show()

    def end(self) -> None:
        """Stop listening for changes."""
        for end in self._end_listening:
            end()

    def choose(self, ref: ModelRef) -> None:
        """Use and store another model."""
        self._settings.set(self._server_setting, ref.server_id)
        self._settings.set(self._model_setting, ref.model_id)
        self.show()

    def show(self) -> None:
        """Update the picker for the current state and language."""
        models, settings = self._models, self._settings
        states = models.states()
        vendor_of = self._servers.vendor_of
        self._picker.set_groups(tuple(server_group(state, vendor_of(state.server)) for state in states))
        own = ModelRef(settings.get(self._server_setting), settings.get(self._model_setting))
        if own.model_id:  # kept even if its server is unreachable: no other model is used without the user's consent
            self.chosen = models.find(own) or Model(own, own.model_id)
        else:
            last = ModelRef(settings.get(LAST_SERVER), settings.get(LAST_MODEL))
            self.chosen = choose_model([state.server for state in states], models.all(), last)
        chosen = self.chosen
        state = next((state for state in states if chosen and state.server.id == chosen.ref.server_id), None)
        if chosen is None or state is None:
            kind = StateKind.ERROR if chosen or models.was_asked else StateKind.BUSY
            self._picker.set_current(kind, "", chosen.name if chosen else "", "")
        else:
            kind, text = server_state(state, vendor_of(state.server))
            self._picker.set_current(kind, text, chosen.name, server_name(state.server), chosen.ref)
        self.changed.emit()
