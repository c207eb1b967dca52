"""Default model of a chat if the user has not chosen one."""

from collections.abc import Sequence

from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol

_RANKS = {ServerProtocol.OLLAMA: 0, ServerProtocol.BUILT_IN: 1, ServerProtocol.OPENAI: 2}
"""Applications come last: each has a special purpose, and some run workflows with side effects."""
_BUILT_IN = _RANKS[ServerProtocol.BUILT_IN]
_PREFERRED_MODEL = "deepseek-r1"
"""Part of the names of the models that most users want."""


def choose_model(servers: Sequence[ServerConfig], models: Sequence[Model], last_used: ModelRef | None) -> Model | None:
    """Return the last used model if available; else a local one, Ollama's before the built-in ones; else any, applications last.

    Of Ollama's models, loaded ones are preferred because they answer fastest, then DeepSeek-R1. Of the built-in engine's models, the
    starter model is preferred, then the smallest, so that 40 GB are not loaded without being requested. Embedding models are excluded.
    """
    if last_used:
        for model in models:
            here = model.ref
            # Compares the fields here and below, because a method call for each of thousands of models would be slow.
            if here.model_id == last_used.model_id and here.server_id == last_used.server_id and model.can_chat:
                return model
    kinds = {server.id: _RANKS.get(server.protocol, len(_RANKS)) for server in servers}
    groups: dict[int, list[Model]] = {}
    for model in models:
        if (kind := kinds.get(model.ref.server_id)) is not None:
            groups.setdefault(kind, []).append(model)
    for kind in sorted(groups):
        choice = _starter(groups[kind]) if kind == _BUILT_IN else _preferred(groups[kind])
        if choice:
            return choice
    return None


def _starter(models: Sequence[Model]) -> Model | None:
    usable = (model for model in models if model.can_chat)
    return min(
        usable, key=lambda model: (model.name != STARTER_NAME, model.size_bytes or 0, not model.loaded), default=None
    )


def _preferred(models: Sequence[Model]) -> Model | None:
    loaded = [model for model in models if model.loaded]
    for group in (loaded, models):
        for some in ([model for model in group if _PREFERRED_MODEL in model.ref.model_id], group):
            for model in some:
                if model.can_chat:
                    return model
    return None
