"""Writes a tiny file by which llama.cpp sees (`mmproj`): the shape of LLaVA's, with weights that mean nothing.

Keys and names of tensors: llama.cpp's `tools/mtmd/clip-impl.h`. Sizes are the smallest that its kernels take.
"""

import random
import struct
from pathlib import Path

from tests.fakes.gguf_files import FLOAT32, text, value

_WIDTH, _BLOCKS, _PATCH, _IMAGE, _INNER = 32, 2, 14, 28, 64
_ALIGNMENT = 32
_ARRAY = 9


def write_projector(path: Path, width: int, kind: str = "mlp") -> Path:
    """Write one for models whose tokens are `width` numbers wide, with its folder. `kind` is llama.cpp's name for how it is built."""
    head = {
        "general.architecture": "clip",
        "general.type": "mmproj",
        "general.file_type": 0,
        "clip.has_vision_encoder": True,
        "clip.projector_type": kind,
        "clip.use_gelu": True,
        "clip.vision.image_size": _IMAGE,
        "clip.vision.patch_size": _PATCH,
        "clip.vision.embedding_length": _WIDTH,
        "clip.vision.feed_forward_length": _INNER,
        "clip.vision.block_count": _BLOCKS,
        "clip.vision.attention.head_count": 2,
        "clip.vision.attention.layer_norm_epsilon": 1e-5,
        "clip.vision.projection_dim": width,
    }
    encoded = [text(key) + value(each) for key, each in head.items()]
    halves = struct.pack("<IIQ3f", _ARRAY, FLOAT32, 3, 0.5, 0.5, 0.5)
    encoded += [text(key) + halves for key in ("clip.vision.image_mean", "clip.vision.image_std")]
    tensors = _tensors(width)
    start = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(encoded)) + b"".join(encoded)
    data = bytearray()
    numbers = random.Random(1)
    for name, dimensions in tensors.items():
        start += text(name) + struct.pack(f"<I{len(dimensions)}Q", len(dimensions), *dimensions)
        start += struct.pack("<IQ", 0, len(data))
        count = 1
        for dimension in dimensions:
            count *= dimension
        data += struct.pack(f"<{count}f", *(numbers.gauss(0, 0.05) for _ in range(count)))
        data += bytes(-len(data) % _ALIGNMENT)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(start + bytes(-len(start) % _ALIGNMENT) + data)
    return path


def _tensors(width: int) -> dict[str, tuple[int, ...]]:
    tensors: dict[str, tuple[int, ...]] = {
        "v.class_embd": (_WIDTH,),
        "v.patch_embd.weight": (_PATCH, _PATCH, 3, _WIDTH),
        "v.position_embd.weight": (_WIDTH, (_IMAGE // _PATCH) ** 2 + 1),
        "v.pre_ln.weight": (_WIDTH,),
        "v.pre_ln.bias": (_WIDTH,),
        "mm.0.weight": (_WIDTH, width),
        "mm.0.bias": (width,),
        "mm.2.weight": (width, width),
        "mm.2.bias": (width,),
    }
    for block in range(_BLOCKS):
        for name in ("attn_q", "attn_k", "attn_v", "attn_out"):
            tensors[f"v.blk.{block}.{name}.weight"] = (_WIDTH, _WIDTH)
            tensors[f"v.blk.{block}.{name}.bias"] = (_WIDTH,)
        for name in ("ln1", "ln2"):
            tensors[f"v.blk.{block}.{name}.weight"] = (_WIDTH,)
            tensors[f"v.blk.{block}.{name}.bias"] = (_WIDTH,)
        tensors[f"v.blk.{block}.ffn_up.weight"] = (_WIDTH, _INNER)
        tensors[f"v.blk.{block}.ffn_up.bias"] = (_INNER,)
        tensors[f"v.blk.{block}.ffn_down.weight"] = (_INNER, _WIDTH)
        tensors[f"v.blk.{block}.ffn_down.bias"] = (_WIDTH,)
    return tensors
