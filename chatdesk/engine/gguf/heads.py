"""Heads of GGUF files: what the user wants to know of a model file, read once and stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from chatdesk.engine.gguf.metadata import GgufInvalid, Metadata, read_metadata
from chatdesk.kernel.models.model_file import FileProblem, ModelHead, ModelKind

# What the user wants to know of a GGUF file, read from its header.
#
# Names of keys: ggml's `docs/gguf.md`; numbers of quantisations: `enum llama_ftype` and `enum ggml_type` of
# llama.cpp.

_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip
_TENSOR_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 10: "Q2_K", 11: "Q3_K", 12: "Q4_K",
    13: "Q5_K", 14: "Q6_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S",
    22: "IQ2_S", 23: "IQ4_XS", 29: "IQ1_M", 30: "BF16", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
}  # fmt: skip
_GUESSED = 1024
"""Added to a file type that llama.cpp guessed."""
_EMBEDDERS = ("bert", "gemma-embedding", "t5encoder", "llama-embed")
"""In the names of architectures that only embed."""
_LONGEST_NAME = 200
_MOST = 2**40
"""No number of a model we reckon with is larger."""
_MOST_LAYERS = 4096
_BYTES_PER_NUMBER = 2
_THINK_TAG = "<think>"
_PROJECTOR_WIDTH = "clip.vision.projection_dim"
_HAS_EYES, _HAS_EARS = "clip.has_vision_encoder", "clip.has_audio_encoder"
"""Keys of projectors (llama.cpp's `tools/mtmd/clip-impl.h`). Older ones know pictures only, and say neither."""


def read_head(path: Path) -> ModelHead:
    """Read what a file says of itself. Raises `GgufInvalid`."""
    return head_of(read_metadata(path))


def head_of(metadata: Metadata) -> ModelHead:
    """Return what the values of a head mean; a value that cannot be is as good as none."""
    facts = _Facts(metadata)
    template = facts.text("tokenizer.chat_template")
    kind = _kind(facts)
    return ModelHead(
        name=facts.text("general.name")[:_LONGEST_NAME],
        architecture=facts.architecture[:_LONGEST_NAME],
        kind=kind,
        parameters=_parameters(facts, metadata.parameters),
        quantization=_quantization(facts, metadata),
        trained_context=facts.count("context_length"),
        cache_bytes_per_token=_cache_bytes_per_token(facts),
        has_chat_template=bool(template),
        thinks=_THINK_TAG in template,
        width=facts.whole(_PROJECTOR_WIDTH) or None if kind is ModelKind.PROJECTOR else facts.count("embedding_length"),
        sees=kind is ModelKind.PROJECTOR and (facts.flag(_HAS_EYES) or not facts.flag(_HAS_EARS)),
    )


class _Facts:
    """Looks values up; those of the architecture by the end of their key."""

    def __init__(self, metadata: Metadata) -> None:
        self._values = metadata.values
        self.architecture = self.text("general.architecture")

    def text(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int | None:
        value = self._values.get(key)
        return value if type(value) is int and 0 <= value < _MOST else None

    def flag(self, key: str) -> bool:
        return self._values.get(key) is True

    def count(self, key: str) -> int | None:
        return self.whole(f"{self.architecture}.{key}") or None

    def counts(self, key: str, layers: int) -> list[int] | None:
        """Return one number for each layer: they stand there one by one, or once for all."""
        value = self._values.get(f"{self.architecture}.{key}")
        if isinstance(value, tuple) and len(value) == layers:
            return [number if type(number) is int and 0 <= number < _MOST else 0 for number in value]
        every = self.count(key)
        return [every] * layers if every else None

    def __contains__(self, key: str) -> bool:
        return f"{self.architecture}.{key}" in self._values


def _kind(facts: _Facts) -> ModelKind:
    match facts.text("general.type") or "model":
        case "mmproj":
            return ModelKind.PROJECTOR
        case "model" if facts.architecture == "clip":
            return ModelKind.PROJECTOR
        case "model" if "pooling_type" in facts or any(word in facts.architecture for word in _EMBEDDERS):
            return ModelKind.EMBEDDING
        case "model" if facts.count("block_count"):
            return ModelKind.CHAT
        case _:
            return ModelKind.OTHER


def _parameters(facts: _Facts, counted: int) -> str | None:
    """Return the makers' own words, `8x7B` for example; else what was counted."""
    label = facts.text("general.size_label")
    if label and len(label) <= len("128x100.5B") and label.isascii() and label.isprintable():
        return label
    for unit, size in (("B", 10**9), ("M", 10**6)):
        if counted >= size:
            return f"{counted / size:.1f}{unit}".replace(".0", "")
    return None


def _quantization(facts: _Facts, metadata: Metadata) -> str | None:
    file_type = facts.whole("general.file_type")
    if file_type is not None and file_type % _GUESSED in _FILE_TYPES:
        return _FILE_TYPES[file_type % _GUESSED]
    most = metadata.tensor_types.most_common(1)
    return _TENSOR_TYPES.get(most[0][0]) if most else None


def _cache_bytes_per_token(facts: _Facts) -> int | None:
    """Keys and values of all layers, as llama.cpp keeps them: of each key/value head a row of both."""
    layers, embedding, heads = (facts.count(key) for key in ("block_count", "embedding_length", "attention.head_count"))
    if not layers or layers > _MOST_LAYERS:
        return None
    latent = facts.count("attention.kv_lora_rank")
    if latent and "attention.key_length_mla" in facts:  # DeepSeek: keys and values in one short row
        return layers * (latent + (facts.count("rope.dimension_count") or 0)) * _BYTES_PER_NUMBER
    per_layer = facts.counts("attention.head_count_kv", layers) or facts.counts("attention.head_count", layers)
    usual = embedding // heads if embedding and heads else None
    key = facts.count("attention.key_length") or usual
    value = facts.count("attention.value_length") or usual
    if not per_layer or not key or not value:
        return None
    return sum(per_layer) * (key + value) * _BYTES_PER_NUMBER


# Headers that were read before, so that a vocabulary of 150,000 words is read once and not at every start.

_FIELDS = {field.name for field in fields(ModelHead)}


class HeadStore:
    """`known` is what an earlier store's `entries` gave. A file with another size or time is read again. Used on one thread at a time."""

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = dict(known)
        self._used: dict[str, object] = {}

    def read(self, path: Path) -> ModelHead | FileProblem:
        """Return a file's head, or what is wrong with it."""
        try:
            status = path.stat()
        except FileNotFoundError:
            return FileProblem.MISSING
        except OSError:
            return FileProblem.UNREADABLE
        stamp = [status.st_size, status.st_mtime_ns]
        entry = self._known.get(str(path))
        if isinstance(entry, dict) and entry.get("stamp") == stamp and (head := _head_in(entry)):
            self._used[str(path)] = entry
            return head
        try:
            head = read_head(path)
        except GgufInvalid as error:
            return error.problem
        self._used[str(path)] = {"stamp": stamp, "head": asdict(head)}
        return head

    def entries(self) -> dict[str, object]:
        """Return what was asked for, as JSON can hold it."""
        found: dict[str, object] = json.loads(json.dumps(self._used))
        return found


def _head_in(entry: Mapping[str, object]) -> ModelHead | None:
    """Return the head of an entry; None if another version wrote it."""
    values = entry.get("head")
    if not isinstance(values, dict) or values.keys() != _FIELDS:
        return None
    try:
        return ModelHead(**{**values, "kind": ModelKind(str(values.get("kind")))})
    except (TypeError, ValueError):
        return None
