"""Ollama's folder of models: a manifest for each name, as JSON, says which file of the store holds its tensors.

Layout: `manifests/<host>/<namespace>/<model>/<tag>` and `blobs/sha256-<hex>` (ollama's `server/modelpath.go`, `manifest.go`).
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_HOST = "registry.ollama.ai"
_NAMESPACE = "library"
_MODEL_LAYER = "application/vnd.ollama.image.model"
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_LARGEST_MANIFEST = 1024 * 1024
_MOST_MANIFESTS = 5000


def ollama_models(folder: Path) -> list[tuple[str, Path]]:
    """Return the names that are in Ollama's folder, as Ollama shows them, and their files. `latest` comes after other tags."""
    found = []
    for number, manifest in enumerate(_manifests(folder / "manifests")):
        if number >= _MOST_MANIFESTS:
            break
        blob = _blob_of(manifest)
        if blob:
            found.append((_name_of(manifest), folder / "blobs" / f"sha256-{blob}"))
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


def _blob_of(manifest: Path) -> str | None:
    """Return the digest of the model's file; None if the manifest names none: a model of the cloud, or of another format."""
    try:
        with manifest.open("rb") as file:
            content = json.loads(file.read(_LARGEST_MANIFEST))
    except (OSError, ValueError, RecursionError):
        return None
    layers = content.get("layers") if isinstance(content, dict) else None
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, dict) and layer.get("mediaType") == _MODEL_LAYER:
            digest = _DIGEST.fullmatch(str(layer.get("digest")))
            return digest[1] if digest else None
    return None
