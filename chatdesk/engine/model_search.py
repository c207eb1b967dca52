"""Looks for models on this computer: in files and folders the user named, and in those of other programs.

Bounded in depth and number, safe against folders that contain themselves, and never on the loop's thread: disks can be slow.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from chatdesk.engine.gguf.heads import HeadStore
from chatdesk.engine.model_folders import ModelFolder
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import (
    FileProblem,
    FoundModels,
    ModelFile,
    ModelHead,
    ModelKind,
    ModelLocation,
    ModelOrigin,
)
from chatdesk.kernel.text.regular_file import read_beginning

# Ollama's folder of models: a manifest for each name, as JSON, says which file of the store holds its
# tensors.
#
# Layout: `manifests/<host>/<namespace>/<model>/<tag>` and `blobs/sha256-<hex>` (ollama's
# `server/modelpath.go`, `manifest.go`).

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
        content = json.loads(read_beginning(manifest, _LARGEST_MANIFEST))
    except (OSError, ValueError, RecursionError):
        return None, None
    found = content.get("layers") if isinstance(content, dict) else None
    layers = [layer for layer in found if isinstance(layer, dict)] if isinstance(found, list) else []
    return _digest_of(_MODEL_LAYER, layers), _digest_of(_PROJECTOR_LAYER, layers)


def _digest_of(kind: str, layers: Sequence[Mapping[str, object]]) -> str | None:
    layer = next((layer for layer in layers if layer.get("mediaType") == kind), None)
    digest = _DIGEST.fullmatch(str(layer.get("digest"))) if layer else None
    return digest[1] if digest else None


# Which file gives a model its eyes: llama.cpp keeps the half that sees in a file of its own, a projector
# (`mmproj`).
#
# A projector belongs to a model that lies in the same folder, that takes pieces of pictures as wide as it
# makes them, and whose name begins with its own, or it has none: `mmproj-SmolVLM-256M-Instruct-f16.gguf` and
# `SmolVLM-256M-Instruct-mmproj.gguf` belong to every `SmolVLM-256M-Instruct-….gguf`, `mmproj-F16.gguf` to all
# that fit. How makers name them: https://github.com/ggml-org/llama.cpp/blob/master/docs/multimodal.md

PROJECTOR_NAME = "mmproj"
"""Part of the name of such a file, if it follows the naming of llama.cpp's tools."""
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


_DEEPEST = 8
_MOST_ENTRIES = 100_000
"""Of all folders together."""
_MOST_MODELS = 2000
_MOST_PROJECTORS = 20
_ENDING = ".gguf"
_PART = re.compile(r"(?P<name>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf", re.IGNORECASE)


@dataclass(slots=True)
class _Candidate:
    """A model before its head is read. `parts` are the files that are there, by their number."""

    name: str
    wanted_parts: int = 1
    parts: dict[int, Path] = field(default_factory=dict)
    projector: Path | None = None
    """The file by which it sees, where the store of its program says."""


