"""Decoding of Ollama's models: the list (`/api/tags`), details (`/api/show`), and loaded models (`/api/ps`).

Format: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import (
    LATEST,
    Capability,
    Model,
    ModelDetails,
    ModelLoad,
    ModelRef,
    display_name,
)
from chatdesk.kernel.text.json_values import count_of, elements, members, text_of
from chatdesk.providers.server_api import ServerApi

# The architecture of a model as far as it determines the cache, from `model_info` of `/api/show`. `kernel/models/memory_need.py` has the
# calculation.
#
# Keys: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Their meaning for the cache: llama.cpp, src/llama-model.cpp. Each
# architecture has its own list.

_MAX_LAYERS = 1000
_MAX_VALUES = 2**24
"""Maximum number of values that a layer stores per token; no model comes close to it."""
_WHOLE_LAYER_EVERY = {"gemma2": 2, "gemma3": 6, "gpt-oss": 2, "gptoss": 2, "cohere2": 4, "olmo2": 4}
"""Architectures in which all layers use a sliding window, except for every n-th."""


@dataclass(frozen=True, slots=True)
class _Facts:
    info: Mapping[str, object]
    name: str

    def has(self, key: str) -> bool:
        return f"{self.name}.{key}" in self.info

    def value(self, key: str) -> object:
        return self.info.get(f"{self.name}.{key}")

    def number(self, key: str) -> int:
        return count_of(self.value(key)) or 0


def architecture_of(info: Mapping[str, object]) -> Architecture | None:
    """Return the architecture; None if it is not specified or not plausible."""
    facts = _Facts(info, text_of(info.get("general.architecture")))
    layers = facts.number("block_count")
    if not 0 < layers <= _MAX_LAYERS:
        return None
    built = _latent(facts, layers) if facts.number("attention.kv_lora_rank") else _with_heads(facts, layers)
    return built if built and 0 < built.values_per_token <= _MAX_VALUES else None


def _latent(facts: _Facts, layers: int) -> Architecture | None:
    """Return the architecture of a model with multi-head latent attention.

    Only files with `key_length_mla` are run that way. Others (from llama.cpp's converter before May 2025, and from Ollama's own:
    convert/convert_deepseek2.go) contain undivided matrices, so whole keys and values are cached, 71 times as much for DeepSeek's large
    models. Those files must specify the key and value lengths: the usual default, a head's share of the embedding, is a third of the actual
    length here, and a single head stands for all of them together.
    """
    if facts.has("attention.key_length_mla"):
        latent = facts.number("attention.kv_lora_rank")
        return Architecture(layers, latent_size=latent + facts.number("rope.dimension_count"))
    heads, key_heads = facts.number("attention.head_count"), facts.number("attention.head_count_kv")
    has_sizes = facts.number("attention.key_length") and facts.number("attention.value_length")
    return _with_heads(facts, layers) if has_sizes and key_heads == heads else None


def _with_heads(facts: _Facts, layers: int) -> Architecture | None:
    heads = facts.number("attention.head_count")
    usual = facts.number("embedding_length") // heads if heads else 0
    key = facts.number("attention.key_length") or usual
    value = facts.number("attention.value_length") or usual or key
    count = facts.value("attention.head_count_kv")
    each = elements(count)
    if each:  # hybrids: layers differ, and some cache nothing; together they are like one layer with all of the heads
        return Architecture(1, sum(count_of(count) or 0 for count in each), key, value)
    if count is None and facts.has("attention.head_count_kv"):
        return None
    key_heads = count_of(count) or heads
    window = facts.number("attention.sliding_window")
    windowed = _windowed_layers(facts, layers) if window else 0
    return Architecture(layers, key_heads, key, value, window=window if windowed else 0, window_layers=windowed)


def _windowed_layers(facts: _Facts, layers: int) -> int:
    """Return the number of layers with a sliding window; 0 if unknown, so that memory is overestimated rather than underestimated."""
    pattern = elements(facts.value("attention.sliding_window_pattern"))
    if pattern:
        return sum(1 for is_windowed in pattern[:layers] if is_windowed is True)
    every = facts.number("attention.sliding_window_pattern") or _WHOLE_LAYER_EVERY.get(facts.name, 0)
    return sum(1 for layer in range(layers) if layer % every < every - 1) if every else 0


# Details of a model (`/api/show`): licence, template, parameters set in its file.
#
# Format: https://github.com/ollama/ollama/blob/main/docs/api.md

_MAX_TEXT_LENGTH = 100_000
"""Maximum length of a text in characters; licences have tens of thousands."""
_MAX_FAMILIES = 20


async def inspect(api: ServerApi, model_id: str) -> ModelDetails:
    """Request the details of a model. Raise a `ServerError`."""
    return decode_details(await api.post("/api/show", {"model": model_id}, model=model_id))


def decode_details(value: object) -> ModelDetails:
    """Return the details in a reply."""
    shown = members(value)
    details = members(shown.get("details"))
    families = (text_of(family) for family in elements(details.get("families"))[:_MAX_FAMILIES])
    texts = {
        name: text_of(shown.get(name))[:_MAX_TEXT_LENGTH].strip("\n") for name in ("parameters", "system", "template")
    }
    licence = shown.get("license")
    # one text or several: a model and its base model each have one
    licences = [text_of(licence)] if isinstance(licence, str) else [*map(text_of, elements(licence))]
    return ModelDetails(
        tuple(filter(None, families)) or tuple(filter(None, (text_of(details.get("family")),))),
        text_of(details.get("parent_model")),
        texts["parameters"],
        texts["system"],
        texts["template"],
        "\n\n".join(filter(None, licences))[:_MAX_TEXT_LENGTH].strip("\n"),
    )


_CAPABILITIES = {
    "completion": Capability.CHAT,
    "thinking": Capability.THINKING,
    "tools": Capability.TOOLS,
    "vision": Capability.VISION,
    "embedding": Capability.EMBEDDING,
}
_NUM_CTX = re.compile(r"^num_ctx[ \t]+(\d{1,9})[ \t]*$", re.MULTILINE)
_MAX_DIGEST_LENGTH = 200
_PART = re.compile(
    r"^(?:(?P<kind>FROM|ADAPTER)[ \t].*?(?P<blob>sha256-[0-9a-f]{64})[\"']?"
    r"|PARAMETER[ \t]+(?P<option>num_gpu|main_gpu|num_batch|num_thread|use_mmap)[ \t]+(?P<value>\S{1,40}))[ \t\r]*$",
    re.MULTILINE,
)
_NEVER = 2200
"""Year from which a time means "never": a negative `keep_alive` is reported as a time centuries away."""


def full_name(model: str) -> str:
    """Return a model's name with its tag: lists always include it, users omit it."""
    return model if ":" in model.rpartition("/")[2] else model + LATEST


