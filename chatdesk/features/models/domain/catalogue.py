"""The catalogue of models to download (`resources/model_catalogue.toml`): its values, and the choice for a machine."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from chatdesk.features.models.domain.model_fit import (
    COMFORTABLE_SPEED,
    Bandwidths,
    Fit,
    Verdict,
    estimate_speed,
    fit_of,
    weights_bytes,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture, kv_cache_bytes, memory_need


class Purpose(StrEnum):
    """What a model is good for, in the order of the cards."""

    EVERYDAY = "everyday"
    REASONING = "reasoning"
    VISION = "vision"
    CODE = "code"
    SMALL = "small"
    """Short tasks, quick even without a GPU."""


class Ability(StrEnum):
    """What a model can do besides writing text."""

    THINKS = "thinks"
    TOOLS = "tools"
    SEES = "sees"


OTHER_LANGUAGES = "*"
"""Stands for more languages than are listed."""


@dataclass(frozen=True, slots=True)
class ModelBuild:
    """A model in one quantisation, and where it comes from: a hub, or Ollama's library."""

    quantization: str
    size: int
    """Of the download and of the loaded weights, in bytes."""
    is_estimated: bool = False
    """Whether the size is computed from the parameters."""
    download: ModelDownload | None = None
    """For the built-in engine."""
    tag: str = ""
    """For an Ollama server."""

    @property
    def text_size(self) -> int:
        """Size without the projector, which is not read while text is written."""
        projector = self.download.projector if self.download else None
        return self.size - projector.size if projector else self.size


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """A model of the catalogue. Contexts in tokens."""

    id: str
    name: str
    family: str
    """Models of one family differ in their size."""
    size_label: str
    """Size within the family: `7B`."""
    maker: str
    page: str
    """URL of the maker's page about it."""
    licence: str
    purposes: tuple[Purpose, ...]
    """Best first; at least one."""
    abilities: frozenset[Ability]
    languages: tuple[str, ...]
    """Language codes, and perhaps `OTHER_LANGUAGES`."""
    parameters: int
    active_parameters: int
    """Parameters used per token; all of them except in mixture-of-experts models."""
    context: int
    """Maximum context length of its training."""
    architecture: Architecture
    builds: tuple[ModelBuild, ...]
    """The recommended one first, which is one with a download."""
    base: str = ""
    """Kind of model that it was distilled into; empty if it is not a distillation."""
    teacher: str = ""
    """Model whose answers it was trained on."""

    @property
    def download(self) -> ModelDownload:
        """The download for the built-in engine."""
        download = self.builds[0].download
        if download is None:
            raise ValueError(f"{self.id}: no download")
        return download

    @property
    def ollama_builds(self) -> tuple[ModelBuild, ...]:
        """The builds in Ollama's library, the recommended one first."""
        return tuple(build for build in self.builds if build.tag)

    def speaks(self, language: str) -> bool:
        """Return whether the maker names a language, given by its code."""
        return language in self.languages


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Content of the file."""

    models: tuple[CatalogueModel, ...]
    bandwidths: Bandwidths
    library_names: tuple[str, ...] = ()
    """Popular names in Ollama's library, as suggestions for mistyped names."""

    def build_of(self, tag: str) -> tuple[CatalogueModel, ModelBuild] | None:
        """Return the build with a tag of Ollama's library, and its model; None if it is not in the catalogue."""
        return next(
            ((model, build) for model in self.models for build in model.ollama_builds if build.tag == tag), None
        )


def engine_name(download: ModelDownload) -> str:
    """Return the name by which the built-in engine knows the files of a download, unless it has another model of this name."""
    name = download.model_files[0].path.rpartition("/")[2].removesuffix(".gguf")
    return name.partition("-00001-of-")[0]


# Reading the file.

_GIGABYTE = 10**9


def parse_catalogue(text: str) -> Catalogue:
    """Parse the file. It is our own, so format errors are raised: `KeyError`, `TypeError`, `ValueError`, `TOMLDecodeError`."""
    file = tomllib.loads(text)
    speeds = {name: value * _GIGABYTE for name, value in file["bandwidth"].items()}
    return Catalogue(tuple(map(_model, file["model"])), Bandwidths(speeds), tuple(file["library"]["names"]))


def _model(row: Mapping[str, object]) -> CatalogueModel:
    values = dict(row)
    name, licence = str(row["name"]), str(row["licence"])
    files = tuple(DownloadFile(**values.pop(key)) for key in ("file", "projector") if key in values)  # type: ignore[arg-type]
    sources = [HubRepository(HubKind.HUGGING_FACE, str(values.pop("repository")), str(values.pop("commit", "")))]
    if modelscope := values.pop("modelscope", ""):
        sources.append(HubRepository(HubKind.MODELSCOPE, str(modelscope)))
    download = ModelDownload(name, files, tuple(sources), licence)
    parameters = int(str(values["parameters"]))
    builds = [ModelBuild(str(values.pop("quantization")), download.size, download=download)]
    builds += [_ollama_build(build, parameters) for build in values.pop("ollama", [])]  # type: ignore[attr-defined]
    values |= {
        "purposes": tuple(Purpose(each) for each in row["purposes"]),  # type: ignore[attr-defined]
        "abilities": frozenset(Ability(each) for each in row["abilities"]),  # type: ignore[attr-defined]
        "languages": tuple(row["languages"]),  # type: ignore[arg-type]
        "architecture": Architecture(**row["architecture"]),  # type: ignore[arg-type]
        "active_parameters": row.get("active_parameters", parameters),
        "builds": tuple(builds),
    }
    return CatalogueModel(**values)  # type: ignore[arg-type]


