"""What Ollama tells of its models: the list (`/api/tags`), one of them (`/api/show`), those in memory (`/api/ps`).

Format: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from chatdesk.domain.model import Capability, Model, ModelRef
from chatdesk.providers.json_values import count_of, members, text_of

_CAPABILITIES = {
    "completion": Capability.CHAT,
    "thinking": Capability.THINKING,
    "tools": Capability.TOOLS,
    "vision": Capability.VISION,
    "embedding": Capability.EMBEDDING,
}
_LATEST = ":latest"


def full_name(model: str) -> str:
    """Return a model's name with its tag: lists always show it, people leave it out."""
    return model if ":" in model.rpartition("/")[2] else model + _LATEST


def is_cloud(model: str) -> bool:
    """Whether the name is one of a model that Ollama passes on to its maker's servers: nothing is loaded here then."""
    return model.endswith(("-cloud", ":cloud"))


def decode_tags(value: object, server_id: str) -> tuple[Model, ...] | None:
    """Return the models of a list, in its order; None if it is no list. `capabilities` are None where an old server leaves them out."""
    listed = members(value).get("models")
    if not isinstance(listed, list):
        return None
    models: dict[str, Model] = {}
    for entry in map(members, listed):
        name = text_of(entry.get("name")) or text_of(entry.get("model"))
        if name:
            models.setdefault(name, _listed(entry, ModelRef(server_id, name)))
    return tuple(models.values())


def decode_loaded(value: object) -> frozenset[str] | None:
    """Return the full names of the models in memory; None if that is not what it says."""
    listed = members(value).get("models")
    if not isinstance(listed, list):
        return None
    names = (text_of(members(entry).get(field)) for entry in listed for field in ("name", "model"))
    return frozenset(full_name(name) for name in names if name)


def decode_show(value: object, ref: ModelRef) -> Model:
    """Return one model as `/api/show` describes it."""
    shown = members(value)
    info = members(shown.get("model_info"))
    architecture = text_of(info.get("general.architecture"))
    model = _with_details(Model(ref, ref.model_id), members(shown.get("details")))
    return replace(
        model,
        capabilities=_capabilities(shown.get("capabilities")) or frozenset(_guessed(shown)),
        context_length=count_of(info.get(f"{architecture}.context_length")) or model.context_length,
    )


def _listed(entry: Mapping[str, object], ref: ModelRef) -> Model:
    is_remote = bool(text_of(entry.get("remote_model")) or text_of(entry.get("remote_host")))
    model = Model(
        ref,
        ref.model_id.removesuffix(_LATEST),
        capabilities=_capabilities(entry.get("capabilities")),
        size_bytes=None if is_remote else count_of(entry.get("size")),
    )
    return _with_details(model, members(entry.get("details")))


def _with_details(model: Model, details: Mapping[str, object]) -> Model:
    return replace(
        model,
        context_length=count_of(details.get("context_length")) or None,
        parameters=text_of(details.get("parameter_size")) or None,
        quantization=text_of(details.get("quantization_level")) or None,
        family=text_of(details.get("family")) or None,
    )


def _capabilities(value: object) -> frozenset[Capability] | None:
    if not isinstance(value, list):
        return None
    return frozenset(_CAPABILITIES[word] for word in map(text_of, value) if word in _CAPABILITIES)


def _guessed(shown: Mapping[str, object]) -> Iterator[Capability]:
    """Guess for servers from before capabilities were told (early 2025): from the template, as Ollama itself did later."""
    template = text_of(shown.get("template"))
    yield Capability.CHAT
    if ".Tools" in template:
        yield Capability.TOOLS
    if members(shown.get("projector_info")):
        yield Capability.VISION
