"""Searches for models on this computer: in files and folders that the user added, and in those of other programs.

Depth and number of files are limited, and cyclic links are detected. Blocks: never call it on the event loop, because disks can be slow.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from chatdesk.engine.gguf.heads import HeadStore
from chatdesk.engine.model_folders import ModelFolder
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import PROJECTOR_NAME
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

# Ollama's model store: for each name, a manifest (JSON) names the file in the store that contains its tensors.
#
# Layout: `manifests/<host>/<namespace>/<model>/<tag>` and `blobs/sha256-<hex>` (ollama's `server/modelpath.go`, `manifest.go`).

_HOST = "registry.ollama.ai"
_NAMESPACE = "library"
_MODEL_LAYER = "application/vnd.ollama.image.model"
_PROJECTOR_LAYER = "application/vnd.ollama.image.projector"
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_MAX_MANIFEST_BYTES = 1024 * 1024
_MAX_MANIFESTS = 5000


def ollama_models(folder: Path) -> list[tuple[str, Path, Path | None]]:
    """Return the models in Ollama's folder: the name that Ollama shows, the model file, and its projector file or None.

    `latest` is listed after other tags.
    """
    found = []
    for number, manifest in enumerate(_manifests(folder / "manifests")):
        if number >= _MAX_MANIFESTS:
            break
        model, projector = _blobs_of(manifest)
        if model:
            projector_file = folder / "blobs" / f"sha256-{projector}" if projector else None
            found.append((_name_of(manifest), folder / "blobs" / f"sha256-{model}", projector_file))
    return sorted(found, key=lambda each: (each[0].endswith(":latest"), each[0]))


def _manifests(root: Path) -> Iterator[Path]:
    folders = [root]
    for _level in range(3):
        folders = [child for folder in folders for child in _entries_of(folder) if os.path.isdir(child)]  # noqa: PTH112 - Path.is_dir raises an error for a folder without permissions
    for folder in folders:
        yield from (child for child in _entries_of(folder) if os.path.isfile(child))  # noqa: PTH113 - same as above


def _entries_of(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.iterdir())[:_MAX_MANIFESTS]
    return []


def _name_of(manifest: Path) -> str:
    host, namespace, model, tag = manifest.parts[-4:]
    before = "" if host == _HOST else f"{host}/"
    if before or namespace != _NAMESPACE:
        before += f"{namespace}/"
    return f"{before}{model}:{tag}"


def _blobs_of(manifest: Path) -> tuple[str | None, str | None]:
    """Return the digests of the model file and of its projector file; None if the manifest does not name one, as for a cloud model."""
    try:
        content = json.loads(read_beginning(manifest, _MAX_MANIFEST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None, None
    found = content.get("layers") if isinstance(content, dict) else None
    layers = [layer for layer in found if isinstance(layer, dict)] if isinstance(found, list) else []
    return _digest_of(_MODEL_LAYER, layers), _digest_of(_PROJECTOR_LAYER, layers)


def _digest_of(kind: str, layers: Sequence[Mapping[str, object]]) -> str | None:
    layer = next((layer for layer in layers if layer.get("mediaType") == kind), None)
    digest = _DIGEST.fullmatch(str(layer.get("digest"))) if layer else None
    return digest[1] if digest else None


# Finds the projector of a model: llama.cpp keeps the vision part of a model in a separate file (`mmproj`).
#
# A projector belongs to a model in the same folder if its output is as wide as the embeddings of the model, and if its own name is empty or
# a prefix of the name of the model: `mmproj-SmolVLM-256M-Instruct-f16.gguf` and `SmolVLM-256M-Instruct-mmproj.gguf` belong to every
# `SmolVLM-256M-Instruct-….gguf`, `mmproj-F16.gguf` to all models of matching width.
#
# Names used by publishers: https://github.com/ggml-org/llama.cpp/blob/master/docs/multimodal.md

_QUANTIZATION = re.compile(r"(?:^|[-_. ])(?:(?:b?f(?:16|32))|(?:i?q\d(?:_\w+)?))(?=$|[-_. ])")
_WORD = re.compile(r"[a-z0-9]+")
_MEANINGLESS = frozenset({PROJECTOR_NAME, "model", "vision", "gguf"})


def fits(model: ModelHead | None, projector: ModelHead | None) -> bool:
    """Return whether the projector supports images and its output is as wide as the embeddings of the model, as llama.cpp requires.

    An unknown width is accepted.
    """
    if model is None or projector is None or projector.kind is not ModelKind.PROJECTOR or not projector.sees:
        return False
    return None in {model.width, projector.width} or model.width == projector.width


def with_projector(file: ModelFile, neighbours: Sequence[ModelFile]) -> ModelFile:
    """Return the model with the best matching projector among the files of its folder; unchanged if there is none."""
    if not file.can_be_loaded:
        return file
    words = _words_of(file.path)
    fitting = [
        other for other in neighbours if fits(file.head, other.head) and _starts_with(words, _words_of(other.path))
    ]
    if not fitting:
        return file
    best = max(fitting, key=lambda other: (len(_words_of(other.path)), other.head and other.head.width is not None))
    return replace(file, projector=best.path, projector_bytes=best.size_bytes)


def _words_of(path: Path) -> list[str]:
    name = path.name.lower().removesuffix(".gguf")
    return [word for word in _WORD.findall(_QUANTIZATION.sub("-", name)) if word not in _MEANINGLESS]


def _starts_with(words: Sequence[str], prefix: Sequence[str]) -> bool:
    return list(words[: len(prefix)]) == list(prefix)


_MAX_DEPTH = 8
_MAX_ENTRIES = 100_000
"""Total of all folders."""
_MAX_MODELS = 2000
_MAX_PROJECTORS = 20
_SUFFIX = ".gguf"
_PART = re.compile(r"(?P<name>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf", re.IGNORECASE)


@dataclass(slots=True)
class _Candidate:
    """A model whose header has not been read yet. `parts` are its existing files by number."""

    name: str
    part_count: int = 1
    parts: dict[int, Path] = field(default_factory=dict)
    projector: Path | None = None
    """Projector file, if the manifest of the model names one."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files that Chatdesk downloaded."""

    ids: Mapping[Path, str] = field(default_factory=dict)
    """The ids of the models by their first file."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Names to show, by id."""
    incomplete: Collection[Path] = ()
    """Files of models whose other files are missing yet. They are not shown."""


