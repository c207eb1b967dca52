"""Headers of GGUF files: the values that the program shows for a model file, read once and stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from chatdesk.engine.gguf.metadata import GgufInvalid, Metadata, read_metadata
from chatdesk.kernel.models.model_file import FileProblem, ModelHead, ModelKind

# Reads the values that the program shows for a GGUF file from its header.
#
# The names of keys are from ggml's `docs/gguf.md`; the numbers of quantizations from `enum llama_ftype` and `enum ggml_type` of llama.cpp.

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
"""Added by llama.cpp to a file type that it guessed."""
_EMBEDDERS = ("bert", "gemma-embedding", "t5encoder", "llama-embed")
"""Parts of the names of architectures that are only for embeddings."""
_MAX_NAME_LENGTH = 200
_MAX_NUMBER = 2**40
"""Upper limit for every number in the header."""
_MAX_LAYERS = 4096
_BYTES_PER_NUMBER = 2
_THINK_TAG = "<think>"
_PROJECTOR_WIDTH = "clip.vision.projection_dim"
_HAS_EYES, _HAS_EARS = "clip.has_vision_encoder", "clip.has_audio_encoder"
"""Keys in the headers of projectors (llama.cpp's `tools/mtmd/clip-impl.h`). Older projectors support only images and have neither key."""


def read_head(path: Path) -> ModelHead:
    """Read the header of a file. Raises `GgufInvalid`."""
    return head_of(read_metadata(path))


def head_of(metadata: Metadata) -> ModelHead:
    """Convert header values to a `ModelHead`. Invalid values are treated as missing."""
    facts = _Facts(metadata)
    template = facts.text("tokenizer.chat_template")
    kind = _kind(facts)
    return ModelHead(
        name=facts.text("general.name")[:_MAX_NAME_LENGTH],
        architecture=facts.architecture[:_MAX_NAME_LENGTH],
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
    """Typed access to header values. `count` and `counts` prepend the name of the architecture to the key."""

    def __init__(self, metadata: Metadata) -> None:
        self._values = metadata.values
        self.architecture = self.text("general.architecture")

    def text(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int | None:
        value = self._values.get(key)
        return value if type(value) is int and 0 <= value < _MAX_NUMBER else None

    def flag(self, key: str) -> bool:
        return self._values.get(key) is True

    def count(self, key: str) -> int | None:
        return self.whole(f"{self.architecture}.{key}") or None

    def counts(self, key: str, layers: int) -> list[int] | None:
        """Return one number per layer: either stored as an array, or as one number that applies to all layers. None if neither."""
        value = self._values.get(f"{self.architecture}.{key}")
        if isinstance(value, tuple) and len(value) == layers:
            return [number if type(number) is int and 0 <= number < _MAX_NUMBER else 0 for number in value]
        shared = self.count(key)
        return [shared] * layers if shared else None

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
    """Return the label of the authors, such as `8x7B`, or else the counted number of parameters. None if unknown."""
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
    """Return the size of the keys and values of all layers as llama.cpp stores them: one row of each per key/value head."""
    layers, embedding, heads = (facts.count(key) for key in ("block_count", "embedding_length", "attention.head_count"))
    if not layers or layers > _MAX_LAYERS:
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


# Stores headers that were read, so that a vocabulary of 150,000 words is read once instead of at every start.

_FIELDS = {field.name for field in fields(ModelHead)}


class HeadStore:
    """Cache of headers. Used by one thread at a time.

    `known` is the result of `entries` of an earlier store. A file is read again if its size or modification time has changed.
    """

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = dict(known)
        self._used: dict[str, object] = {}

    def read(self, path: Path) -> ModelHead | FileProblem:
        """Return the header of a file, or the problem with the file."""
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
        """Return all entries used so far, serializable as JSON."""
        found: dict[str, object] = json.loads(json.dumps(self._used))
        return found


def _head_in(entry: Mapping[str, object]) -> ModelHead | None:
    """Return the header in an entry; None if it was written by another version."""
    values = entry.get("head")
    if not isinstance(values, dict) or values.keys() != _FIELDS:
        return None
    try:
        return ModelHead(**{**values, "kind": ModelKind(str(values.get("kind")))})
    except (TypeError, ValueError):
        return None
