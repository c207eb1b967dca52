"""What servers can do with models, as the page offers it: load, unload, copy, make variants, delete; for a server, get and make models.

How it is done: `ui/model_deeds/`.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPoint, Signal

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.ui.guide.guide_words import download_size
from chatdesk.features.models.ui.management.model_actions import ModelDeeds
from chatdesk.features.models.ui.page.model_actions import ActionSection, PageAction
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.servers.server import Protocol


class ServerActions(QObject):
    """Only Ollama lets its models be managed."""

    get_requested = Signal(str)
    """A server shall get a model; its id."""

    def __init__(
        self, servers: Servers, deeds: ModelDeeds, menu_place: Callable[[], QPoint | None], parent: QObject
    ) -> None:
        """`menu_place` tells where on the screen the menu was opened: another one opens there, by mouse and by keys."""
        super().__init__(parent)
        self._menu_place = menu_place
        self._servers = servers
        self._deeds = deeds

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return what its server can do with a model."""
        model, deeds = entry.model, self._deeds
        server = self._servers.find(model.ref.server_id)
        if server is None or server.protocol is not Protocol.OLLAMA:
            return
        if not model.remote:
            yield PageAction(
                "load",
                self.tr("Keep in memory for…") if model.loaded else self.tr("Load and keep for…"),
                "memory-stick",
                lambda: deeds.choose_keeping(model, self._menu_place()),
                ActionSection.SERVER,
            )
            if model.loaded:
                yield PageAction(
                    "unload",
                    self.tr("Put out of memory"),
                    "circle-stop",
                    lambda: deeds.unload(model),
                    ActionSection.SERVER,
                )
            yield PageAction(
                "variant",
                self.tr("Make a variant…"),
                "sliders-horizontal",
                lambda: deeds.make_variant(model),
                ActionSection.SERVER,
            )
        yield PageAction("copy", self.tr("Copy…"), "layers", lambda: deeds.copy(model), ActionSection.SERVER)
        size = download_size(model.size_bytes) if model.size_bytes and not deeds.has_other_names(model) else ""
        yield PageAction(
            "delete",
            self.tr("Delete ({size})").format(size=size) if size else self.tr("Delete"),
            "trash-2",
            lambda: deeds.delete(model),
            ActionSection.REMOVE,
            "Del",
            danger=True,
        )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return how a server gets more models."""
        if state.server.protocol is not Protocol.OLLAMA:
            return
        server, answers = state.server.id, state.status is not None
        yield PageAction(
            "get", self.tr("Get a model…"), "download", lambda: self.get_requested.emit(server), ActionSection.USE
        )
        yield PageAction(
            "file",
            self.tr("Make a model of a GGUF file…"),
            "file-up",
            lambda: self._deeds.choose_file(server),
            ActionSection.SERVER,
            enabled=answers,
        )