def is_cloud(model: str) -> bool:
    """Return whether the name is that of a cloud model, which Ollama forwards to its own servers: nothing is loaded locally."""
    return model.endswith(("-cloud", ":cloud"))


def decode_tags(value: object, server_id: str) -> tuple[Model, ...] | None:
    """Return the models of a list in its order; None if it is not a list. `capabilities` are None if an old server omits them."""
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
    """Return the loaded models by full name; None if the reply is not a list."""
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
    """Return the loaded models by digest: of several names of the same model, only the one used first is listed."""
    listed = members(value).get("models")
    entries = map(members, listed if isinstance(listed, list) else ())
    return {digest: _load(entry) for entry in entries if (digest := text_of(entry.get("digest"))[:_MAX_DIGEST_LENGTH])}


def runner_of(value: object) -> str:
    """Return a key for how a model is loaded, from `/api/show`: models with the same key share one loaded instance. Empty if unknown.

    Ollama loads models by weight file, and reloads one for different adapters or hardware options. Prompt, template and answer parameters
    are sent with each question (server/sched.go, `needsReload`). Chatdesk sets the context length itself.
    """
    parts = [match.groupdict() for match in _PART.finditer(text_of(members(value).get("modelfile")))]
    blobs = [f"{part['kind']} {part['blob']}" for part in parts if part["blob"]]
    options = {part["option"]: part["value"] for part in parts if part["option"]}
    return "\n".join([*blobs, *(f"{option} {options[option]}" for option in sorted(options))]) if blobs else ""


def weights_of(value: object) -> frozenset[str]:
    """Return the weight files of a model in a reply of `/api/show`; empty if there are none."""
    found = _PART.finditer(text_of(members(value).get("modelfile")))
    return frozenset(match["blob"] for match in found if match["blob"])


def decode_show(value: object, ref: ModelRef) -> Model:
    """Return the model in a reply of `/api/show`."""
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
    """Return a model of the list with the additional data of `/api/show`."""
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
        display_name(ref.model_id),
        capabilities=_capabilities(entry.get("capabilities")),
        size_bytes=None if is_remote else count_of(entry.get("size")),
        remote=is_remote,
        described=False,
        digest=text_of(entry.get("digest"))[:_MAX_DIGEST_LENGTH] or None,
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
    """Return the time; None if it is missing or so far away that it means "never"."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None or moment.year >= _NEVER else moment


def _own_context(parameters: str) -> int | None:
    """Return the context length set in the model's file, which has one `name   value` per line."""
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
    """Guess the capabilities for servers that do not report them (before early 2025), from the template, as Ollama itself did later."""
    template = text_of(shown.get("template"))
    yield Capability.CHAT
    if ".Tools" in template:
        yield Capability.TOOLS
    if members(shown.get("projector_info")):
        yield Capability.VISION
