"""Reads `resources/model_guide.toml`. What its values mean: `domain/model_fit/`."""

import tomllib

from chatdesk.features.models.domain.speed import Bandwidths
from chatdesk.features.models.domain.variant import ModelVariant, Purpose
from chatdesk.features.models.domain.weights import weights_bytes
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.architecture import Architecture

_GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class ModelGuideData:
    """What the file says."""

    variants: tuple[ModelVariant, ...]
    bandwidths: Bandwidths
    library_names: tuple[str, ...] = ()
    """Names of the library that people often look for, for who mistypes one."""


def load_model_guide(text: str) -> ModelGuideData:
    """Return what the file says, in its order. Raises `KeyError`, `TypeError`, `ValueError` or `tomllib.TOMLDecodeError`: it is ours."""
    file = tomllib.loads(text)
    speeds = {name: value * _GIGABYTE for name, value in file["bandwidth"].items()}
    return ModelGuideData(tuple(map(_variant, file["variant"])), Bandwidths(speeds), tuple(file["library"]["names"]))


def _variant(row: dict[str, object]) -> ModelVariant:
    values = dict(row)
    measured = values.pop("bytes", None)
    values["architecture"] = Architecture(**values["architecture"])  # type: ignore[arg-type]
    values["purpose"] = Purpose(str(values["purpose"]))
    values.setdefault("active_parameters", values["parameters"])
    weights = measured or weights_bytes(int(str(values["parameters"])), str(values["quantization"]))
    if weights is None:
        raise ValueError(f"{values['tag']}: unknown quantisation")
    return ModelVariant(**values, weights=weights, weights_estimated=measured is None)  # type: ignore[arg-type]
