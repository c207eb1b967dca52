"""The model list of LM Studio's native API in both versions, which shows capabilities and loaded models, unlike OpenAI's.

Formats (protocols.md 2.6): `{"models": [{"key", "type", "capabilities": {…}, "loaded_instances": […]}]}` under `/api/v1`, and `{"data":
[{"id", "type": "llm|vlm|embeddings", "state"}]}` under `/api/v0`.
"""

from collections.abc import Mapping

from chatdesk.kernel.models.model import Capability, Model, ModelLoad, ModelRef, display_name
from chatdesk.kernel.text.json_values import count_of, elements, members, text_of

_MAX_ID_LENGTH = 1024


def decode_native_models(value: object, server_id: str) -> tuple[Model, ...] | None:
    """Return the models of a reply in its order; None if it is not such a list."""
    newer = [members(entry) for entry in elements(members(value).get("models"))]
    older = [members(entry) for entry in elements(members(value).get("data"))]
    if newer and all("key" in entry for entry in newer):
        models = [_newer(entry, server_id) for entry in newer]
    elif older and all("state" in entry for entry in older):
        models = [_older(entry, server_id) for entry in older]
    else:
        return None
    named = {model.ref: model for model in models if 0 < len(model.ref.model_id) <= _MAX_ID_LENGTH}
    return tuple(named.values())


def _newer(entry: Mapping[str, object], server_id: str) -> Model:
    ref = ModelRef(server_id, text_of(entry.get("key")))
    instances = [members(instance) for instance in elements(entry.get("loaded_instances"))]
    context_length = count_of(members(instances[0].get("config")).get("context_length")) if instances else None
    able = members(entry.get("capabilities"))
    capabilities = {Capability.CHAT}
    if able.get("vision") is True:
        capabilities.add(Capability.VISION)
    if able.get("trained_for_tool_use") is True:
        capabilities.add(Capability.TOOLS)
    if members(able.get("reasoning")):
        capabilities.add(Capability.THINKING)
    return Model(
        ref,
        text_of(entry.get("display_name")) or display_name(ref.model_id),
        frozenset({Capability.EMBEDDING}) if entry.get("type") == "embedding" else frozenset(capabilities),
        context_length=count_of(entry.get("max_context_length")),
        size_bytes=count_of(entry.get("size_bytes")),
        parameters=text_of(entry.get("params_string")) or None,
        quantization=text_of(members(entry.get("quantization")).get("name")) or None,
        loaded=bool(instances),
        load=ModelLoad(context_length=context_length) if context_length else None,
    )


def _older(entry: Mapping[str, object], server_id: str) -> Model:
    ref = ModelRef(server_id, text_of(entry.get("id")))
    context_length = count_of(entry.get("loaded_context_length"))
    return Model(
        ref,
        display_name(ref.model_id),
        # It does not report thinking, so no capabilities are claimed for chat models: a missing one would mean "not supported".
        frozenset({Capability.EMBEDDING}) if entry.get("type") == "embeddings" else None,
        context_length=count_of(entry.get("max_context_length")),
        quantization=text_of(entry.get("quantization")) or None,
        loaded=entry.get("state") == "loaded",
        load=ModelLoad(context_length=context_length) if context_length else None,
    )
