"""What the page of models offers beside its own: how fast a model is, and why a server cannot be used."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.ui.page.model_actions import ActionSection, PageAction
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import Protocol


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