class ModelSearch:
    """One search. `known` are models that are listed first whatever is found: the starter model."""

    def __init__(self, heads: HeadStore, known: Sequence[ModelFile] = ()) -> None:
        self._heads = heads
        self._entries = 0
        self._is_whole = True
        self._places: list[ModelLocation] = []
        self._files: list[ModelFile] = list(known)
        self._seen = {os.path.realpath(file.path) for file in known}
        self._ids = {file.id for file in known}
        self._alone: set[Path] = set()
        """Files that the user named, not their folder."""

    def run(self, own: Sequence[Path], folders: Sequence[ModelFolder]) -> FoundModels:
        """Look into the user's own files and folders, then into those of other programs."""
        for path in own:
            self._look_into(ModelFolder(path, ModelOrigin.OWN))
        for folder in folders:
            self._look_into(folder)
        return FoundModels(tuple(map(self._seeing, self._files)), tuple(self._places), self._is_whole)

    def _seeing(self, file: ModelFile) -> ModelFile:
        """Return a model with the file by which it sees, if one lies beside it."""
        if file.origin is ModelOrigin.OLLAMA or file.projector:  # every file of Ollama's lies in one folder
            return file
        folder = file.path.parent
        beside = [other for other in self._files if other.path.parent == folder and _is_projector(other)]
        if file.path in self._alone:
            beside += self._unlisted_projectors(folder)
        return with_projector(file, beside)

    def _unlisted_projectors(self, folder: Path) -> list[ModelFile]:
        """Return what lies beside a single file that the user named, and is named as projectors are."""
        try:
            names = [path for path in folder.iterdir() if PROJECTOR_NAME in path.name.lower()][:_MOST_PROJECTORS]
        except OSError:
            return []
        return [self._projector_at(path) for path in names if path.name.lower().endswith(_ENDING)]

    def _projector_at(self, path: Path) -> ModelFile:
        head = self._heads.read(path)
        file = ModelFile(path.stem, path, ModelOrigin.OWN, _size({1: path}))
        return replace(file, head=head) if isinstance(head, ModelHead) else replace(file, problem=head)

    def _look_into(self, place: ModelFolder) -> None:
        before = len(self._files)
        problem = None
        try:
            candidates = self._candidates_of(place)
        except OSError:  # a folder that lets nobody in
            candidates, problem = [], FileProblem.UNREADABLE
        if candidates is None:
            candidates, problem = [], FileProblem.MISSING
        for candidate in candidates:
            if len(self._files) >= _MOST_MODELS:
                self._is_whole = False
                break
            self._take(candidate, place)
        self._places.append(ModelLocation(place.path, place.origin, len(self._files) - before, problem))

    def _candidates_of(self, place: ModelFolder) -> list[_Candidate] | None:
        """Return what may be models there; None if there is nothing."""
        if place.origin is ModelOrigin.OLLAMA:
            return [_Candidate(name, 1, {1: blob}, projector) for name, blob, projector in ollama_models(place.path)]
        if place.path.is_dir():
            return _candidates(self._gguf_files(place.path))
        if not place.path.exists():
            return None
        candidates = _candidates([place.path, *_other_parts(place.path)])
        self._alone |= {path for candidate in candidates for path in candidate.parts.values()}
        return candidates

    def _gguf_files(self, root: Path) -> Iterator[Path]:
        """Yield the files below a folder. A folder that is reached a second time, through a link, is passed over."""
        waiting, seen = [(root, 0)], set[tuple[int, int]]()
        while waiting:
            folder, depth = waiting.pop()
            try:
                status = folder.stat()
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                entries = os.scandir(folder)
            except OSError:
                continue
            with entries:
                for entry in entries:
                    self._entries += 1
                    if self._entries > _MOST_ENTRIES:
                        self._is_whole = False
                        return
                    if entry.name.lower().endswith(_ENDING):
                        if _is_file(entry):
                            yield Path(entry.path)
                    elif depth < _DEEPEST and _is_folder(entry):
                        waiting.append((Path(entry.path), depth + 1))

    def _take(self, candidate: _Candidate, place: ModelFolder) -> None:
        path = candidate.parts[min(candidate.parts)]
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        file = ModelFile(
            self._id_for(candidate.name, path), path, place.origin, _size(candidate.parts), candidate.wanted_parts
        )
        if len(candidate.parts) < candidate.wanted_parts:
            self._add(replace(file, problem=FileProblem.PARTS_MISSING))
            return
        match self._heads.read(path):
            case ModelHead() as head:
                file = replace(file, head=head)
                if candidate.projector and fits(head, (eyes := self._projector_at(candidate.projector)).head):
                    file = replace(file, projector=eyes.path, projector_bytes=eyes.size_bytes)
                self._add(file)
            case FileProblem.MISSING if place.origin is ModelOrigin.OLLAMA:
                pass  # a manifest whose file is still being fetched
            case FileProblem() as problem:
                self._add(replace(file, problem=problem))

    def _add(self, file: ModelFile) -> None:
        self._files.append(file)
        self._ids.add(file.id)

    def _id_for(self, name: str, path: Path) -> str:
        """Return a name that no other model has: with its folder, then with a number, if need be."""
        wanted = name if name not in self._ids else f"{name} ({path.parent.name})"
        number = 2
        unique = wanted
        while unique in self._ids:
            unique = f"{wanted} {number}"
            number += 1
        return unique


def _is_projector(file: ModelFile) -> bool:
    return file.head is not None and file.head.kind is ModelKind.PROJECTOR


def _candidates(paths: Iterator[Path] | Sequence[Path]) -> list[_Candidate]:
    """Put the parts of models together, and sort by name."""
    found: dict[tuple[Path, str, int], _Candidate] = {}
    for path in paths:
        part = _PART.fullmatch(path.name)
        name, number, parts = (part["name"], int(part["part"]), int(part["parts"])) if part else (path.stem, 1, 1)
        candidate = found.setdefault((path.parent, name, parts), _Candidate(name, parts))
        candidate.parts[number] = path
    return sorted(found.values(), key=lambda each: (each.name.casefold(), str(each.parts[min(each.parts)])))


def _other_parts(path: Path) -> list[Path]:
    """Return the files beside one that the user named, if it is a part of several."""
    part = _PART.fullmatch(path.name)
    if part is None:
        return []
    names = (
        f"{part['name']}-{number:05}-of-{part['parts']}{path.suffix}" for number in range(1, int(part["parts"]) + 1)
    )
    return [other for name in names if (other := path.with_name(name)).is_file()]


def _size(parts: dict[int, Path]) -> int:
    size = 0
    for path in parts.values():
        try:
            size += path.stat().st_size
        except OSError:
            continue
    return size


def _is_file(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
