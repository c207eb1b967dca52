"""Writes small GGUF files: a head as programs write it, and tensors of zeros. Splits real ones. After ggml's `docs/gguf.md`."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

UINT16, UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 2, 4, 5, 6, 7, 8, 9, 10
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


# Splitting a real file as llama.cpp's `gguf-split` does: the first part has the whole head, each part has some of the tensors.

_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of a number by its type."""
_ALIGNMENT = 32


def split_gguf(data: bytes, parts: int) -> list[bytes]:
    """Return the contents of `parts` files, to be named `….-00001-of-0000N.gguf` and so on."""
    reader = _Reader(data)
    version, tensors, keys = reader.numbers("<4xIQQ")
    start = reader.at
    for _ in range(keys):
        reader.text()
        reader.value(*reader.numbers("<I"))
    head = data[start : reader.at]
    described = []
    for _ in range(tensors):
        name = reader.text()
        (dimensions,) = reader.numbers("<I")
        described.append((name, reader.numbers(f"<{dimensions}Q"), *reader.numbers("<IQ")))
    content = data[_aligned(reader.at) :]
    ends = [*(offset for *_, offset in described[1:]), len(content)]
    bodies = [
        (name, sizes, kind, content[offset:end])
        for (name, sizes, kind, offset), end in zip(described, ends, strict=True)
    ]
    share = -(-len(bodies) // parts)
    split = []
    for number in range(parts):
        own = [("split.no", UINT16, "<H", number), ("split.count", UINT16, "<H", parts)]
        own.append(("split.tensors.count", INT32, "<i", tensors))
        added = b"".join(text(key) + struct.pack("<I", kind) + struct.pack(form, each) for key, kind, form, each in own)
        is_first = number == 0
        file = b"GGUF" + struct.pack("<IQQ", version, len(bodies[number * share :][:share]), len(own) + keys * is_first)
        file += head * is_first + added
        offset, content = 0, b""
        for name, sizes, kind, body in bodies[number * share :][:share]:
            file += text(name) + struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, kind, offset)
            content += body + bytes(-len(body) % _ALIGNMENT)
            offset = len(content)
        split.append(file + bytes(-len(file) % _ALIGNMENT) + content)
    return split


def embedding_gguf(data: bytes) -> bytes:
    """Return a chat model of the `llama` architecture as one for embeddings: its vectors are the averages over the tokens of a text."""
    reader = _Reader(data)
    version, tensors, keys = reader.numbers("<4xIQQ")
    start = reader.at
    for _ in range(keys):
        reader.text()
        reader.value(*reader.numbers("<I"))
    end = reader.at
    for _ in range(tensors):
        reader.text()
        (dimensions,) = reader.numbers("<I")
        reader.numbers(f"<{dimensions}QIQ")
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, keys + 1) + data[start:end]
    head += text("llama.pooling_type") + struct.pack("<II", UINT32, 1) + data[end : reader.at]
    return head + bytes(-len(head) % _ALIGNMENT) + data[_aligned(reader.at) :]


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(layout, self._data, self.at)
        self.at += struct.calcsize(layout)
        return found

    def text(self) -> str:
        (length,) = self.numbers("<Q")
        self.at += length
        return self._data[self.at - length : self.at].decode()

    def value(self, kind: int) -> None:
        if kind == STRING:
            self.text()
        elif kind == ARRAY:
            kind, count = self.numbers("<IQ")
            for _ in range(count):
                self.value(kind)
        else:
            self.at += _SIZES[kind]
