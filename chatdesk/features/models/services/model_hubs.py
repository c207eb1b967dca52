"""The hubs that models are downloaded from."""

from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.network.http import HttpClient
from chatdesk.providers.hubs.hub import Hub
from chatdesk.providers.hubs.hugging_face import HuggingFace
from chatdesk.providers.hubs.modelscope import ModelScope
from chatdesk.providers.hubs.ollama_registry import OllamaRegistry


class ModelHubs:
    """Creates the clients of hubs. `http` belongs to the network thread, and so do the clients."""

    def __init__(self, http: Lazy[HttpClient]) -> None:
        self._http = http

    def client(self, kind: HubKind) -> Hub:
        """Return the client of a hub."""
        http = self._http.get()
        match kind:
            case HubKind.HUGGING_FACE:
                return HuggingFace(http)
            case HubKind.MODELSCOPE:
                return ModelScope(http)
            case HubKind.OLLAMA:
                return OllamaRegistry(http)
