"""In which order models stand. What a server does not tell comes last, whichever way the list runs; equal ones stand by name."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from chatdesk.domain.model import Capability, Model
from chatdesk.domain.model_list.entry import ModelEntry

_COUNT = re.compile(r"(?:(\d+)\s*x\s*)?(\d+(?:\.\d+)?)\s*([kmbt])(?![a-z])", re.IGNORECASE)
_UNITS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_BITS = re.compile(r"\d{1,3}")
_ABILITIES = (Capability.THINKING, Capability.TOOLS, Capability.VISION)


class ModelOrder(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    SIZE = "size"
    PARAMETERS = "parameters"
    QUANTIZATION = "quantization"
    CONTEXT = "context"
    ABILITIES = "abilities"
    LOADED = "loaded"
    MODIFIED = "modified"

    @property
    def begins_descending(self) -> bool:
        """Whether the most interesting end is the largest."""
        return self is not ModelOrder.NAME


def in_order(entries: Iterable[ModelEntry], order: ModelOrder, *, descending: bool) -> list[ModelEntry]:
    """Return the entries sorted."""
    by_name = sorted(entries, key=lambda entry: (entry.name_order, entry.place, entry.key))
    if order is ModelOrder.NAME:
        return by_name[::-1] if descending else by_name
    value_of = _VALUES[order]
    told, untold = [], []
    for entry in by_name:
        value = value_of(entry.model)
        if value is None:
            untold.append(entry)
        else:
            told.append((value, entry))
    told.sort(key=lambda pair: pair[0], reverse=descending)  # stable: equal ones stay by name
    return [*(entry for _, entry in told), *untold]


def parameter_count(text: str | None) -> float | None:
    """Return how many parameters makers' words mean: `7.6B`, `8x7B`, `135M`; None for none."""
    found = _COUNT.search(text or "")
    return int(found[1] or 1) * float(found[2]) * _UNITS[found[3].lower()] if found else None


def bits_of(quantization: str | None) -> float | None:
    """Return the bits of a weight that a quantisation's name begins with: 4 for `Q4_K_M`, 16 for `F16`; None for none."""
    found = _BITS.search(quantization or "")
    return float(found[0]) if found else None


def _loaded(model: Model) -> float | None:
    """Return how much of a server's memory a model takes; one that is in memory without telling counts as little."""
    if not model.loaded:
        return None
    return float(model.load.size_bytes or 0) if model.load else 0.0


def _abilities(model: Model) -> float | None:
    if model.capabilities is None:
        return None
    return float(sum(ability in model.capabilities for ability in _ABILITIES))


_VALUES: dict[ModelOrder, Callable[[Model], float | None]] = {
    ModelOrder.SIZE: lambda model: model.size_bytes,
    ModelOrder.PARAMETERS: lambda model: parameter_count(model.parameters),
    ModelOrder.QUANTIZATION: lambda model: bits_of(model.quantization),
    ModelOrder.CONTEXT: lambda model: model.context_length,
    ModelOrder.ABILITIES: _abilities,
    ModelOrder.LOADED: _loaded,
    ModelOrder.MODIFIED: lambda model: model.modified_at.timestamp() if model.modified_at else None,
}
