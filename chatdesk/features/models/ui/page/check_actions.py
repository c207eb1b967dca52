"""What the page of models offers beside its own: how fast a model is, and why a server cannot be used."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.model import ModelRef
from chatdesk.domain.model_list.entry import ModelEntry
from chatdesk.domain.server import Protocol
from chatdesk.services.models import ServerState
from chatdesk.ui.models_page.model_actions import ActionSection, PageAction


class CheckActions(QObject):
    """Nothing here changes anything."""

    speed_requested = Signal(ModelRef)
    doctor_requested = Signal(str)
    """The id of a server."""

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return what can be found out of a model."""
        if entry.model.can_chat:
            ref = entry.model.ref
            yield PageAction(
                "speed",
                self.tr("How fast is it?"),
                "chart-line",
                lambda: self.speed_requested.emit(ref),
                ActionSection.SERVER,
            )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return what can be found out of a server."""
        if state.server.protocol is not Protocol.BUILT_IN:
            server_id = state.server.id
            words = self.tr("Find out why") if state.error else self.tr("Examine the connection")
            yield PageAction(
                "doctor", words, "unplug", lambda: self.doctor_requested.emit(server_id), ActionSection.USE
            )
