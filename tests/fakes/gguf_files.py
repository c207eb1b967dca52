"""Writes small GGUF files: a head as programs write it, and tensors of zeros. After ggml's `docs/gguf.md`."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

UINT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 4, 6, 7, 8, 9, 10
Q4_K = 12

CHAT = {
    "general.architecture": "llama",
    "general.type": "model",
    "general.name": "Tiny",
    "general.size_label": "15M",
    "general.file_type": 15,
    "llama.block_count": 4,
    "llama.context_length": 32_768,
    "llama.embedding_length": 256,
    "llama.attention.head_count": 8,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["a", "bc", "模型"],
    "tokenizer.chat_template": "{% for message in messages %}{{ message.content }}{% endfor %}",
}
"""The head of a model that chats."""

PROJECTOR = {
    "general.architecture": "clip",
    "general.type": "mmproj",
    "clip.has_vision_encoder": True,
    "clip.vision.projection_dim": 256,
}
"""The head of what makes that model see."""

Head = Mapping[str, object]


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def value(value: object) -> bytes:
    match value:
        case bool():
            return struct.pack("<I?", BOOL, value)
        case int():
            return struct.pack("<II", UINT32, value) if value < 2**32 else struct.pack("<IQ", UINT64, value)
        case float():
            return struct.pack("<If", FLOAT32, value)
        case str():
            return struct.pack("<I", STRING) + text(value)
        case list() if value and isinstance(value[0], str):
            return struct.pack("<IIQ", ARRAY, STRING, len(value)) + b"".join(map(text, value))
        case list():
            return struct.pack("<IIQ", ARRAY, UINT32, len(value)) + struct.pack(f"<{len(value)}I", *value)
        case _:
            raise TypeError(value)


def gguf(
    head: Head = CHAT, tensors: Sequence[tuple[int, ...]] = ((256, 8), (256,)), version: int = 3, kind: int = Q4_K
) -> bytes:
    """Return the bytes of a file; `tensors` are the dimensions of each."""
    start = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(head))
    start += b"".join(text(key) + value(each) for key, each in head.items())
    for number, dimensions in enumerate(tensors):
        start += text(f"blk.{number}.weight") + struct.pack("<I", len(dimensions))
        start += struct.pack(f"<{len(dimensions)}Q", *dimensions) + struct.pack("<IQ", kind, number * 64)
    padding = -len(start) % 32
    return start + bytes(padding) + bytes(64 * len(tensors))


def write_gguf(path: Path, head: Head = CHAT, **changes: object) -> Path:
    """Write a file, with its folders. `changes` replace values of the head; `None` leaves one out. `__` stands for a dot."""
    named = {key.replace("__", "."): each for key, each in changes.items()}
    merged = {key: each for key, each in {**head, **named}.items() if each is not None}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gguf(merged))
    return path