def _ollama_build(row: Mapping[str, object], parameters: int) -> ModelBuild:
    quantization, measured = str(row["quantization"]), row.get("bytes")
    size = int(str(measured)) if measured else weights_bytes(parameters, quantization)
    if size is None:
        raise ValueError(f"{row['tag']}: unknown quantisation")
    return ModelBuild(quantization, size, is_estimated=measured is None, tag=str(row["tag"]))


# Judgement of a build on a machine.

_LITTLE_MEMORY_SHARE = 0.15
"""Share of the memory below which little is left for other programs."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Judgement of a build with a context. `speed` is an estimate in tokens per second; None if unknown."""

    model: CatalogueModel
    build: ModelBuild
    context: int
    fit: Fit
    speed: float | None
    disk_is_short: bool
    """Whether the disk has too little space for the download."""
    leaves_little_memory: bool = False
    """Whether other programs may have to be closed."""


def judge(
    model: CatalogueModel, build: ModelBuild, context: int, machine: Machine | None, bandwidths: Bandwidths
) -> Judgement:
    """Judge a build; `context` is limited to that of the model's training. `machine` is None if unknown."""
    context = min(context, model.context)
    fit = fit_of(memory_need(build.size, kv_cache_bytes(model.architecture, context)), machine)
    if machine is None:
        return Judgement(model, build, context, fit, None, disk_is_short=False)
    active = model.active_parameters / model.parameters * build.text_size / build.size
    speed = estimate_speed(fit, machine, bandwidths, active)
    disk_is_short = machine.disk_free is not None and build.size > machine.disk_free
    return Judgement(model, build, context, fit, speed, disk_is_short, _leaves_little_memory(fit, machine))


def _leaves_little_memory(fit: Fit, machine: Machine) -> bool:
    if not fit.runs or machine.memory is None or machine.memory_free is None:
        return fit.needs_free_memory
    used = fit.need.total * (1 if machine.unified else 1 - fit.on_graphics)
    return fit.needs_free_memory or (used > 0 and machine.memory_free - used < machine.memory * _LITTLE_MEMORY_SHARE)


# Choice of one model for each purpose.

_COMFORTABLE_SPEEDS = {Purpose.SMALL: 30.0, Purpose.CODE: 4.0}
"""Tokens per second; `COMFORTABLE_SPEED` for the others. Code is read more slowly than it is written."""
_CHOICE_ORDER = (Purpose.REASONING, Purpose.SMALL, Purpose.EVERYDAY, Purpose.VISION, Purpose.CODE)
"""A model that is chosen for a purpose is not chosen for a later one."""
_BEST_ORDER = (Purpose.REASONING, Purpose.EVERYDAY, Purpose.SMALL, Purpose.VISION, Purpose.CODE)


def choose(judgements: Iterable[Judgement], language: str = "") -> dict[Purpose, Judgement]:
    """Return the best model for each purpose, in the order of `Purpose`, without purposes for which no model runs.

    Only models that fit on the disk are chosen, those that leave memory for other programs first. `language` is the code of the
    language that they have to speak; empty for any.
    """
    candidates = [each for each in judgements if each.fit.runs and not each.disk_is_short]
    if language:
        candidates = [each for each in candidates if each.model.speaks(language)]
    chosen: dict[Purpose, Judgement] = {}
    for purpose in _CHOICE_ORDER:
        suitable = [each for each in candidates if purpose in each.model.purposes and each not in chosen.values()]
        if best := _best_for(purpose, suitable):
            chosen[purpose] = best
    return {purpose: chosen[purpose] for purpose in Purpose if purpose in chosen}


def best_of(chosen: Mapping[Purpose, Judgement]) -> Judgement | None:
    """Return the one model to recommend first: a reasoning model if one runs."""
    return next((chosen[purpose] for purpose in _BEST_ORDER if purpose in chosen), None)


def _best_for(purpose: Purpose, judgements: Sequence[Judgement]) -> Judgement | None:
    """Return the largest model with a comfortable speed, otherwise the fastest one; None if there is none.

    Without a speed estimate, running entirely on the GPU counts as comfortable.
    """
    roomy = [each for each in judgements if not each.fit.needs_free_memory] or judgements
    comfortable = [each for each in roomy if _is_comfortable(each, _COMFORTABLE_SPEEDS.get(purpose, COMFORTABLE_SPEED))]
    if comfortable:
        return max(comfortable, key=lambda each: each.model.parameters)
    return max(roomy, key=lambda each: (each.speed or 0.0, -each.fit.need.total), default=None)


def _is_comfortable(judgement: Judgement, limit: float) -> bool:
    """Return whether a model is fast enough. A split one must be twice as fast, as a smaller one that fits is much faster."""
    verdict = judgement.fit.verdict
    if judgement.speed is None:
        return verdict is Verdict.GRAPHICS
    return judgement.speed >= limit * (2 if verdict is Verdict.PARTLY else 1)
