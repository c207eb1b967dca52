"""Which model translates: what the picker of the desk shows, and what is asked. The chats' own is `shell/model_presenter.py`."""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.models.services.model_choice import choose_model
from chatdesk.features.models.ui.picker.model_list import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.model_texts import server_group, server_state
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.settings.declarations import DESK_MODEL, DESK_SERVER, LAST_MODEL, LAST_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.tasks import Tasks


class TranslationModels(QObject):
    """The model chosen here stays the desk's; before one is, it is the one of the chats."""

    changed = Signal()

    def __init__(
        self, picker: ModelPicker, models: Models, servers: Servers, settings: Settings, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._picker = picker
        self._models = models
        self._servers = servers
        self._settings = settings
        self.chosen: Model | None = None
        """What translates; None if nothing is there."""
        self._end_listening = (
            models.changes.subscribe(lambda _change: self.show()),
            servers.changes.subscribe(lambda _change: self.show()),
        )
        picker.model_chosen.connect(self.choose)
        picker.refresh_requested.connect(lambda: tasks.start(models.refresh(), "refresh models"))
        self.show()

    def end(self) -> None:
        """Listen no longer."""
        for end in self._end_listening:
            end()

    def choose(self, ref: ModelRef) -> None:
        """Translate with this one from now on."""
        self._settings.set(DESK_SERVER, ref.server_id)
        self._settings.set(DESK_MODEL, ref.model_id)
        self.show()

    def show(self) -> None:
        """Show what is known now, in the language of now."""
        models, settings = self._models, self._settings
        states = models.states()
        vendor_of = self._servers.vendor_of
        self._picker.set_groups(tuple(server_group(state, vendor_of(state.server)) for state in states))
        own = ModelRef(settings.get(DESK_SERVER), settings.get(DESK_MODEL))
        if own.model_id:  # kept even while its server is away: no other one is asked behind the user's back
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
            kind, words = server_state(state, vendor_of(state.server))
            self._picker.set_current(kind, words, chosen.name, server_name(state.server), chosen.ref)
        self.changed.emit()
