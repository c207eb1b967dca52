"""Decoding of the model list in OpenAI's protocol: all its forms, and the additional fields of vendors."""

import re
from collections.abc import Iterator, Mapping

from chatdesk.kernel.models.model import Capability, Model, ModelRef, display_name
from chatdesk.kernel.text.json_values import count_of, elements, members, text_of

_MAX_ID_LENGTH = 1024
_EMBEDDING_KINDS = frozenset({"embedding", "embeddings"})
_OTHER_KINDS = frozenset({"rerank", "image", "audio", "video", "moderation", "transcribe", "tts", "flexible"})
_NOT_CHAT = re.compile(
    r"embed|rerank|whisper|\btts\b|-tts|transcribe|dall-e|gpt-image|moderation|stable-diffusion|\bbge-", re.IGNORECASE
)
"""Names of models for other purposes, for servers that do not report it: their lists mix them with chat models."""
_WORDS = {
    "chat": Capability.CHAT,
    "completion": Capability.CHAT,
    "completion_chat": Capability.CHAT,
    "function_calling": Capability.TOOLS,
    "tools": Capability.TOOLS,
    "vision": Capability.VISION,
    "reasoning": Capability.THINKING,
    "embed": Capability.EMBEDDING,
}


def decode_models(value: object, server_id: str) -> tuple[Model, ...] | None:
    """Return the models of a reply in its order, without duplicates; None if it is not a list of models."""
    fields = members(value)
    listed = value if isinstance(value, list) else fields.get("data", fields.get("models"))
    if not isinstance(listed, list):
        return None
    models: dict[str, Model] = {}
    for entry in map(members, listed):
        model_id = text_of(entry.get("id")) or text_of(entry.get("name"))
        if model_id and len(model_id) <= _MAX_ID_LENGTH and entry.get("active") is not False:
            models.setdefault(model_id, _model(entry, ModelRef(server_id, model_id)))
    return tuple(models.values())


def _model(entry: Mapping[str, object], ref: ModelRef) -> Model:
    meta = members(entry.get("meta"))
    lengths = (
        entry.get("context_length"),
        entry.get("max_model_len"),  # vLLM
        entry.get("max_context_length"),  # Mistral
        entry.get("context_window"),  # Groq
        meta.get("n_ctx"),  # llama.cpp: the configured length, which may be less than what the model was trained for
        meta.get("n_ctx_train"),
    )
    return Model(
        ref,
        text_of(entry.get("name")) or text_of(entry.get("display_name")) or display_name(ref.model_id),
        capabilities=_capabilities(entry, ref.model_id),
        context_length=next(filter(None, map(count_of, lengths)), None),
        size_bytes=count_of(meta.get("size")) or None,
        quantization=text_of(meta.get("ftype")) or None,
    )


def _capabilities(entry: Mapping[str, object], model_id: str) -> frozenset[Capability] | None:
    """Return the known capabilities; None if only some would be known, because missing ones would mean "not supported"."""
    kind = (text_of(entry.get("model_type")) or text_of(entry.get("type"))).lower()
    if kind in _EMBEDDING_KINDS:
        return frozenset({Capability.EMBEDDING})
    if kind in _OTHER_KINDS:
        return frozenset()
    reported = frozenset(_reported_capabilities(entry))
    if reported:
        return reported
    return frozenset() if _NOT_CHAT.search(model_id) else None


def _reported_capabilities(entry: Mapping[str, object]) -> Iterator[Capability]:
    switches = members(entry.get("capabilities"))  # Mistral
    words = [word for word, is_on in switches.items() if is_on is True]
    words += map(text_of, elements(entry.get("model_ability")))  # Xinference
    yield from (_WORDS[word] for word in words if word in _WORDS)
    parameters = elements(entry.get("supported_parameters"))  # OpenRouter
    if parameters:
        yield Capability.CHAT
        if "tools" in parameters:
            yield Capability.TOOLS
        if "reasoning" in parameters:
            yield Capability.THINKING
        if "image" in elements(members(entry.get("architecture")).get("input_modalities")):
            yield Capability.VISION
