"""Which file gives a model its eyes: llama.cpp keeps the half that sees in a file of its own, a projector (`mmproj`).

A projector belongs to a model that lies in the same folder, that takes pieces of pictures as wide as it makes them, and whose name
begins with its own, or it has none: `mmproj-SmolVLM-256M-Instruct-f16.gguf` and `SmolVLM-256M-Instruct-mmproj.gguf` belong to every
`SmolVLM-256M-Instruct-….gguf`, `mmproj-F16.gguf` to all that fit. How makers name them: https://github.com/ggml-org/llama.cpp/blob/master/docs/multimodal.md
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk.kernel.models.model_file import ModelFile, ModelHead, ModelKind

PROJECTOR_NAME = "mmproj"
"""Stands in the name of such a file, where it is named as llama.cpp's own tools name it."""
_QUANTIZATION = re.compile(r"(?:^|[-_. ])(?:(?:b?f(?:16|32))|(?:i?q\d(?:_\w+)?))(?=$|[-_. ])")
_WORDS = re.compile(r"[a-z0-9]+")
_MEANINGLESS = frozenset({PROJECTOR_NAME, "model", "vision", "gguf"})


def fits(model: ModelHead | None, projector: ModelHead | None) -> bool:
    """Whether a projector's pieces of pictures are as wide as the model's tokens; llama.cpp loads no others."""
    if model is None or projector is None or projector.kind is not ModelKind.PROJECTOR or not projector.sees:
        return False
    return None in {model.width, projector.width} or model.width == projector.width


def with_projector(file: ModelFile, beside: Sequence[ModelFile]) -> ModelFile:
    """Return a model with the best of the projectors that lie beside it; as it is if none belongs to it."""
    if not file.can_be_loaded:
        return file
    words = _words_of(file.path)
    fitting = [other for other in beside if fits(file.head, other.head) and _begins(words, _words_of(other.path))]
    if not fitting:
        return file
    best = max(fitting, key=lambda other: (len(_words_of(other.path)), other.head and other.head.width is not None))
    return replace(file, projector=best.path, projector_bytes=best.size_bytes)


def _words_of(path: Path) -> list[str]:
    name = path.name.lower().removesuffix(".gguf")
    return [word for word in _WORDS.findall(_QUANTIZATION.sub("-", name)) if word not in _MEANINGLESS]


def _begins(words: Sequence[str], beginning: Sequence[str]) -> bool:
    return list(words[: len(beginning)]) == list(beginning)
