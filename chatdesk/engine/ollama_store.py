"""Ollama's folder of models: a manifest for each name, as JSON, says which file of the store holds its tensors.

Layout: `manifests/<host>/<namespace>/<model>/<tag>` and `blobs/sha256-<hex>` (ollama's `server/modelpath.go`, `manifest.go`).
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_HOST = "registry.ollama.ai"
_NAMESPACE = "library"
_MODEL_LAYER = "application/vnd.ollama.image.model"
_PROJECTOR_LAYER = "application/vnd.ollama.image.projector"
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_LARGEST_MANIFEST = 1024 * 1024
_MOST_MANIFESTS = 5000


def ollama_models(folder: Path) -> list[tuple[str, Path, Path | None]]:
    """Return the names that are in Ollama's folder, as Ollama shows them, with the model's file and its projector's, if it has one.

    `latest` comes after other tags.
    """
    found = []
    for number, manifest in enumerate(_manifests(folder / "manifests")):
        if number >= _MOST_MANIFESTS:
            break
        model, projector = _blobs_of(manifest)
        if model:
            eyes = folder / "blobs" / f"sha256-{projector}" if projector else None
            found.append((_name_of(manifest), folder / "blobs" / f"sha256-{model}", eyes))
    return sorted(found, key=lambda each: (each[0].endswith(":latest"), each[0]))


def _manifests(root: Path) -> Iterator[Path]:
    folders = [root]
    for _level in range(3):
        folders = [child for folder in folders for child in _children(folder) if os.path.isdir(child)]  # noqa: PTH112 - the other one raises for a folder that lets nobody in
    for folder in folders:
        yield from (child for child in _children(folder) if os.path.isfile(child))  # noqa: PTH113 - likewise


def _children(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.iterdir())[:_MOST_MANIFESTS]
    return []


def _name_of(manifest: Path) -> str:
    host, namespace, model, tag = manifest.parts[-4:]
    before = "" if host == _HOST else f"{host}/"
    if before or namespace != _NAMESPACE:
        before += f"{namespace}/"
    return f"{before}{model}:{tag}"


def _blobs_of(manifest: Path) -> tuple[str | None, str | None]:
    """Return the digests of the model's file and its projector's; None if the manifest names none: a model of the cloud, say."""
    try:
        with manifest.open("rb") as file:
            content = json.loads(file.read(_LARGEST_MANIFEST))
    except (OSError, ValueError, RecursionError):
        return None, None
    found = content.get("layers") if isinstance(content, dict) else None
    layers = [layer for layer in found if isinstance(layer, dict)] if isinstance(found, list) else []
    return _digest_of(_MODEL_LAYER, layers), _digest_of(_PROJECTOR_LAYER, layers)


def _digest_of(kind: str, layers: Sequence[Mapping[str, object]]) -> str | None:
    layer = next((layer for layer in layers if layer.get("mediaType") == kind), None)
    digest = _DIGEST.fullmatch(str(layer.get("digest"))) if layer else None
    return digest[1] if digest else None