class ModelSearch:
    """One search. `known` are models listed first regardless of what is found: the starter model."""

    def __init__(
        self,
        heads: HeadStore,
        known: Sequence[ModelFile] = (),
        downloads: Downloads = Downloads(),  # noqa: B008 - an immutable value
    ) -> None:
        self._heads = heads
        self._downloads = {os.path.realpath(path): model_id for path, model_id in downloads.ids.items()}
        self._titles = downloads.titles
        self._incomplete = {os.path.realpath(path) for path in downloads.incomplete}
        self._entries = 0
        self._is_complete = True
        self._locations: list[ModelLocation] = []
        self._files: list[ModelFile] = list(known)
        self._seen = {os.path.realpath(file.path) for file in known}
        self._ids = {file.id for file in known} | {*self._downloads.values()}
        self._single_files: set[Path] = set()
        """Files that the user added individually, without their folder."""

    def run(self, own: Sequence[Path], folders: Sequence[ModelFolder]) -> FoundModels:
        """Search the user's own files and folders, then those of other programs."""
        for path in own:
            self._search_location(ModelFolder(path, ModelOrigin.OWN))
        for folder in folders:
            self._search_location(folder)
        return FoundModels(
            tuple(map(self._with_neighbouring_projector, self._files)), tuple(self._locations), self._is_complete
        )

    def _with_neighbouring_projector(self, file: ModelFile) -> ModelFile:
        """Return the model with the projector in the same folder, if there is one."""
        if file.origin is ModelOrigin.OLLAMA or file.projector:  # all files of Ollama are in one folder
            return file
        folder = file.path.parent
        neighbours = [other for other in self._files if other.path.parent == folder and _is_projector(other)]
        if file.path in self._single_files:
            neighbours += self._unlisted_projectors(folder)
        return with_projector(file, neighbours)

    def _unlisted_projectors(self, folder: Path) -> list[ModelFile]:
        """Return the files in the folder of an individually added file that are named like projectors."""
        try:
            names = [path for path in folder.iterdir() if PROJECTOR_NAME in path.name.lower()][:_MAX_PROJECTORS]
        except OSError:
            return []
        return [self._projector_at(path) for path in names if path.name.lower().endswith(_SUFFIX)]

    def _projector_at(self, path: Path) -> ModelFile:
        head = self._heads.read(path)
        file = ModelFile(path.stem, path, ModelOrigin.OWN, _size({1: path}))
        return replace(file, head=head) if isinstance(head, ModelHead) else replace(file, problem=head)

    def _search_location(self, location: ModelFolder) -> None:
        before = len(self._files)
        problem = None
        try:
            candidates = self._candidates_of(location)
        except OSError:  # a folder without read permission
            candidates, problem = [], FileProblem.UNREADABLE
        if candidates is None:
            candidates, problem = [], FileProblem.MISSING
        for candidate in candidates:
            if len(self._files) >= _MAX_MODELS:
                self._is_complete = False
                break
            self._add_candidate(candidate, location)
        self._locations.append(ModelLocation(location.path, location.origin, len(self._files) - before, problem))

    def _candidates_of(self, location: ModelFolder) -> list[_Candidate] | None:
        """Return the possible models in a location; None if it does not exist."""
        if location.origin is ModelOrigin.OLLAMA:
            return [_Candidate(name, 1, {1: blob}, projector) for name, blob, projector in ollama_models(location.path)]
        if location.path.is_dir():
            return _candidates(self._gguf_files(location.path))
        if not location.path.exists():
            return None
        candidates = _candidates([location.path, *_other_parts(location.path)])
        self._single_files |= {path for candidate in candidates for path in candidate.parts.values()}
        return candidates

    def _gguf_files(self, root: Path) -> Iterator[Path]:
        """Yield the model files in a folder and its subfolders. A folder that is reached a second time, through a link, is skipped."""
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
                    if self._entries > _MAX_ENTRIES:
                        self._is_complete = False
                        return
                    if entry.name.lower().endswith(_SUFFIX):
                        if _is_file(entry):
                            yield Path(entry.path)
                    elif depth < _MAX_DEPTH and _is_folder(entry):
                        waiting.append((Path(entry.path), depth + 1))

    def _add_candidate(self, candidate: _Candidate, location: ModelFolder) -> None:
        path = candidate.parts[min(candidate.parts)]
        real = os.path.realpath(path)
        if real in self._seen or real in self._incomplete:
            return
        self._seen.add(real)
        downloaded = self._downloads.get(real)
        model_id = downloaded or self._id_for(candidate.name, path)
        origin = ModelOrigin.DOWNLOADED if downloaded else location.origin
        title = self._titles.get(model_id, "") if downloaded else ""
        file = ModelFile(model_id, path, origin, _size(candidate.parts), candidate.part_count, title=title)
        if len(candidate.parts) < candidate.part_count:
            self._add(replace(file, problem=FileProblem.PARTS_MISSING))
            return
        match self._heads.read(path):
            case ModelHead() as head:
                file = replace(file, head=head)
                if candidate.projector and fits(head, (projector_file := self._projector_at(candidate.projector)).head):
                    file = replace(file, projector=projector_file.path, projector_bytes=projector_file.size_bytes)
                self._add(file)
            case FileProblem.MISSING if location.origin is ModelOrigin.OLLAMA:
                pass  # a manifest whose file is still being downloaded
            case FileProblem() as problem:
                self._add(replace(file, problem=problem))

    def _add(self, file: ModelFile) -> None:
        self._files.append(file)
        self._ids.add(file.id)

    def _id_for(self, name: str, path: Path) -> str:
        """Return a unique id: the name, with its folder and then a number added if needed."""
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
    """Group the parts of models, and sort by name."""
    found: dict[tuple[Path, str, int], _Candidate] = {}
    for path in paths:
        part = _PART.fullmatch(path.name)
        name, number, parts = (part["name"], int(part["part"]), int(part["parts"])) if part else (path.stem, 1, 1)
        candidate = found.setdefault((path.parent, name, parts), _Candidate(name, parts))
        candidate.parts[number] = path
    return sorted(found.values(), key=lambda each: (each.name.casefold(), str(each.parts[min(each.parts)])))


def parts_of(path: Path) -> list[Path]:
    """Return the existing files of a model, of which `path` is one."""
    return _other_parts(path) or [path]


def _other_parts(path: Path) -> list[Path]:
    """Return the other parts of a model if the file that the user added is one of several parts."""
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
    except OSError:  # a link that points to itself
        return False


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
