"""What Ollama tells of its models: the list (`/api/tags`), one of them (`/api/show`), those in memory (`/api/ps`).

Format: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from chatdesk.kernel.models.model import LATEST, Capability, Model, ModelLoad, ModelRef
from chatdesk.kernel.text.json_values import count_of, members, text_of
from chatdesk.providers.ollama.architecture import architecture_of

_CAPABILITIES = {
    "completion": Capability.CHAT,
    "thinking": Capability.THINKING,
    "tools": Capability.TOOLS,
    "vision": Capability.VISION,
    "embedding": Capability.EMBEDDING,
}
_NUM_CTX = re.compile(r"^num_ctx[ \t]+(\d{1,9})[ \t]*$", re.MULTILINE)
_LONGEST_DIGEST = 200
_PART = re.compile(
    r"^(?:(?P<kind>FROM|ADAPTER)[ \t].*?(?P<blob>sha256-[0-9a-f]{64})[\"']?"
    r"|PARAMETER[ \t]+(?P<option>num_gpu|main_gpu|num_batch|num_thread|use_mmap)[ \t]+(?P<value>\S{1,40}))[ \t\r]*$",
    re.MULTILINE,
)
_NEVER = 2200
"""A year. A negative `keep_alive` is told as a moment centuries away."""


def full_name(model: str) -> str:
    """Return a model's name with its tag: lists always show it, people leave it out."""
    return model if ":" in model.rpartition("/")[2] else model + LATEST


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


def decode_loaded(value: object) -> dict[str, ModelLoad] | None:
    """Return the models in memory by their full names; None if that is not what it says."""
    listed = members(value).get("models")
    if not isinstance(listed, list):
        return None
    loaded: dict[str, ModelLoad] = {}
    for entry in map(members, listed):
        for name in (text_of(entry.get("name")), text_of(entry.get("model"))):
            if name:
                loaded[full_name(name)] = _load(entry)
    return loaded


def loads_by_digest(value: object) -> dict[str, ModelLoad]:
    """Return what is in memory by what it is: one of several names for the same is listed, whichever was asked first."""
    listed = members(value).get("models")
    entries = map(members, listed if isinstance(listed, list) else ())
    return {digest: _load(entry) for entry in entries if (digest := text_of(entry.get("digest"))[:_LONGEST_DIGEST])}


def runner_of(value: object) -> str:
    """Return what `/api/show` tells of how a model is loaded: two of which it is the same are one in memory. Empty if it does not tell.

    Ollama runs what it loads by the file of the weights, and loads that anew for other adapters or options of the machine; a prompt,
    a template and parameters of answers go with each question (server/sched.go, `needsReload`). How much context there is we say ourselves.
    """
    parts = [match.groupdict() for match in _PART.finditer(text_of(members(value).get("modelfile")))]
    blobs = [f"{part['kind']} {part['blob']}" for part in parts if part["blob"]]
    options = {part["option"]: part["value"] for part in parts if part["option"]}
    return "\n".join([*blobs, *(f"{option} {options[option]}" for option in sorted(options))]) if blobs else ""


def weights_of(value: object) -> frozenset[str]:
    """Return the files of weights that a model is made of, as `/api/show` names them; none if it does not."""
    found = _PART.finditer(text_of(members(value).get("modelfile")))
    return frozenset(match["blob"] for match in found if match["blob"])


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
        own_context=_own_context(text_of(shown.get("parameters"))),
        architecture=architecture_of(info),
        remote=_is_remote(shown, ref.model_id),
    )


def described(listed: Model, shown: Model) -> Model:
    """Return a model of the list with what `/api/show` says beside it."""
    return replace(
        listed,
        capabilities=shown.capabilities or listed.capabilities,
        context_length=shown.context_length or listed.context_length,
        own_context=shown.own_context,
        architecture=shown.architecture,
        remote=listed.remote or shown.remote,
        described=True,
    )


def _listed(entry: Mapping[str, object], ref: ModelRef) -> Model:
    is_remote = _is_remote(entry, ref.model_id)
    model = Model(
        ref,
        ref.model_id.removesuffix(LATEST),
        capabilities=_capabilities(entry.get("capabilities")),
        size_bytes=None if is_remote else count_of(entry.get("size")),
        remote=is_remote,
        described=False,
        digest=text_of(entry.get("digest"))[:_LONGEST_DIGEST] or None,
        modified_at=_moment(text_of(entry.get("modified_at"))),
    )
    return _with_details(model, members(entry.get("details")))


def _is_remote(entry: Mapping[str, object], model_id: str) -> bool:
    return is_cloud(model_id) or bool(text_of(entry.get("remote_model")) or text_of(entry.get("remote_host")))


def _load(entry: Mapping[str, object]) -> ModelLoad:
    return ModelLoad(
        context_length=count_of(entry.get("context_length")) or None,
        expires_at=_moment(text_of(entry.get("expires_at"))),
        size_bytes=count_of(entry.get("size")),
        graphics_bytes=count_of(entry.get("size_vram")),
    )


def _moment(text: str) -> datetime | None:
    """Return the moment; None for none, and for one so far away that "never" is meant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None or moment.year >= _NEVER else moment


def _own_context(parameters: str) -> int | None:
    """Return what the model's file asks for: one `name   value` a line."""
    found = _NUM_CTX.search(parameters)
    return int(found[1]) if found else None


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
