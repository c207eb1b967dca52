"""Which model a chat starts with when nobody chose one."""

from collections.abc import Sequence

from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.model_file import STARTER_NAME
from chatdesk.domain.server import Protocol, ServerConfig

_RANKS = {Protocol.OLLAMA: 0, Protocol.BUILT_IN: 1, Protocol.OPENAI: 2}
"""Applications come last: each is made for something, and some run workflows that do things."""


def choose_model(servers: Sequence[ServerConfig], models: Sequence[Model], last_used: ModelRef | None) -> Model | None:
    """Return the model used last if it is still there; else a local one, Ollama's before the built-in; else any, applications last.

    Among Ollama's, one that is in memory already answers soonest; DeepSeek-R1 is what most people of Chatdesk come for. Of the
    built-in engine's the one it comes with, else the smallest: nobody asked for 40 GB to be loaded. Embedding models never qualify.
    """
    usable = [model for model in models if model.can_chat]
    for model in usable:
        if model.ref == last_used:
            return model
    protocols = {server.id: server.protocol for server in servers}

    def rank(model: Model) -> tuple[int, bool, int, bool, bool]:
        protocol = protocols[model.ref.server_id]
        kind = _RANKS.get(protocol, len(_RANKS))
        built_in = protocol is Protocol.BUILT_IN
        size = model.size_bytes or 0 if built_in else 0
        return (
            kind,
            built_in and model.name != STARTER_NAME,
            size,
            not model.loaded,
            "deepseek-r1" not in model.ref.model_id,
        )

    return min((model for model in usable if model.ref.server_id in protocols), key=rank, default=None)
